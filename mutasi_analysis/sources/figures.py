"""Indonesian numbers: '1.250,5' is 1250.5, '1.250' is 1250, '1,25' is 1.25.

The rule for text, stated once:
- both marks: the last one is the decimal mark, the other must stand between groups of three digits;
- commas only: one comma is a decimal comma; several are English thousands and must stand between groups of three;
- dots only: '1.250' and '10.290.209' are thousands, '12.5', '0.125' and '1.2500' have a decimal point.

The one form that can mean two things, '1.250', is 1250, except where the same column shows decimal points ('12.5'): in
a comma-separated file of a statistics program (no decimal comma in the column) '1.125' is then 1.125, for such programs
write no trailing zero. '1.250' there, and either form anywhere else, is a fault, for nobody can know.
A percent sign and 'Rp' are dropped; the value stays as written (98,5% is 98.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from mutasi_analysis.sources.cells import CellError, Parser, is_missing, squeeze

NUMBER_FORMS = "angka seperti 1250 atau 1.250,5"
#: what most numbers are written with: there is nothing to take off
_SIGNS = "0123456789.,+-"
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
_POINT = re.compile(r"[+-]?(0|[1-9]\d*)?\.\d+")
_BOTH_COMMA_LAST = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+,\d+")
_BOTH_POINT_LAST = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+\.\d+")
_COMMA = re.compile(r"[+-]?(0|[1-9]\d*)?,\d+")
_ENGLISH_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3}){2,}")
_RUPIAH = re.compile(r"Rp\.?\s*", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?\d+([eE][+-]?\d{1,3})?|[+-]?\d+[.,]\d+[eE][+-]?\d{1,3}")


def _bare(text: str) -> str:
    if not text.strip(_SIGNS):
        return text
    text = squeeze(text).lstrip("'")
    if text[:1] in "Rr" and (found := _RUPIAH.match(text)):
        text = text[found.end() :]
    return text.removesuffix("%").replace("−", "-").strip()


def parse_number(value: object, *, ambiguous: str = "thousands") -> float:
    """One cell as a number. ambiguous: 'thousands', 'decimal' or 'fault', for the form 1.250. Raises CellError."""
    if isinstance(value, (bool, datetime, date, time)):
        raise CellError("not_a_number", NUMBER_FORMS)
    if isinstance(value, (int, float)):
        return float(value)
    text = _bare(str(value))
    if text.isascii() and text.isdigit():
        return float(text)
    if "," in text:
        return _with_commas(text)
    if _AMBIGUOUS.fullmatch(text):
        if ambiguous == "fault" or (ambiguous == "decimal" and text.endswith("0")):
            whole, part = text.split(".")
            raise CellError("not_a_number", f"{whole}{part} atau {whole},{part} (bentuk {text} bermakna dua di kolom ini)")
        return float(text) if ambiguous == "decimal" else float(text.replace(".", ""))
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(".", ""))
    if _POINT.fullmatch(text) or _PLAIN.fullmatch(text):
        return float(text)
    raise CellError("not_a_number", NUMBER_FORMS)


def _with_commas(text: str) -> float:
    if _BOTH_COMMA_LAST.fullmatch(text) or _COMMA.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if _BOTH_POINT_LAST.fullmatch(text) or _ENGLISH_THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", "."))
    raise CellError("not_a_number", NUMBER_FORMS)


def number_parser(values: Iterable[object], *, comma_separated: bool) -> Parser:
    """The parser for one column, after looking at which decimal mark its unambiguous cells use."""
    marked = (value for value in set(values) if isinstance(value, str) and ("." in value or "," in value))
    texts = {_bare(value) for value in marked if not is_missing(value)}
    dotted = [t for t in texts if "." in t]
    point = any((_POINT.fullmatch(t) and not _AMBIGUOUS.fullmatch(t)) or _BOTH_POINT_LAST.fullmatch(t) for t in dotted)
    comma = any(_COMMA.fullmatch(t) or _BOTH_COMMA_LAST.fullmatch(t) or t.count(".") > 1 for t in texts)
    reading = "thousands"
    if point:
        reading = "decimal" if comma_separated and not comma else "fault"
    return lambda value: parse_number(value, ambiguous=reading)
