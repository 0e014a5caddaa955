"""How large an effect would have had to be to be found."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from mutasi_analysis.causal.clock import Floats


def minimum_detectable_effect(std_error: float, *, power: float = 0.8, alpha: float = 0.05, degrees: float = math.inf) -> float:
    """Smallest true effect that a two-sided test at level alpha finds with the given power: (t[1 − α/2] + t[power]) · SE.

    degrees: of freedom of the standard error (infinite: the normal's quantiles). Same unit as the outcome; NaN for a NaN standard
    error. Bloom (1995), Evaluation Review 19, 547-556.
    """
    for name, value in (("power", power), ("alpha", alpha)):
        if not 0 < value < 1:
            raise ValueError(f"{name}={value!r}; allowed: numbers between 0 and 1")
    if std_error < 0:
        raise ValueError(f"std_error={std_error!r}; allowed: numbers from 0 on")
    if not (degrees > 0 or math.isnan(degrees)):
        raise ValueError(f"degrees={degrees!r}; allowed: numbers above 0")
    levels = (1 - alpha / 2, power)
    if math.isinf(degrees):
        return sum(NormalDist().inv_cdf(level) for level in levels) * float(std_error)
    from scipy.special import stdtrit

    return float(sum(stdtrit(degrees, level) for level in levels)) * float(std_error)


def degrees_behind(std_error: float, half_width: float) -> float:
    """Degrees of freedom that make a 95 % interval this wide: what its minimum detectable effect must assume; infinite for the normal's,
    NaN where none make it so wide."""
    if not std_error > 0 or not half_width > 1.96 * std_error:
        return math.inf
    from scipy.special import stdtridf

    degrees = float(stdtridf(0.975, half_width / std_error))
    return degrees if degrees > 0 else math.nan


def detectable_by_exchange(noise: Floats, other: Floats, overlap: Floats, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest constant effect that a permutation test finds with the given power whichever its sign; infinite where it finds none.

    noise: statistic without effect of Z assignments that might have been the real one; other: of the R assignments each is held
    against; overlap (Z × R): what an effect of one on the units of the first adds to the statistic of the second (NaN: itself).
    """
    ranks, shifted = np.isfinite(overlap).sum(axis=1) + 1, np.empty(overlap.shape)

    def found(effect: float) -> float:
        own = np.abs(noise + effect)
        np.abs(np.add(np.multiply(overlap, effect, out=shifted), other, out=shifted), out=shifted)
        as_far = np.count_nonzero(shifted >= (own - 1e-9 * (1 + own))[:, None], axis=1)  # NaN is not as far as anything
        return float(((as_far + 1) / ranks <= alpha).mean())

    def shows(effect: float) -> bool:
        return found(effect) >= power and found(-effect) >= power

    farthest = 100 * (float(np.abs(other).max(initial=0.0)) + 1e-12)
    if not shows(farthest):
        return math.inf
    high = farthest / 200
    while not shows(high):
        high *= 2
    low = 0.0 if high < farthest / 199 else high / 2
    while high - low > 2e-3 * high and high > 1e-9 * farthest:
        middle = (low + high) / 2
        low, high = (low, middle) if shows(middle) else (middle, high)
    return high
