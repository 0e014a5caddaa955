"""The monthly style: one workbook a month for the satisfaction index, one e-Kinerja export a year, CSV lists for the rest."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd

from mutasi_analysis.entities import TABLES
from mutasi_analysis.schema import Column
from mutasi_analysis.synthetic.writers import complaints
from mutasi_analysis.synthetic.writers.headers import INDONESIAN
from mutasi_analysis.synthetic.writers.layout import (
    MONTHS,
    Book,
    Names,
    Tables,
    column_cells,
    indonesian_number,
    rendered,
    unique_names,
    worded,
    write_csv,
)  # fmt: skip

_INDICATOR_HEADS = {
    "hari_pengaduan": "Hari Penyelesaian Pengaduan",
    "hasil_belajar": "Nilai Hasil Belajar",
    "kehadiran": "Persen Kehadiran",
}


def write(tables: Tables, names: Names, folder: Path) -> list[Path]:
    """`layanan/ikm_2023_03_Maret.xlsx` …, `layanan/kehadiran_2023.csv` …, `layanan/pengaduan_2023.csv` …, `kinerja_2023.csv` …, and a CSV
    per other table."""
    written = []
    for name in TABLES:
        if name not in tables or not len(tables[name]):
            continue
        if name == "layanan":
            written += _services(tables, folder / "layanan")
        elif name == "kinerja":
            written += _ratings(tables, folder)
        else:
            written.append(_list(name, tables, names, folder))
    return written


def _list(name: str, tables: Tables, names: Names, folder: Path) -> Path:
    rows = rendered(name, tables[name], INDONESIAN[name], _cell, unique_names(tables))
    if name == "pegawai":
        people = ["Nama", *(names.get(person, "") for person in tables[name]["person_id"])]
        rows = [[person, *row] for person, row in zip(people, rows, strict=True)]
    return write_csv(folder / f"{name}.csv", rows)


def _ratings(tables: Tables, folder: Path) -> list[Path]:
    """The year stands in the title only, as e-Kinerja prints it."""
    heads = {name: head.upper() for name, head in INDONESIAN["kinerja"].items() if name != "year"}
    written = []
    for year, rating in tables["kinerja"].groupby("year", sort=True):
        rows: list[list[object]] = [
            ["LAPORAN e-KINERJA TAHUN " + str(year)],
            *rendered("kinerja", rating, heads, _cell, {}, without=("year",)),
        ]
        written.append(write_csv(folder / f"kinerja_{year}.csv", rows))
    return written


def _services(tables: Tables, folder: Path) -> list[Path]:
    written = []
    units = unique_names(tables).get("unit_kerja", {})
    service, register = complaints.split(tables["layanan"])
    for indicator, frame in service.groupby("indicator", sort=True):
        if indicator == "ikm":
            written += [_month_book(month, rows, units, folder) for month, rows in frame.groupby("month", sort=True)]
        else:
            written += [_year_list(str(indicator), int(year), rows, units, folder) for year, rows in frame.groupby(frame["month"].dt.year)]
    return written + [_register(int(year), rows, units, folder) for year, rows in register.groupby(register["received_on"].dt.year)]


def _register(year: int, frame: pd.DataFrame, units: dict[str, str], folder: Path) -> Path:
    heads = ["No. Tiket", "Nama Pelapor", "Unit Kerja/OPD Tujuan", "Tanggal Pengaduan", "Tanggal Selesai"]
    days = [
        [f"{day:%d/%m/%Y}" if isinstance(day, datetime) else "" for day in column_cells(frame[name])] for name in complaints.COLUMNS[3:]
    ]
    named = [units.get(str(unit), str(unit)) for unit in frame["unit_id"]]
    return write_csv(
        folder / f"pengaduan_{year}.csv", [heads, *zip(frame["complaint_id"], frame["complainant"], named, *days, strict=True)]
    )


def _month_book(month: object, frame: pd.DataFrame, units: dict[str, str], folder: Path) -> Path:
    day = pd.Timestamp(str(month))
    word = MONTHS[day.month - 1]
    book = Book(folder / f"ikm_{day.year}_{day.month:02d}_{word}.xlsx", f"IKM {word} {day.year}")
    sheet, free = book.sheet("IKM", ("REKAPITULASI INDEKS KEPUASAN MASYARAKAT", f"BULAN {word.upper()} {day.year}"), 4)
    free = book.header(sheet, free, ["NO", "UNIT PELAYANAN", "JUMLAH RESPONDEN", "NILAI IKM"])
    columns = (column_cells(frame["unit_id"]), column_cells(frame["n"]), column_cells(frame["value"]))
    rows: list[list[object]] = [
        [number, units.get(str(unit), unit), n, value] for number, (unit, n, value) in enumerate(zip(*columns, strict=True), start=1)
    ]
    book.rows(sheet, free, [["(1)", "(2)", "(3)", "(4)"], *rows, ["", "JUMLAH", frame["n"].sum()]])
    return book.close()


def _year_list(indicator: str, year: int, frame: pd.DataFrame, units: dict[str, str], folder: Path) -> Path:
    columns = (column_cells(frame["unit_id"]), column_cells(frame["month"]), column_cells(frame["value"]), column_cells(frame["n"]))
    rows: list[list[object]] = [["Unit Pelayanan", "Tahun", "Bulan", _INDICATOR_HEADS[indicator], "Jumlah"]]
    for unit, month, value, n in zip(*columns, strict=True):
        assert isinstance(month, datetime)
        rows.append([units.get(str(unit), unit), year, MONTHS[month.month - 1], _number(value), _number(n)])
    return write_csv(folder / f"{indicator}_{year}.csv", rows)


def _number(value: object) -> str:
    return indonesian_number(value) if isinstance(value, int | float) else ""


def _cell(value: object, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float):
        return str(value) if column.name in ("year", "birth_year") else indonesian_number(value)
    return worded(str(value), column) if column.kind == "category" and column.name != "golongan" else str(value)
