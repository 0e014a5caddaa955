"""Our regions among what others found: only where the unit allows it."""

from __future__ import annotations

from dataclasses import dataclass

from mutasi_analysis.literature import PublishedEffect, load_literature


@dataclass(frozen=True, slots=True)
class Published:
    """comparable: entries in the unit of the outcome; other: all the rest, each with its reason."""

    comparable: tuple[PublishedEffect, ...]
    other: tuple[PublishedEffect, ...]


def published(code: str) -> Published:
    """The library split by whether an entry may stand beside an outcome of ours."""
    known = tuple(load_literature().values())
    return Published(tuple(e for e in known if code in e.compares_with), tuple(e for e in known if code not in e.compares_with))
