"""Saved results of invented regions: only the frames that a comparison reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

LEVELS = ("kota", "kabupaten", "kecamatan")


@dataclass(frozen=True)
class Saved:
    regions: pd.DataFrame
    frames: Mapping[str, pd.DataFrame]


def saved(effects: dict[str, list[tuple[float | None, float | None]]], *, primary: str = "output_percent") -> Saved:
    """effects: outcome → (estimate, std_error) of each region; outcomes of performance are output_percent and rating_ridit."""
    n = max(len(rows) for rows in effects.values())
    names = [f"Wilayah {i:03d}" for i in range(n)]
    regions = pd.DataFrame(
        {
            "slug": [f"w{i:03d}" for i in range(n)], "code": [f"{i:05d}" for i in range(n)], "name": names,
            "level": [LEVELS[i % 3] for i in range(n)], "question": "programme", "as_of": "2025-12-31", "synthetic": True,
            "minimum_cell": 5, "primary": primary, "missing": "",
        }
    )  # fmt: skip
    frames = {"facts": _facts(regions)}
    for section, wanted in (("performance", ("output_percent", "rating_ridit")), ("service", ("ikm", "hari_pengaduan"))):
        rows = [(code, i, y, s) for code in wanted for i, (y, s) in enumerate(effects.get(code, []))]
        if rows:
            frames |= _frames(section, rows, regions)
    return Saved(regions, frames)


def _facts(regions: pd.DataFrame) -> pd.DataFrame:
    values = {"persons": 2000.0, "units": 40.0, "moves": 100.0, "first_year": 2020.0, "last_year": 2025.0}
    rows = [(s, n, lv, f, v + (7 * i if f == "moves" else 0)) for i, (s, n, lv) in enumerate(_where(regions)) for f, v in values.items()]
    return pd.DataFrame(rows, columns=["slug", "region", "level", "fact", "value"])


def _where(regions: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(regions[["slug", "name", "level"]].itertuples(index=False, name=None))


def _frames(section: str, rows: list[tuple[str, int, float | None, float | None]], regions: pd.DataFrame) -> dict[str, pd.DataFrame]:
    where = _where(regions)
    effects, verdicts = [], []
    for code, i, y, s in rows:
        slug, name, level = where[i]
        low, high = (np.nan, np.nan) if y is None or s is None else (y - 1.96 * s, y + 1.96 * s)
        base = {"slug": slug, "region": name, "level": level, "outcome": code, "estimate": y, "conf_low": low, "conf_high": high}
        p_value = 0.04 if y is not None and s else np.nan
        if y is not None:
            effects.append({**base, "term": "overall_group", "std_error": s, "p_value": p_value, "n_units": 50.0 + i})
            for event_time in (-2, -1, 0, 1):
                effects.append({**base, "term": "event", "event_time": event_time, "std_error": s, "n_units": 50.0 + i})
        verdict, reason = ("found", "interval_excludes_zero") if y is not None else ("cannot_tell", "no_comparators")
        verdicts.append({**base, "verdict": verdict, "reason": reason, "mde": 1.0, "n_moved": 50.0, "n_compared": 60.0})
    columns = [
        "slug", "region", "level", "outcome", "term", "cohort", "period", "event_time", "estimate", "std_error",
        "conf_low", "conf_high", "p_value", "n_units", "method",
    ]  # fmt: skip
    return {f"{section}_effects": pd.DataFrame(effects).reindex(columns=columns), f"{section}_verdicts": pd.DataFrame(verdicts)}
