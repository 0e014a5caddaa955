"""A long frame as a balanced matrix of outcomes, units × periods, with everything left out counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from numbers import Real

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats, Numbers, Timeline, never_as_inf, timeline
from mutasi_analysis.causal.numbering import Integers, numbered
from mutasi_analysis.causal.refusal import NotEstimable

MOST_PERIODS = 10_000  # longer panels are read the general way


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns of a long frame, one row per unit and period."""

    outcome: str
    unit: str
    period: str
    cohort: str
    cluster: str | None = None
    covariates: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        return [self.unit, self.period] + ([] if self.cluster is None else [self.cluster])

    @property
    def all(self) -> list[str]:
        return [*self.ids, self.outcome, self.cohort, *self.covariates]


@dataclass(frozen=True, slots=True)
class BalancedPanel:
    """values: N × T outcomes; covariates: P × N × T; units: first row of each kept unit in the frame; periods: T positions;
    cohort: N positions (inf = never); cluster: N labels or None; scale: of clock.SCALES; dropped: reason → units.

    As `whole_panel` gives it, before anybody is left out, it has NaN where a number is missing."""

    values: Floats
    covariates: Floats
    units: Integers
    periods: Floats
    cohort: Floats
    cluster: NDArray[np.object_] | None
    scale: str
    dropped: tuple[tuple[str, int], ...]

    def keep(self, units: NDArray[np.bool_], periods: NDArray[np.bool_]) -> BalancedPanel:
        """Some units and periods; what was left out is for the caller to count."""
        whole = bool(units.all() and periods.all())
        return replace(
            self,
            values=self.values if whole else self.values[np.ix_(units, periods)],
            covariates=self.covariates if whole else self.covariates[:, units][:, :, periods],
            units=self.units[units],
            periods=self.periods[periods],
            cohort=self.cohort[units],
            cluster=None if self.cluster is None else self.cluster[units],
        )


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where row i belongs: place = unit · T + period, None where row i is at i already; unit: of each row, None likewise;
    first: a row of each unit."""

    place: Integers | None
    unit: Integers | None
    first: Integers
    periods: Floats

    def spread(self, column: Floats) -> Floats:
        shape = self.first.size, self.periods.size
        if self.place is None:
            return column.reshape(shape)
        matrix = np.full(shape, np.nan)
        matrix.ravel()[self.place] = column
        return matrix

    def varies(self, column: NDArray[np.generic]) -> int:
        """Units inside which a column takes more than one value."""
        if self.place is None:
            changes = column[1:] != column[:-1]
            if np.count_nonzero(changes) == np.count_nonzero(changes[self.periods.size - 1 :: self.periods.size]):
                return 0
        unit = np.arange(column.size) // self.periods.size if self.unit is None else self.unit
        narrow = _narrow(column)
        odd = narrow != narrow[self.first][unit]
        return int(np.unique(unit[odd]).size) if odd.any() else 0


def balanced_panel(frame: pd.DataFrame, columns: Columns) -> BalancedPanel:
    """Long frame, one row per unit and period → balanced matrix.

    A unit that misses the outcome or a covariate in any period is dropped whole and counted; covariates that are not numbers become
    indicators of their levels. Refused with NotEstimable: rows without unit or period, two rows for one unit and period, a cohort or
    cluster that varies inside a unit.
    """
    panel, _ = whole_panel(frame, columns)
    complete, used = _complete(panel.values, panel.covariates)
    if not complete.any():
        raise no_complete_units(columns, int(used.sum()))
    return replace(panel.keep(complete, used), dropped=incomplete(int(complete.size - complete.sum())))


def whole_panel(frame: pd.DataFrame, columns: Columns, seen: pd.Series | None = None) -> tuple[BalancedPanel, Timeline]:
    """Long frame → matrix of all units and periods in it, and its clock; refusals of balanced_panel. seen: see clock.timeline."""
    require_columns(frame, columns)
    require_ids(frame, columns)
    times = timeline(frame[columns.period], frame[columns.cohort], seen)
    layout = _layout(frame[columns.unit], times.period)
    cohort = _cohort(times.cohort, layout, columns.cohort)
    values = layout.spread(_outcome(frame[columns.outcome]))
    covariates = _covariates(frame[list(columns.covariates)], layout) if columns.covariates else np.empty((0, *values.shape))
    cluster = None if columns.cluster is None else _clusters(frame[columns.cluster], layout)
    return BalancedPanel(values, covariates, layout.first, layout.periods, cohort, cluster, times.scale, ()), times


def no_complete_units(columns: Columns, periods: int) -> NotEstimable:
    return NotEstimable("no_complete_units", f"no unit has {columns.outcome!r} in every one of the {periods} periods")


def incomplete(units: int) -> tuple[tuple[str, int], ...]:
    """The count of units left out, as tables carry it."""
    return (("incomplete", units),) if units else ()


def require_columns(frame: pd.DataFrame, columns: Columns) -> None:
    for name in columns.all:
        if name not in frame.columns:
            near = get_close_matches(name, [str(column) for column in frame.columns], 1)
            raise ValueError(f"panel has no column {name!r}" + (f"; nearest name: {near[0]!r}" if near else ""))
    if frame.empty:
        raise NotEstimable("no_complete_units", "panel has no rows")


def require_ids(frame: pd.DataFrame, columns: Columns) -> None:
    for name in columns.ids:
        missing = int(frame[name].isna().sum())
        if missing:
            raise NotEstimable("missing_ids", f"{missing} rows have no {name!r}; every row needs one")


def _outcome(values: pd.Series) -> Floats:
    if values.dtype == object and values.dropna().map(lambda value: isinstance(value, Real)).all():
        values = pd.to_numeric(values)
    if not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values)):
        raise ValueError(f"outcome {values.name!r} has dtype {values.dtype}; allowed: numbers or booleans")
    return np.asarray(values.to_numpy(dtype=float, na_value=np.nan))


def _complete(values: Floats, covariates: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Units with every number, and periods that anybody has; a period that nobody has is no period."""
    seen = np.isfinite(values)
    if covariates.shape[0]:
        seen &= np.isfinite(covariates).all(axis=0)
    if seen.all():
        return np.ones(seen.shape[0], dtype=bool), np.ones(seen.shape[1], dtype=bool)
    used = seen.any(axis=0)
    complete = seen[:, used].all(axis=1)
    return np.asarray(complete & used.any()), np.asarray(used)


def _cohort(rows: Numbers, layout: _Layout, name: str) -> Floats:
    """One position per unit, inf = never; refuses one that varies."""
    if layout.varies(rows):
        rows = never_as_inf(rows)
        _refuse_varying(layout, rows, "cohort_varies", f"cohort {name!r} takes more than one value inside a unit")
    return never_as_inf(rows[layout.first])


def _covariates(table: pd.DataFrame, layout: _Layout) -> Floats:
    """P × N × T matrix of the covariates."""
    texts = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    coded = pd.get_dummies(table, columns=texts, drop_first=True, dtype=float)
    coded[table[texts].isna().any(axis=1)] = np.nan
    return np.stack([layout.spread(np.asarray(coded[name].to_numpy(dtype=float, na_value=np.nan))) for name in coded.columns])


def _layout(unit: pd.Series, period: Numbers) -> _Layout:
    return _tiled(unit, period) or _scattered(unit, period)


def changes(ids: pd.Series) -> NDArray[np.bool_]:
    """Where a row's id differs from that of the row before it; rows - 1 answers."""
    values = ids.to_numpy() if isinstance(ids.dtype, np.dtype) else ids.array
    return np.asarray(values[1:] != values[:-1], dtype=bool)


def _tiled(unit: pd.Series, period: Numbers) -> _Layout | None:
    """Layout of rows that stand unit by unit, each with the same rising periods: no index needed. None where that does not hold."""
    differs = changes(unit)
    head = differs[:MOST_PERIODS]
    width = int(np.argmax(head)) + 1 if head.any() else unit.size
    if unit.size % width:
        return None
    together = np.count_nonzero(differs) == unit.size // width - 1 and bool(differs[width - 1 :: width].all())
    if not (together and (np.diff(period[:width]) > 0).all() and np.array_equal(period[width:], period[:-width])):
        return None
    first = np.arange(0, unit.size, width, dtype=np.int64)
    return _Layout(None, None, first, period[:width].astype(float)) if _distinct(unit.iloc[first]) else None


def _distinct(ids: pd.Series) -> bool:
    rising = isinstance(ids.dtype, np.dtype) and ids.dtype.kind in "iuf" and bool((ids.to_numpy()[1:] > ids.to_numpy()[:-1]).all())
    return rising or ids.is_unique


def _narrow(column: NDArray[np.generic]) -> NDArray[np.generic]:
    """The same differences in a byte where whole numbers allow: what is looked up row by row then stays in the cache."""
    if column.dtype.kind != "i" or not column.size:
        return column
    low = column.min()
    return np.asarray(column - low if low else column).astype(np.uint8) if int(column.max()) - int(low) < 256 else column


def _scattered(unit: pd.Series, period: Numbers) -> _Layout:
    unit_code, units = numbered(unit)
    period_code, periods = _rising(period)
    place = unit_code * periods.size + period_code
    taken = np.zeros(units * periods.size, dtype=bool)
    taken[place] = True
    twice = int(place.size - np.count_nonzero(taken))
    if twice:
        raise NotEstimable("duplicate_rows", f"{twice} rows repeat a unit and period that an earlier row has; each may occur once")
    first = np.empty(units, dtype=np.int64)
    first[unit_code[::-1]] = np.arange(place.size - 1, -1, -1)
    return _Layout(place, unit_code, first, periods)


def _rising(period: Numbers) -> tuple[Integers, Floats]:
    """Code of every row's period, and the periods in order."""
    if period.dtype.kind == "i" and int(period.max()) - (low := int(period.min())) < MOST_PERIODS:
        offset = np.asarray(period - low)
        there = np.zeros(int(offset.max()) + 1, dtype=bool)
        there[offset] = True
        codes = offset if there.all() else (np.cumsum(there) - 1)[offset]
        return codes.astype(np.int64, copy=False), np.asarray(np.flatnonzero(there) + low, dtype=float)
    codes, periods = pd.factorize(period, sort=True)
    return codes.astype(np.int64, copy=False), np.asarray(periods, dtype=float)


def _refuse_varying(layout: _Layout, column: NDArray[np.generic], reason: str, what: str) -> None:
    units = layout.varies(column)
    if units:
        raise NotEstimable(reason, f"{what} for {units} units; it must be the same in all their rows")


def _clusters(values: pd.Series, layout: _Layout) -> NDArray[np.object_]:
    codes, labels = pd.factorize(values)
    _refuse_varying(layout, codes, "cluster_varies", f"cluster {values.name!r} takes more than one value inside a unit")
    return np.asarray(labels, dtype=object)[codes[layout.first]]
