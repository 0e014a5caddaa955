"""Does a better match, or a needier destination, bring a larger effect? Effects of single persons against what happened to them.

A person's effect is the change from the last clean period before treatment to the mean after it, less the same change of the never
treated of the same cell: unbiased under the core's assumption, and noisy, so it is used in regressions and group means only. Slopes
describe how effects differ between those who got a lot and a little; they are causal only if doses were not chosen by expected gain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.panel import Columns, balanced_panel
from mutasi_analysis.causal.refusal import NotEstimable
from mutasi_analysis.estimate import normal_row, typed_frame

DOSE_COLUMNS: tuple[str, ...] = ("factor", "kind", "level", "n", "dose", "estimate", "std_error", "conf_low", "conf_high", "p_value")


#: levels of a dose by its sign, lowest first; doses that differ from zero by less are zero.
SIGNS = ("down", "same", "up")
ALIKE = 1e-9
LEAST_BINNED = 6


@dataclass(frozen=True, slots=True)
class PersonEffects:
    """table: unit cohort cell change behind (row of comparison) effect, one row per treated unit (stays in memory: persons); comparison:
    cohort cell mean variance n, the never treated behind each; shared: covariance of the comparison means, rows and columns as in
    `comparison` (the same persons serve all cohorts of a cell); dropped: reason → units."""

    table: pd.DataFrame
    comparison: pd.DataFrame
    shared: Floats
    dropped: tuple[tuple[str, int], ...]


def person_effects(
    panel: pd.DataFrame, *, outcome: str, unit: str, period: str, cohort: str, anticipation: float = 0, cell: str | None = None
) -> PersonEffects:
    """Change of every treated unit less that of the never treated of its cell (a column constant inside a unit; None: all).

    Treated units in a cell without two never-treated ones, or treated from the start, are left out and counted. Raises NotEstimable as
    group_time_att.
    """
    matrix = balanced_panel(panel, Columns(outcome, unit, period, cohort))
    first, last = matrix.periods[0], matrix.periods[-1]
    ids = panel[unit].to_numpy()[matrix.units]
    cells = np.zeros(ids.size) if cell is None else panel[cell].to_numpy()[matrix.units]
    late, early = matrix.cohort > last + anticipation, matrix.cohort <= first + anticipation
    never = np.isinf(matrix.cohort) | late
    if not never.any():
        raise NotEstimable("no_comparators", "no unit stays untreated, so there is no comparator")
    rows, behind, changes = [], [], {}
    for g in np.unique(matrix.cohort[~never & ~early & (matrix.cohort <= last)]):
        base = np.flatnonzero(matrix.periods + anticipation < g)[-1]
        change = matrix.values[:, matrix.periods >= g].mean(axis=1) - matrix.values[:, base]
        compared = pd.DataFrame({"cell": cells[never], "change": change[never]}).groupby("cell")["change"].agg(["mean", "var", "count"])
        own = matrix.cohort == g
        rows.append(pd.DataFrame({"unit": ids[own], "cohort": g, "cell": cells[own], "change": change[own]}))
        behind.append(compared.reset_index().assign(cohort=g))
        changes[g] = change[never]
    if not rows:
        raise NotEstimable("no_treated", "no cohort is first treated inside the periods with an untreated period before it")
    comparison = pd.concat(behind, ignore_index=True).rename(columns={"var": "variance", "count": "n"})
    comparison = comparison.loc[comparison["n"] >= 2, ["cohort", "cell", "mean", "variance", "n"]].reset_index(drop=True)
    numbered = comparison[["cohort", "cell"]].assign(behind=comparison.index)
    table = pd.concat(rows, ignore_index=True).merge(numbered, on=["cohort", "cell"], how="left")
    alone = int(table["behind"].isna().sum())
    table = table.dropna(subset="behind").astype({"behind": np.int64}).reset_index(drop=True)
    table["effect"] = table["change"] - comparison["mean"].to_numpy()[table["behind"]]
    counts = (("treated_from_start", int((early & ~never).sum())), ("no_comparator_in_cell", alone))
    shared = _shared(comparison, changes, cells[never])
    return PersonEffects(table, comparison, shared, matrix.dropped + tuple(c for c in counts if c[1]))


def _shared(comparison: pd.DataFrame, changes: dict[float, Floats], cells: np.ndarray) -> Floats:
    """Covariance of the comparison means: of the same persons' changes inside a cell, zero between cells."""
    found = np.zeros((len(comparison), len(comparison)))
    for cell, rows in comparison.groupby("cell"):
        own = cells == cell
        values = np.stack([changes[g][own] for g in rows["cohort"]])
        at = rows.index.to_numpy(dtype=np.int64)
        found[np.ix_(at, at)] = np.cov(values) / own.sum()
    return found


def dose_slope(effects: PersonEffects, dose: pd.Series, *, factor: str) -> pd.DataFrame:
    """One row, kind `slope`: effect per unit of dose among the treated, inside cohorts, errors robust to unequal variance (HC1).

    dose: index of units; those without a dose are left out. Columns DOSE_COLUMNS. Empty where fewer than 3 have one or all have the same.
    """
    rows = _with(effects, dose)
    value = rows["value"].to_numpy(dtype=float)
    cohort, cohorts = pd.factorize(rows["cohort"].to_numpy())
    x, y = _centred(value, cohort), _centred(rows["effect"].to_numpy(dtype=float), cohort)
    size, freedom = float(x @ x), len(rows) - len(cohorts) - 1
    if freedom < 1 or size < 1e-12 * max(1.0, float((value**2).sum())):
        return _frame([])
    slope = float(x @ y / size)
    error = math.sqrt(float(((x * (y - slope * x)) ** 2).sum()) * len(rows) / freedom) / size
    return _frame([_row((factor, "slope", ""), len(rows), float(value.mean()), slope, error)])


def _centred(values: Floats, group: NDArray[np.intp]) -> Floats:
    """Less the mean of its group."""
    return np.asarray(values - (np.bincount(group, values) / np.bincount(group))[group])


def dose_bins(effects: PersonEffects, dose: pd.Series, *, factor: str) -> pd.DataFrame:
    """Rows of kind `bin`: mean effect of those whose dose is below zero, zero and above it (levels down, same, up); `dose` is the mean.

    Not thirds: where many have the same dose (no change), groups of equal size do not exist."""
    rows = _with(effects, dose)
    if len(rows) < LEAST_BINNED:
        return _frame([])
    value = rows["value"].to_numpy(dtype=float)
    label = np.select([value < -ALIKE, value > ALIKE], ["down", "up"], default="same")
    found = _means(effects, rows, label, factor, "bin")
    return _frame(sorted(found, key=lambda row: SIGNS.index(str(row["level"]))))


def by_group(effects: PersonEffects, group: pd.Series, *, factor: str) -> pd.DataFrame:
    """Rows of kind `group`: mean effect of each level, and one row `equal` whose p-value tests that all levels have the same effect.

    Levels with fewer than two units have no row. The test is Wald's over independent levels (the comparators' share ignored).
    """
    rows = _with(effects, group)
    label = rows["value"].to_numpy(dtype=object).astype(str)
    level, size = np.unique(label, return_inverse=True, return_counts=True)[1:]
    several = size[level] >= 2
    rows = rows.loc[several]
    found = _means(effects, rows, label[several], factor, "group")
    if len(found) < 2:
        return _frame(found)
    estimate, error = (np.array([row[name] for row in found], dtype=float) for name in ("estimate", "std_error"))
    if not (error > 0).all():
        return _frame(found)
    weight = 1 / error**2
    from scipy.special import gammaincc

    wald = float(weight @ (estimate - weight @ estimate / weight.sum()) ** 2)
    test = _row((factor, "equal", ""), len(rows), math.nan, math.nan, math.nan)
    return _frame([*found, test | {"p_value": float(gammaincc((len(found) - 1) / 2, wald / 2))}])


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Several of these frames as one, with DOSE_COLUMNS even where all are empty."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else _frame([])


def _with(effects: PersonEffects, values: pd.Series) -> pd.DataFrame:
    value = effects.table["unit"].map(values)
    known = value.notna().to_numpy()
    return effects.table.loc[known].assign(value=value.loc[known]).reset_index(drop=True)


def _means(effects: PersonEffects, rows: pd.DataFrame, label: NDArray[np.str_], factor: str, kind: str) -> list[dict[str, object]]:
    """A row for each label, in order."""
    effect, behind = rows["effect"].to_numpy(dtype=float), rows["behind"].to_numpy()
    dose = rows["value"].to_numpy(dtype=float) if kind == "bin" else np.full(len(rows), math.nan)
    found = []
    for level in np.unique(label):
        own = label == level
        error = math.sqrt(_variance(effects, effect[own], behind[own])) if own.sum() > 1 else math.nan
        found.append(_row((factor, kind, str(level)), int(own.sum()), float(dose[own].mean()), float(effect[own].mean()), error))
    return found


def _variance(effects: PersonEffects, effect: Floats, behind: NDArray[np.intp]) -> float:
    """Of the mean effect: spread of the treated, and of the comparators' means, each with the share of the rows that rest on it."""
    weight = np.bincount(behind, minlength=len(effects.comparison)) / behind.size
    return float(effect.var(ddof=1)) / effect.size + float(weight @ effects.shared @ weight)


def _row(name: tuple[str, str, str], n: int, dose: float, estimate: float, error: float) -> dict[str, object]:
    return {"factor": name[0], "kind": name[1], "level": name[2], "n": n, "dose": dose, **normal_row(estimate, error)}


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    return typed_frame(
        rows, {"factor": "string", "kind": "string", "level": "string", "n": "Int64"} | dict.fromkeys(DOSE_COLUMNS[4:], "float64")
    )
