"""Pictures of workload: need against staff, index before and after, Lorenz curves, gap by kecamatan."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import BLUE, GREY, INK, RULE, STATE, VERMILION, canvas, clipped, grid, mark, ticks
from mutasi_analysis.tabulate.pictures import (
    index_table,
    lorenz_table,
    merged_units,
    places_table,
    required_table,
)
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import index_words, lorenz_words, places_words, required_words

MOST = 16


def required_available(units: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Need and staff present of the units with the largest gaps, as two marks joined by a line. None without units."""
    merged = merged_units(units, words, minimum_cell=minimum_cell)
    known = merged.dropna(subset=["gap_after"])
    if known.empty:
        return None
    largest = known.reindex(known["gap_after"].abs().sort_values(ascending=False).index).head(MOST)
    shown = largest.sort_values("gap_after", ascending=False, kind="stable").reset_index(drop=True)
    with canvas(1.1 + 0.27 * len(shown)) as (figure, axes):
        _dumbbells(axes, shown, words)
    said = required_words(units, len(shown), words)
    return Picture("required_available", figure, said.title, said.caption, said.alt, required_table(shown, words))


def _dumbbells(axes: Any, shown: pd.DataFrame, words: Words) -> None:
    y = range(len(shown))
    need, present, gap = shown["required_fte"], shown["available_after"], shown["gap_after"]
    axes.hlines(y, need, present, color=[VERMILION if value < 0 else RULE for value in gap], linewidth=3, zorder=1)
    axes.scatter(need, y, marker="|", s=110, linewidths=2.5, color=INK, zorder=3, label=words("picture.need"))
    axes.scatter(present, y, marker="o", s=36, color=BLUE, zorder=2, label=words("picture.present"))
    for place, right, value in zip(y, shown[["required_fte", "available_after"]].max(axis=1), gap, strict=True):
        mark(axes, right, place, words.signed(value, 1), VERMILION if value < 0 else GREY, xytext=(8, 0))
    axes.set_yticks(list(y), [clipped(name) for name in shown["unit_name"]])
    axes.set_xlim(left=0)
    axes.margins(x=0.12, y=0.03)
    axes.set_xlabel(words("picture.persons"))
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=2, frameon=False, handletextpad=0.3)


def index_change(units: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Index before and after of the units that were farthest from balance; 1 is marked. None where no index is known."""
    merged = merged_units(units, words, minimum_cell=minimum_cell)
    known = merged.dropna(subset=["index_before", "index_after"])
    known = known.loc[(known["moved_in"] + known["moved_out"]) > 0]
    if known.empty:
        return None
    far = (known["index_before"] - 1).abs().sort_values(ascending=False).index
    shown = known.reindex(far).head(MOST).sort_values("index_before").reset_index(drop=True)
    with canvas(1.1 + 0.27 * len(shown)) as (figure, axes):
        _arrows(axes, shown, words)
    said = index_words(known, len(shown), words)
    return Picture("index_change", figure, said.title, said.caption, said.alt, index_table(shown, words))


def _arrows(axes: Any, shown: pd.DataFrame, words: Words) -> None:
    y = range(len(shown))
    before, after = shown["index_before"], shown["index_after"]
    nearer = (after - 1).abs() <= (before - 1).abs()
    axes.axvline(1, color=INK, linewidth=1)
    axes.hlines(y, before, after, color=[BLUE if good else VERMILION for good in nearer], linewidth=2, zorder=1)
    for state, values in (("before", before), ("after", after)):
        colour, marker = STATE[state]
        face = "white" if state == "before" else colour
        axes.scatter(values, y, marker=marker, s=34, facecolor=face, edgecolor=colour, zorder=3, label=words.label("state", state))
    axes.set_yticks(list(y), [clipped(name) for name in shown["unit_name"]])
    axes.margins(x=0.06, y=0.03)
    axes.set_xlabel(words("picture.index"))
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=2, frameon=False, handletextpad=0.3)


def lorenz(curves: pd.DataFrame, balance: pd.DataFrame, words: Words) -> Picture | None:
    """Lorenz curves of the workload index over staff in the three states, with the line of equality. None without curves."""
    if curves.empty:
        return None
    with canvas(3.9) as (figure, axes):
        axes.plot([0, 1], [0, 1], color=INK, linewidth=0.9)
        mark(axes, 0.5, 0.5, words("picture.equality"), INK, xytext=(-6, 8), ha="right")
        for state, style in (("before", ":"), ("without", "--"), ("after", "-")):
            part = curves.loc[curves["state"] == state].sort_values("cumulative_staff")
            axes.plot(
                part["cumulative_staff"],
                part["cumulative_load"],
                style,
                color=STATE[state][0],
                linewidth=2,
                label=words.label("state", state),
            )
        axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", xlabel=words("picture.lorenz_x"), ylabel=words("picture.lorenz_y"))
        ticks(axes.xaxis, words)
        ticks(axes.yaxis, words)
        axes.legend(loc="upper left", bbox_to_anchor=(1.02, 0.6), frameon=False)
    said = lorenz_words(balance, words)
    return Picture("lorenz", figure, said.title, said.caption, said.alt, lorenz_table(curves, words))


def kecamatan_map(units: pd.DataFrame, places: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Gap by kecamatan at its centroid; size is the gap, colour and sign its direction.

    places: code, name, lat, lng. None where fewer than two kecamatan of the units have a place.
    """
    gaps = units.groupby("kecamatan_code", as_index=False)[["gap_after", "required_fte", "available_after"]].sum()
    shown = gaps.merge(places, left_on="kecamatan_code", right_on="code")
    shown = shown.loc[shown["available_after"] >= minimum_cell]
    if len(shown) < 2:
        return None
    with canvas(4.6) as (figure, axes):
        _bubbles(axes, shown, words)
    said = places_words(shown, words)
    return Picture("kecamatan_map", figure, said.title, said.caption, said.alt, places_table(shown, words))


def _bubbles(axes: Any, shown: pd.DataFrame, words: Words) -> None:
    from math import cos, radians

    scale = 900 / max(float(shown["gap_after"].abs().max()), 1.0)
    for side, colour, marker in ((-1, VERMILION, "v"), (1, BLUE, "^")):
        part = shown.loc[shown["gap_after"] * side > 0]
        size = part["gap_after"].abs() * scale + 20
        label = words("picture.short" if side < 0 else "picture.over")
        axes.scatter(part["lng"], part["lat"], s=size, marker=marker, color=colour, alpha=0.75, linewidths=0, label=label)
    for _, row in shown.iterrows():
        text = f"{row['name']}\n{words.signed(row['gap_after'], 0)}"
        axes.annotate(text, (row["lng"], row["lat"]), xytext=(0, -13), textcoords="offset points", ha="center", va="top", fontsize=8)
    axes.set_aspect(1 / cos(radians(float(shown["lat"].mean()))))
    axes.margins(0.16)
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)
    handles = axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    for handle in handles.legend_handles:
        handle.set_sizes([60])
