"""From a grid to raw columns with canonical names: blocks, notes around the table, total rows, footers. No value is read yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np

from mutasi_analysis.errors import Fault
from mutasi_analysis.schema import Coded
from mutasi_analysis.sources.aliases import aliases
from mutasi_analysis.sources.cells import SAID, coded, is_missing, plain, squeeze
from mutasi_analysis.sources.days import month_number
from mutasi_analysis.sources.grids import Grid
from mutasi_analysis.sources.headers import Header, fill_merged, find_header
from mutasi_analysis.sources.kinds import KINDS

Rows = Sequence[Sequence[object]]
Context = dict[str, object]
SYNTHETIC_MARK = "DATA CONTOH SINTETIS"
_LABELS: Mapping[str, str] = {
    "NAMA JABATAN": "jabatan_id", "JABATAN": "jabatan_id", "UNIT KERJA": "unit_id", "NAMA UNIT KERJA": "unit_id",
    "UNIT ORGANISASI": "unit_id", "SATKER": "satker", "SATUAN KERJA": "satker", "TAHUN": "year", "TAHUN ANGGARAN": "year",
    "TAHUN PELAJARAN": "year", "BULAN": "month", "PERIODE": "month", "INDIKATOR": "indicator", "TANGGAL PENILAIAN": "assessed_on",
    "GELOMBANG": "wave", "DASAR PENILAIAN": "regime",
}  # fmt: skip
#: the most filled cells that a row with a label has
_LABEL_CELLS = 3
_NUMBERED = re.compile(r"^\d+ ")
_TOTAL = re.compile(r"(SUB ?|GRAND ?)?(JUMLAH|TOTAL|JML)\b.*")
_TOTAL_STARTS = frozenset("JTSGjtsg \xa0")
#: letters and digits that neither a sum nor a text for "nothing" begins with
_PLAIN_STARTS = SAID - _TOTAL_STARTS
_YEAR = re.compile(r"(?<![0-9] )\bTAHUN (\d{4})\b")
_MONTH = re.compile(r"\b([A-Z]{3,9}) (\d{4})\b")
_FILE_MONTH = re.compile(r"(?<!\d)(20\d\d)[ _-]?(0[1-9]|1[0-2])(?!\d)")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass
class Extract:
    """One table found in one sheet, cells still as the file gives them.

    sheet, delimiter: of its grid; columns: canonical or helper name → cells; rows: row number per record as the user's program shows it;
    origin: name → (header as written, column letter or None); skipped: rows set aside and why (text → count).
    """

    kind: str
    file: str
    sheet: str | None
    delimiter: str | None
    header: Header
    columns: dict[str, Coded] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    origin: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    melted: list[int] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)

    def fault(self, position: int | None, column: str, value: str | None, rule: str, allowed: str = "") -> Fault:
        """A fault of this table at a record (None: the whole column)."""
        title, letters = self.origin.get(column, (column, None))
        row = None if position is None else self.rows[position]
        melted = self.melted[position] if position is not None and self.melted else None
        if melted is not None and column in aliases()[self.kind].into:
            title, letters = self.header.titles[melted], column_letters(melted)
        cell = f"{letters}{row}" if letters and row is not None else None
        return Fault(self.file, self.sheet, row, title, value, rule, allowed, cell)


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_synthetic(grid: Grid) -> bool:
    """Whether one of the first rows says that the file is demonstration data."""
    return any(SYNTHETIC_MARK in plain(cell) for row in grid.rows[:6] for cell in row if isinstance(cell, str) and cell)


def extract(grid: Grid, file: str, *, kinds: Sequence[str] = tuple(KINDS)) -> Extract | None:
    """The table of a sheet, or None where no header is recognised."""
    rows = fill_merged(grid)
    header = find_header(rows, names=(file.rsplit("/", 1)[-1].rsplit(".", 1)[0], grid.sheet or ""), kinds=kinds)
    if header is None:
        return None
    found = Extract(header.kind, file, grid.sheet, grid.delimiter, header)
    context = _context_of_file(file)
    for row in rows[: header.first]:
        context |= _context_of_title(row)
    below = _below(rows, header)
    records = _records(rows, found, context, below)
    _columns(found, records, below)
    return found


@dataclass(frozen=True)
class _Below:
    """What stands below a header, each different cell looked at once.

    start: the first row below; cells: different cells; codes: place in `cells` by row (from `start`) and column, short rows filled up;
    absent: which of `cells` say nothing; totals: cells that say JUMLAH or TOTAL; needed: required columns.
    """

    start: int
    cells: Sequence[object]
    codes: np.ndarray
    absent: np.ndarray
    totals: frozenset[object]
    needed: tuple[int, ...]

    @cached_property
    def missing(self) -> frozenset[object]:
        return frozenset(self.cells[place] for place in np.flatnonzero(self.absent).tolist())

    def column(self, rows: np.ndarray, index: int | np.ndarray) -> Coded:
        """The cells of a column (or of one column a row) in these rows, and none that do not stand there."""
        codes = self.codes[rows, index]
        used = np.zeros(len(self.cells), dtype=bool)
        used[codes] = True
        return Coded([self.cells[place] for place in np.flatnonzero(used).tolist()], (np.cumsum(used) - 1)[codes])


def _below(rows: Rows, header: Header) -> _Below:
    start = header.last + 1
    below = rows[start:]
    width = max(map(len, rows[header.first :]))
    if below and min(map(len, below)) < width:
        below = [[*row, *[""] * (width - len(row))] for row in below]
    table = coded(list(chain.from_iterable(below)))
    needed = tuple(header.columns[c.name] for c in KINDS[header.kind].columns if c.required and c.name in header.columns)
    return _Below(start, table.cells, table.codes.reshape(len(below), width), *_looked_at(table.cells), needed)


def _looked_at(cells: Sequence[object]) -> tuple[np.ndarray, frozenset[object]]:
    """Which cells say nothing, and those that say JUMLAH or TOTAL; most need no more than a look at their first letter."""
    absent = np.zeros(len(cells), dtype=bool)
    totals = set()
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and cell[:1] in _PLAIN_STARTS:
            continue
        if is_missing(cell):
            absent[place] = True
        elif isinstance(cell, str) and cell[:1] in _TOTAL_STARTS and _TOTAL.fullmatch(plain(cell)):
            totals.add(cell)
    return absent, frozenset(totals)


@dataclass(frozen=True)
class _Records:
    """Rows that hold records, counted from the first row below the header; contexts: what is said above them; block: which of these."""

    rows: np.ndarray
    contexts: Sequence[Context]
    block: np.ndarray


def _records(rows: Rows, found: Extract, context: Context, below: _Below) -> _Records:
    header = found.header
    wanted = [*header.columns.values(), *header.melt]
    heads = {index: rows[header.first][index] for index in wanted if index < len(rows[header.first])}
    titles = set(heads.values())
    end = _footer_start(rows, found, below)
    kept: list[int] = []
    contexts, sizes = [dict(context)], [0]
    sure = [*[False] * below.start, *_surely_records(heads.values(), below)[: end - below.start], False]
    index, fresh = below.start, True
    while index < end:
        if sure[index] and not fresh:
            start, index = index, sure.index(False, index)
            kept += range(start, index)
            sizes[-1] += index - start
            continue
        row = rows[index]
        filled = set(row) - below.missing
        if not filled:
            index += 1
        elif not titles.isdisjoint(row) and sum(row[i] == head for i, head in heads.items() if i < len(row)) > len(heads) // 2:
            index += 1 + header.last - header.first  # the header again, above the next block
            fresh = True
        elif (fresh and _is_numbering([cell for cell in row if cell in filled])) or _is_total(row, filled, below):
            index += 1
        elif len(filled) <= _LABEL_CELLS and isinstance(next(cell for cell in row if cell in filled), str) and (label := _label(row)):
            contexts.append(contexts[-1] | label)
            sizes.append(0)
            index += 1
        else:
            kept.append(index)
            sizes[-1] += 1
            fresh = False
            index += 1
    return _Records(np.array(kept, dtype=np.intp) - below.start, contexts, np.repeat(np.arange(len(sizes)), sizes))


def _surely_records(heads: Collection[object], below: _Below) -> list[bool]:
    """Rows that no look at single cells is needed for: no title, no sum, and more filled cells than a row of text around a table."""
    empty_titles = sum(map(is_missing, heads))
    if empty_titles > len(heads) // 2:  # a row may repeat the header by its empty cells alone
        return [False] * len(below.codes)
    marks = below.totals | {head for head in heads if not is_missing(head)}
    marked = np.fromiter(map(marks.__contains__, below.cells), bool, len(below.cells))
    said = np.where(below.absent, -1, np.arange(len(below.cells)))
    different = (np.diff(np.sort(said[below.codes], axis=1), axis=1, prepend=-1) != 0).sum(axis=1)
    sure = different > _LABEL_CELLS
    return (sure & ~marked[below.codes].any(axis=1) if marked.any() else sure).tolist()  # type: ignore[no-any-return]


def _footer_start(rows: Rows, found: Extract, below: _Below) -> int:
    """Where a signature block begins: after a blank row, rows of one or two cells that fill less than half of the table's key."""
    header, missing, needed = found.header, below.missing, below.needed

    def is_record(row: Sequence[object]) -> bool:
        filled = sum(i < len(row) and row[i] not in missing for i in needed)
        return 2 * filled >= max(len(needed), 1) and sum(cell not in missing for cell in row) > min(2, len(needed))

    last = next((i for i in range(len(rows) - 1, header.last, -1) if is_record(rows[i])), header.last)
    blank = next((i for i in range(last + 1, len(rows)) if missing.issuperset(rows[i])), len(rows))
    tail = [row for row in rows[blank:] if not missing.issuperset(row)]
    if not tail or last == header.last or any(sum(cell not in missing for cell in row) > 2 for row in tail):
        return len(rows)
    found.skipped["baris penutup (tanda tangan atau catatan) di bawah tabel"] = len(tail)
    return blank


def _is_numbering(filled: Sequence[object]) -> bool:
    if len(filled) < 3:
        return False
    counted = all(squeeze(cell).strip("()") == str(number) for number, cell in enumerate(filled, start=1))
    return counted or all((text := squeeze(cell)).startswith("(") and text.strip("()").isdigit() for cell in filled)


def _is_total(row: Sequence[object], filled: set[object], below: _Below) -> bool:
    """A row of sums: some cell says JUMLAH or TOTAL and at least half of the required columns are empty (or say the same)."""
    if below.totals.isdisjoint(filled):
        return False
    said = {squeeze(cell) for cell in below.totals & filled}
    empty = [i for i in below.needed if i >= len(row) or row[i] in below.missing or squeeze(row[i]) in said]
    return bool(below.needed) and 2 * len(empty) >= len(below.needed)


def _label(row: Sequence[object]) -> dict[str, object]:
    """'Nama Jabatan : X' in one cell or with X up to eight cells to the right; empty for any other row."""
    head, colon, rest = next((squeeze(cell) for cell in row if not is_missing(cell)), "").partition(":")
    name = _LABELS.get(_NUMBERED.sub("", plain(head)))
    if name is None:
        return {}
    cells = list(dict.fromkeys(squeeze(cell) for cell in row if not is_missing(cell)))
    if len(cells) > _LABEL_CELLS or (not colon and len(cells) < 2):
        return {}
    value = rest.strip() or next((text.lstrip(": ") for text in cells[1:] if text.strip(": ")), "")
    return {name: value} if value else {}


def _context_of_title(row: Sequence[object]) -> dict[str, object]:
    if label := _label(row):
        return label
    text = " ".join(dict.fromkeys(squeeze(cell).upper() for cell in row if isinstance(cell, str) and not is_missing(cell)))
    found: dict[str, object] = {}
    if year := _YEAR.search(text):
        found["year"] = year.group(1)
    for word, year_text in _MONTH.findall(text):
        if month_number(word):
            found["month"] = f"{word} {year_text}"
    return found


def _context_of_file(file: str) -> dict[str, object]:
    name = file.rsplit("/", 1)[-1]
    if month := _FILE_MONTH.search(name):
        return {"month": f"{month.group(1)}-{month.group(2)}", "year": month.group(1)}
    years = set(_FILE_YEAR.findall(name))
    return {"year": years.pop()} if len(years) == 1 else {}


def _columns(found: Extract, records: _Records, below: _Below) -> None:
    header, rows, block = found.header, records.rows, records.block
    melted: dict[str, Coded] = {}
    if header.melt:
        rows, block, melted = _melt(found, records, below)
    found.rows = (rows + below.start + 1).tolist()
    for name, index in header.columns.items():
        found.columns[name] = below.column(rows, index)
        found.origin[name] = (header.titles[index], column_letters(index))
    found.columns |= melted
    # a form names the unit (eselon III) and its parent: the parent counts where the unit is not said
    said = [{"unit_id": context["satker"], **context} if "satker" in context else context for context in records.contexts]
    given = set().union(*(said[number] for number in np.unique(block)))
    known = {column.name for column in KINDS[found.kind].columns}
    for name in sorted(given & known - set(found.columns)):
        found.columns[name] = Coded([context.get(name) for context in said], block)
        found.origin[name] = (f"{name} (judul)", None)


def _melt(found: Extract, records: _Records, below: _Below) -> tuple[np.ndarray, np.ndarray, dict[str, Coded]]:
    """One row a value of the columns that are melted: its row below the header, its block, and the columns of word and value."""
    word, value = aliases()[found.kind].into
    melt = found.header.melt
    places = np.array(list(melt), dtype=np.intp)
    filled = ~below.absent[below.codes[records.rows[:, None], places]]
    if empty := int((~filled.any(axis=1)).sum()):
        found.skipped["baris tanpa satu nilai pun"] = empty
    record, which = np.nonzero(filled)
    rows = records.rows[record]
    found.melted = places[which].tolist()
    columns = {word: Coded(list(melt.values()), which), value: below.column(rows, places[which])}
    return rows, records.block[record], columns
