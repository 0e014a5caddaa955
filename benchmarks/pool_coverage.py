"""How often do 95 % intervals of the mean effect over five unequal regions hold the truth?

    python benchmarks/pool_coverage.py --runs 2000

True effects of k regions are normal around 0.2 with variance τ²; region i has n_i movers and a standard error of 1 / √n_i. τ² is
given as a multiple of the typical sampling variance, and I² = multiple / (1 + multiple). Printed: coverage and mean width of Wald,
plain Hartung-Knapp and the default (its never-narrower variant), with the Monte Carlo error of a coverage.
"""

from __future__ import annotations

import argparse
import math

import numpy as np

from mutasi_analysis.comparison import pool
from mutasi_analysis.comparison.pooling import INTERVALS

TRUTH = 0.2


def typical(variance: np.ndarray) -> float:
    w = 1 / variance
    return float((w.size - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum()))


def coverage(sizes: list[int], multiple: float, runs: int, tau2: str, rng: np.random.Generator) -> dict[str, tuple[float, float]]:
    """Interval → share of runs that hold the truth, mean width."""
    errors = 1 / np.sqrt(sizes)
    spread = math.sqrt(multiple * typical(errors**2))
    hits, width = dict.fromkeys(INTERVALS, 0), dict.fromkeys(INTERVALS, 0.0)
    for _ in range(runs):
        estimate = TRUTH + spread * rng.standard_normal(errors.size) + errors * rng.standard_normal(errors.size)
        for interval in INTERVALS:
            pooled = pool(estimate, errors, tau2=tau2, interval=interval)
            hits[interval] += pooled.conf_low <= TRUTH <= pooled.conf_high
            width[interval] += pooled.conf_high - pooled.conf_low
    return {interval: (hits[interval] / runs, width[interval] / runs) for interval in INTERVALS}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=2000)
    options.add_argument("--sizes", type=int, nargs="+", default=[60, 90, 120, 180, 300], help="movers in each region")
    options.add_argument("--multiples", type=float, nargs="+", default=[0, 0.25, 1, 4, 16], help="τ² over the typical variance")
    options.add_argument("--tau2", default="REML")
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    rng = np.random.default_rng(given.seed)
    error = 196 * math.sqrt(0.0475 / given.runs)
    print(f"k = {len(given.sizes)}, movers {given.sizes}, τ² by {given.tau2}, {given.runs} runs (±{error:.1f} points)")
    print(f"{'τ²/v':>6}{'I² %':>7}" + "".join(f"{name:>20}" for name in INTERVALS) + "   (coverage %, width)")
    for multiple in given.multiples:
        found = coverage(given.sizes, multiple, given.runs, given.tau2, rng)
        cells = "".join(f"{100 * share:>12.1f}{width:>8.3f}" for share, width in found.values())
        print(f"{multiple:>6g}{100 * multiple / (1 + multiple):>7.0f}{cells}")


if __name__ == "__main__":
    main()
