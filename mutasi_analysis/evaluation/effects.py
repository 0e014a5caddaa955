"""Effects of one outcome in a panel: estimate, verdict, pre-test, raw paths; shared by persons and service units."""

from __future__ import annotations

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
    found = [_one(panel, outcome, anticipation, seed, outcome in primary, cell) for outcome in outcomes]

    def stacked(name: str) -> pd.DataFrame:
        frames: list[pd.DataFrame] = [getattr(part, name) for part in found]
        filled = [frame for frame in frames if len(frame)]
        return pd.concat(filled, ignore_index=True) if filled else frames[0]

    names = ("effects", "pretests", "verdicts", "paths", "dropped", "breakdown")
    exact = {outcome: test for part in found for outcome, test in part.exact.items()}
    return Effects(**{name: stacked(name) for name in names}, other=stack([part.other for part in found]), exact=exact)


def _one(panel: pd.DataFrame, outcome: str, anticipation: int, seed: int, primary: bool, cell: str | None) -> Effects:
    whole = complete_units(panel, outcome, keep=() if cell is None else (cell,))
    paths = raw_paths(whole, outcome)
    dropped = _without_outcome(panel, outcome, whole["unit"].nunique())
    names = {"outcome": outcome, "unit": "unit", "period": "year", "cohort": "cohort", "anticipation": anticipation, "seed": seed}
    rule = load_rule()
    try:
        cohorts = cohort_table(whole, outcome=outcome, unit="unit", period="year", cohort="cohort")
        table = att_of_table(cohorts, outcome=outcome, anticipation=anticipation, seed=seed, small_sample=rule.small_sample)
    except NotEstimable as refusal:
        verdict, empty = pd.DataFrame([unanswerable(outcome, refusal.reason)]), pd.DataFrame(columns=list(BREAKDOWN))
        nothing = _pretest(outcome, float("nan"), 0, float("nan"))
        return Effects(effect_frame([]), nothing, verdict, paths, _dropped(dropped), empty, stack([]))
    compared = whole.loc[whole["cohort"] == 0, "unit"].nunique()
    limits = breakdown_row(outcome, table, anticipation)
    exact = _exact(whole, table, compared, rule, names)
    row = verdict_row(outcome, table, n_compared=compared, rule=rule, breakdown=float(str(limits["relative_breakdown"])), exact=exact)
    other = other_answers(whole, cohorts, outcome, table, anticipation=anticipation, cell=cell) if primary else stack([])
    row = disputed(row, other.robustness.loc[other.robustness["role"] == CHECK_ROLE], rule)
    dropped += [{"outcome": outcome, "reason": reason, "n": n} for reason, n in table.dropped]
    pretest = _pretest(outcome, table.pretest_w, table.pretest_df, table.pretest_p if exact is None else exact.pretest_p)
    tests = {} if exact is None else {outcome: exact}
    return Effects(table.table, pretest, pd.DataFrame([row]), paths, _dropped(dropped), pd.DataFrame([limits]), other, tests)


def _exact(whole: pd.DataFrame, table: EffectTable, compared: int, rule: VerdictRule, names: dict[str, object]) -> PermutationResult | None:
    """The permutation test over units where they are fewer than the rule's floors, else None."""
    moved = int(table.row(HEADLINE)["n_units"])
    if not few_units(moved, compared, fewest_treated=rule.fewest_treated, fewest_compared=rule.fewest_compared):
        return None
    return permutation_att(whole, **names)  # type: ignore[arg-type]


def complete_units(panel: pd.DataFrame, outcome: str, keep: tuple[str, ...] = ()) -> pd.DataFrame:
    """The rows of units that have the outcome in every year of the panel."""
    seen, (unit, _), (year, years) = panel[outcome].notna().to_numpy(), pd.factorize(panel["unit"]), pd.factorize(panel["year"])
    pairs = np.unique(unit[seen].astype(np.int64) * len(years) + year[seen])
    whole = np.bincount(pairs // max(len(years), 1), minlength=int(unit.max(initial=-1)) + 1) == np.unique(year[seen]).size
    kept: pd.DataFrame = panel.loc[whole[unit], ["unit", "year", "cohort", *keep, outcome]]
    return kept


def _without_outcome(panel: pd.DataFrame, outcome: str, n_whole: int) -> list[dict[str, object]]:
    """Units that never have the outcome (a hospital has no learning results), and those that lack some years of it."""
    measured, known = int(panel.loc[panel[outcome].notna(), "unit"].nunique()), int(panel["unit"].nunique())
    reasons = {"not_measured": known - measured, "incomplete": measured - n_whole}
    return [{"outcome": outcome, "reason": reason, "n": n} for reason, n in reasons.items()]


def raw_paths(panel: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Means by years since the first full year after the move; the compared are averaged with the cohorts' sizes."""
    columns = ["outcome", "group", "event_time", "mean", "n"]
    cohort, year = panel["cohort"].to_numpy(dtype=float), panel["year"].to_numpy(dtype=float)
    treated, never = cohort > 0, cohort == 0
    if not treated.any() or not never.any():
        return pd.DataFrame(columns=columns)
    values = panel[outcome].to_numpy(dtype=float, na_value=np.nan)
    years, of_year = np.unique(year, return_inverse=True)
    by_year = _means(values[never], of_year[never], years.size)
    events, of_event = np.unique(year[treated] - cohort[treated], return_inverse=True)
    moved, size = _means(values[treated], of_event, events.size), np.bincount(of_event)
    compared, others = _means(by_year[of_year[treated]], of_event, events.size), int(panel.loc[never, "unit"].nunique())
    rows = [[outcome, "moved", e, mean, n] for e, mean, n in zip(events.tolist(), moved.tolist(), size.tolist(), strict=True)]
    rows += [[outcome, "compared", e, mean, others] for e, mean in zip(events.tolist(), compared.tolist(), strict=True)]
    return pd.DataFrame(rows, columns=columns)


def _means(values: Floats, group: NDArray[np.intp], groups: int) -> Floats:
    """Mean of what is known in each group; NaN where nothing is."""
    known = ~np.isnan(values)
    count = np.bincount(group[known], minlength=groups)
    total = np.bincount(group[known], values[known], minlength=groups)
    return np.asarray(np.divide(total, count, out=np.full(groups, np.nan), where=count > 0))


def _pretest(outcome: str, w: float, df: int, p_value: float) -> pd.DataFrame:
    return pd.DataFrame([{"outcome": outcome, "w": w, "df": df, "p_value": p_value}])


def _dropped(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["outcome", "reason", "n"])
    return frame.loc[frame["n"].astype(int) > 0].reset_index(drop=True)


def cohort_of(moves: pd.DataFrame, key: str) -> pd.Series:
    """First full calendar year after the first move, by person or unit: the year of the move is a mixed year."""
    first = moves.groupby(key)["tmt"].min()
    cohort: pd.Series = (first.dt.year + 1).astype(float)
    return cohort
