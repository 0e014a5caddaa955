"""Pictures of estimates by years since the transfer, and of the raw means behind them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import BLUE, GREY, GROUP, INK, LOW, PALE, canvas, grid, mark, ticks
from mutasi_analysis.tabulate.outcomes import effects_table, scaled
from mutasi_analysis.tabulate.pictures import paths_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.outcomes import outcome, tells_few
from mutasi_analysis.wording.pictures import event_words, paths_words


def event_study(
    effects: pd.DataFrame, verdict: pd.Series, words: Words, *, anticipation: int, minimum_cell: int, low: bool = False, exact: bool = False
) -> Picture | None:
    """Estimates of the verdict's outcome by years since the transfer, with 95 % intervals.

    anticipation: years before the first full year that the transfer may touch (mixed year and dip), marked as a zone; low: for
    the first page; exact: whether the verdict's interval is that of the exchange test. None without estimates. Estimates of fewer than
    `minimum_cell` persons are left out (service units are no persons).
    """
    code = str(verdict["outcome"])
    rows = effects.loc[(effects["outcome"] == code) & (effects["term"] == "event") & effects["estimate"].notna()]
    if not outcome(code).of_units:
        rows = rows.loc[rows["n_units"] >= minimum_cell]
    drawn = rows.loc[(rows["event_time"] <= -anticipation) | (rows["event_time"] >= 0)]
    known = scaled(drawn).sort_values("event_time")
    if known.empty:
        return None
    with canvas(LOW if low else 3.6) as (figure, axes):
        event_axes(axes, known, words, anticipation=anticipation)
        axes.set_ylabel(words("picture.event_y", points=words.label("points", code)))
        axes.set_xlabel(words("picture.event_x"))
        _name_zones(axes, anticipation, words)
    said = event_words(verdict, drawn, words, minimum_cell=minimum_cell, exact=exact)
    return Picture(f"event_{code}", figure, said.title, said.caption, said.alt, effects_table(rows, code, words))


def event_axes(axes: Any, rows: pd.DataFrame, words: Words, *, anticipation: int) -> None:
    """Points and intervals on one pair of axes: open circles before, filled after, the anticipated years shaded.

    Before the transfer an estimate is the change from the year before (varying base). Inside the shaded years only the first
    one is also the difference from the last clean year; the later ones, the mixed year among them, are not drawn.
    """
    rows = rows.loc[(rows["event_time"] <= -anticipation) | (rows["event_time"] >= 0)]
    before = rows["event_time"] < 0
    axes.axvspan(-anticipation - 0.5, -0.5, color=PALE, zorder=0)
    axes.axhline(0, color=INK, linewidth=1)
    for part, face, colour in ((rows.loc[before], "white", GREY), (rows.loc[~before], BLUE, BLUE)):
        axes.vlines(part["event_time"], part["conf_low"], part["conf_high"], color=colour, linewidth=2)
        axes.scatter(part["event_time"], part["estimate"], s=40, facecolor=face, edgecolor=colour, linewidths=1.6, zorder=3)
    times = sorted({int(value) for value in rows["event_time"]} | set(range(-anticipation, 0)))
    axes.set_xticks(times, [words.signed(value, 0) for value in times])
    ticks(axes.yaxis, words)
    grid(axes)


def _name_zones(axes: Any, anticipation: int, words: Words) -> None:
    top = {"transform": axes.get_xaxis_transform(), "va": "top", "fontsize": 8.5, "color": GREY}
    over = {"boxstyle": "square,pad=0.15", "edgecolor": "none"}  # no line of the grid runs through the words
    if anticipation:
        axes.text(-anticipation / 2 - 0.5, 0.98, words("picture.dip"), ha="center", bbox={**over, "facecolor": PALE}, **top)
    axes.text(-anticipation - 0.6, 0.98, words("picture.before_zone"), ha="right", bbox={**over, "facecolor": "white"}, **top)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.18 * (high - low))


def raw_paths(paths: pd.DataFrame, code: str, words: Words, *, anticipation: int, minimum_cell: int) -> Picture | None:
    """Raw means of those moved and of their comparisons by years since the transfer, the same years shaded as in `event_study`. None
    without both groups."""
    known = paths.loc[(paths["outcome"] == code) & (paths["n"] >= minimum_cell)]
    known = known.sort_values(["event_time", "group"], ascending=[True, False])
    few = [tells_few(code, n, mean, minimum_cell) for n, mean in zip(known["n"], known["mean"], strict=True)]
    known = known.loc[~np.array(few, dtype=bool)]
    if set(known["group"]) != {"moved", "compared"}:
        return None
    both = known.groupby("event_time")["group"].transform("nunique") == 2
    known = known.loc[both]
    if known["event_time"].nunique() < 2:
        return None
    with canvas(3.2) as (figure, axes):
        _lines(axes, scaled(known), words, anticipation)
        axes.set(xlabel=words("picture.paths_x"), ylabel=words.label("outcome_axis", code))
    said = paths_words(known, words, zone=anticipation > 0)
    return Picture(f"paths_{code}", figure, said.title, said.caption, said.alt, paths_table(known, words))


def _lines(axes: Any, known: pd.DataFrame, words: Words, anticipation: int) -> None:
    axes.axvspan(-anticipation - 0.5, -0.5, color=PALE, zorder=0)
    ends = []
    for group in ("moved", "compared"):
        part = known.loc[known["group"] == group]
        colour, line, marker = GROUP[group]
        axes.plot(part["event_time"], part["mean"], line, marker=marker, markersize=5, color=colour, linewidth=2)
        ends.append((float(part["mean"].iloc[-1]), float(part["event_time"].iloc[-1]), words.label("group", group), colour))
    (low, *_), (high, *_) = sorted(ends)[0], sorted(ends)[-1]
    for mean, time, name, colour in ends:
        shift = 7 if mean == high and high != low else -7
        mark(axes, time, mean, name, colour, xytext=(7, shift))
    times = sorted({int(value) for value in known["event_time"]})
    axes.set_xticks(times, [words.signed(value, 0) for value in times])
    ticks(axes.yaxis, words)
    grid(axes)
