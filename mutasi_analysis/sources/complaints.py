"""Complaint registers: one row a complaint → working days by unit and month, as `layanan` holds them, and how many are open or late.

A complaint belongs to the month it was received in. The value of a unit and month is the mean of the working days of its answered
complaints and n their number, so that a year's value, months weighted by n, is the mean over complaints, as for files with ready-made days.
Open complaints have no days yet: they are counted and said, and judged against their limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mutasi_analysis.entities import COMPLAINTS, RegionData
from mutasi_analysis.entities.outcomes import LAYANAN, PENGADUAN
from mutasi_analysis.errors import Fault
from mutasi_analysis.metrics.service import answered_in_time, working_days
from mutasi_analysis.norms import load_norm
from mutasi_analysis.schema import conform
from mutasi_analysis.sources.assemble import Assembled
from mutasi_analysis.working_calendar import WorkingCalendar, national_calendar

INDICATOR = "hari_pengaduan"
LIMITS = "complaint_days"
#: a complaint whose kind is not stated
UNSTATED = "tidak_berkadar_pengawasan"
_DAYS = ("received_on", "answered_on")


@dataclass(frozen=True)
class Complaints:
    """monthly: rows of `layanan`; counts: COMPLAINTS by month of receipt; open: complaints not yet answered."""

    monthly: pd.DataFrame
    counts: pd.DataFrame
    open: int


def check_days(table: Assembled) -> list[Fault]:
    """Days of a register outside the years whose holidays are known: no working days can be counted for them."""
    calendar = national_calendar()
    allowed = f"tahun {calendar.first_year} sampai {calendar.last_year}, yang hari libur nasional dan cuti bersamanya diketahui"
    return [
        table.origin.fault(int(position), name, "out_of_range", allowed)
        for name in _DAYS
        for position in np.flatnonzero((table.frame[name].notna() & ~_known(table.frame[name], calendar)).to_numpy(dtype=bool))
    ]


def summarise(register: pd.DataFrame, limits: Mapping[str, int]) -> Complaints:
    """A conformed register as monthly rows and counts. limits: kind → working days.

    Rows without unit or with a faulty day are left out: each of them is a fault already, with which no report is made.
    """
    calendar = national_calendar()
    received, answered = register["received_on"], register["answered_on"]
    sound = register["unit_id"].notna() & _known(received, calendar) & (answered.isna() | _known(answered, calendar))
    sound &= ~(answered < received)
    rows = register.loc[sound].reset_index(drop=True)
    if rows.empty:
        return Complaints(LAYANAN.empty(), pd.DataFrame(columns=list(COMPLAINTS)), 0)
    days = working_days(rows["received_on"], rows["answered_on"], holidays=calendar.holidays)
    drawn = rows[list(_DAYS)].max().max()
    waited = working_days(rows["received_on"], pd.Series(drawn, index=rows.index), holidays=calendar.holidays)
    limit = rows["complaint_kind"].fillna(UNSTATED).map(limits).astype("float64")
    in_time = answered_in_time(days, waited, limit)
    month = rows["received_on"].dt.to_period("M").dt.to_timestamp().astype("datetime64[ns]")
    unstated = rows["complaint_kind"].isna()
    keyed = pd.DataFrame({"unit_id": rows["unit_id"], "month": month, "days": days, "in_time": in_time, "unstated": unstated})
    counts = _counts(keyed).assign(unstated_limit=limits[UNSTATED], drawn_on=drawn)
    return Complaints(_monthly(keyed), counts[list(COMPLAINTS)], int(days.isna().sum()))


def with_complaints(data: RegionData, table: Assembled, scheme: str) -> RegionData:
    """The data with a register's days in `layanan` (in place of ready-made days of the same unit and month), its counts, and notes."""
    limits: Mapping[str, int] = load_norm(LIMITS, scheme).value  # type: ignore[assignment]
    found = summarise(table.frame, limits)
    ready = data.table(LAYANAN.name)
    keys = ["unit_id", "month", "indicator"]
    told = pd.MultiIndex.from_frame(found.monthly[keys]) if len(found.monthly) else pd.MultiIndex.from_tuples([], names=keys)
    twice = pd.MultiIndex.from_frame(ready[keys]).isin(told)
    parts = [part for part in (ready.loc[~twice], found.monthly) if len(part)]
    tables = {**data.tables, LAYANAN.name: pd.concat(parts, ignore_index=True)} if parts else data.tables
    counted = {"complaints_read": len(table.frame), "complaints_open": found.open, "complaints_replace": int(twice.sum())}
    notes = [f"{code}:{n}" for code, n in counted.items() if n]
    return replace(data, tables=tables, complaints=found.counts, notes=(*data.notes, *notes))


def _known(days: pd.Series, calendar: WorkingCalendar) -> pd.Series:
    inside: pd.Series = days.dt.year.between(calendar.first_year, calendar.last_year)
    return inside


def _monthly(keyed: pd.DataFrame) -> pd.DataFrame:
    grouped = keyed.dropna(subset=["days"]).groupby(["unit_id", "month"])["days"]
    rows = grouped.agg(value="mean", n="size").reset_index().assign(indicator=INDICATOR)
    return conform(rows, LAYANAN).frame


def _counts(keyed: pd.DataFrame) -> pd.DataFrame:
    by_month = keyed.assign(open=keyed["days"].isna()).groupby("month")
    counts = by_month.agg(
        received=("days", "size"),
        open=("open", "sum"),
        judged=("in_time", "count"),
        in_time=("in_time", "sum"),
        unstated=("unstated", "sum"),
    )
    return counts.astype("int64").reset_index()


__all__ = ["PENGADUAN", "Complaints", "check_days", "summarise", "with_complaints"]
