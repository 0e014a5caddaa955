"""Sentences on workload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutasi_analysis.disclosure import hidden_units, levelled_units, sums_told
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.shapes import WorkloadLike
from mutasi_analysis.wording.words import Words, capital, plain

#: a gap of less than half a person is no shortage and no surplus.
HALF_A_PERSON = 0.5
#: changes of the imbalance under one person in a hundred are called "hardly changed".
HARDLY = 0.01
#: measures of balance beside the number of persons; changes under one in fifty, or of one in their last printed place, are hardly any.
OTHERS, HARDLY_OTHERS, PRINTED = ("rmse", "gini", "theil"), 0.02, 0.001


@dataclass(frozen=True, slots=True)
class Gaps:
    """Units short of staff and with too many, and the persons it comes to (all ≥ 0)."""

    n_short: int
    n_over: int
    shortage: float
    surplus: float


def gaps(units: pd.DataFrame, *, minimum_cell: int) -> Gaps:
    """Count of units and persons short and over, half a person and more, by `gap_after`; hidden units with their mean staff."""
    gap = levelled_units(units, minimum_cell)["gap_after"].astype("float64").dropna()
    short, over = gap[gap <= -HALF_A_PERSON], gap[gap >= HALF_A_PERSON]
    return Gaps(len(short), len(over), float(-short.sum()), float(over.sum()))


def balance_value(balance: pd.DataFrame, measure: str, state: str) -> float:
    """One value of the balance frame; NaN where it is absent."""
    rows = zip(balance["measure"], balance["state"], balance["value"], strict=True)
    found: Any = next((value for name, when, value in rows if name == measure and when == state), None)
    return float("nan") if is_missing(found) else float(found)


def balance_direction(balance: pd.DataFrame) -> str:
    """Whether the transfers alone made staff fit the need "better", "worse" or the "same" (within 1 %); "" if unknown."""
    after, without = balance_value(balance, "imbalance", "after"), balance_value(balance, "imbalance", "without")
    if is_missing(after) or is_missing(without):
        return ""
    if abs(after - without) <= HARDLY * max(without, 1.0):
        return "same"
    return "better" if after < without else "worse"


def balance_alone(balance: pd.DataFrame) -> bool:
    """Whether the transfers changed the number of persons short and over, but hardly any other measure of balance."""
    if balance_direction(balance) not in ("better", "worse"):
        return False
    sides = [(balance_value(balance, measure, "after"), balance_value(balance, measure, "without")) for measure in OTHERS]
    known = [(after, without) for after, without in sides if not (is_missing(after) or is_missing(without))]
    return bool(known) and all(round(abs(a - b), 4) <= max(PRINTED, HARDLY_OTHERS * b) for a, b in known)


def balance_label(balance: pd.DataFrame, words: Words) -> str:
    """The verdict on balance in words, with the measure where it is the only one that says so; "" if unknown."""
    direction = balance_direction(balance)
    if balance_alone(balance):
        return words("box.balance_better_persons" if direction == "better" else "box.balance_worse_persons")
    return words(f"box.balance_{direction}") if direction else ""


def balance_sentence(balance: pd.DataFrame, words: Words) -> str:
    """What the transfers alone did to shortages and surpluses."""
    direction = balance_direction(balance)
    if not direction:
        return ""
    after, without = balance_value(balance, "imbalance", "after"), balance_value(balance, "imbalance", "without")
    change = f"{words.signed(100 * (round(after, 1) / round(without, 1) - 1), 1)}%" if round(without, 1) else ""
    told = words(f"answer.balance_{direction}", after=words.number(after, 1), without=words.number(without, 1), change=change)
    return f"{told} {words('answer.balance_alone', measures='RMSE, Gini, Theil')}" if balance_alone(balance) else told


def imbalance_change(balance: pd.DataFrame) -> float:
    """What the transfers alone did to the imbalance, as the difference of the two numbers that are shown (one decimal)."""
    return round(balance_value(balance, "imbalance", "after"), 1) - round(balance_value(balance, "imbalance", "without"), 1)


def need_sentence(units: pd.DataFrame, words: Words, *, minimum_cell: int) -> str:
    """How many units are short of staff or have too many, and by how many persons."""
    found = gaps(units, minimum_cell=minimum_cell)
    return words(
        "answer.plan",
        short=words.number(found.n_short, 0),
        units=words.count(len(units), "unit"),
        shortage=words.number(found.shortage, 0),
        over=words.number(found.n_over, 0),
        surplus=words.number(found.surplus, 0),
    )


def _named(units: pd.DataFrame, words: Words) -> str:
    pairs = zip(units["unit_name"], units["gap_after"], strict=True)
    return words.listing([words("workload.unit_gap", unit=plain(name), gap=words.signed(gap, 1)) for name, gap in pairs])


def by_gap(units: pd.DataFrame, *, minimum_cell: int) -> pd.DataFrame:
    """Units with a known gap, the shortest of staff first; units that tables hide are not named: a gap and the need tell the persons."""
    gap = units["gap_after"].astype("float64")
    known = units.assign(gap_after=gap).loc[~hidden_units(units, minimum_cell) & gap.notna()]
    return known.sort_values("gap_after", kind="stable", ignore_index=True)


def _extremes(units: pd.DataFrame, words: Words, minimum_cell: int) -> list[str]:
    ordered = by_gap(units, minimum_cell=minimum_cell)
    short = ordered.loc[ordered["gap_after"] <= -HALF_A_PERSON].head(3)
    over = ordered.loc[ordered["gap_after"] >= HALF_A_PERSON].iloc[::-1].head(3)
    found = [words("workload.short", units=_named(short, words))] if len(short) else []
    return [*found, words("workload.over", units=_named(over, words))] if len(over) else found


def workload_paragraphs(section: WorkloadLike, words: Words, *, minimum_cell: int = 1) -> tuple[str, ...]:
    """Total need and spread; what the transfers did; what is not measured and how far the norms carry."""
    units = section.units
    total = words(
        "workload.total",
        units=capital(words.count(len(units), "unit")),
        required=words.number(units["required_fte"].sum(), 0),
        available=words.number(units["available_after"].sum(), 0),
    )
    told = levelled_units(units, minimum_cell)
    index = told["index_after"].astype("float64")
    spread = words(
        "workload.spread",
        overloaded=capital(words.count(int((index > 1).sum()), "unit")),
        underloaded=words.number(int((index < 1).sum()), 0),
    )
    first = [total, spread, words("workload.direction")]
    extremes = [" ".join(_extremes(units, words, minimum_cell))]
    second = [balance_sentence(section.balance, words), words("answer.balance_sure"), _origin_sentence(section.transfers, words)]
    third = [_vacant(told, words), *_unmeasured(section, words, minimum_cell), _sensitivity(section.sensitivity, words)]
    return tuple(" ".join(part for part in group if part) for group in (first, extremes, second, third) if any(group))


def _origin_sentence(transfers: pd.DataFrame, words: Words) -> str:
    pairs = worse_pairs(transfers, words)
    return words("workload.origin", pairs=pairs) if pairs else ""


def worse_pairs(transfers: pd.DataFrame, words: Words) -> str:
    """In how many of the pairs of units between which people moved the origin became more short of staff, of those whose origin is
    measured; empty where it did in none."""
    known = transfers["origin_worse"].dropna().astype(bool)
    key = "workload.pair" if len(known) == len(transfers) else "workload.pair_measured"
    return words(key, n=words.number(int(known.sum()), 0), total=words.number(len(known), 0)) if known.any() else ""


def _vacant(units: pd.DataFrame, words: Words) -> str:
    vacant = int(((units["available_after"] == 0) & (units["required_fte"] > 0)).sum())
    return words("workload.vacant", units=capital(words.count(vacant, "unit"))) if vacant else ""


def partly_measured(unmeasured: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """Which rows of `unmeasured` are staff of a unit that is measured by its other staff."""
    return unmeasured["unit_id"].isin(units["unit_id"])


def _unmeasured(section: WorkloadLike, words: Words, minimum_cell: int) -> list[str]:
    """Units that are not measured at all, and those of which a group of staff is left out, with the reasons."""
    rows = section.unmeasured
    partly = partly_measured(rows, section.units)
    whole, part = rows.loc[~partly], rows.loc[partly]
    units = [words.count(found["unit_id"].nunique(), "unit") for found in (whole, part)]
    found = [words("workload.unmeasured", units=capital(units[0]), reasons=_reasons(whole, words))] if len(whole) else []
    if part.empty:
        return found
    told = sums_told(rows, "persons", minimum_cell, (), [partly])
    persons = words("workload.partly_persons", persons=words.count(part["persons"].sum(), "person")) if told else ""
    return [*found, words("workload.partly", units=units[1], persons=persons, reasons=_reasons(part, words))]


def _reasons(rows: pd.DataFrame, words: Words) -> str:
    return words.listing([words.label("unmeasured", code) for code in dict.fromkeys(rows["reason"])])


def _sensitivity(sensitivity: pd.DataFrame, words: Words) -> str:
    changed = sensitivity["units_changed_rank"].dropna()
    if changed.empty:
        return ""
    most = int(changed.max())
    return words("workload.sensitivity", changed=words.count(most, "unit")) if most else words("workload.sensitivity_none")
