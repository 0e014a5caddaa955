"""Other estimators by hand, against diff-diff, and their refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.causal import NotEstimable, cohort_table, group_time_att
from mutasi_analysis.causal.second_opinions import METHODS, second_opinions, second_opinions_of_table
from mutasi_analysis.estimate import EFFECT_COLUMNS
from tests.causal_more.library import bacon_by_library, by_library
from tests.causal_more.worlds import MPDTA_NAMES, NAMES, mpdta, panel

COHORTS = [0] * 20 + [2023] * 8 + [2024] * 8 + [2025] * 6


def of(frame: pd.DataFrame, method: str, **options: float) -> pd.Series:
    return second_opinions(frame, **NAMES, methods=[method], **options).table.iloc[0]


@pytest.mark.parametrize("anticipation", [0, 1])
def test_sun_abraham_is_the_core_with_fixed_weights(anticipation: int) -> None:
    """Saturated regression = cell means: estimate and error follow from the core's cells and covariance once the small-sample factor
    is gone, to the last digits; with anticipation this is R's −.0452 and not −.0359."""
    data = mpdta()
    core = group_time_att(data, **MPDTA_NAMES, anticipation=anticipation)
    cells = np.flatnonzero((core.table["term"] == "att_gt") & (core.table["event_time"] >= 0))
    weight = core.table["n_units"].to_numpy(dtype=float)[cells]
    weight /= weight.sum()
    assert core.covariance is not None
    error = np.sqrt(weight @ core.covariance[np.ix_(cells, cells)] @ weight)
    row = second_opinions(data, **MPDTA_NAMES, anticipation=anticipation, methods=["sun_abraham"]).table.iloc[0]
    assert row.estimate == pytest.approx(core.row("overall_simple")["estimate"], abs=1e-9)
    assert row.std_error == pytest.approx(error, rel=1e-6)


WORLDS = [
    (COHORTS, 0), (COHORTS, 1), (COHORTS, 2), ([0] * 3 + [2022] * 2 + [2025] * 2, 0), ([0] * 15 + [2023] * 9, 1),
    ([0] * 6 + [2021] * 5 + [2022] * 4 + [2024], 0), ([*COHORTS, 2020, 2021, 2022], 1), ([*COHORTS, 2031, 2040], 0),
]  # fmt: skip


@pytest.mark.parametrize(("cohorts", "anticipation"), WORLDS)
def test_every_estimator_equals_another_implementation(cohorts: list[int], anticipation: int) -> None:
    """Estimates and errors of diff-diff 3.13, whose solver stops at 1e-10, whatever the cohorts."""
    frame = panel(cohorts, effect=1.0, dip=-0.5, seed=7)
    found = second_opinions(frame, **NAMES, anticipation=anticipation)
    assert not found.failed
    ours = found.table.set_index("method")
    for method, (estimate, error) in by_library(frame, NAMES, anticipation).items():
        assert ours.loc[method, "estimate"] == pytest.approx(estimate, rel=1e-7, abs=1e-9), method
        assert ours.loc[method, "std_error"] == pytest.approx(error, rel=1e-7), method


@pytest.mark.parametrize(("cohorts", "anticipation"), WORLDS)
def test_bacon_equals_another_implementation_and_adds_up(cohorts: list[int], anticipation: int) -> None:
    """Weights and means by type; together they are the naive coefficient (Goodman-Bacon 2021, theorem 1)."""
    frame = panel(cohorts, effect=1.0, seed=5)
    found = second_opinions(frame, **NAMES, methods=["twfe"])
    other = bacon_by_library(frame, NAMES)
    assert found.bacon["type"].tolist() == other.index.tolist()
    np.testing.assert_allclose(found.bacon[["weight", "estimate"]].to_numpy(dtype=float), other.to_numpy(), rtol=1e-9)
    assert found.bacon["weight"] @ found.bacon["estimate"] == pytest.approx(found.table["estimate"].item(), abs=1e-12)


def test_tables_of_two_files_answer_as_their_rows_together() -> None:
    one, other = panel(COHORTS, effect=1.0, seed=1), panel([0] * 9 + [2024] * 4, effect=1.0, seed=2)
    both = pd.concat([one, other.assign(u=other["u"] + 1000)])
    added = second_opinions_of_table(cohort_table(one, **NAMES) + cohort_table(other, **NAMES), outcome="y", anticipation=1)
    pd.testing.assert_frame_equal(added.table, second_opinions(both, **NAMES, anticipation=1).table, rtol=1e-10)


def test_a_stack_without_a_common_year_is_named() -> None:
    """Treated in 2026, a year after the last: inside the anticipation of 2025, never observed as treated."""
    found = second_opinions(panel([*COHORTS, 2026]), **NAMES, anticipation=1)
    assert [name for name, _ in found.failed] == ["stacked"] and len(found.table) == 4
    nothing = second_opinions(panel([0] * 5 + [2026] * 3), **NAMES, anticipation=1)
    assert {name for name, _ in nothing.failed} == set(METHODS) and nothing.table.empty and nothing.bacon.empty


def test_imputation_by_hand() -> None:
    """Untreated rows give unit and year effects by least squares; treated rows less those are averaged."""
    frame = panel(COHORTS, effect=1.0, seed=3)
    free = frame.loc[(frame["g"] == 0) | (frame["t"] < frame["g"])]
    design = pd.get_dummies(free[["u", "t"]].astype(str), dtype=float)
    beta = np.linalg.lstsq(design.to_numpy(), free["y"].to_numpy(), rcond=None)[0]
    rest = frame.loc[(frame["g"] > 0) & (frame["t"] >= frame["g"])]
    guess = pd.get_dummies(rest[["u", "t"]].astype(str), dtype=float).reindex(columns=design.columns, fill_value=0.0).to_numpy() @ beta
    assert of(frame, "imputation").estimate == pytest.approx((rest["y"] - guess).mean(), abs=1e-8)


def test_naive_regression_by_hand() -> None:
    frame = panel(COHORTS, effect=1.0, seed=4)
    treated = ((frame["g"] > 0) & (frame["t"] >= frame["g"])).astype(float)
    design = pd.get_dummies(frame[["u", "t"]].astype(str), dtype=float).assign(d=treated).to_numpy()
    beta = np.linalg.lstsq(design, frame["y"].to_numpy(), rcond=None)[0]
    residual = frame["y"].to_numpy() - design @ beta
    swept = treated.to_numpy() - design[:, :-1] @ np.linalg.lstsq(design[:, :-1], treated.to_numpy(), rcond=None)[0]
    score = pd.Series(swept * residual).groupby(frame["u"].to_numpy()).sum()
    row = of(frame, "twfe")
    assert (row.estimate, row.std_error) == pytest.approx((beta[-1], np.sqrt((score**2).sum()) / (swept @ swept)), abs=1e-9)


def test_anticipated_years_move_no_overall() -> None:
    """A dip of −9 in the anticipation window must not move any overall."""
    calm, dipped = panel(COHORTS, effect=1.0), panel(COHORTS, effect=1.0, dip=-9.0)
    for method in ("imputation", "sun_abraham", "stacked", "extended_twfe"):
        one, other = (of(frame, method, anticipation=2) for frame in (calm, dipped))
        assert one.estimate == pytest.approx(other.estimate, abs=1e-8), method


def test_stacked_by_hand() -> None:
    """One cohort: the stack is a plain difference of mean changes against the base year, averaged over the years after."""
    frame = panel([0] * 15 + [2023] * 9, effect=2.0, seed=8)
    wide = frame.pivot(index="u", columns="t", values="y")
    change = wide[[2023, 2024, 2025]].mean(axis=1) - wide[2022]
    row = of(frame, "stacked")
    assert row.term == "overall_dynamic"
    assert row.estimate == pytest.approx(change[15:].mean() - change[:15].mean(), abs=1e-8)


@pytest.mark.parametrize("never", [0.0, np.nan, np.inf])
def test_every_spelling_of_never_is_the_same(never: float) -> None:
    frame = panel(COHORTS, effect=1.0)
    other = frame.assign(g=frame["g"].astype(float).replace(0.0, never))
    for method in METHODS:
        assert of(other, method).estimate == of(frame, method).estimate, method


def test_text_ids_and_dates_give_the_same() -> None:
    frame = panel(COHORTS, effect=1.0)
    told = frame.assign(
        u="NIP " + frame["u"].astype(str),
        t=pd.to_datetime(frame["t"].astype(str) + "-01-01"),
        g=pd.to_datetime(frame["g"].where(frame["g"] > 0).astype("Int64").astype("string") + "-01-01"),
    )
    for method in METHODS:
        assert of(told, method).estimate == pytest.approx(of(frame, method).estimate, abs=1e-9), method


def test_whole_units_are_dropped_and_counted() -> None:
    """A unit with one missing year leaves whole: the same numbers as if it had never been there."""
    frame = panel(COHORTS, effect=1.0)
    gap = frame.assign(y=frame["y"].where(~((frame["u"] == 25) & (frame["t"] == 2021))))
    found = second_opinions(gap, **NAMES)
    without = second_opinions(frame.loc[frame["u"] != 25], **NAMES)
    assert dict(found.dropped) == {"incomplete": 1}
    pd.testing.assert_frame_equal(found.table, without.table)
    assert tuple(found.table.columns) == EFFECT_COLUMNS
    assert set(found.table["method"]) == set(METHODS)


def test_treated_from_the_start_is_counted() -> None:
    found = second_opinions(panel([*COHORTS, 2020, 2021]), **NAMES, anticipation=1, methods=["imputation"])
    assert dict(found.dropped) == {"treated_from_start": 2}
    assert found.table["n_units"].tolist() == [22]


def test_a_cohort_that_varies_is_refused() -> None:
    frame = panel(COHORTS)
    frame.loc[frame.index[-1], "g"] = 2024
    with pytest.raises(NotEstimable, match="takes more than one value inside a unit"):
        second_opinions(frame, **NAMES)


def test_nobody_stayed_and_nobody_moved_are_said() -> None:
    with pytest.raises(NotEstimable) as refusal:
        second_opinions(panel([2023] * 5 + [2024] * 5), **NAMES)
    assert refusal.value.reason == "no_comparators"
    with pytest.raises(NotEstimable) as refusal:
        second_opinions(panel([0] * 5), **NAMES)
    assert refusal.value.reason == "no_treated"


def test_an_unknown_method_is_named_with_the_allowed() -> None:
    with pytest.raises(ValueError, match=r"'borusyak'.*allowed: imputation, sun_abraham"):
        second_opinions(panel(COHORTS), **NAMES, methods=["borusyak"])
