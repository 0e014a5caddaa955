"""One effect from several regions, with how much the regions differ and what a new region may expect.

Definitions as in R metafor (Viechtbauer 2010, Journal of Statistical Software 36(3)). Written here, in about 150 lines of numpy,
because no maintained Python library has the prediction interval, the never-narrower Hartung-Knapp interval and the Q-profile
interval together, and the two that come nearest disagree with metafor in places (DL not cut at 0; no floor on Hartung-Knapp).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mutasi_analysis.comparison.between import (
    ESTIMATORS,
    Floats,
    between_interval,
    between_variance,
    cochran_q,
    typical_variance,
    weighted_mean,
)

INTERVALS: tuple[str, ...] = ("Wald", "HKSJ", "HKSJ-adhoc")
Numbers = Sequence[float] | pd.Series | Floats


@dataclass(frozen=True, slots=True)
class PooledEffect:
    """The mean effect over regions with its 95 % interval; all in the unit of the estimates, i2 and weights in percent.

    pi_*: where 95 % of true effects of regions lie. tau2: variance between regions, tau2_*, i2_*, h2_*: Q-profile intervals.
    q, q_p_value: test of equal effects (k − 1 degrees of freedom). k: estimates used; weights: one per estimate given, NaN where left
    out. NaN stands where a number cannot be had; notes say why.
    """

    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    pi_low: float
    pi_high: float
    tau2: float
    i2: float
    h2: float
    q: float
    q_p_value: float
    k: int
    p_value: float = math.nan
    tau2_low: float = math.nan
    tau2_high: float = math.nan
    i2_low: float = math.nan
    i2_high: float = math.nan
    h2_low: float = math.nan
    h2_high: float = math.nan
    weights: tuple[float, ...] = ()
    tau2_method: str = "REML"
    interval: str = "HKSJ-adhoc"
    notes: tuple[str, ...] = ()


NOTHING = PooledEffect(
    estimate=math.nan, std_error=math.nan, conf_low=math.nan, conf_high=math.nan, pi_low=math.nan, pi_high=math.nan,
    tau2=math.nan, i2=math.nan, h2=math.nan, q=math.nan, q_p_value=math.nan, k=0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Usable:
    """The estimates that can be pooled: y, v (variances), a mask over what was given, and sentences on what was left out."""

    y: Floats
    v: Floats
    mask: np.ndarray
    notes: tuple[str, ...]


def usable(estimate: Numbers, std_error: Numbers) -> Usable:
    """Pairs with a finite estimate and a finite standard error above 0. Negative errors and unequal lengths are refused."""
    y, s = (np.asarray(pd.to_numeric(pd.Series(x)).to_numpy(dtype=float, na_value=np.nan)) for x in (estimate, std_error))
    if y.size != s.size:
        raise ValueError(f"estimate has {y.size} values and std_error {s.size}; they must be equally many")
    if (s < 0).any():
        raise ValueError(f"std_error {float(s[s < 0][0])!r} is negative; allowed: numbers above 0, or missing")
    exact = np.isfinite(y) & (s == 0)
    mask = np.isfinite(y) & np.isfinite(s) & (s > 0)
    absent = int(y.size - mask.sum() - exact.sum())
    notes = []
    if absent:
        notes.append(f"{absent} of {y.size} have no estimate or no standard error and were left out")
    if exact.any():
        notes.append(f"{int(exact.sum())} of {y.size} have a standard error of 0 and were left out: no estimate is without error")
    return Usable(y[mask], s[mask] ** 2, mask, tuple(notes))


def pool(estimate: Numbers, std_error: Numbers, *, tau2: str = "REML", interval: str = "HKSJ-adhoc") -> PooledEffect:
    """Pool estimates of several regions.

    tau2: `EE` equal effects (τ² = 0), or random effects with τ² by `DL REML ML PM HE SJ`. interval: `Wald` (normal; too short for few
    regions), `HKSJ` Hartung-Knapp-Sidik-Jonkman (t with k − 1 degrees of freedom, variance times q = Σ w (y − μ)² / (k − 1)), or
    `HKSJ-adhoc`, the same with max(1, q) (metafor's test = "adhoc"), so that it is never narrower than equal effects.
    Prediction interval: estimate ± the same quantile · √(SE² + τ²); none for `EE`.
    One usable estimate is returned as it is with its own normal interval, none as NaN; both with a note.
    """
    _check(tau2, interval)
    given = usable(estimate, std_error)
    k = given.y.size
    if k < 2:
        return _alone(given, tau2, interval)
    variance = between_variance(given.y, given.v, tau2)
    w = 1 / (given.v + variance)
    mean, q = weighted_mean(given.y, w), cochran_q(given.y, given.v)
    error, notes = _error(given, variance, interval)
    crit, p_value = _critical(mean, error, None if interval == "Wald" else k - 1)
    spread = math.nan if tau2 == "EE" else crit * math.sqrt(error**2 + variance)
    weights = np.full(given.mask.size, np.nan)
    weights[given.mask] = 100 * w / w.sum()
    return PooledEffect(
        mean, error, mean - crit * error, mean + crit * error, mean - spread, mean + spread, variance,
        **_heterogeneity(given, variance, tau2, q), q=q, q_p_value=_chi2_tail(q, k - 1), k=k, p_value=p_value,
        weights=tuple(weights.tolist()), tau2_method=tau2, interval=interval, notes=given.notes + notes + _few(k),
    )  # fmt: skip


def _check(tau2: str, interval: str) -> None:
    for name, value, allowed in (("tau2", tau2, tuple(ESTIMATORS)), ("interval", interval, INTERVALS)):
        if value not in allowed:
            raise ValueError(f"{name}={value!r}; allowed: {', '.join(allowed)}")


def _alone(given: Usable, tau2: str, interval: str) -> PooledEffect:
    blank = replace(NOTHING, weights=tuple(np.where(given.mask, 100.0, math.nan).tolist()), tau2_method=tau2, interval=interval)
    if given.y.size == 0:
        return replace(blank, notes=(*given.notes, "no usable estimate: nothing can be pooled"))
    mean, error = float(given.y[0]), math.sqrt(float(given.v[0]))
    crit, p_value = _critical(mean, error, None)
    note = "one usable estimate: it is shown with its own normal interval; nothing is pooled and no difference is measured"
    return replace(
        blank, estimate=mean, std_error=error, conf_low=mean - crit * error, conf_high=mean + crit * error,
        p_value=p_value, k=1, notes=(*given.notes, note),
    )  # fmt: skip


def _error(given: Usable, variance: float, interval: str) -> tuple[float, tuple[str, ...]]:
    error = math.sqrt(1 / float((1 / (given.v + variance)).sum()))
    if interval == "Wald":
        return error, ()
    factor = cochran_q(given.y, given.v, variance) / (given.y.size - 1)
    if interval == "HKSJ-adhoc":
        return error * math.sqrt(max(1.0, factor)), ()
    if factor <= 1e-14:
        return math.nan, ("the estimates are identical, so the HKSJ variance is 0 and gives no interval; use HKSJ-adhoc",)
    if factor < 1:
        return error * math.sqrt(factor), ("the HKSJ interval is shrunk below its own Wald variance (q < 1); HKSJ-adhoc is not",)
    return error * math.sqrt(factor), ()


def _critical(mean: float, error: float, freedom: int | None) -> tuple[float, float]:
    """Two-sided 95 % quantile and p-value of mean / error, normal or t."""
    from scipy.special import ndtr, ndtri, stdtr, stdtrit

    score = -abs(mean / error)
    if freedom is None:
        return float(ndtri(0.975)), float(2 * ndtr(score))
    return float(stdtrit(freedom, 0.975)), float(2 * stdtr(freedom, score))


def _chi2_tail(value: float, freedom: int) -> float:
    from scipy.special import gammaincc

    return float(gammaincc(freedom / 2, value / 2))


def _heterogeneity(given: Usable, variance: float, tau2: str, q: float) -> dict[str, float]:
    k = given.y.size
    if tau2 == "EE":
        return {"i2": max(0.0, 100 * (q - (k - 1)) / q) if q > 0 else 0.0, "h2": q / (k - 1)}
    typical = typical_variance(given.v)
    low, high = between_interval(given.y, given.v)
    named = {"i2": variance, "i2_low": low, "i2_high": high}
    parts = {name: 100 * value / (typical + value) for name, value in named.items()}
    parts |= {name.replace("i2", "h2"): 1 + value / typical for name, value in named.items()}
    return parts | {"tau2_low": low, "tau2_high": high}


def _few(k: int) -> tuple[str, ...]:
    return (f"only {k} estimates: how much regions differ is hardly known; read the prediction interval with care",) if k < 5 else ()
