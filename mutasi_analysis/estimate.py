"""The tidy columns of every estimate, and the frozen result that holds them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

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
    notes: sentences a reader must see.
    """

    table: pd.DataFrame
    pretest_w: float
    pretest_df: int
    pretest_p: float
    dropped: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()

    def row(self, term: str) -> pd.Series:
        """The single row of an overall term."""
        rows = self.table.loc[self.table["term"] == term]
        if len(rows) != 1:
            raise KeyError(f"term {term!r} has {len(rows)} rows; ask `table` for terms with many")
        return rows.iloc[0]
