"""What a report names of an effect: which outcome first, how large matters, whom it is compared with, and of whom it is known."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis.evaluation.doses import move_facts
from mutasi_analysis.evaluation.effects import estimate_effects, named_first
from mutasi_analysis.evaluation.service import evaluate_service
from mutasi_analysis.evaluation.verdict import load_rule, unanswerable
from tests.evaluation.tiny import move, person, profile, region

MEASURED = ("hari_pengaduan", "hasil_belajar", "ikm")


@pytest.mark.parametrize(
    ("primary", "secondary", "named"),
    [
        (("ikm",), ("hasil_belajar",), ("ikm",)),
        (("output_percent",), ("rating_ridit", "hasil_belajar", "ikm"), ("hasil_belajar",)),  # the first that the section has
        (("output_percent",), (), ()),
    ],
)
def test_the_first_declared_outcome_of_a_section_is_asked_of_every_estimator(primary, secondary, named) -> None:
    assert named_first(MEASURED, profile(primary=primary, secondary=secondary)) == named


def test_a_verdict_holds_the_difference_that_would_matter() -> None:
    assert unanswerable("ikm", "too_few")["worth"] == load_rule().worth("ikm") == 2.5  # parameters/verdict.toml
    assert pd.isna(load_rule().worth("nothing"))


def test_a_unit_without_the_measure_is_not_called_incomplete() -> None:
    """Of five units one never has the outcome and one lacks a year."""
    rows = [(unit, year, 2023.0 if unit == "a" else 0.0, 1.0 + year % 2) for unit in "abcde" for year in range(2020, 2026)]
    panel = pd.DataFrame(rows, columns=["unit", "year", "cohort", "y"])
    panel.loc[(panel["unit"] == "d") | ((panel["unit"] == "e") & (panel["year"] == 2021)), "y"] = float("nan")
    dropped = estimate_effects(panel, ("y",), anticipation=1, seed=0).dropped
    assert dropped[["reason", "n"]].to_numpy().tolist() == [["not_measured", 1], ["incomplete", 1]]


def test_how_many_of_the_units_compared_lost_staff() -> None:
    """A gives one person to B; C neither gives nor gets: of the two units compared one lost staff."""
    units = [{"unit_id": u, "unit_name": u, "unit_kind": "dinas", "sector": "umum", "kecamatan_code": "15.08.03"} for u in "ABC"]
    rows = [
        {"unit_id": unit, "month": f"{year}-06-01", "indicator": "ikm", "value": 80.0 + year % 3 + "ABC".index(unit), "n": 50}
        for unit in "ABC" for year in range(2020, 2026)
    ]  # fmt: skip
    people = [person("1", "B"), person("2", "A")]
    data = region(unit_kerja=units, pegawai=people, mutasi=[move("1", "A", "B", "2022-07-01")], layanan=rows)
    section = evaluate_service(data, profile(anticipation_years=1), seed=0)
    assert section is not None
    found = section.verdicts.iloc[0]
    assert (found["n_moved"], found["n_compared"], found["n_losing"]) == (1, 2, 1)


def test_an_expired_assessment_has_no_change_of_match() -> None:
    """Assessed in 2019 and moved in 2022-07 (valid for three years: expired), against assessed in 2021."""
    people = [person("1", "B"), person("2", "B")]
    moves = [move(key, "A", "B", "2022-07-01", to_jabatan_id="kabid") for key in ("1", "2")]
    days = (("1", "2019-01-01"), ("2", "2021-01-01"))
    levels = [
        {"person_id": key, "competency": "integritas", "level": 2, "assessed_on": day} for key, day in days
    ]  # fmt: skip
    standards = [{"jabatan_id": post, "competency": "integritas", "required_level": need} for post, need in (("adm", 2), ("kabid", 4))]
    data = region(pegawai=people, mutasi=moves, kompetensi=levels, standar_kompetensi=standards)
    change = move_facts(data, profile(), data.table("mutasi"), None)["match_change"]
    assert pd.isna(change["1"]) and change["2"] == -50.0  # 2 of 2 is 100 %, 2 of 4 is 50 %
