"""Intervals and pre-tests that keep their promise with tens of units, where normal quantiles cover too little and a Wald test of many
cells rejects up to half of equal worlds.

Every estimate is a sum of independent means, one per cohort: its variance is the sum of the cohorts' unbiased variances (divided by
n − 1), its degrees of freedom are Welch and Satterthwaite's (1946, Biometrics Bulletin 2, 110-114), which for cohort means are those of
Bell and McCaffrey with HC2 errors (Imbens and Kolesár 2016, Review of Economics and Statistics 98, 701-712). Several estimates together are
tested by Hotelling's T² with the degrees of freedom of Krishnamoorthy and Yu (2004, Statistics and Probability Letters 66, 161-169).
Measured in docs/methods.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.cohorts import CohortTable

MANY = 1e9  # degrees of freedom from which on Student's t is the normal


@dataclass(frozen=True, slots=True)
class Spread:
    """What each cohort adds to the covariance of P estimates: parts[k] (P × T) times its transpose; freedom: K degrees of freedom."""

    parts: tuple[Floats, ...]
    freedom: Floats

    def degrees(self) -> Floats:
        """Welch-Satterthwaite degrees of freedom of every estimate; NaN where nothing varies."""
        variance = np.stack([(part**2).sum(axis=1) for part in self.parts])
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(variance.sum(axis=0) ** 2 / (variance**2 / self.freedom[:, None]).sum(axis=0))


def unbiased(table: CohortTable) -> tuple[Floats, Floats]:
    """Scatter of each cohort scaled to n times its unbiased covariance, and the degrees of freedom behind it.

    A cohort of one unit shows no spread of its own and borrows that of the other treated cohorts together (of all, if they have none).
    """
    own = np.maximum(table.n - 1, 0).astype(float)
    covariance = table.scatter / np.maximum(own, 1)[:, None, None]
    alone = own == 0
    if alone.any():
        lenders = np.isfinite(table.cohorts) & ~alone
        lenders = lenders if lenders.any() else ~alone
        freedom = float(own[lenders].sum())
        covariance[alone] = table.scatter[lenders].sum(axis=0) / freedom if freedom else math.nan
        own[alone] = freedom
    return covariance * table.n[:, None, None], own


def f_test(estimate: Floats, covariance: Floats, blocks: list[Floats], freedom: Floats) -> tuple[float, int, float]:
    """Test that all given effects are zero: T², their number, p. blocks: covariance by cohort (K of q × q).

    p is NaN without effects, with a singular covariance, and with fewer degrees of freedom than effects.
    """
    count = estimate.size
    if count == 0:
        return math.nan, 0, math.nan
    scale = 1 / np.sqrt(np.diag(covariance))
    correlation = covariance * scale[:, None] * scale
    if not np.isfinite(correlation).all() or np.linalg.cond(correlation) > 1e12:
        return math.nan, count, math.nan
    score = estimate * scale
    squared = float(score @ np.linalg.solve(correlation, score))
    inverse = np.linalg.inv(correlation)
    shares = [(block * scale[:, None] * scale) @ inverse for block in blocks]
    doubt = sum((float(np.trace(s @ s)) + float(np.trace(s)) ** 2) / f for s, f in zip(shares, freedom.tolist(), strict=True))
    behind = (count + count**2) / doubt
    left = behind - count + 1
    if not left > 0:
        return squared, count, math.nan
    from scipy.special import fdtrc

    return squared, count, float(fdtrc(count, left, squared * left / (behind * count)))


def t_quantile(level: float, degrees: Floats) -> Floats:
    """Quantile of Student's t for every number of degrees of freedom; NaN for NaN."""
    from scipy.special import stdtrit

    return np.asarray(stdtrit(np.minimum(degrees, MANY), level))


def t_two_sided(ratio: Floats, degrees: Floats) -> Floats:
    """Two-sided p-values of estimates over their errors."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(np.minimum(degrees, MANY), -np.abs(ratio)))
