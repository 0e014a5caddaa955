"""Picture of shortages and surpluses before, with and without the transfers: of all units, of schools, of health centres."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import RULE, STATE, canvas, grid, ticks
from mutasi_analysis.tabulate.pictures import imbalance_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.pictures import imbalance_words
from mutasi_analysis.wording.second_half import STATES, kinds_imbalance
from mutasi_analysis.wording.workload import balance_value

#: inches of one group of units, and of what stands around them
ROW, AROUND = 0.42, 1.05


def imbalance(units: pd.DataFrame, balance: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Sums of |staff − need| in the three states, one line a group of units. None where they are unknown."""
    whole = [balance_value(balance, "imbalance", state) for state in STATES]
    if any(is_missing(value) for value in whole):
        return None
    kinds = kinds_imbalance(units, minimum_cell)
    kinds = kinds.assign(kind=[words(f"picture.kind_{kind}") for kind in kinds["kind"]])
    first = pd.DataFrame([[words("picture.all_units"), len(units), *whole]], columns=list(kinds.columns))
    rows = first if kinds.empty else pd.concat([first, kinds], ignore_index=True)
    with canvas(AROUND + ROW * len(rows)) as (figure, axes):
        _states(axes, rows, words)
    said = imbalance_words(balance, len(units), words)
    return Picture("imbalance", figure, said.title, said.caption, said.alt, imbalance_table(rows, words))


def _states(axes: Any, rows: pd.DataFrame, words: Words) -> None:
    places = [-place for place in range(len(rows))]
    values = rows[list(STATES)].astype("float64")
    axes.hlines(places, values.min(axis=1), values.max(axis=1), color=RULE, linewidth=3, zorder=1)
    for state in STATES:
        colour, marker = STATE[state]
        face = "white" if state == "before" else colour
        label = words.label("state", state)
        axes.scatter(values[state], places, marker=marker, s=46, facecolor=face, edgecolor=colour, linewidths=1.5, zorder=3, label=label)
    for state, offset in (("without", 7), ("after", -14)):
        for place, value in zip(places, values[state], strict=True):
            axes.annotate(words.number(value), (value, place), xytext=(0, offset), textcoords="offset points", ha="center", fontsize=8.5)
    axes.set_yticks(places, list(rows["kind"]))
    axes.set(xlim=(0, 1.08 * float(values.max().max())), ylim=(places[-1] - 0.45, 0.65))
    axes.set_xlabel(words("picture.short_and_over"))
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=3, frameon=False, handletextpad=0.3)
