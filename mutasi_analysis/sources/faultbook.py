"""faults.xlsx: the list of faults, and a copy of each faulty sheet with the wrong cells marked.

The workbook travels by mail, so the copies hold only what the reader understood and what is not personal: NIP, names
and every column or row that was not recognised are left out (a name column is never recognised). Cells keep their
addresses, so that C17 in the copy is C17 in the agency's file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutasi_analysis.errors import HIDDEN, Fault
from mutasi_analysis.sources.cells import is_missing, shown
from mutasi_analysis.sources.extracts import Extract, column_letters, extract
from mutasi_analysis.sources.grids import UnreadableFileError, read_grids
from mutasi_analysis.sources.headers import fill_merged
from mutasi_analysis.sources.kinds import KINDS

_HEADS = {
    "id": ("Berkas", "Lembar", "Baris", "Kolom", "Sel", "Nilai", "Kesalahan", "Salinan"),
    "en": ("File", "Sheet", "Row", "Column", "Cell", "Value", "Fault", "Copy"),
}
_WIDTHS = (34, 18, 8, 24, 8, 22, 90, 14)
_LIST = {"id": "Kesalahan", "en": "Faults"}
MAX_COPIES = 40


def write_faults_workbook(faults: Sequence[Fault], root: str | Path, path: str | Path, *, language: str = "id") -> Path:
    """Write the list of faults and the marked copies to `path` (.xlsx). root: the folder that the faults' file names are relative to."""
    import xlsxwriter

    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    book: Any = xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "wrong": book.add_format({"bg_color": "#F6B26B", "border": 1}),
        "hidden": book.add_format({"italic": True, "font_color": "#767676"}),
    }
    listing = book.add_worksheet(_LIST[language])
    copies = _copies(book, formats, faults, Path(root), language)
    _write_list(listing, formats, faults, copies, language)
    book.close()
    return target


def _write_list(
    sheet: Any, formats: dict[str, Any], faults: Sequence[Fault], copies: dict[tuple[str, str | None], str], language: str
) -> None:
    for column, (text, width) in enumerate(zip(_HEADS[language], _WIDTHS, strict=True)):
        sheet.write_string(0, column, text, formats["head"])
        sheet.set_column(column, column, width)
    for row, fault in enumerate(faults, start=1):
        texts = (fault.file, fault.sheet, None, fault.column, fault.cell, fault.value, fault.sentence(language))
        for column, said in enumerate(texts):
            if said is not None:
                sheet.write_string(row, column, said)
        if fault.row is not None:
            sheet.write_number(row, 2, fault.row)
        if copy := copies.get((fault.file, fault.sheet)):
            sheet.write_url(row, 7, f"internal:'{copy}'!{fault.cell or 'A1'}", string=copy)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if faults:
        sheet.autofilter(0, 0, len(faults), len(_HEADS[language]) - 1)


def _copies(book: Any, formats: dict[str, Any], faults: Sequence[Fault], root: Path, language: str) -> dict[tuple[str, str | None], str]:
    """One copy per faulty sheet; (file, sheet) → name of the copy."""
    wanted = {(fault.file, fault.sheet) for fault in faults if fault.cell}
    names: dict[tuple[str, str | None], str] = {}
    for file in dict.fromkeys(fault.file for fault in faults):
        try:
            grids = read_grids(root / file) if any(place[0] == file for place in wanted) else []
        except UnreadableFileError:
            continue
        for grid in grids:
            place = (file, grid.sheet)
            if place not in wanted or len(names) >= MAX_COPIES or (found := extract(grid, file)) is None:
                continue
            names[place] = f"{len(names) + 1}"
            here = [fault for fault in faults if (fault.file, fault.sheet) == place and fault.cell]
            _write_copy(book.add_worksheet(names[place]), formats, fill_merged(grid), found, here, language)
    return names


def _write_copy(
    sheet: Any, formats: dict[str, Any], rows: list[list[object]], found: Extract, faults: Sequence[Fault], language: str
) -> None:
    open_columns = _open_columns(found)
    for row in range(found.header.first, found.header.last + 1):
        for column, cell in enumerate(rows[row]):
            if not is_missing(cell):
                sheet.write_string(row, column, str(cell), formats["head"])
    for number in found.rows:
        for column in open_columns:
            cell = rows[number - 1][column] if column < len(rows[number - 1]) else ""
            if not is_missing(cell):
                _write(sheet, number - 1, column, cell, None)
    for fault in faults:
        row, column = _address(str(fault.cell))
        cell = rows[row][column] if column in open_columns and column < len(rows[row]) else HIDDEN
        _write(sheet, row, column, cell, formats["wrong"])
        sheet.write_comment(row, column, fault.sentence(language), {"x_scale": 3, "y_scale": 1.5})
    closed = [column for column in range(len(found.header.titles)) if column not in open_columns]
    for column in closed:
        if found.rows:
            sheet.write_string(found.header.last + 1, column, HIDDEN, formats["hidden"])
    sheet.freeze_panes(found.header.last + 1, 0)


def _open_columns(found: Extract) -> set[int]:
    """Columns of the sheet that were recognised and are not personal."""
    table = KINDS[found.kind]
    known = {column.name for column in table.columns if not column.personal} | {"norm_minutes", "norm_hours"}
    return {index for name, index in found.header.columns.items() if name in known} | set(found.header.melt)


def _write(sheet: Any, row: int, column: int, cell: object, style: Any) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < 1e14:
        sheet.write_number(row, column, cell, style)
    elif is_missing(cell):
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_string(row, column, shown(cell, personal=False) or "", style)


def _address(cell: str) -> tuple[int, int]:
    """'C17' → (16, 2)."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    assert column_letters(column - 1) == letters
    return int(cell[len(letters) :]) - 1, column - 1
