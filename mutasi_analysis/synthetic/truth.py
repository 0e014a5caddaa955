"""What is true in a demonstration region: for tests and benchmarks only, never for a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.facts import RegionFacts, shared
from mutasi_analysis.synthetic.performance import Performance, thresholds
from mutasi_analysis.synthetic.service import Service

TRUTH_COLUMNS = ("outcome", "term", "cohort", "period", "truth", "realised", "n_units")


@dataclass(frozen=True)
class Truth:
    """The known truth of one demonstration region.

    effects: columns TRUTH_COLUMNS. Terms `att_gt` (cohort = first full year after the first programme transfer, period =
    year), `overall_simple`, `overall_group`, `overall_dynamic`, `overall_calendar`. `truth` is the effect in the population
    the region is drawn from: the stated constant for output and service; for `rating_ridit` and `top_share` the change of
    the expected ridit and of P(Sangat Baik) under the latent-normal model with the region's share of transferred persons in
    the reference (of one year, all job classes alike). `realised` is the mean over the movers (units) of this draw where it
    differs. n_units: movers (units) of the cell.
    potential: person_id, year, output_0, output_1, latent_0, latent_1, exposure, dipped, first_move_year (0 = never).
    moves: person_id, tmt, gain (JPM points), in_programme, is_first. unit_index: unit_id, index planned at the start.
    """

    effects: pd.DataFrame
    potential: pd.DataFrame
    moves: pd.DataFrame
    unit_index: pd.DataFrame

    def effect(self, outcome: str, term: str = "overall_simple") -> float:
        """The true value of an overall term. Raises KeyError when the region has no such outcome."""
        rows = self.effects[(self.effects["outcome"] == outcome) & (self.effects["term"] == term)]
        if len(rows) != 1:
            raise KeyError(f"{term!r} of {outcome!r} has {len(rows)} rows")
        return float(rows["truth"].iloc[0])


def build_effects(facts: RegionFacts, performance: Performance, moves: pd.DataFrame, service: Service) -> pd.DataFrame:
    """The frame `Truth.effects`."""
    programme = moves[moves["in_programme"] & moves["is_first"]]
    cohort = np.zeros(len(performance.effect), dtype=int)
    cohort[programme["person"]] = programme["tmt"].dt.year + 1
    years = performance.years
    first_years = sorted(set(programme["tmt"].dt.year)) if len(programme) else []
    cells = [(year + 1, int(t)) for year in first_years for t in years if t > year]
    sizes = {g: int((cohort == g).sum()) for g, _ in cells}
    output = {(g, t): (float(facts.effects["output_percent"]), float(performance.effect[cohort == g].mean())) for g, t in cells}
    parts = [_outcome("output_percent", output, sizes)]
    for name, values in _rating_effects(facts, performance, cells).items():
        parts.append(_outcome(name, values, sizes))
    for name, units in service.measured.items():
        parts.append(_service_effects(name, float(facts.effects[name]), service.first_year[units], years))
    return pd.concat(parts, ignore_index=True)[list(TRUTH_COLUMNS)]


def _service_effects(name: str, effect: float, first_year: np.ndarray, years: np.ndarray) -> pd.DataFrame:
    starts = sorted({int(year) for year in first_year if year > 0})
    cells = {(year + 1, int(t)): (effect, effect) for year in starts for t in years if t > year}
    return _outcome(name, cells, {year + 1: int((first_year == year).sum()) for year in starts})


def category_shares(shift: float, dip_rate: float) -> np.ndarray:
    """Shares of the five predicates of 2022 and later when the latent scale is shifted; lowest first."""
    process = shared("process")
    regime = next(entry for entry in process["regime"] if entry["scheme"] == "permenpanrb-6-2022")
    cuts, normal, dip = thresholds(regime["shares"], process), NormalDist(), process["latent"]["dip"]
    below = [(1 - dip_rate) * normal.cdf(cut - shift) + dip_rate * normal.cdf(cut - shift - dip) for cut in cuts]
    return np.diff(np.array([0.0, *below, 1.0]))


def _rating_effects(
    facts: RegionFacts, performance: Performance, cells: list[tuple[int, int]]
) -> dict[str, dict[tuple[int, int], tuple[float, float]]]:
    """ATT on the ridit and on the share of Sangat Baik by cohort and year; the reference of a year is everybody rated in it."""
    rate = shared("process")["dip"]["rate"]
    shift = float(facts.effects["latent"])
    base, moved = category_shares(0.0, rate), category_shares(shift, rate)
    ridit: dict[tuple[int, int], tuple[float, float]] = {}
    top: dict[tuple[int, int], tuple[float, float]] = {}
    for g, t in cells:
        column = int(np.flatnonzero(performance.years == t)[0])
        rated = performance.rated[:, column]
        reference = _reference(performance.exposure[rated, column], shift, rate)
        middle = np.cumsum(reference) - reference / 2.0
        ridit[(g, t)] = (float((moved - base) @ middle),) * 2
        top[(g, t)] = (float(moved[-1] - base[-1]),) * 2
    return {"rating_ridit": ridit, "top_share": top}


def _reference(exposure: np.ndarray, shift: float, rate: float) -> np.ndarray:
    values, counts = np.unique(exposure, return_counts=True)
    shares = np.array([category_shares(shift * value, rate) for value in values])
    return np.asarray(counts @ shares / counts.sum())


def _outcome(name: str, cells: dict[tuple[int, int], tuple[float, float]], sizes: dict[int, int]) -> pd.DataFrame:
    """att_gt rows and the four overall terms, weighted by cohort size as Callaway and Sant'Anna (2021) do."""
    rows = pd.DataFrame(
        [{"outcome": name, "term": "att_gt", "cohort": g, "period": t, "truth": a, "realised": b, "n_units": sizes[g]}
         for (g, t), (a, b) in cells.items()],
        columns=["outcome", "term", "cohort", "period", "truth", "realised", "n_units"],
    )  # fmt: skip
    if rows.empty:
        return rows
    event = rows["period"] - rows["cohort"]
    overall = {
        "overall_simple": _weighted(rows),
        "overall_group": _weighted(_by(rows, rows["cohort"], size="first")),
        "overall_dynamic": _by(rows, event)[["truth", "realised"]].mean(),
        "overall_calendar": _by(rows, rows["period"])[["truth", "realised"]].mean(),
    }
    total = sum(sizes.values())
    extra = [{"outcome": name, "term": term, **value.to_dict(), "n_units": total} for term, value in overall.items()]
    return pd.concat([rows, pd.DataFrame(extra)], ignore_index=True)


def _weighted(rows: pd.DataFrame) -> pd.Series:
    weights = rows["n_units"] / rows["n_units"].sum()
    return rows[["truth", "realised"]].mul(weights, axis=0).sum()


def _by(rows: pd.DataFrame, key: pd.Series, size: str = "sum") -> pd.DataFrame:
    """Weighted means of the groups, and the number of units of each."""
    mass = rows[["truth", "realised"]].mul(rows["n_units"], axis=0).groupby(key).sum()
    heads = rows["n_units"].groupby(key)
    result = mass.div(heads.sum(), axis=0)
    result["n_units"] = heads.agg(size)
    return result
