"""Pictures of several regions side by side. Order by level and name, never by result; every estimate with its interval."""

from __future__ import annotations

from math import ceil, isfinite
from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.effects import event_axes
from mutasi_analysis.figures.house import BLUE, GREY, INK, STATE, VERMILION, canvas, clipped, grid, ticks
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.tabulate.regions import balance_data, estimates_table, multiples_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.outcomes import outcome
from mutasi_analysis.wording.regions import by_level, compare_words, forest_words, multiples_words
from mutasi_analysis.wording.shapes import PooledLike

#: above this many regions names no longer fit; they stand in the table behind the picture.
NAMED = 60
MOST_PANELS = 24
#: inches of a row with and without its name.
ROW, THIN_ROW = 0.3, 0.035


def forest(estimates: pd.DataFrame, pooled: PooledLike | None, words: Words) -> Picture | None:
    """Estimates of one outcome by region with interval and weight, the pooled one, and where a new region is expected.

    estimates: region level outcome estimate conf_low conf_high weight (percent; NaN where not pooled). None without estimates.
    """
    known = by_level(estimates.dropna(subset=["estimate"]))
    if known.empty:
        return None
    code = str(known["outcome"].iloc[0])
    step = ROW if len(known) <= NAMED else THIN_ROW
    with canvas(1.1 + step * len(known) + (2 * ROW if pooled else 0)) as (figure, axes):
        _region_rows(axes, scaled(known), words)
        axes.set_ylim(-0.6, len(known) - 0.4)
        if pooled is not None:
            _pooled_rows(axes, pooled, outcome(code).scale, ROW / step, words)
        axes.axvline(0, color=INK, linewidth=1)
        axes.use_sticky_edges = False
        axes.margins(x=0.05)
        axes.autoscale_view(scaley=False)
        axes.set_xlabel(words("picture.forest_x", points=words.label("points", code)))
        ticks(axes.xaxis, words)
        grid(axes, "x")
        axes.spines["left"].set_visible(False)
    said = forest_words(known, pooled, words)
    return Picture(f"forest_{code}", figure, said.title, said.caption, said.alt, estimates_table(known, words))


def _region_rows(axes: Any, known: pd.DataFrame, words: Words) -> None:
    y = list(range(len(known)))[::-1]
    named = len(known) <= NAMED
    axes.hlines(y, known["conf_low"], known["conf_high"], color=BLUE, linewidth=1.8 if named else 0.6)
    size = (20 if named else 3) + 2.2 * known["weight"].astype("float64").fillna(0.0)
    axes.scatter(known["estimate"], y, s=size, marker="s", color=BLUE, zorder=3)
    if named:
        axes.set_yticks(y, [region_label(row, words) for _, row in known.iterrows()])
    else:
        axes.set_yticks([])


def _pooled_rows(axes: Any, pooled: PooledLike, scale: float, row: float, words: Words) -> None:
    """Diamond and open bar below the regions. row: height of a named row in rows of the regions."""
    low, high, middle = pooled.conf_low * scale, pooled.conf_high * scale, pooled.estimate * scale
    axes.fill([low, middle, high, middle], [-0.6 - row * part for part in (0.6, 0.35, 0.6, 0.85)], color=INK)
    places, names = [-0.6 - 0.6 * row], [words("picture.pooled")]
    if isfinite(pooled.pi_low) and isfinite(pooled.pi_high):
        width = (pooled.pi_high - pooled.pi_low) * scale
        axes.barh(-0.6 - 1.5 * row, width, left=pooled.pi_low * scale, height=0.3 * row, facecolor="none", edgecolor=INK, linewidth=1.2)
        places, names = [*places, -0.6 - 1.5 * row], [*names, words("picture.prediction")]
    axes.set_ylim(bottom=-0.6 - 2 * row)
    axes.axhline(-0.6, color=GREY, linewidth=0.7)
    shown = [text.get_text() for text in axes.get_yticklabels()]
    axes.set_yticks([*axes.get_yticks(), *places], [*shown, *names])


def region_label(row: pd.Series, words: Words) -> str:
    """Name with level, where the name does not say it."""
    name = clipped(row["region"], 24)
    level = words.label("level", row["level"]).split(" (")[0]
    return name if name.lower().startswith(level.lower()) else words("picture.region_line", name=name, level=level)


def event_multiples(effects: pd.DataFrame, code: str, words: Words, *, anticipation: int) -> Picture | None:
    """Estimates by years since the transfer of one outcome, a panel a region, all on one scale. None for no or too many regions.

    effects: EFFECT_COLUMNS with region and level.
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
    said = multiples_words(rows, regions, code, words)
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
    for state in ("without", "after"):
        colour, marker = STATE[state]
        axes.scatter(
            known[f"imbalance_{state}"], y, s=_size(known), marker=marker, color=colour, zorder=3, label=words.label("state", state)
        )
    axes.set_yticks(
        y if len(known) <= NAMED else [], [region_label(row, words) for _, row in known.iterrows()] if len(known) <= NAMED else []
    )
    axes.set_xlim(left=0)
    axes.set_xlabel(words("picture.imbalance_x"), fontsize=8.5)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False, fontsize=8.5, handletextpad=0.1, columnspacing=1)
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)


def _size(known: pd.DataFrame) -> float:
    return 36.0 if len(known) <= NAMED else 4.0


def _match_panel(axes: Any, known: pd.DataFrame, words: Words) -> None:
    y = list(range(len(known)))[::-1]
    axes.axvline(0, color=INK, linewidth=1)
    colours = [VERMILION if high < 0 else BLUE for high in known["conf_high"].astype("float64")]
    axes.hlines(y, known["conf_low"], known["conf_high"], color=colours, linewidth=2)
    axes.scatter(known["change"], y, s=_size(known), marker="s", color=colours, zorder=3)
    axes.set_xlabel(words("picture.fit_x"), fontsize=8.5)
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)
