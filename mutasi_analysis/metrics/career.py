"""Career and learning: new sectors entered, breadth of experience, training before the move against the gap it should close.

Breadth is counted in distinct sectors and as Shannon entropy H = −Σ p ln p of the time (or number of posts) spent in each (Shannon 1948,
in nats: 0 for one sector, ln k for k sectors in equal parts). Proposals of this package (usulan): no law asks for them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.inputs import Numbers, align

#: what a person's training says about the gap: order of reading.
STATES = ("unknown", "no_gap", "untrained", "trained")


def new_sector(person: Any, start: Any, sector: Any) -> pd.Series:
    """Whether each post brought its holder into a sector new to them: boolean; NA for the first post and for an unknown sector.

    person, start (date or number that orders the posts), sector: one row a post. An unknown sector breaks nothing: it is neither new nor
    seen. ValueError where lengths differ or a person or start is missing. The index is that of the first Series, else 0…
    """
    posts = _posts(person, sector).assign(start=_values(start, len(_values(person))))
    if posts["start"].isna().any():
        raise ValueError(f"start is missing at position {int(posts['start'].isna().to_numpy().argmax())}")
    known = posts[posts["sector"].notna()].sort_values("start", kind="stable")
    first_post = ~known.duplicated("person")
    fresh = ~known.duplicated(["person", "sector"])
    answer = fresh.astype("boolean").mask(first_post).reindex(posts.index)
    return pd.Series(answer.to_numpy(), index=_index(person, start, sector, len(posts)), dtype="boolean", name="new_sector")


def breadth(person: Any, sector: Any, weight: Numbers | None = None) -> pd.DataFrame:
    """Breadth of experience of each person: columns sectors (distinct), entropy (nat), indexed by person in order of appearance.

    weight: time spent (days, months) of each row, one each where not given; rows with missing sector or weight are left out, a person
    without any known row has 0 sectors and NaN entropy. ValueError for a negative weight.
    """
    posts = _posts(person, sector)
    given = align({"weight": np.ones(len(posts)) if weight is None else np.asarray(weight)})
    given.require("weight", at_least=0)
    posts["weight"] = given["weight"]
    people = pd.Index(posts["person"].unique(), name="person")
    used = posts[posts["sector"].notna() & (posts["weight"] > 0)]
    spent = used.groupby(["person", "sector"], sort=False)["weight"].sum()
    share = spent / spent.groupby(level="person").transform("sum")
    entropy = (-share * np.log(share)).groupby(level="person").sum()
    sectors = spent.groupby(level="person").size()
    table = {"sectors": sectors.reindex(people, fill_value=0).astype("int64"), "entropy": entropy.reindex(people)}
    return pd.DataFrame(table, index=people)


def training_against_gap(hours: Numbers, deficit: Numbers) -> pd.DataFrame:
    """Training before the move against the competency gap to the new post: columns hours, deficit, hours_per_level, state.

    hours: training hours (JP) before the move; deficit: missing levels in all (`metrics.competency.deficits`). hours_per_level is NaN
    where there is no gap. state: no_gap, untrained (gap, no hour), trained (gap and hours; whether it closed the gap only a new
    assessment can say), unknown (one of both missing). ValueError for negative numbers.
    """
    given = align({"hours": hours, "deficit": deficit})
    given.require("hours", at_least=0)
    given.require("deficit", at_least=0)
    time, gap = given["hours"], given["deficit"]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(gap > 0, time / gap, np.nan)
    states = [np.isnan(time) | np.isnan(gap), gap == 0, time == 0]
    state = np.select(states, list(STATES[:-1]), default=STATES[-1])
    index = pd.RangeIndex(1) if given.index is None else given.index
    return pd.DataFrame({"hours": time, "deficit": gap, "hours_per_level": ratio, "state": pd.array(state, dtype="string")}, index=index)


def _values(value: Any, size: int | None = None) -> Any:
    array = value.array if isinstance(value, pd.Series) else np.asarray(value)
    if size is not None and len(array) != size:
        raise ValueError(f"all arguments need one value a post: {size} persons, {len(array)} values")
    return array


def _posts(person: Any, sector: Any) -> pd.DataFrame:
    people = _values(person)
    posts = pd.DataFrame({"person": people, "sector": _values(sector, len(people))})
    if posts["person"].isna().any():
        raise ValueError(f"person is missing at position {int(posts['person'].isna().to_numpy().argmax())}")
    return posts


def _index(*arguments: Any) -> pd.Index:
    *series, size = arguments
    return next((one.index for one in series if isinstance(one, pd.Series)), pd.RangeIndex(size))
