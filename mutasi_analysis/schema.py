"""Column and Table: one declaration that validates files, drives the demonstration data and prints the dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from mutasi_analysis.errors import HIDDEN

Kind = Literal["text", "integer", "number", "date", "boolean", "category"]

DTYPES: dict[str, str] = {
    "text": "string",
    "category": "string",
    "integer": "Int64",
    "number": "float64",
    "date": "datetime64[ns]",
    "boolean": "boolean",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: canonical name, kind, what it means in both languages, unit, and what is allowed in it.

    required: the column must be there and every cell filled. references: "table.column" that must hold the value.
    personal: never shown in an error, a report or data/processed.
    """

    name: str
    kind: Kind
    description_id: str
    description_en: str
    unit: str = ""
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    example: str = ""
    references: str = ""
    personal: bool = False

    def accepted(self) -> str:
        """What a cell may hold, in words for a message."""
        if self.allowed:
            return ", ".join(self.allowed)
        if self.minimum is not None or self.maximum is not None:
            low = "-∞" if self.minimum is None else f"{self.minimum:g}"
            high = "∞" if self.maximum is None else f"{self.maximum:g}"
            return f"{low} … {high} {self.unit}".strip()
        return self.pattern


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, its key, whether a region can do without it, and what one row is."""

    name: str
    row_id: str
    row_en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    optional: bool = True

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def empty(self) -> pd.DataFrame:
        """A frame without rows that has every column with its dtype."""
        return pd.DataFrame({c.name: pd.Series(dtype=DTYPES[c.kind]) for c in self.columns})


@dataclass(frozen=True, slots=True)
class CellFault:
    """A fault at a position of a frame: row number counted from 0 (None: whole column), column, value, rule, allowed."""

    position: int | None
    column: str
    value: str | None
    rule: str
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Conformed:
    """A frame with exactly the table's columns and dtypes, and every fault found on the way."""

    frame: pd.DataFrame
    faults: tuple[CellFault, ...]


def conform(frame: pd.DataFrame, table: Table) -> Conformed:
    """Cast a frame with canonical column names to the table's dtypes and check every constraint.

    A cell that cannot be cast becomes missing AND a fault; no row is dropped. References between tables are checked
    by `sources`, which sees all tables. The input is not changed.
    """
    faults: list[CellFault] = []
    columns: dict[str, pd.Series] = {}
    for column in table.columns:
        if column.name not in frame.columns:
            if column.required:
                faults.append(CellFault(None, column.name, None, "missing_column"))
            columns[column.name] = pd.Series(pd.NA, index=frame.index, dtype="object")
        else:
            columns[column.name] = frame[column.name]
        columns[column.name] = _cast(columns[column.name], column, faults)
        if column.name in frame.columns:
            _check(columns[column.name], frame[column.name], column, faults)
    result = pd.DataFrame(columns, index=frame.index).reset_index(drop=True)
    _check_key(result, table, faults)
    return Conformed(result, tuple(faults))


def _shown(value: object, column: Column) -> str | None:
    return HIDDEN if column.personal else str(value)


def _stripped(series: pd.Series) -> pd.Series:
    text = series.astype("string").str.strip()
    empty = text == ""
    return text.mask(empty.fillna(False)) if empty.any() else text


def _cast(series: pd.Series, column: Column, faults: list[CellFault]) -> pd.Series:
    if column.kind in ("text", "category"):
        return _stripped(series)
    if column.kind == "boolean":
        return _cast_boolean(series, column, faults)
    if column.kind == "date":
        cast: pd.Series = pd.to_datetime(series, errors="coerce").astype("datetime64[ns]")
        rule = "not_a_date"
    else:
        cast = pd.to_numeric(series, errors="coerce").astype("float64")
        endless = np.isinf(cast)
        cast = cast.mask(endless) if endless.any() else cast
        rule = "not_a_number"
    cells = series.array
    for position in np.flatnonzero((cast.isna() & series.notna()).to_numpy()):
        faults.append(CellFault(int(position), column.name, _shown(cells[position], column), rule, column.accepted()))
    if column.kind != "integer":
        return cast
    broken = cast.notna() & ((cast != cast.round()) | (cast.abs() > 2**53))  # beyond 2**53 a float is no longer exact
    for position in np.flatnonzero(broken.to_numpy()):
        faults.append(CellFault(int(position), column.name, _shown(cells[position], column), "not_an_integer"))
    return (cast.mask(broken) if broken.any() else cast).astype("Int64")


def _cast_boolean(series: pd.Series, column: Column, faults: list[CellFault]) -> pd.Series:
    if pd.api.types.infer_dtype(series, skipna=True) == "boolean":
        return series.astype("boolean")
    words = {"true": True, "1": True, "1.0": True, "ya": True, "y": True, "yes": True,
             "false": False, "0": False, "0.0": False, "tidak": False, "t": False, "no": False, "n": False}  # fmt: skip
    text = _stripped(series).str.lower()
    cast = text.map(words).astype("boolean")
    cells = series.array
    for position in np.flatnonzero((cast.isna() & text.notna()).to_numpy()):
        faults.append(CellFault(int(position), column.name, _shown(cells[position], column), "not_a_boolean", "ya, tidak"))
    return cast


def _check(cast: pd.Series, given: pd.Series, column: Column, faults: list[CellFault]) -> None:
    checks: list[tuple[np.ndarray, str]] = []
    absent = cast.isna().to_numpy()
    if column.required:
        checks.append((absent if column.kind in ("text", "category") else absent & given.isna().to_numpy(), "missing_value"))
    if column.allowed:
        checks.append((~absent & ~cast.isin(column.allowed).to_numpy(dtype=bool), "not_allowed"))
    if column.minimum is not None:
        checks.append((cast.to_numpy("float64", na_value=np.nan) < column.minimum, "out_of_range"))
    if column.maximum is not None:
        checks.append((cast.to_numpy("float64", na_value=np.nan) > column.maximum, "out_of_range"))
    if column.pattern:
        checks.append((~absent & ~cast.str.fullmatch(column.pattern).fillna(False).to_numpy(dtype=bool), "bad_pattern"))
    accepted, cells = column.accepted(), given.array
    for broken, rule in checks:
        for position in np.flatnonzero(broken):
            shown = None if rule == "missing_value" else _shown(cells[position], column)
            faults.append(CellFault(int(position), column.name, shown, rule, accepted))


def _check_key(frame: pd.DataFrame, table: Table, faults: list[CellFault]) -> None:
    if not table.key or frame.empty:
        return
    keys = frame[list(table.key)]
    repeated = keys.duplicated(keep="first")
    if not repeated.any():
        return
    repeated &= keys.notna().all(axis=1)
    positions = pd.Series(np.arange(len(keys)), index=keys.index)
    first = positions.groupby([keys[name] for name in table.key], dropna=False).transform("min").to_numpy()
    cells = [keys[name].array for name in table.key]
    personal = any(table.column(name).personal for name in table.key)
    for position in np.flatnonzero(repeated.to_numpy()):
        shown = HIDDEN if personal else " · ".join(str(column[position]) for column in cells)
        faults.append(CellFault(int(position), table.key[0], shown, "duplicate_key", f"@{first[position]}"))
