"""Small-sample errors against Welch's t test and Hotelling's T², and what they cover where normal quantiles do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mutasi_analysis import causal
from mutasi_analysis.causal.small_sample import f_test, t_quantile, t_two_sided

NAMES = {"outcome": "y", "unit": "u", "period": "t", "cohort": "g"}


def panel(y: np.ndarray, cohort: np.ndarray) -> pd.DataFrame:
    """Units × years from 2020 on."""
    n, width = y.shape
    return pd.DataFrame(
        {"u": np.repeat(np.arange(n), width), "t": np.tile(2020 + np.arange(width), n), "g": np.repeat(cohort, width), "y": y.ravel()}
    )


def world(seed: int, treated: int, compared: int, width: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """No effect; noisier treated units; cohorts 2023 to 2025 in turn."""
    rng = np.random.default_rng(seed)
    cohort = np.r_[2023 + np.arange(treated) % 3, np.zeros(compared)]
    return rng.normal(0, 1, (cohort.size, width)) * np.where(cohort > 0, 1.5, 1.0)[:, None], cohort


def corrected(y: np.ndarray, cohort: np.ndarray, **options):
    return causal.att_of_table(causal.cohort_table(panel(y, cohort), **NAMES), small_sample=True, **options)


@pytest.mark.parametrize(("treated", "compared"), [(5, 9), (20, 200), (2, 3)])
def test_one_cohort_and_two_periods_are_welchs_t_test(treated: int, compared: int) -> None:
    rng = np.random.default_rng(7)
    y = rng.normal(size=(treated + compared, 2))
    cohort = np.r_[np.full(treated, 2021), np.zeros(compared)]
    found = corrected(y, cohort)
    row, change = found.row("overall_group"), y[:, 1] - y[:, 0]
    welch = stats.ttest_ind(change[:treated], change[treated:], equal_var=False)
    reach = welch.confidence_interval(0.95)
    assert (row.p_value, row.conf_low, row.conf_high) == pytest.approx((welch.pvalue, reach.low, reach.high))
    assert found.degrees is not None and found.degrees[0] == pytest.approx(welch.df)


def test_paths_against_a_crowd_are_hotellings_t_squared() -> None:
    """With comparators that hardly vary the test of two changes before treatment is the one-sample test of the treated."""
    rng = np.random.default_rng(3)
    y, cohort = rng.normal(size=(12, 5)), np.full(12, 2023)
    crowd = 1e-5 * rng.normal(size=(4000, 5))
    found = corrected(np.vstack([y, crowd]), np.r_[cohort, np.zeros(4000)])
    steps = np.diff(y, axis=1)[:, :2]
    mean, covariance = steps.mean(axis=0), np.cov(steps.T) / 12
    squared = mean @ np.linalg.solve(covariance, mean)
    assert found.pretest_w == pytest.approx(squared, rel=1e-3)
    assert (found.pretest_df, found.pretest_p) == (2, pytest.approx(stats.f.sf(squared * 10 / (11 * 2), 2, 10), rel=1e-3))


def test_with_thousands_it_is_the_plain_answer() -> None:
    y, cohort = world(1, 3000, 6000)
    plain, small = causal.group_time_att(panel(y, cohort), **NAMES), corrected(y, cohort)
    columns = ["estimate", "std_error", "conf_low", "conf_high"]
    np.testing.assert_allclose(plain.table[columns].astype(float), small.table[columns].astype(float), rtol=5e-3, atol=2e-4)
    for term in ("event", "att_gt"):
        wide = small.band(term)["conf_high"] - small.band(term)["conf_low"]
        np.testing.assert_allclose(wide, plain.band(term)["conf_high"] - plain.band(term)["conf_low"], rtol=0.02)


def test_coverage_with_twenty_moved_where_normal_quantiles_fall_short() -> None:
    """400 worlds: 95 % gives 371 or more with 98.6 % chance; normal intervals of the core stay below it."""
    held = np.zeros(2)
    rejected = 0
    for seed in range(400):
        y, cohort = world(seed, 20, 150)
        cohort[:20] = 2024
        table = causal.cohort_table(panel(y, cohort), **NAMES)
        answers = [causal.att_of_table(table, small_sample=small) for small in (True, False)]
        rows = [answer.row("overall_group") for answer in answers]
        held += [row.conf_low <= 0 <= row.conf_high for row in rows]
        rejected += answers[0].pretest_p < 0.05
    assert 371 <= held[0] <= 391 and held[1] < 371
    assert 9 <= rejected <= 33  # 20 expected; 3 standard errors to either side


def test_a_cohort_of_one_borrows_the_spread_of_the_others() -> None:
    y, cohort = world(5, 20, 20)
    cohort[0] = 2022
    rows = corrected(y, cohort).table.query("term == 'cohort' and cohort == 2022")
    assert np.isfinite(rows[["std_error", "conf_low"]].astype(float)).all(axis=None)
    nobody_else = corrected(y[[0, *range(20, 40)]], cohort[[0, *range(20, 40)]]).row("overall_group")
    assert nobody_else.std_error > 0 and nobody_else.conf_low < nobody_else.estimate


def test_what_cannot_be_tested_is_nan_and_what_is_not_allowed_is_said() -> None:
    assert np.isnan(f_test(np.ones(2), np.ones((2, 2)), [np.ones((2, 2))], np.array([5.0]))[2])
    assert np.isnan(f_test(np.ones(3), np.eye(3), [np.eye(3)], np.array([2.0]))[2])
    assert f_test(np.empty(0), np.empty((0, 0)), [], np.empty(0))[1] == 0
    assert t_quantile(0.975, np.array([np.inf]))[0] == pytest.approx(1.959964, abs=1e-6)
    assert t_two_sided(np.array([2.0]), np.array([4.0]))[0] == pytest.approx(0.116117, abs=1e-6)  # table of Student's t
    y, cohort = world(1, 6, 6)
    clustered = causal.cohort_table(panel(y, cohort).assign(c=lambda f: f["u"] % 3), **NAMES, cluster="c")
    with pytest.raises(ValueError, match="without cluster"):
        causal.att_of_table(clustered, small_sample=True)


def test_minimum_detectable_effect_with_degrees_of_freedom() -> None:
    """Student's table: t(.975, 10) = 2.228, t(.80, 10) = 0.879."""
    assert causal.minimum_detectable_effect(1.0, degrees=10) == pytest.approx(2.228 + 0.879, abs=1e-3)
    assert causal.minimum_detectable_effect(1.0, degrees=1e8) == pytest.approx(causal.minimum_detectable_effect(1.0), abs=1e-6)
    with pytest.raises(ValueError, match="degrees"):
        causal.minimum_detectable_effect(1.0, degrees=0)
