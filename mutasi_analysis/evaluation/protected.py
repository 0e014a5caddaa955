"""What is told of the balance over all units, so that nobody computes a hidden unit's head count from it."""

from __future__ import annotations

from dataclasses import replace

from mutasi_analysis.disclosure import levelled_units
from mutasi_analysis.evaluation.result import Workload
from mutasi_analysis.evaluation.workload import balance_frame, lorenz_frame

#: decimals told of a measure in persons, and of a ratio: as tables show them.
PERSONS, RATIOS = 1, 3


def protected(section: Workload, k: int) -> Workload:
    """The section with balance and Lorenz curves over levelled units (`disclosure.levelled_units`).

    Rounded as reports round: the persons that a unit had without the transfers are hidden for most units, wherever few were moved, and
    unrounded measures would tell them.
    """
    units = levelled_units(section.units, k)
    told = balance_frame(units)
    digits = told["unit"].map({"orang": PERSONS}).fillna(RATIOS).astype(int)
    told["value"] = [round(value, places) for value, places in zip(told["value"], digits, strict=True)]
    return replace(section, balance=told, lorenz=lorenz_frame(units))
