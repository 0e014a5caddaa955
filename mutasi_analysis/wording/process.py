"""Sentences on how the transfers were carried out."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.wording.shapes import ProcessLike
from mutasi_analysis.wording.words import Words

WHOLE = "proposal_to_report"
#: a wish that was not met breaks no rule and is told apart.
WISH = "wish_unmet"


def process_paragraphs(section: ProcessLike, words: Words, *, minimum_cell: int) -> tuple[str, ...]:
    """Duration and its slowest step; checks against the rules; what employees said. Groups under `minimum_cell` are not told."""
    paragraphs = (
        _durations(section.durations.loc[section.durations["n"] >= minimum_cell], words),
        _checks(section.checks, words, minimum_cell),
        survey_sentence(section.survey.loc[section.survey["n"] >= minimum_cell], words),
    )
    return tuple(text for text in paragraphs if text)


def _durations(durations: pd.DataFrame, words: Words) -> str:
    known = durations.loc[durations["median_days"].notna()]
    parts = []
    for _, row in known.loc[known["step"] == WHOLE].iterrows():
        places = {"days": row["median_days"], "low": row["p25_days"], "high": row["p75_days"], "n": row["n"]}
        parts.append(words("process_text.duration", **{name: words.whole(value) for name, value in places.items()}))
    steps = known.loc[known["step"] != WHOLE]
    if len(steps):
        slowest = steps.sort_values("median_days", kind="stable").iloc[-1]
        name = words.label("step", slowest["step"]).lower()
        parts.append(words("process_text.slowest", step=name, days=words.whole(slowest["median_days"])))
    return " ".join(parts)


def _checks(checks: pd.DataFrame, words: Words, minimum_cell: int) -> str:
    flagged = checks.loc[(checks["flagged"] > 0) & (checks["n"] >= minimum_cell)].sort_values("share", ascending=False, kind="stable")
    wished = flagged["check"] == WISH
    items = [_check(row, words, minimum_cell) for _, row in flagged.loc[~wished].iterrows()]
    rules = [words("process_text.checks", items="; ".join(items))] if items else []
    return " ".join([*rules, *(_check(row, words, minimum_cell, "wish") for _, row in flagged.loc[wished].iterrows())])


def _check(row: pd.Series, words: Words, minimum_cell: int, key: str = "check") -> str:
    """One flag as part of the sentence on checks, or (key "wish") the sentence on the wish, which is no rule."""
    label = words.label("check", row["check"]).lower()
    n, flagged = int(row["n"]), int(row["flagged"])
    if 0 < flagged < minimum_cell or 0 < n - flagged < minimum_cell:
        few = "few" if flagged < minimum_cell else "nearly_all"
        return words(f"process_text.{key}_{few}", label=label, k=minimum_cell, n=words.number(n, 0))
    return words(
        f"process_text.{key}",
        label=label,
        flagged=words.number(flagged, 0),
        n=words.number(n, 0),
        share=words.percent(row["share"]),
    )


def survey_sentence(survey: pd.DataFrame, words: Words) -> str:
    """Highest and lowest mean of the last wave, whether they differ clearly, for whom it speaks; empty where nobody was asked."""
    known = survey.loc[survey["share_agree"].notna() & survey["mean"].notna()]
    if known.empty:
        return ""
    last = known.loc[known["wave"] == known["wave"].max()].sort_values("mean", kind="stable")
    worst, best = last.iloc[0], last.iloc[-1]
    text = words(
        "process_text.survey",
        wave=words.label("wave", int(best["wave"])),
        best=words.label("item", best["item"]),
        best_mean=words.number(best["mean"], 2),
        best_share=words.percent(best["share_agree"]),
        worst=words.label("item", worst["item"]),
        worst_mean=words.number(worst["mean"], 2),
        worst_share=words.percent(worst["share_agree"]),
    )
    close = f" {words('process_text.survey_close')}" if worst["conf_high"] >= best["conf_low"] else ""
    return f"{text}{close} {words('process_text.survey_limit')}"
