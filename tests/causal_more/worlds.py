"""Panels with a known truth, and the mpdta file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

NAMES = {"outcome": "y", "unit": "u", "period": "t", "cohort": "g"}
MPDTA_NAMES = {"outcome": "lemp", "unit": "countyreal", "period": "year", "cohort": "first.treat"}
YEARS = np.arange(2020, 2026)


def mpdta() -> pd.DataFrame:
    """County employment, 500 counties × 2003-2007 (Callaway and Sant'Anna 2021; R package did)."""
    path = Path(__file__).parents[2] / ".." / "shared" / "data" / "mpdta.csv"
    if not path.exists():
        pytest.skip("../shared/data/mpdta.csv is absent")
    return pd.read_csv(path)


def panel(cohorts: list[int], *, effect: float = 0.0, dip: float = 0.0, noise: float = 1.0, seed: int = 0) -> pd.DataFrame:
    """Six years; one entry of `cohorts` per unit (0 = never); effect from the cohort's year on, dip two years before it."""
    rng = np.random.default_rng(seed)
    g = np.array(cohorts)
    y = rng.normal(0, 1, (g.size, 1)) + 0.2 * (YEARS - 2020) + noise * rng.normal(0, 1, (g.size, YEARS.size))
    y += effect * ((g > 0)[:, None] & (g[:, None] <= YEARS)) + dip * ((g > 0)[:, None] & (g[:, None] - 2 == YEARS))
    return long(y, g)


def long(y: np.ndarray, g: np.ndarray) -> pd.DataFrame:
    """Units × years as a long frame u, t, g, y."""
    n, periods = y.shape
    years = YEARS[:periods]
    return pd.DataFrame({"u": np.repeat(np.arange(n), periods), "t": np.tile(years, n), "g": np.repeat(g, periods), "y": y.ravel()})
