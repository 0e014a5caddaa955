"""Effects of single persons against doses: by hand, against the core, with a known slope."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.causal import NotEstimable, group_time_att
from mutasi_analysis.causal.dose import DOSE_COLUMNS, by_group, dose_bins, dose_slope, person_effects, stacked
from tests.causal_more.worlds import NAMES, YEARS, long, panel


def dosed(seed: int, slope: float = 0.5, n: int = 600) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    g = np.where(np.arange(n) < n // 3, 2023 + np.arange(n) % 3, 0)
    dose = pd.Series(rng.normal(1, 2, n))
    y = rng.normal(0, 2, (n, 1)) + rng.normal(0, 1, (n, YEARS.size))
    y += np.where((g > 0)[:, None] & (g[:, None] <= YEARS), 2 + slope * dose.to_numpy()[:, None], 0)
    return long(y, g), dose


def test_effects_of_persons_by_hand() -> None:
    """Mover 0 → 10 from 2023 on; stayers rise by 1 and 3: their mean change is 2, the effect 8. Base year 2022, or 2021 if anticipated."""
    y = np.array([[0, 0, 0, 10, 10, 10.0], [0, 0, 0, 1, 1, 1], [5, 5, 5, 8, 8, 8]])
    frame = long(y, np.array([2023, 0, 0]))
    found = person_effects(frame, **NAMES)
    assert found.table[["unit", "effect"]].to_numpy().tolist() == [[0, 8.0]]
    assert found.comparison[["mean", "variance", "n"]].to_numpy().tolist() == [[2.0, 2.0, 2]]
    y[0, 2] = -6  # a dip the year before
    assert person_effects(long(y, np.array([2023, 0, 0])), **NAMES).table["effect"].tolist() == [14.0]
    assert person_effects(long(y, np.array([2023, 0, 0])), **NAMES, anticipation=1).table["effect"].tolist() == [8.0]


@pytest.mark.parametrize("anticipation", [0, 1])
def test_their_mean_is_the_core_s_overall_by_cohort(anticipation: int) -> None:
    frame = panel([0] * 30 + [2022] * 7 + [2024] * 12, effect=1.0, seed=3)
    mean = person_effects(frame, **NAMES, anticipation=anticipation).table["effect"].mean()
    core = group_time_att(frame, **NAMES, anticipation=anticipation).row("overall_group")
    assert mean == pytest.approx(core["estimate"], abs=1e-10)


def test_the_error_of_a_mean_is_near_the_core_s() -> None:
    """Both take the comparators' covariance over cohorts into account; ours adds the spread between cohorts: at most 5 % apart."""
    frame = panel([0] * 200 + [2023] * 50 + [2024] * 50 + [2025] * 50, effect=1.0, seed=4)
    found = person_effects(frame, **NAMES)
    row = by_group(found, pd.Series("all", index=frame["u"].unique()), factor="x").iloc[0]
    core = group_time_att(frame, **NAMES).row("overall_group")
    assert row["std_error"] == pytest.approx(core["std_error"], rel=0.05)


def test_a_known_slope_is_covered() -> None:
    """Slope .5: the 95 % interval covers it in 92 to 99 of 100 draws (P outside is 2 %), bins rise."""
    hits = 0
    for seed in range(100):
        frame, dose = dosed(seed, n=240)
        row = dose_slope(person_effects(frame, **NAMES), dose, factor="match").iloc[0]
        hits += row["conf_low"] <= 0.5 <= row["conf_high"]
    assert 89 <= hits <= 99
    frame, dose = dosed(1)
    bins = dose_bins(person_effects(frame, **NAMES), dose, factor="match")
    assert bins["level"].tolist() == ["down", "up"] and bins["n"].sum() == 200  # nobody's dose is exactly zero
    assert bins["estimate"].is_monotonic_increasing and bins["dose"].is_monotonic_increasing


def test_who_has_the_same_dose_stands_in_the_same_bin() -> None:
    """Of 200 doses 40 below zero, 120 zero (one of them zero but for rounding) and 40 above: no thirds, but three signs."""
    frame, _ = dosed(1)
    moved = frame.loc[frame["g"] > 0, "u"].unique() if "g" in frame else frame["u"].unique()[:200]
    dose = pd.Series([-3.0] * 40 + [0.0] * 119 + [1e-13] + [5.0] * 40, index=moved)
    bins = dose_bins(person_effects(frame, **NAMES), dose, factor="match").set_index("level")
    assert bins["n"].to_dict() == {"down": 40, "same": 120, "up": 40} and bins["dose"].round(9).tolist() == [-3.0, 0.0, 5.0]


def test_slope_by_hand() -> None:
    """Within cohorts least squares of effect on dose, as numpy's lstsq with cohort dummies."""
    frame, dose = dosed(2)
    effects = person_effects(frame, **NAMES)
    rows = effects.table.assign(dose=effects.table["unit"].map(dose))
    design = np.column_stack([rows["dose"], pd.get_dummies(rows["cohort"], dtype=float)])
    expected = np.linalg.lstsq(design, rows["effect"], rcond=None)[0][0]
    assert dose_slope(effects, dose, factor="match").iloc[0]["estimate"] == pytest.approx(expected)


def test_levels_that_differ_are_told_apart_and_equal_ones_are_not() -> None:
    frame, dose = dosed(5)
    effects = person_effects(frame, **NAMES)
    apart = by_group(effects, pd.Series(np.where(dose > 1, "high", "low"), index=dose.index), factor="k")
    assert apart["kind"].tolist() == ["group", "group", "equal"]
    assert apart["p_value"].iloc[-1] < 1e-4
    coin = pd.Series(np.random.default_rng(0).choice(["a", "b"], dose.size), index=dose.index)
    assert by_group(effects, coin, factor="k")["p_value"].iloc[-1] > 0.01


def test_missing_doses_small_levels_and_nothing_at_all() -> None:
    frame, dose = dosed(6)
    effects = person_effects(frame, **NAMES)
    some = dose.where(dose.index % 2 == 0)
    assert dose_slope(effects, some, factor="d").iloc[0]["n"] == 100
    level = pd.Series("most", index=dose.index).where(dose.index > 0, "one person")
    assert by_group(effects, level, factor="l")["level"].tolist() == ["most"]
    for empty in (
        dose_slope(effects, dose * np.nan, factor="d"),
        dose_bins(effects, dose * np.nan, factor="d"),
        dose_slope(effects, dose * 0, factor="d"),
    ):
        assert empty.empty and tuple(empty.columns) == DOSE_COLUMNS
    assert tuple(stacked([]).columns) == DOSE_COLUMNS


def test_cells_without_comparators_are_counted() -> None:
    frame = panel([0] * 6 + [2023] * 4, effect=1.0).assign(kind=lambda f: np.where(f["u"] == 9, "rare", "common"))
    found = person_effects(frame, **NAMES, cell="kind")
    assert dict(found.dropped) == {"no_comparator_in_cell": 1} and len(found.table) == 3
    with pytest.raises(NotEstimable):
        person_effects(panel([2023] * 4), **NAMES)
