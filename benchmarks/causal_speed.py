"""Seconds of the exact core against diff-diff on the same panel in the same run, and how far their numbers lie apart.

    python benchmarks/causal_speed.py --units 200000 --periods 10

Prints one table: wall and CPU seconds of both on the same rows (ours best of --repeat; on a busy machine set
OPENBLAS_NUM_THREADS=1 and read the CPU columns), ratios, largest difference of ATT(g,t) and of its standard errors;
for rows sorted by unit, in any order, and in any order with ids of text.
Needs the extra `estimators`.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator
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


def orders(panel: pd.DataFrame, seed: int) -> Iterator[tuple[str, pd.DataFrame]]:
    """The same panel as files come: rows by unit, rows in any order, and with ids of text (18 characters) in any order."""
    yield "rows sorted by unit", panel
    mixed = panel.sample(frac=1, random_state=seed).reset_index(drop=True)
    yield "rows in any order", mixed
    yield "text ids, rows in any order", mixed.assign(id="19" + mixed["id"].astype(str).str.zfill(16))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--units", type=int, default=200_000)
    options.add_argument("--periods", type=int, default=10)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    panel = simulated(given.units, given.periods, given.seed)
    ours = causal.group_time_att(panel, **NAMES)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with_events(panel[panel["id"] < 200])  # warm up
    print(f"{given.units:,} units x {given.periods} periods, {len(ours.table)} rows of effects, best of {given.repeat} (diff-diff: 1)")
    print(f"{'':32}{'core wall s':>12}{'CPU s':>8}{'diff-diff wall s':>18}{'CPU s':>8}{'ratio wall':>12}{'CPU':>8}")
    for name, rows in orders(panel, given.seed):
        again, *core = timed(lambda rows=rows: causal.group_time_att(rows, **NAMES), given.repeat)
        other, *theirs = timed(lambda rows=rows: with_events(rows), 1)
        ratios = f"{theirs[0] / core[0]:>12.1f}{theirs[1] / core[1]:>8.1f}"
        print(f"{name:32}{core[0]:>12.3f}{core[1]:>8.3f}{theirs[0]:>18.3f}{theirs[1]:>8.3f}{ratios}", flush=True)
        estimate, error = apart(again, other.group_time_effects)
        print(f"{'  largest difference':32}estimate {estimate:.1e}, standard error {error:.1e}")
    print(f"peak memory of the core on sorted rows, panel included: {memory:,.0f} MB")


if __name__ == "__main__":
    main()
