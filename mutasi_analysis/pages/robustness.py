"""How firm an answer is: every estimator, matched comparisons, groups and doses, persons and units, few units, neighbours, files."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mutasi_analysis.blocks import Block, Prose
from mutasi_analysis.evaluation.result import Evaluation, Performance, Service
from mutasi_analysis.evaluation.verdict import load_rule
from mutasi_analysis.figures.robustness import doses, estimators
from mutasi_analysis.pages.heads import present, texts
from mutasi_analysis.tabulate import robustness as tables
from mutasi_analysis.wording import Words
from mutasi_analysis.wording import robustness as told
from mutasi_analysis.wording.methods import estimator_paragraph, rule_paragraph
from mutasi_analysis.wording.robustness_doses import dose_sentence
from mutasi_analysis.wording.robustness_units import exact_sentence, losing_sentence, spillover_sentence, synthetic_sentence


def performance_blocks(evaluation: Evaluation, section: Performance, verdict: pd.Series, words: Words) -> tuple[Block, ...]:
    """What stands behind the verdict on the primary outcome of performance."""
    k, code = evaluation.minimum_cell, str(verdict["outcome"])
    shares = section.person_unit.loc[section.person_unit["outcome"] == code]
    shares_told = told.shares_sentence(shares, words, minimum_cell=k)
    return _headed(
        code,
        words,
        *_shared(evaluation, section, verdict, words, few=False),
        *_text(dose_sentence(section.dose, code, words, minimum_cell=k, declared=evaluation.factors_declared)),
        doses(section.dose, verdict, words, minimum_cell=k),
        tables.dose_tests_table(section.dose, code, words, minimum_cell=k),
        *_text(shares_told),
        tables.person_unit_table(shares, words) if shares_told else None,
        *_text(told.checks_sentence(section.dropped, words, minimum_cell=k)),
    )


def service_blocks(evaluation: Evaluation, section: Service, verdict: pd.Series, words: Words) -> tuple[Block, ...]:
    """What stands behind the verdict on the first outcome of service: units are few, and others lost people."""
    code = str(verdict["outcome"])
    spilled = " ".join(text for text in (losing_sentence(verdict, words), spillover_sentence(section.spillover, words)) if text)
    return _headed(
        code,
        words,
        *_shared(evaluation, section, verdict, words, few=few_units(section, code)),
        *_text(exact_sentence(section.exact, code, words)),
        tables.exact_table(section.exact, words),
        *_text(spilled),
        tables.spillover_table(section.spillover, words),
        tables.units_dropped_table(section.dropped, words),
    )


def few_units(section: Performance | Service, code: str) -> bool:
    """Whether so few units stand behind an outcome that its interval is the exact one."""
    return isinstance(section, Service) and bool((section.exact["outcome"] == code).any())


def _headed(code: str, words: Words, *blocks: Block | None) -> tuple[Block, ...]:
    found = present(*blocks)
    return (Prose(f"### {words('robust.heading', outcome=words.label('outcome', code))}"), *found) if found else ()


def _text(sentence: str) -> tuple[Prose, ...]:
    return texts((sentence,)) if sentence else ()


def _shared(
    evaluation: Evaluation, section: Performance | Service, verdict: pd.Series, words: Words, *, few: bool
) -> tuple[Block | None, ...]:
    """Estimators, breakdown and matched comparisons."""
    code, k, anticipation = str(verdict["outcome"]), evaluation.minimum_cell, evaluation.anticipation_years
    rows = section.robustness.loc[section.robustness["outcome"] == code]
    limits = section.breakdown.loc[section.breakdown["outcome"] == code]
    firm = [told.agreement_sentence(rows, verdict, words, few=few), _synthetic(section, rows, code, words)]
    firm += [told.breakdown_sentence(row, verdict, words, anticipation=anticipation) for _, row in limits.head(1).iterrows()]
    return (
        *_text(" ".join(text for text in firm if text)),
        estimators(section.robustness, section.naive, verdict, words, minimum_cell=k, few=few),
        *_text(told.matched_sentence(section.pseudo, section.matched_balance, code, words, minimum_cell=k)),
        tables.balance_table(section.matched_balance, section.pseudo, code, words, minimum_cell=k),
        tables.pseudo_table(section.pseudo, section.matched_balance, code, words, minimum_cell=k),
    )


def _synthetic(section: Performance | Service, rows: pd.DataFrame, code: str, words: Words) -> str:
    found = told.agreement(rows)
    return synthetic_sentence(section.exact, code, (found.low, found.high), words) if found and isinstance(section, Service) else ""


def _beside(sections: Sequence[Performance | Service], evaluation: Evaluation) -> tuple[str, ...]:
    """What was computed beside the estimators, by the names of `estimator_paragraph`."""
    exact = evaluation.service.exact["method"] if evaluation.service is not None else pd.Series(dtype="object")
    computed = {
        "breakdown": any(section.breakdown.drop(columns="outcome").notna().any(axis=None) for section in sections),
        "few": bool((exact == "permutation").any()),
        "synthetic": bool((exact == "synthetic_did").any()),
        "shares": evaluation.performance is not None and not evaluation.performance.person_unit.empty,
        "mde": True,
    }
    return tuple(name for name, there in computed.items() if there)


def methods_blocks(evaluation: Evaluation, words: Words) -> tuple[Block, ...]:
    """Each estimator with its paper, the rule of the verdict with its thresholds, and the weights inside the plain regression."""
    sections = [section for section in (evaluation.performance, evaluation.service) if section is not None]
    if not sections:
        return ()
    asked = pd.concat([section.robustness[["method", "role"]] for section in sections])
    methods = {str(method): told.role_of(rows["role"]) for method, rows in asked.groupby("method", sort=False)}
    codes = [str(code) for section in sections for code in section.verdicts["outcome"]]
    bacon = [
        tables.bacon_table(section.bacon, str(code), words) for section in sections for code in dict.fromkeys(section.bacon["outcome"])
    ]
    paragraphs = (estimator_paragraph(methods, _beside(sections, evaluation), words), rule_paragraph(load_rule(), codes, words))
    return present(*texts(paragraphs, "method"), *bacon)
