"""What one cell may say: missing tokens, and the error a cell parser raises. Parsers are pure: value in, value out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from string import ascii_letters, digits
from types import NoneType

import numpy as np

from mutasi_analysis.errors import HIDDEN
from mutasi_analysis.schema import Coded

#: texts that mean "nothing here" in Indonesian staff files, compared after `squeeze` in lower case
MISSING = frozenset({"", "-", "--", "–", "—", ":", "nihil", "kosong", "(kosong)", "#n/a", "n/a", "na", "null", "none", "nan", "nat"})
#: letters and digits that no such text begins with: most cells are told by their first one
SAID = frozenset(ascii_letters + digits) - {first for text in MISSING for first in (text[:1], text[:1].upper())}
#: kinds of cell that are equal only to their own kind; 1, 1.0 and True are equal and read in different ways
_DISTINCT = frozenset({str, NoneType, datetime, date, time, timedelta})
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\ufeff\u200b]+")
_NOT_WORD = re.compile(r"[^0-9A-Z]+")
_NIP_LIKE = re.compile(r"(?:\d[\s.\-'\u00a0]*){15,}|\d(?:[.,]\d+)?[eE]\+?1[5-9]")


class CellError(ValueError):
    """A cell that cannot be read: `rule` is a key of errors.RULES, `allowed` what would have been accepted."""

    def __init__(self, rule: str, allowed: str = "") -> None:
        super().__init__(rule, allowed)
        self.rule = rule
        self.allowed = allowed


Parser = Callable[[object], object]


def squeeze(value: object) -> str:
    """The text of a cell with every kind of space made one blank, none at the ends; whole floats without '.0'."""
    if isinstance(value, str):
        return _squeezed(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return _squeezed(str(value))


@lru_cache(maxsize=65_536)
def _squeezed(text: str) -> str:
    if text.isprintable() and "  " not in text:  # the blank is the only space that can be printed
        return text.strip()
    return _SPACES.sub(" ", text).strip()


def is_missing(value: object) -> bool:
    """Whether a cell is empty or holds one of the tokens for 'nothing'."""
    if isinstance(value, str):
        return value[:1] not in SAID and (value in MISSING or (len(value) <= 40 and _squeezed(value).lower() in MISSING))
    return value is None or value != value


def plain(text: object) -> str:
    """Upper-case key for comparing headers and words: letters and digits, everything else one blank."""
    return _plain(squeeze(text))


@lru_cache(maxsize=65_536)
def _plain(text: str) -> str:
    return _NOT_WORD.sub(" ", text.upper()).strip()


def shown(value: object, *, personal: bool) -> str | None:
    """A cell as an error may print it: hidden when personal or when it looks like a NIP that slipped into another column."""
    if value is None:
        return None
    text = squeeze(value)
    if personal or _NIP_LIKE.search(text):
        return HIDDEN
    return text if len(text) <= 80 else text[:77] + "..."


def coded(values: Sequence[object]) -> Coded:
    """The values by their different ones, in the order in which they come; equal values of different kinds (1, 1.0, True) stay apart."""
    found = _coded(values)
    if set(map(type, found.cells)) <= _DISTINCT or len(set(map(type, values)) - _DISTINCT) < 2:
        return found
    typed = _coded(list(zip(map(type, values), values, strict=True)))
    return typed.mapped(lambda pair: pair[1])  # type: ignore[index]


def _coded(values: Sequence[object]) -> Coded:
    places: defaultdict[object, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(places.__getitem__, values), np.intp, len(values))
    return Coded(list(places), codes)


def convert(column: Coded, parser: Parser) -> tuple[Coded, dict[int, CellError]]:
    """Parse a column, each different cell once; (parsed cells with None for missing or bad, row → error)."""
    parsed: list[object] = []
    wrong: dict[int, CellError] = {}
    for place, value in enumerate(column.cells):
        try:
            parsed.append(None if is_missing(value) else parser(value))
        except CellError as error:
            parsed.append(None)
            wrong[place] = error.with_traceback(None)
    errors = {row: wrong[place] for row, place in enumerate(column.codes.tolist()) if place in wrong} if wrong else {}
    return Coded(parsed, column.codes), errors
