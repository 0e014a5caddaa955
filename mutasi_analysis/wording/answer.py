"""The first paragraph: the region's own question answered in at most four sentences, with its verdict."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from mutasi_analysis.wording.competency import fit_direction, fit_sentence, overall
from mutasi_analysis.wording.findings import primary_verdict, programme_section, verdict_sentence
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import is_better
from mutasi_analysis.wording.shapes import EvaluationLike, OutcomesLike
from mutasi_analysis.wording.words import Words, capital, plain
from mutasi_analysis.wording.workload import HALF_A_PERSON, balance_direction, balance_sentence, by_gap, need_sentence

READY = "siap_tugas_baru"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on one matter. subject: what it is about; label: the decision in words;
    code: better worse same unsure found_better found_worse not_found cannot_tell."""

    subject: str
    code: str
    label: str


def fact(facts: pd.DataFrame, name: str) -> float:
    """One number of the facts; NaN where it is absent."""
    rows = facts.loc[facts["fact"] == name, "value"]
    return float("nan") if rows.empty or is_missing(rows.iloc[0]) else float(rows.iloc[0])


def question_text(evaluation: EvaluationLike, words: Words) -> str:
    """The region's question."""
    return words("page.question", level=words.label("level", evaluation.level).split(" (")[0], question=words(f"ask.{evaluation.question}"))


def answer_sentences(evaluation: EvaluationLike, words: Words) -> tuple[str, ...]:
    """The answer, sentence by sentence: what was found, how sure. Parts without data are left out; with none, that is said."""
    outcomes = (_service, _performance) if programme_section(evaluation) == "service" else (_performance, _service)
    parts = {
        "plan_monitor": (_need, _balance, _wishes, _performance),
        "skills_fit": (_fit, _performance),
        "balance": (_balance, _sure, _need, _shortest),
        "programme": (_carried_out, *outcomes, _ready),
        "service": (_service, _performance, _balance),
    }[evaluation.question]
    found = tuple(text for part in parts if (text := part(evaluation, words)))
    answered = any(getattr(evaluation, section) is not None for section in ("workload", "competency", "performance", "service"))
    return found if found and answered else (*found, words("answer.no_data"))


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


def _sure(evaluation: EvaluationLike, words: Words) -> str:
    return words("answer.balance_sure") if evaluation.workload is not None else ""


def _shortest(evaluation: EvaluationLike, words: Words) -> str:
    if evaluation.workload is None:
        return ""
    ordered = by_gap(evaluation.workload.units, minimum_cell=evaluation.minimum_cell)
    if ordered.empty or ordered.iloc[0]["gap_after"] > -HALF_A_PERSON:
        return ""
    row = ordered.iloc[0]
    return words("answer.short_first", unit=plain(row["unit_name"]), gap=words.signed(row["gap_after"]))


def _fit(evaluation: EvaluationLike, words: Words) -> str:
    row = overall(evaluation.competency.summary) if evaluation.competency is not None else None
    k = evaluation.minimum_cell
    return fit_sentence(row, words, minimum_cell=k) if row is not None and row["n"] >= k else ""


def _performance(evaluation: EvaluationLike, words: Words) -> str:
    row = primary_verdict(evaluation.performance, evaluation.primary)
    return verdict_sentence(row, words) if row is not None else ""


def _service(evaluation: EvaluationLike, words: Words) -> str:
    row = primary_verdict(evaluation.service, evaluation.primary)
    return verdict_sentence(row, words) if row is not None else ""


def _carried_out(evaluation: EvaluationLike, words: Words) -> str:
    moves, movers = fact(evaluation.facts, "moves"), fact(evaluation.facts, "movers")
    if is_missing(moves) or is_missing(movers):
        return ""
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
    rows = survey.loc[(survey["item"] == READY) & (survey["wave"] > 0) & (survey["n"] >= evaluation.minimum_cell)]
    if rows.empty:
        return ""
    row = rows.sort_values("wave").iloc[-1]
    wave = words.label("wave", int(row["wave"]))
    return words("answer.ready", wave=wave, share=words.percent(row["share_agree"]), n=words.number(row["n"], 0))


def _balance_verdict(evaluation: EvaluationLike, words: Words) -> Verdict | None:
    direction = balance_direction(evaluation.workload.balance) if evaluation.workload is not None else ""
    return Verdict(words("box.balance"), direction, words(f"box.balance_{direction}")) if direction else None


def _fit_verdict(evaluation: EvaluationLike, words: Words) -> Verdict | None:
    row = overall(evaluation.competency.summary) if evaluation.competency is not None else None
    if row is None or row["n"] < evaluation.minimum_cell:
        return None
    direction = fit_direction(row)
    return Verdict(words("box.fit"), direction, words(f"box.fit_{direction}"))


def _outcome_verdict(section: OutcomesLike | None, evaluation: EvaluationLike, words: Words) -> Verdict | None:
    row = primary_verdict(section, evaluation.primary)
    if row is None:
        return None
    code = str(row["verdict"])
    if code == "found":
        code = "found_better" if is_better(str(row["outcome"]), float(row["estimate"])) else "found_worse"
    return Verdict(capital(words.label("outcome", row["outcome"])), code, words(f"box.{code}"))


def answer_text(evaluation: EvaluationLike, words: Words) -> str:
    """The answer as Markdown: the question's own verdict in bold, the sentences, and the other verdicts as a second paragraph."""
    decided = verdicts(evaluation, words)
    first = [words("box.first", subject=v.subject, label=v.label) for v in decided[:1]]
    others = [words("box.other", subject=v.subject[:1].lower() + v.subject[1:], label=v.label) for v in decided[1:]]
    told = " ".join([*first, *answer_sentences(evaluation, words)])
    return f"{told}\n\n{words('box.others', items='; '.join(others))}" if others else told
