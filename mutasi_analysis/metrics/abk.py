"""Analisis Beban Kerja: staff need from work, task by task, and how well a post or unit is used.

Law: KepMenPAN KEP/75/M.PAN/7/2004 (four approaches), Permendagri 12/2008 (EJ, EU, PJ, PU), PermenPANRB 1/2020 (current
standard). Effective working time is an argument; which one applies is a scheme of parameters/norms/effective_time.toml.
Need is never rounded here: rounding is `round_staff`, a rule of its own.

Direction: EJ above 1 is graded "Sangat Baik" because it rates the use of the post; for the people in it, it is overload.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.bands import DECIMALS, band_of
from mutasi_analysis.metrics.inputs import Aligned, FloatOrSeries, Numbers, WordOrSeries, align, known_word
from mutasi_analysis.norms import Norm, load_norm

#: A year has no more hours than this: more "hours" are minutes, and fewer "minutes" are hours.
HOURS_IN_A_YEAR = 366 * 24
MINUTES_IN_A_YEAR = HOURS_IN_A_YEAR * 60
ROUNDINGS = ("none", "nearest", "up", "down")


def annual_volume(volume: Numbers, basis: Any, *, norm: Norm | Mapping[str, float] | str) -> FloatOrSeries:
    """Volume per year (outputs/year) from a volume per day, week, month, year or hour.

    basis: one word or one per volume; norm: basis → times a year (annualisation norm, name of its
    scheme, or a mapping).
    Raises ValueError for a basis that the norm does not know and for a negative volume. Missing stays missing.
    Source: PermenPANRB 1/2020 (day × 250, week × 50, month × 12).
    """
    found = load_norm("annualisation", norm) if isinstance(norm, str) else norm
    factors = found.value if isinstance(found, Norm) else found
    if not isinstance(factors, Mapping):
        raise ValueError("norm must map each basis to its times a year")
    given = align({"volume": volume}, {"basis": basis})
    given.require("volume", at_least=0)
    factor = given.words["basis"].numbered(factors, "basis")
    return given.give(given["volume"] * factor)


def task_minutes(volume_y: Numbers, norm_minutes: Numbers) -> FloatOrSeries:
    """Load of each task in minutes/year: volume per year × norm time. Norm 0 and negative volumes raise ValueError."""
    given = _tasks(volume_y, norm_minutes)
    return given.give(given["volume_y"] * given["norm_minutes"])


def unit_minutes(volume_y: Numbers, norm_minutes: Numbers, unit: Any) -> pd.Series:
    """Load in minutes/year summed by unit (or post): a Series indexed by unit, sorted.

    A task whose volume or norm is missing makes its unit's load missing: an unknown part is not zero.
    """
    given = align({"volume_y": volume_y, "norm_minutes": norm_minutes}, {"unit": unit})
    _check_tasks(given)
    units = given.words["unit"]
    sums = np.bincount(units.groups("unit"), weights=given["volume_y"] * given["norm_minutes"], minlength=len(units.unique))
    return pd.Series(sums, index=pd.Index(units.unique), dtype="float64")


def staffing_need(volume_y: Numbers, norm_minutes: Numbers, *, effective_minutes_y: Numbers) -> FloatOrSeries:
    """Staff needed for each task (FTE, unrounded): volume × norm time / effective minutes of a year.

    volume_y: outputs/year; norm_minutes: minutes per output; effective_minutes_y: minutes/year of one person.
    The need of a post is the sum over its tasks. Raises ValueError for a negative volume, a norm of 0, a text, and an
    effective time that looks like hours. Missing stays missing, volume 0 needs 0, empty gives empty.
    Source: PermenPANRB 1/2020; KepMenPAN 75/2004 (task by task).
    """
    given = align({"volume_y": volume_y, "norm_minutes": norm_minutes, "effective_minutes_y": effective_minutes_y})
    _check_tasks(given)
    _check_effective_minutes(given)
    return given.give(given["volume_y"] * given["norm_minutes"] / given["effective_minutes_y"])


def need_by_task(load_minutes_y: Numbers, *, effective_minutes_y: Numbers) -> FloatOrSeries:
    """Staff needed (FTE) for a load in minutes/year: ΣWPT / effective time (KepMenPAN 75/2004, tugas per tugas jabatan)."""
    given = align({"load_minutes_y": load_minutes_y, "effective_minutes_y": effective_minutes_y})
    given.require("load_minutes_y", at_least=0)
    _check_effective_minutes(given)
    return given.give(given["load_minutes_y"] / given["effective_minutes_y"])


def need_by_output(volume: Numbers, *, output_per_person: Numbers) -> FloatOrSeries:
    """Staff needed (FTE) where output is counted: volume / one person's output in the same time (KepMenPAN 75/2004, hasil kerja)."""
    return _per_person({"volume": volume, "output_per_person": output_per_person})


def need_by_object(objects: Numbers, *, objects_per_person: Numbers) -> FloatOrSeries:
    """Staff needed (FTE) where people or things are served: objects / objects per person (KepMenPAN 75/2004, objek kerja)."""
    return _per_person({"objects": objects, "objects_per_person": objects_per_person})


def need_by_equipment(machines: Numbers, *, machines_per_person: Numbers) -> FloatOrSeries:
    """Staff needed (FTE) to run equipment: machines / machines per person; two people a machine is 0.5 (KepMenPAN 75/2004)."""
    return _per_person({"machines": machines, "machines_per_person": machines_per_person})


def effectiveness(load_minutes_y: Numbers, incumbents: Numbers, *, effective_minutes_y: Numbers) -> FloatOrSeries:
    """EJ of a post or EU of a unit (ratio): load / (incumbents × effective time). Above 1 the people are overloaded.

    A vacant post has no EJ: 0 incumbents raise ValueError; `workload.workload_index` reports vacancies as NA.
    Source: Permendagri 12/2008.
    """
    given = align({"load_minutes_y": load_minutes_y, "incumbents": incumbents, "effective_minutes_y": effective_minutes_y})
    given.require("load_minutes_y", at_least=0)
    given.require("incumbents", above=0, hint="EJ is not defined for a vacant post; report its need, or use workload_index, which gives NA")
    _check_effective_minutes(given)
    return given.give(given["load_minutes_y"] / (given["incumbents"] * given["effective_minutes_y"]))


def effectiveness_band(value: Numbers, *, scheme: str) -> WordOrSeries:
    """PJ or PU: the letter A–E of EJ or EU. Exactly 1.00 is B; a value in a printed gap (0.895) belongs to the lower band.

    scheme: of parameters/norms/effectiveness_bands.toml ("permendagri-12-2008", "kemenkeu-2002"). Values are compared
    after rounding to 9 decimals; missing stays missing.
    """
    align({"value": value}).require("value", at_least=0)
    return band_of(value, "effectiveness_bands", scheme)


def round_staff(fte: Numbers, *, rule: str) -> FloatOrSeries:
    """FTE as whole persons: "none" (unchanged), "nearest" (half up), "up", "down". For display; never for an index.

    The sources do not agree (6.67 → 7 and 3.2 → 3 in one document), so the rule is always named.
    """
    known_word(rule, ROUNDINGS, "rule")
    given = align({"fte": fte})
    given.require("fte", at_least=0)
    exact = np.round(given["fte"], DECIMALS)
    whole = np.floor(exact)
    rounded = {"none": given["fte"], "nearest": whole + (exact - whole >= 0.5), "up": np.ceil(exact), "down": whole}
    return given.give(rounded[rule])


def _tasks(volume_y: Numbers, norm_minutes: Numbers) -> Aligned:
    given = align({"volume_y": volume_y, "norm_minutes": norm_minutes})
    _check_tasks(given)
    return given


def _check_tasks(given: Aligned) -> None:
    given.require("volume_y", at_least=0)
    given.require("norm_minutes", above=0, hint="a task without a norm time cannot be counted")
    given.require("norm_minutes", at_most=MINUTES_IN_A_YEAR, hint="no single output takes longer than a year; are these seconds?")


def _check_effective_minutes(given: Aligned) -> None:
    low = f"A year's working time below {HOURS_IN_A_YEAR} minutes looks like hours; give minutes (1,250 hours are 75,000 minutes)"
    given.require("effective_minutes_y", above=HOURS_IN_A_YEAR, hint=low)
    given.require("effective_minutes_y", at_most=MINUTES_IN_A_YEAR, hint="a year has no more minutes; this looks like seconds")


def _per_person(arguments: dict[str, Numbers]) -> FloatOrSeries:
    given = align(arguments)
    amount, capacity = arguments
    given.require(amount, at_least=0)
    given.require(capacity, above=0)
    return given.give(given[amount] / given[capacity])
