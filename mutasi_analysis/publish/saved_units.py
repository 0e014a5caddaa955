"""Units in the saved results: the totals of their sectors, which stand in other rows and files, give none of few persons back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from mutasi_analysis.disclosure import hidden_rows

#: frames with numbers of transfers by unit of destination, and the column with its name.
_NAMED: Mapping[str, str] = MappingProxyType({"competency_units": "unit_name", "competency_qualification_changes": "group"})


def of_units(name: str, frame: pd.DataFrame) -> pd.Series:
    """Which rows of a frame are about one unit of destination."""
    return frame["grouping"].eq("unit") if "grouping" in frame.columns else pd.Series(name in _NAMED, index=frame.index)


def closed_in_sectors(frames: Mapping[str, pd.DataFrame], k: int) -> dict[str, pd.DataFrame]:
    """The frames, n of the neighbours in the sector of units of fewer than k persons hidden; those few are hidden later as everywhere."""
    known = frames.get("workload_units")
    found = dict(frames)
    for name, column in _NAMED.items():
        if known is None or name not in frames:
            continue
        frame = frames[name]
        rows = frame.loc[of_units(name, frame)]
        sectors = known.drop_duplicates("unit_name").set_index("unit_name")["sector"]
        hidden = hidden_rows(rows.assign(sector=rows[column].map(sectors)), ["n"], k, (["sector"], []))
        closing = frame.index.isin(rows.index[hidden]) & frame["n"].ge(k)
        found[name] = frame.assign(n=frame["n"].astype("Int64").mask(closing)) if closing.any() else frame
    return found


def without_hidden(name: str, masked: pd.DataFrame) -> pd.DataFrame:
    """The rows of a masked frame without the units whose n is hidden: how many there are would tell that each is of one person."""
    return masked.loc[masked["n"].notna() | ~of_units(name, masked)].reset_index(drop=True) if name in _NAMED else masked
