"""Bias, coverage and false positives of a plain before/after, of two-way fixed effects, of matching and of ours, where the truth is known.

    python benchmarks/effect_simulation.py [--draws 1900] [--others 100] [--seed 20261121] [--markdown]

Every draw is a panel of six years in which some move in 2022, 2023 or 2024 (first full year after: 2023 to 2025). Who moves has a dip
of 5 in the year before the move; the year of the move is mixed. Each case is drawn with an effect of 3 (bias, coverage) and with none
(false positives at 5 %). `ours` is what a report prints: group-time effects with two years of anticipation, small-sample errors and
Student's t, or the exact interval of the permutation test where fewer than 20 units moved or stayed. It is drawn --draws times (1,900: the
Monte-Carlo error of a coverage of 95 % is 0.5 points), the other methods in the first --others of them only (100: at most 5 points).
"""

from __future__ import annotations

import argparse
import time
import zlib
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mutasi_analysis.causal import NotEstimable, att_of_table
from mutasi_analysis.causal.aggregates import CellFacts, all_rows
from mutasi_analysis.causal.cohorts import CohortTable, table_of
from mutasi_analysis.causal.comparisons import cells_of, usable_sample
from mutasi_analysis.causal.inference import standard_errors
from mutasi_analysis.causal.influence import affine_influence, aggregate
from mutasi_analysis.causal.matching import matched_att
from mutasi_analysis.causal.panel import BalancedPanel
from mutasi_analysis.causal.permutation import few_units, permutation_att
from mutasi_analysis.causal.second_opinions import second_opinions
from mutasi_analysis.causal.small_sample import t_quantile
from mutasi_analysis.metrics.performance import delta

YEARS = np.arange(2020, 2026)
NAMES = {"outcome": "y", "unit": "unit", "period": "year", "cohort": "cohort"}
MATCHED_FROM = 100  # movers; fewer find too few comparators


@dataclass(frozen=True)
class Case:
    """One world. moved, stayed: units; effect: per full year (by cohort and growing where heterogeneous); dip: before the move;
    ceiling: highest possible outcome; regime: change of level for everybody from 2022 on; chosen: movers picked because they did badly."""

    name: str
    moved: int
    stayed: int
    effect: float = 3.0
    dip: float = -5.0
    ceiling: float = np.inf
    regime: float = 0.0
    heterogeneous: bool = False
    chosen: bool = False
    level_sd: float = 5.0
    noise_sd: float = 8.0


CASES = (
    *(Case(f"{n} movers, dip", n, 4 * n) for n in (20, 25, 30, 50, 100, 300, 1000, 3000)),
    Case("300 movers, no dip", 300, 1200, dip=0.0),
    Case("300 movers, dip, ceiling at 102", 300, 1200, ceiling=102.0),
    Case("300 movers, dip, regime break", 300, 1200, regime=-6.0),
    Case("300 movers, dip, effects that differ and grow", 300, 1200, heterogeneous=True),
    Case("300 movers, chosen after a bad year", 300, 1200, dip=0.0, chosen=True),
    *(Case(f"{n} units, half receive, dip", n // 2, n - n // 2, noise_sd=3.0) for n in (6, 12, 30, 50, 100, 200)),
)


def draw(case: Case, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Outcomes (units × years), cohorts, and the true effect on the movers (cohort means weighted by size, as overall_group)."""
    n = case.moved + case.stayed
    own = rng.normal(0, case.level_sd, (n, 1)) + rng.normal(0, case.noise_sd, (n, YEARS.size))
    moved = rng.permutation(n)[: case.moved]
    cohort = np.zeros(n, dtype=int)
    cohort[moved] = 2023 + np.arange(case.moved) % 3
    if case.chosen:
        cohort = _chosen(own, case, rng)
    treated = cohort > 0
    base = 97 + rng.normal(0, 1, YEARS.size) + own + case.regime * (YEARS >= 2022)
    base = base + case.dip * (treated[:, None] & (cohort[:, None] - 2 == YEARS))
    exposure = np.where(treated[:, None], np.clip(YEARS - cohort[:, None] + 1.5, 0, 1), 0.0)
    size = case.effect * np.ones((n, YEARS.size))
    if case.heterogeneous:
        size = case.effect * (2026 - cohort[:, None]) / 2 * (1 + np.maximum(YEARS - cohort[:, None], 0))
    without, with_move = np.minimum(base, case.ceiling), np.minimum(base + exposure * size, case.ceiling)
    after = treated[:, None] & (cohort[:, None] <= YEARS)
    gain = np.where(after, with_move - without, 0).sum(axis=1) / np.maximum(after.sum(axis=1), 1)
    return np.where(treated[:, None], with_move, without), cohort, float(gain[treated].mean())


def long(values: np.ndarray, cohort: np.ndarray) -> pd.DataFrame:
    """The same as a frame: unit year cohort y."""
    n = cohort.size
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(n), YEARS.size),
            "year": np.tile(YEARS, n),
            "cohort": np.repeat(cohort, YEARS.size),
            "y": values.ravel(),
        }
    )


def _chosen(own: np.ndarray, case: Case, rng: np.random.Generator) -> np.ndarray:
    """Each year moves those who did worst in the year before, or were unlucky: most of the dip is noise that passes by itself."""
    cohort = np.zeros(len(own), dtype=int)
    for year in (2022, 2023, 2024):
        score = own[:, year - 1 - YEARS[0]] + rng.normal(0, case.noise_sd, len(own))
        worst = np.argsort(np.where(cohort > 0, np.inf, score))[: case.moved // 3]
        cohort[worst] = year + 1
    return cohort


def ours(values: np.ndarray, cohort: np.ndarray, case: Case, seed: int) -> tuple[float, float, float]:
    """Estimate and interval that a report would print."""
    if exact(case):
        found = permutation_att(long(values, cohort), **NAMES, anticipation=2, draws=999, seed=seed, with_mde=False)
        return found.estimate, found.conf_low, found.conf_high
    starts = np.where(cohort > 0, cohort, np.inf).astype(float)
    panel = BalancedPanel(values, np.empty((0, *values.shape)), np.arange(cohort.size), YEARS.astype(float), starts, None, "number", ())
    found = overall_group(table_of(panel))
    if seed == 0:
        row = att_of_table(table_of(panel), anticipation=2, small_sample=True).row("overall_group")
        assert np.allclose(found, (row["estimate"], row["conf_low"], row["conf_high"]), rtol=1e-9), "not what a report prints"
    return found


def overall_group(table: CohortTable) -> tuple[float, float, float]:
    """The row of that name of att_of_table with its interval, without the rest of the table, which takes three quarters of the time."""
    sample = usable_sample(table, controls="nevertreated", anticipation=2)
    cells = cells_of(sample, controls="nevertreated", anticipation=2)
    influence, used = affine_influence(sample.table, cells), sample.table
    weights = all_rows(CellFacts(influence.att, used.cohorts[cells.cohort], used.periods[cells.period], cells.cohort, used.n))
    found = aggregate(used, influence, weights, small_sample=True)
    at = next(i for i, row in enumerate(weights.rows) if row.term == "overall_group")
    half = float(t_quantile(0.975, found.spread.degrees()[[at]])[0] * standard_errors(found)[at])
    return float(found.estimate[at]), float(found.estimate[at]) - half, float(found.estimate[at]) + half


def exact(case: Case) -> bool:
    """Whether the report's rule asks the permutation test."""
    return few_units(case.moved, case.stayed, fewest_treated=20, fewest_compared=20)


def others(frame: pd.DataFrame, case: Case) -> dict[str, tuple[float, float, float]]:
    """Estimate and interval of every other method that can answer."""
    found = {"naive": _naive(frame)}
    row = second_opinions(frame, **NAMES, methods=["twfe"]).table.iloc[0]
    found["twfe"] = (float(row["estimate"]), float(row["conf_low"]), float(row["conf_high"]))
    if case.moved >= MATCHED_FROM and case.noise_sd > 5:
        try:
            best = matched_att(frame, **NAMES).effects.iloc[0]
            found["matched"] = (float(best["estimate"]), float(best["conf_low"]), float(best["conf_high"]))
        except NotEstimable:
            pass
    return found


def _naive(frame: pd.DataFrame) -> tuple[float, float, float]:
    moved = frame.loc[frame["cohort"] > 0].assign(event=lambda f: f["year"] - f["cohort"])
    sides = [moved.loc[moved["event"] == event].set_index("unit")["y"] for event in (-2, 0)]
    gap = delta(*sides)
    return gap.difference, gap.conf_low, gap.conf_high


def run(case: Case, draws: int, fewer: int, seed: int) -> pd.DataFrame:
    """One row per method: bias, coverage (effect), false_positives (no effect), answered (share of draws with a finite interval)."""
    rows = []
    for world, label in ((case, "effect"), (replace(case, effect=0.0), "none")):
        rng = np.random.default_rng([seed, zlib.crc32(case.name.encode()), label == "none"])
        for index in range(draws):
            values, cohort, truth = draw(world, rng)
            found = others(long(values, cohort), world) if index < fewer else {}
            found["ours"] = ours(values, cohort, world, index)
            for method, (estimate, low, high) in found.items():
                rows.append((label, method, estimate - truth, low <= truth <= high, not low <= 0 <= high, np.isfinite(high - low)))
    table = pd.DataFrame(rows, columns=["world", "method", "bias", "coverage", "found", "answered"])
    effect, none = (
        table.loc[table["world"] == label].groupby("method", sort=False).mean(numeric_only=True) for label in ("effect", "none")
    )
    columns = {"bias": effect["bias"], "coverage": effect["coverage"], "power": effect["found"], "false_positives": none["found"]}
    result = pd.DataFrame({**columns, "answered": effect["answered"]}).reset_index()
    return result.assign(case=case.name)[["case", "method", *columns, "answered"]]


def markdown(table: pd.DataFrame) -> str:
    """The table of the methods page."""
    lines = ["| case | method | bias | coverage | power | false positives |", "|---|---|---|---|---|---|"]
    for row in table.itertuples():
        shares = " | ".join(f"{100 * value:.1f} %" for value in (row.coverage, row.power, row.false_positives))
        lines.append(f"| {row.case} | {row.method} | {row.bias:+.2f} | {shares} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Estimators of the effect of a transfer, where the truth is known")
    parser.add_argument("--draws", type=int, default=1900)
    parser.add_argument("--others", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--cases", default="", help="only cases whose name starts so (several: a|b)")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    tables = []
    for case in (one for one in CASES if one.name.startswith(tuple(options.cases.split("|")))):
        tables.append(run(case, options.draws, options.others, options.seed))
        print(tables[-1].round(3).to_string(index=False, header=False), f"{time.process_time():.0f} s of CPU", flush=True)
    table = pd.concat(tables, ignore_index=True)
    print(markdown(table) if options.markdown else table.round(3).to_string(index=False))
    print(f"\n{options.draws} and {options.others} draws a case and world, seed {options.seed}: {time.process_time():.0f} s of CPU")


if __name__ == "__main__":
    main()
