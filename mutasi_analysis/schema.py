"""Column and Table: one declaration that validates files, drives the demonstration data and prints the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

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


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column by its different cells: row i holds `cells[codes[i]]`. What is true of a cell need not be found again in each row."""

    cells: Sequence[object]
    codes: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> object:
        return self.cells[self.codes[row]]

    def mapped(self, change: Callable[[object], object]) -> Coded:
        """The column with each cell changed."""
        return Coded([change(cell) for cell in self.cells], self.codes)


#: which cells break a rule, the rule, and what it would have accepted
_Broken = tuple[np.ndarray, str, str]


def conform(frame: pd.DataFrame, table: Table) -> Conformed:
    """Cast a frame with canonical column names to the table's dtypes and check every constraint.

    A cell that cannot be cast becomes missing AND a fault; no row is dropped. References between tables are checked
    by `sources`, which sees all tables. The input is not changed.
    """
    rows = frame.reset_index(drop=True)
    each = rows.index.to_numpy()
    return conform_coded(
        {name: Coded(cast("Sequence[object]", rows[name]), each) for name in table.names if name in rows}, len(rows), table
    )


def conform_coded(columns: Mapping[str, Coded], rows: int, table: Table) -> Conformed:
    """As `conform`, of columns that say each different cell once; all of them have this many rows."""
    faults: list[CellFault] = []
    result: dict[str, object] = {}
    keys: list[np.ndarray] = []
    for column in table.columns:
        given = columns.get(column.name)
        if given is None:
            if column.required:
                faults.append(CellFault(None, column.name, None, "missing_column"))
            given = Coded([None], np.zeros(rows, dtype=np.intp))
        cells: pd.Series = given.cells if isinstance(given.cells, pd.Series) else pd.Series(list(given.cells), dtype=object)
        typed, broken = _cast(cells, column)
        checked = _check(typed, cells, column) if column.name in columns else []
        for wrong, rule, accepted in [*broken, *checked]:
            faults += _told(given, np.flatnonzero(wrong[given.codes]), column, rule, accepted) if wrong.any() else []
        result[column.name] = typed.array.take(given.codes)
        if column.name in table.key:
            keys.append(pd.factorize(typed.array)[0][given.codes])
    frame = pd.DataFrame(result, index=range(rows))
    return Conformed(frame, (*faults, *_check_key(frame, table, keys)))


def _told(given: Coded, wrong: np.ndarray, column: Column, rule: str, accepted: str) -> list[CellFault]:
    def shown(row: int) -> str | None:
        return None if rule == "missing_value" else HIDDEN if column.personal else str(given[row])

    return [CellFault(row, column.name, shown(row), rule, accepted) for row in wrong.tolist()]


def _stripped(cells: pd.Series) -> pd.Series:
    """The cells as text without blanks around it; empty text is missing."""
    return pd.Series([cell.strip() or None if isinstance(cell, str) else cell for cell in cells.astype(object)], dtype="string")


def _cast(cells: pd.Series, column: Column) -> tuple[pd.Series, list[_Broken]]:
    """The cells with the column's dtype, and those that cannot have it."""
    if column.kind in ("text", "category"):
        return _stripped(cells), []
    if column.kind == "boolean":
        return _cast_boolean(cells)
    if column.kind == "date":
        days: pd.Series = pd.to_datetime(cells, errors="coerce").astype("datetime64[ns]")
        return days, [_lost(days, cells, "not_a_date", column.accepted())]
    values = pd.to_numeric(cells, errors="coerce").to_numpy("float64", na_value=np.nan)
    values = np.where(np.isinf(values), np.nan, values)
    lost = _lost(pd.Series(values), cells, "not_a_number", column.accepted())
    if column.kind == "number":
        return pd.Series(values), [lost]
    broken = ~np.isnan(values) & ((values != np.round(values)) | (np.abs(values) > 2**53))  # beyond 2**53 a float is no longer exact
    return pd.Series(np.where(broken, np.nan, values)).astype("Int64"), [lost, (broken, "not_an_integer", "")]


def _lost(typed: pd.Series, cells: pd.Series, rule: str, accepted: str) -> _Broken:
    return typed.isna().to_numpy() & cells.notna().to_numpy(), rule, accepted


def _cast_boolean(cells: pd.Series) -> tuple[pd.Series, list[_Broken]]:
    if pd.api.types.infer_dtype(cells, skipna=True) == "boolean":
        return cells.astype("boolean"), []
    words = {"true": True, "1": True, "1.0": True, "ya": True, "y": True, "yes": True,
             "false": False, "0": False, "0.0": False, "tidak": False, "t": False, "no": False, "n": False}  # fmt: skip
    text = _stripped(cells).str.lower()
    truth = text.map(words).astype("boolean")
    return truth, [_lost(truth, text, "not_a_boolean", "ya, tidak")]


def _check(typed: pd.Series, given: pd.Series, column: Column) -> list[_Broken]:
    """The cells that are missing or outside what the column accepts."""
    checks: list[tuple[np.ndarray, str]] = []
    absent = typed.isna().to_numpy()
    if column.required:
        checks.append((absent if column.kind in ("text", "category") else absent & given.isna().to_numpy(), "missing_value"))
    if column.allowed:
        checks.append((~absent & ~typed.isin(column.allowed).to_numpy(dtype=bool), "not_allowed"))
    if column.minimum is not None:
        checks.append((typed.to_numpy("float64", na_value=np.nan) < column.minimum, "out_of_range"))
    if column.maximum is not None:
        checks.append((typed.to_numpy("float64", na_value=np.nan) > column.maximum, "out_of_range"))
    if column.pattern:
        checks.append((~absent & ~typed.str.fullmatch(column.pattern).fillna(False).to_numpy(dtype=bool), "bad_pattern"))
    return [(broken, rule, column.accepted()) for broken, rule in checks]


def _check_key(frame: pd.DataFrame, table: Table, keys: Sequence[np.ndarray]) -> list[CellFault]:
    """Rows whose whole key stands in a row above. keys: of each column of the key, a number for each value, -1 for none."""
    if not keys:
        return []
    number, whole = np.zeros(len(frame), dtype=np.intp), np.ones(len(frame), dtype=bool)
    for values in keys:
        number = pd.factorize(number * (values.max(initial=0) + 2) + values + 1)[0]
        whole &= values >= 0
    repeated = np.flatnonzero(pd.Series(number).duplicated().to_numpy() & whole)
    first = np.unique(number, return_index=True)[1][number]
    cells = [frame[name].array for name in table.key]
    personal = any(table.column(name).personal for name in table.key)

    def fault(row: int) -> CellFault:
        shown = HIDDEN if personal else " · ".join(str(column[row]) for column in cells)
        return CellFault(row, table.key[0], shown, "duplicate_key", f"@{first[row]}")

    return [fault(row) for row in repeated.tolist()]
