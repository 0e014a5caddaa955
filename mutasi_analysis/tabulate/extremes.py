"""Which rows of many regions a picture can still name."""

from __future__ import annotations

import pandas as pd

#: up to this many regions every one has a row of its own in a picture.
FEW_ROWS = 40
EACH_END = 12


def extremes(rows: pd.DataFrame, column: str = "estimate", *, most: int = FEW_ROWS, each: int = EACH_END) -> pd.DataFrame:
    """All rows where they are at most `most`; else the `each` largest and the `each` smallest by a column, largest first."""
    if len(rows) <= most:
        return rows
    ordered = rows.sort_values([column, "region"], ascending=[False, True], kind="stable")
    return pd.concat([ordered.head(each), ordered.tail(each)], ignore_index=True)
