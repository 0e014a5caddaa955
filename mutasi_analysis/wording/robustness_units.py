"""Sentences on service units: the exact test of few, what happened to those that lost staff, and how many such are compared with."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.wording.findings import reason
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import difference, estimated, span
from mutasi_analysis.wording.words import Words

LEVEL = 0.05
#: under this many comparison units an estimate is called a hint; the rule of the verdict asks for as many.
FEW_COMPARED = 20


def exact_sentence(exact: pd.DataFrame, code: str, words: Words) -> str:
    """The exchange test of one outcome with few units: p, smallest possible p, interval; empty where it was not needed."""
    rows = exact.loc[(exact["outcome"] == code) & (exact["method"] == "permutation")]
    if rows.empty:
        return ""
    row = rows.iloc[0]
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
    return f"{text} {words(floor, smallest=_told_alone(row['smallest_p'], words))}"


def _told_alone(p_value: float, words: Words) -> str:
    """A p-value without its sign: "0,100", "di bawah 0,001"."""
    sign, _, value = words.probability(p_value).partition("\u00a0")
    return words("robust.p_below", value=value) if sign == "<" else value


def synthetic_sentence(exact: pd.DataFrame, code: str, others: tuple[float, float], words: Words) -> str:
    """What the synthetic comparison of few units gives, and whether it lies outside what the other methods give; empty without it."""
    rows = exact.loc[(exact["outcome"] == code) & (exact["method"] == "synthetic_did") & exact["estimate"].notna()]
    if rows.empty:
        return ""
    value = float(rows["estimate"].iloc[0])
    outside = not others[0] <= value <= others[1]
    places = {"estimate": difference(code, value, words), "points": words.label("points", code)}
    return words("robust.synthetic_outside" if outside else "robust.synthetic", **places)


def losing_sentence(verdict: pd.Series, words: Words) -> str:
    """How many of the units compared lost staff, and what that means; empty where none did or it is not known."""
    lost = verdict.get("n_losing")
    if is_missing(lost) or lost == 0:
        return ""
    places = {"lost": words.number(lost, 0), "n": words.number(verdict["n_compared"], 0)}
    return words("robust.spill_share", outcome=words.label("outcome", verdict["outcome"]), **places)


def spillover_sentence(spillover: pd.DataFrame, words: Words) -> str:
    """What happened to units that lost people; empty without a row."""
    known = spillover.loc[spillover["estimate"].notna()]
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
    estimate, interval = estimated(row, words)
    return words(
        "robust.spill_item",
        outcome=words.label("outcome", code),
        estimate=estimate,
        points=words.label("points", code),
        interval=interval,
        moved=words.number(row["n_moved"], 0),
        compared=words.number(row["n_compared"], 0),
    )
