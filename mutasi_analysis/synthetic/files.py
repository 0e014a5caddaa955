"""The raw files of the demonstration regions, each region in the style of its agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

import pandas as pd

from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.synthetic.writers.layout import MARK

#: slug → module of synthetic.writers; every other region is written tidy
STYLES: Mapping[str, str] = {"samarinda": "siasn", "ampenan": "semicolon", "batanghari": "forms", "bungo": "monthly", "alak": "tidy"}
_NOTICE = f"{MARK}\n\nDibuat oleh mutasi_analysis untuk contoh dan pengujian. Tidak ada orang, unit atau nilai yang nyata.\n"


class WritableRegion(Protocol):
    """What the writers need of a synthetic region: conformed tables with NIP as person_id, and NIP → name."""

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]: ...

    @property
    def names(self) -> Mapping[str, str]: ...


def write_region(region: WritableRegion, profile: RegionProfile, raw_root: Path) -> list[Path]:
    """Write `raw_root/<slug>/…` in the region's style; the files written, SINTETIS.txt among them. Same tables, same bytes."""
    folder = raw_root / profile.slug
    folder.mkdir(parents=True, exist_ok=True)
    notice = folder / "SINTETIS.txt"
    notice.write_text(_NOTICE, "utf-8", newline="\n")
    writer = import_module(f"mutasi_analysis.synthetic.writers.{STYLES.get(profile.slug, 'tidy')}")
    return [notice, *writer.write(region.tables, region.names, folder)]


def write_demo(profiles: Sequence[RegionProfile], raw_root: Path, seed: int) -> list[Path]:
    """Demonstration data of all given regions under `raw_root`; each region has a seed of its own, made from `seed`."""
    from mutasi_analysis.synthetic import synthesize

    written: list[Path] = []
    for number, profile in enumerate(profiles):
        written += write_region(synthesize(profile, seed=seed + number), profile, raw_root)
    return written
