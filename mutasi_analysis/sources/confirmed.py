"""pendidikan_dikonfirmasi.csv: codes of education strings that a person confirmed, in the form of usulan_pendidikan.csv."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mutasi_analysis.errors import Fault
from mutasi_analysis.fields_of_study import clean, isced_fields
from mutasi_analysis.sources.cells import is_missing, plain, shown, squeeze
from mutasi_analysis.sources.grids import Grid, UnreadableFileError, read_grids

CONFIRMED_FILE = "pendidikan_dikonfirmasi.csv"
#: words of the header by column; the first is the one that the report writes.
HEADERS = {
    "text": ("TEXT", "TEKS", "PENDIDIKAN"),
    "field": ("FIELD", "BIDANG", "KODE"),
    "confirmed": ("CONFIRMED", "DIKONFIRMASI", "SETUJU"),
}
COLUMNS = list(HEADERS)
YES = ("ya", "y", "yes", "true", "1", "benar", "setuju")
_CODES = "kode rinci ISCED-F 2013, empat angka sebagai teks (misalnya 0413)"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """frame: text, field, confirmed ("ya") of the confirmed rows; faults: what is wrong with them; rows: read in all."""

    frame: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    rows: int = 0


def read_confirmed(path: Path, name: str) -> Confirmed:
    """The confirmed codes of one file; name: how faults call it. Rows without "ya" are proposals still and are left out.

    Excel drops the zero of "0413" in a CSV: three digits are read as four. Faults: missing columns, unknown codes, one text
    confirmed with two codes.
    """
    empty = pd.DataFrame(columns=COLUMNS, dtype="string")
    try:
        grid = read_grids(path)[0]
    except UnreadableFileError as error:
        return Confirmed(empty, (Fault(name, None, None, None, None, "unreadable_file", str(error)),))
    places, start = _header(grid)
    absent = [column for column in COLUMNS if column not in places]
    if absent:
        return Confirmed(empty, tuple(Fault(name, None, None, column, None, "missing_column") for column in absent))
    faults: list[Fault] = []
    chosen: dict[str, tuple[str, int]] = {}
    rows: list[list[str]] = []
    for number, cells in enumerate(grid.rows[start:], start=start + 1):
        text, field, said = (squeeze(cells[places[column]]) if places[column] < len(cells) else "" for column in COLUMNS)
        if said.lower() not in YES or is_missing(text):
            continue
        field = field.zfill(4) if field.isdigit() else field
        first = chosen.setdefault(clean(text), (field, number))
        if field not in _known():
            faults.append(Fault(name, None, number, "field", shown(field, personal=False), "not_allowed", _CODES))
        elif first[0] != field:
            faults.append(
                Fault(name, None, number, "text", shown(text, personal=False), "duplicate_key", f"baris {first[1]} memberi kode {first[0]}")
            )
        else:
            rows.append([text, field, YES[0]])
    return Confirmed(pd.DataFrame(rows, columns=COLUMNS, dtype="string"), tuple(faults), len(grid.rows) - start)


def _header(grid: Grid) -> tuple[dict[str, int], int]:
    """Place of each column in the first row that names one of them, and the row after it."""
    for number, cells in enumerate(grid.rows):
        words = [plain(cell) for cell in cells]
        found = {column: words.index(word) for column, names in HEADERS.items() for word in names if word in words}
        if found:
            return found, number + 1
    return {}, 0


def _known() -> set[str]:
    return set(isced_fields().query("digits == 4")["code"])
