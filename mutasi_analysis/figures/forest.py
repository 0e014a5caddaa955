"""Forest and funnel of one outcome over regions: every estimate with its interval, n and weight; many regions as two ends and a funnel."""

from __future__ import annotations

from math import isfinite
from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import BLUE, GREY, INK, PALE, clipped, grid, panels, ticks
from mutasi_analysis.tabulate.extremes import FEW_ROWS, extremes
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.tabulate.regions import estimates_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.across_pictures import forest_alt_many, funnel_words
from mutasi_analysis.wording.outcomes import difference, outcome, span
from mutasi_analysis.wording.pictures import Said
from mutasi_analysis.wording.regions import by_level, forest_words
from mutasi_analysis.wording.shapes import PooledLike

#: marker of each level of region, in every picture of the comparison.
LEVEL_MARK = {"kota": "s", "kabupaten": "o", "kecamatan": "D"}


def forest(estimates: pd.DataFrame, pooled: PooledLike | None, words: Words) -> Picture | None:
    """Estimates of one outcome by region with interval, n and weight, the pooled one, and where a new region is expected.

    estimates: region level outcome estimate conf_low conf_high weight (percent; NaN where not pooled), and where known n_units and
    verdict (regions that cannot tell by their own rule get an open marker). Over FEW_ROWS regions only both ends are drawn.
    None without estimates.
    """
    known = estimates.dropna(subset=["estimate"]).reindex(columns=[*dict.fromkeys([*estimates.columns, "n_units", "verdict"])])
    if known.empty:
        return None
    rows = by_level(known) if len(known) <= FEW_ROWS else extremes(known)
    places = _places(len(rows), gap=len(rows) < len(known))
    code = str(rows["outcome"].iloc[0])
    height = 1.25 + 0.29 * (places[0] + (3.4 if pooled else 1))
    with panels(height, (2.2, 2.5)) as (figure, (axes, numbers)):
        _region_rows(axes, scaled(rows), places, words)
        if pooled is not None:
            _pooled_rows(axes, pooled, outcome(code).scale, words)
        if len(rows) < len(known):
            axes.text(
                0.0, places[0] / 2, words("picture.between", n=len(known) - len(rows)), transform=axes.get_yaxis_transform(), color=GREY
            )
        axes.axvline(0, color=INK, linewidth=1)
        axes.use_sticky_edges = False
        axes.margins(x=0.05)
        axes.set_ylim(-3.0 if pooled else -0.7, places[0] + 0.9)
        axes.set_xlabel(words("picture.forest_x", points=words.label("points", code)), fontsize=8.5)
        ticks(axes.xaxis, words)
        grid(axes, "x")
        axes.spines["left"].set_visible(False)
        _numbers(numbers, rows, places, pooled, words)
        numbers.set_ylim(axes.get_ylim())
    said = _said(known, rows, pooled, words)
    return Picture(f"forest_{code}", figure, said.title, said.caption, said.alt, estimates_table(by_level(known), words, pooled=pooled))


def _places(n: int, *, gap: bool) -> list[float]:
    """Heights of the rows, the first on top; with a gap in the middle where regions between are not drawn."""
    half = n // 2
    return [float(n - 1 - i + (1 if gap and i < half else 0)) for i in range(n)]


def _region_rows(axes: Any, rows: pd.DataFrame, places: list[float], words: Words) -> None:
    axes.hlines(places, rows["conf_low"], rows["conf_high"], color=BLUE, linewidth=1.8)
    weights = rows["weight"].astype("float64").fillna(0.0)
    sizes = 22 + 60 * weights / max(weights.max(), 1e-9)
    open_marks = doubted(rows)
    for level, marker in LEVEL_MARK.items():
        for open_face in (False, True):
            part = (rows["level"] == level) & (open_marks == open_face)
            y = [place for place, there in zip(places, part, strict=True) if there]
            face = "white" if open_face else BLUE
            axes.scatter(
                rows.loc[part, "estimate"], y, s=sizes[part], marker=marker, facecolor=face, edgecolor=BLUE, linewidths=1.5, zorder=3
            )
    axes.set_yticks(places, [region_label(row, words) for _, row in rows.iterrows()])


def doubted(rows: pd.DataFrame) -> pd.Series:
    """Whose own report cannot tell: an open mark in every picture of the comparison. rows: verdict, where it is known."""
    return rows.reindex(columns=["verdict"])["verdict"].astype("object").eq("cannot_tell")


def _pooled_rows(axes: Any, pooled: PooledLike, scale: float, words: Words) -> None:
    low, high, middle = pooled.conf_low * scale, pooled.conf_high * scale, pooled.estimate * scale
    axes.fill([low, middle, high, middle], [-1.3, -1.05, -1.3, -1.55], color=INK)
    places, names = [-1.3], [words("picture.pooled")]
    if isfinite(pooled.pi_low) and isfinite(pooled.pi_high):
        width = (pooled.pi_high - pooled.pi_low) * scale
        axes.barh(-2.3, width, left=pooled.pi_low * scale, height=0.3, facecolor="none", edgecolor=INK, linewidth=1.2)
        places, names = [*places, -2.3], [*names, words("picture.prediction")]
    axes.axhline(-0.65, color=GREY, linewidth=0.7)
    shown = [text.get_text() for text in axes.get_yticklabels()]
    axes.set_yticks([*axes.get_yticks(), *places], [*shown, *names])


def _numbers(axes: Any, rows: pd.DataFrame, places: list[float], pooled: PooledLike | None, words: Words) -> None:
    """The columns of numbers at the right: n, difference with interval, weight."""
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    code = str(rows["outcome"].iloc[0])
    head = {"fontsize": 8, "color": GREY, "va": "center"}
    top = places[0] + 0.8
    axes.text(0.1, top, words("column.n"), ha="right", **head)
    axes.text(0.16, top, words("picture.forest_numbers"), ha="left", **head)
    axes.text(1.0, top, words("column.weight"), ha="right", **head)
    for place, (_, row) in zip(places, rows.iterrows(), strict=True):
        axes.text(0.1, place, words.number(row["n_units"], 0), ha="right", va="center", fontsize=8)
        axes.text(0.16, place, _number(code, row["estimate"], row["conf_low"], row["conf_high"], words), ha="left", va="center", fontsize=8)
        weight = f"{words.number(row['weight'], 1)}%" if row["weight"] == row["weight"] else words.number(None)
        axes.text(1.0, place, weight, ha="right", va="center", fontsize=8)
    if pooled is not None:
        shown = _number(code, pooled.estimate, pooled.conf_low, pooled.conf_high, words)
        axes.text(0.16, -1.3, shown, ha="left", va="center", fontsize=8, weight="bold")
        if isfinite(pooled.pi_low):
            axes.text(0.16, -2.3, span(code, pooled.pi_low, pooled.pi_high, words), ha="left", va="center", fontsize=8)


def _number(code: str, estimate: float, low: float, high: float, words: Words) -> str:
    return words("picture.forest_number", estimate=difference(code, estimate, words), interval=span(code, low, high, words))


def _said(known: pd.DataFrame, rows: pd.DataFrame, pooled: PooledLike | None, words: Words) -> Said:
    said = forest_words(known, pooled, words)
    cut = len(rows) < len(known)
    parts = [words("said.forest_rows")]
    parts += [words("said.forest_n_units" if outcome(str(known["outcome"].iloc[0])).of_units else "said.forest_n")]
    parts += [words("said.forest_open")] if doubted(rows).any() else []
    parts += [words("said.forest_many", shown=len(rows), n=len(known)) if cut else words("said.forest_order"), words("said.forest_source")]
    return Said(said.title, " ".join(parts), forest_alt_many(known, len(rows), words) if cut else said.alt)


def region_label(row: pd.Series, words: Words) -> str:
    """Name with level, where the name does not say it."""
    name = clipped(row["region"], 24)
    level = words.label("level", row["level"]).split(" (")[0]
    return name if name.lower().startswith(level.lower()) else words("picture.region_line", name=name, level=level)


def funnel(estimates: pd.DataFrame, pooled: PooledLike, words: Words) -> Picture:
    """Estimate against standard error of every region, with the funnel in which 95 % would lie were all the same.

    estimates: region level outcome estimate std_error conf_low conf_high weight.
    """
    code = str(estimates["outcome"].iloc[0])
    known = estimates.loc[estimates["std_error"] > 0].dropna(subset=["estimate"])
    drawn, middle = scaled(known), pooled.estimate * outcome(code).scale
    deepest = float(drawn["std_error"].max()) * 1.05
    with panels(4.2, (1,)) as (figure, axes):
        axes.fill_between([middle - 1.959964 * deepest, middle, middle + 1.959964 * deepest], [deepest, 0, deepest], deepest, color=PALE)
        axes.axvline(middle, color=INK, linewidth=1)
        for level, marker in LEVEL_MARK.items():
            part = drawn.loc[drawn["level"] == level]
            if len(part):
                label = words.label("level", level)
                axes.scatter(part["estimate"], part["std_error"], s=16, marker=marker, color=BLUE, alpha=0.55, linewidths=0, label=label)
        axes.set_ylim(deepest, 0)
        axes.set_xlabel(words("picture.forest_x", points=words.label("points", code)))
        axes.set_ylabel(words("picture.funnel_y", points=words.label("points", code)), fontsize=8.5)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=8.5)
        for axis in (axes.xaxis, axes.yaxis):
            ticks(axis, words)
        grid(axes, "x")
    outside = int(((drawn["estimate"] - middle).abs() > 1.959964 * drawn["std_error"]).sum())
    said = funnel_words(code, len(known), outside, pooled, words)
    return Picture(f"funnel_{code}", figure, said.title, said.caption, said.alt, estimates_table(by_level(known), words))
