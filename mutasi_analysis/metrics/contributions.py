"""What each transfer contributed to the balance of work: exact Shapley values, independent of the order of the transfers.

The imbalance Σ_u |required_u − available_u| is a sum over units, so a transfer's Shapley value is its value in the game of
the unit it leaves plus its value in the game of the unit it enters. Inside one unit all arrivals are alike and all
departures are alike, so the average over every order of transfers is a finite sum over how many came and went before.
Leave-one-out would leave a remainder (two arrivals that together fill one gap each get nothing); Shapley shares it.
Source: Shapley 1953; the closed form per unit is ours (status: usulan), checked against enumeration of all orders.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class UnitContribution:
    """Value of one arrival and of one departure for the imbalance of one unit (persons; negative = less imbalance)."""

    arrival: float
    departure: float


def unit_contribution(required: float, available_without: float, arrivals: int, departures: int) -> UnitContribution:
    """Shapley value of one arrival and one departure at a unit.

    required: FTE; available_without: persons there without any of the transfers; arrivals, departures: transfers in, out.
    arrivals × arrival + departures × departure = |required − after| − |required − without|, to rounding.
    NaN for a kind of transfer that the unit did not have.
    """
    arrival = _average_step(required, available_without, arrivals, departures, +1) if arrivals else float("nan")
    departure = _average_step(required, available_without, departures, arrivals, -1) if departures else float("nan")
    return UnitContribution(arrival, departure)


def transfer_contributions(required: pd.Series, available_without: pd.Series, origin: pd.Series, destination: pd.Series) -> pd.DataFrame:
    """Contribution of each transfer to the change of Σ|required − available|.

    required, available_without: by unit (index = unit), FTE and persons; origin, destination: one unit per transfer.
    A unit that is not in `required` has no known need and contributes 0. Transfers inside one unit contribute 0.
    Returns index of `origin`, columns at_origin, at_destination, total (persons; negative = the transfer helped).
    """
    if not origin.index.equals(destination.index):
        raise ValueError("origin and destination must have the same index: one row is one transfer")
    moving = ~(origin == destination).fillna(False).astype(bool)
    out_count, in_count = (side[moving].value_counts().to_dict() for side in (origin, destination))
    present = available_without.to_dict()
    values = {
        unit: unit_contribution(float(need), float(present[unit]), in_count.get(unit, 0), out_count.get(unit, 0))
        for unit, need in zip(required.index, required.to_numpy(), strict=True)
        if unit in in_count or unit in out_count
    }
    departures = {unit: value.departure for unit, value in values.items()}
    arrivals = {unit: value.arrival for unit, value in values.items()}
    at_origin = origin.where(moving).map(departures).astype("float64").fillna(0.0)
    at_destination = destination.where(moving).map(arrivals).astype("float64").fillna(0.0)
    return pd.DataFrame({"at_origin": at_origin, "at_destination": at_destination, "total": at_origin + at_destination})


def _average_step(required: float, start: float, same: int, other: int, sign: int) -> float:
    """Mean change of |required − available| when one step of `sign` comes at a random place among all steps of the unit."""
    level = start + sign * (np.arange(same)[:, None] - np.arange(other + 1)[None, :])
    change = np.abs(required - (level + sign)) - np.abs(required - level)
    return float((_chances(same, other) * change).sum())


@cache
def _chances(same: int, other: int) -> np.ndarray:
    """Chance that so many steps alike (rows) and unlike (columns) come before one of `same` alike steps, others being unlike."""
    from scipy.special import gammaln

    def log_choose(n: np.ndarray | int, k: np.ndarray) -> np.ndarray:
        return np.asarray(gammaln(np.asarray(n) + 1.0) - gammaln(k + 1.0) - gammaln(np.asarray(n) - k + 1.0))

    alike, unlike = np.arange(same)[:, None], np.arange(other + 1)[None, :]
    ways = log_choose(same - 1, alike) + log_choose(other, unlike) - log_choose(same - 1 + other, alike + unlike)
    return np.asarray(np.exp(ways) / (same + other))
