"""Inference for few units: every way the treatment could have fallen on the units.

Fisher's exact test under the sharp null that no unit has an effect; the interval holds all constant effects that the test does not
reject (Imbens and Rubin 2015, chapter 5). With few units the smallest possible p-value is large and the interval may have no end:
that is the honest answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.panel import BalancedPanel, Columns, balanced_panel
from mutasi_analysis.causal.power import detectable_by_exchange
from mutasi_analysis.causal.refusal import NotEstimable

MOST_EXACT = 20_000  # assignments that are all listed; beyond it they are drawn
WORLDS, HELD_AGAINST = 120, 499  # assignments taken as real, and held against each of them, for the smallest effect that shows


@dataclass(frozen=True, slots=True)
class PermutationResult:
    """estimate: the core's overall_group (never-treated comparators); p_value: share of assignments at least as far from zero, the real one
    included; conf_low, conf_high: constant effects not rejected at 5 % (±inf where the units are too few to reject any);
    smallest_p: the least p-value so many units can give; n_assignments: looked at; exact: all there are; n_treated, n_compared: units;
    pretest_p: share of assignments whose paths before treatment (and anticipation) differ at least as much, NaN without such a path;
    mde: constant effect that this test, at the interval's level, finds with 80 % power if its size and the outcomes without it are as
    estimated here (infinite where so few units can show none).
    With few units the Wald pre-test of group_time_att rejects far too often (half the time for 6 against 6)."""

    estimate: float
    p_value: float
    conf_low: float
    conf_high: float
    smallest_p: float
    n_assignments: int
    exact: bool
    n_treated: int
    n_compared: int
    dropped: tuple[tuple[str, int], ...]
    pretest_p: float = math.nan
    mde: float = math.nan


def permutation_att(
    panel: pd.DataFrame,
    *,
    outcome: str,
    unit: str,
    period: str,
    cohort: str,
    anticipation: float = 0,
    draws: int = 4999,
    alpha: float = 0.05,
    seed: int = 0,
    with_mde: bool = True,
) -> PermutationResult:
    """Overall effect with an exact p-value and interval from permuting which units were treated when (arguments as group_time_att).

    The sizes of the cohorts stay; units, with all their periods, change places. with_mde: also the smallest effect that shows, which
    takes most of the time. Raises NotEstimable as group_time_att.
    """
    matrix = balanced_panel(panel, Columns(outcome, unit, period, cohort))
    starts, changes, gains, cohort_of, dropped = _contrasts(matrix, anticipation)
    if not starts.size:
        raise NotEstimable("no_treated", "no cohort is first treated inside the periods with an untreated period before it")
    if not (cohort_of < 0).any():
        raise NotEstimable("no_comparators", "no unit stays untreated, so there is no comparator")
    labels, exact, possible = _assignments(cohort_of, draws, seed)
    effect = _statistic(changes, labels)
    shift = _moved_gain(gains, cohort_of, labels)
    mirrored = starts.size == 1 and 2 * int((cohort_of >= 0).sum()) == cohort_of.size
    before, owner = _before(matrix, starts, anticipation)
    smallest = (2.0 if mirrored else 1.0) / possible if exact else 1.0 / (draws + 1)
    low, high = _inverted(effect, shift, alpha)
    return PermutationResult(
        estimate=float(effect[0]),
        p_value=_p_value(effect, shift, 0.0, float(np.abs(effect).max())),
        conf_low=low,
        conf_high=high,
        smallest_p=smallest,
        n_assignments=len(labels),
        exact=exact,
        n_treated=int((cohort_of >= 0).sum()),
        n_compared=int((cohort_of < 0).sum()),
        dropped=dropped,
        pretest_p=_paths_p(before, owner, labels),
        mde=_smallest_shown(effect - effect[0] * shift, gains, labels, alpha) if with_mde else math.nan,
    )


def _contrasts(matrix: BalancedPanel, anticipation: float) -> tuple[Floats, Floats, Floats, np.ndarray, tuple[tuple[str, int], ...]]:
    """Cohorts; each unit's mean change after each cohort's start (N × G); the same of each cohort's treatment indicator (G × G);
    each unit's cohort (−1 = never); dropped."""
    periods = matrix.periods
    late, early = matrix.cohort > periods[-1] + anticipation, _early(matrix, anticipation)
    values, cohort = matrix.values[~early], np.where(late, np.inf, matrix.cohort)[~early]
    starts = np.unique(cohort[np.isfinite(cohort) & (cohort <= periods[-1])])
    code = np.where(np.isin(cohort, starts), np.searchsorted(starts, cohort), -1)
    windows = np.zeros((starts.size, periods.size))
    for k, g in enumerate(starts):
        windows[k, periods >= g] = 1 / (periods >= g).sum()
        windows[k, np.flatnonzero(periods + anticipation < g)[-1]] -= 1
    treated = (periods[None] >= starts[:, None]).astype(float)
    dropped = matrix.dropped + ((("treated_from_start", int(early.sum())),) if early.any() else ())
    return starts, values @ windows.T, treated @ windows.T, code, dropped


def _early(matrix: BalancedPanel, anticipation: float) -> np.ndarray:
    """Units without a period before their treatment (and anticipation)."""
    return np.asarray(matrix.cohort <= matrix.periods[0] + anticipation)


def _before(matrix: BalancedPanel, starts: Floats, anticipation: float) -> tuple[Floats, np.ndarray]:
    """Each unit's change into each period before a cohort's treatment (and anticipation): N × C; and the cohort of each of the C."""
    periods, values = matrix.periods, matrix.values[~_early(matrix, anticipation)]
    cells = [(k, t) for k, g in enumerate(starts) for t in range(1, periods.size) if periods[t] + anticipation < g]
    owner, into = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    return values[:, into] - values[:, into - 1], owner


def _paths_p(changes: Floats, owner: np.ndarray, labels: np.ndarray) -> float:
    """Permutation p-value of Σ n · (mean change of the cohort − of the never treated)² / variance over the changes before treatment."""
    spread = changes.std(axis=0)
    moving = spread > 1e-12 * np.abs(changes).max(initial=0.0)
    if not moving.any():
        return math.nan
    changes, owner = changes[:, moving] / spread[moving], owner[moving]
    never = (labels < 0).astype(float)
    pooled = never @ changes / never[0].sum()
    distance = np.zeros(len(labels))
    for k in np.unique(owner):
        own = (labels == k).astype(float)
        size = own[0].sum()
        for column in np.flatnonzero(owner == k):
            distance += size * (own @ changes[:, column] / size - pooled[:, column]) ** 2
    return float((distance >= distance[0] * (1 - 1e-9)).mean())


def _assignments(cohort_of: np.ndarray, draws: int, seed: int) -> tuple[np.ndarray, bool, int]:
    """Assignments × units with the real one first, whether they are all there are, and how many there are."""
    sizes = np.bincount(cohort_of + 1)
    possible = math.factorial(cohort_of.size)
    for size in sizes.tolist():
        possible //= math.factorial(size)
    if possible <= MOST_EXACT:
        labels = _all_assignments(cohort_of.size, sizes[1:].tolist())
        real = int(np.flatnonzero((labels == cohort_of).all(axis=1))[0])
        return np.concatenate([labels[real : real + 1], np.delete(labels, real, axis=0)]), True, possible
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(cohort_of, (draws, 1)), axis=1)
    return np.concatenate([cohort_of[None], shuffled]), False, possible


def _all_assignments(units: int, sizes: list[int]) -> np.ndarray:
    """Every way to give `sizes[k]` of the units the label k and the rest −1: assignments × units."""
    labels, free = np.full((1, units), -1), np.arange(units)[None]
    for k, size in enumerate(sizes):
        chosen = np.array(list(combinations(range(free.shape[1]), size)))
        left = np.ones((len(chosen), free.shape[1]), dtype=bool)
        np.put_along_axis(left, chosen, False, axis=1)
        rest = np.nonzero(left)[1].reshape(len(chosen), -1)
        rows, columns = np.repeat(np.arange(len(labels)), len(chosen)), np.tile(chosen, (len(labels), 1))
        labels = labels[rows]
        np.put_along_axis(labels, np.take_along_axis(free[rows], columns, axis=1), k, axis=1)
        free = np.take_along_axis(free[rows], np.tile(rest, (len(free), 1)), axis=1)
    return labels


def _statistic(changes: Floats, labels: np.ndarray) -> Floats:
    """overall_group of every assignment: cohort means of changes less those of the never treated, by cohort size (the same in all)."""
    never = labels < 0
    pooled = never @ changes / never[0].sum()
    total = np.zeros(len(labels))
    for k in range(changes.shape[1]):
        own = labels == k
        total += own @ changes[:, k] - own[0].sum() * pooled[:, k]
    return np.asarray(total / (~never[0]).sum())


def _moved_gain(gains: Floats, cohort_of: np.ndarray, labels: np.ndarray) -> Floats:
    """The same statistic of the real treatment indicator: what a constant effect of one adds to each assignment."""
    per_unit = np.where((cohort_of >= 0)[:, None], gains[np.maximum(cohort_of, 0)], 0.0)
    return _statistic(per_unit, labels)


def _smallest_shown(noise: Floats, gains: Floats, labels: np.ndarray, alpha: float) -> float:
    """Smallest effect that shows, from the statistics of outcomes with the estimated effect taken out: had another assignment been real,
    how large would the effect have had to be? The noise is scaled up for the effect that was fitted (N − 1 over N − 2 of its variance)."""
    units = labels.shape[1]
    real, held = (np.unique(np.linspace(0, len(labels) - 1, count).astype(int)) for count in (WORLDS, HELD_AGAINST))
    scaled = noise * math.sqrt((units - 1) / (units - 2)) if units > 2 else noise
    gained = np.concatenate([gains, np.zeros((1, gains.shape[1]))])[labels[real]]
    never = (labels[held] < 0).astype(float)
    total = np.zeros((real.size, held.size))
    for k in range(gains.shape[1]):
        own = (labels[held] == k).astype(float)
        total += gained[:, :, k] @ (own - own.sum(axis=1, keepdims=True) * never / never.sum(axis=1, keepdims=True)).T
    overlap = total / (units - never.sum(axis=1))
    overlap[real[:, None] == held] = math.nan
    return detectable_by_exchange(scaled[real], scaled[held], overlap, alpha=alpha)


def _p_value(effect: Floats, shift: Floats, tau: float, largest: float) -> float:
    """Share of assignments at least as extreme as the real one once a constant effect tau is taken out. largest: of |effect|."""
    left = np.abs(effect - tau * shift)
    return np.count_nonzero(left >= left[0] - 1e-9 * max(1.0, largest)) / left.size


def _inverted(effect: Floats, shift: Floats, alpha: float) -> tuple[float, float]:
    """Constant effects that are not rejected, looked for outwards from the estimate; infinite where none far away is."""
    largest = float(np.abs(effect).max())
    reach = 50 * (largest + 1e-12)
    ends = []
    for side in (-1.0, 1.0):
        far = float(effect[0]) + side * reach
        if _p_value(effect, shift, far, largest) > alpha:
            ends.append(side * math.inf)
            continue
        inside, outside = float(effect[0]), far
        for _ in range(50):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if _p_value(effect, shift, middle, largest) > alpha else (inside, middle)
        ends.append(inside)
    return ends[0], ends[1]


def few_units(n_treated: int, n_compared: int, *, fewest_treated: int, fewest_compared: int) -> bool:
    """The stated rule: permutation over units (and synthetic DiD) answers where treated or compared units are fewer than the floor."""
    return n_treated < fewest_treated or n_compared < fewest_compared
