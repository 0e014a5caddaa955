"""From estimates with their covariance to the tidy table: standard errors, intervals, joint pre-test, simultaneous bands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi_analysis.causal.aggregates import Row
from mutasi_analysis.causal.clock import Floats, label
from mutasi_analysis.causal.influence import Estimates
from mutasi_analysis.causal.small_sample import f_test, t_quantile, t_two_sided
from mutasi_analysis.estimate import Z95, EffectTable, effect_frame, normal_p

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
    seed: int | None,
    anticipation: float = 0,
    dropped: tuple[tuple[str, int], ...] = (),
    notes: tuple[str, ...] = (),
) -> EffectTable:
    """The frozen result. Intervals are pointwise 95 % (normal, or Student's t where the estimates have degrees of freedom); simultaneous
    critical values, drawn from the seed, stand beside them by term (none without a seed).

    The pre-test leaves out the periods of anticipation, in which treatment may act already (R `did` tests them too: a dip
    before a move would then always look like diverging paths).
    """
    errors = standard_errors(estimates)
    degrees = None if estimates.spread is None else estimates.spread.degrees()
    table = _frame(naming, rows, estimates.estimate, errors, degrees)
    terms = np.array([row.term for row in rows])
    before = np.array([row.event_time < -anticipation for row in rows]) & np.isfinite(errors)
    covariance = estimates.covariance
    wald, freedom, p_value = _pretested(estimates, covariance, before, terms)
    if math.isnan(p_value):
        why = (
            "no period before treatment (and anticipation) can be tested"
            if freedom == 0
            else "the covariance of the pre-treatment effects is singular"
        )
        notes = (*notes, f"no joint pre-test: {why}")
    bands = () if seed is None else _bands(estimates, terms, seed)
    return EffectTable(table, wald, freedom, p_value, dropped, notes, bands, covariance, degrees)


def _bands(estimates: Estimates, terms: np.ndarray, seed: int) -> tuple[tuple[str, float], ...]:
    return tuple((term, simultaneous_value(estimates, terms == term, seed)) for term in BAND_TERMS if (terms == term).any())


def _pretested(estimates: Estimates, covariance: Floats, before: np.ndarray, terms: np.ndarray) -> tuple[float, int, float]:
    """R's Wald test of all cells before treatment, or the F test of the event rows, which are fewer, where the sample may be small."""
    spread = estimates.spread
    pre = before & (terms == ("att_gt" if spread is None else "event"))
    among = covariance[np.ix_(pre, pre)]
    if spread is None:
        return pretest(estimates.estimate[pre], among)
    return f_test(estimates.estimate[pre], among, [part[pre] @ part[pre].T for part in spread.parts], spread.freedom)


def _frame(naming: Naming, rows: tuple[Row, ...], estimate: Floats, errors: Floats, degrees: Floats | None) -> pd.DataFrame:
    ratio = np.divide(estimate, errors)
    if degrees is None:
        half, p_value = Z95 * errors, np.array([normal_p(one) for one in ratio.tolist()])
    else:
        half, p_value = t_quantile(0.975, degrees) * errors, t_two_sided(ratio, degrees)
    return effect_frame([
        {
            "outcome": naming.outcome, "term": row.term, "cohort": label(row.cohort, naming.scale),
            "period": label(row.period, naming.scale), "event_time": row.event_time,
            "estimate": value, "std_error": error, "conf_low": value - reach, "conf_high": value + reach, "p_value": p,
            "n_units": row.n_units, "method": naming.method,
        }
        for row, value, error, reach, p in zip(rows, estimate.tolist(), errors.tolist(), half.tolist(), p_value.tolist(), strict=True)
    ])  # fmt: skip
