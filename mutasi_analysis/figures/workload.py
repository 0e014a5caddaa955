"""Pictures of workload: need against staff, index before and after, Lorenz curves, gap by kecamatan."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.blocks import Picture
from mutasi_analysis.disclosure import hidden_units, mask_small
from mutasi_analysis.figures.house import BLUE, GREY, INK, STATE, VERMILION, canvas, clipped, grid, mark, ticks
from mutasi_analysis.tabulate.pictures import (
    index_table,
    lorenz_table,
    merged_units,
    places_table,
    required_table,
)
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import approach, index_words, lorenz_words, places_words, required_words

MOST = 16
#: inches of a row with a name, and its type size.
ROW, NAME = 0.215, 8.2
#: letters of a unit's name beside an axis
NAMED = 46
#: area of the largest mark on the map, points squared; how far a name stands below its mark, or else at the end of a line that
#: leads to it, and what stays free around a mark, points.
LARGEST, BELOW, STEPS, CLEAR = 420, 1.0, (9.0, 20.0, 34.0), 3.0
#: width of a letter (on average) and height of a line of a name on the map, points.
LETTER = (4.5, 10.0)
#: points along a line that are asked whether they cover something, and what each of them weighs against points squared of a name.
ASKED, WEIGHT = 8, 40.0
Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
LINES = (("before", ":"), ("without", "--"), ("after", "-"))


def required_available(units: pd.DataFrame, words: Words, *, minimum_cell: int, most: int = MOST) -> Picture | None:
    """Gap between staff and need of the `most` units where it is largest, with both numbers beside it. None without units."""
    merged = merged_units(units, words, minimum_cell=minimum_cell)
    known = merged.loc[merged["gap_after"].notna()]
    if known.empty:
        return None
    largest = known.sort_values("gap_after", ascending=False, kind="stable", key=abs).head(most)
    shown = largest.sort_values("gap_after", ascending=False, kind="stable", ignore_index=True)
    with canvas(1.1 + ROW * len(shown)) as (figure, axes):
        _gaps(axes, shown, words)
    merged_line = bool(shown["merged"].any())
    said = required_words(units, len(shown) - merged_line, words, minimum_cell=minimum_cell, merged=merged_line)
    return Picture("required_available", figure, said.title, said.caption, said.alt, required_table(shown, words))


def _gaps(axes: Any, shown: pd.DataFrame, words: Words) -> None:
    y = list(range(len(shown)))
    gap = shown["gap_after"].astype("float64")
    colours = [VERMILION if value < 0 else BLUE for value in gap]
    axes.axvline(0, color=INK, linewidth=1)
    axes.hlines(y, 0, gap, color=colours, linewidth=2.5)
    for side, marker, colour in ((-1, "v", VERMILION), (1, "^", BLUE)):
        part = gap[gap * side > 0]
        axes.scatter(part, part.index, marker=marker, s=42, color=colour, zorder=3)
    for place, value, colour in zip(y, gap, colours, strict=True):
        side = -1 if value < 0 else 1
        mark(axes, value, place, words.signed(value, 1), colour, xytext=(8 * side, 0), ha="right" if side < 0 else "left")
    for place, need, present in zip(y, shown["required_fte"], shown["available_after"], strict=True):
        text = words("picture.of_need", present=words.number(present, 0), need=words.number(need, 1))
        axes.annotate(text, (1.06, place), xycoords=axes.get_yaxis_transform(), va="center", fontsize=8.5, annotation_clip=False)
    head = {"xycoords": axes.get_yaxis_transform(), "va": "center", "fontsize": 8.5, "color": GREY, "annotation_clip": False}
    axes.annotate(words("picture.present_of_need"), (1.06, len(shown) - 0.2), **head)
    axes.set_yticks(y, [clipped(name, NAMED) for name in shown["unit_name"]], fontsize=NAME)
    room = 0.45 * float(gap.max() - gap.min() if gap.min() < 0 < gap.max() else gap.abs().max())
    axes.set_xlim(min(0.0, gap.min() - room), max(0.0, gap.max() + room))
    axes.set_ylim(-0.8, len(shown) - 0.5)
    axes.set_xlabel(words("picture.gap"))
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)


def index_change(units: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Index before and after of the units with transfers that came nearest to balance and of those that moved farthest from it, half
    and half; 1 is marked. None where no index is known."""
    told = ~hidden_units(units, minimum_cell) & units["index_before"].notna() & units["index_after"].notna()
    known = units.loc[told & (units["moved_in"] + units["moved_out"] > 0)]
    if known.empty:
        return None
    shown = _both_ends(known)
    with canvas(1.1 + ROW * len(shown)) as (figure, axes):
        _arrows(axes, shown, words)
    said = index_words(known, shown, words)
    return Picture("index_change", figure, said.title, said.caption, said.alt, index_table(shown, words))


def _both_ends(known: pd.DataFrame) -> pd.DataFrame:
    """All units where they are at most MOST; else those that came nearest and those that moved farthest away, as many of each as half
    of MOST allows (more where the other are fewer, never one that stayed); those that moved away at the bottom."""
    ordered = known.assign(approach=approach(known)).sort_values(["approach", "unit_name"], kind="stable")
    away, near = ordered.loc[ordered["approach"] < 0], ordered.loc[ordered["approach"] > 0]
    if len(ordered) > MOST:
        half = MOST // 2
        far = away.head(max(half, MOST - len(near)))
        ordered = pd.concat([far, near.tail(MOST - len(far))])
    side = (ordered["approach"] > 0).astype(int) - (ordered["approach"] < 0).astype(int)
    return ordered.assign(side=side).sort_values(["side", "index_before"], kind="stable", ignore_index=True)


def _arrows(axes: Any, shown: pd.DataFrame, words: Words) -> None:
    y = shown.index.to_series()
    before, after = shown["index_before"], shown["index_after"]
    axes.axvline(1, color=INK, linewidth=1)
    for side, name, colour, style in ((1, "nearer", BLUE, "solid"), (-1, "farther", VERMILION, (0, (2, 1)))):
        part = shown["side"] == side
        if part.any():
            label = words("picture.nearer" if name == "nearer" else "picture.farther")
            axes.hlines(y[part], before[part], after[part], color=colour, linestyles=[style], linewidth=2, zorder=1, label=label)
    for state, values in (("before", before), ("after", after)):
        colour, marker = STATE[state]
        face = "white" if state == "before" else colour
        axes.scatter(values, y, marker=marker, s=34, facecolor=face, edgecolor=colour, zorder=3, label=words.label("state", state))
    axes.set_yticks(list(y), [clipped(name, NAMED) for name in shown["unit_name"]], fontsize=NAME)
    axes.margins(x=0.06)
    axes.set_ylim(-0.8, len(shown) - 0.5)
    axes.set_xlabel(words("picture.index"))
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.3, 1.0), ncols=4, frameon=False, handletextpad=0.4, columnspacing=1.2)


def lorenz(curves: pd.DataFrame, balance: pd.DataFrame, words: Words) -> Picture | None:
    """Lorenz curves of the workload index over staff in the three states, with the line of equality. None without curves."""
    if curves.empty:
        return None
    with canvas(3.7, columns=2, width_ratios=(1.15, 1)) as (figure, axes):
        drawn = {state: curves.loc[curves["state"] == state].sort_values("cumulative_staff") for state, _ in LINES}
        _curves(axes[0], drawn, words)
        _distances(axes[1], drawn, words)
    said = lorenz_words(curves, balance, words)
    return Picture("lorenz", figure, said.title, said.caption, said.alt, lorenz_table(curves, words))


def _curves(axes: Any, curves: dict[str, pd.DataFrame], words: Words) -> None:
    axes.plot([0, 1], [0, 1], color=INK, linewidth=0.9)
    mark(axes, 0.5, 0.5, words("picture.equality"), INK, xytext=(-6, 8), ha="right")
    for state, style in LINES:
        part = curves[state]
        axes.plot(
            part["cumulative_staff"],
            part["cumulative_load"],
            style,
            color=STATE[state][0],
            linewidth=1.8,
            label=words.label("state", state),
        )
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", xlabel=words("picture.lorenz_x"), ylabel=words("picture.lorenz_y"))
    axes.set_xlabel(words("picture.lorenz_x"), fontsize=8.5)
    ticks(axes.xaxis, words)
    ticks(axes.yaxis, words)


def _distances(axes: Any, curves: dict[str, pd.DataFrame], words: Words) -> None:
    for state, style in LINES:
        part = curves[state]
        distance = part["cumulative_staff"] - part["cumulative_load"]
        axes.plot(part["cumulative_staff"], distance, style, color=STATE[state][0], linewidth=2, label=words.label("state", state))
    axes.set(xlim=(0, 1))
    axes.set_ylim(bottom=0)
    axes.set_xlabel(words("picture.lorenz_x"), fontsize=8.5)
    axes.set_ylabel(words("picture.lorenz_gap"))
    ticks(axes.xaxis, words)
    ticks(axes.yaxis, words, digits=2)
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=3, frameon=False, fontsize=8.5, handlelength=1.6, columnspacing=0.9)


def kecamatan_map(units: pd.DataFrame, places: pd.DataFrame, words: Words, *, minimum_cell: int, level: str) -> Picture | None:
    """Gap by kecamatan at its centroid; size is the gap, colour and sign its direction.

    places: code, name, lat, lng; level: of the region. None where fewer than two kecamatan of the units have a place.
    """
    gaps = units.groupby("kecamatan_code", as_index=False)[["gap_after", "required_fte", "available_after"]].sum()
    shown = gaps.merge(places, left_on="kecamatan_code", right_on="code")
    few = mask_small(shown, ("available_after",), (), minimum_cell, within=()).frame["available_after"].isna()
    shown = shown.loc[~few & (shown["available_after"] >= minimum_cell)]
    if len(shown) < 2:
        return None
    with canvas(4.6) as (figure, axes):
        _bubbles(axes, shown, words)
    said = places_words(shown, words, level=level)
    return Picture("kecamatan_map", figure, said.title, said.caption, said.alt, places_table(shown, words))


def _bubbles(axes: Any, shown: pd.DataFrame, words: Words) -> None:
    from math import cos, radians

    scale = LARGEST / max(float(shown["gap_after"].abs().max()), 1.0)
    for side, colour, marker in ((-1, VERMILION, "v"), (1, BLUE, "^")):
        part = shown.loc[shown["gap_after"] * side > 0]
        size = part["gap_after"].abs() * scale + 20
        label = words("picture.short" if side < 0 else "picture.over")
        axes.scatter(part["lng"], part["lat"], s=size, marker=marker, color=colour, alpha=0.75, linewidths=0, label=label)
    axes.set_aspect(1 / cos(radians(float(shown["lat"].mean()))))
    axes.margins(0.1)
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)
    _place_names(axes, shown, scale, words)
    handles = axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    for handle in handles.legend_handles:
        handle.set_sizes([60])


def _place_names(axes: Any, shown: pd.DataFrame, scale: float, words: Words) -> None:
    """Each name right below its mark in the mark's colour, or, where that would cover what stands there (in points), beside it at the
    end of a thin line."""
    axes.figure.get_layout_engine().execute(axes.figure)
    axes.apply_aspect()
    points = axes.transData.transform(shown[["lng", "lat"]].to_numpy(dtype="float64")) * 72 / axes.figure.dpi
    reach = [((abs(float(gap)) * scale + 20) ** 0.5) / 2 for gap in shown["gap_after"]]
    marks = [(x - r - CLEAR, y - r - CLEAR, x + r + CLEAR, y + r + CLEAR) for (x, y), r in zip(points, reach, strict=True)]
    names: list[Box] = []
    led: list[Point] = []
    for number, ((_, row), (x, y), r) in enumerate(zip(shown.iterrows(), points, reach, strict=True)):
        taken = [*marks[:number], *marks[number + 1 :], *names]
        text = f"{clipped(row['name'], 22)} {words.signed(row['gap_after'], 0)}"
        width, height = LETTER[0] * len(text), LETTER[1]
        places = _around(r, width, height)
        boxes = [(x + dx, y + dy, x + dx + width, y + dy + height) for dx, dy in places]
        ends = [(min(max(0.0, dx), dx + width), min(max(0.0, dy), dy + height)) for dx, dy in places]
        lines = [[], *([(x + part * ex / ASKED, y + part * ey / ASKED) for part in range(1, ASKED + 1)] for ex, ey in ends[1:])]
        best = _freest(boxes, lines[1:], taken, led)
        names.append(boxes[best])
        led += lines[best]
        dx, dy = places[best]
        colour = VERMILION if row["gap_after"] < 0 else BLUE
        if best:
            lead = {"arrowstyle": "-", "color": GREY, "linewidth": 0.5}
            axes.annotate("", (row["lng"], row["lat"]), xytext=ends[best], textcoords="offset points", arrowprops=lead)
        side, start = ("left", dx) if dx > 0 else ("right", dx + width) if dx + width < 0 else ("center", dx + width / 2)
        told = {"textcoords": "offset points", "fontsize": 7.8, "va": "bottom", "ha": side, "color": colour}
        axes.annotate(text, (row["lng"], row["lat"]), xytext=(start, dy), **told)


def _around(r: float, width: float, height: float) -> list[tuple[float, float]]:
    """Lower left corners of a name around a mark of radius r: right below, then, nearest first, right, left, above, below, corners."""
    found = [(-width / 2, -r - BELOW - height)]
    for gap in STEPS:
        near, flat = r + gap, -height / 2
        found += [(near + 1, flat), (-near - 1 - width, flat), (-width / 2, near), (-width / 2, -near - height)]
        found += [(dx, dy) for dy in (-near - height, near) for dx in (near / 2, -near / 2 - width)]
    return found


def _freest(boxes: list[Box], lines: list[list[Point]], taken: list[Box], led: list[Point]) -> int:
    """Which place of a name covers least of what stands there, with its line (the first has none) and of the lines to other names."""
    places, others = np.array(boxes)[:, None], np.array(taken)[None]
    shared = np.minimum(places[..., 2:], others[..., 2:]) - np.maximum(places[..., :2], others[..., :2])
    covered = shared.clip(min=0).prod(axis=-1).sum(axis=-1)
    crossed = _inside(np.array(led).reshape(1, -1, 2), places).sum(axis=-1)
    crossed[1:] += _inside(np.array(lines)[:, :, None], others[None]).sum(axis=(1, 2))
    return int((covered + WEIGHT * crossed).argmin())


def _inside(points: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(((boxes[..., :2] <= points) & (points <= boxes[..., 2:])).all(axis=-1))
