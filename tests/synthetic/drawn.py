"""Regions drawn once for all tests of this folder."""

from __future__ import annotations

from functools import cache

import pandas as pd

from mutasi_analysis import load_profile
from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.synthetic import SyntheticRegion, synthesize

SLUGS = ("ampenan", "samarinda", "batanghari", "alak", "bungo")
SIZES = {"ampenan": 420, "samarinda": 4200, "batanghari": 3400, "alak": 380, "bungo": 3600}


@cache
def profile(slug: str) -> RegionProfile:
    return load_profile(slug)


@cache
def drawn(slug: str, seed: int = 20261121, scale: float = 1.0) -> SyntheticRegion:
    """One region at a fixed seed; callers must not change its frames."""
    return synthesize(profile(slug), seed=seed, scale=scale)


def serving_on(pegawai: pd.DataFrame, day: str) -> pd.Series:
    """Whether each person is in service on a day."""
    stamp = pd.Timestamp(day)
    return (pegawai["tmt_cpns"] <= stamp) & ~(pegawai["exit_date"] <= stamp).fillna(False)


def unit_on(region: SyntheticRegion, day: str) -> pd.Series:
    """person_id → unit on a day, replayed forwards: the origin of the first move, then every move up to the day."""
    pegawai = region.tables["pegawai"].set_index("person_id")["unit_id"].copy()
    moves = region.tables["mutasi"].sort_values("tmt")
    first = moves.drop_duplicates("person_id").set_index("person_id")["from_unit_id"]
    pegawai.loc[first.index] = first
    done = moves[moves["tmt"] <= pd.Timestamp(day)].drop_duplicates("person_id", keep="last").set_index("person_id")["to_unit_id"]
    pegawai.loc[done.index] = done
    return pegawai
