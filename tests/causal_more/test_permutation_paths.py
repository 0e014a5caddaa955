"""Paths before treatment, tested by permutation of few units: a slow twin, false positives, and a trend that is found."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.causal import group_time_att
from mutasi_analysis.causal.permutation import permutation_att
from tests.causal_more.worlds import NAMES, YEARS, panel

COHORTS = [0, 0, 0, 2023, 2023, 2024]
TWELVE = [0] * 6 + [2023] * 2 + [2024] * 2 + [2025] * 2


def slow_p(frame: pd.DataFrame) -> float:
    """Every distinct way to give the units their cohorts; distance of the paths before treatment by plain loops."""
    y = frame.pivot(index="u", columns="t", values="y").to_numpy()
    distances = {}
    for labels in set(permutations(COHORTS)):
        distances[labels] = 0.0
        for g in (2023, 2024):
            own, never = ([i for i, label in enumerate(labels) if label == value] for value in (g, 0))
            for t in [place for place, year in enumerate(YEARS) if place > 0 and year < g]:
                change = y[:, t] - y[:, t - 1]
                distances[labels] += len(own) * (change[own].mean() - change[never].mean()) ** 2 / change.var()
    return float(np.mean([one >= distances[tuple(COHORTS)] - 1e-9 for one in distances.values()]))


@pytest.mark.parametrize("seed", range(4))
def test_the_p_value_equals_the_slow_twin(seed: int) -> None:
    frame = panel(COHORTS, seed=seed)
    assert permutation_att(frame, **NAMES).pretest_p == pytest.approx(slow_p(frame))


def test_twelve_units_with_equal_paths_are_rarely_refused_where_the_wald_test_refuses_half() -> None:
    """At most 5 % by construction: of 100 worlds at most 12 (P of more is .15 %)."""
    worlds = [panel(TWELVE, seed=seed) for seed in range(100)]
    exact = sum(permutation_att(world, **NAMES, anticipation=2, draws=399).pretest_p < 0.05 for world in worlds)
    wald = sum(group_time_att(world, **NAMES, anticipation=2).pretest_p < 0.05 for world in worlds)
    assert exact <= 12 < 30 < wald


def test_paths_that_part_before_treatment_are_found_and_the_dip_of_anticipation_is_not() -> None:
    frame = panel(TWELVE, seed=1)
    parted = frame.assign(y=frame["y"] + np.where(frame["g"] > 0, 6.0 * (frame["t"] - 2020), 0.0))
    assert permutation_att(parted, **NAMES, anticipation=2, draws=999).pretest_p < 0.05
    dipped = panel(TWELVE, dip=-9.0, seed=1)
    assert permutation_att(dipped, **NAMES, anticipation=2, draws=999).pretest_p > 0.05


def test_without_a_period_to_test_there_is_no_p_value() -> None:
    found = permutation_att(panel([0] * 4 + [2022] * 4), **NAMES, anticipation=1)
    assert math.isnan(found.pretest_p)
