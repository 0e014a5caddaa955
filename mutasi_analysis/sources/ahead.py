"""A region that another process has read already, kept for the `load_region` that asks for it.

What was read is given out once, to the same profile and folder, and only while every file is as it was: else it is
forgotten and the files are read as always.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mutasi_analysis.entities import RegionData
from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.sources.pseudonyms import KEY_NAME

#: path, bytes, nanoseconds of the last change
Seen = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """profile, root: what was asked for; seen: the files as they were before they were read; data: what they hold."""

    profile: RegionProfile
    root: str
    seen: Seen
    data: RegionData


_kept: list[ReadAhead] = []


def files_seen(profile: RegionProfile, root: Path) -> Seen:
    """Size and time of change of every file that reading a region may open."""
    paths = [root / KEY_NAME, *sorted((root / "raw" / profile.slug).rglob("*"))]
    found = [(path, path.stat()) for path in paths if path.is_file()]
    return tuple((str(path), facts.st_size, facts.st_mtime_ns) for path, facts in found)


def keep(read: ReadAhead) -> None:
    """Keep what was read until it is asked for."""
    _kept[:] = [read]


def take(profile: RegionProfile, root: Path) -> RegionData | None:
    """What was read of this region; None where nothing was, or a file has changed since."""
    if not _kept or (_kept[0].profile, _kept[0].root) != (profile, str(root)):
        return None
    read = _kept.pop()
    return read.data if files_seen(profile, root) == read.seen else None
