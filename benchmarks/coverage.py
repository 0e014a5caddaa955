"""Do the 95 % intervals cover the truth? Many demonstration regions, each evaluated like a real one.

    python benchmarks/coverage.py [--region samarinda] [--seeds 200] [--scale 0.25]

For every seed a region is drawn, its panel is made by the evaluation's own code, and the overall effect (simple weighting)
of `group_time_att` is compared with the known truth. With n seeds the Monte-Carlo error of a coverage of 95 % is
sqrt(0.95 × 0.05 / n), 1.5 points for 200: a correct interval gives a share between about 92 and 98 %.
"""

from __future__ import annotations

import argparse
import math
import time

import pandas as pd

from mutasi_analysis import load_profile
from mutasi_analysis.causal import group_time_att
from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.effects import complete_units
from mutasi_analysis.evaluation.performance import person_panel, rated_years
from mutasi_analysis.evaluation.staffing import programme_moves
from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.synthetic import synthesize

OUTCOMES = ("output_percent", "rating_ridit", "top_share")


def one_seed(profile: RegionProfile, seed: int, scale: float) -> list[dict[str, object]]:
    """Estimate, interval and truth of each outcome for one drawn region."""
    region = synthesize(profile, seed=seed, scale=scale)
    data = RegionData(profile.code, region.tables, synthetic=True)
    moves = programme_moves(data.table("mutasi"), profile.programme_first, profile.programme_last)
    panel, _ = person_panel(data, profile, rated_years(data, profile), moves)
    rows: list[dict[str, object]] = []
    for outcome in OUTCOMES:
        whole = complete_units(panel, outcome)
        table = group_time_att(
            whole, outcome=outcome, unit="unit", period="year", cohort="cohort", anticipation=profile.anticipation_years, seed=seed
        )
        row = table.row("overall_simple")
        truth = region.truth.effect(outcome)
        rows.append(
            {
                "outcome": outcome,
                "truth": truth,
                "estimate": row["estimate"],
                "std_error": row["std_error"],
                "covered": bool(row["conf_low"] <= truth <= row["conf_high"]),
                "movers": int(row["n_units"]),
            }
        )
    return rows


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """By outcome: truth, mean estimate, bias in Monte-Carlo standard errors, mean and real standard error, coverage."""
    groups = rows.assign(error=rows["estimate"] - rows["truth"]).groupby("outcome")
    n = groups.size()
    found = groups.agg(truth=("truth", "mean"), estimate=("estimate", "mean"), mean_se=("std_error", "mean"), movers=("movers", "mean"))
    found["real_se"] = groups["error"].std()
    found["bias_z"] = groups["error"].mean() / (found["real_se"] / n.map(math.sqrt))
    found["coverage"] = groups["covered"].mean()
    found["mc_error"] = (found["coverage"] * (1 - found["coverage"]) / n).map(math.sqrt)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Coverage of the 95 % intervals on demonstration regions")
    parser.add_argument("--region", default="samarinda")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--scale", type=float, default=0.25)
    options = parser.parse_args()
    profile = load_profile(options.region)
    begun = time.perf_counter()
    rows = [row for seed in range(options.seeds) for row in one_seed(profile, seed, options.scale)]
    print(summary(pd.DataFrame(rows)).round(4).to_string())
    print(f"{options.seeds} seeds of {options.region} at scale {options.scale:g}: {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
