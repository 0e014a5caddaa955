"""Health staff: WISN (WHO 2010), ABK-Kes (Permenkes 33/2015) and the older additive rule (Kepmenkes 81/2004).

WISN counts in hours, ABK-Kes in minutes; the unit is in every name, and a value that cannot be of its unit raises ValueError
naming both. Support of 100 % or more leaves no time for the work itself: an error, never a factor of 1.

Direction: the WISN ratio is existing / required, below 1 where people are overloaded; the workload index is its inverse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mutasi_analysis.metrics.abk import HOURS_IN_A_YEAR, MINUTES_IN_A_YEAR, staffing_need
from mutasi_analysis.metrics.inputs import FloatOrSeries, Floats, Numbers, align, floats

DAYS_IN_A_YEAR = 366
HOURS_IN_A_DAY = 24
_UNIT_HINT = "one unit of service would take more than a day of 24 hours: this looks like minutes; give hours (20 minutes are 0.3333)"


@dataclass(frozen=True, slots=True)
class WisnResult:
    """Staff required by WISN: baseline (FTE for the services alone), caf (factor), iaf (FTE), required = baseline × caf + iaf."""

    baseline: float
    caf: float
    iaf: float
    required: float


@dataclass(frozen=True, slots=True)
class AbkKesResult:
    """Staff required by ABK-Kes: baseline (JKT, FTE), factor (STP), required = baseline × factor. Unrounded."""

    baseline: float
    factor: float
    required: float


def available_working_time(possible_days: float, *absences: float, hours_per_day: float) -> float:
    """Available working time (AWT) of one person in hours/year: (possible days − all absences) × hours a day.

    absences: days/year of public holidays, annual leave, sickness, training, other. Raises ValueError where absences use up the
    year, or a number of days or hours cannot be one. Source: WHO 2010, AWT = [A − (B + C + D + E)] × F.
    """
    given = align({"possible_days": possible_days, "hours_per_day": hours_per_day})
    given.require("possible_days", above=0, at_most=DAYS_IN_A_YEAR, hint="days in a year; hours do not belong here")
    given.require("hours_per_day", above=0, at_most=HOURS_IN_A_DAY, hint="hours a day; this looks like minutes")
    away = _nonnegative(list(absences), "absences")
    days = float(given["possible_days"][0]) - float(away.sum())
    if days <= 0:
        raise ValueError(f"absences ({away.sum():g} days) leave nothing of possible_days ({possible_days:g})")
    return days * float(given["hours_per_day"][0])


def standard_workload(unit_hours: Numbers, *, available_hours_y: float) -> FloatOrSeries:
    """Units of service one person can do in a year: AWT / hours per unit (WHO 2010). SBK of ABK-Kes in hours."""
    given = align({"unit_hours": unit_hours, "available_hours_y": available_hours_y})
    given.require("unit_hours", above=0)
    _check_hours(available_hours_y)
    given.require("unit_hours", at_most=HOURS_IN_A_DAY, hint=_UNIT_HINT)
    return given.give(given["available_hours_y"] / given["unit_hours"])


def allowance_factor(support_percent: Numbers = ()) -> float:
    """CAF of WISN, STP of ABK-Kes (factor): 1 / (1 − Σ percent / 100). Percent values (6.25, not .0625), summed over activities.

    Raises ValueError at a sum of 100 % or more. Source: WHO 2010; Permenkes 33/2015.
    """
    total = float(_nonnegative(support_percent, "support percent").sum())
    if total >= 100:
        raise ValueError(f"support activities take {total:g} % of the working time; it must be below 100 %, or no time is left for work")
    return 1 / (1 - total / 100)


def requirement(
    workload_y: Numbers, unit_hours: Numbers, *, available_hours_y: float, cas_percent: Numbers = (), ias_hours: Numbers = ()
) -> WisnResult:
    """Staff required of one cadre in one facility by WISN.

    workload_y: units/year of each service; unit_hours: hours per unit; available_hours_y: AWT in hours/year; cas_percent: support
    done by everybody, percent of working time; ias_hours: hours/year of tasks done by some only. A missing volume makes the
    result NaN. Raises ValueError for negative numbers, time 0, hours that look like minutes, support from 100 %.
    Source: WHO 2010 (ISBN 978 92 4 150019 7).
    """
    given = align({"workload_y": workload_y, "unit_hours": unit_hours})
    given.require("workload_y", at_least=0)
    given.require("unit_hours", above=0)
    _check_hours(available_hours_y)
    given.require("unit_hours", at_most=HOURS_IN_A_DAY, hint=_UNIT_HINT)
    baseline = float((given["workload_y"] * given["unit_hours"]).sum()) / available_hours_y
    caf = allowance_factor(cas_percent)
    iaf = float(_nonnegative(ias_hours, "ias_hours").sum()) / available_hours_y
    return WisnResult(baseline, caf, iaf, baseline * caf + iaf)


def ratio(existing: Numbers, required: Numbers) -> FloatOrSeries:
    """WISN ratio: existing / required. Below 1 overloaded, 1 balanced, above 1 more than needed; NaN where nothing is required."""
    given = align({"existing": existing, "required": required})
    given.require("existing", at_least=0)
    given.require("required", at_least=0)
    return given.give(given["existing"] / np.where(given["required"] > 0, given["required"], np.nan))


def difference(existing: Numbers, required: Numbers) -> FloatOrSeries:
    """WISN difference: existing − required in persons; negative is a shortage."""
    given = align({"existing": existing, "required": required})
    given.require("existing", at_least=0)
    given.require("required", at_least=0)
    return given.give(given["existing"] - given["required"])


def support_percent(support_minutes_y: Numbers, *, available_minutes_y: float) -> FloatOrSeries:
    """FTP of ABK-Kes in percent, per support task: its minutes/year of one person / WKT × 100."""
    given = align({"support_minutes_y": support_minutes_y, "available_minutes_y": available_minutes_y})
    given.require("support_minutes_y", at_least=0)
    _check_minutes(available_minutes_y)
    return given.give(100 * given["support_minutes_y"] / given["available_minutes_y"])


def abk_kes_requirement(
    volume_y: Numbers, norm_minutes: Numbers, *, available_minutes_y: float, support_percent: Numbers = ()
) -> AbkKesResult:
    """Staff required of one cadre by ABK-Kes: Σ volume / SBK, times STP (multiplied, never divided, and no IAF term).

    volume_y: achievements/year (capaian); norm_minutes: minutes each; available_minutes_y: WKT; support_percent: FTP in percent,
    one number or one per support task. Same errors as `requirement`. Source: Permenkes 33/2015.
    """
    _check_minutes(available_minutes_y)
    need = staffing_need(volume_y, norm_minutes, effective_minutes_y=available_minutes_y)
    baseline, factor = float(np.sum(np.asarray(need))), allowance_factor(support_percent)
    return AbkKesResult(baseline, factor, baseline * factor)


def additive_requirement(workload_y: Numbers, unit_hours: Numbers, *, available_hours_y: float, allowance_hours_y: Numbers = ()) -> float:
    """Staff required (FTE) by Kepmenkes 81/2004: Σ workload / standard workload + Σ allowance hours / available hours (ADDED).

    allowance_hours_y: hours/year of activities that no volume explains (meetings, training). Historic: ABK-Kes multiplies instead.
    """
    baseline = requirement(workload_y, unit_hours, available_hours_y=available_hours_y).baseline
    return baseline + float(_nonnegative(allowance_hours_y, "allowance_hours_y").sum()) / available_hours_y


def _nonnegative(value: Numbers, name: str) -> Floats:
    numbers = floats(value, name)
    if np.isnan(numbers).any():
        raise ValueError(f"{name} holds a missing number at position {int(np.isnan(numbers).argmax())}; leave the activity out")
    if (numbers < 0).any():
        raise ValueError(f"{name} must be at least 0; got {numbers[(numbers < 0).argmax()]:g} at position {int((numbers < 0).argmax())}")
    return numbers


def _check_hours(available_hours_y: float) -> None:
    given = align({"available_hours_y": available_hours_y})
    minutes = f"More than {HOURS_IN_A_YEAR} hours do not fit in a year: it looks like minutes; give hours (72,000 minutes are 1,200 hours)"
    given.require("available_hours_y", at_most=HOURS_IN_A_YEAR, hint=minutes)
    given.require("available_hours_y", above=DAYS_IN_A_YEAR, hint="An hour a day or less looks like days; give hours (215 × 8 are 1,720)")


def _check_minutes(available_minutes_y: float) -> None:
    given = align({"available_minutes_y": available_minutes_y})
    low = f"{HOURS_IN_A_YEAR} or less looks like hours; give minutes (1,200 hours are 72,000 minutes)"
    given.require("available_minutes_y", above=HOURS_IN_A_YEAR, hint=low)
    given.require("available_minutes_y", at_most=MINUTES_IN_A_YEAR, hint="more minutes than a year has; this looks like seconds")
