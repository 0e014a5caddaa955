"""Pictures of several regions side by side. Order by level and name, never by result; every estimate with its interval."""

from __future__ import annotations

from math import ceil
from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.effects import event_axes
from mutasi_analysis.figures.forest import region_label
from mutasi_analysis.figures.house import BLUE, GREY, INK, STATE, VERMILION, canvas, grid, ticks
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.tabulate.regions import balance_data, multiples_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.regions import by_level, compare_words, multiples_words

#: above this many regions names no longer fit; they stand in the table behind the picture.
NAMED = 60
MOST_PANELS = 24
#: inches of a row with and without its name.
ROW, THIN_ROW = 0.3, 0.035


def event_multiples(effects: pd.DataFrame, code: str, words: Words, *, anticipation: int, minimum_cell: int = 1) -> Picture | None:
    """Estimates by years since the transfer of one outcome, a panel a region, all on one scale. None for no or too many regions.

    effects: EFFECT_COLUMNS with region and level; minimum_cell: the largest of the regions.
    """
    rows = effects.loc[(effects["outcome"] == code) & (effects["term"] == "event")].dropna(subset=["estimate"])
    regions = by_level(rows[["region", "level"]].drop_duplicates())
    if not 0 < len(regions) <= MOST_PANELS:
        return None
    columns = min(3, len(regions))
    lines = ceil(len(regions) / columns)
    with canvas(0.5 + 2.0 * lines, rows=lines, columns=columns, sharex=True, sharey=True, squeeze=False) as (figure, axes):
        for place, (_, region) in zip(axes.flat, regions.iterrows(), strict=False):
            part = scaled(rows.loc[rows["region"] == region["region"]]).sort_values("event_time")
            event_axes(place, part, words, anticipation=anticipation)
            place.set_title(region_label(region, words), fontsize=9, loc="left")
        for place in list(axes.flat)[len(regions) :]:
            place.set_axis_off()
        times = sorted(rows["event_time"].astype(int).unique())
        shown = times if len(times) <= 7 else [time for time in times if time % 2 == 0]
        axes[0, 0].set_xticks(shown, [words.signed(time, 0) for time in shown])
        figure.supxlabel(words("picture.event_x"), fontsize=9)
        figure.supylabel(words("picture.event_y", points=words.label("points", code)), fontsize=9)
    said = multiples_words(rows, regions, code, words, minimum_cell=minimum_cell)
    return Picture(f"multiples_{code}", figure, said.title, said.caption, said.alt, multiples_table(rows, code, words))


def balance_and_match(regions: pd.DataFrame, words: Words) -> Picture | None:
    """Imbalance per 100 persons needed with and without the transfers, and the change of match, side by side.

    regions: region level imbalance_after imbalance_without change conf_low conf_high. None where none has either.
    """
    known = by_level(regions.dropna(subset=["imbalance_after", "change"], how="all"))
    if known.empty:
        return None
    step = ROW if len(known) <= NAMED else THIN_ROW
    with canvas(1.2 + step * len(known), columns=2, sharey=True) as (figure, axes):
        _balance_panel(axes[0], known, words)
        _match_panel(axes[1], known, words)
    said = compare_words(known, words)
    return Picture("balance_and_match", figure, said.title, said.caption, said.alt, balance_data(known, words))


def _balance_panel(axes: Any, known: pd.DataFrame, words: Words) -> None:
    y = list(range(len(known)))[::-1]
    axes.hlines(y, known["imbalance_without"], known["imbalance_after"], color=GREY, linewidth=2)
    for state, told in (("without", words.label("state", "without")), ("after", words("picture.with_transfers"))):
        colour, marker = STATE[state]
        axes.scatter(known[f"imbalance_{state}"], y, s=_size(known), marker=marker, color=colour, zorder=3, label=told)
    axes.set_yticks(
        y if len(known) <= NAMED else [], [region_label(row, words) for _, row in known.iterrows()] if len(known) <= NAMED else []
    )
    largest = float(known[["imbalance_without", "imbalance_after"]].max().max())
    axes.set_xlim(0, 1.08 * largest if largest > 0 else 1.0)
    _without_numbers(axes, known["imbalance_after"], y, words)
    axes.set_xlabel(words("picture.imbalance_x"), fontsize=8.5)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False, fontsize=8.5, handletextpad=0.1, columnspacing=1)
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)


def _without_numbers(axes: Any, values: pd.Series, y: list[int], words: Words) -> None:
    """A row without a number says so, where rows have names."""
    if len(values) > NAMED:
        return
    for place, absent in zip(y, values.isna(), strict=True):
        if absent:
            place_of = {"transform": axes.get_yaxis_transform(), "va": "center", "bbox": {"facecolor": "white", "linewidth": 0, "pad": 1}}
            axes.text(0.03, place, words("picture.not_measured"), fontsize=8.5, color=GREY, zorder=4, **place_of)


def _size(known: pd.DataFrame) -> float:
    return 36.0 if len(known) <= NAMED else 4.0


def _match_panel(axes: Any, known: pd.DataFrame, words: Words) -> None:
    y = list(range(len(known)))[::-1]
    axes.axvline(0, color=INK, linewidth=1)
    colours = [VERMILION if high < 0 else BLUE for high in known["conf_high"].astype("float64")]
    axes.hlines(y, known["conf_low"], known["conf_high"], color=colours, linewidth=2)
    axes.scatter(known["change"], y, s=_size(known), marker="s", color=colours, zorder=3)
    _without_numbers(axes, known["change"], y, words)
    axes.set_xlabel(words("picture.fit_x"), fontsize=8.5)
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)
