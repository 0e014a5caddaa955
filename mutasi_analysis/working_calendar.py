"""Days on which the civil service does not work: national holidays and collective leave (cuti bersama), from the library `holidays`.

Collective leave is no working day of the ASN (yearly Keppres on cuti bersama ASN; before it the SKB of three ministers). The library
holds both, election days and the leave that was moved or withdrawn in 2020 and 2021 included; local holidays it does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

#: collective leave was first given in 2002 (SKB of 2002); the library lists none before.
FIRST_YEAR = 2002
LAST_YEAR = 2100
_ESTIMATED = "(estimated)"


@dataclass(frozen=True)
class WorkingCalendar:
    """first_year, last_year: years whose holidays and collective leave are settled; holidays: days (datetime64[D], sorted, unique)."""

    first_year: int
    last_year: int
    holidays: npt.NDArray[np.datetime64]


@cache
def national_calendar() -> WorkingCalendar:
    """The calendar of Indonesia's civil service, Monday to Friday less `holidays`.

    A year is settled when its collective leave is listed and no Islamic holiday of it is marked as estimated; the calendar ends
    before the first year that is not. With `holidays` 0.109: 2002–2026. Tested against Keppres 7/2024 and SKB for some years.
    """
    days: list[np.datetime64] = []
    last = FIRST_YEAR - 1
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        found = _settled(year)
        if not found:
            break
        days += found
        last = year
    return WorkingCalendar(FIRST_YEAR, last, np.unique(np.array(days, dtype="datetime64[D]")))


def _settled(year: int) -> list[np.datetime64]:
    """Holidays and collective leave of a year; empty where they are not settled."""
    from holidays.countries.indonesia import Indonesia

    public = Indonesia(years=year, categories=("public",), language="en_US")
    leave = Indonesia(years=year, categories=("government",), language="en_US")
    if not leave or any(_ESTIMATED in str(name) for name in public.values()):
        return []
    return [np.datetime64(day, "D") for day in (*public, *leave)]
