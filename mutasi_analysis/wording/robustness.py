"""Sentences on how firm an estimate stands: other estimators, breakdown, matched comparators, doses, persons and units, few units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutasi_analysis.wording.findings import counts, reason
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import difference, is_better, level, outcome, shown, span
from mutasi_analysis.wording.pictures import Said
from mutasi_analysis.wording.words import Words

LEVEL = 0.05
#: at this chance of seeing a drift as large as the estimate, the pre-test is called able to rule it out.
ABLE = 0.8
#: comparisons that made at least this part of the change of those moved show that before-after misleads.
WORTH_TELLING = 0.25
#: under this many comparison units an estimate is called a hint; the rule of the verdict asks for as many.
FEW_COMPARED = 20
#: factor of `dose` → domain of its levels.
LEVELS = {"move_kind": "move_kind", "sector": "sector"}
#: reasons of `dropped` that leave people out; the others are what the files hold.
SET_ASIDE = ("not_pns", "moved_outside_programme", "incomplete", "treated_from_start")


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
    """How the checks of one outcome stand to its headline; None without a check. rows: role estimate conf_low conf_high."""
    known = rows.loc[rows["role"].isin(["headline", "check"])].dropna(subset=["estimate", "conf_low", "conf_high"])
    checks = known.loc[known["role"] == "check"]
    if checks.empty:
        return None
    holds = (known["conf_low"] <= 0) & (known["conf_high"] >= 0)
    signs = known["estimate"].astype("float64") > 0
    if holds.all():
        kind = "zero"
    elif signs.nunique() > 1:
        kind = "apart"
    else:
        kind = "strength" if holds.any() else "alike"
    estimates = checks["estimate"].astype("float64")
    return Agreement(kind, len(checks), float(estimates.min()), float(estimates.max()), int(holds[checks.index].sum()))


def _agreement_places(found: Agreement, code: str, words: Words) -> dict[str, Any]:
    return {
        "n": words.number(found.n, 0),
        "outcome": words.label("outcome", code),
        "points": words.label("points", code),
        "low": difference(code, found.low, words),
        "high": difference(code, found.high, words),
        "zero": words.number(found.zero, 0),
    }


def agreement_sentence(rows: pd.DataFrame, verdict: pd.Series, words: Words) -> str:
    """Whether the other estimators tell the same story; empty without any."""
    found = agreement(rows)
    if found is None:
        return ""
    text = words(f"robust.{found.kind}", **_agreement_places(found, str(verdict["outcome"]), words))
    clear = found.kind == "alike" and str(verdict["verdict"]) == "cannot_tell"
    return f"{text} {words('robust.agree_but')}" if clear else text


def breakdown_sentence(row: pd.Series, verdict: pd.Series, words: Words) -> str:
    """What a found effect survives, and what the pre-test could have seen; empty where neither is known."""
    code = str(row["outcome"])
    told = []
    if str(verdict["verdict"]) == "found":
        told += _holds(row, code, words)
    chance = row["pretest_finds_headline"]
    if not any(is_missing(row[name]) for name in ("pretest_slope", "pretest_bias", "pretest_finds_headline")):
        weak = words("robust.pretest_strong" if float(chance) >= ABLE else "robust.pretest_weak")
        places = {"slope": level(code, row["pretest_slope"], words), "bias": level(code, row["pretest_bias"], words)}
        told.append(words("robust.pretest", **places, points=words.label("points", code), weak=weak))
    return " ".join(told)


def outlasts_line(code: str, slope: float) -> bool:
    """Whether the interval still leaves zero out when the small differences before the move go on in a straight line: the
    bearable change of slope is above zero as it would be written."""
    return round(shown(code, slope), outcome(code).digits + 1) > 0


def _holds(row: pd.Series, code: str, words: Words) -> list[str]:
    slope, relative, told = row["slope_breakdown"], row["relative_breakdown"], []
    if not is_missing(slope) and outlasts_line(code, float(slope)):
        value = words.number(shown(code, slope), outcome(code).digits + 1)
        told.append(words("robust.holds_slope", slope=value, points=words.label("points", code)))
    elif not is_missing(slope):
        told.append(words("robust.holds_none"))
    if not is_missing(relative) and float(relative) > 0:
        told.append(words("robust.holds_relative", times=words.number(relative, 2)))
    return told


def matched_sentence(pseudo: pd.DataFrame, balance: pd.DataFrame, code: str, words: Words, *, minimum_cell: int) -> str:
    """How many found comparators with the same path, how near these are, and what these did without a move."""
    rows = pseudo.loc[pseudo["outcome"] == code]
    if rows.empty or (not outcome(code).of_units and int(rows.iloc[0]["n_matched"]) < minimum_cell):
        return ""
    row, gaps = rows.iloc[0], balance.loc[balance["outcome"] == code]
    without = int(row["n_treated"] - row["n_matched"])
    hidden = not outcome(code).of_units and 0 < without < minimum_cell
    distance = {side: words.number(gaps[f"std_gap_{side}"].astype("float64").abs().max(), 2) for side in ("before", "after")}
    first = words(
        "robust.matched",
        treated=words.number(row["n_treated"], 0),
        matched=words.number(row["n_matched"], 0) if not hidden else words("robust.nearly_all"),
        without=words("robust.few", k=minimum_cell) if hidden else words.number(without, 0),
        **distance,
    )
    return f"{first} {pseudo_sentence(row, words, dip=_dip(gaps, code))}"


def _dip(gaps: pd.DataFrame, code: str) -> bool:
    """Whether those moved stood worse in the last year before than in the years before it."""
    last = gaps["period_before"] == 1
    if not last.any() or last.all():
        return False
    return is_better(code, float(gaps.loc[~last, "moved"].mean()) - float(gaps.loc[last, "moved"].iloc[0]))


def pseudo_sentence(row: pd.Series, words: Words, *, dip: bool) -> str:
    """What those with the same path did who were not moved: the reason why before-after misleads, where they went the same way.

    dip: whether those moved stood worse just before.
    """
    code, moved, same = str(row["outcome"]), float(row["moved"]), float(row["pseudo"])
    places = {
        "pseudo": difference(code, same, words),
        "moved": difference(code, moved, words),
        "points": words.label("points", code),
        "difference": difference(code, row["difference"], words),
        "interval": span(code, row["conf_low"], row["conf_high"], words),
    }
    alike = moved * same > 0 and abs(same) >= WORTH_TELLING * abs(moved) and round(shown(code, same), outcome(code).digits) != 0
    recovers = alike and dip and same > 0
    key = "pseudo_recovers" if recovers else ("pseudo_same" if alike else "pseudo_other")
    return f"{words(f'robust.{key}', **places)} {words('robust.pseudo_rest', **places)}"


def level_name(factor: object, code: object, words: Words) -> str:
    """The words for one level of a factor."""
    return words.label(LEVELS[str(factor)], code) if str(factor) in LEVELS else words.label("dose_level", code)


def dose_tests(dose: pd.DataFrame, code: str, *, minimum_cell: int) -> pd.DataFrame:
    """One row a factor: its slope, or the test that all its groups are alike, of at least `minimum_cell` persons."""
    return dose.loc[(dose["outcome"] == code) & dose["kind"].isin(["slope", "equal"]) & (dose["n"] >= minimum_cell)]


def _unlike(dose: pd.DataFrame, code: str, words: Words, minimum_cell: int) -> tuple[list[str], list[str]]:
    tests = dose_tests(dose, code, minimum_cell=minimum_cell).dropna(subset=["p_value"])
    low = tests.loc[tests["p_value"] < LEVEL]
    items = [
        words("robust.dose_item", factor=words.label("factor", row["factor"]), p=words.probability(row["p_value"]))
        for _, row in low.iterrows()
    ]
    return [words.label("factor", name) for name in tests["factor"]], items


def dose_sentence(dose: pd.DataFrame, code: str, words: Words, *, minimum_cell: int, declared: bool = False) -> str:
    """By which distinctions the difference is not the same; empty where none could be tested. declared: by the region's profile."""
    tested, items = _unlike(dose, code, words, minimum_cell)
    if not tested:
        return ""
    key = "robust.dose_some" if items else "robust.dose_none"
    where = words("declared.in_profile") if declared else ""
    return words(key, where=where, tested=words.listing(tested), items=words.listing(items), n=words.number(len(tested), 0))


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


def exact_sentence(exact: pd.DataFrame, code: str, words: Words) -> str:
    """The permutation test of one outcome with few units: p, smallest possible p, interval; empty where it was not needed."""
    rows = exact.loc[(exact["outcome"] == code) & (exact["method"] == "permutation")]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    smallest = words.probability(row["smallest_p"]).replace("=\u00a0", "")
    floor = "robust.exact_floor" if float(row["smallest_p"]) >= LEVEL else "robust.exact_least"
    text = words(
        "robust.exact",
        moved=words.number(row["n_moved"], 0),
        compared=words.number(row["n_compared"], 0),
        outcome=words.label("outcome", code),
        n=words.number(row["n_assignments"], 0),
        p=words.probability(row["p_value"]),
        interval=span(code, row["conf_low"], row["conf_high"], words),
        points=words.label("points", code),
    )
    return f"{text} {words(floor, smallest=smallest)}"


def spillover_sentence(spillover: pd.DataFrame, words: Words) -> str:
    """What happened to units that lost people; empty without a row."""
    known = spillover.dropna(subset=["estimate"])
    if spillover.empty:
        return ""
    if known.empty:
        return words("robust.spill_unknown", reason=reason(spillover["reason"].iloc[0], words))
    clear = known.loc[(known["conf_low"] > 0) | (known["conf_high"] < 0)]
    items = [_spill_item(row, words) for _, row in clear.iterrows()]
    text = words("robust.spill_some", items="; ".join(items)) if items else words("robust.spill_none")
    most = int(known["n_compared"].max())
    return f"{text} {words('robust.spill_few', most=words.number(most, 0))}" if most < FEW_COMPARED else text


def _spill_item(row: pd.Series, words: Words) -> str:
    code = str(row["outcome"])
    return words(
        "robust.spill_item",
        outcome=words.label("outcome", code),
        estimate=difference(code, row["estimate"], words),
        points=words.label("points", code),
        interval=span(code, row["conf_low"], row["conf_high"], words),
        moved=words.number(row["n_moved"], 0),
        compared=words.number(row["n_compared"], 0),
    )


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


def estimators_words(rows: pd.DataFrame, verdict: pd.Series, words: Words, *, few: bool) -> Said | None:
    """Title, caption and alt text of the picture of all estimators; None without checks."""
    found = agreement(rows)
    if found is None:
        return None
    code = str(verdict["outcome"])
    places = {**_agreement_places(found, code, words), "counts": counts(verdict, words)}
    places["estimate"] = difference(code, verdict["estimate"], words)
    notes = {"few_units": few, "other_design": bool((rows["role"] == "other_design").any())}
    keys = ("caption", *(note for note, holds in notes.items() if holds), "source")
    caption = " ".join(words(f"robust_said.{key}", **places) for key in keys)
    return Said(words(f"robust_said.title_{found.kind}", **places), caption, words("robust_said.alt", **places))


def dose_words(dose: pd.DataFrame, drawn: pd.DataFrame, code: str, words: Words, *, minimum_cell: int) -> Said:
    """Title, caption and alt text of the picture of groups. drawn: factor level estimate, as drawn."""
    items = _unlike(dose, code, words, minimum_cell)[1]
    ordered = drawn.sort_values("estimate")
    ends = [f"{words.label('factor', row['factor'])}: {level_name(row['factor'], row['level'], words)}" for _, row in ordered.iterrows()]
    places = {
        "outcome": words.label("outcome", code),
        "points": words.label("points", code),
        "items": words.listing(items),
        "k": minimum_cell,
        "n": words.number(len(drawn), 0),
        "low": difference(code, ordered["estimate"].iloc[0], words),
        "high": difference(code, ordered["estimate"].iloc[-1], words),
        "lowest": ends[0],
        "highest": ends[-1],
    }
    title = words("robust_said.dose_title_some" if items else "robust_said.dose_title_none", **places)
    return Said(title, words("robust_said.dose_caption", **places), words("robust_said.dose_alt", **places))


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


def finite(value: Any) -> bool:
    """Whether a limit of an interval can be drawn."""
    return not is_missing(value) and math.isfinite(float(value))
