"""What to do next, read from the results: the largest shortage, who could fill it, what to train, which data to supply."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from mutasi_analysis.wording.shapes import CompetencyLike, EvaluationLike, ProcessLike, WorkloadLike
from mutasi_analysis.wording.words import Words, plain
from mutasi_analysis.wording.workload import HALF_A_PERSON, by_gap, pair_words

OFTEN = 0.25
MOST = 5


def next_steps(evaluation: EvaluationLike, words: Words) -> tuple[str, ...]:
    """At most five steps, the most urgent first."""
    found: list[str] = []
    if evaluation.workload is not None:
        found += _workload(evaluation.workload, evaluation, words)
    if evaluation.competency is not None:
        found += _competency(evaluation.competency, evaluation.minimum_cell, words)
    if evaluation.process is not None:
        found += _process(evaluation.process, evaluation.minimum_cell, words)
    found += _undecided(evaluation, words)
    if evaluation.missing:
        found.append(words("next.supply", tables=words.listing([words.label("table", name) for name in evaluation.missing])))
    return tuple(found[:MOST]) or (words("next.nothing"),)


def _workload(section: WorkloadLike, evaluation: EvaluationLike, words: Words) -> Iterator[str]:
    ordered = by_gap(section.units, minimum_cell=evaluation.minimum_cell)
    day = words.day_of(evaluation.as_of)
    if ordered.empty:
        return
    short, over = ordered.iloc[0], ordered.iloc[-1]
    if short["gap_after"] <= -HALF_A_PERSON:
        yield words("next.shortage", unit=plain(short["unit_name"]), gap=words.number(-short["gap_after"]), day=day)
    if over["gap_after"] >= HALF_A_PERSON:
        yield words("next.surplus", unit=plain(over["unit_name"]), gap=words.number(over["gap_after"]))
    worse = int(section.transfers["origin_worse"].fillna(False).astype(bool).sum())
    if worse:
        yield words("next.origin", pairs=pair_words(worse, len(section.transfers), words))


def _competency(section: CompetencyLike, minimum_cell: int, words: Words) -> Iterator[str]:
    known = section.deficits.loc[section.deficits["n_deficit"] >= minimum_cell]
    if known.empty:
        return
    row = known.sort_values("share_deficit").iloc[-1]
    name = words.label("competency", row["competency"]).lower()
    yield words("next.deficit", competency=name, share=words.percent(row["share_deficit"]))


def _process(section: ProcessLike, minimum_cell: int, words: Words) -> Iterator[str]:
    often = section.checks.loc[(section.checks["share"] >= OFTEN) & (section.checks["flagged"] >= minimum_cell)]
    shares = dict(zip(often["check"], often["share"], strict=True))
    if "no_training" in shares:
        yield words("next.training", share=words.percent(shares["no_training"]))
    if "not_socialised" in shares:
        yield words("next.socialise", share=words.percent(shares["not_socialised"]))


def _undecided(evaluation: EvaluationLike, words: Words) -> list[str]:
    sections = [section.verdicts for section in (evaluation.performance, evaluation.service) if section is not None]
    if not sections:
        return []
    verdicts = pd.concat(sections, ignore_index=True)
    open_ones = verdicts.loc[(verdicts["verdict"] == "cannot_tell") & verdicts["outcome"].isin(list(evaluation.primary)), "outcome"]
    return [words("next.measure", outcome=words.label("outcome", code)) for code in open_ones]
