"""The transfer process: days between steps, time in the post before the move, election blackout, completeness of papers.

Law: PP 11/2017 Pasal 190 and Peraturan BKN 5/2019 (two to five years in a post), UU 10/2016 Pasal 71 and 162 (blackout). Rule flags, not
verdicts: exceptions (sanction, reorganisation, own request, functional posts) are lawful.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.inputs import FloatOrSeries, Numbers, WordOrSeries, align, is_scalar
from mutasi_analysis.norms import load_norm

#: The first day nanoseconds can hold stands for a date that is not known yet.
EARLIEST = np.datetime64(np.iinfo("int64").min + 1, "ns")
TOO_SHORT, OK, TOO_LONG = "too_short", "ok", "too_long"


def step_days(steps: pd.DataFrame) -> pd.DataFrame:
    """Calendar days from each step to the next, one column per step but the first, named after the step that ends it.

    steps: one column of dates per step, in the order of the process. Missing dates give missing days; a step before its predecessor
    gives negative days (see `out_of_order`). The input is not changed.
    """
    dates = _dates_frame(steps)
    pairs = zip(dates.columns, dates.columns[1:], strict=False)
    return pd.DataFrame({after: (dates[after] - dates[before]).dt.days.astype("Int64") for before, after in pairs}, index=steps.index)


def total_days(steps: pd.DataFrame) -> pd.Series:
    """Calendar days from the first to the last step; missing where either is missing."""
    dates = _dates_frame(steps)
    return (dates.iloc[:, -1] - dates.iloc[:, 0]).dt.days.astype("Int64").rename(None)


def out_of_order(steps: pd.DataFrame) -> pd.Series:
    """True where a known date lies before a known date of an earlier step."""
    dates = _dates_frame(steps).to_numpy(dtype="datetime64[ns]")
    latest = np.maximum.accumulate(np.where(np.isnat(dates), EARLIEST, dates), axis=1)
    return pd.Series(np.any(dates[:, 1:] < latest[:, :-1], axis=1), index=steps.index)


def tenure_years(previous_tmt: Any, new_tmt: Any) -> FloatOrSeries:
    """Years in the previous post: days between both TMT / 365.25. For display; the rule is `tenure_check`, which counts by calendar."""
    before, after, scalar = _pair(previous_tmt, new_tmt)
    years = (after - before).dt.days.astype("float64") / 365.25
    return float(years.iloc[0]) if scalar else years


def tenure_check(previous_tmt: Any, new_tmt: Any, *, scheme: str) -> WordOrSeries:
    """One of "too_short", "ok" or "too_long": time in the post before a move, by calendar years (PP 11/2017 Pasal 190 ayat 3).

    Exactly the minimum (2020-03-01 → 2022-03-01) and exactly the maximum are ok. Missing dates stay missing; a new TMT that is not after
    the previous one raises ValueError with its position.
    """
    limits = load_norm("tenure", scheme).value
    if not isinstance(limits, Mapping):
        raise ValueError(f"norm tenure/{scheme} must give minimum_years and maximum_years")
    before, after, scalar = _pair(previous_tmt, new_tmt)
    if (after <= before).any():
        raise ValueError(f"new_tmt is not after previous_tmt at position {int((after <= before).to_numpy().argmax())}")
    words = pd.Series(OK, index=before.index, dtype="string").where(before.notna() & after.notna())
    words[after < before + pd.DateOffset(years=int(limits["minimum_years"]))] = TOO_SHORT
    words[after > before + pd.DateOffset(years=int(limits["maximum_years"]))] = TOO_LONG
    return words.iloc[0] if scalar else words


def in_blackout(day: Any, *, scheme: str) -> Any:
    """Whether a date lies in an election blackout (bool, or Series of bool): both ends belong to it. Missing dates are not in it.

    scheme: of parameters/norms/election_blackout.toml; regions differ in the years they vote. Transfers cluster around the edges: treat
    the date as a confounder, and remember that written approval makes a transfer inside lawful.
    """
    intervals = load_norm("election_blackout", scheme).value
    if not isinstance(intervals, list):
        raise ValueError(f"norm election_blackout/{scheme} must be a list of intervals")
    days = _dates(day)
    inside = pd.Series(False, index=days.index)
    for interval in intervals:
        inside |= days.between(pd.Timestamp(interval["start"]), pd.Timestamp(interval["end"]))
    return bool(inside.iloc[0]) if is_scalar(day) else inside


def completeness_index(documents: Numbers, *, required: int) -> FloatOrSeries:
    """Share (0–1) of the required papers that are there; more papers than required raise ValueError."""
    given = align({"documents": documents})
    if required < 1:
        raise ValueError(f"required must be at least 1; got {required}")
    given.require("documents", at_least=0, at_most=required)
    return given.give(np.asarray(given["documents"] / required))


def _dates_frame(steps: pd.DataFrame) -> pd.DataFrame:
    if steps.shape[1] < 2:
        raise ValueError(f"steps need at least two columns of dates; got {steps.shape[1]}")
    return pd.DataFrame({name: pd.to_datetime(steps[name]) for name in steps.columns}, index=steps.index)


def _dates(value: Any) -> pd.Series:
    if isinstance(value, pd.Series):
        return pd.to_datetime(value)
    return pd.Series(pd.to_datetime([value] if is_scalar(value) else list(value)))


def _pair(previous_tmt: Any, new_tmt: Any) -> tuple[pd.Series, pd.Series, bool]:
    before, after = _dates(previous_tmt), _dates(new_tmt)
    if len(before) != len(after):
        raise ValueError(f"previous_tmt has {len(before)} dates and new_tmt {len(after)}")
    if not isinstance(previous_tmt, pd.Series) or not isinstance(new_tmt, pd.Series):
        after.index = before.index = before.index if isinstance(previous_tmt, pd.Series) else after.index
    elif not before.index.equals(after.index):
        raise ValueError("previous_tmt and new_tmt are Series about different rows")
    return before, after, is_scalar(previous_tmt) and is_scalar(new_tmt)
