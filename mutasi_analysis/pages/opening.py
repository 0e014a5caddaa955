"""The title, and the page for who reads only one: question, answer, main numbers, one picture, what to do next, what it leaves open."""

from __future__ import annotations

from mutasi_analysis import figures
from mutasi_analysis.blocks import Block, Picture, Prose
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.pages.heads import heading, present
from mutasi_analysis.pages.outcomes import lead_event, lead_service
from mutasi_analysis.tabulate import numbers_table
from mutasi_analysis.wording import Words, next_steps, question_text
from mutasi_analysis.wording.answer import answer_text
from mutasi_analysis.wording.findings import programme_section
from mutasi_analysis.wording.main_numbers import main_numbers as numbers_of
from mutasi_analysis.wording.report import bullets, limits_short, synthetic_warning, title
from mutasi_analysis.wording.report import opening as opening_text

#: units in a picture of the first page
SEVEN = 7


def opening(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """Title, warning that the data are invented (where they are), question, day and code."""
    warning = synthetic_warning(evaluation, words)
    return present(
        Prose(f"# {title(evaluation, words)}", "heading"),
        Prose(warning, "synthetic") if warning else None,
        Prose(question_text(evaluation, words)),
        Prose(opening_text(evaluation, words)),
    )


def answer(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """The region's question again, and its answer: the verdict and three sentences."""
    return present(
        Prose(heading("answer", words).markdown, "page"),
        Prose(question_text(evaluation, words)),
        Prose(answer_text(evaluation, words), "answer"),
    )


def main_numbers(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """The rest of the page: the main numbers (four where the data allow) with their meaning, the picture of the question, what to do
    next, and what the page does not show."""
    numbers = numbers_of(evaluation, words)
    return present(
        numbers_table(numbers, evaluation.name, words) if numbers else None,
        lead_picture(evaluation, words),
        Prose(f"### {words('section.next')}\n\n{bullets(next_steps(evaluation, words))}"),
        Prose(words("answer.beside", text=limits_short(evaluation, words)), "warning"),
    )


def lead_picture(evaluation: Evaluation, words: Words) -> Picture | None:
    """The picture of the region's question; where its data are absent, the first of the others that can be drawn."""
    programme = lead_service if programme_section(evaluation) == "service" else lead_event
    drawers = {"plan_monitor": _need, "balance": _balance, "skills_fit": _fit, "programme": programme, "service": lead_service}
    first = drawers[evaluation.question]
    order = [first, *(draw for draw in (*drawers.values(), lead_event) if draw is not first)]
    return next((picture for draw in order if (picture := draw(evaluation, words)) is not None), None)


def _need(evaluation: Evaluation, words: Words) -> Picture | None:
    if evaluation.workload is None:
        return None
    return figures.required_available(evaluation.workload.units, words, minimum_cell=evaluation.minimum_cell, most=SEVEN)


def _balance(evaluation: Evaluation, words: Words) -> Picture | None:
    if evaluation.workload is None:
        return None
    return figures.imbalance(evaluation.workload.units, evaluation.workload.balance, words, minimum_cell=evaluation.minimum_cell)


def _fit(evaluation: Evaluation, words: Words) -> Picture | None:
    section = evaluation.competency
    if section is None:
        return None
    return figures.match_transitions(section.moves, section.summary, words, minimum_cell=evaluation.minimum_cell, low=True)
