"""τ², the variance of true effects between regions: seven estimators and the Q-profile interval, as in R metafor.

Formulas: Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30, 261-293; DerSimonian and Laird (1986), Paule and
Mandel (1982), Sidik and Jonkman (2005); interval: Viechtbauer (2007), Statistics in Medicine 26, 37-52. y: k estimates, v: k
sampling variances, all finite and v > 0.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def weighted_mean(y: Floats, w: Floats) -> float:
    return float(w @ y / w.sum())


def cochran_q(y: Floats, v: Floats, tau2: float = 0.0) -> float:
    """Generalised Q: weighted squared deviations from the weighted mean, weights 1 / (v + τ²)."""
    w = 1 / (v + tau2)
    return float(w @ (y - weighted_mean(y, w)) ** 2)


def typical_variance(v: Floats) -> float:
    """Higgins and Thompson's (2002) sampling variance of a typical estimate: I² = τ² / (τ² + this)."""
    w = 1 / v
    return float((v.size - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum()))


def _equal(_y: Floats, _v: Floats) -> float:
    return 0.0


def _dersimonian_laird(y: Floats, v: Floats) -> float:
    w = 1 / v
    return (cochran_q(y, v) - (y.size - 1)) / float(w.sum() - (w**2).sum() / w.sum())


def _hedges(y: Floats, v: Floats) -> float:
    return float(y.var(ddof=1) - v.mean())


def _sidik_jonkman(y: Floats, v: Floats) -> float:
    start = float(y.var())
    return start * cochran_q(y, v, start) / (y.size - 1) if start > 0 else 0.0


def _paule_mandel(y: Floats, v: Floats) -> float:
    return _where_q_is(y, v, y.size - 1)


def _maximum_likelihood(y: Floats, v: Floats) -> float:
    def score(tau2: float) -> float:
        w = 1 / (v + tau2)
        return float((w**2) @ (y - weighted_mean(y, w)) ** 2 - w.sum())

    return _best(y, v, score, restricted=False)


def _restricted(y: Floats, v: Floats) -> float:
    def score(tau2: float) -> float:
        w = 1 / (v + tau2)
        return float((w**2) @ (y - weighted_mean(y, w)) ** 2 - w.sum() + (w**2).sum() / w.sum())

    return _best(y, v, score, restricted=True)


ESTIMATORS: dict[str, Callable[[Floats, Floats], float]] = {
    "EE": _equal,
    "DL": _dersimonian_laird,
    "REML": _restricted,
    "ML": _maximum_likelihood,
    "PM": _paule_mandel,
    "HE": _hedges,
    "SJ": _sidik_jonkman,
}


def between_variance(y: Floats, v: Floats, method: str) -> float:
    """τ² by one of ESTIMATORS, never below 0; 0 for a single estimate."""
    return max(0.0, ESTIMATORS[method](y, v)) if y.size > 1 else 0.0


def between_interval(y: Floats, v: Floats, level: float = 0.95) -> tuple[float, float]:
    """Q-profile interval of τ²: all values for which the generalised Q is not surprising. (0, 0) where even τ² = 0 is too large."""
    from scipy.special import gammainccinv

    half = (y.size - 1) / 2
    high, low = (2 * float(gammainccinv(half, tail)) for tail in ((1 - level) / 2, (1 + level) / 2))
    return _where_q_is(y, v, high), _where_q_is(y, v, low)


def _where_q_is(y: Floats, v: Floats, target: float) -> float:
    """The τ² at which the falling function Q(τ²) reaches target; 0 where it starts below it."""
    if cochran_q(y, v) <= target:
        return 0.0
    top = float(y.var() + v.max())
    while cochran_q(y, v, top) > target:
        top *= 2
    return root_of_falling(lambda tau2: cochran_q(y, v, tau2) - target, 0.0, top)


def _best(y: Floats, v: Floats, score: Callable[[float], float], *, restricted: bool) -> float:
    """Global maximum of the (restricted) likelihood over τ² ≥ 0: a grid finds the hill, the root of the score its top."""
    span = float(np.ptp(y) ** 2 + v.max())
    grid = np.concatenate([[0.0], np.geomspace(1e-9 * span, span, 241)])
    w = 1 / (v + grid[:, None])
    total = w.sum(axis=1)
    deviance = (w * (y - (w @ y / total)[:, None]) ** 2).sum(axis=1) - np.log(w).sum(axis=1) + restricted * np.log(total)
    best = int(np.argmin(deviance))
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, grid.size - 1)])
    return root_of_falling(score, low, high) if score(low) > 0 > score(high) else float(grid[best])


def root_of_falling(falling: Callable[[float], float], low: float, high: float) -> float:
    """Zero of a function that is positive at low and negative at high, by halving to the last digit."""
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2
