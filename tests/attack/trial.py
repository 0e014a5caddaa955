"""Trying head counts: who knows the need of every unit from outside tries what the hidden ones may have until a measure fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from mutasi_analysis.disclosure import hidden_units
from mutasi_analysis.evaluation.protected import STATES

Numbers = tuple[float | str, ...]


def rearranged(units: pd.DataFrame, k: int, most: int = 60) -> Iterator[pd.DataFrame]:
    """Other head counts of the hidden units that everything shown allows: those of two units of a kecamatan the other way round, or one
    person fewer here and one more there, in all three states, with the same units hidden."""
    hidden = hidden_units(units, k)
    people = [f"available_{state}" for state in STATES]
    names = units.index[hidden]
    pairs = [(a, b) for a in names for b in names if a != b and units.at[a, "kecamatan_code"] == units.at[b, "kecamatan_code"]]
    for a, b in pairs[:most]:
        swapped, moved = units.copy(), units.copy()
        swapped.loc[[a, b], people] = units.loc[[b, a], people].to_numpy()
        moved.loc[a, people] -= 1
        moved.loc[b, people] += 1
        for other in (swapped, moved):
            possible = bool((other.loc[hidden, people] > 0).all(axis=None)) and not other[people].equals(units[people])
            if possible and hidden_units(other, k).equals(hidden):
                yield consistent(other)


def consistent(units: pd.DataFrame) -> pd.DataFrame:
    """Gaps and indices that follow from the head counts."""
    found = units.copy()
    for state in STATES:
        people = found[f"available_{state}"].astype("float64")
        found[f"gap_{state}"] = people - found["required_fte"]
        found[f"index_{state}"] = found["required_fte"] / people.where(people > 0)
    return found


def heads_that_fit(units: pd.DataFrame, k: int, told: Callable[[pd.DataFrame], Numbers]) -> list[tuple[int, ...]]:
    """Head counts after the transfers of all hidden units, with the sum that is known, for which `told` says what it says of the truth."""
    hidden = units.index[hidden_units(units, k)]
    truth = told(units)
    total = int(units.loc[hidden, "available_after"].sum())
    found = []
    for heads in _sums(total, len(hidden)):
        tried = units.copy()
        tried.loc[hidden, "available_after"] = np.array(heads, dtype=float)
        if told(consistent(tried)) == truth:
            found.append(heads)
    return found


def _sums(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in _sums(total - first, parts - 1):
            yield (first, *rest)
