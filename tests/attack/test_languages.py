"""The English report tells no more than the Indonesian one, and the comparison nothing of persons or small groups."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from mutasi_analysis.publish.places import COMPARISON, Project, find_project, report_name, report_stem
from mutasi_analysis.publish.run import run_comparison
from tests.attack import attack, outputs, region
from tests.attack.outputs import Table
from tests.attack.test_attack import K


def _tables(stem: Path) -> list[Table]:
    return outputs.notebook_tables(stem.with_suffix(".ipynb"))


NUMBER = re.compile(r"\d[\d.,]*\d|\d")
#: a cell of numbers alone: one, or both ends of an interval
ONLY_NUMBERS = re.compile(r"[\d.,\s<>%+−–*-]*(?:(?:sampai|to)[\d.,\s%+−-]*)?")


def _numbers(text: str, *, english: bool) -> tuple[str, ...]:
    """The numbers of a text, written one way: without marks between thousands, with a full stop for decimals."""
    thousands, decimals = (",", ".") if english else (".", ",")
    return tuple(number.replace(thousands, "").replace(decimals, ".") for number in NUMBER.findall(text))


def _cells(table: Table, *, english: bool) -> list[tuple[object, ...]]:
    """What the cells of numbers tell, row by row, in an order of its own; a hidden cell is a star."""
    rows = (
        [(_numbers(cell, english=english), "*" in cell) if ONLY_NUMBERS.fullmatch(cell) else None for cell in row] for row in table.rows
    )
    return sorted((tuple(row) for row in rows), key=repr)


def test_no_english_output_holds_a_nip_a_name_or_a_pseudonym(report: region.Report) -> None:
    texts = outputs.texts(report.english.parent)
    assert outputs.kinds(texts) >= {"html", "pdf", "docx", "xlsx", "md", "ipynb", "json", "svg"}
    assert attack.persons_found(texts, report.persons) == []


def test_an_english_table_tells_and_hides_what_the_indonesian_one_does(report: region.Report, notebook: list[Table]) -> None:
    """The same numbers and the same hidden cells, so that neither gives back what the other hides."""
    english = _tables(report.english)
    assert [(table.key, table.names) for table in english] == [(table.key, table.names) for table in notebook]
    hidden = 0
    for ours, theirs in zip(notebook, english, strict=True):
        assert _cells(theirs, english=True) == _cells(ours, english=False), ours.key
        hidden += sum("*" in cell for row in theirs.rows for cell in row)
    assert hidden > 0


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_the_english_text_tells_no_number_that_the_indonesian_one_does_not(report: region.Report, suffix: str) -> None:
    """What is written alike in both (codes of regions and laws, versions) is none."""
    ours, theirs = (_prose(stem.with_suffix(suffix)) for stem in (report.stem, report.english))
    told = set(_numbers(theirs, english=True)) - set(_numbers(ours, english=False)) - set(NUMBER.findall(ours))
    assert told == set()
    assert len(set(_numbers(theirs, english=True))) > 200


def _prose(path: Path) -> str:
    """What a reader sees, without drawings, addresses and code."""
    text = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"<[^>]+>|data:[^\s)\"]+", " ", text)


@pytest.fixture(scope="module")
def compared(everybody: tuple[region.Report, ...], tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The comparison of all regions in both languages."""
    root = tmp_path_factory.mktemp("comparison")
    project = find_project(Path(__file__).parents[2], data=root / "data", reports=root / "reports")
    for one in everybody:
        shutil.copytree(one.processed, project.processed(one.slug))
    for language in ("id", "en"):
        outcome = run_comparison(project, region.options(language))
        assert outcome.status == "done", outcome.message
    return project


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_output_of_the_comparison_holds_a_person(compared: Project, everybody: tuple[region.Report, ...], language: str) -> None:
    texts = outputs.texts(compared.reports / report_name(COMPARISON, language))
    assert outputs.kinds(texts) >= {"html", "pdf", "docx", "xlsx", "md", "ipynb"}
    for one in everybody:
        assert attack.persons_found(texts, one.persons) == []


def test_no_table_of_the_comparison_shows_a_small_group_in_either_language(compared: Project) -> None:
    ours, theirs = (
        _tables(compared.reports / report_name(COMPARISON, language) / report_stem(COMPARISON, language)) for language in ("id", "en")
    )
    assert len(ours) > 5
    assert attack.small_cells(ours, K) == []
    assert [(table.key, _cells(table, english=True)) for table in theirs] == [(table.key, _cells(table, english=False)) for table in ours]
