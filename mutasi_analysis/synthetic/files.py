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
    def names(self) -> Mapping[str, str] | pd.Series[str]: ...


def write_region(region: WritableRegion, profile: RegionProfile, raw_root: Path) -> list[Path]:
    """Write `raw_root/<slug>/…` in the region's style; the files written, SINTETIS.txt among them. Same tables, same bytes."""
    folder = raw_root / profile.slug
    folder.mkdir(parents=True, exist_ok=True)
    notice = folder / "SINTETIS.txt"
    notice.write_text(_NOTICE, "utf-8", newline="\n")
    writer = import_module(f"mutasi_analysis.synthetic.writers.{STYLES.get(profile.slug, 'tidy')}")
    names = {str(person): str(name) for person, name in region.names.items()}
    return [notice, *writer.write(region.tables, names, folder)]


def own_seed(slug: str, seed: int) -> int:
    """The seed of one region, the same whether it is written alone or with others (the rule of `mutasi demo`)."""
    order = list(STYLES)
    return seed + (order.index(slug) if slug in order else len(order))


def write_demo(profiles: Sequence[RegionProfile], raw_root: Path, seed: int) -> list[Path]:
    """Demonstration data of all given regions under `raw_root`, each with its `own_seed`."""
    from mutasi_analysis.synthetic import synthesize

    written: list[Path] = []
    for profile in profiles:
        written += write_region(synthesize(profile, seed=own_seed(profile.slug, seed)), profile, raw_root)
    return written
