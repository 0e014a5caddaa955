"""The NIP: 18 digits that name a person. Read as text, validated, never repaired (Perka BKN 22/2007).

Digits 1–8 birth date, 9–14 year and month of appointment (PNS) or 9–12 year and 13–14 a code that is no month (PPPK),
15 sex (1 male, 2 female), 16–18 serial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mutasi_analysis.sources.cells import CellError, squeeze

NIP_FORM = "18 angka sebagai teks: tanggal lahir (8), TMT pengangkatan (6), jenis kelamin 1/2 (1), nomor urut (3)"
_SEPARATORS = re.compile(r"[\s'`’.\-\u00a0]")
_FLOAT = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{2}|\d{15,}[.,]0+")


@dataclass(frozen=True, slots=True)
class Nip:
    """A valid NIP taken apart. asn_kind: 'PNS' where digits 13–14 are a month, else 'PPPK'; sex: 'L' or 'P'."""

    digits: str
    birth: date
    appointed_year: int
    appointed_code: int
    sex: str
    serial: int

    @property
    def asn_kind(self) -> str:
        return "PNS" if 1 <= self.appointed_code <= 12 else "PPPK"


@lru_cache(maxsize=65_536, typed=True)  # a region names each of its people in several tables
def parse_nip(value: object) -> Nip:
    """A cell as a NIP. A number or '1.98609E+17' or serial 000 is CellError('nip_damaged'), other forms 'nip_invalid'."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise CellError("nip_damaged")
    text = squeeze(value)
    if _FLOAT.fullmatch(text):
        raise CellError("nip_damaged")
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 18):
        raise CellError("nip_invalid", NIP_FORM)
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as error:
        raise CellError("nip_invalid", NIP_FORM) from error
    year, code = int(digits[8:12]), int(digits[12:14])
    if not (1930 <= birth.year <= 2100 and birth.year < year <= 2100 and code > 0 and digits[14] in "12"):
        raise CellError("nip_invalid", NIP_FORM)
    if digits[15:] == "000":
        raise CellError("nip_damaged")
    return Nip(digits, birth, year, code, "L" if digits[14] == "1" else "P", int(digits[15:]))
