"""Small groups are hidden, and enough of their neighbours that a total does not give them back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: true or false a row
Rows = NDArray[np.bool_]
#: the columns of each grouping that has published totals; an empty one is the whole frame
Groupings = Sequence[Sequence[str]]
#: shares of transfers that add up to one, by what became of the match; those whose field of study fits the old and the new post
MATCH_SHARES = ("share_improved", "share_same", "share_lower")
FITTING_SHARES = ("fitting_from", "fitting_to")


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
    if missing := [name for name in values if name not in frame.columns]:
        raise ValueError(f"frame lacks {missing}; it has {list(frame.columns)}")
    hide = hidden_rows(frame, counts, k, totals_of(within, whole=whole), each=each, apart=apart)
    masked, cells = frame.copy(), [*counts, *values]
    if not hide.any():
        return Masked(masked, 0)
    gone = 0
    for name in cells:
        gone += int(frame[name].notna().to_numpy()[hide].sum())
        masked[name] = masked[name].mask(hide)
    return Masked(masked, gone)


def totals_of(within: Sequence[str] | None, *, whole: bool) -> Groupings:
    """The groupings whose totals are published, as `mask_small` is told them."""
    if within is None:
        return ()
    return (within, ()) if whole else (within,)


def hidden_rows(
    frame: pd.DataFrame,
    counts: Sequence[str],
    k: int,
    groupings: Groupings,
    *,
    each: bool = False,
    apart: pd.Series | None = None,
) -> Rows:
    """Which rows to hide: those with 1 to k − 1 in any of `counts` and, until nothing more is given back by the totals of any
    grouping, their neighbours; see `mask_small`. True or false a row, in the order of the frame. Raises ValueError for k < 1 and for a
    column that the frame lacks."""
    if missing := [name for name in (*counts, *chain.from_iterable(groupings)) if name not in frame.columns]:
        raise ValueError(f"frame lacks {missing}; it has {list(frame.columns)}")
    numbers = [_numbers(frame[name]) for name in counts]
    hide = _small(numbers, len(frame), k)
    if not groupings or not numbers:
        return hide
    published = numbers if each else numbers[:1]
    if not hide.any() and not any(np.isnan(number).any() for number in published):
        return hide
    groups = [_groups(frame, columns) for columns in groupings]
    if apart is not None:
        inside = apart.to_numpy(dtype=bool)
        for part in (~inside, inside):
            hide[part] |= _with_neighbours([number[part] for number in published], hide[part], k, [group[part] for group in groups])
    return _with_neighbours(published, hide, k, groups)


def _small(counts: Sequence[NDArray[np.float64]], length: int, k: int) -> Rows:
    """Which of `length` rows have 1 to k − 1 in any of `counts`. Raises ValueError for k < 1."""
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k!r}")
    small = np.zeros(length, dtype=bool)
    for number in counts:
        small |= (number > 0) & (number < k)
    return small


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    """The numbers of a column; NaN where there is none."""
    known = column if pd.api.types.is_numeric_dtype(column.dtype) else pd.to_numeric(column, errors="coerce")
    return known.to_numpy(dtype="float64", na_value=np.nan)


def _groups(frame: pd.DataFrame, within: Sequence[str]) -> NDArray[np.int64]:
    """The number of each row's group; one group without columns. What is missing is a group of its own."""
    groups = np.zeros(len(frame), dtype="int64")
    for name in within:
        codes, values = pd.factorize(frame[name], use_na_sentinel=False)
        groups = groups * len(values) + codes
    return groups


def _with_neighbours(counts: Sequence[NDArray[np.float64]], hide: Rows, k: int, groups: Sequence[NDArray[np.int64]]) -> Rows:
    """`hide` and, until no total of any grouping gives anything back, the neighbours that it needs."""
    numbers = [(np.isnan(count), np.where(np.isnan(count), 1.0, count)) for count in counts]
    hidden = hide.copy()
    while True:
        before = hidden.copy()
        for group in groups:
            for absent, number in numbers:
                hidden |= _neighbours(number, hidden | absent, group, k)
        if bool((hidden == before).all()):
            return hidden


def _neighbours(number: NDArray[np.float64], hidden: Rows, group: NDArray[np.int64], k: int) -> Rows:
    """Rows to hide besides the hidden ones, so that a group's total does not give them back."""
    more = np.zeros(len(number), dtype=bool)
    for one in np.unique(group[hidden]):
        rows = np.flatnonzero(group == one)
        found = number[rows[hidden[rows]]]
        n, total, all_small = found.size, float(found.sum()), bool((found < k).all())
        if total == 0:
            continue  # nobody is hidden
        candidates = rows[~hidden[rows] & (number[rows] > 0)]
        for chosen in candidates[np.argsort(number[candidates], kind="stable")]:
            if _closed(n, total, k, all_small=all_small):
                break
            all_small = False
            more[chosen] = True
            n, total = n + 1, total + number[chosen]
    return more


def _closed(n: int, total: float, k: int, *, all_small: bool) -> bool:
    """Whether `n` hidden rows of `total` persons are open to more than one answer, though their total be known."""
    return n >= 2 and total >= max(k, n + 1) and not (all_small and total >= n * (k - 1))


def sums_told(frame: pd.DataFrame, count: str, k: int, within: Sequence[str], parts: Sequence[pd.Series]) -> bool:
    """Whether, beside the rows of `count` that `mask_small` shows within `within`, the sum over each of `parts` (true or false a row)
    may be told too: less the rows shown, it must not give a hidden one back. A share of several kinds together is such a sum."""
    hidden = hidden_rows(frame, [count], k, (within,))
    return all(stays_open(frame, count, hidden & part.to_numpy(dtype=bool), k, within) for part in parts)


def stays_open(frame: pd.DataFrame, count: str, hidden: Rows, k: int, within: Sequence[str]) -> bool:
    """Whether the hidden rows of each group of `within` are open to more than one answer, though what they sum to be known."""
    numbers, groups = _numbers(frame[count]), _groups(frame, within)
    parts = [numbers[hidden & (groups == one)] for one in np.unique(groups[hidden])]
    return all(_closed(part.size, float(part.sum()), k, all_small=bool((part < k).all())) for part in parts)


def hidden_shares(frame: pd.DataFrame, shares: Sequence[str], k: int) -> Rows:
    """Rows of groups that add up to all (columns grouping group n, one row "all") whose `shares` of n are hidden: of fewer than k persons
    or of 1 to k − 1 of them, or all but so few; their neighbours; and, until what the shown groups leave of all says neither that nobody
    nor that everybody of those hidden is meant, the next smallest groups. Where all of them would not help, the row "all" is hidden, and
    the smallest group of every grouping that would add up to it."""
    n = _numbers(frame["n"])
    parts = [np.round(n * _numbers(frame[name])) for name in shares]
    counts = [*parts, *(n - part for part in parts)]
    whole, groups = frame["grouping"].eq("all").to_numpy(dtype=bool), _groups(frame, ["grouping"])
    hidden = np.isnan(n)
    for counted in ([n], counts):
        hidden |= _with_neighbours(counted, _small(counted, len(frame), k), k, [groups])
    if not whole.any() or hidden[whole].any():
        return hidden
    groupings, people = [np.flatnonzero(groups == one) for one in np.unique(groups[~whole])], np.column_stack(counts)
    told = hidden.copy()
    for rows in groupings:
        shown = rows[~told[rows]]
        shown = shown[np.argsort(-n[shown], kind="stable")]
        while len(shown) < len(rows) and _settled(people[whole][0] - people[shown].sum(axis=0)):
            if not len(shown):
                smallest = [rows[np.argmin(n[rows])] for rows in groupings if not hidden[rows].any()]
                hidden[[*np.flatnonzero(whole), *smallest]] = True
                return hidden
            shown = shown[:-1]
        told[rows] = ~np.isin(rows, shown)
    return told


def _settled(left: NDArray[np.float64]) -> bool:
    """Whether of those left over nobody has, or nobody lacks, what one of the shares tells."""
    return bool((left == 0).any())


def hidden_units(units: pd.DataFrame, k: int) -> pd.Series:
    """Which units are hidden: those of 1 to k − 1 persons before or after, their neighbours in the kecamatan and over all, and, where
    these are still fewer than two units or k persons, the next smallest."""
    counts = ("available_after", "available_before")
    within = [column for column in ("kecamatan_code",) if column in units.columns]
    people = np.column_stack([_numbers(units[name]) for name in counts])
    hidden = hidden_rows(units, counts, k, totals_of(within, whole=True)) | np.isnan(people[:, 0])
    smallest_first = np.argsort(people[:, 0], kind="stable")
    for row in smallest_first[~hidden[smallest_first]] if hidden.any() else ():
        if hidden.sum() >= 2 and (np.nansum(people[hidden], axis=0) >= k).all():
            break
        hidden[row] = True
    return pd.Series(hidden, index=units.index)


def levelled_units(units: pd.DataFrame, k: int) -> pd.DataFrame:
    """The units, each hidden one with as many persons as hidden units have on average, and gap and index that follow from that.

    For whatever is told of all units together: computed from the head counts themselves, anybody who knows the need could try head counts
    of the hidden units until the measure, or the number of units that are short of staff, fits.
    """
    hidden = hidden_units(units, k)
    if not hidden.any():
        return units
    need, few = _numbers(units["required_fte"]), hidden.to_numpy()
    levelled: dict[str, NDArray[np.float64]] = {}
    for state in (name.removeprefix("available_") for name in units.columns if name.startswith("available_")):
        present = _numbers(units[f"available_{state}"])
        present = np.where(few, units[f"available_{state}"][few].mean(), present)
        index = need / np.where(present > 0, present, np.nan)
        levelled |= {f"available_{state}": present, f"gap_{state}": present - need, f"index_{state}": index}
    return units.assign(**levelled)


def ranked_last(frame: pd.DataFrame, rank: str, key: str) -> pd.DataFrame:
    """The rows in their order, but those whose `rank` is hidden (NA) at the end by `key`.

    A hidden value that keeps its place between two shown ones lies between them.
    """
    hidden = frame[rank].isna()
    return pd.concat([frame.loc[~hidden], frame.loc[hidden].sort_values(key, kind="stable")])


def merged_kinds(frame: pd.DataFrame, by: str, kind: str, count: str, k: int, *, rest: str = "rest", whole: str = "all") -> pd.DataFrame:
    """The sums of `count` by `by` and `kind`, the smallest kinds counted together as `rest` until no cell is from 1 to k − 1; where only
    all of them together leave none, or nothing does, they are the one kind `whole`. Columns by, kind, count.

    Hidden cells of a grid come back from the totals of its rows and of its columns, which other tables tell; a merged one does not.
    """
    grid = frame.groupby([by, kind])[count].sum().unstack(fill_value=0)
    order = grid.sum().sort_values(kind="stable").index
    cells, together = grid[order].to_numpy(), 0
    for together in (0, *range(2, len(order) + 1)):
        sums = np.column_stack([cells[:, :together].sum(axis=1), cells[:, together:]])
        if not ((sums >= 1) & (sums < k)).any():
            break
    named = frame[kind].mask(frame[kind].isin(order[:together]), whole if together == len(order) else rest)
    merged = frame.assign(**{kind: named}).groupby([by, kind], sort=False)[count].sum().reset_index()
    return merged.take(np.lexsort((merged[kind].eq(rest), merged[by]))).reset_index(drop=True)


def note_without_few(note: str, k: int) -> str:
    """A note of the readers or of an evaluation with its count hidden where it lies between 1 and k − 1: "code:n" becomes
    "code:*", and "n pegawai" at the beginning of a sentence "kurang dari k pegawai"."""
    told = re.fullmatch(r"(\w+):(\d+)", note)
    if told:
        return f"{told[1]}:*" if 0 < int(told[2]) < k else note
    return re.sub(r"^\d+(?= pegawai\b)", lambda n: f"kurang dari {k}" if 0 < int(n[0]) < k else n[0], note)
