"""How evenly work lies on people: Gini, Theil with its exact parts, distance from balance, Lorenz curve.

A transfer moves load from one unit to another and leaves the mean of the index where it was: what it changes is the spread.
Missing values are left out (with their weight); without any value the result is NaN; where every value is 0 all are
equal and inequality is 0. Negative values and weights raise ValueError.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.inputs import Floats, Numbers, align


@dataclass(frozen=True, slots=True)
class TheilResult:
    """Theil's T (nats) and its parts: total = between + within."""

    total: float
    between: float
    within: float


def gini(x: Numbers, weights: Numbers = None) -> float:
    """Gini coefficient (0 equal … 1): mean absolute difference between two draws / (2 × mean), drawn by weight.

    Source: Gini 1912 in its covariance form, with weights as frequencies (a unit of weight 2 counts as two units).
    """
    values, weight = _weighted(x, weights)
    if not len(values) or weight.sum() == 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    values, weight = values[order], weight[order]
    mass = float((weight * values).sum())
    if mass == 0:
        return 0.0
    ranks = 2 * np.cumsum(weight) - weight
    return max(0.0, float((weight * values * ranks).sum() / (weight.sum() * mass) - 1))


def theil(x: Numbers, *, groups: Any = None, weights: Numbers = None) -> TheilResult:
    """Theil's T: Σ w·(x/μ)·ln(x/μ) / Σw, split exactly into between and within groups (kecamatan, sector).

    groups: one label for each value; without groups all is within. Between and within are computed each on its own,
    so that their sum is a check on the total. A value without a group raises ValueError. Source: Theil 1967.
    """
    values, weight = _weighted(x, weights)
    if not len(values) or weight.sum() == 0:
        return TheilResult(float("nan"), float("nan"), float("nan"))
    if (values * weight).sum() == 0:
        return TheilResult(0.0, 0.0, 0.0)
    codes = np.zeros(len(values), dtype=np.intp) if groups is None else _group_codes(x, groups, weights)
    people, mass = np.bincount(codes, weight), np.bincount(codes, weight * values)
    mean, group_mean = mass.sum() / people.sum(), mass / np.where(people > 0, people, 1)
    share = mass / mass.sum()
    between = float((share * _log(group_mean / mean)).sum())
    own = group_mean[codes]
    ratio = values / np.where(own > 0, own, 1)
    inside = np.bincount(codes, weight * ratio * _log(ratio)) / np.where(people > 0, people, 1)
    total = float((weight * (values / mean) * _log(values / mean)).sum() / weight.sum())
    return TheilResult(total, between, float((share * inside).sum()))


def imbalance(required: Numbers, available: Numbers) -> float:
    """Σ|required − available| in persons (FTE): how many are missing somewhere plus how many are too many somewhere."""
    given = align({"required": required, "available": available})
    given.require("required", at_least=0)
    given.require("available", at_least=0)
    gaps = np.abs(given["required"] - given["available"])
    return float(np.nansum(gaps)) if (~np.isnan(gaps)).any() else float("nan")


def index_rmse(required: Numbers, available: Numbers) -> float:
    """Staff-weighted root mean square distance of the workload index from 1 (ratio): 0 where everybody's load is 1.

    Weighted by the people available, so that it says what a person meets; units without people have weight 0.
    """
    given = align({"required": required, "available": available})
    given.require("required", at_least=0)
    given.require("available", at_least=0)
    need, people = given["required"], given["available"]
    known = ~np.isnan(need) & (people > 0)
    if not known.any():
        return float("nan")
    need, people = need[known], people[known]
    return float(np.sqrt((people * (need / people - 1) ** 2).sum() / people.sum()))


def lorenz_curve(x: Numbers, weights: Numbers = None) -> pd.DataFrame:
    """Points of the Lorenz curve: `population_share`, `value_share`, both from 0 to 1, ordered from the smallest value.

    For "load by person" give x = index and weights = people. Empty input or a total of 0 gives the first point only.
    """
    values, weight = _weighted(x, weights)
    order = np.argsort(values, kind="stable")
    people, mass = np.cumsum(weight[order]), np.cumsum((weight * values)[order])
    if not len(mass) or mass[-1] == 0:
        people, mass = people[:0], mass[:0]
    shares = [np.concatenate([[0.0], part / part[-1] if len(part) else part]) for part in (people, mass)]
    return pd.DataFrame({"population_share": shares[0], "value_share": shares[1]})


def _weighted(x: Numbers, weights: Numbers) -> tuple[Floats, Floats]:
    given = align({"x": x, "weights": 1.0 if weights is None else weights})
    given.require("x", at_least=0)
    given.require("weights", at_least=0)
    known = _known(given["x"], given["weights"])
    return given["x"][known], given["weights"][known]


def _group_codes(x: Numbers, groups: Any, weights: Numbers) -> Any:
    given = align({"x": x, "weights": 1.0 if weights is None else weights}, {"groups": groups})
    codes = given.words["groups"].codes[_known(given["x"], given["weights"])]
    if (codes < 0).any():
        raise ValueError(f"{int((codes < 0).sum())} values have no group; give each a label or leave them out")
    return codes


def _known(values: Floats, weight: Floats) -> Any:
    return ~np.isnan(values) & ~np.isnan(weight)


def _log(ratio: Floats) -> Floats:
    """ln(ratio) with 0 for 0, since x·ln x → 0."""
    return np.asarray(np.log(np.where(ratio > 0, ratio, 1.0)))
