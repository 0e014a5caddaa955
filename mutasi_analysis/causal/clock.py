"""Periods and cohorts of any type as positions on one line, and back to the labels a reader knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.refusal import NotEstimable

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64] | Floats

#: how positions of each scale read; event times count in this unit.
SCALES: dict[str, str] = {"number": "the unit of the period column", "year": "years", "month": "months", "day": "days"}


def label(position: float, scale: str) -> float:
    """Number printed for a position: as given, year, YYYYMM or YYYYMMDD; NaN for NaN."""
    if position != position:
        return position
    if scale == "month":
        return float(position // 12 * 100 + position % 12 + 1)
    if scale == "day":
        return float(date.fromordinal(int(position)).strftime("%Y%m%d"))
    return float(position)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Positions of every row's period and cohort (0, NaN and inf all mean never treated), on one scale of SCALES.

    Columns of numbers come as they are, whole numbers uncopied. dates: the distinct periods where they are dates.
    """

    period: Numbers
    cohort: Numbers
    scale: str
    dates: pd.Series | None = None


def rescaled(positions: Floats, dates: pd.Series, before: str, now: str) -> Floats:
    """Positions of some of these dates, which the scale `before` tells apart, on the scale `now`."""
    there = dict(zip(_positions(dates, before).tolist(), _positions(dates, now).tolist(), strict=True))
    return np.array([there[position] for position in positions.tolist()], dtype=float)


def timeline(period: pd.Series, cohort: pd.Series, seen: pd.Series | None = None) -> Timeline:
    """Both columns as positions. Numbers stay numbers; dates count years, months or days, whichever first tells all periods apart.

    seen: periods (dates) of other rows of the same panel that must be told apart too.
    """
    numbers = _as_numbers(period)
    if numbers is not None:
        treated_numbers = _as_numbers(cohort)
        if treated_numbers is None:
            raise NotEstimable(
                "bad_cohort", f"cohort {cohort.name!r} holds no numbers while the periods are numbers; give both on one scale"
            )
        return Timeline(numbers, treated_numbers, "number")
    dates = _dates(period, "period")
    known = pd.concat([*([] if seen is None else [seen]), dates.dropna().drop_duplicates()]).drop_duplicates(ignore_index=True)
    scale = _finest_needed(known)
    treated = _dates(cohort.where(~_says_never(cohort)), "cohort")
    return Timeline(_positions(dates, scale), _positions(treated, scale), scale, known)


def _as_numbers(values: pd.Series) -> Numbers | None:
    """The column where all of it reads as numbers (text and objects included); None where it does not."""
    if values.dtype == np.int64:
        return np.asarray(values.to_numpy())
    if pd.api.types.is_numeric_dtype(values):
        return _floats(values)
    known = values.dropna()
    if _is_dated(values) or not known.map(lambda v: isinstance(v, str | int | float | np.number)).all():
        return None
    numbers = pd.to_numeric(known, errors="coerce")
    return None if numbers.isna().any() else _floats(numbers.reindex(values.index))


def _is_dated(values: pd.Series) -> bool:
    return isinstance(values.dtype, pd.PeriodDtype) or pd.api.types.is_datetime64_any_dtype(values)


def _dates(values: pd.Series, role: str) -> pd.Series:
    if isinstance(values.dtype, pd.PeriodDtype):
        return pd.Series(values.dt.to_timestamp())
    try:
        return pd.to_datetime(values, format="ISO8601")
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"{role} {values.name!r} holds neither numbers nor dates; allowed: numbers, dates (text as 2024-01-31), pandas periods"
        ) from error


def _floats(values: pd.Series) -> Floats:
    return np.asarray(values.to_numpy(dtype=float, na_value=np.nan))


def _says_never(cohort: pd.Series) -> pd.Series:
    if _is_dated(cohort):
        return cohort.isna()
    as_number: Any = pd.to_numeric(cohort.map(lambda v: v if isinstance(v, str | int | float) else np.nan), errors="coerce")
    return pd.Series(cohort.isna() | as_number.isin([0.0, np.inf]))


def _finest_needed(dates: pd.Series) -> str:
    days = dates.dropna().drop_duplicates()
    for scale in ("year", "month"):
        if not np.unique(_positions(days, scale)).size < len(days):
            return scale
    return "day"


def _positions(dates: pd.Series, scale: str) -> Floats:
    year = dates.dt.year.to_numpy(dtype=float, na_value=np.nan)
    if scale == "year":
        return np.asarray(year, dtype=float)
    if scale == "month":
        return np.asarray(year * 12 + dates.dt.month.to_numpy(dtype=float, na_value=np.nan) - 1)
    days = (dates.dt.normalize() - pd.Timestamp(1970, 1, 1)).dt.days
    return np.asarray(days.to_numpy(dtype=float, na_value=np.nan) + date(1970, 1, 1).toordinal())


def never_as_inf(positions: Numbers) -> Floats:
    """Positions with every spelling of never treated as inf."""
    cohort = np.asarray(positions, dtype=float)
    if bool((cohort < 0).any()):
        raise NotEstimable("bad_cohort", "a cohort is negative; allowed: the first treated period, or 0 or missing for never treated")
    return np.where(np.isnan(cohort) | (cohort == 0), np.inf, cohort)
