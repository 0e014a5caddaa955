"""The four numbers of the first page, each with its change and its meaning."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from mutasi_analysis.wording.competency import fit_direction, kept_clause, overall
from mutasi_analysis.wording.findings import counts, primary_verdict, programme_section, verdict_label
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import estimated, outcome
from mutasi_analysis.wording.process import WHOLE
from mutasi_analysis.wording.shapes import CompetencyLike, EvaluationLike, ProcessLike, WorkloadLike
from mutasi_analysis.wording.words import Words, capital, joined
from mutasi_analysis.wording.workload import balance_label, balance_value, imbalance_change

FOUR = 4
#: the section that answers a question; the others are answered by workload.
OWN = {"skills_fit": "fit", "service": "service"}


@dataclass(frozen=True, slots=True)
class MainNumber:
    """label: what it is; value with unit; change; meaning: one sentence. All in words."""

    label: str
    value: str
    change: str
    meaning: str


def main_numbers(evaluation: EvaluationLike, words: Words) -> tuple[MainNumber, ...]:
    """At most four, the one of the region's question first; sections without data give none."""
    workload, competency, process = evaluation.workload, evaluation.competency, evaluation.process
    found = {
        "workload": _imbalance(workload, words) if workload is not None else None,
        "fit": _fit(competency, evaluation.minimum_cell, words) if competency is not None else None,
        "performance": _estimate(primary_verdict(evaluation.performance, evaluation.declared), words),
        "service": _estimate(primary_verdict(evaluation.service, evaluation.declared), words),
        "process": _days(process, evaluation.minimum_cell, words) if process is not None else None,
    }
    own = {**OWN, "programme": programme_section(evaluation)}
    first = own.get(evaluation.question, "workload")
    order = [first, *(name for name in found if name != first)]
    return tuple(number for name in order if (number := found[name]) is not None)[:FOUR]


def _imbalance(section: WorkloadLike, words: Words) -> MainNumber | None:
    after, changed = balance_value(section.balance, "imbalance", "after"), imbalance_change(section.balance)
    if is_missing(after):
        return None
    change = "" if is_missing(changed) else words("number.imbalance_change", change=words.signed(changed))
    value = words("number.imbalance_value", value=words.number(after))
    label = _labelled("number.imbalance", balance_label(section.balance, words), words)
    return MainNumber(label, value, change, words("number.imbalance_meaning"))


def _fit(section: CompetencyLike, minimum_cell: int, words: Words) -> MainNumber | None:
    row = overall(section.summary)
    if row is None or row["n"] < minimum_cell:
        return None
    changed = words("number.fit_change", change=words.signed(row["change"]), interval=words.interval(row["conf_low"], row["conf_high"]))
    change = joined(changed, kept_clause("number.fit_kept", section, words, minimum_cell=minimum_cell))
    label = _labelled("number.fit", words(f"box.fit_{fit_direction(row)}"), words)
    return MainNumber(label, f"{words.number(row['jpm_to'])}%", change, words("number.fit_meaning"))


def _labelled(key: str, verdict: str, words: Words) -> str:
    """What a number is, with the verdict on it where there is one."""
    return words("number.with_verdict", label=words(key), verdict=verdict) if verdict else words(key)


def _estimate(row: pd.Series | None, words: Words) -> MainNumber | None:
    if row is None or is_missing(row["estimate"]):
        return None
    code = str(row["outcome"])
    estimate, interval = estimated(row, words)
    value = f"{estimate} {words.label('points', code)}"
    change = words("number.estimate_change", interval=interval, counts=counts(row, words))
    label = words("number.with_verdict", label=capital(words.label("outcome", code)), verdict=verdict_label(row, words))
    meaning = words("number.estimate_meaning_lower" if outcome(code).lower_is_better else "number.estimate_meaning")
    return MainNumber(label, value, change, meaning)


def _days(section: ProcessLike, minimum_cell: int, words: Words) -> MainNumber | None:
    rows = section.durations.loc[(section.durations["step"] == WHOLE) & (section.durations["n"] >= minimum_cell)]
    if rows.empty or is_missing(rows.iloc[0]["median_days"]):
        return None
    row = rows.iloc[0]
    value = words("number.days_value", days=words.whole(row["median_days"]))
    change = words("number.days_change", low=words.whole(row["p25_days"]), high=words.whole(row["p75_days"]))
    return MainNumber(words("number.days"), value, change, words("number.days_meaning"))
