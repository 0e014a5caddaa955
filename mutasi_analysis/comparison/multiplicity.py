"""p-values corrected for how many questions were asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mutasi_analysis.comparison.between import Floats


def holm(p_value: Sequence[float] | pd.Series | Floats) -> Floats:
    """Holm (1979): adjusted p-values that bound the chance of even one false finding. NaN stays NaN and does not count."""
    p, order, m = _sorted(p_value)
    stepped = np.maximum.accumulate(p[order] * (m - np.arange(m)))
    return _placed(p, order, stepped)


def benjamini_hochberg(p_value: Sequence[float] | pd.Series | Floats) -> Floats:
    """Benjamini and Hochberg (1995): adjusted p-values that bound the expected share of false findings. NaN stays, uncounted."""
    p, order, m = _sorted(p_value)
    stepped = np.minimum.accumulate((p[order] * m / np.arange(1, m + 1))[::-1])[::-1]
    return _placed(p, order, stepped)


def corrected(p_value: Sequence[float] | pd.Series | Floats, primary: Sequence[bool] | pd.Series) -> pd.DataFrame:
    """Two families, as declared before looking: Holm among the primary questions, Benjamini-Hochberg among all others.

    Columns p_adjusted and correction ("holm", "bh"), one row a p-value, in the order given.
    """
    p, first = np.asarray(p_value, dtype=float), np.asarray(primary, dtype=bool)
    if p.size != first.size:
        raise ValueError(f"p_value has {p.size} values and primary {first.size}; they must be equally many")
    adjusted = np.full(p.size, np.nan)
    adjusted[first], adjusted[~first] = holm(p[first]), benjamini_hochberg(p[~first])
    return pd.DataFrame({"p_adjusted": adjusted, "correction": np.where(first, "holm", "bh")})


def _sorted(p_value: Sequence[float] | pd.Series | Floats) -> tuple[Floats, np.ndarray, int]:
    p = np.asarray(p_value, dtype=float)
    if ((p < 0) | (p > 1)).any():
        raise ValueError("p_value holds a number outside 0 … 1")
    order = np.argsort(p, kind="stable")[: int(np.isfinite(p).sum())]
    return p, order, order.size


def _placed(p: Floats, order: np.ndarray, stepped: Floats) -> Floats:
    out = np.full(p.size, np.nan)
    out[order] = np.minimum(stepped, 1.0)
    return out
