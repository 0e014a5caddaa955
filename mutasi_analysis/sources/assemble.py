"""Extracts of one kind → one conformed table with every fault at its place in its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

import numpy as np
import pandas as pd

from mutasi_analysis.errors import Fault
from mutasi_analysis.schema import CellFault, Coded, Column, conform_coded
from mutasi_analysis.sources.cells import CellError, convert, is_missing, shown
from mutasi_analysis.sources.days import swappable_days
from mutasi_analysis.sources.derive import derive
from mutasi_analysis.sources.extracts import Extract
from mutasi_analysis.sources.kinds import KINDS
from mutasi_analysis.sources.pseudonyms import Pseudonymise
from mutasi_analysis.sources.words import column_parser

Columns = dict[str, Coded]


@dataclass
class Origin:
    """Which extract and which record of it every row of a table came from."""

    extracts: list[Extract]
    part: np.ndarray
    record: np.ndarray

    def fault(self, position: int, column: str, rule: str, allowed: str = "", *, personal: bool = False) -> Fault:
        source, record = self.extracts[int(self.part[position])], int(self.record[position])
        cells = source.columns.get(column)
        raw = None if cells is None or is_missing(cells[record]) else cells[record]
        return source.fault(record, column, shown(raw, personal=personal), rule, allowed)

    def place(self, position: int, beside: int) -> str:
        """'baris 7', with file and sheet where they differ from those of the row `beside`."""
        source, other = self.extracts[self.part[position]], self.extracts[self.part[beside]]
        row = f"baris {source.rows[self.record[position]]}"
        if source.file != other.file:
            return f"{row} berkas {source.file}"
        return f"{row} lembar {source.sheet}" if source.sheet != other.sheet else row


@dataclass
class Assembled:
    """A conformed table, where its rows came from, its faults, and what was counted on the way."""

    kind: str
    frame: pd.DataFrame
    origin: Origin
    faults: list[Fault]
    notes: list[str] = field(default_factory=list)
    swappable_days: int = 0


def assemble(kind: str, extracts: Sequence[Extract], pseudonymise: Pseudonymise) -> Assembled:
    """Parse, join and conform all extracts of one kind. No row is dropped; what cannot be read is missing and a fault."""
    faults: list[Fault] = []
    notes: list[str] = []
    bad: set[tuple[int, str]] = set()
    parts: list[Columns] = []
    offset = 0
    for found in extracts:
        derive(found)
        faults += _missing_columns(found)
        cells, errors = _parse(found, pseudonymise)
        for column, position, error in errors:
            raw = found.columns[column][position]
            personal = _is_personal(kind, column) or (column == "birth_year" and "birth_date" in found.columns)
            faults.append(found.fault(position, column, shown(raw, personal=personal), error.rule, error.allowed))
            bad.add((offset + position, column))
        parts.append(cells)
        offset += len(found.rows)
        notes += [f"{found.file}: {count} {what}." for what, count in found.skipped.items()]
    sizes = [len(found.rows) for found in extracts]
    records = [np.arange(size) for size in sizes]
    origin = Origin(list(extracts), np.repeat(np.arange(len(extracts)), sizes), np.concatenate(records))
    conformed = conform_coded(_joined(parts, sizes), sum(sizes), KINDS[kind])
    faults += [fault for cell in conformed.faults if (fault := _placed(cell, kind, origin, bad)) is not None]
    faults += [fault for found in extracts for fault in _fractions(found)]
    return Assembled(kind, conformed.frame, origin, faults, notes, sum(map(_swappable_days, extracts)))


def _fractions(found: Extract) -> list[Fault]:
    """A percent column whose cells are all 0.985 and the like: Excel stored percents, which would read a hundred times too small."""
    faults = []
    for column in KINDS[found.kind].columns:
        cells = found.columns[column.name].cells if column.unit == "persen" and column.name in found.columns else []
        numbers = [cell for cell in cells if isinstance(cell, int | float)]
        if any(numbers) and max(numbers) <= 1.5 and len(numbers) == sum(not is_missing(cell) for cell in cells):
            faults.append(
                found.fault(None, column.name, None, "out_of_range", "persen ditulis 98,5, bukan 0,985 atau sel berformat persen")
            )
    return faults


def _swappable_days(found: Extract) -> int:
    """How many different text dates could be another day with day and month changed; they are read day first, and counted."""
    days = [column.name for column in KINDS[found.kind].columns if column.kind == "date" and column.name in found.columns]
    return sum(swappable_days(found.columns[name].cells) for name in days)


@cache
def _is_personal(kind: str, column: str) -> bool:
    return any(c.name == column and c.personal for c in KINDS[kind].columns)


def _missing_columns(found: Extract) -> list[Fault]:
    table = KINDS[found.kind]
    return [
        Fault(found.file, found.sheet, None, _title(column), None, "missing_column")
        for column in table.columns
        if column.required and column.name not in found.columns
    ]


def _title(column: Column) -> str:
    meaning = column.description_id.split(" (")[0].split(";")[0]
    return f"{column.name} ({meaning})"


def _joined(parts: Sequence[Columns], sizes: Sequence[int]) -> Columns:
    """The rows of all parts below each other; a column that a part does not have is empty there."""
    empty = [Coded([None], np.zeros(size, dtype=np.intp)) for size in sizes]
    names = dict.fromkeys(chain.from_iterable(parts))
    return {name: _stacked([part.get(name, none) for part, none in zip(parts, empty, strict=True)]) for name in names}


def _stacked(columns: Sequence[Coded]) -> Coded:
    if len(columns) == 1:
        return columns[0]
    starts = np.cumsum([0, *(len(column.cells) for column in columns)])
    codes = np.concatenate([column.codes + start for column, start in zip(columns, starts, strict=False)])
    return Coded(list(chain.from_iterable(column.cells for column in columns)), codes)


def _parse(found: Extract, pseudonymise: Pseudonymise) -> tuple[Columns, list[tuple[str, int, CellError]]]:
    """Every column parsed, by distinct cell; (column → values, (column, position, error) of each bad cell)."""
    parsed: Columns = {}
    faults: list[tuple[str, int, CellError]] = []
    comma_separated = found.delimiter == ","
    for column in KINDS[found.kind].columns:
        if column.name not in found.columns:
            continue
        cells = found.columns[column.name]
        parser = column_parser(column, cells.cells, comma_separated=comma_separated, pseudonymise=pseudonymise)
        parsed[column.name], errors = convert(cells, parser)
        faults += [(column.name, position, error) for position, error in errors.items()]
    return parsed, faults


def _placed(cell: CellFault, kind: str, origin: Origin, bad: set[tuple[int, str]]) -> Fault | None:
    """A fault of the whole frame at its place; None for what a cell fault said already, or a column fault per file."""
    if cell.position is None or (cell.position, cell.column) in bad:
        return None
    if cell.rule == "missing_value" and cell.column not in origin.extracts[origin.part[cell.position]].columns:
        return None
    allowed = cell.allowed
    if cell.rule == "duplicate_key":
        allowed = f"sama dengan {origin.place(int(allowed.removeprefix('@')), cell.position)}"
    return origin.fault(cell.position, cell.column, cell.rule, allowed, personal=_is_personal(kind, cell.column))
