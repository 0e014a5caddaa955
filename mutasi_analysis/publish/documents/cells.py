"""A number as shown in a report, back as a number with the format that shows it the same way in a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from mutasi_analysis.wording.numbers import month

_SHAPES = {
    "id": re.compile(r"([+−-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(%?)"),
    "en": re.compile(r"([+−-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)"),
}
#: a number and the words behind it
_WITH_UNIT = re.compile(r"([+−-]?\d[\d.,]*%?)(?:[ \u00a0]([^\W\d_]+(?: [^\W\d_]+)?))?")
#: figures that are a name
_NAME = re.compile(r"0\d+|\d{5,}")
_DAY = re.compile(r"(?:(\d{1,2})[ \u00a0])?([^\W\d_]+)[ \u00a0](\d{4})")
#: Windows' number of the language whose separators a format follows where the program allows it
_LOCALES = {"id": "[$-421]", "en": "[$-809]"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A shown number. signed: a plus sign stood before it; percent: a percent sign behind it, and the value is a share; unit: the
    words behind it."""

    value: float
    digits: int
    signed: bool
    percent: bool
    unit: str = ""


def shown_number(text: str, language: str) -> Shown | None:
    """The number that a text of the language shows; None where it shows none ("*", "–", "< 5")."""
    found = _SHAPES[language].fullmatch(text.strip())
    if found is None:
        return None
    sign, whole, decimals, percent = found.groups()
    value = float(f"{re.sub(r'[.,]', '', whole)}.{decimals or '0'}")
    value = value / 100 if percent else value
    return Shown(-value if sign in ("−", "-") else value, len(decimals or ""), sign == "+", bool(percent))


def shown_value(text: str, language: str) -> Shown | None:
    """The number that a text is, alone or with its unit in words ("509,5 orang"); None for any other text, and for figures that name
    something, as a fingerprint does: a long number without separators, or one that begins with zero."""
    found = _WITH_UNIT.fullmatch(text.strip())
    number = shown_number(found[1], language) if found else None
    if found is None or number is None or _NAME.fullmatch(found[1]):
        return None
    return replace(number, unit=(found[2] or "").replace("\u00a0", " "))


def shown_day(text: str, language: str) -> date | None:
    """The day of "1 Juli 2022", or the first of the month of "Juli 2022" and "Jul 2022"; None for other text."""
    found = _DAY.fullmatch(text.strip())
    number = _months(language).get(found[2]) if found else None
    if found is None or number is None:
        return None
    try:
        return date(int(found[3]), number, int(found[1] or 1))
    except ValueError:
        return None


@cache
def _months(language: str) -> dict[str, int]:
    days = [date(2000, number, 1) for number in range(1, 13)]
    return {month(day, language, short=short).split()[0]: day.month for day in days for short in (False, True)}


def day_format(kind: str, language: str) -> str:
    """The format of a date or a month, with the names of the language."""
    return f"{_LOCALES[language]}{'d mmmm yyyy' if kind == 'date' else 'mmm yyyy'}"


def number_format(number: Shown, language: str) -> str:
    """The format that shows a number as it was shown: its decimals, thousands grouped, its sign.

    The separators are those of the language (1.234,5) in LibreOffice, and of the system in Excel."""
    shape = f"#,##0{'.' + '0' * number.digits if number.digits else ''}{'%' if number.percent else ''}"
    shape += f'" {number.unit}"' if number.unit else ""
    place = _LOCALES[language]
    return f"{place}+{shape};{place}-{shape};{place}{shape}" if number.signed else f"{place}{shape}"
