"""Parsers for one column each, chosen by what the column is: words, golongan, NIP, numbers, dates, free text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from mutasi_analysis.schema import Column
from mutasi_analysis.sources.aliases import words
from mutasi_analysis.sources.cells import CellError, Parser, plain, squeeze
from mutasi_analysis.sources.days import parse_date, parse_month
from mutasi_analysis.sources.figures import number_parser
from mutasi_analysis.sources.nip import parse_nip
from mutasi_analysis.sources.pseudonyms import Pseudonymise

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PNS_GRADE = re.compile(r"(?:^|[^A-Z0-9])(IV|III|II|I|[1-4])[ /.\-]*([A-E])(?![A-Z0-9])")
_PPPK_GRADE = re.compile(r"(?:(?:GOL(?:ONGAN)?|PPPK)[ .:]*)*(X(?:VI{0,2}|IV|I{0,3})|IX|VI{0,3}|IV|I{1,3}|V)")
#: columns whose canonical words are English.
_ENGLISH = frozenset({"basis"})


def parse_golongan(value: object) -> str:
    """'III/b', 'III.b', 'IIIb', '3B', 'Penata Muda/IIIb', 'PENATA / III/c / 01-10-2013' → 'III/b'; 'IX' stays (PPPK). Domain 7.6."""
    text = squeeze(value).upper()
    if found := _PNS_GRADE.search(text):
        rank = _ROMAN.get(found.group(1), found.group(1))
        if found.group(2) != "E" or rank == "IV":
            return f"{rank}/{found.group(2).lower()}"
    if found := _PPPK_GRADE.fullmatch(text):
        return found.group(1)
    raise CellError("not_allowed", "I/a … IV/e (PNS) atau I … XVII (PPPK)")


def parse_text(value: object) -> str:
    """Free text and codes: one blank between words, no leading apostrophe, whole numbers without '.0', dates in ISO."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    return squeeze(value).lstrip("'").strip()


def _word_parser(known: Mapping[str, str], accepted: str) -> Parser:
    def parse(value: object) -> object:
        found = known.get(plain(value))
        if found is None:
            raise CellError("not_allowed", accepted)
        return found

    return parse


@cache
def _category(column: Column) -> Parser:
    if column.name == "golongan":
        return parse_golongan
    if not column.allowed:
        return parse_text
    known = {plain(word): word for word in column.allowed}
    known |= {word: value for word, value in words().get(column.name, {}).items() if value in column.allowed}
    return _word_parser(known, _accepted(column))


def _accepted(column: Column) -> str:
    """What the column takes; its English words with the Indonesian one that is read the same: "year (tahun), …"."""
    if column.name not in _ENGLISH:
        return column.accepted()
    spoken: dict[str, str] = {}
    for word, value in words().get(column.name, {}).items():
        if word != plain(value):
            spoken.setdefault(value, word.lower())
    return ", ".join(f"{value} ({spoken[value]})" for value in column.allowed)


def _parse_boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    found = words()["boolean"].get(plain(value)) or {"√": "ya", "✓": "ya"}.get(squeeze(value))
    if found is None:
        raise CellError("not_a_boolean", "ya, tidak")
    return found == "ya"


def _number(column: Column, values: Iterable[object], comma_separated: bool) -> Parser:
    known = words().get(column.name, {})
    if not known:
        return number_parser(values, comma_separated=comma_separated)
    texts = {value for value in set(values) if isinstance(value, str)}
    number = number_parser((text for text in texts if plain(text) not in known), comma_separated=comma_separated)

    def parse(value: object) -> object:
        word = known.get(plain(value)) if isinstance(value, str) else None
        return float(word) if word is not None else number(value)

    return parse


def _person(pseudonymise: Pseudonymise) -> Parser:
    return lambda value: pseudonymise(parse_nip(value).digits)


def column_parser(column: Column, values: Iterable[object], *, comma_separated: bool, pseudonymise: Pseudonymise) -> Parser:
    """The parser for one column of one file. values: all its cells, to see which decimal mark they use."""
    if column.personal:
        return _person(pseudonymise)
    if column.kind == "date":
        return parse_month if column.name == "month" else parse_date
    if column.kind in ("number", "integer"):
        return _number(column, values, comma_separated)
    if column.kind == "boolean":
        return _parse_boolean
    return _category(column) if column.kind == "category" else parse_text
