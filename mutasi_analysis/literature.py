"""Published estimates that a report may set its own beside: read from parameters/literature.toml, each with where it was read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from mutasi_analysis.errors import NormError

STATUSES = ("verified", "unverified")
LANGUAGES = ("id", "en")
_TEXTS = ("key", "authors", "title", "journal", "read", "status")
_BOTH = ("setting", "change", "outcome", "unit", "not_comparable")
_NUMBERS = ("estimate", "std_error", "low", "high")


@dataclass(frozen=True, slots=True)
class PublishedEffect:
    """One printed result.

    key: of the BibTeX entry; setting, change, outcome: where, what was changed, what was measured, by language; estimate: as printed,
    None where only words or a range are printed; low, high: the printed range or 95 % interval (range_is says which: "interval" or
    "range"); unit: of the numbers; compares_with: our outcomes of the same kind, on an axis of their own;
    not_comparable: why it cannot stand beside others; read: the page where the numbers were read; status: "verified" when read in the
    paper or its own abstract.
    """

    key: str
    authors: str
    year: int
    title: str
    journal: str
    reference: str
    doi: str
    setting: Mapping[str, str]
    change: Mapping[str, str]
    outcome: Mapping[str, str]
    estimate: float | None
    std_error: float | None
    low: float | None
    high: float | None
    range_is: str
    unit: Mapping[str, str]
    compares_with: tuple[str, ...]
    not_comparable: Mapping[str, str]
    read: str
    status: str

    @property
    def short(self) -> str:
        """Family names and year, as cited in a text."""
        names = [name.split(",")[0] for name in self.authors.split(" and ")]
        shown = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
        return f"{shown} ({self.year})"


def parse_literature(text: str) -> dict[str, PublishedEffect]:
    """The entries of one TOML text: an array `published` of tables, by key. Raises NormError naming entry and key."""
    found: dict[str, PublishedEffect] = {}
    entry: dict[str, Any]
    for entry in tomllib.loads(text).get("published", []):
        _check(entry)
        if entry["id"] in found:
            raise NormError(f"parameters/literature.toml: entry {entry['id']} stands twice")
        numbers: dict[str, Any] = {name: None if entry.get(name) is None else float(entry[name]) for name in _NUMBERS}
        both: dict[str, Any] = {name: MappingProxyType(dict(entry.get(name, {"id": "", "en": ""}))) for name in _BOTH}
        found[entry["id"]] = PublishedEffect(
            **{name: entry[name] for name in _TEXTS},
            year=int(entry["year"]),
            reference=entry.get("reference", ""),
            doi=entry.get("doi", ""),
            range_is=entry.get("range_is", ""),
            compares_with=tuple(entry.get("compares_with", ())),
            **numbers,
            **both,
        )
    return found


@cache
def load_literature() -> Mapping[str, PublishedEffect]:
    """Every entry of parameters/literature.toml, in its order."""
    path = files("mutasi_analysis") / "parameters" / "literature.toml"
    return MappingProxyType(parse_literature(path.read_text(encoding="utf-8")))


def _check(entry: Mapping[str, Any]) -> None:
    place = f"parameters/literature.toml, entry {entry.get('id', '?')}"
    for key in ("id", *_TEXTS, "year"):
        if entry.get(key) in (None, ""):
            raise NormError(f"{place}: '{key}' is missing")
    if entry["status"] not in STATUSES:
        raise NormError(f"{place}: status must be one of {', '.join(STATUSES)}")
    for key in ("setting", "change", "outcome", "unit"):
        if any(not entry.get(key, {}).get(language) for language in LANGUAGES):
            raise NormError(f"{place}: '{key}' needs a text in {' and '.join(LANGUAGES)}")
    if not entry.get("compares_with") and any(not entry.get("not_comparable", {}).get(language) for language in LANGUAGES):
        raise NormError(f"{place}: without compares_with it needs the reason, 'not_comparable'")
    low, high = entry.get("low"), entry.get("high")
    if (low is None) != (high is None) or (low is not None and low > high):
        raise NormError(f"{place}: low and high are a pair, low first")
    if low is not None and entry.get("range_is") not in ("interval", "range"):
        raise NormError(f"{place}: range_is must say whether low and high are an 'interval' or a 'range'")
