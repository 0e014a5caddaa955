"""Estimates and their joint covariance from a factor F with Σ = F Fᵀ: cells from cohort tables, weighted sums of cells from cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.aggregates import Weights
from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.cohorts import CohortTable
from mutasi_analysis.causal.comparisons import Cells
from mutasi_analysis.causal.small_sample import Spread, unbiased


@dataclass(frozen=True, slots=True)
class Estimates:
    """estimate: P numbers; factor: P × R with covariance = factor @ factor.T; spread: what each cohort adds to it, for small samples."""

    estimate: Floats
    factor: Floats
    spread: Spread | None = None

    @property
    def covariance(self) -> Floats:
        return np.asarray(self.factor @ self.factor.T)


@dataclass(frozen=True, slots=True)
class AffineInfluence:
    """Influence of a unit of cohort k with outcomes y on cell c: slope[c, k] · (y − mean_k) + level[c, k] (C × K × T, C × K);
    slopes sum to 0 over time, so the unit's own level drops out."""

    att: Floats
    slope: Floats
    level: Floats


def affine_influence(table: CohortTable, cells: Cells) -> AffineInfluence:
    """ATT(g,t) = change of the cohort minus pooled change of its comparators, with the influence of every unit in closed form."""
    total, count = float(table.n.sum()), cells.cohort.size
    rows = np.arange(count)
    change = table.mean[:, cells.period].T - table.mean[:, cells.base].T
    size = cells.against * table.n
    pooled = size.sum(axis=1)
    control = (size * change).sum(axis=1) / pooled
    weight = -total / pooled[:, None] * cells.against
    level = weight * (change - control[:, None])
    weight[rows, cells.cohort] += total / table.n[cells.cohort]
    slope = np.zeros((count, table.cohorts.size, table.periods.size))
    slope[rows, :, cells.period] += weight
    slope[rows, :, cells.base] -= weight
    return AffineInfluence(change[rows, cells.cohort] - control, slope, level)


def aggregate(table: CohortTable, cells: AffineInfluence, weights: Weights, *, small_sample: bool = False) -> Estimates:
    """Every row of `weights` as estimate with factor; estimated cohort shares included, clusters where the table has them.

    small_sample: unbiased variances of the cohorts, with their degrees of freedom (small_sample.py); tables without clusters only.
    """
    sums = weights.cells[cells.att.size :]  # the rows before them are the cells themselves
    slope = np.concatenate([cells.slope, np.tensordot(sums, cells.slope, axes=1)])
    level = np.concatenate([cells.level, sums @ cells.level]) + weights.shares
    total = float(table.n.sum())
    estimate = weights.cells @ cells.att
    if table.clusters is not None:
        return Estimates(estimate, compressed(_by_cluster(table, slope, level) / total))
    scatter, freedom = unbiased(table) if small_sample else (table.scatter, None)
    parts = tuple(slope[:, k] @ _root(scatter[k]) / total for k in range(table.cohorts.size))
    factor = compressed(np.hstack([level * np.sqrt(table.n) / total, *parts]))
    return Estimates(estimate, factor, None if freedom is None else Spread(parts, freedom))


def _by_cluster(table: CohortTable, slope: Floats, level: Floats) -> Floats:
    sums = table.clusters
    assert sums is not None
    cluster, labels = pd.factorize(sums.label)
    inside = table.mean - table.mean.mean(axis=1, keepdims=True)
    deviation = sums.total - sums.n[:, None] * inside[sums.cohort]
    factor = np.zeros((level.shape[0], len(labels)))
    for k in range(table.cohorts.size):
        rows = sums.cohort == k
        influence = slope[:, k] @ deviation[rows].T + level[:, k : k + 1] * sums.n[rows]
        np.add.at(factor.T, cluster[rows], influence.T)
    return factor


def _root(matrix: Floats) -> Floats:
    """Symmetric square root, which unlike Cholesky's depends continuously on a singular matrix; NaN where a variance is not known (a
    cohort of one)."""
    if not np.isfinite(matrix).all():
        return np.full_like(matrix, np.nan)
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T)


def compressed(factor: Floats) -> Floats:
    """The same covariance with at most as many columns as rows."""
    return _root(factor @ factor.T) if factor.shape[1] > factor.shape[0] else factor


def from_unit_influence(
    att: Floats, influence: Floats, cluster: NDArray[np.int64] | None, cohort: NDArray[np.int64], weights: Weights
) -> Estimates:
    """Weighted sums of cells whose influence is known unit by unit (N × C), as `aggregate` does from tables.

    cluster: N codes or None; cohort: N indices into the columns of weights.shares.
    """
    unit = influence @ weights.cells.T + weights.shares.T[cohort]
    if cluster is not None:
        unit = np.stack([np.bincount(cluster, weights=column) for column in unit.T], axis=1)
    return Estimates(weights.cells @ att, compressed(unit.T / influence.shape[0]))
