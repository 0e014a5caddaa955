"""Effects of one outcome in a panel: estimate, verdict, pre-test, raw paths; shared by persons and service units."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal import NotEstimable, att_of_table, cohort_table
from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.permutation import PermutationResult, few_units, permutation_att
from mutasi_analysis.estimate import EffectTable, effect_frame
from mutasi_analysis.evaluation.robustness import BREAKDOWN, Robustness, breakdown_row, other_answers, stack
from mutasi_analysis.evaluation.verdict import CHECK_ROLE, HEADLINE, VerdictRule, disputed, load_rule, unanswerable, verdict_row
from mutasi_analysis.profiles import RegionProfile

PATHS = ("outcome", "group", "event_time", "mean", "n")


@dataclass(frozen=True, slots=True)
class Effects:
    """Frames of several outcomes stacked: effects, pretests, verdicts, paths, dropped, breakdown and `other` (columns as in `result`);
    exact: outcome → permutation test over units, of outcomes with few of them."""

    effects: pd.DataFrame
    pretests: pd.DataFrame
    verdicts: pd.DataFrame
    paths: pd.DataFrame
    dropped: pd.DataFrame
    breakdown: pd.DataFrame
    other: Robustness
    exact: dict[str, PermutationResult] = field(default_factory=dict)


def named_first(outcomes: tuple[str, ...], profile: RegionProfile) -> tuple[str, ...]:
    """Those of a section's outcomes that the profile declares primary, else the first that it declares at all: what a report names first
    is asked of every estimator."""
    primary = tuple(name for name in outcomes if name in profile.primary)
    return primary or tuple(name for name in profile.secondary if name in outcomes)[:1]


def estimate_effects(
    panel: pd.DataFrame,
    outcomes: tuple[str, ...],
    *,
    anticipation: int,
    seed: int,
    primary: tuple[str, ...] = (),
    cell: str | None = None,
) -> Effects:
    """Group-time effects of each outcome. panel: columns unit, year, cohort (0 = never) and the outcomes.

    primary: outcomes that are asked of the other estimators too; cell: column that matched comparators must share.
    """
    numbered = panel.assign(unit=pd.factorize(panel["unit"])[0])
    found = [_one(numbered, outcome, anticipation, seed, outcome in primary, cell) for outcome in outcomes]
    tables = [part.table for part in found if part.table is not None]
    return Effects(
        effects=pd.concat(tables, ignore_index=True) if tables else effect_frame([]),
        pretests=pd.DataFrame([part.pretest for part in found]),
        verdicts=pd.DataFrame([part.verdict for part in found]),
        paths=pd.DataFrame([row for part in found for row in part.paths], columns=list(PATHS)),
        dropped=_dropped([row for part in found for row in part.dropped]),
        breakdown=pd.DataFrame([part.limits for part in found if part.limits], columns=list(BREAKDOWN)),
        other=stack([part.other for part in found if part.other is not None]),
        exact={outcome: part.exact for outcome, part in zip(outcomes, found, strict=True) if part.exact is not None},
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """Rows of the frames of Effects that one outcome gives; what a refused or a secondary outcome does not have is None."""

    verdict: dict[str, object]
    pretest: dict[str, object]
    paths: list[list[object]]
    dropped: list[dict[str, object]]
    table: pd.DataFrame | None = None
    limits: dict[str, object] | None = None
    other: Robustness | None = None
    exact: PermutationResult | None = None


def _one(panel: pd.DataFrame, outcome: str, anticipation: int, seed: int, primary: bool, cell: str | None) -> _Answer:
    whole = complete_units(panel, outcome, keep=() if cell is None else (cell,))
    paths = _path_rows(whole, outcome)
    dropped = _without_outcome(panel, outcome, count_units(whole))
    names = {"outcome": outcome, "unit": "unit", "period": "year", "cohort": "cohort", "anticipation": anticipation, "seed": seed}
    rule = load_rule()
    try:
        cohorts = cohort_table(whole, outcome=outcome, unit="unit", period="year", cohort="cohort")
        table = att_of_table(cohorts, outcome=outcome, anticipation=anticipation, small_sample=rule.small_sample, bands=False)
    except NotEstimable as refusal:
        return _Answer(unanswerable(outcome, refusal.reason), _pretest(outcome, math.nan, 0, math.nan), paths, dropped)
    compared = count_units(whole, whole["cohort"] == 0)
    limits = breakdown_row(outcome, table, anticipation)
    exact = _exact(whole, table, compared, rule, names)
    row = verdict_row(outcome, table, n_compared=compared, rule=rule, breakdown=float(str(limits["relative_breakdown"])), exact=exact)
    other = other_answers(whole, cohorts, outcome, table, anticipation=anticipation, cell=cell) if primary else None
    if other is not None:
        row = disputed(row, other.robustness.loc[other.robustness["role"] == CHECK_ROLE], rule)
    dropped += [{"outcome": outcome, "reason": reason, "n": n} for reason, n in table.dropped]
    pretest = _pretest(outcome, table.pretest_w, table.pretest_df, table.pretest_p if exact is None else exact.pretest_p)
    return _Answer(row, pretest, paths, dropped, table.table, limits, other, exact)


def _exact(whole: pd.DataFrame, table: EffectTable, compared: int, rule: VerdictRule, names: dict[str, object]) -> PermutationResult | None:
    """The permutation test over units where they are fewer than the rule's floors, else None."""
    moved = int(table.row(HEADLINE)["n_units"])
    if not few_units(moved, compared, fewest_treated=rule.fewest_treated, fewest_compared=rule.fewest_compared):
        return None
    return permutation_att(whole, **names)  # type: ignore[arg-type]


def complete_units(panel: pd.DataFrame, outcome: str, keep: tuple[str, ...] = ()) -> pd.DataFrame:
    """The rows of units that have the outcome in every year of the panel."""
    seen, (unit, units), (year, years) = panel[outcome].notna().to_numpy(), pd.factorize(panel["unit"]), pd.factorize(panel["year"])
    known = np.zeros((len(units), len(years)), dtype=bool)
    known[unit[seen], year[seen]] = True
    whole = known.sum(axis=1) == np.count_nonzero(known.any(axis=0))
    rows, names = np.flatnonzero(whole[unit]), ["unit", "year", "cohort", *keep, outcome]
    return pd.DataFrame({name: panel[name].array[rows] for name in names})


def _without_outcome(panel: pd.DataFrame, outcome: str, n_whole: int) -> list[dict[str, object]]:
    """Units that never have the outcome (a hospital has no learning results), and those that lack some years of it."""
    measured, known = count_units(panel, panel[outcome].notna()), count_units(panel)
    reasons = {"not_measured": known - measured, "incomplete": measured - n_whole}
    return [{"outcome": outcome, "reason": reason, "n": n} for reason, n in reasons.items()]


def count_units(panel: pd.DataFrame, rows: pd.Series | NDArray[np.bool_] | slice = slice(None)) -> int:
    """Different units of a panel, in some of its rows."""
    return len(pd.unique(panel["unit"].to_numpy()[rows]))


def raw_paths(panel: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Means by years since the first full year after the move; the compared are averaged with the cohorts' sizes."""
    return pd.DataFrame(_path_rows(panel, outcome), columns=list(PATHS))


def _path_rows(panel: pd.DataFrame, outcome: str) -> list[list[object]]:
    cohort, year = panel["cohort"].to_numpy(dtype=float), panel["year"].to_numpy(dtype=float)
    treated, never = cohort > 0, cohort == 0
    if not treated.any() or not never.any():
        return []
    values = panel[outcome].to_numpy(dtype=float, na_value=np.nan)
    years, of_year = np.unique(year, return_inverse=True)
    by_year = _means(values[never], of_year[never], years.size)
    events, of_event = np.unique(year[treated] - cohort[treated], return_inverse=True)
    moved, size = _means(values[treated], of_event, events.size), np.bincount(of_event)
    compared, others = _means(by_year[of_year[treated]], of_event, events.size), count_units(panel, never)
    rows: list[list[object]] = [
        [outcome, "moved", e, mean, n] for e, mean, n in zip(events.tolist(), moved.tolist(), size.tolist(), strict=True)
    ]
    rows += [[outcome, "compared", e, mean, others] for e, mean in zip(events.tolist(), compared.tolist(), strict=True)]
    return rows


def _means(values: Floats, group: NDArray[np.intp], groups: int) -> Floats:
    """Mean of what is known in each group; NaN where nothing is."""
    known = ~np.isnan(values)
    count = np.bincount(group[known], minlength=groups)
    total = np.bincount(group[known], values[known], minlength=groups)
    return np.asarray(np.divide(total, count, out=np.full(groups, np.nan), where=count > 0))


def _pretest(outcome: str, w: float, df: int, p_value: float) -> dict[str, object]:
    return {"outcome": outcome, "w": w, "df": df, "p_value": p_value}


def _dropped(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["outcome", "reason", "n"])
    return frame.loc[frame["n"].astype(int) > 0].reset_index(drop=True)


def cohort_of(moves: pd.DataFrame, key: str) -> pd.Series:
    """First full calendar year after the first move, by person or unit: the year of the move is a mixed year."""
    first = moves.groupby(key)["tmt"].min()
    cohort: pd.Series = (first.dt.year + 1).astype(float)
    return cohort
