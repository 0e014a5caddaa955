"""Does the effect of a region go with one number of the region? A line through few points, with the interval it deserves.

Definitions as in R metafor's rma(mods = ~ x): Viechtbauer (2010), Journal of Statistical Software 36(3); interval of the slope: Knapp and
Hartung (2003), Statistics in Medicine 22, 2693-2710. Under ten regions the slope is a picture, no finding (Cochrane Handbook 10.11.4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from mutasi_analysis.comparison.between import Floats, between_variance, root_of_falling
from mutasi_analysis.comparison.pooling import INTERVALS, Numbers, usable

FEW = 10
METHODS = ("EE", "DL", "REML", "PM")


@dataclass(frozen=True, slots=True)
class MetaRegression:
    """slope: change of the effect per unit of the moderator, with its 95 % interval; intercept: effect at moderator 0; tau2: variance
    between regions that the line leaves, r2: percent of the variance between regions that it takes away; q_residual, q_p_value: test
    that nothing is left. few: fewer than FEW regions. NaN stands where a number cannot be had; notes say why."""

    slope: float
    std_error: float
    conf_low: float
    conf_high: float
    p_value: float
    intercept: float
    intercept_std_error: float
    tau2: float
    r2: float
    q_residual: float
    q_p_value: float
    k: int
    tau2_method: str
    interval: str
    few: bool
    notes: tuple[str, ...] = ()
    covariance: tuple[tuple[float, float], ...] = ()
    critical: float = math.nan

    def line(self, at: Numbers) -> pd.DataFrame:
        """The line and its 95 % interval at values of the moderator: columns moderator, estimate, conf_low, conf_high."""
        x = np.asarray(at, dtype=float)
        if not self.covariance:
            blank = np.full(x.size, math.nan)
            return pd.DataFrame({"moderator": x, "estimate": blank, "conf_low": blank, "conf_high": blank})
        design = np.column_stack([np.ones(x.size), x])
        middle = design @ np.array([self.intercept, self.slope])
        half = self.critical * np.sqrt(((design @ np.array(self.covariance)) * design).sum(axis=1))
        return pd.DataFrame({"moderator": x, "estimate": middle, "conf_low": middle - half, "conf_high": middle + half})


@dataclass(frozen=True, slots=True)
class _Data:
    y: Floats
    v: Floats
    x: Floats  # k × 2: ones and the moderator less its mean


def meta_regression(
    estimate: Numbers, std_error: Numbers, moderator: Numbers, *, tau2: str = "REML", interval: str = "HKSJ-adhoc"
) -> MetaRegression:
    """One line through the estimates of regions. tau2: EE DL REML PM; interval: as in `pool`, t with k − 2 degrees of freedom.

    Regions without a usable estimate or moderator are left out and counted in the notes. Under three regions, or where all have the
    same moderator, there is no line: NaN and a note. Raises ValueError for unknown words and unequal lengths.
    """
    for name, value, allowed in (("tau2", tau2, METHODS), ("interval", interval, INTERVALS)):
        if value not in allowed:
            raise ValueError(f"{name}={value!r}; allowed: {', '.join(allowed)}")
    x = np.asarray(pd.to_numeric(pd.Series(moderator)).to_numpy(dtype=float, na_value=np.nan))
    given = usable(estimate, std_error)
    if x.size != given.mask.size:
        raise ValueError(f"moderator has {x.size} values and estimate {given.mask.size}; they must be equally many")
    known = np.isfinite(x[given.mask])
    y, v, m = given.y[known], given.v[known], x[given.mask][known]
    notes = given.notes + ((f"{int((~known).sum())} have no value of the moderator and were left out",) if not known.all() else ())
    if m.size < 3 or np.ptp(m) == 0:
        reason = "fewer than three regions: no line with an interval" if m.size < 3 else "the moderator is the same everywhere: no line"
        return _no_line(m.size, tau2, interval, (*notes, reason))
    return _fitted(y, v, m, tau2, interval, notes)


def _fitted(y: Floats, v: Floats, m: Floats, tau2: str, interval: str, notes: tuple[str, ...]) -> MetaRegression:
    from scipy.special import gammaincc, ndtr, ndtri, stdtr, stdtrit

    k, centre, scale = m.size, float(m.mean()), float(m.std())
    data = _Data(y, v, np.column_stack([np.ones(k), (m - centre) / scale]))
    variance = _residual_variance(data, tau2)
    beta, bread = _fit(data, variance)
    factor = _q(data, variance) / (k - 2)
    covariance = bread * {"Wald": 1.0, "HKSJ": factor, "HKSJ-adhoc": max(1.0, factor)}[interval]
    back = np.array([[1.0, -centre / scale], [0.0, 1 / scale]])
    beta, covariance = back @ beta, back @ covariance @ back.T
    error = math.sqrt(covariance[1, 1])
    wald = interval == "Wald"
    score = -abs(beta[1] / error) if error > 0 else math.nan
    crit = float(ndtri(0.975) if wald else stdtrit(k - 2, 0.975))
    p_value = float(2 * (ndtr(score) if wald else stdtr(k - 2, score)))
    without, q = between_variance(y, v, tau2), _q(data, 0.0)
    few = (f"only {k} regions: the slope is a picture, not a finding; {FEW} are the usual minimum",) if k < FEW else ()
    return MetaRegression(
        slope=float(beta[1]), std_error=error, conf_low=float(beta[1] - crit * error), conf_high=float(beta[1] + crit * error),
        p_value=p_value, intercept=float(beta[0]), intercept_std_error=math.sqrt(covariance[0, 0]), tau2=variance,
        r2=max(0.0, 100 * (without - variance) / without) if without > 0 else math.nan, q_residual=q,
        q_p_value=float(gammaincc((k - 2) / 2, q / 2)), k=k, tau2_method=tau2, interval=interval, few=k < FEW, notes=notes + few,
        covariance=tuple((float(a), float(b)) for a, b in covariance), critical=crit,
    )  # fmt: skip


def _no_line(k: int, tau2: str, interval: str, notes: tuple[str, ...]) -> MetaRegression:
    return MetaRegression(*(math.nan,) * 11, k=k, tau2_method=tau2, interval=interval, few=k < FEW, notes=notes)


def _fit(data: _Data, tau2: float) -> tuple[Floats, Floats]:
    """Coefficients and (XᵀWX)⁻¹ with weights 1 / (v + τ²)."""
    weighted = data.x / (data.v + tau2)[:, None]
    bread: Floats = np.linalg.inv(weighted.T @ data.x).astype(np.float64)
    return bread @ (weighted.T @ data.y), bread


def _q(data: _Data, tau2: float) -> float:
    """Weighted sum of squared residuals."""
    beta, _ = _fit(data, tau2)
    return float(((data.y - data.x @ beta) ** 2 / (data.v + tau2)).sum())


def _trace(data: _Data, tau2: float) -> float:
    """Trace of P = W − WX(XᵀWX)⁻¹XᵀW."""
    w = 1 / (data.v + tau2)
    _, bread = _fit(data, tau2)
    return float(w.sum() - np.trace(bread @ (data.x.T @ (data.x * (w**2)[:, None]))))


def _residual_variance(data: _Data, method: str) -> float:
    freedom = data.y.size - 2
    if method == "EE":
        return 0.0
    if method == "DL":
        return max(0.0, (_q(data, 0.0) - freedom) / _trace(data, 0.0))
    span = float(np.ptp(data.y) ** 2 + data.v.max())
    if method == "PM":
        return 0.0 if _q(data, 0.0) <= freedom else root_of_falling(lambda t: _q(data, t) - freedom, 0.0, 1e3 * span)
    grid = np.concatenate([[0.0], np.geomspace(1e-9 * span, span, 241)])
    best = int(np.argmin([_deviance(data, float(t)) for t in grid]))
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, grid.size - 1)])
    score = partial(_score, data)
    return root_of_falling(score, low, high) if score(low) > 0 > score(high) else float(grid[best])


def _deviance(data: _Data, tau2: float) -> float:
    """−2 × restricted log likelihood, without its constant."""
    _, bread = _fit(data, tau2)
    return float(np.log(data.v + tau2).sum() - np.linalg.slogdet(bread)[1] + _q(data, tau2))


def _score(data: _Data, tau2: float) -> float:
    """Derivative of the restricted log likelihood, times two: yᵀPPy − tr P."""
    beta, _ = _fit(data, tau2)
    return float((((data.y - data.x @ beta) / (data.v + tau2)) ** 2).sum()) - _trace(data, tau2)
