"""Indeks Profesionalitas ASN (PermenPANRB 38/2018; Peraturan BKN 8/2019): qualification, competency, performance, discipline.

Each dimension has its function from facts to points; `professionalism_index` adds them. Reached through `metrics.competency`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutasi_analysis.metrics.bands import classify
from mutasi_analysis.metrics.inputs import FloatOrSeries, Floats, Numbers, WordOrSeries, Words, align, known_word
from mutasi_analysis.norms import load_norm

DIMENSIONS = ("qualification", "competency", "performance", "discipline")


@dataclass(frozen=True, slots=True)
class Professionalism:
    """The index (0–100, sum of four dimensions) and its category; float and str for one person, Series for many."""

    total: FloatOrSeries
    category: WordOrSeries


def qualification_points(education: Any, *, scheme: str) -> FloatOrSeries:
    """Points (1–25) of the highest education: "S3", "S2", "S1", "D-IV", "D-III", "D-II", "D-I", "SLTA", "di bawah SLTA"."""
    given = align({}, {"education": education})
    return given.give(given.words["education"].numbered(_norm(scheme)["qualification"], "education"))


def competency_points(main_training: Any, technical_hours: Numbers, seminar: Any, *, job_group: str, scheme: str) -> FloatOrSeries:
    """Points (0–40) of training: main (leadership or functional course), technical, seminar.

    main_training, seminar: done or not (bool, or 1 and 0); technical_hours: lesson hours of technical training in the year, counted from
    the norm's minimum. job_group: "manajerial_fungsional" or "pelaksana" (other points, no main course).
    Functional posts that need no course (doctor, teacher, nurse, midwife …) are given as done.
    """
    norm = _norm(scheme)
    points = norm["competency"][known_word(job_group, norm["competency"], "job_group")]
    given = align({"technical_hours": technical_hours}, {"main_training": main_training, "seminar": seminar})
    given.require("technical_hours", at_least=0)
    main, workshop = (_done(given.words[name], name) for name in ("main_training", "seminar"))
    technical = np.where(np.isnan(given["technical_hours"]), np.nan, given["technical_hours"] >= norm["technical_hours"])
    return given.give(points["main"] * main + points["technical"] * technical + points["seminar"] * workshop)


def performance_points(score: Numbers, *, scheme: str) -> FloatOrSeries:
    """Points (1–30) of the yearly performance score (0–100). Printed bands leave 90–91 open: 90.5 belongs to the lower band."""
    given = align({"score": score})
    given.require("score", at_least=0, at_most=100)
    names = np.asarray(classify(given["score"], _norm(scheme)["performance"], name="score"), dtype="object")
    return given.give(np.array([float(name) if isinstance(name, str) else np.nan for name in names]))


def discipline_points(sanction: Any, *, scheme: str) -> FloatOrSeries:
    """Points (1–5) of discipline: "tidak pernah", "ringan", "sedang", "berat"."""
    given = align({}, {"sanction": sanction})
    return given.give(given.words["sanction"].numbered(_norm(scheme)["discipline"], "sanction"))


def professionalism_index(
    qualification: Numbers, competency: Numbers, performance: Numbers, discipline: Numbers, *, scheme: str
) -> Professionalism:
    """IP ASN: the sum of the four dimensions' points (0–100) and its category.

    Points above a dimension's maximum (25, 40, 30, 5) raise ValueError. Printed categories (81–90, 91–100) leave gaps; they are closed by
    lower edges: 90.5 is "Tinggi". A missing dimension makes the index missing: it is not 0.
    """
    norm = _norm(scheme)
    given = align(dict(zip(DIMENSIONS, (qualification, competency, performance, discipline), strict=True)))
    for name in DIMENSIONS:
        given.require(name, at_least=0, at_most=norm["maximum"][name])
    total = given.give(np.sum([given[name] for name in DIMENSIONS], axis=0))
    return Professionalism(total, classify(total, norm["categories"], name="total"))


def _done(words: Words, name: str) -> Floats:
    """1 done, 0 not, NaN unknown; anything but a bool, 1 or 0 raises."""
    wrong = [label for label in words.unique if label not in (0, 1)]
    if wrong:
        raise ValueError(f"{name} must be True or False; got {wrong[0]!r}")
    return np.array([*(float(label) for label in words.unique), np.nan])[words.codes]


def _norm(scheme: str) -> Mapping[str, Any]:
    value = load_norm("professionalism", scheme).value
    if not isinstance(value, Mapping):
        raise ValueError(f"norm professionalism/{scheme} must be a table")
    return value
