"""Alias tables: which headers and words of real files mean which column and value. Data in parameters/aliases/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mutasi_analysis.schema import Table
from mutasi_analysis.sources.cells import plain
from mutasi_analysis.sources.kinds import KINDS

_FOLDER = Path(__file__).parent.parent / "parameters" / "aliases"
_ORDER = ("siasn", "duk", "abk", "ekinerja", "skm", "umum", "dapodik", "pengaduan")


@dataclass(frozen=True)
class Aliases:
    """Headers of one table. headers: plain header → (column or helper, priority, 0 best).

    melt: plain header → word, for files that have one column per competency, item or indicator; into: the two columns
    (word, value) those become.
    """

    headers: Mapping[str, tuple[str, int]]
    melt: Mapping[str, str]
    into: tuple[str, ...]


@cache
def aliases() -> Mapping[str, Aliases]:
    """Table name → its aliases, canonical names and the data dictionary's words included."""
    parts = [tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8")) for name in _ORDER]
    return {name: _aliases(table, [part[name] for part in parts if name in part]) for name, table in KINDS.items()}


def _aliases(table: Table, parts: list[dict[str, object]]) -> Aliases:
    headers: dict[str, tuple[str, int]] = {}
    melt: dict[str, str] = {}
    into: tuple[str, ...] = ()

    def add(header: str, column: str) -> None:
        headers.setdefault(plain(header), (column, len(headers)))

    for column in table.columns:
        add(column.name, column.name)
    for part in parts:
        for column_name, names in part.items():
            if isinstance(names, dict):
                into = tuple(names["into"])
                melt |= {plain(header): word for word, heads in names["headers"].items() for header in (word, *heads)}
            elif isinstance(names, list):
                for header in names:
                    add(header, column_name)
    for column in table.columns:
        add(column.description_id, column.name)
    return Aliases(headers, melt, into)


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Column name → plain word of a cell → canonical value."""
    raw = tomllib.loads((_FOLDER / "values.toml").read_text("utf-8"))
    return {column: {plain(word): value for value, heads in entries.items() for word in (value, *heads)} for column, entries in raw.items()}
