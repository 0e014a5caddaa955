"""Panels for the tests of effects."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

MPDTA = Path(__file__).parents[2] / ".." / "shared" / "data" / "mpdta.csv"


@pytest.fixture(scope="session")
def mpdta() -> pd.DataFrame:
    """County employment, 500 counties × 2003-2007 (Callaway and Sant'Anna 2021; R package did)."""
    if not MPDTA.exists():
        pytest.skip("../shared/data/mpdta.csv is absent")
    return pd.read_csv(MPDTA)


def staggered(sizes: dict[float, int], periods: list[float], *, effect: float = 1.0, seed: int = 0, noise: float = 1.0) -> pd.DataFrame:
    """Long frame with columns id, t, g, y, region: cohorts of the given sizes (0 = never), a common trend, an effect from g on."""
    rng = np.random.default_rng(seed)
    rows = []
    for g, count in sizes.items():
        for _ in range(count):
            unit, level = len(rows) // len(periods), rng.normal()
            for t in periods:
                y = level + 0.3 * t + effect * (0 < g <= t) + noise * rng.normal()
                rows.append((unit, t, g, y, unit % 7))
    return pd.DataFrame(rows, columns=["id", "t", "g", "y", "region"])


NAMES = {"outcome": "y", "unit": "id", "period": "t", "cohort": "g"}
