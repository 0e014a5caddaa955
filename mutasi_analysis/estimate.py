"""The tidy columns of every estimate, and the frozen result that holds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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


def effect_frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Rows of an estimate as a frame with exactly EFFECT_COLUMNS; what does not apply is NA."""
    frame = pd.DataFrame(rows).reindex(columns=list(EFFECT_COLUMNS))
    return frame.astype(EFFECT_DTYPES)


@dataclass(frozen=True, slots=True)
class EffectTable:
    """Estimates of one outcome.

    table: tidy frame, columns EFFECT_COLUMNS. pretest_w, pretest_df, pretest_p: the joint Wald test that all
    pre-treatment ATT(g,t) are zero (NaN, 0, NaN where there is none). dropped: what was left out, reason → units.
    notes: sentences a reader must see. simultaneous: term → critical value of a 95 % band over all rows of that term (the
    table's own intervals are pointwise). covariance: of the estimates, rows in the table's order; None where unknown.
    """

    table: pd.DataFrame
    pretest_w: float
    pretest_df: int
    pretest_p: float
    dropped: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    simultaneous: tuple[tuple[str, float], ...] = ()
    covariance: NDArray[np.float64] | None = None

    def band(self, term: str) -> pd.DataFrame:
        """The rows of a term with conf_low and conf_high of the simultaneous 95 % band instead of the pointwise interval."""
        values = dict(self.simultaneous)
        if term not in values:
            raise KeyError(f"term {term!r} has no simultaneous band; there is one for {', '.join(values) or 'none'}")
        rows = self.table.loc[self.table["term"] == term].copy()
        half = values[term] * rows["std_error"]
        return rows.assign(conf_low=rows["estimate"] - half, conf_high=rows["estimate"] + half)

    def row(self, term: str) -> pd.Series:
        """The single row of an overall term."""
        rows = self.table.loc[self.table["term"] == term]
        if len(rows) != 1:
            raise KeyError(f"term {term!r} has {len(rows)} rows; ask `table` for terms with many")
        return rows.iloc[0]
