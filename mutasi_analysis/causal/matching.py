"""Comparators with the same path before the move: people are moved because they did badly, and bad years pass by themselves.

Every treated unit gets its nearest never-treated units inside the same cell, by the outcomes before the move, all of them where several
are equally near, so that no order of rows decides; those comparators are the pseudo-transfers (same dip, not moved). Paths are compared
year by year, so both were rated under the same regimes. What distance is left is adjusted by regression (Abadie and Imbens 2011, JBES
29, 1-11). Standard errors as Abadie and Imbens (2006), Econometrica 74, 235-267, given the matches, summed by comparator, who may serve
in several cohorts. Right where people were picked for the outcomes that were seen;
where a bad year belongs to the move itself whatever the person's level, matched comparators are people of a lower level and the effect
comes out too high (benchmarks/effect_simulation.py).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.panel import BalancedPanel, Columns, balanced_panel
from mutasi_analysis.causal.refusal import NotEstimable
from mutasi_analysis.estimate import effect_frame, normal_row

if TYPE_CHECKING:
    from scipy.sparse import csr_array

#: two distances that differ by less are the same (rounding of floats)
ALIKE = 1e-9
#: farthest root-mean-square distance per period of a comparator, in standard deviations of the outcome before treatment
CALIPER = 0.5
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matched:
    """Treated units against their matched comparators.

    effects: EFFECT_COLUMNS, overall_simple (mean over matched treated units of their mean effect after treatment) and one event row per
      period since treatment; method matched/<k>nn.
    balance: period_before (1 = last before the move) n_units (matched treated units with that period) moved compared_before compared_after
      (means of these, of all possible comparators and of the matched ones) std_gap_before std_gap_after (gap in standard deviations,
      one for all rows: of the outcome before treatment in all who could be matched, by which the distances were measured).
    paths: group (moved pseudo) event_time mean n: the pseudo-transfers are the matched comparators, weighted.
    naive: group (moved pseudo difference) n before after difference std_error: last period before the move against the first after it;
      the third row is the first less the second after the adjustment, with the error of the matched estimate.
    n_treated: treated units with a path; n_matched: with at least one comparator; n_comparators: different units that serve.
    """

    effects: pd.DataFrame
    balance: pd.DataFrame
    paths: pd.DataFrame
    naive: pd.DataFrame
    n_treated: int
    n_matched: int
    n_comparators: int
    dropped: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """One cohort: rows of the treated, weights of all units as their comparators (M × N, sparse, rows sum to 1), the columns before and
    after, rows of the pool, the standard deviation that distances were measured in."""

    treated: Integers
    weights: csr_array
    before: Integers
    after: Integers
    pool: Integers
    spread: float


def matched_att(
    panel: pd.DataFrame,
    *,
    outcome: str,
    unit: str,
    period: str,
    cohort: str,
    cell: str | None = None,
    mixed: int = 1,
    neighbours: int = 3,
    caliper: float = CALIPER,
) -> Matched:
    """Effect on the treated against never-treated units matched on their outcomes before treatment.

    cell: column, constant inside a unit, that comparators must share; mixed: periods just before the cohort's first one that are
    neither before nor after (the year of the move); neighbours: comparators per treated unit, more where the last
    ones are equally near; caliper: farthest root-mean-square
    distance per period, in standard deviations of the outcome before treatment. Who finds fewer than `neighbours` within the caliper
    is left out and counted (n_matched). Raises NotEstimable as group_time_att; `no_treated` where nobody treated has a period before
    and one after, `no_comparators` where no unit stays untreated, `no_matches` where some do but nobody finds any near enough.
    """
    if neighbours < 1 or not caliper > 0 or mixed < 0:
        raise ValueError(f"neighbours={neighbours!r}, caliper={caliper!r}, mixed={mixed!r}; allowed: at least 1, above 0, from 0 on")
    matrix = balanced_panel(panel, Columns(outcome, unit, period, cohort))
    cells = np.zeros(len(matrix.cohort), dtype=np.int64) if cell is None else pd.factorize(panel[cell].to_numpy()[matrix.units])[0]
    pairs = [_pairs(matrix, cells, g, (mixed, neighbours, caliper)) for g in np.unique(matrix.cohort[np.isfinite(matrix.cohort)])]
    usable = [pair for pair in pairs if pair is not None]
    n_treated = sum(int((matrix.cohort == g).sum()) for g in np.unique(matrix.cohort) if np.isfinite(g) and _has_both(matrix, g, mixed))
    found = [pair for pair in usable if pair.treated.size]
    if not found:
        raise _refusal(matrix, n_treated)
    values = matrix.values
    return Matched(
        effects=_effects(values, found, f"matched/{neighbours}nn").assign(outcome=outcome),
        balance=_balance(values, found),
        paths=_paths(values, found, mixed),
        naive=_naive(values, found),
        n_treated=n_treated,
        n_matched=sum(pair.treated.size for pair in found),
        n_comparators=np.unique(np.concatenate([pair.weights.indices for pair in found])).size,
        dropped=matrix.dropped,
    )


def _refusal(matrix: BalancedPanel, n_treated: int) -> NotEstimable:
    """Why nobody found comparators."""
    if not n_treated:
        return NotEstimable("no_treated", "no treated unit has a period before the mixed ones and one after")
    if not np.isinf(matrix.cohort).any():
        return NotEstimable("no_comparators", "no unit stays untreated, so there is no comparator")
    return NotEstimable("no_matches", "no treated unit has comparators with the same path before treatment inside its cell")


def _has_both(matrix: BalancedPanel, g: float, mixed: int) -> bool:
    return bool((matrix.periods < g - mixed).any() and (matrix.periods >= g).any())


def _pairs(matrix: BalancedPanel, cells: Integers, g: float, options: tuple[int, int, float]) -> _Pairs | None:
    mixed, k, caliper = options
    if not _has_both(matrix, g, mixed):
        return None
    before = np.flatnonzero(matrix.periods < g - mixed)
    after = np.flatnonzero(matrix.periods >= g)
    treated, pool = np.flatnonzero(matrix.cohort == g), np.flatnonzero(np.isinf(matrix.cohort))
    spread = float(matrix.values[np.concatenate([treated, pool])][:, before].std()) or 1.0
    rows: list[Integers] = []
    owners: list[Integers] = []
    partners: list[Integers] = []
    for label in np.unique(cells[treated]):
        own, others = treated[cells[treated] == label], pool[cells[pool] == label]
        owner, partner = _nearest(matrix.values[own][:, before] / spread, matrix.values[others][:, before] / spread, k, caliper)
        full, numbered = np.unique(owner, return_inverse=True)
        owners.append(numbered + sum(some.size for some in rows))
        rows.append(own[full])
        partners.append(others[partner])
    weights = _weights(np.concatenate(owners), np.concatenate(partners), len(matrix.cohort))
    return _Pairs(np.concatenate(rows), weights, before, after, pool, spread)


def _weights(owners: Integers, partners: Integers, n_units: int) -> csr_array:
    """Equal weights of the partners of each owner, as a sparse matrix of owners × units. owners: 0, 1, … in any order."""
    from scipy.sparse import csr_array

    count = np.bincount(owners) if owners.size else np.zeros(0, dtype=np.int64)
    return csr_array((1.0 / count[owners], (owners, partners)), shape=(count.size, n_units))


def _nearest(points: Floats, among: Floats, k: int, caliper: float) -> tuple[Integers, Integers]:
    """Row numbers of points and of their neighbours in `among`, pair by pair: everyone as near as the k-th nearest. Points with fewer
    than k inside the caliper have none. Distances are per root of the dimension."""
    from scipy.spatial import cKDTree

    none = np.empty(0, dtype=np.int64)
    if among.shape[0] < k:
        return none, none
    tree = cKDTree(among)
    furthest = tree.query(points, k=[k], distance_upper_bound=caliper * math.sqrt(points.shape[1]))[0][:, 0]
    found = np.flatnonzero(np.isfinite(furthest))
    near = tree.query_ball_point(points[found], furthest[found] * (1 + ALIKE) + ALIKE, return_sorted=True)
    if not found.size:
        return none, none
    return np.repeat(found, [len(some) for some in near]), np.concatenate(near).astype(np.int64)


def _change(values: Floats, pair: _Pairs, after: Integers) -> Floats:
    """Mean of some columns after less mean before, of every unit."""
    return np.asarray(values[:, after].mean(axis=1) - values[:, pair.before].mean(axis=1))


def _effects(values: Floats, pairs: list[_Pairs], method: str) -> pd.DataFrame:
    held = [_held(values, pair) for pair in pairs]
    rows = [_effect(values, pairs, held, [pair.after for pair in pairs])]
    for event in range(max(pair.after.size for pair in pairs)):
        some = [k for k, pair in enumerate(pairs) if pair.after.size > event]
        one = [pairs[k].after[event : event + 1] for k in some]
        found = _effect(values, [pairs[k] for k in some], [held[k] for k in some], one)
        rows.append({**found, "event_time": float(event), "term": "event"})
    return effect_frame([{"term": "overall_simple", "method": method, **row} for row in rows])


@dataclass(frozen=True, slots=True)
class _Held:
    """What of a cohort's matches serves every period after: share: each unit's sum of weights; squared: weights²; serving: comparators
    with a share; owner, fellow: each of them beside its nearest fellows in the pool."""

    share: Floats
    squared: csr_array
    serving: Integers
    owner: Integers
    fellow: Integers


def _held(values: Floats, pair: _Pairs) -> _Held:
    share = np.asarray(pair.weights.sum(axis=0))
    serving, paths = np.flatnonzero(share), values[:, pair.before]
    if pair.pool.size < 2:
        return _Held(share, pair.weights.power(2), serving[:0], serving[:0], serving[:0])
    owner, fellow = _nearest(paths[serving], paths[pair.pool], 2, math.inf)
    owner, fellow = serving[owner], pair.pool[fellow]
    others = owner != fellow
    return _Held(share, pair.weights.power(2), serving, owner[others], fellow[others])


def _effect(values: Floats, pairs: list[_Pairs], held: list[_Held], after: list[Integers]) -> dict[str, object]:
    gaps, doubt = [], np.zeros(values.shape[0])
    own = 0.0
    for pair, kept, columns in zip(pairs, held, after, strict=True):
        change = _change(values, pair, columns)
        gaps.append(change[pair.treated] - pair.weights @ change - _left_over(values, pair, change))
        noise = _noise(change, kept)
        doubt += kept.share * noise
        own += float((kept.squared @ noise**2).sum())
    gap = np.concatenate(gaps)
    variance = (((gap - gap.mean()) ** 2).sum() + max(float((doubt**2).sum()) - own, 0.0)) / gap.size**2
    error = math.sqrt(variance) if gap.size > 1 else math.nan
    return {**normal_row(float(gap.mean()), error), "n_units": gap.size}


def _left_over(values: Floats, pair: _Pairs, change: Floats) -> Floats:
    """What the remaining distance between treated and partners explains, by a regression of the pool's changes on its paths."""
    before = values[:, pair.before]
    if pair.pool.size <= before.shape[1] + 1:
        return np.zeros(pair.treated.size)
    design = np.column_stack([np.ones(pair.pool.size), before[pair.pool]])
    slope = np.linalg.lstsq(design, change[pair.pool], rcond=None)[0][1:]
    return np.asarray((before[pair.treated] - pair.weights @ before) @ slope)


def _noise(change: Floats, held: _Held) -> Floats:
    """Residual change of each serving comparator against its nearest fellows in the pool (all that are equally near), scaled to its own
    standard deviation: the root of J/(J+1) for J fellows (Abadie and Imbens 2006, equation 14)."""
    noise, serving = np.zeros(change.size), held.serving
    count = np.bincount(held.owner, minlength=change.size)
    mean = np.bincount(held.owner, change[held.fellow], minlength=change.size)[serving] / count[serving]
    noise[serving] = (change[serving] - mean) * np.sqrt(count[serving] / (count[serving] + 1.0))
    return noise


def _balance(values: Floats, pairs: list[_Pairs]) -> pd.DataFrame:
    rows = []
    spread = math.sqrt(np.average([pair.spread**2 for pair in pairs], weights=[pair.treated.size for pair in pairs]))
    for step in range(1, max(pair.before.size for pair in pairs) + 1):
        some = [pair for pair in pairs if pair.before.size >= step]
        size = np.array([pair.treated.size for pair in some])
        moved = np.concatenate([values[pair.treated, pair.before[-step]] for pair in some])
        before = np.average([values[pair.pool, pair.before[-step]].mean() for pair in some], weights=size)
        after = np.average([(pair.weights @ values[:, pair.before[-step]]).mean() for pair in some], weights=size)
        rows.append([step, moved.size, moved.mean(), before, after, (moved.mean() - before) / spread, (moved.mean() - after) / spread])
    names = ["period_before", "n_units", "moved", "compared_before", "compared_after", "std_gap_before", "std_gap_after"]
    return pd.DataFrame(rows, columns=names)


def _paths(values: Floats, pairs: list[_Pairs], mixed: int) -> pd.DataFrame:
    rows: dict[tuple[str, int], list[Floats]] = {}
    for pair in pairs:
        events = [*range(-mixed - pair.before.size, -mixed), *range(pair.after.size)]
        for event, column in zip(events, [*pair.before, *pair.after], strict=True):
            rows.setdefault(("moved", event), []).append(values[pair.treated, column])
            rows.setdefault(("pseudo", event), []).append(pair.weights @ values[:, column])
    found = [[group, event, float(np.concatenate(parts).mean()), sum(map(len, parts))] for (group, event), parts in sorted(rows.items())]
    return pd.DataFrame(found, columns=["group", "event_time", "mean", "n"])


def _naive(values: Floats, pairs: list[_Pairs]) -> pd.DataFrame:
    rows = []
    for group in ("moved", "pseudo"):
        sides = [
            np.concatenate([values[pair.treated, c] if group == "moved" else pair.weights @ values[:, c] for pair, c in ends])
            for ends in ([(p, p.before[-1]) for p in pairs], [(p, p.after[0]) for p in pairs])
        ]
        gap = sides[1] - sides[0]
        error = gap.std(ddof=1) / math.sqrt(gap.size) if gap.size > 1 else math.nan
        rows.append([group, gap.size, sides[0].mean(), sides[1].mean(), gap.mean(), error])
    last = [replace(pair, before=pair.before[-1:]) for pair in pairs]
    beyond = _effect(values, last, [_held(values, pair) for pair in last], [pair.after[:1] for pair in pairs])
    rows.append(["difference", beyond["n_units"], math.nan, math.nan, beyond["estimate"], beyond["std_error"]])
    return pd.DataFrame(rows, columns=["group", "n", "before", "after", "difference", "std_error"])
