"""What the demonstration data start from: true places and invented sizes, read from parameters/synthetic/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mutasi_analysis.errors import UsageError

_SHARED = ("posts", "offices", "process")


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One kecamatan: Kemendagri code, name, centroid (degrees), number of kelurahan and their names where known."""

    code: str
    name: str
    lat: float
    lng: float
    kelurahan_count: int
    kelurahan: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """How a region moves people.

    annual_share: movers a year inside the programme window, as a share of those who serve the whole period; outside_share:
    the same in the years before and after; second_share: movers who move once more; need_pull: how strongly moves go from
    over- to understaffed units (0 = not at all); match_care: share of moves whose post is chosen for the match;
    match_pull: how strongly those who fit their post badly are chosen; index_sd: spread of the log workload index over units at the start.
    """

    annual_share: float
    outside_share: float
    second_share: float
    need_pull: float
    match_care: float
    match_pull: float
    index_sd: float


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """One demonstration region.

    effects: true mean effects by outcome (`output_percent` in points, `latent` of the rating in standard deviations,
    `match_slope` in points of output per point of JPM gained, service indicators in their own unit); absent: optional
    tables the region does not supply; complaint_kinds: unit kinds that record complaint days (empty: the usual);
    complaint_register: complaints are sent one by one with their dates, so that their means are those of whole days.
    """

    slug: str
    government: str
    kecamatan: tuple[Kecamatan, ...]
    puskesmas: tuple[str, ...]
    persons: int
    schools_sd: int
    schools_smp: int
    uptd: int
    rsud: str
    offices: bool
    outside: str
    outside_share: float
    programme: Programme
    effects: Mapping[str, float]
    absent: tuple[str, ...]
    indicators: tuple[str, ...]
    complaint_kinds: tuple[str, ...]
    complaint_register: bool


@cache
def shared(name: str) -> dict[str, Any]:
    """One of the files all regions share: posts, offices or process. Callers must not change it."""
    path = files("mutasi_analysis") / "parameters" / "synthetic" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def demonstration_regions() -> tuple[str, ...]:
    """Slugs of the regions that have demonstration data, sorted."""
    folder = files("mutasi_analysis") / "parameters" / "synthetic"
    names = (path.name.removesuffix(".toml") for path in folder.iterdir() if path.name.endswith(".toml"))
    return tuple(sorted(name for name in names if name not in _SHARED))


@cache
def load_facts(slug: str) -> RegionFacts:
    """The facts of one region. Raises UsageError naming the regions that have demonstration data."""
    if slug not in demonstration_regions():
        raise UsageError(f"Tidak ada data contoh untuk '{slug}'; ada untuk: {', '.join(demonstration_regions())}")
    raw = shared(slug)
    places, size, tables = raw["places"], raw["size"], raw["tables"]
    return RegionFacts(
        slug=slug,
        government=places["government"],
        kecamatan=tuple(_kecamatan(entry) for entry in places["kecamatan"]),
        puskesmas=tuple(places["puskesmas"]),
        programme=Programme(**raw["programme"]),
        effects=raw["effects"],
        absent=tuple(tables["absent"]),
        indicators=tuple(tables["indicators"]),
        complaint_kinds=tuple(tables["complaint_kinds"]),
        complaint_register=bool(tables.get("complaint_register", False)),
        **size,
    )


def _kecamatan(entry: dict[str, Any]) -> Kecamatan:
    return Kecamatan(**{**entry, "kelurahan": tuple(entry.get("kelurahan", ()))})
