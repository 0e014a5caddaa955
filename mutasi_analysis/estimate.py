"""The tidy columns of every estimate, and the frozen result that holds them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Z95 = NormalDist().inv_cdf(0.975)

EFFECT_COLUMNS: tuple[str, ...] = (
    "outcome", "term", "cohort", "period", "event_time", "estimate", "std_error",
    "conf_low", "conf_high", "p_value", "n_units", "method",
)  # fmt: skip

TERMS: tuple[str, ...] = (
    "att_gt", "event", "cohort", "calendar",
    "overall_simple", "overall_group", "overall_dynamic", "overall_calendar",
)  # fmt: skip

EFFECT_DTYPES: dict[str, str] = {
    "outcome": "string", "term": "string", "cohort": "float64", "period": "float64", "event_time": "float64",
    "estimate": "float64", "std_error": "float64", "conf_low": "float64", "conf_high": "float64",
    "p_value": "float64", "n_units": "Int64", "method": "string",
}  # fmt: skip


def normal_p(score: float) -> float:
    """Two-sided p-value of a score that is standard normal where there is nothing to find."""
    return math.erfc(abs(score) / math.sqrt(2))


def normal_interval(estimate: float, std_error: float) -> dict[str, float]:
    """conf_low and conf_high, pointwise 95 %."""
    return {"conf_low": estimate - Z95 * std_error, "conf_high": estimate + Z95 * std_error}


def normal_row(estimate: float, std_error: float) -> dict[str, float]:
    """estimate std_error conf_low conf_high p_value of a normal estimate; p is NaN where the error is not above 0."""
    p_value = normal_p(estimate / std_error) if std_error > 0 else math.nan
    return {"estimate": estimate, "std_error": std_error, **normal_interval(estimate, std_error), "p_value": p_value}


def effect_frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Rows of an estimate as a frame with exactly EFFECT_COLUMNS; what does not apply is NA."""
    return typed_frame(rows, EFFECT_DTYPES)


def typed_frame(rows: list[dict[str, object]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a frame with exactly these columns and dtypes (string, Int64, float64); what a row does not have is NA.

    Each column is made once in its dtype; pandas' own way over objects and casts costs several times as much for small frames.
    """
    return pd.DataFrame({name: _column([row.get(name) for row in rows], dtype) for name, dtype in dtypes.items()})


def _column(values: list[Any], dtype: Any) -> Any:
    if dtype == "float64":
        return np.array([np.nan if value is None or value is pd.NA else value for value in values], dtype=np.float64)
    return pd.array(values, dtype=dtype)


@dataclass(frozen=True, slots=True)
class EffectTable:
    """Estimates of one outcome.

    table: tidy frame, columns EFFECT_COLUMNS. pretest_w, pretest_df, pretest_p: the joint Wald test that all
    pre-treatment ATT(g,t) are zero (NaN, 0, NaN where there is none). dropped: what was left out, reason → units.
    notes: sentences a reader must see. simultaneous: term → critical value of a 95 % band over all rows of that term (the
    table's own intervals are pointwise). covariance: of the estimates, rows in the table's order; None where unknown. degrees: of
    freedom of every row where intervals are Student's t, else None.
    """

    table: pd.DataFrame
    pretest_w: float
    pretest_df: int
    pretest_p: float
    dropped: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    simultaneous: tuple[tuple[str, float], ...] = ()
    covariance: NDArray[np.float64] | None = None
    degrees: NDArray[np.float64] | None = None

    def band(self, term: str) -> pd.DataFrame:
        """The rows of a term with conf_low and conf_high of the simultaneous 95 % band instead of the pointwise interval."""
        values = dict(self.simultaneous)
        if term not in values:
            raise KeyError(f"term {term!r} has no simultaneous band; there is one for {', '.join(values) or 'none'}")
        chosen = (self.table["term"] == term).to_numpy()
        rows = self.table.loc[chosen].copy()
        half = rows["std_error"] * (values[term] if self.degrees is None else _as_wide(values[term], self.degrees[chosen]))
        return rows.assign(conf_low=rows["estimate"] - half, conf_high=rows["estimate"] + half)

    def row(self, term: str) -> pd.Series:
        """The single row of an overall term."""
        rows = np.flatnonzero(self.table["term"].to_numpy(dtype=object, na_value="") == term)
        if rows.size != 1:
            raise KeyError(f"term {term!r} has {rows.size} rows; ask `table` for terms with many")
        found: pd.Series = self.table.iloc[int(rows[0])]
        return found


def _as_wide(normal: float, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quantiles of Student's t as far out as a quantile of the normal."""
    from scipy.special import ndtr, stdtrit

    return np.asarray(-stdtrit(np.minimum(degrees, 1e9), ndtr(-normal)))
