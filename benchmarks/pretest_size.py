"""How often a pre-test says that paths differ where they are equal: Wald test of all cells (as R) against the F test of the event rows.

    python benchmarks/pretest_size.py [--draws 800] [--seed 20261122]

Three cohorts of equal size against as many units that never move, normal noise; the test should say so in 5 % of the draws (Monte-Carlo
error with 800 draws: 0.8 points). `noisier`: 30 moved with twice the spread against 300. `yes/no`: an outcome that is one in 12 % of cases.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from mutasi_analysis.causal import att_of_table
from mutasi_analysis.causal.cohorts import table_of
from mutasi_analysis.causal.panel import BalancedPanel

COHORTS = 3


def draw(moved: int, stayed: int, before: int, kind: str, rng: np.random.Generator) -> BalancedPanel:
    """The first cohort has `before` changes before it starts, the next ones one more each."""
    width, units = before + COHORTS + 1, moved + stayed
    cohort = np.r_[before + 1.0 + np.arange(moved) % COHORTS, np.full(stayed, np.inf)]
    values = (
        rng.normal(size=(units, 1)) + rng.normal(size=(units, width)) * np.where(np.isfinite(cohort) & (kind == "noisier"), 2, 1)[:, None]
    )
    if kind == "yes/no":
        values = (rng.random((units, width)) < 0.12).astype(float)
    return BalancedPanel(values, np.empty((0, units, width)), np.arange(units), np.arange(width, dtype=float), cohort, None, "number", ())


def rejected(moved: int, stayed: int, before: int, kind: str, options: argparse.Namespace) -> tuple[float, float]:
    """Share of draws below 5 %: Wald, F. A test without a p-value rejects nothing."""
    rng = np.random.default_rng([options.seed, moved, stayed, before])
    found = np.zeros(2)
    for _ in range(options.draws):
        table = table_of(draw(moved, stayed, before, kind, rng))
        found += [att_of_table(table, small_sample=small).pretest_p < 0.05 for small in (False, True)]
    wald, small = (100 * found / options.draws).tolist()
    return wald, small


def main() -> None:
    parser = argparse.ArgumentParser(description="Size of the pre-test")
    parser.add_argument("--draws", type=int, default=800)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    print("| moved, compared | outcome | 2 periods before | 3 | 4 | 5 |\n|---|---|---|---|---|---|")
    sizes = [(n, n, "normal") for n in (20, 30, 60, 120, 500)] + [(30, 300, "noisier"), (60, 60, "yes/no")]
    for moved, stayed, kind in sizes:
        cells = [rejected(moved, stayed, before, kind, options) for before in (2, 3, 4, 5)]
        print(f"| {moved}, {stayed} | {kind} | " + " | ".join(f"{wald:.1f} → {small:.1f}" for wald, small in cells) + " |", flush=True)
    print(f"\n{options.draws} draws, seed {options.seed}: {time.process_time():.0f} s of CPU")


if __name__ == "__main__":
    main()
