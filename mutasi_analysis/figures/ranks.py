"""What a ranking is worth: the probability of every rank of few regions, the range of ranks of many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.forest import region_label
from mutasi_analysis.figures.house import BLUE, canvas, grid, ticks
from mutasi_analysis.tabulate.across import ranks_table
from mutasi_analysis.tabulate.extremes import extremes
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.across_pictures import rank_words
from mutasi_analysis.wording.outcomes import outcome
from mutasi_analysis.wording.regions import by_level

#: up to this many regions every probability is written into its cell.
CELLS = 12


def ranks(table: pd.DataFrame, probabilities: pd.DataFrame, pairs: pd.DataFrame, words: Words, *, draws: int) -> Picture:
    """table: region level outcome estimate conf_low conf_high shrunken shrunken_low shrunken_high rank_low rank_median rank_high
    p_first; probabilities: the same rows, one column a rank; pairs: apart. Rows by level and name; both ends of more than 40."""
    code = str(table["outcome"].iloc[0])
    if len(table) <= CELLS:
        order = by_level(table.assign(_row=range(len(table))))
        figure, shown = _cells(order, probabilities.to_numpy()[order["_row"].to_numpy()], words), len(table)
        behind = ranks_table(table, words, probabilities)
    else:
        drawn = _ends(table)
        figure, shown = _ranges(drawn, len(table), words), len(drawn)
        behind = ranks_table(table, words)
    said = rank_words(table, pairs, shown, words, draws=draws, named=CELLS)
    return Picture(f"ranks_{code}", figure, said.title, said.caption, said.alt, behind)


def _ends(table: pd.DataFrame) -> pd.DataFrame:
    """Both ends by the shrunken estimate, best first; all, by level and name, where they fit."""
    sign = -1.0 if outcome(str(table["outcome"].iloc[0])).lower_is_better else 1.0
    drawn = extremes(table.assign(_key=sign * table["shrunken"]), "_key")
    return drawn if len(drawn) < len(table) else by_level(drawn)


def _cells(order: pd.DataFrame, shares: np.ndarray, words: Words) -> Any:
    n = len(order)
    with canvas(1.0 + 0.36 * n) as (figure, axes):
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for row in range(n):
            for column in range(n):
                share = float(shares[row, column])
                axes.text(
                    column, row, words.percent(share), ha="center", va="center", fontsize=8.5, color="white" if share > 0.55 else "black"
                )
        axes.set_yticks(range(n), [region_label(line, words) for _, line in order.iterrows()])
        axes.set_xticks(range(n), [words.number(rank, 0) for rank in range(1, n + 1)])
        axes.set_xlabel(words("picture.rank"))
        axes.spines[:].set_visible(False)
    return figure


def _ranges(drawn: pd.DataFrame, n: int, words: Words) -> Any:
    y = list(range(len(drawn)))[::-1]
    with canvas(1.0 + 0.24 * len(drawn)) as (figure, axes):
        axes.hlines(y, drawn["rank_low"], drawn["rank_high"], color=BLUE, linewidth=1.8)
        axes.scatter(drawn["rank_median"], y, s=26, color=BLUE, zorder=3)
        axes.set_yticks(y, [region_label(line, words) for _, line in drawn.iterrows()])
        axes.set_xlim(0, n + 1)
        axes.set_xlabel(words("picture.rank"))
        ticks(axes.xaxis, words, digits=0)
        grid(axes, "x")
        axes.spines["left"].set_visible(False)
    return figure
