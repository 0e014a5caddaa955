"""The five sections of results: paragraph, pictures, tables."""

from __future__ import annotations

from mutasi_analysis import figures, tabulate
from mutasi_analysis.blocks import Block, Prose
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.pages import talent
from mutasi_analysis.pages.heads import heading, present, texts
from mutasi_analysis.pages.outcomes import performance_pictures, service_pictures
from mutasi_analysis.pages.places import kecamatan_places
from mutasi_analysis.wording import (
    Words,
    competency_paragraphs,
    outcome_paragraphs,
    performance_paragraphs,
    process_paragraphs,
    workload_paragraphs,
)
from mutasi_analysis.wording.report import missing_section


def _absent(section: str, evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    return heading(section, words), Prose(missing_section(section, evaluation, words), "warning")


def workload(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """Need and staff by unit, balance before, after and without the transfers, transfers that helped and hurt."""
    section, k = evaluation.workload, evaluation.minimum_cell
    if section is None:
        return _absent("workload", evaluation, words)
    places = kecamatan_places(evaluation.slug)
    return present(
        heading("workload", words),
        *texts(workload_paragraphs(section, words, minimum_cell=k)),
        figures.required_available(section.units, words, minimum_cell=k),
        tabulate.units_table(section.units, words, minimum_cell=k, unmeasured=section.unmeasured),
        figures.index_change(section.units, words, minimum_cell=k),
        figures.lorenz(section.lorenz, section.balance, words),
        tabulate.balance_table(section.balance, words),
        figures.kecamatan_map(section.units, places, words, minimum_cell=k, level=evaluation.level),
        tabulate.transfers_table(section.transfers, words, minimum_cell=k),
        tabulate.sensitivity_table(section.sensitivity, words),
        tabulate.unmeasured_table(section.unmeasured, section.units, words, minimum_cell=k) if len(section.unmeasured) else None,
    )


def competency(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """Match with the old and new post, what was possible, qualification, deficits with training, talent map, who could not be judged."""
    section, k = evaluation.competency, evaluation.minimum_cell
    if section is None:
        return _absent("competency", evaluation, words)
    return present(
        heading("competency", words),
        *texts(competency_paragraphs(section, words, minimum_cell=k)),
        figures.match_transitions(section.moves, section.summary, words, minimum_cell=k),
        tabulate.match_table(section.summary, words, minimum_cell=k),
        tabulate.bands_table(section.bands, words, minimum_cell=k),
        *talent.match_blocks(section, words, minimum_cell=k),
        *talent.qualification_blocks(section, evaluation.slug, words, minimum_cell=k),
        *talent.learning_blocks(section, words, minimum_cell=k),
        tabulate.deficits_table(section.deficits, words, minimum_cell=k),
        *talent.talent_blocks(section, words, minimum_cell=k),
        tabulate.coverage_table(section.coverage, words, minimum_cell=k),
    )


def performance(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """Verdicts with what could have been seen, plain before/after beside them as description, estimates by year."""
    section, k = evaluation.performance, evaluation.minimum_cell
    if section is None:
        return _absent("performance", evaluation, words)
    return present(
        heading("performance", words),
        *texts(
            performance_paragraphs(section, words, declared=evaluation.declared, minimum_cell=k, anticipation=evaluation.anticipation_years)
        ),
        tabulate.verdicts_table("performance", section.verdicts, section.naive, words, minimum_cell=k),
        *performance_pictures(evaluation, section, words),
        tabulate.dropped_table(section.dropped, words, minimum_cell=k) if len(section.dropped) else None,
    )


def service(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """Service of receiving units against others, by month and by year since the transfer."""
    section, k = evaluation.service, evaluation.minimum_cell
    if section is None:
        return _absent("service", evaluation, words)
    return present(
        heading("service", words),
        *texts(
            outcome_paragraphs(
                section,
                words,
                declared=evaluation.declared,
                minimum_cell=k,
                anticipation=evaluation.anticipation_years,
                spillover=section.spillover,
            )
        ),
        tabulate.verdicts_table("service", section.verdicts, section.naive, words, minimum_cell=k),
        *service_pictures(evaluation, section, words),
        tabulate.letters_table(section.letters, words, minimum_cell=k) if len(section.letters) else None,
        tabulate.complaints_table(section.complaints, words, minimum_cell=k) if len(section.complaints) else None,
    )


def process(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """Days of each step, checks against rules and practice, and what the moved said."""
    section, k = evaluation.process, evaluation.minimum_cell
    if section is None:
        return _absent("process", evaluation, words)
    return present(
        heading("process", words),
        *texts(process_paragraphs(section, words, minimum_cell=k)),
        figures.process_durations(section.durations, words, minimum_cell=k),
        tabulate.durations_table(section.durations, words, minimum_cell=k),
        tabulate.checks_table(section.checks, words, minimum_cell=k),
        tabulate.kinds_table(section.kinds, words, minimum_cell=k),
        figures.survey_items(section.survey, words, minimum_cell=k),
        tabulate.survey_table(section.survey, words, minimum_cell=k) if len(section.survey) else None,
    )
