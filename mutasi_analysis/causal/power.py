"""How large an effect would have had to be to be found."""

from __future__ import annotations

from statistics import NormalDist


def minimum_detectable_effect(std_error: float, *, power: float = 0.8, alpha: float = 0.05) -> float:
    """Smallest true effect that a two-sided test at level alpha finds with the given power: (z[1 − α/2] + z[power]) · SE.

    Same unit as the outcome; NaN for a NaN standard error. Bloom (1995), Evaluation Review 19, 547-556.
    """
    for name, value in (("power", power), ("alpha", alpha)):
        if not 0 < value < 1:
            raise ValueError(f"{name}={value!r}; allowed: numbers between 0 and 1")
    if std_error < 0:
        raise ValueError(f"std_error={std_error!r}; allowed: numbers from 0 on")
    z = NormalDist().inv_cdf
    return (z(1 - alpha / 2) + z(power)) * float(std_error)
