"""Pictures of the process: days of each step, and what the moved employees said."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import BLUE, GREEN, GREY, INK, canvas, grid, mark, ticks
from mutasi_analysis.tabulate.pictures import durations_data, survey_data
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import duration_words, survey_words
from mutasi_analysis.wording.process import WHOLE

_WAVES = ((GREY, "o"), (BLUE, "s"), (GREEN, "D"))


def process_durations(durations: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Median and middle half of the days of each step. None where no step has enough transfers."""
    known = durations.loc[(durations["n"] >= minimum_cell) & durations["median_days"].notna()].reset_index(drop=True)
    if known.loc[known["step"] != WHOLE].empty:
        return None
    with canvas(1.0 + 0.4 * len(known)) as (figure, axes):
        y = list(range(len(known)))[::-1]
        axes.hlines(y, known["p25_days"], known["p75_days"], color=BLUE, linewidth=5, alpha=0.45)
        axes.scatter(known["median_days"], y, s=46, color=BLUE, zorder=3)
        for place, right, days in zip(y, known["p75_days"], known["median_days"], strict=True):
            mark(axes, right, place, words.whole(days), INK)
        axes.set_yticks(y, [words.label("step", step) for step in known["step"]])
        axes.set_xlim(left=0)
        axes.margins(x=0.1, y=0.12)
        axes.set_xlabel(words("picture.days"))
        ticks(axes.xaxis, words)
        grid(axes, "x")
        axes.spines["left"].set_visible(False)
    said = duration_words(known, words)
    return Picture("process_durations", figure, said.title, said.caption, said.alt, durations_data(known, words))


def survey_items(survey: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Mean answer of each statement with 95 % interval, waves beside each other. None where too few answered."""
    known = survey.loc[(survey["n"] >= minimum_cell) & survey["mean"].notna()]
    if known.empty:
        return None
    last = known.loc[known["wave"] == known["wave"].max()].sort_values("mean", kind="stable")
    known = known.loc[known["item"].isin(last["item"])]
    with canvas(1.1 + 0.46 * len(last)) as (figure, axes):
        _answers(axes, known, list(last["item"]), words)
    said = survey_words(known, words)
    return Picture("survey_items", figure, said.title, said.caption, said.alt, survey_data(known, words))


def _answers(axes: Any, known: pd.DataFrame, items: list[str], words: Words) -> None:
    waves = sorted(known["wave"].unique())
    for i, wave in enumerate(waves):
        part = known.loc[known["wave"] == wave]
        y = [items.index(item) + 0.2 * (i - (len(waves) - 1) / 2) for item in part["item"]]
        colour, marker = _WAVES[i % len(_WAVES)]
        axes.hlines(y, part["conf_low"], part["conf_high"], color=colour, linewidth=2)
        axes.scatter(part["mean"], y, s=34, marker=marker, color=colour, zorder=3, label=words.label("wave", int(wave)))
    axes.set_yticks(range(len(items)), [words.label("item", item) for item in items])
    axes.set(xlim=(1, 4), xticks=[1, 2, 3, 4], xlabel=words("picture.agreement"))
    axes.margins(y=0.08)
    ticks(axes.xaxis, words, digits=0)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.35, 1.0), ncols=len(waves), frameon=False, handletextpad=0.2)
