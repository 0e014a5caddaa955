"""Pictures of performance and service, chosen by outcome."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis import figures
from mutasi_analysis.blocks import Block, Picture
from mutasi_analysis.evaluation.result import Evaluation, Performance, Service
from mutasi_analysis.pages.robustness import few_units, performance_blocks, service_blocks
from mutasi_analysis.wording import Words, primary_verdict
from mutasi_analysis.wording.answer import fact
from mutasi_analysis.wording.rows import first_row


def lead_event(evaluation: Evaluation, words: Words) -> Picture | None:
    """Estimates by year of the first primary outcome of performance, low."""
    return _event(evaluation, evaluation.performance, primary_verdict(evaluation.performance, evaluation.declared), words, low=True)


def lead_service(evaluation: Evaluation, words: Words) -> Picture | None:
    """Service by month of the first primary indicator, low."""
    verdict = primary_verdict(evaluation.service, evaluation.declared)
    return _monthly(evaluation, str(verdict["outcome"]), words, low=True) if verdict is not None else None


def performance_pictures(evaluation: Evaluation, section: Performance, words: Words) -> tuple[Block | None, ...]:
    """Estimates by year and raw paths of the primary outcome, the ratings, and how firm the answer is."""
    verdict = primary_verdict(section, evaluation.declared)
    k = evaluation.minimum_cell
    ratings = figures.rating_shares(section.ratings, words, minimum_cell=k)
    if verdict is None:
        return (ratings,)
    paths = figures.raw_paths(section.paths, str(verdict["outcome"]), words, anticipation=evaluation.anticipation_years, minimum_cell=k)
    return _event(evaluation, section, verdict, words), paths, ratings, *performance_blocks(evaluation, section, verdict, words)


def service_pictures(evaluation: Evaluation, section: Service, words: Words) -> tuple[Block | None, ...]:
    """Each indicator by month, the primary first; then the estimates by year of the first, and how firm its answer is."""
    first = primary_verdict(section, evaluation.declared)
    codes = [str(code) for code in section.verdicts["outcome"]]
    ordered = sorted(codes, key=lambda code: first is None or code != str(first["outcome"]))
    firm = service_blocks(evaluation, section, first, words) if first is not None else ()
    return (*(_monthly(evaluation, code, words) for code in ordered), _event(evaluation, section, first, words), *firm)


def _event(
    evaluation: Evaluation, section: Performance | Service | None, verdict: pd.Series | None, words: Words, *, low: bool = False
) -> Picture | None:
    if section is None or verdict is None:
        return None
    years, k = evaluation.anticipation_years, evaluation.minimum_cell
    exact = few_units(section, str(verdict["outcome"]))
    return figures.event_study(section.effects, verdict, words, anticipation=years, minimum_cell=k, low=low, exact=exact)


def _monthly(evaluation: Evaluation, code: str, words: Words, *, low: bool = False) -> Picture | None:
    if evaluation.service is None:
        return None
    programme = fact(evaluation.facts, "programme_first"), fact(evaluation.facts, "programme_last")
    verdict = first_row(evaluation.service.verdicts, "outcome", code)
    return figures.service_monthly(evaluation.service.monthly, code, verdict, words, programme=programme, low=low)
