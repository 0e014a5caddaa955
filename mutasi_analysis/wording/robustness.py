"""Sentences on how firm an estimate stands: other estimators, breakdown, matched comparators, persons and units, files."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutasi_analysis.causal.matching import CALIPER
from mutasi_analysis.wording.findings import counts, outside, reason
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import difference, estimated, is_better, level, outcome, outlasts_line, shown
from mutasi_analysis.wording.pictures import Said
from mutasi_analysis.wording.rows import first_row
from mutasi_analysis.wording.words import Words, capital

LEVEL = 0.05
#: at this chance of seeing a drift as large as the estimate, the pre-test is called able to rule it out.
ABLE = 0.8
#: comparisons that made at least this part of the change of those moved show that before-after misleads.
WORTH_TELLING = 0.25
#: roles of methods that give the number of the main estimate or of another method: they count once.
SAME = ("same_headline", "same_check")
#: reasons of `dropped` that leave people out; the others are what the files hold.
SET_ASIDE = ("not_pns", "moved_outside_programme", "not_measured", "incomplete", "treated_from_start")


@dataclass(frozen=True, slots=True)
class Agreement:
    """kind: alike (same direction, none contains zero), zero (all contain zero), strength (same direction, some contain zero),
    apart (directions differ and not all contain zero). low, high: estimates of the checks; zero: how many intervals contain zero."""

    kind: str
    n: int
    low: float
    high: float
    zero: int


def agreement(rows: pd.DataFrame) -> Agreement | None:
    """How the checks of one outcome stand to its headline; None without a check. rows: role estimate conf_low conf_high; those of the roles
    SAME do not count again."""
    told = zip(*(rows[name] for name in ("role", "estimate", "conf_low", "conf_high")), strict=True)
    known = [row for row in told if row[0] in ("headline", "check") and not any(pd.isna(value) for value in row[1:])]
    estimates = [float(estimate) for role, estimate, _, _ in known if role == "check"]
    if not estimates:
        return None
    holds = [low <= 0 <= high for _, _, low, high in known]
    if all(holds):
        kind = "zero"
    elif len({estimate > 0 for _, estimate, _, _ in known}) > 1:
        kind = "apart"
    else:
        kind = "strength" if any(holds) else "alike"
    zero = sum(low <= 0 <= high for role, _, low, high in known if role == "check")
    return Agreement(kind, len(estimates), min(estimates), max(estimates), zero)


def _agreement_places(found: Agreement, code: str, words: Words) -> dict[str, Any]:
    low, high = difference(code, found.low, words), difference(code, found.high, words)
    return {
        "n": words.number(found.n, 0),
        "outcome": words.label("outcome", code),
        "points": words.label("points", code),
        "range": low if low == high else words("robust.range", low=low, high=high),
        "zero": words.number(found.zero, 0),
    }


def agreement_sentence(rows: pd.DataFrame, verdict: pd.Series, words: Words, *, few: bool = False) -> str:
    """Whether the other estimators tell the same story; empty without any. few: so few units that their intervals cannot be relied on."""
    found = agreement(rows)
    if found is None:
        return ""
    text = words(f"robust.{found.kind}", **_agreement_places(found, str(verdict["outcome"]), words))
    clear = found.kind == "alike" and str(verdict["verdict"]) == "cannot_tell"
    more = [words(key) for key, holds in (("robust.short_intervals", few), ("robust.agree_but", clear)) if holds]
    return " ".join((text, *more))


def breakdown_sentence(row: pd.Series, verdict: pd.Series, words: Words, *, anticipation: int = 0) -> str:
    """What a found effect survives, and what the pre-test could have seen; empty where neither is known. anticipation: years before a
    move that neither looks at."""
    code = str(row["outcome"])
    told = []
    if str(verdict["verdict"]) == "found":
        told += _holds(row, code, words, anticipation)
    chance = row["pretest_finds_headline"]
    if not any(is_missing(row[name]) for name in ("pretest_slope", "pretest_bias", "pretest_finds_headline")):
        weak = words("robust.pretest_strong" if float(chance) >= ABLE else "robust.pretest_weak")
        places = {"slope": level(code, row["pretest_slope"], words), "bias": level(code, row["pretest_bias"], words)}
        told.append(words("robust.pretest", **places, points=words.label("points", code), weak=weak))
    return " ".join(told)


def _holds(row: pd.Series, code: str, words: Words, anticipation: int) -> list[str]:
    slope, relative, told = row["slope_breakdown"], row["relative_breakdown"], []
    if not is_missing(slope) and outlasts_line(code, float(slope)):
        value = words.number(shown(code, slope), outcome(code).digits + 1)
        told.append(words("robust.holds_slope", slope=value, points=words.label("points", code)))
    elif not is_missing(slope):
        told.append(words("robust.holds_none", outcome=words.label("outcome", code)))
    if not is_missing(relative) and float(relative) > 0:
        left = outside(anticipation, words)
        told.append(words("robust.holds_relative", times=words.number(relative, 2), outside=f", {left}" if left else ""))
    return told


def matched_sentence(pseudo: pd.DataFrame, balance: pd.DataFrame, code: str, words: Words, *, minimum_cell: int) -> str:
    """How many found comparators with the same path, how near these are, and what these did without a move."""
    row = first_row(pseudo, "outcome", code)
    if row is None or (not outcome(code).of_units and int(row["n_matched"]) < minimum_cell):
        return ""
    alone = not is_compared(pseudo, code)
    gaps = enough(balance, code, minimum_cell)
    far = is_far(gaps)
    without = int(row["n_treated"] - row["n_matched"])
    hidden = not outcome(code).of_units and 0 < without < minimum_cell
    distance = {side: words.number(largest_gap(gaps, side), 2) for side in ("before", "after")}
    first = words(
        "robust.matched_alone" if alone else ("robust.matched_far" if far else "robust.matched"),
        treated=words.number(row["n_treated"], 0),
        matched=words.number(row["n_matched"], 0) if not hidden else words("robust.nearly_all"),
        without=words("robust.few", k=minimum_cell) if hidden else words.number(without, 0),
        **distance,
        **who(code, words),
    )
    return first if alone else f"{first} {pseudo_sentence(row, words, dips=_dips(gaps, code), far=far)}"


def is_compared(pseudo: pd.DataFrame, code: str) -> bool:
    """Whether matching compares enough of an outcome to know how uncertain it is: one alone has no spread."""
    row = first_row(pseudo, "outcome", code)
    return row is not None and not any(is_missing(row[end]) for end in ("conf_low", "conf_high"))


def enough(balance: pd.DataFrame, code: str, minimum_cell: int) -> pd.DataFrame:
    """The rows of an outcome that may be told: of units all, of persons those of `minimum_cell` or more."""
    rows = balance.loc[balance["outcome"] == code]
    return rows if outcome(code).of_units else rows.loc[rows["n_units"] >= minimum_cell]


def largest_gap(gaps: pd.DataFrame, side: str = "after") -> float:
    """The largest distance in a year before the move, in standard deviations, from all comparisons ("before") or the matched ones
    ("after"); NaN without any. gaps: rows of one outcome."""
    found = gaps[f"std_gap_{side}"].astype("float64").abs()
    return float(found.loc[found < math.inf].max())


def is_far(gaps: pd.DataFrame) -> bool:
    """Whether the matched comparators stood, in a year before the move, further away than the farthest that matching accepts."""
    return largest_gap(gaps) > CALIPER


def who(code: str, words: Words) -> dict[str, str]:
    """How those with and without a transfer are called: persons move, units receive."""
    kind = "units" if outcome(code).of_units else "persons"
    return {name: words(f"who.{name}_{kind}") for name in ("affected", "moved_ones", "not_moved")}


def estimator_name(method: object, code: str, words: Words) -> str:
    """The name of a method, as it is used for persons or for units."""
    return words.label("estimator_units" if outcome(code).of_units and words.knows("estimator_units", method) else "estimator", method)


def _dips(gaps: pd.DataFrame, code: str) -> tuple[float, float] | None:
    """The change of those moved and of their matched comparisons in the last year before; None where not both fell, as printed, or the
    two years are not of the same ones."""
    last, earlier = (gaps.loc[gaps["period_before"] == period] for period in (1, 2))
    if last.empty or earlier.empty or last["n_units"].iloc[0] != earlier["n_units"].iloc[0]:
        return None
    moved, matched = (float(last[side].iloc[0]) - float(earlier[side].iloc[0]) for side in ("moved", "compared_after"))
    fell = all(round(shown(code, change), outcome(code).digits) < 0 for change in (moved, matched))
    return (moved, matched) if fell and is_better(code, 1.0) else None


def pseudo_sentence(row: pd.Series, words: Words, *, dips: tuple[float, float] | None = None, far: bool = False) -> str:
    """What those with the same path did who were not moved: the reason why before-after misleads, where they went the same way.

    dips: how far those moved and the others fell just before, where both did; far: whether the paths are not the same yet.
    """
    code, moved, same = str(row["outcome"]), float(row["moved"]), float(row["pseudo"])
    left, interval = estimated(row.rename({"difference": "estimate"}), words)
    places = {
        **who(code, words),
        "pseudo": difference(code, same, words),
        "moved": difference(code, moved, words),
        "points": words.label("points", code),
        "difference": left,
        "interval": interval,
    }
    alike = moved * same > 0 and abs(same) >= WORTH_TELLING * abs(moved) and round(shown(code, same), outcome(code).digits) != 0
    recovers = alike and dips is not None and same > 0
    if dips is not None:
        places |= {"dip_moved": difference(code, dips[0], words), "dip": difference(code, dips[1], words)}
    key = "pseudo_near" if far else ("pseudo_recovers" if recovers else ("pseudo_same" if alike else "pseudo_other"))
    return f"{words(f'robust.{key}', **places)} {words('robust.pseudo_rest', **places)}"


def shares_sentence(rows: pd.DataFrame, words: Words, *, minimum_cell: int) -> str:
    """Shares of persons, units and sorting, with what the symmetric moves say about the model; empty without them."""
    if rows.empty or rows["share"].isna().any() or int(rows["n_movers"].iloc[0]) < minimum_cell:
        return ""
    first = rows.iloc[0]
    share = {str(name): words.percent(value) for name, value in zip(rows["component"], rows["share"], strict=True)}
    places = {"outcome": words.label("outcome", first["outcome"]), "units": words.count(first["n_units"], "unit")}
    text = words("robust.shares", **places, **share, movers=words.count(first["n_movers"], "person"))
    told = [text]
    if not is_missing(first["symmetry_p"]):
        key = "robust.shares_bad" if float(first["symmetry_p"]) < LEVEL else "robust.shares_ok"
        told.append(words(key, p=words.probability(first["symmetry_p"])))
    negative = set(rows.loc[rows["share"].astype("float64") < 0, "component"])
    if "sorting" in negative:
        told.append(words("robust.shares_rough"))
    if negative & {"person", "unit"}:
        told.append(words("robust.shares_negative"))
    return " ".join(told)


def checks_sentence(dropped: pd.DataFrame, words: Words, *, minimum_cell: int) -> str:
    """What the files hold, with counts; few are told as "fewer than k"."""
    rows = dropped.loc[(dropped["outcome"] == "all") & ~dropped["reason"].isin(SET_ASIDE)]
    few = words("robust.few", k=minimum_cell)
    items = [
        words(
            "robust.check_item",
            label=words.label("dropped", row["reason"]),
            n=words.number(row["n"], 0) if row["n"] >= minimum_cell else few,
        )
        for _, row in rows.iterrows()
    ]
    return words("robust.checks", items="; ".join(items)) if items else ""


def role_of(roles: pd.Series) -> str:
    """The role of a method over several outcomes: that it gives the number of another only where it does so for each."""
    told = [str(role) for role in roles]
    return next((role for role in told if role not in SAME), told[0])


def estimators_words(rows: pd.DataFrame, verdict: pd.Series, words: Words, *, few: bool, minimum_cell: int = 1) -> Said | None:
    """Title, caption and alt text of the picture of all estimators, and of how many those are that do not count all of the main one;
    None without checks."""
    found = agreement(rows)
    if found is None:
        return None
    code = str(verdict["outcome"])
    places = {**_agreement_places(found, code, words), "counts": counts(verdict, words)}
    places["estimate"] = difference(code, verdict["estimate"], words)
    again = [f'"{estimator_name(method, code, words)}"' for method in rows.loc[rows["role"].isin(SAME), "method"]]
    places["names"] = words.listing(again)
    places["plain"] = _counted("plain_n", rows.loc[rows["method"] == "before_after"], words)
    nearest = _counted("matched_n", _fewer_matched(rows, verdict, minimum_cell), words)
    notes = {"same": bool(again), "few_units": few, "other_design": bool((rows["role"] == "other_design").any())}
    keys = ("caption", *(note for note, holds in notes.items() if holds), "source")
    parts = [words(f"robust_said.{key}", **places) for key in keys]
    caption = " ".join(text for text in (*parts[:-1], nearest, parts[-1]) if text)
    return Said(capital(words(f"robust_said.title_{found.kind}", **places)), caption, words("robust_said.alt", **places))


def _counted(key: str, rows: pd.DataFrame, words: Words) -> str:
    """How many stand behind the one row; empty without it."""
    return words(f"robust_said.{key}", n=words.number(rows["n_units"].iloc[0], 0)) if rows["n_units"].notna().any() else ""


def _fewer_matched(rows: pd.DataFrame, verdict: pd.Series, minimum_cell: int) -> pd.DataFrame:
    """The row of matching, where fewer found comparisons than were affected; none where so few did not that they would be told."""
    without = float(verdict["n_moved"]) - rows["n_units"].astype("float64")
    least = 1 if outcome(str(verdict["outcome"])).of_units else minimum_cell
    return rows.loc[rows["method"].str.startswith("matched/") & (without >= least)]


def note_sentence(note: str, words: Words) -> str:
    """A note of the robustness part as a sentence; empty for any other note."""
    code, *parts = note.split(":")
    if code == "estimators_not_installed":
        return words("note_text.estimators_not_installed")
    if code != "not_computed" or len(parts) != 3:
        return ""
    known = words.knows("note_method", parts[1])
    method = words.label("note_method", parts[1]) if known else words("note_method.other")
    return words("note_text.not_computed", method=method, outcome=words.label("outcome", parts[0]), reason=reason(parts[2], words))


def robust_notes(notes: Sequence[str], words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences of the robustness notes, and the notes that are not ours."""
    told = {note: note_sentence(note, words) for note in notes}
    return tuple(text for text in told.values() if text), tuple(note for note in notes if not told[note])
