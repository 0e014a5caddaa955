"""Regions side by side: one pooled effect, how much they differ, and what a ranking of them is worth."""

from mutasi_analysis.comparison.influence import influence, leave_one_out
from mutasi_analysis.comparison.metaregression import MetaRegression, meta_regression
from mutasi_analysis.comparison.multiplicity import benjamini_hochberg, corrected, holm
from mutasi_analysis.comparison.pooling import PooledEffect, pool
from mutasi_analysis.comparison.shrinkage import distinguishable_pairs, rank_probabilities, shrunken_effects

__all__ = [
    "MetaRegression",
    "PooledEffect",
    "benjamini_hochberg",
    "corrected",
    "distinguishable_pairs",
    "holm",
    "influence",
    "leave_one_out",
    "meta_regression",
    "pool",
    "rank_probabilities",
    "shrunken_effects",
]
