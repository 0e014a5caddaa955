"""The value of a norm as a reader sees it: numbers in the report's language, tables of bands as "A > 1; B ≥ 0,9; …"."""

from __future__ import annotations

import ast
from typing import Any

from mutasi_analysis.wording.words import Words


def norm_value(text: object, words: Words) -> str:
    """A value as `norms_table` writes it (the text of a number, list or table) in words; other text as it is."""
    try:
        value = ast.literal_eval(str(text))
    except (ValueError, SyntaxError):
        return str(text)
    return _told(value, words)


def _told(value: Any, words: Words) -> str:
    if isinstance(value, bool):
        return words("word.yes" if value else "word.no")
    if isinstance(value, int | float):
        return _number(value, words)
    if isinstance(value, dict):
        return _band(value, words) if "name" in value else _table(value, words)
    if isinstance(value, list | tuple):
        return "; ".join(_told(item, words) for item in value)
    return str(value)


def _table(value: dict[str, Any], words: Words) -> str:
    return "; ".join(f"{words.label('norm_key', key)} {_told(item, words)}" for key, item in value.items())


def _band(band: dict[str, Any], words: Words) -> str:
    label = f" ({band['label']})" if band.get("label") else ""
    if "lower" not in band:
        return f"{band['name']} {words('norm_key.rest')}{label}"
    sign = "≥" if band.get("includes_lower", True) else ">"
    return f"{band['name']} {sign} {_number(band['lower'], words)}{label}"


def _number(value: float, words: Words) -> str:
    """As many decimals as the number needs, up to four."""
    digits = next((d for d in range(4) if round(value, d) == value), 4)
    return words.number(value, digits)
