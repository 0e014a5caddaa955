"""From estimates with their covariance to the tidy table: standard errors, intervals, joint pre-test, simultaneous bands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from mutasi_analysis.causal.aggregates import Row
from mutasi_analysis.causal.clock import Floats, label
from mutasi_analysis.causal.influence import Estimates
from mutasi_analysis.estimate import EffectTable, effect_frame

Z95 = NormalDist().inv_cdf(0.975)
BAND_TERMS = ("att_gt", "event", "cohort", "calendar")
DRAWS = 999


def standard_errors(estimates: Estimates) -> Floats:
    """Square roots of the variances; NaN where a variance is zero but for rounding (nothing varies: no error can be told)."""
    variance = (estimates.factor**2).sum(axis=1)
    floor = max(1e-14 * float(variance.max(initial=0.0)), 1e-20 * float((estimates.estimate**2).max(initial=0.0)))
    return np.sqrt(np.where(variance > floor, variance, np.nan))


def pretest(estimate: Floats, covariance: Floats) -> tuple[float, int, float]:
    """Joint Wald test that all given effects are zero: W, degrees of freedom, p. NaN where there are none or the covariance is singular."""
    count = estimate.size
    if count == 0:
        return math.nan, 0, math.nan
    scale = 1 / np.sqrt(np.diag(covariance))
    correlation = covariance * scale[:, None] * scale
    if np.linalg.cond(correlation) > 1e12:
        return math.nan, count, math.nan
    score = estimate * scale
    wald = float(score @ np.linalg.solve(correlation, score))
    from scipy.special import gammaincc

    return wald, count, float(gammaincc(count / 2, wald / 2))


def simultaneous_value(estimates: Estimates, chosen: np.ndarray, seed: int) -> float:
    """Critical value of a 95 % band that holds for all chosen rows at once (maximum of |t| over DRAWS Gaussian draws), at least 1.96."""
    factor = estimates.factor[chosen]
    size = np.sqrt((factor**2).sum(axis=1))
    factor = factor[size > 0] / size[size > 0, None]
    if factor.shape[0] == 0:
        return math.nan
    draws = factor @ np.random.default_rng(seed).standard_normal((factor.shape[1], DRAWS))
    largest = np.sort(np.abs(draws).max(axis=0))
    return max(float(largest[math.ceil(0.95 * DRAWS) - 1]), Z95)


@dataclass(frozen=True, slots=True)
class Naming:
    """What every row of a table says of itself, and the scale of its positions (clock.SCALES)."""

    outcome: str
    method: str
    scale: str


def effect_table(
    naming: Naming,
    rows: tuple[Row, ...],
    estimates: Estimates,
    *,
    seed: int,
    anticipation: float = 0,
    dropped: tuple[tuple[str, int], ...] = (),
    notes: tuple[str, ...] = (),
) -> EffectTable:
    """The frozen result. Intervals are pointwise 95 % (normal); simultaneous critical values stand beside them by term.

    The pre-test leaves out the periods of anticipation, in which treatment may act already (R `did` tests them too: a dip
    before a move would then always look like diverging paths).
    """
    errors = standard_errors(estimates)
    table = _frame(naming, rows, estimates.estimate, errors)
    terms = np.array([row.term for row in rows])
    pre = (terms == "att_gt") & np.array([row.event_time < -anticipation for row in rows]) & np.isfinite(errors)
    covariance = estimates.covariance
    wald, freedom, p_value = pretest(estimates.estimate[pre], covariance[np.ix_(pre, pre)])
    if math.isnan(p_value):
        why = (
            "no period before treatment (and anticipation) can be tested"
            if freedom == 0
            else "the covariance of the pre-treatment effects is singular"
        )
        notes = (*notes, f"no joint pre-test: {why}")
    bands = tuple((term, simultaneous_value(estimates, terms == term, seed)) for term in BAND_TERMS if (terms == term).any())
    return EffectTable(table, wald, freedom, p_value, dropped, notes, bands, covariance)


def _frame(naming: Naming, rows: tuple[Row, ...], estimate: Floats, errors: Floats) -> pd.DataFrame:
    return effect_frame([
        {
            "outcome": naming.outcome, "term": row.term, "cohort": label(row.cohort, naming.scale),
            "period": label(row.period, naming.scale), "event_time": row.event_time,
            "estimate": value, "std_error": error, "conf_low": value - Z95 * error, "conf_high": value + Z95 * error,
            "p_value": math.erfc(abs(value / error) / math.sqrt(2)) if error == error else math.nan,
            "n_units": row.n_units, "method": naming.method,
        }
        for row, value, error in zip(rows, estimate.tolist(), errors.tolist(), strict=True)
    ])  # fmt: skip
