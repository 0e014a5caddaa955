"""Pictures of one outcome under every estimator, and of its groups and doses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.house import BLUE, GREY, INK, PALE, RULE, SKY, VERMILION, canvas, clipped, grid, ticks
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.tabulate.robustness import dose_levels, dose_table, estimators_table
from mutasi_analysis.wording import Words, capital
from mutasi_analysis.wording.outcomes import difference, outcome, shown
from mutasi_analysis.wording.pictures import Floats
from mutasi_analysis.wording.robustness import SAME, estimator_name, estimators_words
from mutasi_analysis.wording.robustness_doses import dose_words, level_name

#: colour, marker and size of each role.
ROLE = {"headline": (BLUE, "s", 62), "check": (SKY, "o", 42), "other_design": (GREY, "^", 46), "naive": (VERMILION, "D", 40)}
_ORDER = {role: place for place, role in enumerate(ROLE)} | dict.fromkeys(SAME, list(ROLE).index("check"))
#: markers drawn open: what has no say in the verdict
OPEN = ("^", "D")
ROW = 0.3


def estimators(
    robustness: pd.DataFrame, naive: pd.DataFrame, verdict: pd.Series, words: Words, *, minimum_cell: int, few: bool
) -> Picture | None:
    """The headline of one outcome, every check once, and what is no evidence below a line. None without a check. The table has the
    methods, too, that give the number of another.

    robustness, naive: as in `evaluation.result`; verdict: its interval and smallest difference are the headline's (the exact ones with few
      units);
    few: whether so few units stand behind it that the checks' intervals cannot be relied on.
    """
    rows = estimator_rows(robustness, naive, verdict, minimum_cell=minimum_cell)
    said = estimators_words(rows, verdict, words, few=few, minimum_cell=minimum_cell) if len(rows) else None
    if said is None:
        return None
    drawn = rows.loc[~rows["role"].isin(SAME)].reset_index(drop=True)
    with canvas(1.0 + ROW * (len(drawn) + 1.5)) as (figure, axes):
        _draw_estimators(axes, drawn, words)
        axes.set_xlabel(words("picture.forest_x", points=words.label("points", str(verdict["outcome"]))), fontsize=8.5)
    table = estimators_table(rows, words, minimum_cell=minimum_cell)
    return Picture(f"estimators_{verdict['outcome']}", figure, said.title, said.caption, said.alt, table)


def estimator_rows(robustness: pd.DataFrame, naive: pd.DataFrame, verdict: pd.Series, *, minimum_cell: int) -> pd.DataFrame:
    """Rows in the order drawn: headline, checks, other assumptions, naive, before-after last. Rows of few persons are left out,
    and matching without an interval: of one alone."""
    code = str(verdict["outcome"])
    alone = robustness["method"].str.startswith("matched/") & robustness["conf_low"].isna()
    rows = robustness.loc[(robustness["outcome"] == code) & robustness["estimate"].notna() & ~alone]
    if rows.empty:
        return rows
    rows = rows.take(np.argsort([_ORDER[role] for role in rows["role"]], kind="stable")).assign(mde=np.nan)
    told = {name: float(verdict[name]) for name in ("conf_low", "conf_high", "mde") if pd.notna(verdict[name])}
    headline = (rows["role"] == "headline").to_numpy(dtype=bool)
    rows = rows.assign(**{name: np.where(headline, value, rows[name]) for name, value in told.items()})
    plain = naive.loc[(naive["outcome"] == code) & naive["difference"].notna()]
    plain = plain.assign(estimate=plain["difference"], n_units=plain["n"], method="before_after", role="naive")
    both = pd.concat([rows, plain.reindex(columns=rows.columns)], ignore_index=True) if len(plain) else rows.reset_index(drop=True)
    return both if outcome(code).of_units else both.loc[both["n_units"] >= minimum_cell].reset_index(drop=True)


def _draw_estimators(axes: Any, rows: pd.DataFrame, words: Words) -> None:
    drawn, n_good = scaled(rows), int((rows["role"] != "naive").sum())
    places = [-float(i) - (0.9 if i >= n_good else 0.0) for i in range(len(rows))]
    bottom = places[-1] - 0.6
    if n_good < len(rows):
        axes.axhspan(bottom, -n_good + 0.1, color=PALE, zorder=0)
        head = words("robust_picture.no_evidence")
        style = {"ha": "right", "va": "center", "color": VERMILION, "fontsize": 9, "fontweight": "bold", "annotation_clip": False}
        axes.annotate(head, (-0.02, -n_good - 0.1), xycoords=axes.get_yaxis_transform(), **style)
    axes.axvline(0, color=INK, linewidth=1)
    told = (drawn[name].to_numpy(dtype="float64", na_value=np.nan) for name in ("estimate", "conf_low", "conf_high"))
    numbers = np.column_stack([places, *told])
    for role in dict.fromkeys(drawn["role"]):
        _intervals(axes, numbers[[other == role for other in drawn["role"]]], ROLE[role])
    for place, code, estimate in zip(places, drawn["outcome"], drawn["estimate"], strict=True):
        label = words.signed(estimate, outcome(str(code)).digits)
        axes.annotate(label, (1.01, place), xycoords=axes.get_yaxis_transform(), va="center", fontsize=9, annotation_clip=False)
    names = [estimator_name(method, str(code), words) for method, code in zip(rows["method"], rows["outcome"], strict=True)]
    axes.set_yticks(places, [clipped(name, 44) for name in names])
    axes.get_yticklabels()[0].set_fontweight("bold")
    axes.set_ylim(bottom, 0.7)
    axes.margins(x=0.05)
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)


def _intervals(axes: Any, rows: Floats, role: tuple[str, str, int]) -> None:
    """Points and intervals of one role; an interval without limits runs through the whole picture. rows: place, estimate, ends."""
    colour, marker, size = role
    line = "--" if marker == "D" else "-"
    place, estimate, low, high = rows.T
    closed, known = np.isfinite(low) & np.isfinite(high), ~(np.isnan(low) & np.isnan(high))
    if closed.any():
        axes.hlines(place[closed], low[closed], high[closed], color=colour, linewidth=2.2, linestyle=line)
    for y in place[known & ~closed]:
        axes.axhline(y, color=colour, linewidth=2.2, linestyle=":")
    face = "white" if marker in OPEN else colour
    axes.scatter(estimate, place, s=size, marker=marker, facecolor=face, edgecolor=colour, linewidths=1.6, zorder=3)


def doses(dose: pd.DataFrame, verdict: pd.Series, words: Words, *, minimum_cell: int) -> Picture | None:
    """Groups of those moved with their intervals, by declared distinction. None with fewer than two groups to show."""
    code = str(verdict["outcome"])
    levels = dose_levels(dose, code, minimum_cell=minimum_cell)
    drawn = levels.dropna(subset=["n", "estimate"])
    if len(drawn) < 2:
        return None
    factors = list(dict.fromkeys(drawn["factor"]))
    with canvas(0.9 + 0.25 * (len(drawn) + len(factors))) as (figure, axes):
        _draw_doses(axes, drawn, factors, words)
        if pd.notna(verdict["estimate"]):
            axes.axvline(shown(code, verdict["estimate"]), color=BLUE, linewidth=1.2, linestyle="--", zorder=1)
        axes.set_xlabel(words("picture.forest_x", points=words.label("points", code)))
    said = dose_words(dose, drawn, code, words, minimum_cell=minimum_cell)
    return Picture(f"doses_{code}", figure, said.title, said.caption, said.alt, dose_table(levels, words, minimum_cell=minimum_cell))


def _draw_doses(axes: Any, drawn: pd.DataFrame, factors: list[str], words: Words) -> None:
    drawn = drawn.sort_values("factor", key=lambda column: column.map(factors.index), kind="stable")
    places: list[float] = []
    names: list[str] = []
    heads: list[bool] = []
    place = 0.0
    for factor in factors:
        places, names, heads = [*places, place], [*names, capital(words.label("factor", factor))], [*heads, True]
        axes.axhline(place + 0.5, color=RULE, linewidth=0.8)
        for _, row in drawn.loc[drawn["factor"] == factor].iterrows():
            place -= 1.0
            name = words("robust_picture.group_n", name=level_name(factor, row["level"], words), n=words.number(row["n"], 0))
            places, names, heads = [*places, place], [*names, clipped(name, 44)], [*heads, False]
        place -= 1.0
    axes.axvline(0, color=INK, linewidth=1)
    _groups(axes, [y for y, head in zip(places, heads, strict=True) if not head], drawn, words)
    axes.set_yticks(places, names)
    for tick, head in zip(axes.get_yticklabels(), heads, strict=True):
        tick.set(fontweight="bold" if head else "normal", color=INK)
    axes.set_ylim(place + 0.4, 0.6)
    ticks(axes.xaxis, words)
    grid(axes, "x")
    axes.spines["left"].set_visible(False)


def _groups(axes: Any, places: list[float], rows: pd.DataFrame, words: Words) -> None:
    """Points and intervals of the groups, in the order of `rows`, each with its difference at the right."""
    codes = [str(code) for code in rows["outcome"]]
    drawn = {
        name: [shown(code, value) for code, value in zip(codes, rows[name], strict=True)] for name in ("conf_low", "estimate", "conf_high")
    }
    axes.hlines(places, drawn["conf_low"], drawn["conf_high"], color=GREY, linewidth=2)
    axes.scatter(drawn["estimate"], places, s=34, marker="o", color=BLUE, zorder=3)
    for place, code, estimate in zip(places, codes, rows["estimate"], strict=True):
        label = difference(code, estimate, words)
        axes.annotate(label, (1.01, place), xycoords=axes.get_yaxis_transform(), va="center", fontsize=8.5, annotation_clip=False)
