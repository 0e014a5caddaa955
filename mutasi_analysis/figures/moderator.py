"""Estimates of regions against one number of the region, with the line and the interval it deserves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.forest import LEVEL_MARK, doubted
from mutasi_analysis.figures.house import BLUE, GREY, INK, canvas, clipped, grid, ticks
from mutasi_analysis.tabulate.across import moderator_table
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.across import SlopeLike
from mutasi_analysis.wording.across_pictures import slope_words
from mutasi_analysis.wording.outcomes import outcome
from mutasi_analysis.wording.pictures import Floats

#: inches: one fits under the text of its part, two stand on a page with their captions.
HEIGHT = 2.8
NAMED = 8
WITH_INTERVALS = 40
#: width of a letter of a name, as a share of the axis; a name stands two of them off its point.
LETTER = 0.013
#: height of a name and its distance from its point, as shares of the axis, and where it may stand: (left, below), the first if alike.
TALL, NEAR = 0.07, 0.015
PLACES = ((False, False), (False, True), (True, False), (True, True))
Box = tuple[float, float, float, float]


class LineLike(SlopeLike, Protocol):
    """A slope that can draw itself."""

    def line(self, at: list[float]) -> pd.DataFrame: ...


def moderator(rows: pd.DataFrame, fit: LineLike, words: Words, *, least: int) -> Picture | None:
    """rows: region level outcome estimate conf_low conf_high moderator, and where known verdict (open marks as in the forest);
    least: regions that a slope is usually asked. None where there is no line."""
    if fit.slope != fit.slope or rows.empty:
        return None
    code = str(rows["outcome"].iloc[0])
    drawn = scaled(rows)
    low, high = float(drawn["moderator"].min()), float(drawn["moderator"].max())
    edge = 0.06 * (high - low)
    line = fit.line([float(value) for value in np.linspace(low - edge, high + edge, 60)])
    at = fit.line([float(value) for value in rows["moderator"]])
    with canvas(HEIGHT) as (figure, axes):
        scale = outcome(code).scale
        axes.fill_between(line["moderator"], line["conf_low"] * scale, line["conf_high"] * scale, color=GREY, alpha=0.18, linewidth=0)
        axes.plot(line["moderator"], line["estimate"] * scale, color=GREY, linewidth=1.4)
        axes.axhline(0, color=INK, linewidth=1)
        _points(axes, drawn, words)
        _limits(axes, drawn, line * [1, scale, scale, scale])
        axes.set_xlabel(words("picture.moderator"))
        axes.set_ylabel(words("picture.event_y", points=words.label("points", code)), fontsize=8)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=8.5)
        for axis in (axes.xaxis, axes.yaxis):
            ticks(axis, words)
        grid(axes)
    said = slope_words(code, rows, fit, words, least=least, doubted=len(drawn) <= WITH_INTERVALS and bool(doubted(drawn).any()))
    return Picture(f"moderator_{code}", figure, said.title, said.caption, said.alt, moderator_table(rows, words, at))


def _points(axes: Any, drawn: pd.DataFrame, words: Words) -> None:
    for level, marker in LEVEL_MARK.items():
        part = drawn.loc[drawn["level"] == level]
        if part.empty:
            continue
        if len(drawn) > WITH_INTERVALS:
            axes.scatter(
                part["moderator"],
                part["estimate"],
                s=16,
                alpha=0.55,
                marker=marker,
                color=BLUE,
                zorder=3,
                label=words.label("level", level),
            )
            continue
        axes.vlines(part["moderator"], part["conf_low"], part["conf_high"], color=BLUE, linewidth=1.3)
        open_marks = doubted(part)
        for face, some in ((BLUE, part.loc[~open_marks]), ("white", part.loc[open_marks])):
            label = words.label("level", level) if len(some) and (face == BLUE or open_marks.all()) else None
            axes.scatter(
                some["moderator"],
                some["estimate"],
                s=44,
                marker=marker,
                facecolor=face,
                edgecolor=BLUE,
                linewidths=1.5,
                zorder=3,
                label=label,
            )
    if len(drawn) <= NAMED:
        _names(axes, drawn)


def _names(axes: Any, drawn: pd.DataFrame) -> None:
    """Names beside the points, with a white edge that parts them from the lines they cross, and room for those at the left."""
    from matplotlib.patheffects import withStroke

    halo = withStroke(linewidth=2.5, foreground="white")
    ordered = drawn.sort_values(["moderator", "estimate"], kind="stable")
    x, y, *ends = (ordered[name].to_numpy(dtype=float) for name in ("moderator", "estimate", "conf_low", "conf_high"))
    names = [clipped(name, 20) for name in ordered["region"]]
    low, high = axes.get_xlim()
    placed = sides(x, y, (ends[0], ends[1]), [len(name) for name in names])
    for name, at, height, (left, below) in zip(names, x, y, placed, strict=True):
        place = {"xytext": (-6 if left else 6, -11 if below else 5), "ha": "right" if left else "left", "textcoords": "offset points"}
        axes.annotate(name, (at, height), **place, fontsize=8, color=INK, zorder=5, path_effects=[halo])
        part = LETTER * (len(name) + 2) if left else 0.0
        low = min(low, at - (high - at) * part / (1 - part))
    axes.set_xlim(low, high)


def sides(x: Floats, y: Floats, ends: tuple[Floats, Floats], letters: Sequence[int]) -> list[tuple[bool, bool]]:
    """Whether the name of each point stands at its left, and whether below: where it covers least of the marks of others, of their
    intervals and of names that stand already; right above where that is as good. ends: of the intervals; letters: of each name."""
    across, up = np.ptp(x) or 1.0, 1.6 * max(np.ptp(np.concatenate(ends)), 1e-9)
    u, v, low, high = (x - x.min()) / across, y / up, ends[0] / up, ends[1] / up
    taken: list[Box] = []
    found: list[tuple[bool, bool]] = []
    for i, count in enumerate(letters):
        others = np.arange(len(x)) != i
        places = {(left, below): (*_reach(u[i], NEAR, LETTER * count, left), *_reach(v[i], NEAR, TALL, below)) for left, below in PLACES}
        costs = {
            place: 4.0 * _inside(box, u[others], v[others], v[others])
            + _inside(box, u[others], low[others], high[others])
            + 3.0 * sum(box[0] < other[1] and other[0] < box[1] and box[2] < other[3] and other[2] < box[3] for other in taken)
            + 0.5 * place[0]
            for place, box in places.items()
        }
        best = min(costs, key=costs.__getitem__)
        taken.append(places[best])
        found.append(best)
    return found


def _reach(at: float, off: float, size: float, back: bool) -> tuple[float, float]:
    return (at - off - size, at - off) if back else (at + off, at + off + size)


def _inside(box: Box, u: Floats, low: Floats, high: Floats) -> int:
    """How many marks or intervals (low = high for a mark) the box meets, which are a little wider than a line."""
    return int(((u > box[0] - NEAR) & (u < box[1] + NEAR) & (high > box[2] - NEAR) & (low < box[3] + NEAR)).sum())


def _limits(axes: Any, drawn: pd.DataFrame, line: pd.DataFrame) -> None:
    """The points decide the axis; a band of few regions may run out of it."""
    low, high = float(drawn["conf_low"].min()), float(drawn["conf_high"].max())
    if len(drawn) > WITH_INTERVALS:
        edge = 0.04 * float(np.ptp(drawn["estimate"]))
        low, high = float(drawn["estimate"].min()) - edge, float(drawn["estimate"].max()) + edge
    inner_low, inner_high = float(line["estimate"].min()), float(line["estimate"].max())
    low, high = min(low, inner_low, 0.0), max(high, inner_high, 0.0)
    room = 0.35 * (high - low)
    axes.set_ylim(max(low - room, min(low, float(line["conf_low"].min()))), min(high + room, max(high, float(line["conf_high"].max()))))
