"""Cohort tables of panels that do not fit in memory: one pass over batches of rows, sorted by unit.

What is held at any time is one batch, the rows of the unit that the last batch left open, and the table so far. Every number of
rows gives the table that cohort_table gives for all of them at once: blocks of whole units are added up, a unit that misses a
period which any unit has is left out whole, even where that period first appears after it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats, Timeline, rescaled
from mutasi_analysis.causal.cohorts import CohortTable, table_of
from mutasi_analysis.causal.panel import (
    MOST_PERIODS,
    BalancedPanel,
    Columns,
    changes,
    incomplete,
    no_complete_units,
    require_columns,
    require_ids,
    whole_panel,
)
from mutasi_analysis.causal.refusal import NotEstimable


class Batch(Protocol):
    """Rows that can become a frame, as pyarrow's RecordBatch and Table."""

    @property
    def num_rows(self) -> int: ...

    def to_pandas(self, *, split_blocks: bool) -> pd.DataFrame: ...


@dataclass(frozen=True, slots=True)
class _Gathered:
    """table: of the units complete so far in all periods, None while there are none; periods: positions that anybody has had an
    outcome in; left_out: incomplete units; scale of the positions ("" before the first row); dates: periods read, where dates."""

    table: CohortTable | None = None
    periods: Floats = field(default_factory=lambda: np.empty(0))
    left_out: int = 0
    scale: str = ""
    dates: pd.Series | None = None


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
        gathered = _with(gathered, *whole_panel(block, columns, gathered.dates))
    if not gathered.scale:
        raise NotEstimable("no_complete_units", "panel has no rows")
    if gathered.table is None:
        raise no_complete_units(columns, gathered.periods.size)
    return replace(gathered.table, dropped=incomplete(gathered.left_out))


def _with(so_far: _Gathered, panel: BalancedPanel, times: Timeline) -> _Gathered:
    """One more block of whole units."""
    finite = np.isfinite(panel.values)
    full = bool(finite.all())
    before = _periods_before(so_far, times)
    periods = np.union1d(before, panel.periods if full else panel.periods[finite.any(axis=0)])
    table, left_out = so_far.table, so_far.left_out
    if table is not None and periods.size > before.size:
        left_out += int(table.n.sum())
        table = None
    if table is not None and table.scale != times.scale:
        raise _finer_later(table.scale, times.scale)
    used = np.isin(panel.periods, periods)
    everywhere = np.count_nonzero(used) == periods.size > 0
    complete = np.full(panel.units.size, everywhere)
    if everywhere and not full:
        complete &= finite[:, used].all(axis=1)
    if complete.any():
        block = table_of(panel.keep(complete, used))
        table = block if table is None else table + block
    return _Gathered(table, periods, left_out + int(np.count_nonzero(~complete)), times.scale, times.dates)


def _periods_before(so_far: _Gathered, now: Timeline) -> Floats:
    """Periods used so far, as the new block counts them."""
    if so_far.scale and (so_far.dates is None) != (now.dates is None):
        raise ValueError("periods are numbers in some batches and dates in others; give all on one scale")
    if so_far.dates is None or so_far.scale == now.scale:
        return so_far.periods
    return rescaled(so_far.periods, so_far.dates, so_far.scale, now.scale)


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
        if len(frame.columns) > len(names):
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
    starts = np.concatenate([[0], np.flatnonzero(changes(unit)) + 1])
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
