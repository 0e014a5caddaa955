"""Wishes of moved persons: what they had asked for beside what they held already, and whether they got it."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from mutasi_analysis.entities import RegionData

#: wish → its column of aspirasi, what the move ended, what it led to
WISHES = MappingProxyType(
    {"unit": ("wished_unit_id", "from_unit_id", "to_unit_id"), "post": ("wished_jabatan_id", "from_jabatan_id", "to_jabatan_id")}
)


def wish_met(data: RegionData, moves: pd.DataFrame, wish: str) -> pd.Series:
    """Whether each move led to a unit (a post) that its person had wished for; missing where none was named but the one held already.

    Who names the post already held wishes for another place, not for another post: that wish is not met by keeping it.
    """
    wished, held, got = WISHES[wish]
    named = data.table("aspirasi").dropna(subset=[wished])[["person_id", wished]]
    asked = moves[["person_id", held, got]].rename_axis("case").reset_index().merge(named, on="person_id")
    other = asked.loc[~asked[wished].eq(asked[held]).fillna(False).astype(bool)]
    met = other[wished].eq(other[got]).fillna(False).astype(bool).groupby(other["case"]).any()
    return met.reindex(moves.index).astype("boolean")
