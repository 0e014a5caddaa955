"""Does the estimate of a region go with how many of its staff were moved? One moderator, fixed beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from mutasi_analysis.across.effects import SavedResults
from mutasi_analysis.comparison import MetaRegression, meta_regression

#: the one moderator that is looked at: transfers of the programme per 100 staff.
MODERATOR = "moves_per_100"


@dataclass(frozen=True, slots=True)
class Regression:
    """rows: of one outcome with the column `moderator`, without regions that lack it; fit: the line."""

    rows: pd.DataFrame
    fit: MetaRegression


def moderators(results: SavedResults) -> pd.Series:
    """Transfers per 100 staff by slug; NaN where either is not known or nobody is employed."""
    facts = results.frames["facts"].pivot(index="slug", columns="fact", values="value").reindex(columns=["moves", "persons"])
    return (100 * facts["moves"] / facts["persons"].where(facts["persons"] > 0)).astype("float64")


def regression(results: SavedResults, rows: pd.DataFrame) -> Regression:
    """The line of one outcome's estimates (as `of_outcome`) on transfers per 100 staff."""
    told = rows.assign(moderator=rows["slug"].map(moderators(results)).astype("float64"))
    fit = meta_regression(told["estimate"], told["std_error"], told["moderator"])
    drawn = told.loc[told["usable"].astype(bool) & told["moderator"].notna()].reset_index(drop=True)
    return Regression(drawn, fit)
