"""Cohort tables of panels that do not fit in memory: one pass over batches of rows, sorted by unit.

What is held at any time is one batch, the rows of the unit that the last batch left open, and the table so far. Every number of
rows gives the table that cohort_table gives for all of them at once: blocks of whole units are added up, a unit that misses a
period which any unit has is left out whole, even where that period first appears after it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.cohorts import CohortTable, table_of
from mutasi_analysis.causal.panel import MOST_PERIODS, Columns, Sheet, incomplete, no_complete_units, require_columns, require_ids, sheet_of
from mutasi_analysis.causal.refusal import NotEstimable


class Batch(Protocol):
    """Rows that can become a frame, as pyarrow's RecordBatch and Table."""

    @property
    def num_rows(self) -> int: ...

    def to_pandas(self, *, split_blocks: bool) -> pd.DataFrame: ...


@dataclass(frozen=True, slots=True)
class _Gathered:
    """table: of the units complete so far in all periods, None while there are none; periods: positions that anybody has had an
    outcome in; left_out: incomplete units; last: what was read last."""

    table: CohortTable | None = None
    periods: Floats | None = None
    left_out: int = 0
    last: Sheet | None = None


def cohort_table_of_batches(
    batches: Iterable[pd.DataFrame | Batch], *, outcome: str, unit: str, period: str, cohort: str, cluster: str | None = None
) -> CohortTable:
    """Batches of a long frame, in order → CohortTable, equal to cohort_table of all rows together, in memory of a few batches.

    batches: frames or pyarrow RecordBatches of any length, columns as for cohort_table. Rows are sorted by unit (ascending; the
    order of periods inside a unit is free); a unit may go on in the next batch. Raises what cohort_table raises, with counts of the
    batch at hand, and NotEstimable `unsorted_units` where ids do not rise.
    """
    columns = Columns(outcome, unit, period, cohort, cluster)
    gathered = _Gathered()
    for block in _whole_units(batches, columns):
        gathered = _with(gathered, sheet_of(block, columns, None if gathered.last is None else gathered.last.times.dates))
    if gathered.periods is None:
        raise NotEstimable("no_complete_units", "panel has no rows")
    if gathered.table is None:
        raise no_complete_units(columns, gathered.periods.size)
    return replace(gathered.table, dropped=incomplete(gathered.left_out))


def _with(so_far: _Gathered, sheet: Sheet) -> _Gathered:
    """One more block of whole units."""
    before = _on_scale_of(sheet, so_far)
    finite = np.isfinite(sheet.values)
    full = bool(finite.all())
    periods = np.union1d(before, sheet.periods if full else sheet.periods[finite.any(axis=0)])
    table, left_out = so_far.table, so_far.left_out
    if periods.size > before.size and table is not None:
        table, left_out = None, left_out + int(table.n.sum())
    if table is not None and table.scale != sheet.times.scale:
        raise _finer_later(table.scale, sheet.times.scale)
    used = np.isin(sheet.periods, periods)
    complete = np.full(sheet.units.size, full and used.sum() == periods.size)
    if not full and used.sum() == periods.size > 0:
        complete = finite[:, used].all(axis=1)
    if complete.any():
        block = table_of(sheet.keep(complete, used))
        table = block if table is None else table + block
    return _Gathered(table, periods, left_out + int(complete.size - complete.sum()), sheet)


def _on_scale_of(sheet: Sheet, so_far: _Gathered) -> Floats:
    """Periods used so far, as the new block counts them."""
    if so_far.periods is None or so_far.last is None:
        return np.empty(0)
    if (sheet.times.dates is None) != (so_far.last.times.dates is None):
        raise ValueError("periods are numbers in some batches and dates in others; give all on one scale")
    return sheet.times.at(so_far.periods, so_far.last.times.scale)


def _finer_later(before: str, now: str) -> ValueError:
    return ValueError(
        f"periods were one a {before} up to a batch that adds one which only counting by {now} tells apart and in which nobody has an "
        f"outcome; leave rows without outcome away, or give periods and cohorts as numbers"
    )


def _whole_units(batches: Iterable[pd.DataFrame | Batch], columns: Columns) -> Iterator[pd.DataFrame]:
    """The same rows cut so that no unit is in two blocks; refuses ids that do not rise."""
    names = list(dict.fromkeys(columns.all))
    still_open: pd.DataFrame | None = None
    for batch in batches:
        frame = batch if isinstance(batch, pd.DataFrame) else batch.to_pandas(split_blocks=True)
        if frame.empty:
            continue
        require_columns(frame, columns)
        if list(frame.columns) != names:
            frame = frame[names]
        require_ids(frame, columns)
        if still_open is not None:
            frame = pd.concat([still_open, frame], ignore_index=True)
        cut = int(_starts(frame[columns.unit])[-1])
        still_open = frame.iloc[cut:]
        _require_bounded(still_open, columns)
        if cut:
            yield frame.iloc[:cut]
    if still_open is not None:
        yield still_open


def _starts(unit: pd.Series) -> NDArray[np.int64]:
    """First row of each unit; the ids found there must rise."""
    ids = unit.to_numpy() if isinstance(unit.dtype, np.dtype) else unit.array
    starts = np.concatenate([[0], np.flatnonzero(np.asarray(ids[1:] != ids[:-1])) + 1])
    heads = np.asarray(unit.iloc[starts])
    try:
        rising = bool(np.asarray(heads[1:] > heads[:-1]).all())
    except TypeError:
        rising = False
    if not rising:
        raise NotEstimable(
            "unsorted_units",
            f"rows are not sorted by {unit.name!r}: ids must rise from row to row, text by its characters. Sort first: "
            f"frame.sort_values({unit.name!r}), or, for a file too large for that, SELECT * FROM … ORDER BY {unit.name} in a database",
        )
    return starts


def _require_bounded(rows: pd.DataFrame, columns: Columns) -> None:
    """One unit may not fill the memory: past any plausible number of periods its rows repeat some."""
    if len(rows) > MOST_PERIODS:
        twice = int(rows[columns.period].duplicated().sum())
        if twice:
            raise NotEstimable("duplicate_rows", f"{twice} rows repeat a unit and period that an earlier row has; each may occur once")
