"""The semicolon style: CSV from Indonesian Excel, decimal commas and dot thousands, dates in words, '-' and 'nihil' for nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mutasi_analysis.entities import TABLES
from mutasi_analysis.schema import Column
from mutasi_analysis.synthetic.writers.headers import INDONESIAN
from mutasi_analysis.synthetic.writers.layout import MONTHS, Names, Tables, indonesian_number, rendered, unique_names, worded, write_csv

#: tables saved by an older Excel in cp1252; the others are UTF-8 with a byte order mark
_CP1252 = frozenset({"pegawai", "jabatan", "mutasi", "layanan"})


def write(tables: Tables, names: Names, folder: Path) -> list[Path]:
    """`<table>.csv` for every table with rows; units and posts by name, the person's name beside the NIP in the list of persons."""
    return [_write(name, tables, names, folder) for name in TABLES if name in tables and len(tables[name])]


def _write(name: str, tables: Tables, names: Names, folder: Path) -> Path:
    rows = rendered(name, tables[name], INDONESIAN[name], _cell, unique_names(tables))
    if name == "pegawai":
        people = tables[name]["person_id"]
        rows = [[row[0], extra, *row[1:]] for row, extra in zip(rows, ["Nama", *(names.get(p, "-") for p in people)], strict=True)]
    return write_csv(folder / f"data_{name}.csv", rows, delimiter=";", encoding=_encoding(name, rows))


def _encoding(name: str, rows: list[list[object]]) -> str:
    text = "\n".join(str(cell) for row in rows for cell in row)
    return "cp1252" if name in _CP1252 and text == text.encode("cp1252", errors="replace").decode("cp1252") else "utf-8-sig"


def _cell(value: object, column: Column) -> str:
    if value is None:
        return "nihil" if column.kind in ("text", "category") else "-"
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        month = MONTHS[value.month - 1]
        if column.name == "month":
            return f"{month} {value.year}"
        return f"{value.day} {'NOPEMBER' if value.month == 11 else month} {value.year}"
    if isinstance(value, int | float):
        return str(value) if column.name in ("year", "birth_year") else indonesian_number(value)
    return worded(str(value), column) if column.kind == "category" and column.name != "golongan" else str(value)
