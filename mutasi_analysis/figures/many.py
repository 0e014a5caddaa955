"""Balance of workload and match of so many regions that rows no longer fit."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.forest import LEVEL_MARK
from mutasi_analysis.figures.house import BLUE, GREY, INK, grid, panels, ticks
from mutasi_analysis.tabulate.regions import balance_data
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.across_pictures import balance_many_words
from mutasi_analysis.wording.regions import by_level


def balance_many(regions: pd.DataFrame, words: Words) -> Picture | None:
    """regions: region level imbalance_after imbalance_without change conf_low conf_high. None where none has either."""
    known = by_level(regions.dropna(subset=["imbalance_after", "change"], how="all"))
    if known.empty:
        return None
    with panels(3.6, (1.15, 1)) as (figure, (left, right)):
        _scatter(left, known, words)
        change = known["change"].dropna().astype("float64")
        right.hist(change, bins=24, color=BLUE, edgecolor="white", linewidth=0.5)
        right.axvline(0, color=INK, linewidth=1)
        right.set_xlabel(words("picture.fit_x"), fontsize=8.5)
        right.set_ylabel(words("picture.change_share"), fontsize=8.5)
        for axis in (right.xaxis, right.yaxis):
            ticks(axis, words)
        grid(right)
    said = balance_many_words(known, words)
    return Picture("balance_and_match", figure, said.title, said.caption, said.alt, balance_data(known, words))


def _scatter(axes: Any, known: pd.DataFrame, words: Words) -> None:
    top = float(known[["imbalance_without", "imbalance_after"]].max().max())
    axes.plot([0, top], [0, top], color=GREY, linewidth=1)
    for level, marker in LEVEL_MARK.items():
        part = known.loc[known["level"] == level]
        if len(part):
            label = words.label("level", level).split(" (")[0]
            axes.scatter(
                part["imbalance_without"], part["imbalance_after"], s=16, marker=marker, color=BLUE, alpha=0.5, linewidths=0, label=label
            )
    axes.set_xlabel(words("picture.without_x"), fontsize=8.5)
    axes.set_ylabel(words("picture.with_y"), fontsize=8.5)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=8, handletextpad=0.1, columnspacing=0.8)
    for axis in (axes.xaxis, axes.yaxis):
        ticks(axis, words)
    grid(axes)
