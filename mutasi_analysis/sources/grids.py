"""A file as grids of cells: every sheet of a workbook, or one text file. Nothing is interpreted here.

The content decides, not the extension: a workbook renamed to .csv is read as a workbook.
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import cast

MAX_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 1_500_000_000
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class UnreadableFileError(Exception):
    """A file that cannot be opened; the message is a clause in Indonesian for Fault.allowed."""


@dataclass(frozen=True)
class Grid:
    """Cells of one sheet. rows[i][j] is row i + 1, column j + 1 as the user's program shows it.

    merged: ranges as ((row, column), (row, column)), counted from 0. delimiter: of a text file, else None.
    """

    sheet: str | None
    rows: list[list[object]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    delimiter: str | None = None


def read_grids(path: Path) -> list[Grid]:
    """All grids of a file in order. Raises UnreadableFileError for empty, locked, broken, too big or binary files."""
    return grids_of(read_content(path))


def read_content(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableFileError for empty, locked and too big files."""
    try:
        size = path.stat().st_size
        if size == 0:
            raise UnreadableFileError("berkas kosong")
        if size > MAX_BYTES:
            raise UnreadableFileError(f"lebih besar dari {MAX_BYTES // 1_000_000} MB; bagi menjadi beberapa berkas")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"tidak dapat dibuka ({error.strerror})") from error


def grids_of(content: bytes) -> list[Grid]:
    """All grids of a file's content in order. Raises UnreadableFileError for a broken or binary file."""
    if content.startswith((_ZIP, _OLE)):
        return _workbook(content)
    return [_text(content)]


def _workbook(content: bytes) -> list[Grid]:
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFileError("terkunci kata sandi; simpan tanpa kata sandi")
    if content.startswith(_ZIP):
        _refuse_bomb(content)
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_sheet(book, name) for name in book.sheet_names]
    except Exception as error:  # calamine's own exceptions share no base class across versions
        raise UnreadableFileError("buku kerja Excel rusak; buka di Excel lalu simpan ulang sebagai .xlsx") from error


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFileError("buku kerja Excel rusak; buka di Excel lalu simpan ulang sebagai .xlsx") from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(f"isinya lebih besar dari {MAX_UNPACKED_BYTES // 1_000_000} MB; bagi menjadi beberapa berkas")


def _sheet(book: object, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    merged = tuple(sheet.merged_cell_ranges or ())
    return Grid(name, sheet.to_python(skip_empty_area=False), merged)


def _text(content: bytes) -> Grid:
    text = _decode(content)
    if not text or text.isspace():
        raise UnreadableFileError("berkas kosong")
    delimiter = _delimiter(text)
    csv.field_size_limit(1_000_000)
    try:
        rows = cast(list[list[object]], list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise UnreadableFileError(f"susunan CSV rusak ({error})") from error
    return Grid(None, rows, (), delimiter)


#: control marks, which a text file does not hold but for a few stray ones; in UTF-8 and cp1252 these bytes mean nothing else
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableFileError("bukan berkas teks atau buku kerja Excel") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    stray = len(content) - len(content.translate(None, _CONTROLS)) + text.count("\ufffd")
    if stray > len(text) // 200:
        raise UnreadableFileError("bukan berkas teks atau buku kerja Excel")
    return text


def _delimiter(text: str) -> str:
    """The mark that most lines agree on, by the number of fields it gives them (quotes respected)."""
    lines = [line for line in islice(io.StringIO(text, newline=""), 200) if line.strip()]

    def agreement(mark: str) -> tuple[int, int]:
        if not any(mark in line for line in lines):
            return 0, 1
        widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        counted = [(widths.count(width), width) for width in set(widths) if width > 1]
        return max(counted, default=(0, 1))

    return max((";", "\t", "|", ","), key=agreement)
