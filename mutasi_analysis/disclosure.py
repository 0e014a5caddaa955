"""Small groups are hidden, and enough of their neighbours that a total does not give them back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Masked:
    """frame: a copy in which hidden cells are NA; hidden: how many cells that held a value were hidden."""

    frame: pd.DataFrame
    hidden: int


def mask_small(
    frame: pd.DataFrame,
    counts: Sequence[str],
    values: Sequence[str],
    k: int,
    *,
    within: Sequence[str] | None = None,
    whole: bool = False,
    each: bool = False,
    apart: pd.Series | None = None,
) -> Masked:
    """Hide counts from 1 to k − 1 and every value computed from them.

    A row in which any of `counts` (numbers of persons) lies between 1 and k − 1 loses all of `counts` and `values`.
    Zero stays: nobody is described by it. A count that is missing was hidden before: its row counts as one hidden person
    when neighbours are sought. With `within` (columns whose groups have a published total of `counts[0]`;
    an empty sequence means one total over the whole frame), further rows of a group are hidden, smallest first, until
    at least two are hidden and their counts sum to k or more, to more than one each and, where all of them are small, to
    less than k − 1 each, so that the total minus the shown rows leaves every hidden one open. With `whole`, the total over
    the frame is published besides those of `within`. With `each`, every one of `counts` has published totals, not the first
    alone: shares of a group and of the whole give the shares of its parts. `apart` (true or false a row): rows whose sum is told
    elsewhere, and with it that of the others of their group; both have to be closed among themselves.
    Raises ValueError for k < 1 and for a column that the frame lacks.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k!r}")
    missing = [name for name in (*counts, *values, *(within or ())) if name not in frame.columns]
    if missing:
        raise ValueError(f"frame lacks {missing}; it has {list(frame.columns)}")
    numbers = frame[list(counts)].apply(pd.to_numeric, errors="coerce").astype("Float64")
    hide = ((numbers > 0) & (numbers < k)).fillna(False).any(axis=1)
    if within is not None and counts:
        published = [numbers[name] for name in (counts if each else counts[:1])]
        groupings: tuple[Sequence[str], ...] = (within, ()) if whole else (within,)
        if apart is not None:
            for part in (~apart, apart):
                closed = _with_neighbours(frame.loc[part], [count[part] for count in published], hide[part], k, groupings)
                hide = hide | closed.reindex(frame.index, fill_value=False)
        hide = _with_neighbours(frame, published, hide, k, groupings)
    cells = [*counts, *values]
    masked = frame.copy()
    for name in cells if hide.any() else ():
        masked[name] = masked[name].mask(hide)
    return Masked(masked, int(frame.loc[hide, cells].notna().to_numpy().sum()))


def _with_neighbours(
    frame: pd.DataFrame, counts: Sequence[pd.Series], hide: pd.Series, k: int, groupings: Sequence[Sequence[str]]
) -> pd.Series:
    """`hide` and, until no total of any grouping gives anything back, the neighbours that it needs."""
    for _ in range(len(frame)):
        more = hide
        for within in groupings:
            for count in counts:
                more = more | _neighbours(frame, count, more, k, within)
        if more.equals(hide):
            break
        hide = more
    return hide


def _neighbours(frame: pd.DataFrame, count: pd.Series, hide: pd.Series, k: int, within: Sequence[str]) -> pd.Series:
    """Rows to hide besides the small ones, so that a group's total does not give them back."""
    hidden = (hide | count.isna()).to_numpy(dtype=bool)
    number = count.fillna(1).to_numpy(dtype="float64")
    group = frame.groupby(list(within), dropna=False, sort=False).ngroup().to_numpy() if within else np.zeros(len(frame), dtype="int64")
    more = np.zeros(len(frame), dtype=bool)
    for one in np.unique(group[hidden]):
        rows = np.flatnonzero(group == one)
        n, total = int(hidden[rows].sum()), float(number[rows[hidden[rows]]].sum())
        if total == 0:
            continue  # nobody is hidden
        all_small = bool((number[rows[hidden[rows]]] < k).all())
        candidates = rows[~hidden[rows] & (number[rows] > 0)]
        for chosen in candidates[np.argsort(number[candidates], kind="stable")]:
            if n >= 2 and total >= max(k, n + 1) and not (all_small and total >= n * (k - 1)):
                break
            all_small = False
            more[chosen] = True
            n, total = n + 1, total + number[chosen]
    return pd.Series(more, index=frame.index)


def hidden_units(units: pd.DataFrame, k: int) -> pd.Series:
    """Which units are hidden: those of 1 to k − 1 persons before or after, their neighbours in the kecamatan and over all, and, where
    these are still fewer than two units or k persons, the next smallest."""
    people = units[["available_after", "available_before"]].astype("float64")
    within = [column for column in ("kecamatan_code",) if column in units.columns]
    hidden = mask_small(units, list(people.columns), (), k, within=within, whole=True).frame["available_after"].isna()
    for name in people["available_after"].loc[~hidden].sort_values(kind="stable").index if hidden.any() else ():
        if hidden.sum() >= 2 and (people.loc[hidden].sum() >= k).all():
            break
        hidden[name] = True
    return hidden


def levelled_units(units: pd.DataFrame, k: int) -> pd.DataFrame:
    """The units, each hidden one with as many persons as hidden units have on average, and gap and index that follow from that.

    For whatever is told of all units together: computed from the head counts themselves, anybody who knows the need could try head counts
    of the hidden units until the measure, or the number of units that are short of staff, fits.
    """
    hidden = hidden_units(units, k)
    if not hidden.any():
        return units
    levelled = units.copy()
    for state in (name.removeprefix("available_") for name in units.columns if name.startswith("available_")):
        present = units[f"available_{state}"].astype("float64")
        present = present.mask(hidden, present[hidden].mean())
        index = units["required_fte"] / present.where(present > 0)
        levelled = levelled.assign(
            **{f"available_{state}": present, f"gap_{state}": present - units["required_fte"], f"index_{state}": index}
        )
    return levelled


def ranked_last(frame: pd.DataFrame, rank: str, key: str) -> pd.DataFrame:
    """The rows in their order, but those whose `rank` is hidden (NA) at the end by `key`.

    A hidden value that keeps its place between two shown ones lies between them.
    """
    hidden = frame[rank].isna()
    return pd.concat([frame.loc[~hidden], frame.loc[hidden].sort_values(key, kind="stable")])


def note_without_few(note: str, k: int) -> str:
    """A note of the readers or of an evaluation with its count hidden where it lies between 1 and k − 1: "code:n" becomes
    "code:*", and "n pegawai" at the beginning of a sentence "kurang dari k pegawai"."""
    told = re.fullmatch(r"(\w+):(\d+)", note)
    if told:
        return f"{told[1]}:*" if 0 < int(told[2]) < k else note
    return re.sub(r"^\d+(?= pegawai\b)", lambda n: f"kurang dari {k}" if 0 < int(n[0]) < k else n[0], note)


def hide_few(frame: pd.DataFrame, count: str, k: int, groupings: Sequence[Sequence[str]]) -> pd.Series:
    """Which rows to hide where each grouping (columns; an empty one is the whole frame) has published totals of `count`:
    those with 1 to k − 1 and, until nothing more is given back by any of the totals, their neighbours."""
    number = pd.to_numeric(frame[count], errors="coerce").astype("Float64")
    hide = ((number > 0) & (number < k)).fillna(False)
    return _with_neighbours(frame, [number], hide, k, groupings)
