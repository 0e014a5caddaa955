"""Pictures of the talent map (counts, few persons masked) and of the gaps by unit and competency."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import INK, canvas, clipped
from mutasi_analysis.tabulate.talent import boxes_data, gaps_data
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import Said
from mutasi_analysis.wording.talent import shown_boxes, top_share
from mutasi_analysis.wording.words import capital

AXIS = ("below", "met", "above")
MOST_UNITS = 15
_BLUE, _VERMILION = (0.0, 0.447, 0.698), (0.835, 0.369, 0.0)


def nine_box(boxes: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Counts of staff in the nine boxes; None where fewer than twice the smallest group are placed."""
    total = int(boxes["n"].sum()) if len(boxes) else 0
    if total < 2 * minimum_cell:
        return None
    shown = shown_boxes(boxes, minimum_cell)
    with canvas(3.9) as (figure, axes):
        most = float(shown["n"].max()) if shown["n"].notna().any() else 1.0
        for _, cell in shown.iterrows():
            _box(axes, cell, most, words)
        axes.set_xticks(range(3), [words.label("axis_potential", name) for name in AXIS])
        axes.set_yticks(range(3), [words.label("axis_performance", name) for name in AXIS])
        axes.set(xlim=(-0.5, 2.5), ylim=(-0.5, 2.5), xlabel=words("talent_picture.potential"), ylabel=words("talent_picture.performance"))
    said = _box_words(shown, total, words)
    return Picture("nine_box", figure, said.title, said.caption, said.alt, boxes_data(shown, words))


def _box(axes: Any, cell: pd.Series, most: float, words: Words) -> None:
    x, y = AXIS.index(cell["potential"]), AXIS.index(cell["performance"])
    hidden = pd.isna(cell["n"])
    depth = 0.06 if hidden or not cell["n"] else 0.15 + 0.8 * (float(cell["n"]) / most) ** 0.5
    axes.add_artist(_cell(x, y, _tint(_BLUE, depth)))
    colour = "white" if depth > 0.55 else INK
    axes.text(x, y, words("word.hidden") if hidden else words.number(cell["n"], 0), ha="center", va="center", fontsize=13, color=colour)
    axes.text(x - 0.44, y + 0.4, str(cell["box"]), ha="left", va="top", fontsize=9, color=colour)


def _box_words(shown: pd.DataFrame, total: int, words: Words) -> Said:
    largest = shown.sort_values("n", ascending=False, na_position="last", kind="stable").iloc[0]
    share = top_share(shown, total, words)
    values = {"n": words.number(total, 0), "top": share, "box": largest["box"], "most": words.number(largest["n"], 0)}
    return Said(*(capital(words(f"talent_said.box_{part}", **values)) for part in ("title", "caption", "alt")))


def gap_heatmap(gaps: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Mean levels missing by unit (the MOST_UNITS with the largest one, then with most) and competency; None without a unit that is
    large enough."""
    told = gaps.loc[gaps["n"] >= minimum_cell]
    if told.empty:
        return None
    wide = told.pivot(index=["unit_id", "unit_name"], columns="competency", values="shortfall").astype("float64")
    order = pd.DataFrame({"largest": wide.max(axis=1), "mean": wide.mean(axis=1)})
    units = order.sort_values(["largest", "mean"], ascending=False, kind="stable").head(MOST_UNITS).index
    drawn = wide.loc[units, wide.mean().sort_values(ascending=False, kind="stable").index]
    with canvas(1.9 + 0.26 * len(drawn)) as (figure, axes):
        _heat(axes, drawn.droplevel("unit_id"), words)
    said = _gap_words(wide.droplevel("unit_id"), len(drawn), minimum_cell, words)
    table = told.loc[told["unit_id"].isin(units.get_level_values("unit_id"))].sort_values(["unit_name", "unit_id", "competency"])
    return Picture("gap_heatmap", figure, said.title, said.caption, said.alt, gaps_data(table, words))


def _heat(axes: Any, drawn: pd.DataFrame, words: Words) -> None:
    most = max(float(drawn.max().max()), 0.5)
    for y, (_, row) in enumerate(drawn.iterrows()):
        for x, value in enumerate(row):
            if pd.isna(value):
                continue
            depth = 0.03 + 0.82 * float(value) / most
            axes.add_artist(_cell(x, y, _tint(_VERMILION, depth)))
            axes.text(x, y, words.number(value), ha="center", va="center", fontsize=8, color=INK, in_layout=False)
    names = [words.label("competency", code) for code in drawn.columns]
    axes.set_xticks(range(len(names)), [clipped(name, 34) for name in names], rotation=35, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(drawn)), [clipped(name, 34) for name in drawn.index])
    axes.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(drawn) - 0.5, -0.5))
    axes.set_title(words("talent_picture.level"), loc="left", fontsize=9.5)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _gap_words(told: pd.DataFrame, drawn: int, minimum_cell: int, words: Words) -> Said:
    """Which cell of all units that may be told is largest; of cells that read alike none is named."""
    levels, means = told.to_numpy(), told.mean()
    place = divmod(int(np.nanargmax(levels)), told.shape[1])
    unit, competency, value = told.index[place[0]], told.columns[place[1]], float(levels[place])
    alike = sum(words.number(level) == words.number(value) for level in levels[~np.isnan(levels)])
    values = {
        "unit": unit,
        "competency": words.label("competency", competency),
        "value": words.number(value),
        "units": words.count(drawn, "unit"),
        "total": words.count(len(told), "unit"),
        "k": minimum_cell,
        "n": alike,
        "worst": words.listing([words.label("competency", code) for code in means.index[means == means.max()]]),
    }
    title, alt = ("gap_title", "gap_alt") if alike == 1 else ("gap_ties", "gap_alt_ties")
    whole = words("talent_said.gap_drawn_all" if drawn == len(told) else "talent_said.gap_drawn_some", **values)
    caption = words("talent_said.gap_caption", drawn=whole, **values)
    if value == 0:
        return Said(words("talent_said.gap_none", **values), caption, words("talent_said.gap_none", **values))
    return Said(words(f"talent_said.{title}", **values), caption, words(f"talent_said.{alt}", **values))


def _tint(colour: tuple[float, float, float], depth: float) -> tuple[float, ...]:
    return tuple(1 - depth * (1 - part) for part in colour)


def _cell(x: float, y: float, colour: tuple[float, ...]) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=colour, edgecolor="none", zorder=1)
