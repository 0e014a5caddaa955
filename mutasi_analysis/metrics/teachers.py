"""Teachers: need from classes, lesson hours and pupils; status of each school; sums over areas.

Law: PP 74/2008 jo. PP 19/2017 (24 lesson hours a week), Permendiknas 15/2010 (minimum per school). The numbers are arguments;
schemes are in parameters/norms/teacher_hours.toml and teacher_minimum.toml. Need is unrounded FTE (`abk.round_staff` rounds).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.bands import DECIMALS
from mutasi_analysis.metrics.inputs import FloatOrSeries, Numbers, WordOrSeries, align

STATUSES = ("below_minimum", "minimum", "ideal", "surplus")
AREA_COLUMNS = ("schools", "required", "existing", "gap", "shortage", "surplus", "without_classes", "without_teachers")

#: A week has no more lesson hours than this: five days of eight hours of 35 minutes make 68.
HOURS_IN_A_WEEK = 7 * 24


def class_teacher_need(classes: Numbers, *, extra_per_school: Numbers) -> FloatOrSeries:
    """Teachers a primary school needs: one per class plus a number per school (religion, PE; 0 for class teachers alone).

    A school with 0 classes needs nobody and gets no extra; `area_summary` counts such schools. Missing stays missing.
    Source: KGK = Σ classes × 1 (Dit. P2TK Dikdas).
    """
    given = align({"classes": classes, "extra_per_school": extra_per_school})
    given.require("classes", at_least=0)
    given.require("extra_per_school", at_least=0)
    return given.give(given["classes"] + np.where(given["classes"] == 0, 0.0, given["extra_per_school"]))


def lesson_hours(hours_per_class_w: Numbers, classes: Numbers) -> FloatOrSeries:
    """Lesson hours per week (JP) of a subject in a grade: hours per class × classes; sum over grades for a school."""
    given = align({"hours_per_class_w": hours_per_class_w, "classes": classes})
    given.require("hours_per_class_w", at_least=0, at_most=HOURS_IN_A_WEEK)
    given.require("classes", at_least=0)
    return given.give(given["hours_per_class_w"] * given["classes"])


def subject_teacher_need(lesson_hours: Numbers, *, weekly_load: Numbers) -> FloatOrSeries:
    """Subject teachers needed (FTE): lesson hours per week / lesson hours one teacher gives (24).

    Raises ValueError for a negative number and a load of 0 or beyond a week. Missing stays missing, 0 hours need 0.
    """
    given = align({"lesson_hours": lesson_hours, "weekly_load": weekly_load})
    given.require("lesson_hours", at_least=0)
    given.require("weekly_load", above=0, at_most=HOURS_IN_A_WEEK, hint="the load is in lesson hours per week, not minutes")
    return given.give(given["lesson_hours"] / given["weekly_load"])


def counselling_need(pupils: Numbers, *, pupils_per_counsellor: Numbers) -> FloatOrSeries:
    """Counselling teachers (guru BK) needed (FTE): pupils / pupils per counsellor."""
    given = align({"pupils": pupils, "pupils_per_counsellor": pupils_per_counsellor})
    given.require("pupils", at_least=0)
    given.require("pupils_per_counsellor", above=0)
    return given.give(given["pupils"] / given["pupils_per_counsellor"])


def staffing_status(existing: Numbers, ideal: Numbers, *, minimum: Numbers) -> WordOrSeries:
    """below_minimum, minimum (reached, but short of ideal), ideal or surplus, for each school.

    minimum: teachers every school must have, however small (6 in an SD, 4 in special areas); where it exceeds the ideal it is the
    ideal. Fractions are compared as they are: round the need first if whole persons are meant. A school that needs nobody is
    "surplus" where somebody is there and missing (NA) where nobody is. Source: Permendiknas 15/2010.
    """
    given = align({"existing": existing, "ideal": ideal, "minimum": minimum})
    for name in ("existing", "ideal", "minimum"):
        given.require(name, at_least=0)
    have, need = np.round(given["existing"], DECIMALS), np.round(given["ideal"], DECIMALS)
    goal = np.maximum(need, given["minimum"])
    unknown = np.isnan(have) | np.isnan(goal) | ((need == 0) & (have == 0))
    tests = [unknown, (need == 0) | (have > goal), have < given["minimum"], have < goal]
    words = np.select(tests, ["", "surplus", "below_minimum", "minimum"], default="ideal").astype(object)
    words[unknown] = None
    return given.give_words(words)


def area_summary(required: Numbers, existing: Numbers, area: Any, *, classes: Numbers = 1) -> pd.DataFrame:
    """Sums over the schools of each area (kecamatan): columns AREA_COLUMNS, one row per area, sorted.

    gap = existing − required; shortage and surplus are sums over schools, so that a full school does not hide an empty one.
    Schools without classes or without teachers are counted; a missing number leaves its school out of the sums, not of the count.
    """
    given = align({"required": required, "existing": existing, "classes": classes}, {"area": area})
    for name in ("required", "existing", "classes"):
        given.require(name, at_least=0)
    gap = given["existing"] - given["required"]
    frame = pd.DataFrame({
        "schools": 1, "required": given["required"], "existing": given["existing"], "gap": gap,
        "shortage": np.maximum(-gap, 0), "surplus": np.maximum(gap, 0),
        "without_classes": given["classes"] == 0, "without_teachers": given["existing"] == 0,
    })  # fmt: skip
    return frame.groupby(given.words["area"].spelled(), sort=True)[list(AREA_COLUMNS)].sum().rename_axis("area")
