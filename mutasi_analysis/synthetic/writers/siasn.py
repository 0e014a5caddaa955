"""The SIASN style: one workbook, a sheet per table, titles above upper-case headers, NIP and dates as text, an instruction sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd

from mutasi_analysis.entities import TABLES
from mutasi_analysis.entities.people import COMPETENCIES
from mutasi_analysis.schema import Column
from mutasi_analysis.synthetic.writers.headers import SIASN
from mutasi_analysis.synthetic.writers.layout import Book, Names, Tables, column_cells, rendered, unique_names, worded

_SHEETS = {
    "pegawai": "Data Utama", "unit_kerja": "Unor", "jabatan": "Jabatan", "beban_kerja": "Beban Kerja", "sekolah": "Sekolah",
    "kompetensi": "Asesmen", "standar_kompetensi": "Standar Kompetensi", "mutasi": "Mutasi", "kinerja": "Kinerja", "layanan": "Layanan",
    "survei": "Survei", "aspirasi": "Aspirasi", "relasi": "Keluarga",
}  # fmt: skip
_INSTRUCTIONS = (
    "Petunjuk pengisian", "1. NIP BARU ditulis sebagai teks.", "2. TMT JABATAN ditulis tanggal-bulan-tahun.",
    "3. UNOR NAMA harus sama dengan lembar Unor.",
)  # fmt: skip


def write(tables: Tables, names: Names, folder: Path) -> list[Path]:
    """`ekspor_siasn.xlsx` with the sheet Petunjuk and one sheet for every table with rows."""
    book = Book(folder / "ekspor_siasn.xlsx", "Ekspor data ASN")
    sheet, free = book.sheet("Petunjuk", ("PETUNJUK",), 4)
    book.rows(sheet, free, [[text] for text in _INSTRUCTIONS])
    for name in TABLES:
        if name in tables and len(tables[name]):
            rows = _rows(name, tables, names)
            sheet, free = book.sheet(_SHEETS[name], (f"DATA {_SHEETS[name].upper()}", "Keadaan 31 Desember 2025"), len(rows[0]))
            book.rows(sheet, book.header(sheet, free, rows[0]), rows[1:])
    return [book.close()]


def _rows(name: str, tables: Tables, names: Names) -> list[list[object]]:
    frame = tables[name]
    if name == "kompetensi":
        return _assessment(frame)
    rows = rendered(name, frame, SIASN[name], _cell, unique_names(tables))
    if name != "pegawai":
        return rows
    people: list[tuple[object, str]] = [
        ("NO", "NAMA"),
        *((n, names.get(person, "")) for n, person in enumerate(frame["person_id"], start=1)),
    ]
    return [[number, _dressed_nip(row[0], number), person, *row[1:]] for row, (number, person) in zip(rows, people, strict=True)]


def _dressed_nip(nip: object, number: object) -> object:
    """Every tenth NIP with a leading apostrophe, every fifteenth in groups: as such exports are."""
    if not isinstance(number, int):
        return nip
    text = str(nip)
    if number % 10 == 0:
        return f"'{text}"
    return f"{text[:8]} {text[8:14]} {text[14]} {text[15:]}" if number % 15 == 1 else text


def _assessment(frame: pd.DataFrame) -> list[list[object]]:
    """The wide sheet of an assessment centre: one row per person and day, one column per competency."""
    found = [word for word in COMPETENCIES if (frame["competency"] == word).any()]
    wide = frame.pivot_table(index=["person_id", "assessed_on"], columns="competency", values="level", aggfunc="first").reset_index()
    days = [f"{day:%d-%m-%Y}" for day in wide["assessed_on"]]
    levels = [[None if level is None else int(str(level)) for level in column_cells(wide[word].astype("Int64"))] for word in found]
    heads = [*SIASN["kompetensi"].values(), *(word.replace("_", " ").upper() for word in found)]
    return [list(heads), *(list(row) for row in zip(wide["person_id"], days, *levels, strict=True))]


def _cell(value: object, column: Column) -> object:
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, str) and column.kind == "category" and column.name != "golongan":
        return worded(value, column).upper()
    return value
