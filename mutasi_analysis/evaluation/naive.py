"""The year before the move against the year after it, of the moved only: a description that no comparison stands behind."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.performance import delta


def naive_difference(rows: pd.DataFrame, moved: pd.Series, outcomes: tuple[str, ...], *, unit: str) -> pd.DataFrame:
    """Columns outcome n before after difference conf_low conf_high. rows: one row per unit and year, columns `unit`, year and the
    outcomes; moved: year of the first move, by unit."""
    code, units = pd.factorize(rows[unit].array)
    years, of_year = np.unique(rows["year"].to_numpy(), return_inverse=True)
    year = moved.reindex(units).to_numpy(dtype=float)
    known = np.flatnonzero(~np.isnan(year))
    found = []
    for outcome in outcomes:
        values = np.full((len(units), years.size), np.nan)
        values[code, of_year] = rows[outcome].to_numpy(dtype=float, na_value=np.nan)
        before, after = (_value_in(values[known], years, year[known] + shift) for shift in (-1, 1))
        gap = delta(before, after)
        found.append([outcome, gap.n, gap.mean_before, gap.mean_after, gap.difference, gap.conf_low, gap.conf_high])
    return pd.DataFrame(found, columns=["outcome", "n", "before", "after", "difference", "conf_low", "conf_high"])


def _value_in(values: np.ndarray, years: np.ndarray, year: np.ndarray) -> np.ndarray:
    """Each row's value in a year of its own; missing where that year is none of the columns' years."""
    column = np.minimum(np.searchsorted(years, year), years.size - 1)
    return np.where(years[column] == year, values[np.arange(len(values)), column], np.nan)
