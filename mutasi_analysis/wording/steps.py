"""What to do next, read from the results: the largest shortage, who could fill it, what to train, which data to supply."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from mutasi_analysis.wording.competency import told_deficits
from mutasi_analysis.wording.report import table_names
from mutasi_analysis.wording.second_half import gained
from mutasi_analysis.wording.shapes import CompetencyLike, EvaluationLike, ProcessLike, RatingsLike, WorkloadLike
from mutasi_analysis.wording.words import Words, plain
from mutasi_analysis.wording.workload import HALF_A_PERSON, by_gap, worse_pairs

OFTEN = 0.25
MOST = 5
SCHOOL = "sekolah"


def next_steps(evaluation: EvaluationLike, words: Words) -> tuple[str, ...]:
    """At most five steps, the most urgent first."""
    found: list[str] = []
    if evaluation.workload is not None:
        found += _workload(evaluation.workload, evaluation, words)
    if evaluation.competency is not None:
        found += _competency(evaluation.competency, evaluation.minimum_cell, words)
    if evaluation.process is not None:
        found += _process(evaluation.process, evaluation.performance, evaluation.minimum_cell, words)
    found += _undecided(evaluation, words)
    if evaluation.missing:
        found.append(words("next.supply", tables=words.listing([table_names([name], words) for name in evaluation.missing])))
    return tuple(found[:MOST]) or (words("next.nothing"),)


def _workload(section: WorkloadLike, evaluation: EvaluationLike, words: Words) -> Iterator[str]:
    ordered = by_gap(section.units, minimum_cell=evaluation.minimum_cell)
    day = words.day_of(evaluation.as_of)
    if ordered.empty:
        return
    short = ordered.iloc[0]
    if short["gap_after"] <= -HALF_A_PERSON:
        yield words("next.shortage", unit=plain(short["unit_name"]), gap=words.number(-short["gap_after"]), day=day)
    yield from _candidates(ordered, words)
    pairs = worse_pairs(section.transfers, words)
    if pairs:
        yield words("next.origin", pairs=pairs)


def _candidates(ordered: pd.DataFrame, words: Words) -> Iterator[str]:
    """Where people could come from: the unit with most to spare of the same kind as the shortest one, else of its sector; else the two
    ends of the kind within which most could be evened out. Unlike units are never set against each other: their posts differ."""
    ordered = ordered.assign(like=_like(ordered), alike=_alike(ordered))
    short, over = ordered.iloc[0], ordered.loc[ordered["gap_after"] >= HALF_A_PERSON]
    if over.empty:
        return
    if short["gap_after"] > -HALF_A_PERSON:
        yield words("next.surplus", unit=plain(over.iloc[-1]["unit_name"]), gap=words.number(over.iloc[-1]["gap_after"]))
        return
    for column, key in (("like", "next.candidate_kind"), ("alike", "next.candidate_sector")):
        like = over.loc[over[column] == short[column]]
        if len(like):
            yield words(key, unit=plain(like.iloc[-1]["unit_name"]), gap=words.number(like.iloc[-1]["gap_after"]))
            return
    ends = ordered.groupby("like")["gap_after"].agg(["min", "max"])
    even = ends["max"].clip(upper=-ends["min"])
    if even.max() >= HALF_A_PERSON:
        of_kind = ordered.loc[ordered["like"] == even.idxmax()]
        places = {"short": plain(of_kind.iloc[0]["unit_name"]), "short_gap": words.number(-of_kind.iloc[0]["gap_after"])}
        places |= {"over": plain(of_kind.iloc[-1]["unit_name"]), "over_gap": words.number(of_kind.iloc[-1]["gap_after"])}
        yield words("next.pair", kind=words.label("unit_kind", of_kind["unit_kind"].iloc[0]), **places)


def _like(units: pd.DataFrame) -> pd.Series:
    """What units share whose staff is of one kind: the kind of unit, and of schools the level that their name begins with (SD, SMP)."""
    level = units["unit_name"].astype("string").str.split().str[0].fillna("")
    return units["unit_kind"].astype("string") + " " + level.where(units["unit_kind"] == SCHOOL, "")


def _alike(units: pd.DataFrame) -> pd.Series:
    """What units of different kinds share that could lend each other staff: the sector and the groups of posts; no school does."""
    shared = units["sector"].astype("string") + " " + units["family"].astype("string")
    return shared.mask(units["unit_kind"] == SCHOOL, units["unit_id"].astype("string"))


def _competency(section: CompetencyLike, minimum_cell: int, words: Words) -> Iterator[str]:
    known = told_deficits(section.deficits, minimum_cell)
    if known.empty:
        return
    row = known.sort_values("share_deficit", kind="stable").iloc[-1]
    name = words.label("competency", row["competency"]).lower()
    yield words("next.deficit", competency=name, share=words.percent(row["share_deficit"]), n=words.number(row["n"], 0))


#: check that is often flagged → the distinction by which performance shows whether it matters, and the step
_PREPARED = {
    "no_training": ("trained", "training"),
    "not_socialised": ("socialised", "socialise"),
}

#: whether it helped, None where that was not tested → ending of the step's key
_HELPED = {True: "", False: "_open", None: "_untested"}


def _process(section: ProcessLike, performance: RatingsLike | None, minimum_cell: int, words: Words) -> Iterator[str]:
    left = section.checks["n"] - section.checks["flagged"]
    told = (section.checks["flagged"] >= minimum_cell) & ((left == 0) | (left >= minimum_cell))
    often = section.checks.loc[(section.checks["share"] >= OFTEN) & told]
    rows = often.set_index("check")
    for check, (factor, step) in _PREPARED.items():
        if check in rows.index:
            share, n = rows.loc[check, "share"], rows.loc[check, "n"]
            helped = None if performance is None else gained(performance.dose, factor)
            yield words(f"next.{step}{_HELPED[helped]}", share=words.percent(share), n=words.number(n, 0))


def _undecided(evaluation: EvaluationLike, words: Words) -> list[str]:
    sections = [section.verdicts for section in (evaluation.performance, evaluation.service) if section is not None]
    if not sections:
        return []
    verdicts = pd.concat(sections, ignore_index=True)
    open_ones = verdicts.loc[(verdicts["verdict"] == "cannot_tell") & verdicts["outcome"].isin(list(evaluation.primary)), "outcome"]
    return [words("next.measure", outcome=words.label("outcome", code)) for code in open_ones]
