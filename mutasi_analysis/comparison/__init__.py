"""Regions side by side: one pooled effect, how much they differ, and what a ranking of them is worth."""

from mutasi_analysis.comparison.influence import influence, leave_one_out
from mutasi_analysis.comparison.multiplicity import benjamini_hochberg, holm
from mutasi_analysis.comparison.pooling import PooledEffect, pool
from mutasi_analysis.comparison.shrinkage import distinguishable_pairs, rank_probabilities, shrunken_effects

__all__ = [
    "PooledEffect",
    "benjamini_hochberg",
    "distinguishable_pairs",
    "holm",
    "influence",
    "leave_one_out",
    "pool",
    "rank_probabilities",
    "shrunken_effects",
]
