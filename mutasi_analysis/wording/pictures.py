"""Title (the finding), caption (what is drawn, n, source) and alt text (the finding for who cannot see it) of each picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.wording.competency import fit_direction, shares_sentence
from mutasi_analysis.wording.findings import counts, headline, losers_sentence, regime_breaks
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import estimated, level, outcome
from mutasi_analysis.wording.process import WHOLE
from mutasi_analysis.wording.words import Words, capital
from mutasi_analysis.wording.workload import HALF_A_PERSON, balance_value, by_gap, gaps

#: groups of the raw paths.
PATHS = ("moved", "compared")
#: Gini coefficients that differ by no more than this share of the one without the transfers are called nearly the same.
SAME_GINI = 0.02
#: shares of the load that differ by less than this do not show in its percent with one decimal.
SAME_SHARE = 0.001
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one picture; plain text."""

    title: str
    caption: str
    alt: str


def required_words(units: pd.DataFrame, drawn: int, words: Words, *, minimum_cell: int, merged: bool = False) -> Said:
    """Need against staff: how many units are short, how many persons that is, and whom it hits most. drawn: units that stand there
    alone; merged: whether the line of small units stands there too."""
    found = gaps(units, minimum_cell=minimum_cell)
    places = {"short": words.count(found.n_short, "unit"), "n": words.number(found.shortage, 0), "surplus": words.number(found.surplus, 0)}
    ordered = by_gap(units, minimum_cell=minimum_cell)
    worst = (
        words("said.required_worst", unit=ordered["unit_name"].iloc[0], gap=words.signed(ordered["gap_after"].iloc[0]))
        if len(ordered)
        else ""
    )
    merged_line = words("said.required_merged") if merged else ""
    caption = words("said.required_caption", drawn=words.count(drawn, "unit"), merged=merged_line, units=words.count(len(units), "unit"))
    return Said(
        capital(words("said.required_title" if found.n_short else "said.required_none", **places)),
        caption,
        f"{capital(words('said.required_alt', **places))} {worst}".strip(),
    )


def approach(units: pd.DataFrame) -> pd.Series:
    """How much nearer to index 1 each unit came, by the indices as they are printed; negative: farther from it, 0: it stayed."""
    before, after = (units[f"index_{state}"].astype("float64").round(2) for state in ("before", "after"))
    return ((before - 1).abs() - (after - 1).abs()).round(4)


def index_words(units: pd.DataFrame, shown: pd.DataFrame, words: Words) -> Said:
    """How many of the units with transfers came nearer to balance, how many moved away; which of them are drawn, where not all."""
    moved, drawn = approach(units), approach(shown)
    counts = {"nearer": (moved > 0).sum(), "farther": (moved < 0).sum(), "same": (moved == 0).sum()}
    ends = {"near": words.number((drawn > 0).sum(), 0), "far": words.number((drawn < 0).sum(), 0)}
    chosen = words("said.index_chosen", **ends) if len(shown) < len(units) else ""
    places = {name: words.number(n, 0) for name, n in counts.items()} | {"units": words.count(len(units), "unit"), "chosen": chosen}
    return Said(*(words(f"said.index_{part}", **places) for part in ("title", "caption", "alt")))


def lorenz_words(curves: pd.DataFrame, balance: pd.DataFrame, words: Words) -> Said:
    """Whether the load is spread more evenly with the transfers than without, by Gini; and where the curves say the contrary."""
    gini = {state: words.number(balance_value(balance, "gini", state), 3) for state in ("before", "after", "without")}
    after, without = balance_value(balance, "gini", "after"), balance_value(balance, "gini", "without")
    unclear = is_missing(after) or is_missing(without) or abs(after - without) <= SAME_GINI * without
    key = "same" if unclear else ("better" if after < without else "worse")
    crossing = "" if unclear else _crossing(curves, words, better=key == "better")
    told = "" if is_missing(after) or is_missing(without) else words("said.lorenz_gini", crossing=crossing, **gini)
    alt = words("said.lorenz_alt", finding=words(f"said.lorenz_{key}"), **gini)
    return Said(words(f"said.lorenz_{key}"), words("said.lorenz_caption", gini=told), alt)


def _crossing(curves: pd.DataFrame, words: Words, *, better: bool) -> str:
    """Which part of staff, with the lightest or the heaviest load, bears more or less than without the transfers although Gini says
    the load is spread more evenly (better) or less; empty where the curves do not cross. At tenths of staff, as in the table."""
    tenths = np.linspace(0.1, 0.9, 9)
    after, without = (_read(curves.loc[curves["state"] == state], tenths) for state in ("after", "without"))
    against = without - after if better else after - without
    if not (against >= SAME_SHARE).any():
        return ""
    most = int(against.argmax())
    heavy = tenths[most] >= 0.5
    with_, plain = ((1 - values[most] if heavy else values[most]) for values in (after, without))
    return words(
        f"said.lorenz_{'heaviest' if heavy else 'lightest'}",
        share=words.percent(1 - tenths[most] if heavy else tenths[most]),
        size=words("said.lorenz_more" if with_ > plain else "said.lorenz_less"),
        after=words.percent(with_, 1),
        without=words.percent(plain, 1),
    )


def _read(curve: pd.DataFrame, shares: Floats) -> Floats:
    """Share of load that these shares of staff bear."""
    ordered = curve.sort_values("cumulative_staff")
    staff, load = (ordered[f"cumulative_{name}"].to_numpy(dtype="float64") for name in ("staff", "load"))
    return np.asarray(np.interp(shares, staff, load))


def imbalance_words(balance: pd.DataFrame, n_units: int, words: Words) -> Said:
    """What shortages and surpluses come to with the transfers, and would without them."""
    found = {state: words.number(balance_value(balance, "imbalance", state)) for state in ("before", "after", "without")}
    values = {**found, "units": words.count(n_units, "unit")}
    return Said(*(words(f"said.imbalance_{part}", **values) for part in ("title", "caption", "alt")))


def places_words(places: pd.DataFrame, words: Words, *, level: str) -> Said:
    """Which kecamatan is shortest of staff. level: of the region, whose own offices have no kecamatan."""
    ordered = places.sort_values(["gap_after", "name"])
    worst, best = ordered.iloc[0], ordered.iloc[-1]
    values = {
        "worst": worst["name"],
        "worst_gap": words.signed(worst["gap_after"], 0),
        "best": best["name"],
        "best_gap": words.signed(best["gap_after"], 0),
        "n": len(places),
        "level": words(f"picture.level_{level}"),
    }
    key = "said.places_title" if worst["gap_after"] <= -HALF_A_PERSON else "said.places_none"
    return Said(words(key, **values), words("said.places_caption", **values), words("said.places_alt", **values))


def match_words(row: pd.Series, summary: pd.DataFrame, words: Words, *, minimum_cell: int) -> Said:
    """The mean change of the match with its interval (row of all), and the share that fits better."""
    change = float(row["change"])
    values = {
        "n": words.number(row["n"], 0),
        "change": words.signed(change),
        "interval": words.interval(row["conf_low"], row["conf_high"]),
        "before": words.number(row["jpm_from"]),
        "after": words.number(row["jpm_to"]),
        "shares": shares_sentence(summary, words, minimum_cell=minimum_cell),
    }
    title = {"better": "match_up", "worse": "match_down", "same": "match_same"}.get(fit_direction(row), "match_unsure")
    return Said(words(f"said.{title}", **values), words("said.match_caption", **values), words("said.match_alt", **values))


def event_words(verdict: pd.Series, rows: pd.DataFrame, words: Words, *, minimum_cell: int, exact: bool = False) -> Said:
    """The verdict on one outcome, for the picture of its estimates by years since the transfer. rows: event_time n_units of those drawn;
    exact: whether the verdict's interval is that of the exchange test."""
    code = str(verdict["outcome"])
    estimate, interval = estimated(verdict, words)
    values = {
        "outcome": words.label("outcome", code),
        "counts": counts(verdict, words),
        "points": words.label("points", code),
        "estimate": estimate,
        "interval": interval,
        "exact": words("said.event_exact") if exact else "",
    }
    title = headline(verdict, words)
    told = [] if is_missing(verdict["estimate"]) else [words("said.event_mean", **values)]
    told += [words("said.event_short")] if told and exact else []
    told += _reached(rows, words, minimum_cell if not outcome(code).of_units else 1)
    source = words("said.event_units" if outcome(code).of_units else "said.event_persons")
    caption = words("said.event_caption", more="".join(f"{text} " for text in told), source=source, **values)
    return Said(title, caption, words("said.event_alt", title=title, **values))


def _reached(rows: pd.DataFrame, words: Words, minimum_cell: int) -> list[str]:
    """How many stand behind the later points, which the last cohorts have not reached, and behind the earlier ones, of which the data
    hold nothing for the first cohorts; without numbers where these differ by few."""
    told = []
    for side, sign in (("later", 1), ("earlier", -1)):
        part = [(float(time), float(n)) for time, n in zip(rows["event_time"], rows["n_units"], strict=True) if sign * time >= 0]
        part.sort(key=lambda point: abs(point[0]))
        gone = [nearer - n for (_, nearer), (_, n) in pairwise(part)]
        if not any(n > 0 for n in gone):
            continue
        fewer = [(time, n) for time, n in part if n < part[0][1]]
        items = [words("said.event_n", n=words.number(n, 0), time=words.signed(time, 0)) for time, n in fewer]
        hidden = any(1 <= n < minimum_cell for n in gone)
        told.append(words(f"said.event_{side}", n="" if hidden else words("said.event_of", items=words.listing(items))))
    return told


def paths_words(paths: pd.DataFrame, words: Words, *, zone: bool = False) -> Said:
    """How those moved went over the years, and how their comparisons did; told between the years that hold every cohort. zone: whether
    the years that the transfer may touch are shaded."""
    code = str(paths["outcome"].iloc[0])
    first, last = whole_years(paths)
    mean = paths.set_index(["group", "event_time"])["mean"]
    ends = {
        f"{group}_{end}": level(code, mean.get((group, time)), words) for group in PATHS for end, time in (("first", first), ("last", last))
    }
    n = paths.groupby("group")["n"].max()
    moved = paths.loc[paths["group"] == "moved", "n"]
    values = {
        "outcome": words.label("outcome", code),
        "first": words.signed(first, 0),
        "last": words.signed(last, 0),
        "some": words("said.paths_some") if moved.min() < moved.max() else "",
        "zone": words("said.paths_zone") if zone else "",
        "n_moved": words.number(n["moved"], 0),
        "n_compared": words.number(n["compared"], 0),
        **ends,
    }
    return Said(capital(words("said.paths_title", **values)), words("said.paths_caption", **values), words("said.paths_alt", **values))


def whole_years(paths: pd.DataFrame) -> tuple[float, float]:
    """First and last year since the transfer in which all of those moved were seen, else of all years: further out only early or
    late cohorts are left, and a change of who is counted would pass for a change of those counted."""
    moved = paths.loc[paths["group"] == "moved"]
    whole = moved.loc[moved["n"] == moved["n"].max(), "event_time"]
    years = whole if whole.nunique() > 1 else moved["event_time"]
    return float(years.min()), float(years.max())


def ratings_words(ratings: pd.DataFrame, classes: pd.DataFrame, words: Words) -> Said:
    """How the ratings are spread, as drawn, how little they tell people apart, and when their rules changed. classes: as drawn, with
    the percent of top by year and half; lower missing where it is drawn with good."""
    top = ratings.loc[ratings["predicate"].isin(["Baik", "Sangat Baik"]), "n"].sum() / ratings["n"].sum()
    breaks = words.listing([str(year) for year in regime_breaks(ratings)]) or words("said.never")
    values = {"share": words.share_told(top), "n": words.number(ratings["n"].sum(), 0), "breaks": breaks}
    values |= {"halves": words("said.ratings_halves") if (classes["half"] != 0).any() else ""}
    known = classes.loc[classes["top"].notna()]
    hidden = f" {words('said.ratings_hidden')}" if len(known) < len(classes) else ""
    if not classes["lower"].isna().all() or len(known) < 2:
        first, *others = (words(f"said.ratings_{part}", **values) for part in ("title", "caption", "alt"))
        return Said(capital(first), f"{others[0]}{hidden}", others[1])
    for end, row in (("first", known.iloc[0]), ("last", known.iloc[-1])):
        values |= {end: words.percent(row["top"] / 100), f"{end}_year": half_year(row["year"], row["half"])}
    title, caption, alt = (words(f"said.ratings_{part}", **values) for part in ("top_title", "top_caption", "top_alt"))
    return Said(title, f"{caption}{hidden}", alt)


def half_year(year: int, half: int) -> str:
    """A year, or a half of one, as the axis of the ratings names it."""
    return str(year) if half == 0 else f"{year}/{half}"


def service_words(monthly: pd.DataFrame, verdict: pd.Series | None, words: Words) -> Said:
    """Service of receiving and other units, first year against last: the lines are the title, the verdict stands in the caption."""
    code = str(monthly["indicator"].iloc[0])
    years = pd.to_datetime(monthly["month"]).dt.year.to_numpy()
    ends, n = {}, {}
    for group in ("receiving", "other"):
        inside = (monthly["group"] == group).to_numpy(dtype=bool)
        measured, when = monthly["value"].loc[inside], years[inside]
        ends[group] = [level(code, measured[when == year].mean(), words) for year in (when.min(), when.max())]
        n[group] = words.number(monthly["n_units"].loc[inside].max(), 0)
    told = words("said.service_verdict", headline=headline(verdict, words)) if verdict is not None else ""
    alone = losers_sentence(verdict, None, words) if verdict is not None else ""
    told = f"{told}{alone} " if alone else told
    values = {
        "outcome": words.label("outcome", code),
        "first": int(years.min()),
        "last": int(years.max()),
        "receiving_first": ends["receiving"][0],
        "receiving_last": ends["receiving"][1],
        "other_first": ends["other"][0],
        "other_last": ends["other"][1],
        "n_receiving": n["receiving"],
        "n_other": n["other"],
        "verdict": told,
    }
    caption = "said.service_caption" if is_monthly(monthly) else "said.service_sparse"
    return Said(capital(words("said.service_title", **values)), words(caption, **values), words("said.service_alt", **values))


def is_monthly(monthly: pd.DataFrame) -> bool:
    """Whether an indicator was measured in most months: only then is there a mean of six months to draw. monthly: month."""
    months = np.unique(pd.to_datetime(monthly["month"]).to_numpy().astype("datetime64[M]").astype("int64"))
    return len(months) > 0 and bool(2 * len(months) > months[-1] - months[0] + 1)


def duration_words(durations: pd.DataFrame, words: Words) -> Said:
    """How long the whole takes and which step takes longest."""
    steps = durations.loc[durations["step"] != WHOLE].sort_values("median_days", kind="stable")
    slowest = steps.iloc[-1]
    whole = durations.loc[durations["step"] == WHOLE, "median_days"]
    values = {
        "step": words.label("step", slowest["step"]).lower(),
        "days": words.whole(slowest["median_days"]),
        "whole": words.whole(whole.iloc[0] if len(whole) else None),
        "n": words.number(durations["n"].max(), 0),
    }
    return Said(*(words(f"said.durations_{part}", **values) for part in ("title", "caption", "alt")))


def survey_words(survey: pd.DataFrame, words: Words) -> Said:
    """What has the highest and the lowest mean in the last wave, and whether their intervals overlap."""
    last = survey.loc[survey["wave"] == survey["wave"].max()].sort_values("mean", kind="stable")
    values = {
        "close": words("said.survey_close") if last.iloc[0]["conf_high"] >= last.iloc[-1]["conf_low"] else "",
        "best": words.label("item", last.iloc[-1]["item"]),
        "worst": words.label("item", last.iloc[0]["item"]),
        "best_mean": words.number(last.iloc[-1]["mean"], 2),
        "worst_mean": words.number(last.iloc[0]["mean"], 2),
        "wave": words.label("wave", int(last.iloc[0]["wave"])),
        "n": words.number(survey["n"].min(), 0),
    }
    title, *others = (words(f"said.survey_{part}", **values) for part in ("title", "caption", "alt"))
    return Said(capital(title), *others)
