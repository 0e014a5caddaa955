"""Tables on how firm an estimate stands; all folded on the page and complete in the workbook."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.causal import degrees_behind, minimum_detectable_effect
from mutasi_analysis.disclosure import mask_small
from mutasi_analysis.tabulate.build import (
    Shown,
    Small,
    build,
    decimals,
    hidden_elsewhere,
    hidden_note,
    integer,
    percent,
    plus,
    probability,
    starred,
    text,
    unbroken,
    word,
)  # fmt: skip
from mutasi_analysis.tabulate.outcomes import interval_places, points_of, scaled, with_unit
from mutasi_analysis.wording import Words, capital
from mutasi_analysis.wording.outcomes import outcome, span
from mutasi_analysis.wording.robustness import enough, estimator_name, is_compared, is_far, largest_gap, who
from mutasi_analysis.wording.robustness_doses import dose_tests, level_name, of_whom

SLOPE_DIGITS = 2
#: years between the last year before the year of a move and the first full year after it: matching counts back from the former.
MIXED_YEARS = 1
_NUMBERS = ("estimate", "interval", "mde")
_GROUP_VALUES = ("dose", "estimate", "std_error", "conf_low", "conf_high", "p_value")


def with_interval(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows on the shown scale, with the interval in words, its decimals, and the smallest difference that could show."""
    ends = zip(rows["outcome"], rows["conf_low"], rows["conf_high"], strict=True)
    spans = [None if pd.isna(low) and pd.isna(high) else span(str(code), low, high, words) for code, low, high in ends]
    mde = pd.Series(_smallest_shown(rows), index=rows.index, dtype="float64")
    mde = rows["mde"].astype("float64").fillna(mde) if "mde" in rows else mde
    told = pd.Series(spans, index=rows.index, dtype="object")
    return scaled(rows.assign(mde=mde)).assign(interval=told, digits=interval_places(rows))


def _smallest_shown(rows: pd.DataFrame) -> list[float]:
    if "std_error" not in rows:
        return [math.nan] * len(rows)
    errors, half = rows["std_error"].astype("float64"), (rows["conf_high"].astype("float64") - rows["conf_low"].astype("float64")) / 2
    return [
        minimum_detectable_effect(error, degrees=degrees_behind(error, reach)) if error >= 0 and reach != math.inf else math.nan
        for error, reach in zip(errors.tolist(), half.tolist(), strict=True)
    ]


def _build(
    key: str, frame: pd.DataFrame, columns: Sequence[Shown], words: Words, *, caption: str, small: Sequence[Small] = ()
) -> TableBlock:
    return replace(build(key, frame, columns, words, caption=caption, small=small), folded=True)


def _persons(code: str, k: int, counts: tuple[str, ...], values: tuple[str, ...]) -> tuple[Small, ...]:
    return () if outcome(code).of_units else (Small(k, counts, values),)


def _name(code: str, words: Words) -> str:
    return words.label("outcome", code)


def estimators_table(rows: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """One row an estimator, with its role and what it could have seen. rows: one outcome of `robustness`, before-after among them."""
    code = str(rows["outcome"].iloc[0])
    columns = (
        Shown("method", text),
        Shown("role", word("estimator_role")),
        Shown("estimate", plus(1), points_of(code), digits="digits"),
        Shown("interval", unbroken, points_of(code)),
        Shown("mde", decimals(1), points_of(code)),
        Shown("n_units", integer, label="n"),
    )
    caption = words("caption.estimators", outcome=_name(code, words))
    small = (*_persons(code, minimum_cell, ("n_units",), _NUMBERS), *_persons(code, minimum_cell, ("without",), ("n_units",)))
    frame = with_interval(rows, words).assign(method=[estimator_name(method, code, words) for method in rows["method"]])
    frame = frame.assign(without=_without_comparisons(rows))
    return _build(f"estimators_{code}", frame, columns, words, caption=caption, small=small)


def _without_comparisons(rows: pd.DataFrame) -> pd.Series:
    """How many of those behind the main estimate matching leaves out, in the row of matching; 0 in the others."""
    main = rows.loc[rows["role"] == "headline", "n_units"].astype("float64").max()
    matched = rows["method"].str.startswith("matched/")
    return (main - rows["n_units"].astype("float64")).where(matched, 0.0).fillna(0.0)


def balance_table(balance: pd.DataFrame, pseudo: pd.DataFrame, code: str, words: Words, *, minimum_cell: int) -> TableBlock | None:
    """The path before the move of the moved who found comparisons, of all comparisons and of the matched; None without matching,
    of few persons, or where one alone found comparisons. pseudo: how many found comparisons."""
    rows = balance.loc[balance["outcome"] == code].sort_values("period_before", ascending=False)
    persons = not outcome(code).of_units
    found = pseudo.loc[pseudo["outcome"] == code]
    few = persons and bool((found["n_matched"] < minimum_cell).any())
    if rows.empty or few or not is_compared(pseudo, code):
        return None
    scale = outcome(code).scale
    frame = rows.assign(**{name: rows[name].astype("float64") * scale for name in ("moved", "compared_before", "compared_after")})
    frame = frame.assign(event_time=-(rows["period_before"] + MIXED_YEARS))
    n = "n" if persons else "n_units"
    hidden = persons & _gives_back(rows["n_units"], int(found["n_treated"].iloc[0]), minimum_cell)
    frame, steps = hidden_elsewhere(frame.rename(columns={"n_units": n}), hidden, (n,), minimum_cell)
    columns = (
        Shown("event_time", plus(0)),
        Shown(n, integer, label="n"),
        Shown("moved", decimals(1), label=_label(code, "moved_mean", "moved_mean_units")),
        Shown("compared_before", decimals(1)),
        Shown("compared_after", decimals(1)),
        Shown("std_gap_before", plus(2)),
        Shown("std_gap_after", plus(2)),
    )
    small = (*_persons(code, minimum_cell, ("n",), ("moved", "compared_after", "std_gap_before", "std_gap_after")), steps)
    caption = words("caption.matched_balance", outcome=_name(code, words))
    block = _build(f"matched_{code}", frame, columns, words, caption=caption, small=small)
    return replace(block, note=f"{_matched_note(found.iloc[0], code, words, minimum_cell)} {block.note}".strip())


def _gives_back(n: pd.Series, treated: int, k: int) -> pd.Series:
    """Which numbers of persons by year are not told: all but the largest where two of them differ by few, the largest where few of all
    those moved are not in it."""
    near = bool(n.drop_duplicates().sort_values().diff().between(1, k - 1).any())
    rest = 0 < treated - int(n.max()) < k
    return n.map(lambda value: rest if value == n.max() else near)


def _matched_note(found: pd.Series, code: str, words: Words, minimum_cell: int) -> str:
    """The unit of the means, and how many of those affected stand behind them."""
    treated, matched = int(found["n_treated"]), int(found["n_matched"])
    unit, called = words.label("outcome_axis", code), who(code, words)["affected"]
    if not outcome(code).of_units and 0 < treated - matched < minimum_cell:
        return words("note.matched_nearly", unit=unit, affected=called)
    share = words.percent(matched / treated)
    key = "note.matched" if matched < treated else "note.matched_all"
    return words(key, unit=unit, affected=called, n=words.number(matched, 0), treated=words.number(treated, 0), share=share)


def _label(code: str, persons: str, units: str) -> str:
    """Which of two labels of a column goes with an outcome."""
    return units if outcome(code).of_units else persons


def pseudo_table(pseudo: pd.DataFrame, balance: pd.DataFrame, code: str, words: Words, *, minimum_cell: int) -> TableBlock | None:
    """How many found comparisons, and the plain changes of both; None without matching, or where one alone found comparisons."""
    rows = pseudo.loc[pseudo["outcome"] == code]
    if not is_compared(pseudo, code):
        return None
    frame = with_interval(rows, words)
    frame = frame.assign(**{name: rows[name].astype("float64") * outcome(code).scale for name in ("moved", "pseudo")})
    frame = frame.assign(without=rows["n_treated"] - rows["n_matched"])
    columns = (
        Shown("n_treated", integer, label=_label(code, "n_treated", "n_treated_units")),
        Shown("n_matched", integer),
        Shown("n_comparators", integer),
        Shown("moved", plus(1), points_of(code), label=_label(code, "moved_change", "moved_change_units")),
        Shown("pseudo", plus(1), points_of(code), label="pseudo_change"),
        Shown("difference", plus(1), points_of(code), label="remaining", digits="digits"),
        Shown("interval", unbroken, points_of(code)),
    )
    small = _persons(code, minimum_cell, ("n_treated", "n_matched", "n_comparators"), ("moved", "pseudo", "difference", "interval"))
    few = () if outcome(code).of_units else (Small(minimum_cell, ("without",), ("n_matched",)),)
    places = {"outcome": _name(code, words), "moved_ones": who(code, words)["moved_ones"]}
    gaps = enough(balance, code, minimum_cell)
    far, gap = is_far(gaps), words.number(largest_gap(gaps), 2)
    caption = capital(words("caption.pseudo_far", **places, gap=gap) if far else words("caption.pseudo", **places))
    block = _build(f"pseudo_{code}", frame, columns, words, caption=caption, small=(*small, *few))
    return replace(block, note=f"{words('note.pseudo')} {block.note}".strip())


def dose_levels(dose: pd.DataFrame, code: str, *, minimum_cell: int) -> pd.DataFrame:
    """Groups of one outcome; what small groups hold, and what would give them away, is missing.

    Groups without a number came hidden: they count as one person, so that a neighbour is hidden with them.
    """
    rows = dose.loc[(dose["outcome"] == code) & dose["kind"].isin(["bin", "group"])].reset_index(drop=True)
    rows = rows.assign(n=pd.to_numeric(rows["n"]).astype("Int64"), level=rows["level"].astype(str))
    hidden = rows["n"].isna() | rows["estimate"].isna()
    rows = rows.assign(n=rows["n"].mask(hidden, 1))
    return mask_small(rows, ("n",), _GROUP_VALUES, minimum_cell, within=("factor",)).frame


def dose_table(levels: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """The groups as drawn, few persons hidden. levels: of `dose_levels`."""
    code = str(levels["outcome"].iloc[0])
    names = [level_name(factor, group, words) for factor, group in zip(levels["factor"], levels["level"], strict=True)]
    drawn = with_interval(levels, words)
    shown = drawn["n"].notna() & drawn["estimate"].notna()
    frame = drawn.assign(group=names, interval=drawn["interval"].where(shown))
    columns = (
        Shown("factor", word("factor")),
        Shown("group", text),
        Shown("n", starred(integer)),
        Shown("estimate", starred(plus(1)), points_of(code), digits="digits"),
        Shown("interval", starred(unbroken), points_of(code)),
        Shown("mde", starred(decimals(1)), points_of(code)),
    )
    block = _build(f"dose_{code}", frame, columns, words, caption=words("caption.dose_levels", outcome=capital(_name(code, words))))
    hidden = 4 * int((~shown).sum())
    return replace(block, note=hidden_note(hidden, minimum_cell, words))


def dose_tests_table(dose: pd.DataFrame, code: str, words: Words, *, minimum_cell: int) -> TableBlock | None:
    """Slope of each dose and test that the groups of each distinction are alike; None without any."""
    rows = dose_tests(dose, code, minimum_cell=minimum_cell)
    if rows.empty:
        return None
    kinds = [f"slope_{row['factor']}" if row["kind"] == "slope" else row["kind"] for _, row in rows.iterrows()]
    frame = with_interval(rows, words).assign(kind=kinds)
    ends = zip(frame["conf_low"], frame["conf_high"], strict=True)
    frame = frame.assign(interval=[words.interval(low, high, SLOPE_DIGITS) for low, high in ends])
    columns = (
        Shown("factor", word("factor")),
        Shown("kind", word("dose_kind"), label="dose_kind"),
        Shown("n", integer),
        Shown("estimate", plus(SLOPE_DIGITS), points_of(code)),
        Shown("interval", unbroken, points_of(code)),
        Shown("mde", decimals(SLOPE_DIGITS), points_of(code)),
        Shown("p_value", probability),
        *((Shown("p_corrected", probability),) if len(rows) > 1 else ()),
    )
    whole = frame.assign(interval=frame["interval"].where(frame["estimate"].notna()))
    told = [column for column in columns if whole[column.name].notna().any()]
    caption = words("caption.dose_tests", outcome=capital(_name(code, words)))
    block = _build(f"dose_tests_{code}", whole, told, words, caption=caption)
    corrected = [words("note.dose_tests")] if len(rows) > 1 else []
    return replace(block, note=" ".join((of_whom(rows["factor"], words), *corrected)))


def person_unit_table(rows: pd.DataFrame, words: Words) -> TableBlock | None:
    """Variance of persons, units and sorting, plain and corrected; None without it."""
    if rows.empty:
        return None
    columns = (
        Shown("component", word("component")),
        Shown("plug_in", decimals(1)),
        Shown("corrected", decimals(1)),
        Shown("share", percent, "percent", label="share_of_variance"),
    )
    code = str(rows["outcome"].iloc[0])
    caption = words("caption.person_unit", outcome=capital(_name(code, words)))
    return replace(_build(f"person_unit_{code}", rows, columns, words, caption=caption), note=words("note.person_unit"))


def exact_table(exact: pd.DataFrame, words: Words) -> TableBlock | None:
    """Exchange test and synthetic comparison of every outcome with few units; None where they were not needed."""
    if exact.empty:
        return None
    columns = (
        Shown("outcome", with_unit),
        Shown("method", word("exact_method")),
        Shown("estimate", plus(1), digits="digits"),
        Shown("interval", text, kind="interval"),
        Shown("p_value", probability),
        Shown("smallest_p", probability),
        Shown("n_assignments", integer),
        Shown("n_moved", integer, label="n_treated_units"),
        Shown("n_compared", integer),
    )
    return replace(_build("exact", with_interval(exact, words), columns, words, caption=words("caption.exact")), note=words("note.exact"))


def spillover_table(spillover: pd.DataFrame, words: Words) -> TableBlock | None:
    """Units that lost people against units that neither lost nor received; None without a row."""
    if spillover.empty:
        return None
    frame = with_interval(spillover, words)
    frame = frame.assign(
        points=spillover["outcome"],
        interval=frame["interval"].where(frame["estimate"].notna()),
        spill_reason=[words.label("reason", code or None) for code in spillover["reason"]],
    )
    columns = (
        Shown("outcome", word("outcome")),
        Shown("estimate", plus(1), digits="digits"),
        Shown("interval", text, kind="interval"),
        Shown("mde", decimals(1)),
        Shown("points", word("points")),
        Shown("n_moved", integer, label="n_losing"),
        Shown("n_compared", integer),
        *((Shown("spill_reason", text),) if frame["estimate"].isna().any() else ()),
    )
    return _build("spillover", frame, columns, words, caption=words("caption.spillover"))


def units_dropped_table(dropped: pd.DataFrame, words: Words) -> TableBlock | None:
    """Units left out of the comparison of service, and why; None where none were."""
    if dropped.empty:
        return None
    columns = (Shown("outcome", word("outcome")), Shown("reason", word("dropped")), Shown("n", integer, label="n_units"))
    return _build("dropped_units", dropped, columns, words, caption=words("caption.dropped_units"))


def bacon_table(bacon: pd.DataFrame, code: str, words: Words) -> TableBlock | None:
    """What the plain two-way regression of one outcome is made of; None without it."""
    rows = scaled(bacon.loc[bacon["outcome"] == code])
    if rows.empty:
        return None
    columns = (Shown("type", word("bacon")), Shown("weight", percent, "percent"), Shown("estimate", plus(1), points_of(code)))
    block = _build(f"bacon_{code}", rows, columns, words, caption=words("caption.bacon", outcome=_name(code, words)))
    return replace(block, note=words("note.person_unit"))
