"""Where everybody was on a given day, replayed backwards from today's list and the transfers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.profiles import RegionProfile

#: kind of the unit that stands for everywhere outside the region, and what is told instead of its sector.
OUTSIDE = "luar"


def sectors(units: pd.DataFrame) -> pd.Series:
    """The sector of every unit, index unit_id; OUTSIDE for the one outside the region, which is no sector of it."""
    return units.set_index("unit_id")["sector"].mask((units["unit_kind"] == OUTSIDE).to_numpy(), OUTSIDE)


def posts_on(pegawai: pd.DataFrame, mutasi: pd.DataFrame, day: date) -> pd.DataFrame:
    """Unit and post of every person serving on a day: index person_id, columns unit_id, jabatan_id.

    The list of staff holds the place after all transfers; a person who moved after `day` was where the first later
    transfer took them from. Who was hired later or had left by then is not serving.
    """
    people = pd.Index(pegawai["person_id"])
    places, serving = _places_on(pegawai, mutasi, people.get_indexer(mutasi["person_id"].array), day)
    return pd.DataFrame({name: column[serving] for name, column in places.items()}, index=people[serving])


def _places_on(pegawai: pd.DataFrame, mutasi: pd.DataFrame, mover: np.ndarray, day: date) -> tuple[dict[str, Any], np.ndarray]:
    """Unit and post of every row of pegawai on a day, and which of them were serving. mover: row of each transfer's person, else −1."""
    stamp, tmt = pd.Timestamp(day).to_datetime64(), mutasi["tmt"].to_numpy()
    later = np.flatnonzero((tmt > stamp) & (mover >= 0))
    later = later[np.argsort(tmt[later])]
    moved, earliest = np.unique(mover[later], return_index=True)
    first = later[earliest]
    posted = mutasi["from_jabatan_id"].notna().to_numpy()[first]
    places = {
        "unit_id": _put(pegawai["unit_id"], moved, mutasi["from_unit_id"], first),
        "jabatan_id": _put(pegawai["jabatan_id"], moved[posted], mutasi["from_jabatan_id"], first[posted]),
    }
    hired, left = pegawai["tmt_cpns"].to_numpy(), pegawai["exit_date"].to_numpy()
    return places, (np.isnat(hired) | (hired <= stamp)) & (np.isnat(left) | (left > stamp))


def _put(column: pd.Series, rows: np.ndarray, values: pd.Series, taken: np.ndarray) -> Any:
    """The column's array with some of the other values in some rows."""
    changed = column.array.copy()
    changed[rows] = values.array[taken].astype(column.dtype)
    return changed


def posts_at_year_ends(pegawai: pd.DataFrame, mutasi: pd.DataFrame, person: pd.Series, year: pd.Series) -> pd.DataFrame:
    """Unit and post of each row's person at the end of the row's year: index of `person`, columns unit_id, jabatan_id; missing where the
    person was not serving."""
    people = pd.Index(pegawai["person_id"])
    who, mover = people.get_indexer(person.array), people.get_indexer(mutasi["person_id"].array)
    years, of_year = np.unique(year.to_numpy(dtype=np.int64), return_inverse=True)
    nowhere = np.full(len(person), -1)
    held = {name: pegawai[name].array.take(nowhere, allow_fill=True) for name in ("unit_id", "jabatan_id")}
    for code, one in enumerate(years.tolist()):
        places, serving = _places_on(pegawai, mutasi, mover, date(one, 12, 31))
        rows = np.flatnonzero((of_year == code) & (who >= 0))
        rows = rows[serving[who[rows]]]
        for name, column in places.items():
            held[name][rows] = column[who[rows]]
    return pd.DataFrame(held, index=person.index)


def programme_moves(mutasi: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """The transfers whose TMT lies in the programme's window, in order of TMT, with a fresh index."""
    inside = np.flatnonzero(_within(mutasi["tmt"], first, last))
    order = np.lexsort((mutasi["person_id"].to_numpy(dtype=object)[inside], mutasi["tmt"].to_numpy()[inside]))
    return mutasi.iloc[inside[order]].reset_index(drop=True)


def programme_of(data: RegionData, profile: RegionProfile) -> pd.DataFrame:
    """`programme_moves` of a region by its profile."""
    return programme_moves(data.table("mutasi"), profile.programme_first, profile.programme_last)


def _within(day: pd.Series, first: date, last: date) -> np.ndarray:
    days = day.to_numpy()
    return np.asarray((days >= pd.Timestamp(first).to_datetime64()) & (days <= pd.Timestamp(last).to_datetime64()))


def other_movers(mutasi: pd.DataFrame, first: date, last: date) -> pd.Index:
    """Persons with a transfer outside the programme's window."""
    persons: pd.Index = pd.Index(mutasi["person_id"][~_within(mutasi["tmt"], first, last)].unique())
    return persons


def on_a_path(moves: pd.DataFrame, current: pd.Series) -> pd.Series:
    """Whether each move is a step on a path that ends where its person is now; only such moves can be undone in head counts.

    moves: in order of TMT, columns person_id, origin, destination (labels of places); current: place of each person, by person_id.
    A move that repeats the one before it is no step. A person whose steps do not join, or whose last one leads elsewhere than the
    list of staff says, has no path: none of the person's moves is on it.
    """
    previous = moves.groupby("person_id")[["origin", "destination"]].shift()
    away = moves["origin"] != moves["destination"]
    repeated = (
        ((moves["origin"] == previous["origin"]) & (moves["destination"] == previous["destination"]) & away).fillna(False).astype(bool)
    )
    steps = moves.loc[~repeated]
    following = steps.groupby("person_id")["origin"].shift(-1).fillna(steps["person_id"].map(current))
    broken = steps.loc[~(steps["destination"] == following).fillna(False).astype(bool), "person_id"]
    found: pd.Series = ~repeated & ~moves["person_id"].isin(broken)
    return found
