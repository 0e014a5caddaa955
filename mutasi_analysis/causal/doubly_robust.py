"""Doubly robust ATT(g,t) with covariates: logit for who is treated, regression for how comparators would have changed.

Sant'Anna and Zhao (2020), Journal of Econometrics 219, 101-122; the estimator and trimming of R `DRDID::drdid_panel`. Covariates are
taken from the earlier period of each comparison. Written here because libraries that estimate the same cells do not give their
influence functions away, and aggregates, clusters and bands need the covariance between cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.comparisons import Cells, Sample
from mutasi_analysis.causal.numbering import Integers
from mutasi_analysis.causal.panel import BalancedPanel

TRIM = 0.995  # comparators with a higher propensity are left out, as in DRDID 1.2


@dataclass(frozen=True, slots=True)
class RobustCells:
    """cells: those that could be estimated; att: C; influence: N × C; cohort: N indices into the sample's cohorts; cluster: N codes."""

    cells: Cells
    att: Floats
    influence: Floats
    cohort: Integers
    cluster: Integers | None
    notes: tuple[str, ...]


def doubly_robust_cells(panel: BalancedPanel, sample: Sample, cells: Cells) -> RobustCells:
    """Every cell of the sample with covariates; cells without overlap or with too few units are left out and counted in a note."""
    cohorts = sample.table.cohorts
    window = np.isin(panel.periods, sample.table.periods)
    position = np.where(np.isin(panel.cohort, cohorts), panel.cohort, np.inf)
    late = np.isfinite(panel.cohort) & (panel.cohort > panel.periods[-1])
    kept = np.isin(panel.cohort, cohorts) | late
    values, covariates = panel.values[kept][:, window], panel.covariates[:, kept][:, :, window]
    cohort = np.searchsorted(cohorts, position[kept])
    cluster = None if panel.cluster is None else pd.factorize(panel.cluster[kept])[0]
    columns = [_cell(values, covariates, cohort, cells, c) for c in range(cells.cohort.size)]
    good = np.array([column is not None for column in columns])
    found = [column for column in columns if column is not None]
    notes = (
        () if good.all() else (f"{int((~good).sum())} cells could not be estimated with these covariates (too few units or no overlap)",)
    )
    if not found:
        raise ValueError("no cell can be estimated with these covariates: too few units, collinear covariates, or no overlap")
    some = Cells(cells.cohort[good], cells.period[good], cells.base[good], cells.against[good])
    return RobustCells(some, np.array([att for att, _ in found]), np.stack([inf for _, inf in found], axis=1), cohort, cluster, notes)


def _cell(values: Floats, covariates: Floats, cohort: Integers, cells: Cells, c: int) -> tuple[float, Floats] | None:
    treated = cohort == cells.cohort[c]
    chosen = treated | cells.against[c][cohort]
    t, base = cells.period[c], cells.base[c]
    change = values[chosen, t] - values[chosen, base]
    design = np.column_stack([np.ones(int(chosen.sum())), covariates[:, chosen, min(t, base)].T])
    result = drdid(change, treated[chosen], _standardised(design))
    if result is None:
        return None
    influence = np.zeros(cohort.size)
    influence[chosen] = result[1] * cohort.size / chosen.sum()
    return result[0], influence


def _standardised(design: Floats) -> Floats:
    """Same column space with an orthogonal basis: nothing depends on the covariates' units."""
    centre, spread = design[:, 1:].mean(axis=0), design[:, 1:].std(axis=0)
    return np.column_stack([design[:, :1], (design[:, 1:] - centre) / np.where(spread > 0, spread, 1.0)])


def drdid(change: Floats, treated: NDArray[np.bool_], design: Floats) -> tuple[float, Floats] | None:
    """ATT of one comparison and each unit's influence (mean zero). None where logit or regression has no solution."""
    n = change.size
    d, c = treated.astype(float), 1.0 - treated
    fit = _logit(d, design)
    gram = (design * c[:, None]).T @ design / n
    if fit is None or np.linalg.cond(gram) > 1e12:
        return None
    propensity, bread = fit
    odds = np.where(propensity < TRIM, c * propensity / np.clip(1 - propensity, 1e-12, None), 0.0)
    if odds.sum() == 0:
        return None
    residual = change - design @ np.linalg.solve(gram, design.T @ (c * change) / n)
    regression = (design * (c * residual)[:, None]) @ np.linalg.inv(gram)
    logit = (design * (d - propensity)[:, None]) @ bread
    gain, drift = float(d @ residual / d.sum()), float(odds @ residual / odds.sum())
    of_treated = d * (residual - gain) - regression @ (d @ design / n)
    of_control = odds * (residual - drift) + logit @ ((odds * (residual - drift)) @ design / n) - regression @ (odds @ design / n)
    return gain - drift, of_treated / d.mean() - of_control / odds.mean()


def _logit(d: Floats, design: Floats) -> tuple[Floats, Floats] | None:
    """Fitted probabilities and n · inverse information by Newton's method; None where the groups separate or covariates are collinear."""
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        information = (design * (p * (1 - p))[:, None]).T @ design
        if np.linalg.cond(information) > 1e12:
            return None
        step = np.linalg.solve(information, design.T @ (d - p))
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            return p, np.asarray(d.size * np.linalg.inv(information), dtype=float)
    return None
