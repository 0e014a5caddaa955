"""The value of a norm as a reader sees it: numbers in the report's language, tables of bands as "A > 1; B ≥ 0,9; …"."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from mutasi_analysis.norms import english
from mutasi_analysis.wording.numbers import MISSING, is_missing
from mutasi_analysis.wording.words import Words

#: a date as `str` writes it inside a list
_DATE = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")


def norm_value(text: object, words: Words) -> str:
    """A value as `norms_table` writes it (the text of a number, list or table) in words; other text as it is."""
    try:
        value = ast.literal_eval(_DATE.sub(r"(\1, \2, \3)", str(text)))
    except (ValueError, SyntaxError):
        return str(text)
    return _told(value, words)


def norm_text(text: object, words: Words) -> str:
    """The reference or note of a norm in the report's language; other text as it is, what is missing as a dash."""
    if is_missing(text):
        return MISSING
    return english().get(str(text), str(text)) if words.language == "en" else str(text)


def norms_told(norms: Iterable[Mapping[str, Any]], words: Words) -> list[dict[str, Any]]:
    """Norms as a manifest names them, with unit, reference and note in the report's language; values stay as they are."""
    told = {
        "unit": partial(words.label, "norm_unit"),
        "reference": partial(norm_text, words=words),
        "note": partial(norm_text, words=words),
    }
    return [{key: told[key](value) if value and key in told else value for key, value in norm.items()} for norm in norms]


def _told(value: Any, words: Words) -> str:
    if isinstance(value, bool):
        return words("word.yes" if value else "word.no")
    if isinstance(value, int | float):
        return _number(value, words)
    if isinstance(value, dict):
        return _period(value, words) if {"start", "end"} <= set(value) else _band(value, words) if "name" in value else _table(value, words)
    if isinstance(value, list | tuple):
        return "; ".join(_told(item, words) for item in value)
    return words.label("norm_word", value)


def _period(period: dict[str, Any], words: Words) -> str:
    """Two days and what lies between them: "8 Januari 2020 sampai 26 Agustus 2021 (Pilkada 2020)"."""
    first, last = (words.date(dt.date(*period[end])) for end in ("start", "end"))
    label = f" ({period['label']})" if period.get("label") else ""
    return f"{words('word.interval', low=first, high=last)}{label}"


def _table(value: dict[str, Any], words: Words) -> str:
    return "; ".join(f"{words.label('norm_key', key)} {_told(item, words)}" for key, item in value.items())


def _band(band: dict[str, Any], words: Words) -> str:
    label = f" ({band['label']})" if band.get("label") else ""
    name = words.label("norm_word", band["name"])
    if "lower" not in band:
        return f"{name} {words('norm_key.rest')}{label}"
    sign = "≥" if band.get("includes_lower", True) else ">"
    return f"{name} {sign} {_number(band['lower'], words)}{label}"


def _number(value: float, words: Words) -> str:
    """As many decimals as the number needs, up to four."""
    digits = next((d for d in range(4) if round(value, d) == value), 4)
    return words.number(value, digits)
