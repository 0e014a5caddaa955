"""Honest intervals by hand, against diff-diff's, and the power of a pre-test against a simulation."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from mutasi_analysis.causal import NotEstimable, group_time_att
from mutasi_analysis.causal.sensitivity import (
    Path,
    event_path,
    pretest_power,
    relative_breakdown,
    smoothness_breakdown,
    smoothness_interval,
)
from tests.causal_more.worlds import NAMES, panel

Z = NormalDist().inv_cdf(0.975)


def path(pre: int, post: int, *, seed: int = 0, effect: float = 3.0) -> Path:
    rng = np.random.default_rng(seed)
    events = np.concatenate([np.arange(-pre - 1, -1), np.arange(post)]).astype(float)
    root = rng.normal(size=(events.size, events.size + 3)) / 10
    estimate = rng.normal(size=events.size) / 5 + effect * (events >= 0)
    target = np.where(events >= 0, 1 / post, 0.0)
    return Path(events, -1.0, estimate, root @ root.T, target)


def test_one_point_before_by_hand() -> None:
    """δ(−2) and δ(0) around the base: unbiased under a line only if the weight on δ(−2) is +1; then the bias is one change of slope.

    Estimates .2 and 1, variances .01 and .04, no covariance: centre 1 + .2, spread √.05; at bound 0 the half-length is 1.96 · √.05;
    at a bound far above the spread it is bound + 1.645 · √.05.
    """
    one = Path(np.array([-2.0, 0.0]), -1.0, np.array([0.2, 1.0]), np.diag([0.01, 0.04]), np.array([0.0, 1.0]))
    calm, wild = smoothness_interval(one, 0.0), smoothness_interval(one, 2.0)
    spread = math.sqrt(0.05)
    assert (calm.conf_low, calm.conf_high) == pytest.approx((1.2 - Z * spread, 1.2 + Z * spread), abs=1e-8)
    half = 2.0 + NormalDist().inv_cdf(0.95) * spread
    assert (wild.conf_low, wild.conf_high) == pytest.approx((1.2 - half, 1.2 + half), abs=1e-6)
    # the interval reaches zero where bound + 1.645 · spread = 1.2 (the other tail is negligible)
    assert smoothness_breakdown(one) == pytest.approx(1.2 - NormalDist().inv_cdf(0.95) * spread, abs=0.02)


@pytest.mark.parametrize(("pre", "post"), [(2, 2), (4, 3), (6, 2)])
@pytest.mark.parametrize("bound", [0.0, 0.1, 0.5, 2.0])
def test_interval_equals_diff_diff(pre: int, post: int, bound: float) -> None:
    """Half-lengths within 2e-5 of diff-diff 3.13's (equal to R HonestDiD to six digits), and never longer by more."""
    honest = pytest.importorskip("diff_diff.honest_did", reason="extra `estimators` not installed")
    one = path(pre, post, seed=pre)
    after = ~one.pre
    low, high = honest._compute_optimal_flci(
        one.estimate[one.pre], one.estimate[after], one.covariance, one.target[after], pre, post, bound, 0.05
    )
    ours = smoothness_interval(one, bound)
    assert ours.conf_high - ours.conf_low == pytest.approx(high - low, rel=2e-5)


def test_intervals_grow_with_the_bound_and_contain_the_breakdown() -> None:
    one = path(3, 2, seed=5)
    lengths = [(i := smoothness_interval(one, bound)).conf_high - i.conf_low for bound in (0, 0.05, 0.2, 1)]
    assert lengths == sorted(lengths)
    limit = smoothness_breakdown(one)
    inside, outside = smoothness_interval(one, limit), smoothness_interval(one, limit * 1.1 + 0.05)
    assert inside.conf_low > 0 and outside.conf_low < 0


def test_the_interval_covers_under_the_worst_path() -> None:
    """Coverage of zero when the true path bends by exactly the bound after a straight pre-trend: 95 % within 1.3 points (2,000 draws)."""
    one, bound = path(3, 2, seed=2, effect=0.0), 0.3
    time = one.event_time - one.base
    drift = 0.5 * time + bound * np.maximum(time, 0) * (np.maximum(time, 0) + 1) / 2
    root = np.linalg.cholesky(one.covariance)
    rng = np.random.default_rng(0)
    weights = smoothness_interval(replace(one, estimate=drift), bound)
    half, hits = (weights.conf_high - weights.conf_low) / 2, 0
    centre = (weights.conf_high + weights.conf_low) / 2
    gradient = np.array(
        [(smoothness_interval(replace(one, estimate=drift + step), bound).conf_low + half - centre) for step in np.eye(drift.size)]
    )
    for _ in range(2000):
        shifted = centre + gradient @ (root @ rng.normal(size=drift.size))
        hits += shifted - half <= 0 <= shifted + half
    assert 0.93 <= hits / 2000 <= 1.0


def test_path_against_one_base_by_hand() -> None:
    """One cohort: distance of mean differences from the base year, whatever the base the core's cells used."""
    frame = panel([0] * 25 + [2024] * 15, effect=1.0, dip=-4.0)
    found = event_path(group_time_att(frame, **NAMES, anticipation=1), anticipation=1)
    wide = frame.pivot(index="u", columns="t", values="y")
    gap = wide.iloc[25:].mean() - wide.iloc[:25].mean()
    expected = [gap[year] - gap[2022] for year in (2020, 2021, 2023, 2024, 2025)]
    assert found.event_time.tolist() == [-4, -3, -1, 0, 1]
    assert found.estimate.tolist() == pytest.approx(expected, abs=1e-9)
    assert found.base == -2
    assert found.target.tolist() == [0, 0, 0, 0.5, 0.5]


def test_variances_of_the_path_by_hand() -> None:
    """Var of the distance = Σ over groups of the variance of unit changes over n (population variances, as the core's)."""
    frame = panel([0] * 25 + [2024] * 15, effect=1.0)
    found = event_path(group_time_att(frame, **NAMES))
    wide = frame.pivot(index="u", columns="t", values="y")
    for i, year in enumerate((2020, 2021, 2022, 2024, 2025)):
        change = wide[year] - wide[2023]
        expected = change[:25].var(ddof=0) / 25 + change[25:].var(ddof=0) / 15
        assert found.covariance[i, i] == pytest.approx(expected, rel=1e-9)


def test_cohorts_are_weighted_by_their_units() -> None:
    frame = panel([0] * 30 + [2024] * 10 + [2025] * 20, effect=1.0)
    table = group_time_att(frame, **NAMES)
    found = event_path(table)
    assert found.headline[0] == pytest.approx(table.row("overall_simple")["estimate"], abs=1e-9)


def test_no_period_before_the_base_is_said() -> None:
    with pytest.raises(NotEstimable, match="no period before the base"):
        event_path(group_time_att(panel([0] * 9 + [2021] * 9), **NAMES))
    with pytest.raises(ValueError, match="no covariance"):
        event_path(replace(group_time_att(panel([0] * 9 + [2023] * 9), **NAMES), covariance=None))
    with pytest.raises(ValueError, match="allowed: numbers from 0 on"):
        smoothness_interval(path(2, 2), -0.1)


def test_relative_breakdown_by_hand() -> None:
    """Largest step before: |.1 − .3| = .2 (and |0 − .1| = .1); post weights one at distance 1; (1 − 1.96 · .1) / .2."""
    one = Path(np.array([-3.0, -2.0, 0.0]), -1.0, np.array([0.3, 0.1, 1.0]), np.diag([0.01, 0.01, 0.01]), np.array([0.0, 0.0, 1.0]))
    assert relative_breakdown(one) == pytest.approx((1 - Z * 0.1) / 0.2, abs=1e-6)
    assert relative_breakdown(replace(one, estimate=np.array([0.3, 0.1, 0.1]))) == 0.0
    assert relative_breakdown(replace(one, estimate=np.array([0.0, 0.0, 1.0]))) == math.inf


def test_pretest_power_by_simulation() -> None:
    """The drift it names is found by the Wald test in 80 % of 4,000 draws (error .6 points)."""
    one = path(3, 2, seed=1)
    found = pretest_power(one)
    block = one.covariance[:3, :3]
    drift = found.slope * (one.event_time[:3] - one.base)
    draws = np.random.default_rng(0).multivariate_normal(drift, block, size=4000)
    wald = np.einsum("ij,jk,ik->i", draws, np.linalg.inv(block), draws)
    assert (wald > 7.814728).mean() == pytest.approx(0.80, abs=0.025)  # 95 % point of χ² with 3 degrees of freedom
    assert found.bias == pytest.approx(found.slope * 1.5)  # mean distance of event times 0 and 1 from −1
