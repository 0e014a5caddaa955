"""Seconds of the exact core against diff-diff on the same panel in the same run, and how far their numbers lie apart.

    python benchmarks/causal_speed.py --units 200000 --periods 10

Prints one table: wall and CPU seconds (best of --repeat; on a busy machine set
OPENBLAS_NUM_THREADS=1 and read the CPU column), ratios, largest difference of ATT(g,t) and of its standard errors.
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


def timed(work: Callable[[], Any], repeat: int) -> tuple[Any, float, float]:
    """Result, best wall seconds and best CPU seconds (the steadier of the two on a shared machine)."""
    wall, cpu = [], []
    for _ in range(repeat):
        starts = time.perf_counter(), time.process_time()
        result = work()
        wall.append(time.perf_counter() - starts[0])
        cpu.append(time.process_time() - starts[1])
    return result, min(wall), min(cpu)


def with_events(panel: pd.DataFrame) -> Any:
    from diff_diff import CallawaySantAnna

    result = CallawaySantAnna().fit(panel, outcome="y", unit="id", time="t", first_treat="g")
    result.aggregate("event_study")
    return result


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
    panel = simulated(given.units, given.periods, given.seed)
    mixed = panel.sample(frac=1, random_state=given.seed).reset_index(drop=True)
    ours, *sorted_ = timed(lambda: causal.group_time_att(panel, **NAMES), given.repeat)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _, *any_order = timed(lambda: causal.group_time_att(mixed, **NAMES), given.repeat)
    with_events(panel[panel["id"] < 200])  # warm up
    other, *theirs = timed(lambda: with_events(panel), given.repeat)
    estimate, error = apart(ours, other.group_time_effects)
    print(f"{given.units:,} units x {given.periods} periods, {len(ours.table)} rows of effects, best of {given.repeat}")
    print(f"{'':32}{'wall s':>10}{'ratio':>8}{'CPU s':>10}{'ratio':>8}")
    for name, (wall, cpu) in (
        ("core, rows sorted by unit", sorted_),
        ("core, rows in any order", any_order),
        ("diff-diff (cells, event study)", theirs),
    ):
        print(f"{name:32}{wall:>10.3f}{wall / sorted_[0]:>8.1f}{cpu:>10.3f}{cpu / sorted_[1]:>8.1f}")
    print(f"largest difference: estimate {estimate:.1e}, standard error {error:.1e}; peak memory before diff-diff {memory:,.0f} MB")


if __name__ == "__main__":
    main()
