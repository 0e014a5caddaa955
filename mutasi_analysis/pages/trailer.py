"""The end of a report: what is missing, methods and norms, what is not shown, sources."""

from __future__ import annotations

from mutasi_analysis import tabulate
from mutasi_analysis.blocks import Block, Prose
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.pages.heads import heading, present, texts
from mutasi_analysis.pages.robustness import methods_blocks
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.report import (
    bullets,
    listed,
    methods_paragraphs,
    missing_paragraph,
    norms_paragraph,
    set_aside,
    sources_paragraph,
)
from mutasi_analysis.wording.report import limits as limit_sentences
from mutasi_analysis.wording.robustness import robust_notes


def missing(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """Which tables were not supplied, what is lost by it, how to supply them."""
    return present(
        heading("missing", words),
        Prose(missing_paragraph(evaluation, words)),
        tabulate.missing_table(evaluation.missing, words) if evaluation.missing else None,
    )


def methods(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """How each section was computed, and every statutory number with reference and status."""
    tested = set() if evaluation.performance is None else set(evaluation.performance.dose["factor"])
    return present(
        heading("methods", words),
        *texts(methods_paragraphs(evaluation, words), "method"),
        tabulate.declared_table(evaluation, words, tested=tested),
        *methods_blocks(evaluation, words),
        *texts((listed(_notes(evaluation, words)),), "method"),
        Prose(norms_paragraph(evaluation, words), "method"),
        tabulate.norms_table(evaluation.norms, words),
    )


def _notes(evaluation: Evaluation, words: Words) -> tuple[str, ...]:
    """What was set aside while reading and computing."""
    sections = (evaluation.workload, evaluation.competency, evaluation.performance, evaluation.service, evaluation.process)
    notes = [*evaluation.notes, *(note for section in sections if section is not None for note in section.notes)]
    told, others = robust_notes(notes, words)
    return (*set_aside(others, words, minimum_cell=evaluation.minimum_cell), *told)


def limits(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """What the report does not show."""
    return heading("limits", words), Prose(bullets(limit_sentences(evaluation, words)))


def sources(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """The input files with fingerprint and rows."""
    return present(
        heading("sources", words),
        Prose(sources_paragraph(evaluation, words)),
        tabulate.sources_table(evaluation.sources, words) if len(evaluation.sources) else None,
    )
