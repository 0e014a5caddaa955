"""Picture of a service measure by month: units that received transferred staff and others, with the intervals of their means."""

from __future__ import annotations

from typing import Any

import pandas as pd

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
    known = monthly.loc[monthly["indicator"] == code].assign(month=lambda frame: pd.to_datetime(frame["month"]))
    known = known.sort_values(["month", "group"], ascending=[True, False])
    if set(known["group"]) != {"receiving", "other"}:
        return None
    with canvas(LOW if low else 3.3) as (figure, axes):
        _lines(axes, scaled(known.rename(columns={"value": "mean"}), code="indicator"), programme, words)
        axes.set_ylabel(words.label("outcome_axis", code))
    said = service_words(known, verdict, words)
    return Picture(f"service_{code}", figure, said.title, said.caption, said.alt, monthly_table(known, words))


def _lines(axes: Any, known: pd.DataFrame, programme: tuple[float, float], words: Words) -> None:
    from matplotlib.dates import YearLocator

    first, last = programme
    if first == first and last == last:
        axes.axvspan(pd.Timestamp(int(first), 1, 1), pd.Timestamp(int(last), 12, 31), color=PALE, zorder=0)
        middle = pd.Timestamp(int(first), 1, 1) + (pd.Timestamp(int(last), 12, 31) - pd.Timestamp(int(first), 1, 1)) / 2
        patch = {"facecolor": PALE, "edgecolor": "none", "pad": 1.0}
        place = {"transform": axes.get_xaxis_transform(), "ha": "center", "va": "top"}
        axes.text(middle, 0.985, words("picture.programme"), **place, fontsize=8.5, bbox=patch, zorder=1.6)
    ends, monthly = [], is_monthly(known)
    for group in ("other", "receiving"):
        rows = known.loc[known["group"] == group].set_index("month")
        part, low, high = (rows[name].astype("float64") for name in ("mean", "conf_low", "conf_high"))
        colour, line, marker = GROUP[group]
        smooth = part
        if monthly:
            axes.fill_between(part.index, low, high, color=colour, alpha=0.16, linewidth=0, zorder=1)
            axes.plot(part.index, part, line, color=colour, linewidth=0.7, alpha=0.6)
            smooth = part.rolling(6, center=True, min_periods=4).mean().dropna()
        else:
            axes.vlines(part.index, low, high, color=colour, linewidth=1.4)
        axes.plot(smooth.index, smooth, line, marker=None if monthly else marker, color=colour, linewidth=2.2)
        ends.append((float(smooth.iloc[-1]), smooth.index[-1], words.label("group", group), colour))
    ends.sort(key=lambda end: end[0])
    for (value, moment, name, colour), shift in zip(ends, (-8, 8), strict=True):
        mark(axes, moment, value, name, colour, xytext=(8, shift))
    axes.xaxis.set_major_locator(YearLocator())  # type: ignore[no-untyped-call]
    axes.margins(y=0.12)
    ticks(axes.yaxis, words)
    grid(axes)
