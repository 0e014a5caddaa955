"""Complaint registers of demonstration regions: dates whose working days give the drawn monthly means again, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from mutasi_analysis.working_calendar import national_calendar

INDICATOR = "hari_pengaduan"
COLUMNS = ("complaint_id", "complainant", "unit_id", "received_on", "answered_on")
#: one unit of so many has a complaint of the last month that nobody has answered
OPEN_EVERY = 3
Days = npt.NDArray[np.datetime64]


def split(service: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`layanan` without its complaint days, and these as a register with COLUMNS; as it is where some mean is not that of whole days.

    Each unit and month gets as many complaints as it counts, whose days are drawn to their sum; received on a working day of the month.
    Nothing depends on anything but the rows. complainant: an invented word, there to show that readers leave it out.
    """
    mine = service["indicator"] == INDICATOR
    rows = service.loc[mine]
    totals = rows["value"] * rows["n"].astype("float64")
    if rows.empty or not np.allclose(totals, totals.round(), rtol=0, atol=1e-6):
        return service, pd.DataFrame(columns=list(COLUMNS)).astype({"received_on": "datetime64[ns]", "answered_on": "datetime64[ns]"})
    found = pd.DataFrame([row for part in _units(rows, totals) for row in part], columns=list(COLUMNS[2:]))
    found = found.sort_values(["received_on", "unit_id"], kind="stable", ignore_index=True)
    year = found["received_on"].dt.year
    number = found.groupby(year).cumcount() + 1
    identity = [f"P-{y}-{n:05d}" for y, n in zip(year, number, strict=True)]
    return service.loc[~mine], found.assign(complaint_id=identity, complainant=[f"Pelapor {n}" for n in range(1, len(found) + 1)])[
        list(COLUMNS)
    ]


def _units(rows: pd.DataFrame, totals: pd.Series) -> Iterator[list[tuple[str, datetime, datetime | None]]]:
    last = rows["month"].max()
    open_units = set(sorted(rows["unit_id"].unique())[::OPEN_EVERY])
    for unit, month, n, total in zip(rows["unit_id"], rows["month"], rows["n"].astype(int), totals.round().astype(int), strict=True):
        rng = np.random.default_rng([crc32(f"{unit} {month:%Y-%m}".encode()), total])
        worked = _worked(np.datetime64(month, "M"))
        received = rng.choice(worked, n)
        answered = np.busday_offset(received, rng.multinomial(total, np.full(n, 1 / n)), holidays=national_calendar().holidays)
        told: list[tuple[str, datetime, datetime | None]] = [
            (unit, a, b)
            for a, b in zip(received.astype("datetime64[us]").tolist(), answered.astype("datetime64[us]").tolist(), strict=True)
        ]
        if month == last and unit in open_units:
            told.append((unit, rng.choice(worked, 1).astype("datetime64[us]").tolist()[0], None))
        yield told


def _worked(month: np.datetime64) -> Days:
    days: Days = np.arange(month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]"), dtype="datetime64[D]")
    return days[np.is_busday(days, holidays=national_calendar().holidays)]
