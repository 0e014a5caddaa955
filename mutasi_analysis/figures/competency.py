"""Picture of the match before and after: transfers counted in classes, so that nobody is singled out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.disclosure import hidden_rows, stays_open
from mutasi_analysis.figures.house import INK, LOW, canvas
from mutasi_analysis.tabulate.pictures import transitions_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.competency import overall
from mutasi_analysis.wording.pictures import match_words

STEP = 10.0
LOWEST = 40.0
#: where the highest band of most schemes of jpm_bands begins
_TOP = 80.0
_QUARTERS = 4


def match_transitions(moves: pd.DataFrame, summary: pd.DataFrame, words: Words, *, minimum_cell: int, low: bool = False) -> Picture | None:
    """Counts of transfers by class of match in the old (across) and the new post (up). None under twice the smallest group,
    and where every count must be hidden."""
    row = overall(summary)
    if row is None or len(moves) < 2 * minimum_cell:
        return None
    cells = transition_counts(moves, minimum_cell=minimum_cell)
    if cells["n"].isna().all():
        return None
    with canvas(LOW + 0.4 if low else 4.5) as (figure, axes):
        _grid_of_counts(axes, cells, words)
        if low:
            axes.yaxis.label.set_fontsize(7.6)
    said = match_words(row, summary, words, minimum_cell=minimum_cell)
    return Picture("match_transitions", figure, said.title, said.caption, said.alt, transitions_table(cells, words))


def class_edges(moves: pd.DataFrame) -> list[float]:
    """Edges of the classes: tens from the lowest class (all below it in one) to the highest match."""
    both = moves[["jpm_from", "jpm_to"]].astype("float64")
    low = max(LOWEST, float(np.floor(both.min().min() / STEP) * STEP))
    high = max(100.0, float(np.ceil(both.max().max() / STEP) * STEP))
    return [low + STEP * i for i in range(round((high - low) / STEP) + 1)]


def transition_counts(moves: pd.DataFrame, *, minimum_cell: int) -> pd.DataFrame:
    """Classes of old and new match with n: from_bin to_bin column row n.

    Counts of 1 to k − 1 are NA, and more where totals would tell them: that of all, and those of the highest band of the old
    and of the new post, which the table of bands shows (its edge by default is an edge of the classes); all, where nothing else helps.
    """
    edges = class_edges(moves)
    last = len(edges) - 2
    place = {side: np.clip(np.digitize(moves[f"jpm_{side}"].astype("float64"), edges) - 1, 0, last) for side in ("from", "to")}
    counts = pd.DataFrame({"column": place["from"], "row": place["to"]}).value_counts().rename("n").reset_index()
    counts = counts.astype({"n": "Int64"})
    counts["n"] = _hidden(counts, edges, minimum_cell)
    names = [f"{edges[i]:.0f}–{edges[i + 1]:.0f}" for i in range(last + 1)]
    counts["from_bin"] = [names[i] for i in counts["column"]]
    counts["to_bin"] = [names[i] for i in counts["row"]]
    return counts.sort_values(["column", "row"], ignore_index=True)


def _hidden(counts: pd.DataFrame, edges: list[float], k: int) -> pd.Series:
    """The counts of cells without those that are few or that shown totals give back; none at all where nothing else helps.

    The numbers in the highest band of the old and of the new post cut the grid into four quarters. Each of these is closed by itself; or
    else every one hides a cell, and the total, both bands and what these leave are closed: then no quarter is told.
    """
    tops = {f"top_{side}": counts[side].map(lambda i: edges[i] >= _TOP) for side in ("column", "row")}
    # below k persons outside the highest band the table of bands hides that band too: there is no such total
    told = [name for name, top in tops.items() if int(counts.loc[~top, "n"].sum()) >= k]
    cells, totals = counts.assign(**tops), [[], *([name] for name in told)]
    within = hidden_rows(cells, ["n"], k, [told])
    if stays_open(cells, "n", within, k, told):
        return counts["n"].mask(within)
    across = hidden_rows(cells, ["n"], k, totals)
    smallest = across | (cells.index.isin(cells.groupby(told)["n"].idxmin()) if told else across)
    everywhere = smallest | hidden_rows(cells.assign(n=cells["n"].mask(smallest)), ["n"], k, totals)
    for hidden in (across, everywhere):
        untold = len(told) == len(tops) and cells.loc[hidden].groupby(told).ngroups == _QUARTERS
        if untold and all(stays_open(cells, "n", hidden, k, total) for total in totals):
            return counts["n"].mask(hidden)
    return counts["n"].mask(counts["n"].notna())


def _grid_of_counts(axes: Any, cells: pd.DataFrame, words: Words) -> None:
    size = int(max(cells["column"].max(), cells["row"].max())) + 1
    names = {**dict(zip(cells["column"], cells["from_bin"], strict=True)), **dict(zip(cells["row"], cells["to_bin"], strict=True))}
    most = float(cells["n"].max()) if cells["n"].notna().any() else 1.0
    for _, cell in cells.iterrows():
        hidden = pd.isna(cell["n"])
        depth = 0.08 if hidden else 0.15 + 0.85 * float(cell["n"]) / most
        colour = tuple(1 - depth * (1 - c) for c in (0.0, 0.447, 0.698))
        axes.add_artist(_square(cell["column"], cell["row"], colour))
        shown = words("word.hidden") if hidden else words.number(cell["n"], 0)
        axes.text(cell["column"], cell["row"], shown, ha="center", va="center", fontsize=8.5, color="white" if depth > 0.55 else INK)
    for place in range(size):
        axes.add_artist(_square(place, place, "none"))
    axes.text(size - 0.35, size - 0.5, words("picture.match_better"), ha="left", va="top", fontsize=9)
    axes.text(size - 0.35, -0.5, words("picture.match_worse"), ha="left", va="bottom", fontsize=9)
    places = list(range(size))
    axes.set_xticks(places, [names.get(i, "") for i in places])
    axes.set_yticks(places, [names.get(i, "") for i in places])
    axes.set(xlim=(-0.5, size - 0.5), ylim=(-0.5, size - 0.5), aspect="equal")
    axes.set(xlabel=words("picture.match_x"), ylabel=words("picture.match_y"))


def _square(x: int, y: int, colour: tuple[float, ...] | str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.48, y - 0.48), 0.96, 0.96, facecolor=colour, edgecolor=INK if x == y else "none", linewidth=1.1, zorder=1)
