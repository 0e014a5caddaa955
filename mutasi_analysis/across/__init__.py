"""Saved results of many regions → the frames of a comparison. What pages show and what the academic bundle holds is computed once, here."""

from mutasi_analysis.across.effects import SavedResults, headline_effects, of_outcome, outcomes_of, pooled, pooled_outcomes
from mutasi_analysis.across.leaving import left_out
from mutasi_analysis.across.outlying import outlying
from mutasi_analysis.across.published import Published, published
from mutasi_analysis.across.ranking import Ranking, ranking
from mutasi_analysis.across.regression import Regression, moderators, regression

__all__ = [
    "Published",
    "Ranking",
    "Regression",
    "SavedResults",
    "headline_effects",
    "left_out",
    "moderators",
    "of_outcome",
    "outcomes_of",
    "outlying",
    "pooled",
    "pooled_outcomes",
    "published",
    "ranking",
    "regression",
]
