"""A number as shown in a report, back as a number with the format that shows it the same way in a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPES = {
    "id": re.compile(r"([+−-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(%?)"),
    "en": re.compile(r"([+−-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)"),
}
#: Windows' number of the language whose separators a format follows where the program allows it
_LOCALES = {"id": "[$-421]", "en": "[$-809]"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A shown number. signed: a plus sign stood before it; percent: a percent sign behind it, and the value is a share."""

    value: float
    digits: int
    signed: bool
    percent: bool


def shown_number(text: str, language: str) -> Shown | None:
    """The number that a text of the language shows; None where it shows none ("*", "–", "< 5")."""
    found = _SHAPES[language].fullmatch(text.strip())
    if found is None:
        return None
    sign, whole, decimals, percent = found.groups()
    value = float(f"{re.sub(r'[.,]', '', whole)}.{decimals or '0'}")
    value = value / 100 if percent else value
    return Shown(-value if sign in ("−", "-") else value, len(decimals or ""), sign == "+", bool(percent))


def number_format(number: Shown, language: str) -> str:
    """The format that shows a number as it was shown: its decimals, thousands grouped, its sign.

    The separators are those of the language (1.234,5) in LibreOffice, and of the system in Excel."""
    shape = f"#,##0{'.' + '0' * number.digits if number.digits else ''}{'%' if number.percent else ''}"
    place = _LOCALES[language]
    return f"{place}+{shape};{place}-{shape};{place}{shape}" if number.signed else f"{place}{shape}"
