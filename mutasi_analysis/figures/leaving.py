"""The pooled difference without each region in turn."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import BLUE, GREY, INK, canvas, clipped, grid, mark, ticks
from mutasi_analysis.tabulate.across import leaving_table
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.across_pictures import leave_words
from mutasi_analysis.wording.outcomes import outcome
from mutasi_analysis.wording.regions import by_level
from mutasi_analysis.wording.shapes import PooledLike

#: of more regions than this, those that move the pool most.
MOST = 20


def leaving(without: pd.DataFrame, pooled: PooledLike, words: Words) -> Picture | None:
    """without: region level outcome weight estimate conf_low conf_high i2 cook. None where no region could be left out."""
    if without.empty:
        return None
    code = str(without["outcome"].iloc[0])
    drawn = without
    if len(without) > MOST:
        drawn = without.loc[(without["estimate"] - pooled.estimate).abs().nlargest(MOST).index]
    rows, scale = scaled(by_level(drawn)), outcome(code).scale
    y = [float(place) for place in range(len(rows), 0, -1)]
    with canvas(1.1 + 0.29 * (len(rows) + 1)) as (figure, axes):
        axes.hlines(y, rows["conf_low"], rows["conf_high"], color=GREY, linewidth=1.6)
        axes.scatter(rows["estimate"], y, s=34, marker="o", color=GREY, zorder=3)
        axes.hlines([0.0], pooled.conf_low * scale, pooled.conf_high * scale, color=BLUE, linewidth=2.2)
        axes.scatter([pooled.estimate * scale], [0.0], s=48, marker="D", color=BLUE, zorder=3)
        for end, place, value in zip(rows["conf_high"], y, rows["estimate"], strict=True):
            mark(axes, end, place, words.signed(value, outcome(code).digits), INK)
        mark(axes, pooled.conf_high * scale, 0.0, words.signed(pooled.estimate * scale, outcome(code).digits), BLUE)
        axes.axvline(pooled.estimate * scale, color=BLUE, linewidth=0.9, linestyle="--")
        axes.axvline(0, color=INK, linewidth=1)
        names = [words("picture.leave_row", name=clipped(name, 24)) for name in rows["region"]]
        axes.set_yticks([*y, 0.0], [*names, words("picture.leave_all")])
        axes.set_xlabel(words("picture.forest_x", points=words.label("points", code)))
        ticks(axes.xaxis, words)
        grid(axes, "x")
        axes.spines["left"].set_visible(False)
    said = leave_words(without, len(rows), pooled, words)
    return Picture(f"leaving_{code}", figure, said.title, said.caption, said.alt, leaving_table(without, pooled, words))
