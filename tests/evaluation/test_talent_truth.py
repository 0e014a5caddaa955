"""Against the known truth of the demonstration data: Samarinda's programme puts people where their skills fit better."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from mutasi_analysis import load_profile
from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.competency import evaluate_competency
from mutasi_analysis.evaluation.result import Competency
from mutasi_analysis.synthetic import SyntheticRegion, synthesize


@cache
def drawn() -> tuple[SyntheticRegion, Competency]:
    profile = load_profile("samarinda")
    region = synthesize(profile, seed=1, scale=0.5)
    section = evaluate_competency(RegionData(profile.code, region.tables, synthetic=True), profile)
    assert section is not None
    return region, section


def test_the_programme_improved_the_match_and_the_truth_says_so_too():
    region, section = drawn()
    truth = region.truth.moves.query("in_programme")["gain"]
    row = section.summary.iloc[0]
    assert truth.mean() > 0
    assert 0 < row["conf_low"] < truth.mean() < row["conf_high"]
    assert row["share_improved"] > row["share_lower"]


def test_the_bound_lies_above_what_was_realised_and_no_higher_than_a_whole_match():
    row = drawn()[1].possible.iloc[0]
    assert row["n"] + row["excluded"] == drawn()[1].summary["n"].iloc[0]
    assert row["before"] < row["realised"] <= row["best"] <= 100
    assert 0 < row["share"] <= 1


def test_every_string_of_the_demonstration_is_coded_and_nobody_stands_in_a_post_that_is_closed_to_them():
    section = drawn()[1]
    assert section.education.set_index("how")["share"].to_dict() == {"rule": 1, "confirmed": 0, "proposal": 0, "none": 0, "blank": 0}
    assert section.qualifications.loc[section.qualifications["match"] == "stop", "n"].sum() == 0


def test_the_rule_that_lets_a_surplus_hide_a_deficit_is_never_below_the_capped_one():
    rules = drawn()[1].rules.set_index("rule")
    assert rules.loc["ratio_of_sums", "jpm_to"] >= rules.loc["capped", "jpm_to"]
    assert rules.loc[["capped", "mean_of_capped"], "n_hidden"].tolist() == [0, 0]
    assert rules.loc["ratio_of_sums", "n_hidden"] > 0


def test_counts_add_up():
    region, section = drawn()
    last, first = np.datetime64("2024-12-31"), np.datetime64("2022-01-01")
    moves = region.tables["mutasi"]["tmt"].between(first, last).sum()
    assert section.coverage["n"].sum() == moves
    assert section.qualifications.groupby("state")["n"].sum().tolist() == [moves, moves]
    assert section.learning["n"].sum() == section.summary["n"].iloc[0] == section.units["n"].sum()
    staff = section.assessments.query("group == 'staff'")["n"].sum()
    assert staff == section.education["n"].sum() and section.boxes["n"].sum() <= staff
    assert section.assessments.groupby("group")["share"].sum().tolist() == pytest.approx([1, 1])
