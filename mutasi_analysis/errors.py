"""The tree of errors a user can meet, and the fault: one wrong cell with its place.

User errors are `MutasiError`; each class carries the exit code of the command line. Everything else is a bug.
All of them take positional arguments only, so that they survive pickling between processes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mutasi_analysis.spoken import in_language, language_of_run

HIDDEN = "(disembunyikan)"
#: rows and values that a line about many equal faults names, and how many lines an error has
FIRST_ROWS, FIRST_VALUES, MOST_LINES = 5, 3, 50

#: rule → sentence of what is wrong, by language; `{allowed}` is filled from the fault.
RULES: dict[str, dict[str, str]] = {
    "missing_column": {"id": "kolom wajib ini tidak ada", "en": "this required column is absent"},
    "missing_value": {"id": "sel ini wajib diisi", "en": "this cell must be filled"},
    "not_a_number": {"id": "bukan angka; yang diterima: {allowed}", "en": "not a number; accepted: {allowed}"},
    "not_an_integer": {"id": "bukan bilangan bulat", "en": "not a whole number"},
    "not_a_date": {"id": "bukan tanggal; yang diterima: {allowed}", "en": "not a date; accepted: {allowed}"},
    "not_a_boolean": {"id": "bukan ya/tidak; yang diterima: {allowed}", "en": "not yes/no; accepted: {allowed}"},
    "not_allowed": {"id": "nilai tidak dikenal; yang diterima: {allowed}", "en": "unknown value; accepted: {allowed}"},
    "out_of_range": {"id": "di luar batas; yang diterima: {allowed}", "en": "out of range; accepted: {allowed}"},
    "bad_pattern": {"id": "bentuknya salah; yang diterima: {allowed}", "en": "wrong form; accepted: {allowed}"},
    "duplicate_key": {"id": "baris ganda: kunci ini sudah ada; {allowed}", "en": "duplicate row: this key exists already; {allowed}"},
    "unknown_reference": {"id": "tidak ada di tabel rujukan; {allowed}", "en": "not in the referenced table; {allowed}"},
    "nip_damaged": {
        "id": "NIP rusak oleh Excel (tersimpan sebagai angka, nomor urut hilang); simpan ulang kolom sebagai teks",
        "en": "NIP damaged by Excel (stored as a number, serial lost); save the column as text again",
    },
    "nip_invalid": {"id": "NIP tidak sah; yang diterima: {allowed}", "en": "invalid NIP; accepted: {allowed}"},
    "wrong_order": {"id": "urutan tanggal terbalik; {allowed}", "en": "dates are in the wrong order; {allowed}"},
    "unreadable_file": {"id": "berkas tidak dapat dibaca: {allowed}", "en": "the file cannot be read: {allowed}"},
    "missing_table": {
        "id": "tabel wajib ini tidak ada di folder ({allowed}); contoh isian: mutasi dictionary",
        "en": "this required table is absent from the folder ({allowed}); for a template: mutasi dictionary",
    },
    "bps_code": {
        "id": "ini bentuk kode BPS, bukan kode Kemendagri; yang diterima: {allowed}",
        "en": "this is the form of a BPS code, not of a Kemendagri code; accepted: {allowed}",
    },
    "unknown_kind": {"id": "jenis berkas tidak dikenali; {allowed}", "en": "the kind of file is not recognised; {allowed}"},
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong cell (or row, column, file) of an input.

    file: path relative to the data root; sheet: None for text files; row: as the user's program counts (1 = first
    line of the sheet), None for a whole file; column: the header as the file writes it; value: as read, or HIDDEN
    for personal data; rule: a key of RULES; allowed: what would have been accepted, in words.
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    rule: str
    allowed: str = ""
    cell: str | None = None

    def place(self, language: str | None = None, *, row: bool = True) -> str:
        """Where it is; without its row where many rows are meant. language: None for that of the run."""
        words = _PLACE[language or language_of_run()]
        parts = [self.file]
        if self.sheet:
            parts.append(f"{words[0]} {self.sheet}")
        if row and self.row is not None:
            parts.append(f"{words[1]} {self.row}")
        if self.column:
            parts.append(f"{words[2]} {self._column(language or language_of_run())}")
        return ", ".join(parts)

    def _column(self, language: str) -> str:
        """The header; of a column that is absent the name, and what it means in Indonesian only."""
        column = self.column or ""
        return column.partition(" (")[0] if self.rule == "missing_column" and language != "id" else column

    def sentence(self, language: str | None = None) -> str:
        """The fault as one line: place, value, what is wrong and what is allowed."""
        language = language or language_of_run()
        return f"{self.place(language)}:{self._shown(language)} {self.wrong(language)}"

    def wrong(self, language: str) -> str:
        """What is wrong and what is allowed."""
        return RULES[self.rule][language].format(allowed=in_language(self.allowed, language))

    def _shown(self, language: str) -> str:
        if self.value is None:
            return ""
        return f' "{_HIDDEN[language] if self.value == HIDDEN else self.value}"'


_PLACE = {"id": ("lembar", "baris", "kolom"), "en": ("sheet", "row", "column")}
_HIDDEN = {"id": HIDDEN, "en": "(hidden)"}
_MANY = {"id": "{place}: {n} sel, baris {rows}:{values} {wrong}", "en": "{place}: {n} cells, rows {rows}:{values} {wrong}"}
_MORE = {"id": "… dan {n} kesalahan lain; lihat faults.xlsx", "en": "… and {n} more faults; see faults.xlsx"}
_EXAMPLE = {"id": "misalnya baris {row}:", "en": "for example row {row}:"}


def fault_lines(faults: Sequence[Fault], language: str | None = None, *, most: int = MOST_LINES) -> list[str]:
    """Faults as at most so many lines: those of one file, sheet, column and rule are one, with their number and first rows.
    A last line says how many faults are not told."""
    language = language or language_of_run()
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for number, fault in enumerate(faults):
        alone = number if fault.row is None else None
        groups.setdefault((fault.file, fault.sheet, fault.column, fault.rule, alone), []).append(fault)
    told = list(groups.values())
    lines = [_line(group, language) for group in told[:most]]
    left = sum(len(group) for group in told[most:])
    return [*lines, _MORE[language].format(n=left)] if left else lines


def _line(group: list[Fault], language: str) -> str:
    first = group[0]
    if len(group) == 1:
        return first.sentence(language)
    rows = list(dict.fromkeys(str(fault.row) for fault in group))
    values = list(dict.fromkeys(fault._shown(language).strip() for fault in group if fault.value is not None))
    example = f" {_EXAMPLE[language].format(row=first.row)}{first._shown(language)}"
    said = f" {_few(values, FIRST_VALUES)}" if values else ""
    return _MANY[language].format(
        place=first.place(language, row=False),
        n=len(group),
        rows=_few(rows, FIRST_ROWS),
        values=said if len({fault.allowed for fault in group}) == 1 else example,
        wrong=first.wrong(language),
    )


def _few(texts: list[str], most: int) -> str:
    return ", ".join([*texts[:most], *(["…"] if len(texts) > most else [])])


class MutasiError(Exception):
    """Base of every error meant for the user; shown as one sentence without a traceback."""

    exit_code = 1


class UsageError(MutasiError):
    """A wrong word on the command line, in a profile or in a parameter: unknown region, unknown option."""

    exit_code = 2


class DataError(MutasiError):
    """Input files with faults. `faults` holds every one of them."""

    exit_code = 3

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(fault_lines(self.faults))


class MissingDataError(DataError):
    """A region has no input at all, or a required table is absent."""

    def __init__(self, message: str) -> None:
        MutasiError.__init__(self, message)
        self.message = message
        self.faults = ()

    def __str__(self) -> str:
        return self.message


class NormError(MutasiError, ValueError):
    """A statutory number without unit or reference, or a scheme that no norm file declares (a wrong argument of a formula too)."""

    exit_code = 2


class RunError(MutasiError):
    """At least one region's report failed; the others are finished."""

    exit_code = 4
