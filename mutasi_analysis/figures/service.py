"""Picture of a service measure by month: units that received transferred staff and others, with the intervals of their means."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import GROUP, LOW, PALE, canvas, grid, mark, ticks
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.tabulate.pictures import monthly_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import is_monthly, service_words


def service_monthly(
    monthly: pd.DataFrame,
    code: str,
    verdict: pd.Series | None,
    words: Words,
    *,
    programme: tuple[float, float] = (float("nan"), float("nan")),
    low: bool = False,
) -> Picture | None:
    """Mean of one indicator by month for receiving and other units, each month with its interval. programme: first and last year,
    shaded; low: for the first page. None without both."""
    known = monthly.loc[monthly["indicator"] == code]
    if set(known["group"]) != {"receiving", "other"}:
        return None
    known = known.assign(month=pd.to_datetime(known["month"]), mean=known["value"])
    known = known.sort_values(["month", "group"], ascending=[True, False])
    drawn = scaled(known, code="indicator")
    with canvas(LOW if low else 3.3) as (figure, axes):
        _lines(axes, drawn, programme, words)
        axes.set_ylabel(words.label("outcome_axis", code))
    said = service_words(known, verdict, words)
    return Picture(f"service_{code}", figure, said.title, said.caption, said.alt, monthly_table(drawn, words))


def _lines(axes: Any, known: pd.DataFrame, programme: tuple[float, float], words: Words) -> None:
    first, last = programme
    if first == first and last == last:
        start, end = _days(np.array([f"{int(first)}-01-01", f"{int(last)}-12-31"], dtype="datetime64[D]")).tolist()
        axes.axvspan(start, end, color=PALE, zorder=0)
        patch = {"facecolor": PALE, "edgecolor": "none", "pad": 1.0}
        place = {"transform": axes.get_xaxis_transform(), "ha": "center", "va": "top"}
        axes.text((start + end) / 2, 0.985, words("picture.programme"), **place, fontsize=8.5, bbox=patch, zorder=1.6)
    ends, monthly = [], is_monthly(known)
    for group in ("other", "receiving"):
        rows = known.loc[known["group"] == group]
        days = _days(rows["month"].to_numpy())
        part, low, high = (rows[name].to_numpy(dtype="float64") for name in ("mean", "conf_low", "conf_high"))
        colour, line, marker = GROUP[group]
        if monthly:
            axes.fill_between(days, low, high, color=colour, alpha=0.16, linewidth=0, zorder=1)
            axes.plot(days, part, line, color=colour, linewidth=0.7, alpha=0.6)
            part = rows["mean"].rolling(6, center=True, min_periods=4).mean().to_numpy(dtype="float64")
            days, part = days[~np.isnan(part)], part[~np.isnan(part)]
        else:
            axes.vlines(days, low, high, color=colour, linewidth=1.4)
        axes.plot(days, part, line, marker=None if monthly else marker, color=colour, linewidth=2.2)
        ends.append((float(part[-1]), days[-1], words.label("group", group), colour))
    ends.sort(key=lambda end: end[0])
    for (value, day, name, colour), shift in zip(ends, (-8, 8), strict=True):
        mark(axes, day, value, name, colour, xytext=(8, shift))
    _years(axes)
    axes.margins(y=0.12)
    ticks(axes.yaxis, words)
    grid(axes)


def _days(dates: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Dates as they stand on the axis: days since 1970. (matplotlib would convert dates anew with every artist.)"""
    return dates.astype("datetime64[D]").astype("float64")


def _years(axes: Any) -> None:
    """A tick at the beginning of each year that is seen."""
    from matplotlib.ticker import FixedFormatter, FixedLocator

    first, last = np.array(axes.get_xlim()).astype("int64").astype("datetime64[D]").astype("datetime64[Y]")
    years = np.arange(first, last + 1)
    axes.xaxis.set_major_locator(FixedLocator(_days(years).tolist()))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(FixedFormatter(years.astype(str).tolist()))  # type: ignore[no-untyped-call]
