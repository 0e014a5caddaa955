"""Need, index and balance of many tasks, as a ratio to the same sums in plain NumPy `bincount` in the same run.

python benchmarks/workload_speed.py --tasks 5000000 --units 100000
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from mutasi_analysis.metrics import abk, balance
from mutasi_analysis.metrics.workload import workload_index

EFFECTIVE_MINUTES_Y = 75_000.0


def ours(volume: np.ndarray, norm: np.ndarray, unit: np.ndarray, available: np.ndarray) -> tuple[float, ...]:
    load = abk.unit_minutes(volume, norm, unit).sort_index()
    required = abk.need_by_task(load, effective_minutes_y=EFFECTIVE_MINUTES_Y)
    index = workload_index(required, pd.Series(available, index=load.index))
    return (
        float(np.asarray(index).mean()),
        balance.gini(index, weights=available),
        balance.theil(index, weights=available).total,
        balance.imbalance(required, available),
        balance.index_rmse(required, available),
    )


def plain(volume: np.ndarray, norm: np.ndarray, unit: np.ndarray, available: np.ndarray) -> tuple[float, ...]:
    required = np.bincount(unit, weights=volume * norm, minlength=len(available)) / EFFECTIVE_MINUTES_Y
    index = required / available
    order = np.argsort(index)
    value, weight = index[order], available[order]
    mass, total = (value * weight).sum(), weight.sum()
    gini = (weight * value * (2 * np.cumsum(weight) - weight)).sum() / (total * mass) - 1
    ratio = index / (mass / total)
    theil = (available * ratio * np.log(ratio)).sum() / total
    rmse = np.sqrt((available * (index - 1) ** 2).sum() / total)
    return float(index.mean()), float(gini), float(theil), float(np.abs(required - available).sum()), float(rmse)


def best_of(call: Callable[[], tuple[float, ...]], runs: int) -> tuple[float, tuple[float, ...]]:
    seconds, result = [], ()
    for _ in range(runs):
        start = time.perf_counter()
        result = call()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=5_000_000)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    unit = np.concatenate([np.arange(args.units), rng.integers(0, args.units, args.tasks - args.units)])
    data = (rng.uniform(1, 2000, args.tasks), rng.uniform(1, 120, args.tasks), unit, rng.integers(1, 60, args.units).astype(float))
    seconds, found = best_of(lambda: ours(*data), args.runs)
    seconds_plain, expected = best_of(lambda: plain(*data), args.runs)
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    size = f"{args.tasks:,} tasks, {args.units:,} units"
    print(f"{size}: ours {seconds:.3f} s, bincount {seconds_plain:.3f} s, ratio {seconds / seconds_plain:.2f}")


if __name__ == "__main__":
    main()
