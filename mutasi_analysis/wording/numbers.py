"""Numbers and dates as text of a language. Indonesian: 1.234,5; English: 1,234.5. What is missing is an en dash."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

MISSING = "–"
#: types of None and of pandas' NA and NaT, by name: pandas itself is not needed to write a number
_NOTHING = ("NoneType", "NAType", "NaTType")
MINUS = "−"
_SWAP = str.maketrans({",": ".", ".": ","})
_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_SHORT = {"id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des", "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"}


def is_missing(value: Any) -> bool:
    """Whether a scalar is None, NaN, NA, NaT or infinite."""
    if isinstance(value, float):
        return not math.isfinite(value)
    return type(value).__name__ in _NOTHING


def hides_sign(low: Any, high: Any, digits: int) -> bool:
    """Whether an interval that lies on one side of zero would be written with an end at zero."""
    if is_missing(low) or is_missing(high) or float(low) * float(high) <= 0:
        return False
    return round(float(low), digits) == 0 or round(float(high), digits) == 0


def interval_digits(low: Any, high: Any, digits: int) -> int:
    """Decimals of both ends of an interval: up to two more where rounding would write an end as zero that is not."""
    for _ in range(2):
        digits += hides_sign(low, high, digits)
    return digits


def rounds_apart(before: Any, after: Any, difference: Any, digits: int) -> bool:
    """Whether a difference, rounded, is not the one of its two rounded ends, so that a reader's sum would not come out."""
    if any(is_missing(value) for value in (before, after, difference)):
        return False
    printed = round(float(after), digits) - round(float(before), digits)
    return abs(printed - round(float(difference), digits)) > 0.5 * 10.0**-digits


def number(value: Any, digits: int, language: str) -> str:
    """1234.5 → "1.234,5" (id) or "1,234.5" (en); a true minus sign; never "−0"."""
    if is_missing(value):
        return MISSING
    text = f"{abs(float(value)):,.{digits}f}"
    negative = float(value) < 0 and any(figure in "123456789" for figure in text)
    if language == "id":
        text = text.translate(_SWAP)
    return f"{MINUS}{text}" if negative else text


def whole(value: Any, language: str) -> str:
    """The nearest whole number, a half upwards, as readers round: 30.5 → "31"."""
    return MISSING if is_missing(value) else number(math.floor(float(value) + 0.5), 0, language)


def signed(value: Any, digits: int, language: str) -> str:
    """As `number`, with "+" before what is above zero."""
    text = number(value, digits, language)
    positive = not is_missing(value) and float(value) > 0 and any(figure in "123456789" for figure in text)
    return f"+{text}" if positive else text


def day(value: date, language: str) -> str:
    """2022-07-01 → "1 Juli 2022" (id), "1 July 2022" (en)."""
    return f"{value.day} {_MONTHS[language].split()[value.month - 1]} {value.year}"


def month(value: date, language: str, *, short: bool = False) -> str:
    """2022-07-01 → "Juli 2022", short "Jul 2022"."""
    names = _SHORT[language].split() if short else _MONTHS[language].split()
    return f"{names[value.month - 1]} {value.year}"
