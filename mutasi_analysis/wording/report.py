"""Sentences around the results: what is missing and how to supply it, how things were computed, what is not shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from mutasi_analysis.disclosure import note_without_few
from mutasi_analysis.wording.competency import coverage_sentence, overall, unsure_sentence
from mutasi_analysis.wording.findings import losers_sentence, primary_verdict, smallest_sentence
from mutasi_analysis.wording.norm_values import norm_rows
from mutasi_analysis.wording.outcomes import outlasts_line
from mutasi_analysis.wording.second_half import learning_row
from mutasi_analysis.wording.shapes import CompetencyLike, EvaluationLike, OutcomesLike
from mutasi_analysis.wording.words import Words, plain

#: the tables whose absence can switch a section off.
NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "workload": ("beban_kerja", "sekolah"),
        "competency": ("kompetensi", "standar_kompetensi"),
        "performance": ("kinerja",),
        "service": ("layanan",),
        "process": ("mutasi", "survei"),
    }
)
SECTIONS = tuple(NEEDS)


def table_names(tables: object, words: Words) -> str:
    """Tables of a file (a list, or codes with commas) as readers call them, without the codes that templates bear."""
    codes = tables if isinstance(tables, list | tuple) else [code for code in str(tables or "").split(", ") if code]
    return ", ".join(words.label("table", code).removesuffix(f" ({code})") for code in codes)


#: notes that count complaints or values of units; the others count transfers
OF_COMPLAINTS = ("complaints_read", "complaints_open", "complaints_replace")


def title(evaluation: EvaluationLike, words: Words) -> str:
    """Title of a region's report."""
    return words("page.title", name=plain(evaluation.name))


def opening(evaluation: EvaluationLike, words: Words) -> str:
    """The day and code of the data, and what a kecamatan is."""
    text = words("page.as_of", day=words.day_of(evaluation.as_of), code=evaluation.code)
    return f"{text} {words('page.kecamatan', name=plain(evaluation.name))}" if evaluation.level == "kecamatan" else text


def synthetic_warning(evaluation: EvaluationLike, words: Words) -> str:
    """That the data are invented; empty where they are real."""
    return words("page.synthetic", name=plain(evaluation.name)) if evaluation.synthetic else ""


def missing_section(section: str, evaluation: EvaluationLike, words: Words) -> str:
    """Why a section is not there: which tables are absent, and how to supply them."""
    absent = [name for name in NEEDS[section] if name in evaluation.missing]
    if not absent:
        return words("missing.section_few")
    tables = words.listing([words.label("table", name) for name in absent])
    return words("missing.section", tables=tables, how=words("missing.how", slug=evaluation.slug))


def missing_paragraph(evaluation: EvaluationLike, words: Words) -> str:
    """What is absent in general, and how to supply it."""
    if not evaluation.missing:
        return words("missing.none")
    return f"{words('missing.intro')} {words('missing.how', slug=evaluation.slug)}"


def methods_paragraphs(evaluation: EvaluationLike, words: Words) -> tuple[str, ...]:
    """How each section that is there was computed, and how persons are protected."""
    shown = [words(f"methods.{name}") for name in ("workload", "competency", "performance", "service") if _there(evaluation, name)]
    outcomes = words.listing([words.label("outcome", code) for code in evaluation.primary])
    primary = [words("methods.primary", outcomes=outcomes)] if evaluation.primary else []
    return (*shown, *primary, words("methods.masking", k=evaluation.minimum_cell))


def set_aside(notes: Sequence[str], words: Words, *, minimum_cell: int) -> tuple[str, ...]:
    """Notes of an evaluation as sentences: "code:n" where the catalogue knows the code (few are told as "fewer than k"),
    else the note itself, which the readers of files write as a sentence."""
    return tuple(_note(note, words, minimum_cell) for note in notes)


def _note(note: str, words: Words, minimum_cell: int) -> str:
    code, _, n = note.partition(":")
    of_file = note_of_file(note, words)
    if of_file != note:
        return plain(of_file)
    if not (words.knows("set_aside", code) and n.isdigit()):
        return plain(note_without_few(note, minimum_cell))
    if code in OF_COMPLAINTS:
        told = words.number(int(n), 0) if int(n) >= minimum_cell else words("word.fewer_complaints", k=minimum_cell)
    else:
        told = words("word.in_number", n=words.count(int(n), "move")) if int(n) >= minimum_cell else words("word.fewer", k=minimum_cell)
    return words(f"set_aside.{code}", n=told)


def note_of_file(note: str, words: Words) -> str:
    """What a reader of files left out, in the words' language; another note as it is."""
    found = re.fullmatch(r"(.+): (\d+) ([^:]+)\.", note)
    if found is None or not words.knows("skipped", found[3]):
        return note
    return words("set_aside.of_file", file=found[1], n=words.number(int(found[2]), 0), what=words.label("skipped", found[3]))


def norms_paragraph(evaluation: EvaluationLike, words: Words) -> str:
    """How many statutory numbers were used, and how far they were checked."""
    status = norm_rows(evaluation.norms, words)["status"]
    own = int((status == "usulan").sum())
    return words(
        "methods.norms",
        n=words.count(len(status), "norm"),
        unverified=words.number(int((status == "unverified").sum()), 0),
        own=words("methods.norms_own", proposal=words.number(own, 0)) if own else words("methods.norms_none_own"),
    )


def sources_paragraph(evaluation: EvaluationLike, words: Words) -> str:
    """From how many files, and what the fingerprint says."""
    n = len(evaluation.sources)
    return words("methods.sources", files=words.count(n, "file")) if n else words("methods.no_sources")


def limits(evaluation: EvaluationLike, words: Words) -> tuple[str, ...]:
    """What the report does not show, for the sections that are there."""
    shown = [words(f"limits.{name}") for name in ("workload", "competency", "performance", "service") if _there(evaluation, name)]
    few = [words("limits.few")] if evaluation.level == "kecamatan" else []
    return (words("limits.person"), *shown, *few)


def limits_short(evaluation: EvaluationLike, words: Words) -> str:
    """What the first page does not show: what an effect assumes and which is fragile or disputed, what could not have been seen,
    what a count, a match or a survey rests on, where the answer tells one."""
    sections = [section for section in (evaluation.performance, evaluation.service) if section is not None]
    rows = [row for _, row in _named(evaluation)]
    found = any((section.verdicts["verdict"] == "found").any() for section in sections)
    disputed = words.listing([words.label("outcome", row["outcome"]) for row in rows if row["verdict"] == "disagree"])
    told = (
        words("finding.found_assumes") if found else "",
        _fragile(evaluation, words),
        *_losers(evaluation, words),
        words("answer.disputed", outcomes=disputed) if disputed else "",
        *(smallest_sentence(row, words) for row in rows),
        *_of_question(evaluation, words),
        words("answer.not_shown", name=plain(evaluation.name)),
    )
    return " ".join(text for text in told if text)


def _of_question(evaluation: EvaluationLike, words: Words) -> tuple[str, ...]:
    """What the count, the match or the survey that answers the question rests on."""
    if evaluation.question in ("plan_monitor", "balance"):
        return (words("answer.count_sure"),) if evaluation.workload is not None else ()
    if evaluation.question == "skills_fit":
        return () if evaluation.competency is None else _of_match(evaluation.competency, evaluation.minimum_cell, words)
    if evaluation.question != "programme":
        return ()
    service = primary_verdict(evaluation.service, evaluation.declared)
    complaints = service is not None and service["outcome"] == "hari_pengaduan"
    asked = evaluation.process is not None and not evaluation.process.survey.empty
    return (words("answer.complaints_together") if complaints else "", words("process_text.survey_limit") if asked else "")


def _fragile(evaluation: EvaluationLike, words: Words) -> str:
    """Which of the effects that the answer names do not outlast a straight continuation of what was seen before; empty for none."""
    fragile = []
    for section, row in _named(evaluation):
        if row["verdict"] != "found":
            continue
        code = str(row["outcome"])
        slopes = section.breakdown.loc[section.breakdown["outcome"] == code, "slope_breakdown"].dropna()
        if not slopes.empty and not outlasts_line(code, float(slopes.iloc[0])):
            fragile.append(words.label("outcome", code))
    return words("answer.fragile", outcomes=words.listing(fragile)) if fragile else ""


def _losers(evaluation: EvaluationLike, words: Words) -> tuple[str, ...]:
    """What comparison units that lost staff may have made of the verdicts on service that the answer names."""
    spillover = evaluation.service.spillover if evaluation.service is not None else None
    return tuple(losers_sentence(row, spillover, words) for section, row in _named(evaluation) if section is evaluation.service)


def _of_match(section: CompetencyLike, minimum_cell: int, words: Words) -> tuple[str, ...]:
    row = overall(section.summary)
    return () if row is None else (unsure_sentence(row, words), coverage_sentence(section, words, minimum_cell=minimum_cell))


def _named(evaluation: EvaluationLike) -> list[tuple[OutcomesLike, pd.Series]]:
    """The verdicts that the first page names: the first of each section, and learning results where the answer speaks of them."""
    found: list[tuple[OutcomesLike, pd.Series]] = []
    for section in (evaluation.performance, evaluation.service):
        row = primary_verdict(section, evaluation.declared)
        if section is not None and row is not None:
            found.append((section, row))
    learning = learning_row(evaluation) if evaluation.question == "skills_fit" else None
    if evaluation.service is not None and learning is not None and all(learning["outcome"] != row["outcome"] for _, row in found):
        found.append((evaluation.service, learning))
    return found


def bullets(items: tuple[str, ...]) -> str:
    """Sentences as a Markdown list."""
    return "\n".join(f"- {item}" for item in items)


def listed(items: tuple[str, ...]) -> str:
    """Sentences as a Markdown list; one alone is a paragraph."""
    return items[0] if len(items) == 1 else bullets(items)


def _there(evaluation: EvaluationLike, section: str) -> bool:
    return getattr(evaluation, section) is not None
