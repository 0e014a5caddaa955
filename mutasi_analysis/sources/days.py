"""Dates as Indonesian files write them: day first, Excel serials, month names in old and new spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from mutasi_analysis.sources.cells import CellError, squeeze

DATE_FORMS = "tanggal seperti 31-12-2023, 2023-12-31 atau 31 Desember 2023 (tahun 1930–2100)"
MONTH_FORMS = "bulan seperti 2023-05, 05/2023 atau Mei 2023"
_EPOCH = datetime(1899, 12, 30)  # day 0 of Excel's 1900 calendar, its false 29 February 1900 included
_YEARS = range(1930, 2101)
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januari jan january", "februari pebruari feb peb february", "maret mar mrt march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agt ags agu aug august", "september sep sept", "oktober okt oct october",
            "november nopember nov nop", "desember des dec december",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_NAMED = re.compile(r"(?:[A-Za-z']+,? )?(\d{1,2})[ \-./]*([A-Za-z]+)[ \-./]*(\d{4})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAMED_MONTH = re.compile(r"([A-Za-z]+)[ \-_./]*(\d{4})")


def month_number(word: str) -> int | None:
    """1–12 for an Indonesian or English month name or its abbreviation; None for any other word."""
    return _MONTHS.get(word.strip(" .").lower())


def _day(year: int, month: int, day: int) -> datetime:
    if year not in _YEARS:
        raise CellError("not_a_date", DATE_FORMS)
    try:
        return datetime(year, month, day)
    except ValueError as error:
        raise CellError("not_a_date", DATE_FORMS) from error


def _serial(value: float) -> datetime:
    if not 1 <= value < 100_000:
        raise CellError("not_a_date", DATE_FORMS)
    moment = _EPOCH + timedelta(days=int(value))
    return _day(moment.year, moment.month, moment.day)


def parse_date(value: object) -> datetime:
    """One cell as a day at midnight. Raises CellError('not_a_date') for anything else, serials outside 1930–2100 too."""
    if isinstance(value, date):
        return _day(value.year, value.month, value.day)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _serial(float(value))
    text = squeeze(value).lstrip("'")
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(int, found.groups()[:3])
        return _day(year, month, day)
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups()[:3])
        return _day(year, month, day)
    if (found := _NAMED.fullmatch(text)) and (named := month_number(found.group(2))):
        return _day(int(found.group(3)), named, int(found.group(1)))
    if _SERIAL.fullmatch(text):
        return _serial(float(text))
    raise CellError("not_a_date", DATE_FORMS)


def parse_month(value: object) -> datetime:
    """One cell as the first day of a month: a month ('Mei 2023', '2023-05', '05/2023') or any day within it."""
    text = squeeze(value) if isinstance(value, str) else ""
    if found := _YEAR_MONTH.fullmatch(text):
        return _day(int(found.group(1)), int(found.group(2)), 1)
    if found := _MONTH_YEAR.fullmatch(text):
        return _day(int(found.group(2)), int(found.group(1)), 1)
    if (found := _NAMED_MONTH.fullmatch(text)) and (named := month_number(found.group(1))):
        return _day(int(found.group(2)), named, 1)
    try:
        return parse_date(value).replace(day=1)
    except CellError as error:
        raise CellError("not_a_date", MONTH_FORMS) from error


def swappable_days(values: Iterable[object]) -> int:
    """How many text dates of one column would be another day with day and month changed ('03/04/2021').

    0 where the column itself shows the order: some day above 12, or always the first of a month.
    """
    differing, in_first = 0, True
    for value in values:
        if isinstance(value, str) and (match := _DAY_FIRST.fullmatch(squeeze(value).lstrip("'"))):
            day, month = int(match.group(1)), int(match.group(2))
            if day > 12:
                return 0
            differing += day != month
            in_first &= day == 1
    return 0 if in_first else differing
