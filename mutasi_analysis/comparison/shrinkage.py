"""Each region's own effect, drawn towards the mean by how little its own data say (empirical Bayes), and ranks with their doubt."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from mutasi_analysis.comparison.multiplicity import holm
from mutasi_analysis.comparison.pooling import Numbers, pool, usable
from mutasi_analysis.estimate import normal_p


def shrunken_effects(estimate: Numbers, std_error: Numbers, *, tau2: str = "REML", interval: str = "HKSJ-adhoc") -> pd.DataFrame:
    """Best linear unbiased predictions, as R metafor's blup(): estimate, std_error, conf_low, conf_high, shrinkage (0 kept … 1 all mean).

    One row per estimate given; NaN where it was not usable or where fewer than two were.
    """
    full, given = pool(estimate, std_error, tau2=tau2, interval=interval), usable(estimate, std_error)
    table = pd.DataFrame(np.nan, index=range(given.mask.size), columns=["estimate", "std_error", "conf_low", "conf_high", "shrinkage"])
    if full.k < 2:
        return table
    keep = full.tau2 / (full.tau2 + given.v)
    mean = keep * given.y + (1 - keep) * full.estimate
    error = np.sqrt(keep * given.v + (1 - keep) ** 2 * full.std_error**2)
    crit = (full.conf_high - full.estimate) / full.std_error
    table.loc[given.mask] = np.column_stack([mean, error, mean - crit * error, mean + crit * error, 1 - keep])
    return table


def rank_probabilities(
    estimate: Numbers, std_error: Numbers, *, tau2: str = "REML", interval: str = "HKSJ-adhoc", draws: int = 10_000, seed: int = 0
) -> pd.DataFrame:
    """Probability of each rank (columns 1 … k, 1 = largest effect) of each usable estimate, by simulation; rows: all given, NaN else.

    Draws from the shrunken posterior with the mean's own uncertainty (shared by all regions). Ties, as where τ² = 0, are broken at
    random, so that nothing is ranked that cannot be.
    """
    full, given = pool(estimate, std_error, tau2=tau2, interval=interval), usable(estimate, std_error)
    ranks = pd.DataFrame(np.nan, index=range(given.mask.size), columns=range(1, full.k + 1))
    if full.k < 2 or math.isnan(full.std_error):
        return ranks
    rng = np.random.default_rng(seed)
    keep = full.tau2 / (full.tau2 + given.v)
    centre = full.estimate + full.std_error * rng.standard_normal((draws, 1))
    effects = keep * given.y + (1 - keep) * centre + np.sqrt(keep * given.v) * rng.standard_normal((draws, full.k))
    order = np.lexsort((rng.random(effects.shape), -effects), axis=1)
    place = np.argsort(order, axis=1)
    ranks.loc[given.mask] = np.stack([np.bincount(column, minlength=full.k) / draws for column in place.T])
    return ranks


def distinguishable_pairs(estimate: Numbers, std_error: Numbers, *, alpha: float = 0.05) -> pd.DataFrame:
    """All pairs of usable estimates: first, second (places), difference, std_error, p_value, p_holm, apart (p_holm < alpha).

    Unshrunken differences of independent estimates, normal; Holm over all pairs, so that the chance of even one pair called apart
    wrongly is at most alpha.
    """
    given = usable(estimate, std_error)
    places = np.flatnonzero(given.mask)
    i, j = np.triu_indices(places.size, 1)
    difference, error = given.y[i] - given.y[j], np.sqrt(given.v[i] + given.v[j])
    p_value = np.array([normal_p(score) for score in difference / error], dtype=float)
    adjusted = holm(p_value)
    return pd.DataFrame(
        {
            "first": places[i], "second": places[j], "difference": difference, "std_error": error,
            "p_value": p_value, "p_holm": adjusted, "apart": adjusted < alpha,
        }
    )  # fmt: skip
