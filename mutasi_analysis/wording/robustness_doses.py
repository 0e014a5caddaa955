"""Sentences on distinctions among those moved: by which of them the difference varies, with p-values corrected for their number."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from mutasi_analysis.wording.outcomes import difference
from mutasi_analysis.wording.pictures import Said
from mutasi_analysis.wording.words import Words

LEVEL = 0.05
#: factor of `dose` → domain of its levels.
LEVELS = {"move_kind": "move_kind", "sector": "sector"}


def level_name(factor: object, code: object, words: Words) -> str:
    """The words for one level of a factor."""
    if str(factor) in LEVELS:
        return words.label(LEVELS[str(factor)], code)
    own = f"{factor}_{code}"
    return words.label("dose_level", own if words.knows("dose_level", own) else code)


def dose_tests(dose: pd.DataFrame, code: str, *, minimum_cell: int) -> pd.DataFrame:
    """One row a factor: its slope, or the test that all its groups are alike, of at least `minimum_cell` persons; p_corrected: for how
    many tests there are (Holm)."""
    from mutasi_analysis.comparison.multiplicity import holm

    rows = dose.loc[(dose["outcome"] == code) & dose["kind"].isin(["slope", "equal"]) & (dose["n"] >= minimum_cell)]
    return rows.assign(p_corrected=holm(rows["p_value"].astype("float64")))


def _tested(dose: pd.DataFrame, code: str, minimum_cell: int) -> pd.DataFrame:
    tests = dose_tests(dose, code, minimum_cell=minimum_cell)
    return tests.loc[tests["p_corrected"].notna()]


def _unlike(tests: pd.DataFrame, words: Words) -> list[str]:
    low = tests.loc[tests["p_corrected"] < LEVEL]
    return [
        words("robust.dose_item", factor=words.label("factor", row["factor"]), p=words.probability(row["p_corrected"]))
        for _, row in low.iterrows()
    ]


def dose_sentence(dose: pd.DataFrame, code: str, words: Words, *, minimum_cell: int, declared: bool = False) -> str:
    """By which distinctions the difference is not the same; empty where none could be tested. declared: by the region's profile."""
    tests = _tested(dose, code, minimum_cell)
    if tests.empty:
        return ""
    items = _unlike(tests, words)
    several = len(tests) > 1
    return words(
        "robust.dose_some" if items else "robust.dose_none",
        where=words("declared.in_profile") if declared else "",
        tested=words.listing([words.label("factor", name) for name in tests["factor"]]),
        items=words.listing(items),
        p=words.probability(tests["p_corrected"].min()),
        corrected=words("robust.dose_corrected", n=words.number(len(tests), 0)) if several else "",
    )


def of_whom(factors: Iterable[object], words: Words) -> str:
    """Whom the numbers beside distinctions count: those moved for whom it is known, and what that takes."""
    known = [str(factor) for factor in dict.fromkeys(factors) if words.knows("dose_known", str(factor))]
    items = [words("robust.known_item", factor=words.label("factor", name), takes=words.label("dose_known", name)) for name in known]
    return words("robust.known", items=f" ({'; '.join(items)})" if items else "")


def dose_words(dose: pd.DataFrame, drawn: pd.DataFrame, code: str, words: Words, *, minimum_cell: int) -> Said:
    """Title, caption and alt text of the picture of groups. drawn: factor level estimate, as drawn."""
    items = _unlike(_tested(dose, code, minimum_cell), words)
    ordered = drawn.sort_values("estimate", kind="stable")
    ends = [f"{words.label('factor', row['factor'])}: {level_name(row['factor'], row['level'], words)}" for _, row in ordered.iterrows()]
    places = {
        "outcome": words.label("outcome", code),
        "points": words.label("points", code),
        "items": words.listing(items),
        "known": of_whom(drawn["factor"], words),
        "k": minimum_cell,
        "n": words.number(len(drawn), 0),
        "low": difference(code, ordered["estimate"].iloc[0], words),
        "high": difference(code, ordered["estimate"].iloc[-1], words),
        "lowest": ends[0],
        "highest": ends[-1],
    }
    title = words("robust_said.dose_title_some" if items else "robust_said.dose_title_none", **places)
    return Said(title, words("robust_said.dose_caption", **places), words("robust_said.dose_alt", **places))
