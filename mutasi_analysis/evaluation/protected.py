"""What is told of the balance over all units, so that nobody computes a hidden unit's head count from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from mutasi_analysis.disclosure import levelled_units
from mutasi_analysis.evaluation.result import Workload
from mutasi_analysis.metrics import balance as balance_of

STATES = ("before", "after", "without")
#: decimals told of a measure in persons, and of a ratio: as tables show them.
PERSONS, RATIOS = 1, 3


def protected(section: Workload, k: int) -> Workload:
    """The section with balance and Lorenz curves over levelled units (`disclosure.levelled_units`)."""
    levelled = levelled_units(section.units, k)
    return replace(section, balance=told_balance(levelled), lorenz=lorenz_frame(levelled))


def told_balance(levelled: pd.DataFrame) -> pd.DataFrame:
    """Measures of balance over levelled units, rounded as reports round.

    The persons that a unit had without the transfers are hidden for most units, wherever few were moved, and unrounded measures would
    tell them.
    """
    told = balance_frame(levelled)
    digits = told["unit"].map({"orang": PERSONS}).fillna(RATIOS).astype(int)
    told["value"] = [round(value, places) for value, places in zip(told["value"], digits, strict=True)]
    return told


def balance_frame(units: pd.DataFrame) -> pd.DataFrame:
    """Measures of balance over units in the three states."""
    rows = []
    for state in STATES:
        index, people = units[f"index_{state}"], units[f"available_{state}"]
        known = index.notna()
        theil = balance_of.theil(index[known], groups=units.loc[known, "sector"], weights=people[known])
        values = {
            "imbalance": (balance_of.imbalance(units["required_fte"], people), "orang"),
            "rmse": (balance_of.index_rmse(units["required_fte"], people), "rasio"),
            "gini": (balance_of.gini(index[known], weights=people[known]), "0–1"),
            "theil": (theil.total, "nat"),
            "theil_between": (theil.between, "nat"),
            "theil_within": (theil.within, "nat"),
        }
        rows += [{"measure": name, "state": state, "value": value, "unit": unit} for name, (value, unit) in values.items()]
    return pd.DataFrame(rows)


def lorenz_frame(units: pd.DataFrame) -> pd.DataFrame:
    """The curves read at every twentieth of staff, to four places: a point for each unit would tell its head count."""
    shares = np.linspace(0.0, 1.0, 21).round(2)
    parts = []
    for state in STATES:
        known = units.loc[units[f"index_{state}"].notna()]
        curve = balance_of.lorenz_curve(known[f"index_{state}"], weights=known[f"available_{state}"])
        load = np.interp(shares, curve["population_share"], curve["value_share"]).round(4)
        parts.append(pd.DataFrame({"state": state, "cumulative_staff": shares, "cumulative_load": load}))
    return pd.concat(parts, ignore_index=True)
