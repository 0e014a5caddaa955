"""Job Person Match: assessed competency levels against the levels a post requires.

Competencies: eight managerial, one socio-cultural, technical ones by post (PermenPANRB 38/2017), levels 1–5. The required
level is that of the post, never of a rank in general. Qualification (field of study) is apart: it is not part of JPM.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.bands import band_of
from mutasi_analysis.metrics.inputs import Aligned, FloatOrSeries, Floats, Numbers, WordOrSeries, align, factorize, known_word
from mutasi_analysis.metrics.professionalism import (
    Professionalism,
    competency_points,
    discipline_points,
    performance_points,
    professionalism_index,
    qualification_points,
)
from mutasi_analysis.metrics.talent import axis_level, box_differences, nine_box
from mutasi_analysis.norms import load_norm

__all__ = [
    "Deficits", "Professionalism", "assessment_valid", "axis_level", "box_differences", "competency_points", "deficits", "deficits_by",
    "discipline_points", "gaps", "job_person_match", "job_person_match_by", "match_band", "nine_box", "performance_points",
    "professionalism_index", "qualification_points", "weighted_match",
]  # fmt: skip

RULES = ("ratio_of_sums", "capped", "mean_of_capped")
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Deficits:
    """Competencies below standard: how many, how many levels in all, the largest gap (levels), and how many are not assessed."""

    count: int
    levels: float
    largest: float
    unassessed: int


def job_person_match(achieved: Numbers, required: Numbers, *, rule: str) -> FloatOrSeries:
    """JPM in percent: of one person for one post, or of many (a table with one person a row and one competency a column).

    achieved, required: levels 1–5, one per competency; for a table of achieved levels, required is one level per competency for all
    or a table of its own, and the result a Series by row. rule: "ratio_of_sums" (Σ achieved / Σ required; can pass 100 and lets
    a surplus hide a deficit), "capped" (Σ min / Σ required), "mean_of_capped" (mean of min(1, achieved / required)).
    NaN where a level is missing (an unknown level is not a zero) or nothing is required. Levels outside 1–5 raise
    ValueError with their position. Source: ratio of sums as in assessment reports; the capped rules are proposals.
    """
    if np.ndim(achieved) == 2:
        return _match_table(pd.DataFrame(achieved), required, rule)
    given = _levels(achieved, required)
    group = np.zeros(len(given["achieved"]), dtype=np.intp)
    return float(_match(given, group, 1, rule)[0])


def job_person_match_by(achieved: Numbers, required: Numbers, group: Any, *, rule: str) -> pd.Series:
    """JPM in percent of many persons (or person × post) at once: a Series indexed by group, sorted.

    group: one label per row, or a frame of several columns (then a MultiIndex). Same rules and errors as `job_person_match`.
    """
    given = _levels(achieved, required)
    codes, labels = _codes(group, len(given["achieved"]))
    return pd.Series(_match(given, codes, len(labels), rule), index=labels, dtype="float64")


def gaps(achieved: Numbers, required: Numbers) -> FloatOrSeries:
    """Achieved − required in levels, per competency: negative is a deficit. Missing stays missing."""
    given = _levels(achieved, required)
    return given.give(given["achieved"] - given["required"])


def deficits(achieved: Numbers, required: Numbers) -> Deficits:
    """Number and size of the deficits of one person for one post; what is not assessed is counted apart."""
    given = _levels(achieved, required)
    short = np.maximum(given["required"] - given["achieved"], 0)
    known = short[~np.isnan(short)]
    largest = float(known.max()) if len(known) else 0.0
    return Deficits(int((known > 0).sum()), float(known.sum()), largest, int(np.isnan(short).sum()))


def deficits_by(achieved: Numbers, required: Numbers, group: Any) -> pd.DataFrame:
    """`deficits` of many persons at once: columns count, levels, largest, unassessed; indexed by group."""
    given = _levels(achieved, required)
    codes, labels = _codes(group, len(given["achieved"]))
    short = np.maximum(given["required"] - given["achieved"], 0)
    frame = pd.DataFrame({"code": codes, "count": short > 0, "levels": short, "largest": short, "unassessed": np.isnan(short)})
    rules: dict[str, Any] = {"count": "sum", "levels": "sum", "largest": "max", "unassessed": "sum"}
    result = frame.groupby("code").agg(rules).fillna({"largest": 0.0}).reindex(range(len(labels)))
    return result.set_axis(labels).astype({"count": "int64", "unassessed": "int64"})


def match_band(jpm: Numbers, *, scheme: str) -> WordOrSeries:
    """The category of a JPM by a scheme of parameters/norms/jpm_bands.toml ("generic-80-68": MS, MMS, KMS).

    Bands differ by agency and by level of the post. Printed gaps (90–91) are closed by lower edges. Missing stays missing.
    """
    align({"jpm": jpm}).require("jpm", at_least=0)
    return band_of(jpm, "jpm_bands", scheme, name="jpm")


def weighted_match(technical: Numbers, managerial: Numbers, job_level: Any, *, scheme: str) -> FloatOrSeries:
    """JPM in percent of technical and of managerial + socio-cultural competencies, joined by the weights of the level.

    job_level: "ahli_pertama", "ahli_muda", … as the scheme of parameters/norms/competency_weights.toml knows them.
    """
    weights = load_norm("competency_weights", scheme).value
    if not isinstance(weights, Mapping):
        raise ValueError(f"norm competency_weights/{scheme} must map each level to the share of technical competencies")
    given = align({"technical": technical, "managerial": managerial}, {"job_level": job_level})
    given.require("technical", at_least=0)
    given.require("managerial", at_least=0)
    share = given.words["job_level"].numbered(weights, "job_level")
    return given.give(share * given["technical"] + (1 - share) * given["managerial"])


def assessment_valid(assessed_on: Any, on: date, *, years: int) -> Any:
    """Whether an assessment is still valid on a day: the anniversary after `years` years is the last valid day.

    assessed_on: one date or a Series of dates; missing and future assessments are not valid (False).
    """
    if years < 1:
        raise ValueError(f"years must be at least 1; got {years}")
    days = pd.Series(pd.to_datetime(assessed_on if isinstance(assessed_on, (pd.Series, list)) else [assessed_on]))
    today = pd.Timestamp(on)
    valid = (days <= today) & (days + pd.DateOffset(years=years) >= today)
    return valid if isinstance(assessed_on, (pd.Series, list)) else bool(valid.iloc[0])


def _levels(achieved: Numbers, required: Numbers) -> Aligned:
    given = align({"achieved": achieved, "required": required})
    for name in ("achieved", "required"):
        given.require(name, at_least=LOWEST, at_most=HIGHEST, hint="levels are 1 to 5; leave a level that is not known empty")
    return given


def _codes(group: Any, size: int) -> tuple[Any, pd.Index]:
    labels: Any
    if isinstance(group, pd.DataFrame):
        grouped = group.groupby(list(group.columns), sort=True)
        codes, labels = grouped.ngroup().to_numpy(), grouped.size().index
    else:
        codes, labels = factorize(group if isinstance(group, pd.Series) else pd.Index(group))
    if len(codes) != size:
        raise ValueError(f"group has {len(codes)} labels where {size} are expected")
    if (codes < 0).any():
        raise ValueError(f"group is missing at position {int((codes < 0).argmax())}")
    return codes, labels if isinstance(labels, pd.Index) else pd.Index(labels)


def _match_table(achieved: pd.DataFrame, required: Numbers, rule: str) -> pd.Series:
    persons, competencies = achieved.shape
    wanted = required
    if np.ndim(required) == 2:
        table = required if isinstance(required, pd.DataFrame) else pd.DataFrame(required, index=achieved.index, columns=achieved.columns)
        wanted = table.reindex(index=achieved.index, columns=achieved.columns).to_numpy().reshape(-1)
    elif np.ndim(required) == 1:
        row = required.reindex(achieved.columns).to_numpy() if isinstance(required, pd.Series) else np.asarray(required)
        wanted = np.tile(row, persons)
    given = _levels(achieved.to_numpy().reshape(-1), wanted)
    codes = np.repeat(np.arange(persons), competencies)
    return pd.Series(_match(given, codes, persons, rule), index=achieved.index, dtype="float64")


def _match(given: Aligned, codes: Any, groups: int, rule: str) -> Floats:
    known_word(rule, RULES, "rule")
    achieved, required = given["achieved"], given["required"]
    reached = achieved if rule == "ratio_of_sums" else np.minimum(achieved, required)
    top, bottom = (reached / required, np.ones_like(required)) if rule == "mean_of_capped" else (reached, required)
    above, below = (np.bincount(codes, part, minlength=groups) for part in (top, bottom))
    return 100 * above / np.where(below > 0, below, np.nan)
