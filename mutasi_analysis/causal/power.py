"""How large an effect would have had to be to be found."""

from __future__ import annotations

import math
from statistics import NormalDist


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
