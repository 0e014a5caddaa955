"""Other answers beside the headline: frames, verdict rule, file checks, few units, and life without diff-diff."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.causal import group_time_att
from mutasi_analysis.causal.permutation import permutation_att
from mutasi_analysis.evaluation.checks import CHECKS, event_checks
from mutasi_analysis.evaluation.doses import dose_rows
from mutasi_analysis.evaluation.effects import estimate_effects
from mutasi_analysis.evaluation.few_units import exact_rows, spillover
from mutasi_analysis.evaluation.performance import evaluate_performance
from mutasi_analysis.evaluation.result import Performance
from mutasi_analysis.evaluation.robustness import counted_once, matched_role, person_unit_frame
from mutasi_analysis.evaluation.verdict import VerdictRule, disputed, load_rule, smallest_shown, verdict_row
from tests.causal_more.worlds import panel
from tests.evaluation.tiny import move, person, profile, region

RULE = VerdictRule(20, 20, 0.05, (("y", 1.0),), permutation_level=0.05, least_breakdown=0.1, disagreeing_share=0.5)


def yearly(cohorts: list[int], **options: float) -> pd.DataFrame:
    frame = panel(cohorts, **options).rename(columns={"u": "unit", "t": "year", "g": "cohort"})
    return frame.assign(cohort=frame["cohort"].astype(float), job_class=np.where(frame["unit"] % 2, "a", "b"))


MANY = [0] * 60 + [2023] * 15 + [2024] * 15 + [2025] * 15


def test_primary_outcomes_are_asked_of_every_estimator_and_others_are_not() -> None:
    frame = yearly(MANY, effect=2.0).assign(z=lambda f: f["y"] + 1)
    found = estimate_effects(frame, ("y", "z"), anticipation=2, seed=0, primary=("y",), cell="job_class")
    table = found.other.robustness
    assert set(table["outcome"]) == {"y"} and list(found.breakdown["outcome"]) == ["y", "z"]
    once = ("headline", "same_headline", "same_check", "other_design", "naive")
    assert table["role"].value_counts().to_dict() == {"check": 3, **dict.fromkeys(once, 1)}
    checks = table.loc[table["role"] == "check"]
    assert ((checks["conf_low"] < 2.0) & (checks["conf_high"] > 2.0)).sum() == 3
    assert found.other.bacon["weight"].sum() == pytest.approx(1.0)
    headline = table.loc[table["role"] == "headline", "estimate"].item()
    assert found.verdicts.set_index("outcome").loc["y", "estimate"] == headline
    for name in ("robustness", "bacon", "matched_balance", "pseudo"):
        documented = getattr(Performance(*[pd.DataFrame()] * 7), name).columns
        assert list(getattr(found.other, name).columns) == list(documented), name


@pytest.mark.parametrize(
    ("anticipation", "waiting"),
    [(2, "same_headline"), (0, "check")],  # cohorts of 2023 to 2025: with two years of anticipation nobody waits when one has moved
)
def test_a_method_that_gives_the_number_of_another_counts_once(anticipation: int, waiting: str) -> None:
    found = estimate_effects(yearly(MANY, effect=2.0), ("y",), anticipation=anticipation, seed=0, primary=("y",)).other.robustness
    rows = found.set_index("method")
    assert rows.loc["callaway_santanna/notyettreated", "role"] == waiting
    same = rows.loc["callaway_santanna/notyettreated", "estimate"] == pytest.approx(rows["estimate"].iloc[0], abs=1e-9)
    assert same == (waiting == "same_headline")
    assert (rows.loc["imputation", "role"], rows.loc["extended_twfe", "role"]) == ("check", "same_check")  # Wooldridge 2021


def test_a_copy_of_the_headline_has_no_vote_where_others_deny_it() -> None:
    """Of two checks and a copy of the headline one contains zero: half of what counts, a third of the rows."""
    told = (("headline", 2.0), ("check", 2.0), ("check", 1.9), ("check", 0.5), ("check", 0.5 + 1e-12))
    rows = [{"method": str(i), "role": role, "estimate": value, "std_error": 0.5} for i, (role, value) in enumerate(told)]
    assert [row["role"] for row in counted_once(rows)] == ["headline", "same_headline", "check", "check", "same_check"]
    counts = pd.DataFrame(counted_once(rows)).query("role == 'check'").assign(conf_low=[0.9, -0.5], conf_high=[2.9, 1.5])
    row = {"outcome": "y", "verdict": "found", "estimate": 2.0, "reason": "r"}
    assert disputed(row, counts, RULE)["verdict"] == "disagree"


def test_without_diff_diff_every_estimator_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "diff_diff", None)
    found = estimate_effects(yearly(MANY, effect=2.0), ("y",), anticipation=1, seed=0, primary=("y",))
    assert set(found.other.robustness["method"]) >= {"callaway_santanna/nevertreated", "twfe", "matched/3nn", "imputation", "stacked"}
    assert found.verdicts["verdict"].item() == "found" and not found.exact


def test_a_dip_without_effect_is_not_found_although_the_naive_row_is() -> None:
    frame = yearly([0] * 400 + [2023] * 60 + [2024] * 60 + [2025] * 60, dip=-3.0, seed=9)
    found = estimate_effects(frame, ("y",), anticipation=2, seed=0, primary=("y",), cell="job_class")
    naive = found.other.robustness.query("method == 'twfe'").iloc[0]
    assert naive["conf_low"] > 0
    assert found.verdicts["verdict"].item() != "found"
    assert found.other.pseudo["moved"].item() > 2 and found.other.matched_balance["std_gap_before"].iloc[0] < -0.5


def table_of(effect: float, *, cohorts: list[int] = MANY, noise: float = 1.0):
    frame = yearly(cohorts, effect=effect, noise=noise, seed=1)
    return group_time_att(frame, outcome="y", unit="unit", period="year", cohort="cohort", anticipation=1), frame


def test_the_rule_asks_the_breakdown_value_of_a_found_effect() -> None:
    table, _ = table_of(2.0)
    sturdy, fragile = (verdict_row("y", table, n_compared=60, rule=RULE, breakdown=value) for value in (0.5, 0.05))
    assert (sturdy["verdict"], sturdy["reason"]) == ("found", "interval_excludes_zero")
    assert (fragile["verdict"], fragile["reason"]) == ("cannot_tell", "fragile")


def test_matching_counts_only_where_the_years_before_the_move_are_declared_untouched() -> None:
    assert [matched_role(years) for years in (0, 1, 2, 3)] == ["check", "check", "other_design", "other_design"]


def test_the_smallest_effect_that_shows_goes_with_the_printed_interval() -> None:
    """Student's table with 10 degrees of freedom: half width 2.228 errors, found 8 times in 10 from 2.228 + 0.879 errors on."""
    row = pd.Series({"std_error": 2.0, "conf_low": 1 - 2 * 2.2281, "conf_high": 1 + 2 * 2.2281})
    assert smallest_shown(row) == pytest.approx(2 * (2.2281 + 0.8791), abs=1e-3)
    plain = pd.Series({"std_error": 1.0, "conf_low": -1.959964, "conf_high": 1.959964})
    assert smallest_shown(plain) == pytest.approx(2.801585, abs=1e-5)


def test_few_units_are_judged_by_the_exact_test() -> None:
    few = [0] * 7 + [2023] * 4 + [2024] * 3
    table, frame = table_of(4.0, cohorts=few, noise=0.5)
    names = {"outcome": "y", "unit": "unit", "period": "year", "cohort": "cohort"}
    exact = permutation_att(frame, **names, anticipation=1)
    row = verdict_row("y", table, n_compared=7, rule=RULE, exact=exact)
    assert (row["verdict"], row["reason"]) in {("found", "permutation"), ("cannot_tell", "pretrend")}
    assert (row["verdict"] == "found") == (exact.pretest_p >= RULE.pretest_level)
    parted = verdict_row("y", table, n_compared=7, rule=RULE, exact=replace(exact, pretest_p=0.01))
    alike = verdict_row("y", replace(table, pretest_p=0.01), n_compared=7, rule=RULE, exact=replace(exact, pretest_p=0.4))
    assert (parted["reason"], alike["reason"]) == ("pretrend", "permutation")
    assert (row["conf_low"], row["conf_high"], row["mde"]) == (exact.conf_low, exact.conf_high, exact.mde)
    calm, frame = table_of(0.0, cohorts=few)
    row = verdict_row("y", calm, n_compared=7, rule=RULE, exact=permutation_att(frame, **names, anticipation=1))
    assert (row["verdict"], row["reason"]) == ("cannot_tell", "too_few")
    assert verdict_row("y", table, n_compared=7, rule=RULE)["reason"] == "too_few"


@pytest.mark.parametrize(
    ("changes", "breakdown", "expected"),
    [  # RULE: 1.0 is worth finding, p up to 0.05 is found, a tenth of the largest step must be survived
        ({"p_value": 0.8, "conf_low": -0.3, "conf_high": 0.4, "mde": 0.5}, 0.0, ("not_found", "could_have_found")),
        ({"p_value": 0.8, "conf_low": -0.3, "conf_high": 1.2, "mde": 0.5}, 0.0, ("cannot_tell", "too_few")),
        ({"p_value": 0.8, "conf_low": -1.2, "conf_high": 0.4, "mde": 0.5}, 0.0, ("cannot_tell", "too_few")),
        ({"p_value": 0.8, "conf_low": -0.3, "conf_high": 0.4, "mde": 1.3}, 0.0, ("cannot_tell", "too_few")),
        ({"p_value": 0.8, "conf_low": -0.3, "conf_high": 0.4, "mde": 0.5, "pretest_p": 0.01}, 0.0, ("cannot_tell", "pretrend")),
        ({"p_value": 0.01, "conf_low": 0.1, "conf_high": 0.4, "mde": 0.5}, 0.5, ("found", "permutation")),
        ({"p_value": 0.01, "conf_low": 0.1, "conf_high": 0.4, "mde": 0.5}, 0.05, ("cannot_tell", "fragile")),
    ],
)
def test_what_the_exact_test_of_few_units_allows_to_say(changes: dict, breakdown: float, expected: tuple[str, str]) -> None:
    table, frame = table_of(0.0, cohorts=[0] * 7 + [2023] * 4 + [2024] * 3)
    exact = permutation_att(frame, outcome="y", unit="unit", period="year", cohort="cohort", anticipation=1)
    row = verdict_row("y", table, n_compared=7, rule=RULE, breakdown=breakdown, exact=replace(exact, **{"pretest_p": 0.5, **changes}))
    assert (row["verdict"], row["reason"]) == expected


@pytest.mark.parametrize(
    ("verdict", "intervals", "expected"),
    [
        ("found", [(0.5, 2), (0.1, 3)], "found"),
        ("found", [(0.5, 2), (-0.1, 3)], "disagree"),  # half hold zero
        ("found", [(0.5, 2), (0.1, 1), (-0.1, 3)], "found"),  # one of three does
        ("found", [(0.5, 2), (0.1, 1), (-3, -1)], "disagree"),  # one says the opposite
        ("not_found", [(-0.5, 0.5), (0.2, 0.9)], "not_found"),  # another, but not worth finding
        ("not_found", [(-0.5, 0.5), (1.2, 1.9)], "disagree"),
        ("cannot_tell", [(5, 6)], "cannot_tell"),
        ("found", [], "found"),
    ],
)
def test_when_estimators_disagree(verdict: str, intervals: list[tuple[float, float]], expected: str) -> None:
    row = {"outcome": "y", "verdict": verdict, "estimate": 1.0, "reason": "r"}
    checks = pd.DataFrame(intervals, columns=["conf_low", "conf_high"], dtype=float)
    found = disputed(row, checks, RULE)
    assert found["verdict"] == expected
    assert found["reason"] == ("other_estimators" if expected == "disagree" else "r")


def test_the_written_rule_has_thresholds_that_are_shares() -> None:
    rule = load_rule()
    assert 0 < rule.least_breakdown < 1 and 0 < rule.disagreeing_share <= 1


def test_exact_rows_only_where_units_are_few_and_a_refused_outcome_has_none() -> None:
    few = yearly([0] * 8 + [2023] * 6, effect=1.0)
    tests = {name: estimate_effects(frame, ("y",), anticipation=1, seed=0).exact for name, frame in (("few", few), ("many", yearly(MANY)))}
    assert not tests["many"] and not estimate_effects(yearly([2023] * 6), ("y",), anticipation=1, seed=0).exact
    found, notes = exact_rows(few, tests["few"], (), anticipation=1, seed=0)
    assert not notes
    assert found[["outcome", "method", "n_moved", "n_compared"]].to_numpy().tolist() == [["y", "permutation", 6, 8]]
    assert list(found.columns) == ["outcome", "method", "estimate", "conf_low", "conf_high", "p_value", "smallest_p", "n_assignments",
                                   "exact", "n_moved", "n_compared"]  # fmt: skip
    assert found["n_assignments"].item() == 3003 and bool(found["exact"].item())  # 14 choose 6


def test_spillover_on_units_that_lost_people_or_why_not() -> None:
    lost = spillover(yearly([0] * 25 + [2023] * 25, effect=-2.0), ("y",), anticipation=1, seed=0).iloc[0]
    assert lost["conf_high"] < 0 and lost["reason"] == "" and (lost["n_moved"], lost["n_compared"]) == (25, 25)
    few = spillover(yearly([0] * 6 + [2023] * 6, effect=-2.0), ("y",), anticipation=1, seed=0).iloc[0]
    assert pd.isna(few["std_error"]) and 0 < few["mde"] < np.inf and 0 < lost["mde"] < few["mde"]
    none = spillover(yearly([2023] * 5 + [2024] * 5), ("y",), anticipation=1, seed=0).iloc[0]
    assert none["reason"] == "no_comparators" and pd.isna(none["estimate"])


def test_few_units_without_diff_diff_have_the_permutation_row_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "diff_diff", None)
    frame = yearly([0] * 8 + [2023] * 6)
    tests = estimate_effects(frame, ("y",), anticipation=1, seed=0).exact
    found, notes = exact_rows(frame, tests, ("y",), anticipation=1, seed=0)
    assert found["method"].tolist() == ["permutation"] and notes == ("estimators_not_installed",)


def test_person_and_unit_shares_leave_the_transfer_s_own_effect_out() -> None:
    """Effect 5 for every mover: with it taken out the moves are symmetric, without they are not."""
    frame = yearly([0] * 150 + [2023] * 60 + [2024] * 60, effect=5.0, noise=1.0, seed=2)
    rng = np.random.default_rng(0)
    first, second = rng.integers(0, 8, 270), rng.integers(0, 8, 270)
    after = (frame["cohort"] > 0) & (frame["year"] >= frame["cohort"] - 1)
    frame = frame.assign(place=np.where(after, second[frame["unit"]], first[frame["unit"]]))
    out = person_unit_frame(frame, "y", effect=5.0, anticipation=1)
    left = person_unit_frame(frame, "y", effect=0.0, anticipation=1)
    assert out["symmetry_p"].iloc[0] > 0.01 > left["symmetry_p"].iloc[0]
    assert out["share"].sum() == pytest.approx(1.0)
    assert out["component"].tolist() == ["person", "unit", "sorting", "residual"]
    assert person_unit_frame(frame.assign(place="one"), "y", effect=0.0, anticipation=1).empty


def test_doses_of_fewer_persons_than_the_smallest_cell_show_no_number() -> None:
    frame = yearly([0] * 40 + [2023] * 23, effect=1.0)
    facts = pd.DataFrame({"kind": ["many"] * 60 + ["three"] * 3, "dose": np.arange(63.0)})
    found = dose_rows(frame, "y", facts, groups=("kind",), doses=("dose",), anticipation=1, minimum_cell=5)
    masked = found.set_index("level").loc["three", ["n", "estimate", "std_error", "conf_low", "p_value"]]
    assert masked.isna().all()
    assert found.set_index("level").loc["many", "n"] == 20
    assert found["kind"].tolist() == ["slope", "bin", "group", "group", "equal"]  # every dose is above zero


def ratings_of(**years: tuple[int, ...]) -> pd.DataFrame:
    return pd.DataFrame([(key[1:], year) for key, some in years.items() for year in some], columns=["person_id", "year"])


def test_file_checks_count_and_drop_nothing() -> None:
    moves = [
        move("1", "A", "B", "2022-03-01"), move("1", "A", "B", "2022-03-02"),  # the same event twice
        move("2", "A", "B", "2022-03-01"), move("2", "B", "A", "2022-09-01"),  # two moves in a year
        move("3", "A", "A", "2023-01-01"),  # within the unit
    ]  # fmt: skip
    data = region(pegawai=[person(str(i), "A") for i in range(1, 6)], mutasi=moves)
    rated = ratings_of(p1=(2021, 2023), p2=(2022, 2023), p3=(2022,), p4=(2021, 2022))
    found = event_checks(data, profile(), rated, data.table("mutasi")).set_index("reason")["n"].to_dict()
    assert found == {"repeated_moves": 1, "two_moves_in_a_year": 1, "moved_within_unit": 1, "no_rating_after": 1, "no_rating_before": 1,
                     "rated_once": 1}  # fmt: skip
    assert set(found) <= set(CHECKS)


def test_nobody_stayed_and_doubled_rows_are_said() -> None:
    moves = [move("1", "A", "B", f"2022-0{month}-01") for month in range(1, 4)]
    data = region(pegawai=[person("1", "B")], mutasi=moves)
    year = profile(programme_first=date(2022, 1, 1), programme_last=date(2022, 12, 31))
    found = event_checks(data, year, ratings_of(p1=(2021, 2023)), data.table("mutasi")).set_index("reason")["n"].to_dict()
    assert found == {"repeated_moves": 2, "nobody_stayed": 1, "many_moves": 3}


def test_the_section_of_a_tiny_region_has_every_frame_even_where_nothing_can_be_told() -> None:
    rows = [
        {"person_id": key, "year": year, "half": 0, "predicate": "Baik", "output_percent": 100.0 + int(key) * (year - 2020),
         "regime": "pp-46-2011" if year < 2021 else "permenpanrb-6-2022"}
        for key in ("1", "2", "3") for year in range(2020, 2026)
    ]  # fmt: skip
    people = [person("1", "B"), person("2", "A"), person("3", "A")]
    data = region(pegawai=people, mutasi=[move("1", "A", "B", "2022-07-01")], kinerja=rows)
    section = evaluate_performance(data, profile(), seed=0)
    assert section is not None
    assert section.verdicts["verdict"].unique().tolist() == ["cannot_tell"]
    empty = Performance(*[pd.DataFrame()] * 7)
    for name in ("robustness", "bacon", "breakdown", "matched_balance", "pseudo", "dose", "person_unit"):
        assert list(getattr(section, name).columns) == list(getattr(empty, name).columns), name
    assert not any("person_id" in getattr(section, name).columns for name in ("dose", "pseudo", "person_unit"))
