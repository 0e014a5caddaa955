"""Regions with so many more transfers per person than the others that rows of their files may be doubled."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.across.effects import SavedResults

OUTLYING = 10.0
COLUMNS = ("slug", "region", "moves", "persons", "ratio")


def outlying_regions(moves: pd.Series, persons: pd.Series, *, factor: float = OUTLYING) -> pd.Series:
    """Regions whose moves per person are at least `factor` times the median of the other regions: index region, value the ratio.

    moves, persons: counts, index region. Regions without persons, or where the others have no move, are left out.
    """
    if not factor > 1:
        raise ValueError(f"factor={factor!r}; allowed: above 1")
    rate = (moves / persons.where(persons > 0)).dropna()
    ratio = pd.Series(
        {region: rate[region] / rate.drop(region).median() for region in rate.index if rate.drop(region).median() > 0}, dtype="float64"
    )
    return ratio.loc[ratio >= factor].sort_values(ascending=False, kind="stable")


def outlying(results: SavedResults) -> pd.DataFrame:
    """One row a region that stands out, columns COLUMNS, largest ratio first: transfers of the programme, persons at the day of count."""
    facts = results.frames["facts"].pivot(index="slug", columns="fact", values="value").reindex(columns=["moves", "persons"])
    found = outlying_regions(facts["moves"].astype("float64"), facts["persons"].astype("float64"))
    names = results.regions.set_index("slug")["name"]
    counts = facts.loc[found.index].rename_axis("slug").reset_index()
    return counts.assign(region=counts["slug"].map(names), ratio=found.to_numpy())[list(COLUMNS)]
