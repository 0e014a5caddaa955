"""Seconds of the exact core against diff-diff on the same panel in the same run, and how far their numbers lie apart.

    python benchmarks/causal_speed.py --units 200000 --periods 10

Prints one table: seconds (best of --repeat), ratio, largest difference of ATT(g,t) and of its standard errors.
Needs the extra `estimators`.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis import causal
from mutasi_analysis.estimate import EffectTable

NAMES = {"outcome": "y", "unit": "id", "period": "t", "cohort": "g"}


def simulated(units: int, periods: int, seed: int) -> pd.DataFrame:
    """Balanced panel sorted by unit and period; four cohorts of 15 % each and 40 % never treated, effect 0.5."""
    rng = np.random.default_rng(seed)
    starts = np.array([0, *np.linspace(periods * 0.4, periods, 4).astype(int)])
    cohort = rng.choice(starts, size=units, p=[0.4, 0.15, 0.15, 0.15, 0.15])
    time_ = np.arange(1, periods + 1)
    after = (cohort[:, None] > 0) & (time_ >= cohort[:, None])
    y = rng.normal(size=(units, 1)) + 0.1 * time_ + 0.5 * after + rng.normal(size=(units, periods))
    return pd.DataFrame(
        {"id": np.repeat(np.arange(units), periods), "t": np.tile(time_, units), "g": np.repeat(cohort, periods), "y": y.ravel()}
    )


def timed(work: Callable[[], Any], repeat: int = 1) -> tuple[Any, float]:
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return result, min(seconds)


def apart(ours: EffectTable, theirs: dict[tuple[int, int], dict[str, float]]) -> tuple[float, float]:
    """Largest absolute differences of estimates and of standard errors over all ATT(g,t)."""
    cells = ours.table[ours.table["term"] == "att_gt"]
    other = [theirs[int(row.cohort), int(row.period)] for row in cells.itertuples()]
    gaps = (
        np.abs(cells[mine].to_numpy() - [one[name] for one in other]).max() for mine, name in (("estimate", "effect"), ("std_error", "se"))
    )
    estimate, error = gaps
    return float(estimate), float(error)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--units", type=int, default=200_000)
    options.add_argument("--periods", type=int, default=10)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    from diff_diff import CallawaySantAnna

    panel = simulated(given.units, given.periods, given.seed)
    mixed = panel.sample(frac=1, random_state=given.seed).reset_index(drop=True)
    ours, sorted_seconds = timed(lambda: causal.group_time_att(panel, **NAMES), given.repeat)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _, mixed_seconds = timed(lambda: causal.group_time_att(mixed, **NAMES), given.repeat)
    CallawaySantAnna().fit(panel[panel["id"] < 200], outcome="y", unit="id", time="t", first_treat="g")  # warm up
    other, their_seconds = timed(lambda: CallawaySantAnna().fit(panel, outcome="y", unit="id", time="t", first_treat="g"), given.repeat)
    estimate, error = apart(ours, other.group_time_effects)
    print(f"{given.units:,} units x {given.periods} periods, {len(ours.table)} rows of effects, one process")
    print(f"{'':32}{'seconds':>10}{'ratio':>8}")
    print(f"{'core, rows sorted by unit':32}{sorted_seconds:>10.3f}{1.0:>8.1f}")
    print(f"{'core, rows in any order':32}{mixed_seconds:>10.3f}{mixed_seconds / sorted_seconds:>8.1f}")
    print(f"{'diff-diff (cells and simple)':32}{their_seconds:>10.3f}{their_seconds / sorted_seconds:>8.1f}")
    print(f"largest difference: estimate {estimate:.1e}, standard error {error:.1e}; peak memory before diff-diff {memory:,.0f} MB")


if __name__ == "__main__":
    main()
