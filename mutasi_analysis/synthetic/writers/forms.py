"""The forms style: ABK form sheets for the workload, DUK-style workbooks for everything else."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pandas as pd

from mutasi_analysis.schema import Column
from mutasi_analysis.synthetic.writers.headers import DUK
from mutasi_analysis.synthetic.writers.layout import Book, Names, Tables, column_cells, rendered, unique_names, worded

#: workbook → sheets: table → sheet name
_BOOKS = {
    "DUK_pegawai.xlsx": {"pegawai": "DUK", "relasi": "Hubungan Keluarga"},
    "satker_dan_jabatan.xlsx": {"unit_kerja": "Satker", "jabatan": "Jabatan", "standar_kompetensi": "Standar", "sekolah": "Sekolah"},
    "mutasi_dan_aspirasi.xlsx": {"mutasi": "Mutasi", "aspirasi": "Aspirasi"},
    "penilaian.xlsx": {"kinerja": "SKP", "kompetensi": "Kompetensi", "survei": "Survei"},
    "layanan.xlsx": {"layanan": "Layanan"},
}
_TOP = ("NO", "URAIAN TUGAS", "SATUAN HASIL", "VOLUME KERJA", "", "NORMA WAKTU", "", "TUGAS PENUNJANG")
_BELOW = ("", "", "", "JUMLAH", "PER", "WAKTU", "SATUAN", "")
_RANKS = {
    "II/a": "Pengatur Muda", "II/b": "Pengatur Muda Tk.I", "II/c": "Pengatur", "II/d": "Pengatur Tk.I", "III/a": "Penata Muda",
    "III/b": "Penata Muda Tk.I", "III/c": "Penata", "III/d": "Penata Tk.I", "IV/a": "Pembina", "IV/b": "Pembina Tk.I",
}  # fmt: skip


def write(tables: Tables, names: Names, folder: Path) -> list[Path]:
    """The workbooks of _BOOKS that have a table with rows, and `form_abk.xlsx` with one sheet per unit."""
    written = []
    for file, sheets in _BOOKS.items():
        present = {name: title for name, title in sheets.items() if name in tables and len(tables[name])}
        if present:
            written.append(_duk_book(folder / file, present, tables, names))
    if "beban_kerja" in tables and len(tables["beban_kerja"]):
        written.append(_abk_book(folder / "form_abk.xlsx", tables))
    return written


def _duk_book(path: Path, sheets: dict[str, str], tables: Tables, names: Names) -> Path:
    book = Book(path, path.stem)
    for name, title in sheets.items():
        rows = rendered(name, tables[name], DUK[name], _cell, unique_names(tables))
        if name == "pegawai":
            people = ["NAMA", *(names.get(person, "") for person in tables[name]["person_id"])]
            rows = [[person, *row] for person, row in zip(people, rows, strict=True)]
        rows = [["NO", *rows[0]], *([number, *row] for number, row in enumerate(rows[1:], start=1))]
        sheet, free = book.sheet(title, (f"DAFTAR {title.upper()}", "PER 31 DESEMBER 2025"), len(rows[0]))
        free = book.header(sheet, free, rows[0])
        free = book.rows(sheet, free, [[f"({n})" for n in range(1, len(rows[0]) + 1)], *rows[1:]])
        if name == "pegawai":
            book.rows(sheet, free + 1, [["", "Kepala Badan Kepegawaian,"], [], ["", "ttd."]])
    return book.close()


def _abk_book(path: Path, tables: Tables) -> Path:
    names, tasks = unique_names(tables), tables["beban_kerja"]
    book = Book(path, "Form ABK")
    used: set[str] = set()
    for unit, rows in tasks.groupby("unit_id", sort=False):
        label = names.get("unit_kerja", {}).get(str(unit), str(unit))
        sheet, free = book.sheet(_sheet_name(label, used), ("FORM ABK", "ANALISIS BEBAN KERJA"), len(_TOP))
        free = book.rows(sheet, free, [["Unit Kerja", "", ":", label], []])
        for (post, year), block in rows.groupby(["jabatan_id", "year"], sort=False):
            free = _block(book, sheet, free, (names.get("jabatan", {}).get(str(post), str(post)), int(str(year))), block)
    return book.close()


def _block(book: Book, sheet: object, free: int, title: tuple[str, int], tasks: pd.DataFrame) -> int:
    """One post in one year: two label rows, a two-level merged header, the row of column numbers, the tasks, JUMLAH, a blank row."""
    free = book.rows(sheet, free, [[f"Nama Jabatan : {title[0]}"], ["Tahun", "", "", ":", title[1]]])
    _merged_header(book, sheet, free)
    columns = [column_cells(tasks[name]) for name in ("task", "output_unit", "volume", "basis", "norm_time", "norm_unit", "is_support")]
    basis = {"year": "Tahun", "month": "Bulan", "week": "Minggu", "day": "Hari", "hour": "Jam"}
    rows: list[list[object]] = [[f"({n})" for n in range(1, len(_TOP) + 1)]]
    for number, (task, output, volume, per, time, unit, support) in enumerate(zip(*columns, strict=True), start=1):
        said = None if support is None else "Ya" if support else "Tidak"
        rows.append([number, task, output, volume, basis[str(per)], time, str(unit).capitalize(), said])
    rows += [["", "JUMLAH", "", tasks["volume"].sum()], []]
    return book.rows(sheet, free + 2, rows)


def _merged_header(book: Book, sheet: object, row: int) -> None:
    for column, (top, below) in enumerate(zip(_TOP, _BELOW, strict=True)):
        if not below:
            sheet.merge_range(row, column, row + 1, column, top, book.head)  # type: ignore[attr-defined]
            continue
        if top:
            sheet.merge_range(row, column, row, column + 1, top, book.head)  # type: ignore[attr-defined]
        sheet.write_string(row + 1, column, below, book.head)  # type: ignore[attr-defined]


def _sheet_name(label: str, used: set[str]) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\, unique without regard to case."""
    base = re.sub(r"[\[\]:*?/\\']", " ", label)[:27].strip()
    name, number = base, 1
    while name.lower() in used:
        number += 1
        name = f"{base} {number}"
    used.add(name.lower())
    return name


def _cell(value: object, column: Column) -> object:
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if column.name == "golongan" and value in _RANKS:
        return f"{_RANKS[str(value)]} / {value}"
    if column.name == "sex":
        return value
    if isinstance(value, datetime) or column.name == "golongan":
        return value
    return worded(value, column) if isinstance(value, str) and column.kind == "category" else value
