"""Our regions among published results in the same unit: what others printed above, what we estimate below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.forest import LEVEL_MARK, region_label
from mutasi_analysis.figures.house import BLUE, INK, VERMILION, canvas, clipped, grid, ticks
from mutasi_analysis.tabulate.across import PrintedLike, published_table
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.across_pictures import published_words
from mutasi_analysis.wording.outcomes import outcome
from mutasi_analysis.wording.regions import by_level
from mutasi_analysis.wording.shapes import PooledLike

#: more regions than this are shown by their pool alone.
NAMED = 12


def among_published(estimates: pd.DataFrame, pooled: PooledLike | None, entries: Sequence[PrintedLike], words: Words) -> Picture | None:
    """estimates: region level outcome estimate conf_low conf_high, of one outcome; entries: in its unit. None without either."""
    known = estimates.dropna(subset=["estimate"])
    if known.empty or not entries:
        return None
    code = str(known["outcome"].iloc[0])
    ours = scaled(by_level(known)) if len(known) <= NAMED else known.head(0)
    below = len(ours) + (1 if pooled is not None else 0)
    with canvas(1.0 + 0.4 * (len(entries) + below)) as (figure, axes):
        labels = _printed(axes, entries, below, words) | _ours(axes, ours, words, 1 if pooled is not None else 0)
        if pooled is not None:
            scale = outcome(code).scale
            axes.hlines([0], pooled.conf_low * scale, pooled.conf_high * scale, color=INK, linewidth=2)
            axes.scatter([pooled.estimate * scale], [0], s=54, marker="D", color=INK, zorder=3)
            labels |= {0: words("picture.our_pool")}
        axes.axhline(below - 0.5, color=INK, linewidth=0.7)
        axes.axvline(0, color=INK, linewidth=1)
        axes.set_yticks(list(labels), list(labels.values()), fontsize=8.5)
        axes.set_xlabel(words("picture.published_x", points=words.label("points", code)), fontsize=8.5)
        ticks(axes.xaxis, words)
        grid(axes, "x")
        axes.spines["left"].set_visible(False)
    said = published_words(code, entries, pooled, words)
    return Picture(f"published_{code}", figure, said.title, said.caption, said.alt, published_table(entries, words, comparable=True))


def _printed(axes: Any, entries: Sequence[PrintedLike], below: int, words: Words) -> dict[int, str]:
    labels = {}
    for place, entry in zip(range(below + len(entries) - 1, below - 1, -1), entries, strict=True):
        if entry.low is not None:
            axes.hlines([place], entry.low, entry.high, color=VERMILION, linewidth=1.6)
        if entry.estimate is not None:
            axes.scatter([entry.estimate], [place], s=44, facecolor="white", edgecolor=VERMILION, linewidths=1.6, zorder=3)
        labels[place] = f"{entry.short}:\n{clipped(entry.change[words.language], 44)}"
    return labels


def _ours(axes: Any, ours: pd.DataFrame, words: Words, first: int) -> dict[int, str]:
    places = list(range(first + len(ours) - 1, first - 1, -1))
    axes.hlines(places, ours["conf_low"], ours["conf_high"], color=BLUE, linewidth=1.8)
    for place, (_, row) in zip(places, ours.iterrows(), strict=True):
        axes.scatter([row["estimate"]], [place], s=40, marker=LEVEL_MARK.get(str(row["level"]), "s"), color=BLUE, zorder=3)
    return {place: region_label(row, words) for place, (_, row) in zip(places, ours.iterrows(), strict=True)}
