"""Cohort tables: all that a group-time estimate needs of a balanced panel, small, and exact under addition.

Without covariates every ATT(g,t) is a difference of cohort means and its influence function is affine in the outcomes inside a
cohort, so size, mean vector and scatter matrix of each cohort suffice. Only changes over time matter, so the scatter is that of each
unit's deviations from its own mean: differences in level between units, often far larger, cost no digits. Tables of two files,
regions or machines add up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.numbering import Integers
from mutasi_analysis.causal.panel import BalancedPanel, Columns, balanced_panel

BLOCK = 2048  # units read at a time


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """One row per cluster and cohort: labels, indices into the table's cohorts, units, and summed deviations of units from
    their own means (rows × T)."""

    label: NDArray[np.object_]
    cohort: Integers
    n: Integers
    total: Floats


@dataclass(frozen=True, slots=True)
class CohortTable:
    """Sufficient statistics of a balanced panel by cohort of first treatment. `a + b` is the table of both panels together.

    periods: T positions in order; cohorts: K positions in order, inf = never treated; n: K units; mean: K × T outcome means;
    scatter: K × T × T sums of products of changes inside units (each unit's outcomes less its own mean) around the cohort's;
    scale: unit of the positions (clock.SCALES); clusters: sums by cluster, or None; dropped: reason → units left out while the
    table was made.
    The units of two added tables must be different people; equal cluster labels mean the same cluster.
    """

    periods: Floats
    cohorts: Floats
    n: Integers
    mean: Floats
    scatter: Floats
    scale: str = "number"
    clusters: ClusterSums | None = None
    dropped: tuple[tuple[str, int], ...] = ()

    def __add__(self, other: CohortTable) -> CohortTable:
        if not np.array_equal(self.periods, other.periods) or self.scale != other.scale:
            raise ValueError(f"tables have different periods: {self.periods.tolist()} and {other.periods.tolist()}; they must be the same")
        if (self.clusters is None) != (other.clusters is None):
            raise ValueError("one table has clusters and the other has none; make both with or both without")
        cohorts = np.union1d(self.cohorts, other.cohorts)
        a, b = self._spread_over(cohorts), other._spread_over(cohorts)
        n = a.n + b.n
        share = np.divide(b.n, n, out=np.zeros(n.size), where=n > 0)
        gap = b.mean - a.mean
        bend = _inside(gap)
        cross = (a.n * share)[:, None, None] * bend[:, :, None] * bend[:, None, :]
        return CohortTable(
            self.periods, cohorts, n, a.mean + share[:, None] * gap, a.scatter + b.scatter + cross, self.scale,
            _joined(a.clusters, b.clusters), tuple((Counter(dict(self.dropped)) + Counter(dict(other.dropped))).items()),
        )  # fmt: skip

    def _spread_over(self, cohorts: Floats) -> CohortTable:
        """The same table with empty rows for cohorts it does not have."""
        at, width = np.searchsorted(cohorts, self.cohorts), self.periods.size
        n = np.zeros(cohorts.size, dtype=np.int64)
        mean, scatter = np.zeros((cohorts.size, width)), np.zeros((cohorts.size, width, width))
        n[at], mean[at], scatter[at] = self.n, self.mean, self.scatter
        old = self.clusters
        moved = None if old is None else ClusterSums(old.label, at[old.cohort].astype(np.int64), old.n, old.total)
        return CohortTable(self.periods, cohorts, n, mean, scatter, self.scale, moved, self.dropped)

    def keep(self, cohorts: NDArray[np.bool_], periods: NDArray[np.bool_]) -> CohortTable:
        """The table of a part of its cohorts and periods."""
        old, clusters = self.clusters, None
        if old is not None:
            rows = cohorts[old.cohort]
            index = np.cumsum(cohorts) - 1
            clusters = ClusterSums(old.label[rows], index[old.cohort[rows]], old.n[rows], old.total[rows][:, periods])
        scatter = self.scatter[cohorts][:, periods][:, :, periods]
        mean = self.mean[cohorts][:, periods]
        return CohortTable(self.periods[periods], self.cohorts[cohorts], self.n[cohorts], mean, scatter, self.scale, clusters, self.dropped)

    def relabel(self, cohorts: Floats) -> CohortTable:
        """The table with cohort k called cohorts[k]; equal names are pooled."""
        parts = []
        for k in range(self.cohorts.size):
            one = self.keep(np.arange(self.cohorts.size) == k, np.ones(self.periods.size, dtype=bool))
            parts.append(CohortTable(one.periods, cohorts[k : k + 1], one.n, one.mean, one.scatter, one.scale, one.clusters))
        whole = parts[0]
        for part in parts[1:]:
            whole = whole + part
        return CohortTable(whole.periods, whole.cohorts, whole.n, whole.mean, whole.scatter, whole.scale, whole.clusters, self.dropped)


def cohort_table(panel: pd.DataFrame, *, outcome: str, unit: str, period: str, cohort: str, cluster: str | None = None) -> CohortTable:
    """Long frame (one row per unit and period; cohort 0, inf or missing = never treated) → CohortTable. Errors as balanced_panel."""
    return table_of(balanced_panel(panel, Columns(outcome, unit, period, cohort, cluster)))


def table_of(panel: BalancedPanel) -> CohortTable:
    """Balanced matrix → CohortTable."""
    code, cohorts = pd.factorize(panel.cohort, sort=True)
    parts = [_moments(panel.values, np.flatnonzero(code == k)) for k in range(len(cohorts))]
    n = np.bincount(code, minlength=len(cohorts)).astype(np.int64)
    mean, scatter = (np.stack([part[i] for part in parts]) for i in (0, 1))
    return CohortTable(panel.periods, np.asarray(cohorts), n, mean, scatter, panel.scale, _sums(panel, code), panel.dropped)


def _moments(values: Floats, rows: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Mean, and scatter of changes inside units, of some rows; block by block, so that each passes through the cache once."""
    width = values.shape[1]
    average, level = np.full(width, 1 / width), 0.0
    centre = values[rows[:BLOCK]].mean(axis=0)
    centre -= centre.mean()
    first, second = np.zeros(width), np.zeros((width, width))
    for start in range(0, rows.size, BLOCK):
        block = values.take(rows[start : start + BLOCK], axis=0).T.copy()
        levels = average @ block
        block -= levels
        block -= centre[:, None]
        level += float(levels.sum())
        first += block.sum(axis=1)
        second += block @ block.T
    shift = first / rows.size
    return level / rows.size + centre + shift, second - rows.size * np.outer(shift, shift)


def _inside(values: Floats) -> Floats:
    """Each row less its own mean."""
    return np.asarray(values - values.mean(axis=1, keepdims=True))


def _sums(panel: BalancedPanel, code: Integers) -> ClusterSums | None:
    if panel.cluster is None:
        return None
    cluster, labels = pd.factorize(panel.cluster)
    return _grouped(np.asarray(labels, dtype=object), cluster, code, np.ones(code.size, dtype=np.int64), _inside(panel.values))


def _joined(a: ClusterSums | None, b: ClusterSums | None) -> ClusterSums | None:
    if a is None or b is None:
        return None
    cluster, labels = pd.factorize(np.concatenate([a.label, b.label]))
    cohort, n = np.concatenate([a.cohort, b.cohort]), np.concatenate([a.n, b.n])
    return _grouped(np.asarray(labels, dtype=object), cluster, cohort, n, np.vstack([a.total, b.total]))


def _grouped(labels: NDArray[np.object_], cluster: Integers, cohort: Integers, n: Integers, total: Floats) -> ClusterSums:
    """Rows added up by cluster and cohort."""
    key, row = np.unique(cluster * (int(cohort.max()) + 1) + cohort, return_inverse=True)
    sums = np.stack([np.bincount(row, weights=column, minlength=key.size).astype(float) for column in total.T], axis=1)
    counts = np.bincount(row, weights=n, minlength=key.size).astype(np.int64)
    return ClusterSums(labels[key // (int(cohort.max()) + 1)], key % (int(cohort.max()) + 1), counts, sums)
