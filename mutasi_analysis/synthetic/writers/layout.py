"""What the writers share: the mark of demonstration data, cells as a clerk writes them, CSV and workbook files with fixed bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from mutasi_analysis.entities import TABLES
from mutasi_analysis.schema import Column

MARK = "DATA CONTOH (SINTETIS) — bukan data pegawai nyata"
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_CREATED = datetime(2025, 12, 31)

#: canonical words → what a clerk writes, for the columns where an agency would not write the canonical word
WORDS: dict[str, dict[str, str]] = {
    "sex": {"L": "Laki-laki", "P": "Perempuan"},
    "basis": {"year": "Tahun", "month": "Bulan", "week": "Minggu", "day": "Hari", "hour": "Jam"},
    "regime": {"pp-46-2011": "PP 46/2011", "pp-30-2019": "PP 30/2019", "permenpanrb-6-2022": "PermenPANRB 6/2022"},
    "move_kind": {"permintaan_sendiri": "Atas Permintaan Sendiri"},
}

Cell = Callable[[object, Column], object]
Tables = Mapping[str, pd.DataFrame]
Names = Mapping[str, str]


def column_cells(series: pd.Series) -> list[object]:
    """The cells of a column as plain Python values: bool, int, float, datetime or str; None for missing."""
    pairs = zip(series.tolist(), series.isna().tolist(), strict=True)
    return [None if absent else value.to_pydatetime() if isinstance(value, pd.Timestamp) else value for value, absent in pairs]


def worded(value: str, column: Column) -> str:
    """A canonical word as a clerk writes it: 'ahli_pertama' → 'Ahli Pertama'."""
    known = WORDS.get(column.name, {})
    if value in known:
        return known[value]
    if not value.islower():
        return value
    return " ".join(part if part in ("dan", "pada") else part.capitalize() for part in value.split("_"))


def unique_names(tables: Tables) -> dict[str, dict[str, str]]:
    """Table → id → name, where no two ids share a name: then files may say the name instead of the id."""
    result: dict[str, dict[str, str]] = {}
    for table, key, name in (("unit_kerja", "unit_id", "unit_name"), ("jabatan", "jabatan_id", "jabatan_name")):
        frame = tables[table]
        if not frame[name].str.upper().duplicated().any():
            result[table] = dict(zip(frame[key], frame[name], strict=True))
    return result


def rendered(
    table: str,
    frame: pd.DataFrame,
    headers: Mapping[str, str],
    cell: Cell,
    names: Mapping[str, Mapping[str, str]],
    without: tuple[str, ...] = (),
) -> list[list[object]]:
    """Header row and records of a table. headers: canonical name → header, in file order; names: ids to be written as names;
    without: columns that the file says elsewhere.

    A column of the declaration without a header here keeps its canonical name, so that nothing is left unwritten.
    """
    headers = dict(headers) | {column.name: column.name for column in TABLES[table].columns if column.name not in {*headers, *without}}
    columns: list[list[object]] = []
    for name in headers:
        column = TABLES[table].column(name)
        target = column.references.split(".")[0]
        values = column_cells(frame[name])
        if target in names:
            values = [None if value is None else names[target][str(value)] for value in values]
        columns.append([cell(value, column) for value in values])
    return [list(headers.values()), *(list(row) for row in zip(*columns, strict=True))]


def plain_number(value: float) -> str:
    """A number with a decimal point, shortest form that reads back the same; '81.1250' where '81.125' could mean 81125."""
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    text = repr(float(value))
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def indonesian_number(value: float) -> str:
    """1250.5 → '1.250,5', the shortest form that reads back the same."""
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}".replace(",", ".")
    text = repr(float(value))
    if "e" in text:
        return text.replace(".", ",")
    whole, _, part = text.partition(".")
    return f"{'-' if whole == '-0' else ''}{int(whole):,}".replace(",", ".") + f",{part}"


def write_csv(path: Path, rows: Iterable[Sequence[object]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A CSV file with the synthetic mark as its first line and Unix line ends; the same rows give the same bytes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow([f"# {MARK}"])
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


class Book:
    """A workbook with fixed properties: the same cells give the same bytes. Formats: title, head, day."""

    def __init__(self, path: Path, title: str) -> None:
        import xlsxwriter

        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.book: Any = xlsxwriter.Workbook(str(path))
        self.book.set_properties({"title": title, "comments": MARK, "created": _CREATED, "author": ""})
        self.title = self.book.add_format({"bold": True, "align": "center"})
        self.head = self.book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
        self.day = self.book.add_format({"num_format": "dd-mm-yyyy"})

    def sheet(self, name: str, titles: Sequence[str], width: int) -> tuple[Any, int]:
        """A sheet with the mark and titles merged over its width; (sheet, the first free row, one blank row below the titles)."""
        sheet = self.book.add_worksheet(name)
        for row, text in enumerate((MARK, *titles)):
            sheet.merge_range(row, 0, row, max(width - 1, 1), text, self.title)
        return sheet, len(titles) + 2

    def rows(self, sheet: Any, first: int, rows: Iterable[Sequence[object]]) -> int:
        """Write rows of cells, days as Excel dates; the next free row."""
        free = first
        for row in rows:
            for column, value in enumerate(row):
                self._cell(sheet, free, column, value)
            free += 1
        return free

    def _cell(self, sheet: Any, row: int, column: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self.day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, str(value))

    def header(self, sheet: Any, row: int, heads: Sequence[object]) -> int:
        for column, text in enumerate(heads):
            sheet.write_string(row, column, str(text), self.head)
        return row + 1

    def close(self) -> Path:
        self.book.close()
        return self.path
