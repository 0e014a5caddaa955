"""Ratings across regimes and around a move: what may be compared with what. Used with `performance`.

A regime break read as an effect is the commonest error here: straddling pairs are marked, never subtracted raw.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.inputs import FloatOrSeries, Numbers, WordOrSeries, align
from mutasi_analysis.norms import load_norm

BEFORE, MIXED, AFTER = "before", "mixed", "after"


def score_as_pp46(score: Numbers) -> FloatOrSeries:
    """A score of PP 30/2019 (0–120) on the scale of PP 46/2011 (0–100), piecewise linear through the band edges. For display only.

    Proposal, no regulation (status usulan): 50 → 51, 70 → 61, 90 → 76, 110 → 91, 120 → 100.
    """
    points = load_norm("score_crosswalk", "usulan-pp30-ke-pp46").value
    if not isinstance(points, Mapping):
        raise ValueError("norm score_crosswalk/usulan-pp30-ke-pp46 must give the lists `pp30` and `pp46`")
    given = align({"score": score})
    given.require("score", at_least=0, at_most=120)
    return given.give(np.asarray(np.interp(given["score"], points["pp30"], points["pp46"])))


def rating_phase(year: Numbers, move_year: Numbers) -> WordOrSeries:
    """One of "before", "mixed" or "after": a rating covers a whole year, so the year of the TMT is neither before nor after.

    year: of the rating; move_year: of the TMT; missing (never moved) stays missing.
    """
    given = align({"year": year, "move_year": move_year})
    words = np.select([given["year"] < given["move_year"], given["year"] > given["move_year"]], [BEFORE, AFTER], MIXED).astype(object)
    words[np.isnan(given["year"] + given["move_year"])] = None
    return given.give_words(words)


def regime_changed(regime_before: Any, regime_after: Any) -> Any:
    """True where both ratings are known and their regimes differ ("rezim penilaian berubah"): no raw difference there."""
    given = align({}, {"regime_before": regime_before, "regime_after": regime_after})
    first, second = given.words["regime_before"].spelled(), given.words["regime_after"].spelled()
    changed = np.array([a is not None and b is not None and a != b for a, b in zip(first, second, strict=True)], dtype=bool)
    return bool(changed[0]) if given.index is None else pd.Series(changed, index=given.index)
