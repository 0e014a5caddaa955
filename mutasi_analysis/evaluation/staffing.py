"""Where everybody was on a given day, replayed backwards from today's list and the transfers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

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
    stamp, people = pd.Timestamp(day).to_datetime64(), pd.Index(pegawai["person_id"])
    tmt = mutasi["tmt"].to_numpy()
    later = np.flatnonzero(tmt > stamp)
    later = later[np.argsort(tmt[later])]
    at = people.get_indexer(mutasi["person_id"].array[later])
    moved, earliest = np.unique(at, return_index=True)
    first, moved = later[earliest[moved >= 0]], moved[moved >= 0]
    posted = mutasi["from_jabatan_id"].notna().to_numpy()[first]
    places = {
        "unit_id": _put(pegawai["unit_id"], moved, mutasi["from_unit_id"], first),
        "jabatan_id": _put(pegawai["jabatan_id"], moved[posted], mutasi["from_jabatan_id"], first[posted]),
    }
    hired, left = pegawai["tmt_cpns"].to_numpy(), pegawai["exit_date"].to_numpy()
    serving = np.flatnonzero((np.isnat(hired) | (hired <= stamp)) & (np.isnat(left) | (left > stamp)))
    return pd.DataFrame({name: column[serving] for name, column in places.items()}, index=people[serving])


def _put(column: pd.Series, rows: np.ndarray, values: pd.Series, taken: np.ndarray) -> Any:
    """The column's array with some of the other values in some rows."""
    changed = column.array.copy()
    changed[rows] = values.array[taken].astype(column.dtype)
    return changed


def posts_at_year_ends(pegawai: pd.DataFrame, mutasi: pd.DataFrame, person: pd.Series, year: pd.Series) -> pd.DataFrame:
    """Unit and post of each row's person at the end of the row's year: index of `person`, columns unit_id, jabatan_id; missing where the
    person was not serving."""
    years, of_year = np.unique(year.to_numpy(dtype=np.int64), return_inverse=True)
    parts = [pegawai.loc[[], ["unit_id", "jabatan_id"]]]
    for code, one in enumerate(years.tolist()):
        rows = person.index[of_year == code]
        parts.append(posts_on(pegawai, mutasi, date(one, 12, 31)).reindex(pd.Index(person[rows])).set_axis(rows))
    return pd.concat(parts).reindex(person.index)


def programme_moves(mutasi: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """The transfers whose TMT lies in the programme's window, in order of TMT, with a fresh index."""
    inside = np.flatnonzero(_within(mutasi["tmt"], first, last))
    order = np.lexsort((mutasi["person_id"].to_numpy(dtype=object)[inside], mutasi["tmt"].to_numpy()[inside]))
    return mutasi.iloc[inside[order]].reset_index(drop=True)


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
