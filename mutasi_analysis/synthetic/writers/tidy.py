"""The tidy style: one CSV per table, canonical column names, ISO dates, decimal points. What a data office would send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from mutasi_analysis.entities import TABLES
from mutasi_analysis.synthetic.writers import complaints
from mutasi_analysis.synthetic.writers.layout import column_cells, plain_number, write_csv


def write(tables: Mapping[str, pd.DataFrame], names: Mapping[str, str], folder: Path) -> list[Path]:
    """`<table>.csv` for every table that has rows; the name of the person stands beside the NIP in pegawai.csv, that of the complainant
    in pengaduan.csv."""
    service, register = complaints.split(tables["layanan"]) if "layanan" in tables else (pd.DataFrame(), pd.DataFrame())
    given = {**tables, **({"layanan": service} if "layanan" in tables else {})}
    written = [_write_table(name, given[name], names, folder) for name in TABLES if name in given and len(given[name])]
    return written + ([_write_register(register, folder)] if len(register) else [])


def _write_register(register: pd.DataFrame, folder: Path) -> Path:
    header = ["nama_pelapor" if name == "complainant" else name for name in complaints.COLUMNS]
    columns = [[_text(value) for value in column_cells(register[name])] for name in complaints.COLUMNS]
    return write_csv(folder / "pengaduan.csv", [header, *zip(*columns, strict=True)])


def _write_table(name: str, frame: pd.DataFrame, names: Mapping[str, str], folder: Path) -> Path:
    header = [column.name for column in TABLES[name].columns]
    columns = [[_text(value) for value in column_cells(frame[column])] for column in header]
    if name == "pegawai":
        header.insert(1, "nama")
        columns.insert(1, [names.get(person, "") for person in columns[0]])
    return write_csv(folder / f"{name}.csv", [header, *zip(*columns, strict=True)])


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return plain_number(value) if isinstance(value, int | float) else str(value)
