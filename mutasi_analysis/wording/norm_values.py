"""The value of a norm as a reader sees it: numbers in the report's language, bands as "> 1: A; ≥ 0,9: B; …"."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Hashable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from mutasi_analysis.norms import english
from mutasi_analysis.wording.numbers import MISSING, is_missing
from mutasi_analysis.wording.words import Words

if TYPE_CHECKING:
    import pandas as pd

#: a date as `str` writes it inside a list
_DATE = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")


#: parts of a value that only help to read data; no number of the law
_HELP = ("words",)


def norm_value(text: object, words: Words) -> str:
    """A value as `norms_table` writes it (the text of a number, list or table) in words; other text as it is."""
    value = _read(text)
    return str(text) if value is None else _told(value, words)


def norm_rows(norms: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The norms as rows for readers: `norm` names the family, `unit` is in words, and a value of several tables (the dimensions of
    an index, the axes of a map) has a row for each of them."""
    import pandas as pd

    rows = []
    for norm in norms.to_dict("records"):
        name, unit = _name(norm, words), words.label("norm_unit", norm["unit"])
        for part, value in _parts(_read(norm["value"])).items():
            code = f"{norm['family']}_{part}"
            own: dict[Hashable, Any] = {"norm": words("norm_part.name", norm=name, part=words.label("norm_key", part)), "value": str(value)}
            own |= {"unit": words.label("norm_part_unit", code)} if words.knows("norm_part_unit", code) else {}
            rows.append({**norm, "norm": name, "unit": unit, **(own if part else {})})
    return pd.DataFrame(rows, columns=["norm", *norms.columns])


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


def _name(norm: Mapping[Hashable, Any], words: Words) -> str:
    """The norm's family, and whom it is for where more than one is listed ("Waktu kerja efektif (tenaga kesehatan)")."""
    name, uses = words.label("family", norm["family"]), str(norm.get("use") or "").split()
    return words("norm_part.use", norm=name, use=words.listing([words.label("norm_use", use) for use in uses])) if uses else name


def _read(text: object) -> Any:
    """The value behind its text; None for text that is no value."""
    try:
        return ast.literal_eval(_DATE.sub(r"(\1, \2, \3)", str(text)))
    except (ValueError, SyntaxError):
        return None


def _parts(value: Any) -> dict[str, Any]:
    """What stands in a row of its own: the parts of a value of which two or more are tables; else all of it, under ""."""
    if not isinstance(value, dict):
        return {"": value}
    kept = {key: item for key, item in value.items() if key not in _HELP}
    return kept if sum(isinstance(item, dict | list) for item in kept.values()) > 1 else {"": value}


def _told(value: Any, words: Words, between: str = "; ") -> str:
    if isinstance(value, bool):
        return words("word.yes" if value else "word.no")
    if isinstance(value, int | float):
        return _number(value, words)
    if isinstance(value, dict):
        return _period(value, words) if {"start", "end"} <= set(value) else _table(value, words, between)
    if isinstance(value, list | tuple):
        return between.join(_item(item, words) for item in value)
    return words.label("norm_word", value)


def _item(item: Any, words: Words) -> str:
    if isinstance(item, str):
        return words.label("norm_key", item)
    return _band(item, words) if isinstance(item, dict) and "name" in item else _told(item, words)


def _period(period: dict[str, Any], words: Words) -> str:
    """Two days and what lies between them: "8 Januari 2020 sampai 26 Agustus 2021 (Pilkada 2020)"."""
    first, last = (words.date(dt.date(*period[end])) for end in ("start", "end"))
    label = f" ({words.label('norm_word', period['label'])})" if period.get("label") else ""
    return f"{words('word.interval', low=first, high=last)}{label}"


def _table(value: dict[str, Any], words: Words, between: str) -> str:
    """ "S3: 25; S2: 20"; bands need no name of their own; boxes of a grid stand by their number: "1: di bawah–di bawah"."""
    cells = value.get("cells", {})
    boxes = [f"{_told(box, words)}: {'–'.join(words.label('norm_word', side) for side in key.split('-'))}" for key, box in cells.items()]
    alike: dict[str, list[str]] = {}
    for key, item in value.items():
        if key not in (*_HELP, "cells"):
            alike.setdefault(item if isinstance(item, str) else key, []).append(key)
    joint = ": " if between == "; " else " "
    told = [
        _told(value[keys[0]], words)
        if keys == ["bands"]
        else f"{', '.join(words.label('norm_key', key) for key in keys)}{joint}{_told(value[keys[0]], words, ', ')}"
        for keys in alike.values()
    ]
    return between.join([*told, *boxes])


def _band(band: dict[str, Any], words: Words) -> str:
    """ "≥ 0,9: B (Baik)"; a band named by points: "≥ 91: 30 poin"."""
    label = f" ({words.label('norm_word', band['label'])})" if band.get("label") else ""
    name = words.label("norm_word", band["name"])
    name = words("norm_part.points", n=name) if name.isdigit() else name
    if "lower" not in band:
        return f"{words('norm_part.rest')}: {name}{label}"
    sign = "≥" if band.get("includes_lower", True) else ">"
    return f"{sign}\u00a0{_number(band['lower'], words)}: {name}{label}"


def _number(value: float, words: Words) -> str:
    """As many decimals as the number needs, up to four."""
    digits = next((d for d in range(4) if round(value, d) == value), 4)
    return words.number(value, digits)
