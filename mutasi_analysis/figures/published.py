"""Our regions below published results: each with an axis of its own, since what is printed is percent of a level and ours are points."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.forest import LEVEL_MARK, doubted, region_label
from mutasi_analysis.figures.house import BLUE, INK, VERMILION, canvas, grid, ticks
from mutasi_analysis.tabulate.across import PrintedLike, among_published_table
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.across_pictures import published_words
from mutasi_analysis.wording.outcomes import outcome
from mutasi_analysis.wording.regions import by_level
from mutasi_analysis.wording.shapes import PooledLike

#: more regions than this are shown by their pool alone.
NAMED = 12
#: inches of a row of ours and of a published one, and of an axis with its name; letters of a line of a label
ROW, PRINTED_ROW, AXIS, LINE = 0.25, 0.36, 0.5, 48


def among_published(estimates: pd.DataFrame, pooled: PooledLike | None, entries: Sequence[PrintedLike], words: Words) -> Picture | None:
    """estimates: region level outcome estimate conf_low conf_high, of one outcome, and where known verdict (open marks as in the
    forest); entries: of the same kind. None without either."""
    known = estimates.dropna(subset=["estimate"])
    if known.empty or not entries:
        return None
    code = str(known["outcome"].iloc[0])
    ours = scaled(by_level(known)) if len(known) <= NAMED else known.head(0)
    rows = len(ours) + (1 if pooled is not None else 0)
    heights = (PRINTED_ROW * len(entries), ROW * max(rows, 1))
    with canvas(sum(heights) + 2 * AXIS, rows=2, height_ratios=[height + AXIS for height in heights]) as (figure, (upper, lower)):
        _printed(upper, entries, words)
        upper.set_xlabel(words("picture.published_x"), fontsize=9)
        _ours(lower, ours, pooled, outcome(code).scale, words)
        lower.set_xlabel(words("picture.ours_x", points=words.label("points", code)), fontsize=9)
        for axes in (upper, lower):
            axes.axvline(0, color=INK, linewidth=1)
            axes.margins(y=0.5 / max(len(axes.get_yticks()), 1))
            ticks(axes.xaxis, words)
            grid(axes, "x")
            axes.spines["left"].set_visible(False)
    said = published_words(code, entries, pooled, words, doubted=bool(doubted(ours).any()))
    behind = among_published_table(entries, known if len(known) <= NAMED else known.head(0), pooled, code, words)
    return Picture(f"published_{code}", figure, said.title, said.caption, said.alt, behind)


def _printed(axes: Any, entries: Sequence[PrintedLike], words: Words) -> None:
    labels = []
    for place, entry in enumerate(reversed(entries)):
        if entry.low is not None:
            axes.hlines([place], entry.low, entry.high, color=VERMILION, linewidth=1.6)
        if entry.estimate is not None:
            axes.scatter([entry.estimate], [place], s=44, marker="^", facecolor="white", edgecolor=VERMILION, linewidths=1.6, zorder=3)
        labels.append(f"{entry.short}:\n{textwrap.fill(entry.change[words.language], LINE)}")
    axes.set_yticks(range(len(labels)), labels, fontsize=9)


def _ours(axes: Any, ours: pd.DataFrame, pooled: PooledLike | None, scale: float, words: Words) -> None:
    """Regions from the top, the pool below them."""
    below = 1 if pooled is not None else 0
    places = list(range(len(ours) - 1 + below, below - 1, -1))
    axes.hlines(places, ours["conf_low"], ours["conf_high"], color=BLUE, linewidth=1.8)
    for place, opened, (_, row) in zip(places, doubted(ours), ours.iterrows(), strict=True):
        face, marker = "white" if opened else BLUE, LEVEL_MARK.get(str(row["level"]), "s")
        axes.scatter([row["estimate"]], [place], s=40, marker=marker, facecolor=face, edgecolor=BLUE, linewidths=1.5, zorder=3)
    labels = {place: region_label(row, words) for place, (_, row) in zip(places, ours.iterrows(), strict=True)}
    if pooled is not None:
        axes.hlines([0], pooled.conf_low * scale, pooled.conf_high * scale, color=INK, linewidth=2)
        axes.scatter([pooled.estimate * scale], [0], s=54, marker="D", color=INK, zorder=3)
        labels |= {0: words("picture.our_pool")}
    axes.set_yticks(list(labels), list(labels.values()), fontsize=9)
