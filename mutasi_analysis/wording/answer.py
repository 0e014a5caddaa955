"""The first paragraph: the region's own question, and its answer as a verdict and three sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from mutasi_analysis.wording.competency import fit_direction, fit_sentence, kept_clause, overall
from mutasi_analysis.wording.findings import primary_verdict, programme_section, verdict_code, verdict_label, verdict_sentence
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import few_in_share
from mutasi_analysis.wording.rows import first_row
from mutasi_analysis.wording.second_half import kinds_sentence, learning_sentence, prepared_sentence, why_sentence
from mutasi_analysis.wording.shapes import EvaluationLike, OutcomesLike
from mutasi_analysis.wording.talent import field_clause
from mutasi_analysis.wording.words import Words, capital, joined, plain
from mutasi_analysis.wording.workload import balance_direction, balance_label, balance_sentence, need_sentence

READY = "siap_tugas_baru"
#: sentences of an answer
THREE = 3
Part = Callable[[EvaluationLike, Words], str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on one matter. subject: what it is about; label: the decision in words;
    code: better worse same unsure found_better found_worse not_found cannot_tell."""

    subject: str
    code: str
    label: str


def fact(facts: pd.DataFrame, name: str) -> float:
    """One number of the facts; NaN where it is absent."""
    row = first_row(facts, "fact", name)
    return float("nan") if row is None or is_missing(row["value"]) else float(row["value"])


def question_text(evaluation: EvaluationLike, words: Words) -> str:
    """The region's question in its own words, shown letter by letter; where the profile has none in this language, the package's."""
    own = plain(evaluation.question_en if words.language == "en" else evaluation.question_id)
    level = words(f"picture.level_{evaluation.level}")
    return words("page.question", level=level, question=own or words(f"ask.{evaluation.question}"))


def answer_sentences(evaluation: EvaluationLike, words: Words) -> tuple[str, ...]:
    """The answer in three sentences. A part without data gives its place to the next; where the first thing asked cannot be told,
    that is said first; with no section at all it is all that is said."""
    first, second = (_service, _performance) if programme_section(evaluation) == "service" else (_performance, _service)
    own, parts = _PARTS.get(evaluation.question, (_outcome, (first, _ready, _carried_out, second, _balance)))
    if all(getattr(evaluation, section) is None for section in ("workload", "competency", "performance", "service")):
        return (words("answer.no_data", section=words("section.missing")),)
    found = [text for part in parts if (text := part(evaluation, words))]
    return tuple((found if own(evaluation, words) else [words("answer.no_data", section=words("section.missing")), *found])[:THREE])


def verdicts(evaluation: EvaluationLike, words: Words) -> tuple[Verdict, ...]:
    """The lines of the verdict box, the question's own first: workload, fit, performance, service, as far as known."""
    found = {
        "balance": _balance_verdict(evaluation, words),
        "fit": _fit_verdict(evaluation, words),
        "performance": _outcome_verdict(evaluation.performance, evaluation, words),
        "service": _outcome_verdict(evaluation.service, evaluation, words),
    }
    first = {"skills_fit": "fit", "programme": programme_section(evaluation), "service": "service"}.get(evaluation.question, "balance")
    order = [first, *(name for name in found if name != first)]
    return tuple(verdict for name in order if (verdict := found[name]) is not None)


def _need(evaluation: EvaluationLike, words: Words) -> str:
    if evaluation.workload is None:
        return ""
    return need_sentence(evaluation.workload.units, words, minimum_cell=evaluation.minimum_cell)


def _balance(evaluation: EvaluationLike, words: Words) -> str:
    return balance_sentence(evaluation.workload.balance, words) if evaluation.workload is not None else ""


def _fit(evaluation: EvaluationLike, words: Words) -> str:
    row = overall(evaluation.competency.summary) if evaluation.competency is not None else None
    k = evaluation.minimum_cell
    if row is None or evaluation.competency is None or row["n"] < k:
        return ""
    return fit_sentence(row, words, kept_clause("answer.kept_aside", evaluation.competency, words, minimum_cell=k))


def _fit_and_field(evaluation: EvaluationLike, words: Words) -> str:
    """The match of competencies, and beside it the field of study where that goes the other way."""
    told = _fit(evaluation, words)
    if not told or evaluation.competency is None:
        return told
    row, k = overall(evaluation.competency.summary), evaluation.minimum_cell
    field = field_clause(evaluation.competency.qualification_changes, row, words, minimum_cell=k) if row is not None else ""
    return joined(told, field)


def _performance(evaluation: EvaluationLike, words: Words) -> str:
    row = primary_verdict(evaluation.performance, evaluation.declared)
    return verdict_sentence(row, words) if row is not None else ""


def _service(evaluation: EvaluationLike, words: Words) -> str:
    row = primary_verdict(evaluation.service, evaluation.declared)
    return verdict_sentence(row, words) if row is not None else ""


def _outcome(evaluation: EvaluationLike, words: Words) -> str:
    return _performance(evaluation, words) or _service(evaluation, words)


def _carried_out(evaluation: EvaluationLike, words: Words) -> str:
    moves, movers = fact(evaluation.facts, "moves"), fact(evaluation.facts, "movers")
    if is_missing(moves) or is_missing(movers):
        return ""
    if 0 < moves - movers < evaluation.minimum_cell:  # beside each other they would count the few who moved twice
        return words("answer.moved_alone", moves=words.count(moves, "move"))
    return words("answer.moved", moves=words.count(moves, "move"), movers=words.count(movers, "employee"))


def _wishes(evaluation: EvaluationLike, words: Words) -> str:
    if evaluation.process is None:
        return ""
    checks = evaluation.process.checks
    rows = checks.loc[checks["check"] == "wish_unmet"]
    if rows.empty:
        return ""
    n, unmet = int(rows.iloc[0]["n"]), int(rows.iloc[0]["flagged"])
    if min(unmet, n - unmet) < evaluation.minimum_cell:
        return ""
    return words("answer.wish", met=words.percent(1 - unmet / n))


def _ready(evaluation: EvaluationLike, words: Words) -> str:
    if evaluation.process is None:
        return ""
    survey = evaluation.process.survey
    asked = survey.loc[survey["item"] == READY].sort_values("wave")
    told = asked.loc[
        [not few_in_share(n, share, evaluation.minimum_cell) for n, share in zip(asked["n"], asked["share_agree"], strict=True)]
    ]
    rows, earlier = told.loc[told["wave"] > 0], told.loc[told["wave"] == 0]
    if rows.empty:
        return ""
    row = rows.iloc[-1]
    before = words("answer.ready_before", share=words.percent(earlier.iloc[0]["share_agree"])) if len(earlier) else ""
    places = {"wave": words.label("wave", int(row["wave"])), "share": words.percent(row["share_agree"]), "n": words.number(row["n"], 0)}
    return words("answer.ready", before=f" {before}" if before else "", **places)


def _balance_verdict(evaluation: EvaluationLike, words: Words) -> Verdict | None:
    balance = evaluation.workload.balance if evaluation.workload is not None else None
    direction = balance_direction(balance) if balance is not None else ""
    return Verdict(words("box.balance"), direction, balance_label(balance, words)) if balance is not None and direction else None


def _fit_verdict(evaluation: EvaluationLike, words: Words) -> Verdict | None:
    row = overall(evaluation.competency.summary) if evaluation.competency is not None else None
    if row is None or row["n"] < evaluation.minimum_cell:
        return None
    direction = fit_direction(row)
    return Verdict(words("box.fit"), direction, words(f"box.fit_{direction}"))


def _outcome_verdict(section: OutcomesLike | None, evaluation: EvaluationLike, words: Words) -> Verdict | None:
    row = primary_verdict(section, evaluation.declared)
    if row is None:
        return None
    return Verdict(capital(words.label("outcome", row["outcome"])), verdict_code(row), verdict_label(row, words))


def answer_text(evaluation: EvaluationLike, words: Words) -> str:
    """The answer as Markdown: the question's own verdict in bold, then the sentences. The other verdicts stand beside the main numbers."""
    first = [words("box.first", subject=v.subject, label=v.label) for v in verdicts(evaluation, words)[:1]]
    return " ".join([*first, *answer_sentences(evaluation, words)])


#: question → what it asks first, and the parts of its answer in their order; the others step in for parts without data
_PARTS: dict[str, tuple[Part, tuple[Part, ...]]] = {
    "plan_monitor": (_need, (_balance, _need, why_sentence, _wishes)),
    "skills_fit": (_fit, (_fit_and_field, _performance, learning_sentence, _balance)),
    "balance": (_balance, (_balance, kinds_sentence, _need, _performance)),
    "service": (_service, (_service, prepared_sentence, _performance, _balance)),
}
