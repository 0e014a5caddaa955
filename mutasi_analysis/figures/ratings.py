"""Picture of the ratings by year, with the years in which their rules changed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.disclosure import mask_small
from mutasi_analysis.figures.house import BLUE, INK, ORANGE, SKY, canvas, grid, mark, ticks
from mutasi_analysis.tabulate.pictures import ratings_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import half_year, ratings_words

TOP = "Sangat Baik"
GOOD = "Baik"


def rating_shares(ratings: pd.DataFrame, words: Words, *, minimum_cell: int) -> Picture | None:
    """Shares of Sangat Baik, Baik and everything lower, by year (2021 in two halves). None without ratings."""
    if ratings.empty:
        return None
    classes = rating_classes(ratings, minimum_cell=minimum_cell)
    with canvas(3.4) as (figure, axes):
        _bars(axes, classes, words)
    said = ratings_words(ratings, classes, words)
    top = ratings["predicate"] == TOP
    small = mask_small(ratings, ("n",), ("share",), minimum_cell, within=("year", "half", "regime"), apart=top).frame
    return Picture("rating_shares", figure, said.title, said.caption, said.alt, ratings_table(small, words))


def rating_classes(ratings: pd.DataFrame, *, minimum_cell: int) -> pd.DataFrame:
    """One row a year and half with regime and percent of top, good and lower.

    Where any year has 1 to k − 1 lower ratings they are counted with good in all years (lower is then NA); a year with
    1 to k − 1 top ratings has no shares.
    """
    kinds = {"top": ratings["predicate"] == TOP, "good": ratings["predicate"] == GOOD, "lower": ~ratings["predicate"].isin([TOP, GOOD])}
    counts = ratings[["year", "half", "regime"]].assign(**{kind: ratings["n"].where(rows, 0) for kind, rows in kinds.items()})
    classes = counts.groupby(["year", "half", "regime"], observed=True, as_index=False).sum()
    top, good, lower = (classes[kind].astype("float64") for kind in kinds)
    total = top + good + lower
    if lower.between(1, minimum_cell - 1).any():
        good, lower = good + lower, lower.mask(lower.notna())
    few = top.between(1, minimum_cell - 1) | good.between(1, minimum_cell - 1)
    return classes.assign(**{kind: (100 * (n / total)).mask(few) for kind, n in zip(kinds, (top, good, lower), strict=True)})


def _bars(axes: Any, classes: pd.DataFrame, words: Words) -> None:
    x = list(range(len(classes)))
    bottom = pd.Series(0.0, index=classes.index)
    merged = bool(classes["lower"].isna().all())
    good = words("picture.good_or_lower") if merged else GOOD
    styles = (("top", BLUE, TOP, ""), ("good", SKY, good, ""), ("lower", ORANGE, words("picture.lower"), "///"))
    for name, colour, label, hatch in styles[: 2 if merged else 3]:
        axes.bar(x, classes[name], bottom=bottom, width=0.72, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5)
        middles = (bottom + classes[name] / 2).dropna()
        middle = float(middles.iloc[-1]) if len(middles) else 50.0
        mark(axes, x[-1] + 0.36, max(middle, 3.0) if name != "lower" else 101.5, label, INK)
        bottom = bottom + classes[name]
    for place, share in zip(x, classes["top"].astype("float64"), strict=True):
        hidden = share != share
        text = words("word.hidden") if hidden else words.number(share, 0)
        axes.text(place, 50 if hidden else share / 2, text, ha="center", va="center", color=INK if hidden else "white", fontsize=8.5)
    changed = classes["regime"].ne(classes["regime"].shift()) & (classes.index > 0)
    for place in classes.index[changed]:
        axes.axvline(place - 0.5, color=INK, linewidth=1.1, linestyle="--")
    for regime, part in classes.groupby("regime", observed=True):
        axes.text(float(part.index.to_numpy().mean()), 104, words.label("regime", regime), fontsize=7.5, va="bottom", ha="center")
    names = [half_year(year, half) for year, half in zip(classes["year"], classes["half"], strict=True)]
    axes.set_xticks(x, names)
    axes.set(ylim=(0, 110), yticks=[0, 25, 50, 75, 100], ylabel=words("picture.ratings_y"))
    ticks(axes.yaxis, words, digits=0)
    grid(axes)
