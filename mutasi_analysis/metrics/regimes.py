"""Ratings across regimes and around a move: what may be compared with what. Used with `performance`.

A regime break read as an effect is the commonest error here: straddling pairs are marked, never subtracted raw.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.inputs import FloatOrSeries, Numbers, WordOrSeries, align, is_scalar
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
    first, second = given.words["regime_before"], given.words["regime_after"]
    changed = np.array([a is not None and b is not None and a != b for a, b in zip(first, second, strict=True)], dtype=bool)
    return bool(changed[0]) if given.index is None else pd.Series(changed, index=given.index)


def rating_cell(regime: Any, year: Numbers, half: Numbers = 0, job_class: Any = "") -> WordOrSeries:
    """Label of the cell a ridit is taken in: regime, year, half-year (2021 was rated twice; 0 = whole year) and class of post."""
    given = align({"year": year, "half": half}, {"regime": regime, "job_class": job_class})
    given.require("half", at_least=0, at_most=2)
    rows = zip(given.words["regime"], given["year"], given["half"], given.words["job_class"], strict=True)
    return given.give_words(np.array([_label(*row) for row in rows], dtype=object))


def yearly_mean(value: Numbers, person: Any, year: Any) -> pd.Series:
    """Mean of a person's values within a year, indexed by (person, year): joins the two halves of 2021.

    Only for values on one scale (ridits), never for raw scores or predicates. Missing halves are left out; none known is missing.
    """
    if is_scalar(person) or is_scalar(year):
        raise ValueError("person and year must be columns, one entry per value")
    given = align({"value": value}, {"person": person, "year": year})
    frame = pd.DataFrame({"person": given.words["person"], "year": given.words["year"], "value": given["value"]})
    return frame.groupby(["person", "year"], sort=True)["value"].mean()


def _label(regime: Any, year: float, half: float, job_class: Any) -> str | None:
    if regime is None or job_class is None or np.isnan(year) or np.isnan(half):
        return None
    return "|".join(part for part in (str(regime), f"{year:g}", f"{half:g}", str(job_class)) if part)
