"""Every part of both pages, from invented results and from a small synthetic region, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pandas as pd
import pytest

from mutasi_analysis import pages
from mutasi_analysis.blocks import Picture, Prose, TableBlock
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.profile_file import QUESTIONS
from mutasi_analysis.publish.results import load_results, save_results
from mutasi_analysis.wording import Words
from tests.wording import invented

PARTS = (
    pages.opening, pages.answer, pages.main_numbers, pages.workload, pages.competency, pages.performance, pages.service,
    pages.process, pages.missing, pages.limits, pages.methods, pages.sources,
)  # fmt: skip
COMPARED = (pages.compare_opening, pages.compare_match, pages.compare_effects, pages.compare_data)
EMPTY = dict.fromkeys(("workload", "competency", "performance", "service", "process"))


def blocks(evaluation: Evaluation, language: str = "id") -> list[Prose | Picture | TableBlock]:
    return [block for part in PARTS for block in part(evaluation, Words(language))]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_part_is_shown_for_every_question(question: str, language: str) -> None:
    shown = blocks(invented.evaluation(question=question), language)
    assert all(block.payload()["kind"] in ("prose", "picture", "table") for block in shown)
    assert isinstance(shown[0], Prose) and shown[0].markdown.startswith("# ")


@pytest.mark.parametrize("section", EMPTY)
def test_a_section_without_data_says_what_is_missing(section: str) -> None:
    shown = getattr(pages, section)(invented.evaluation(**{section: None}), Words("id"))
    assert [block.role for block in shown] == ["heading", "warning"]
    assert "belum dapat dihitung" in shown[1].markdown


def test_with_no_section_at_all_the_page_still_stands() -> None:
    evaluation = invented.evaluation(**EMPTY, missing=("beban_kerja", "kinerja"))
    assert not any(isinstance(block, Picture) for block in blocks(evaluation))


def test_keys_of_blocks_are_unique_but_for_the_lead_picture() -> None:
    shown = [block.key for block in blocks(invented.evaluation()) if isinstance(block, TableBlock)]
    assert len(shown) == len(set(shown))


def test_real_data_bear_no_synthetic_banner() -> None:
    roles = [block.role for block in pages.opening(invented.evaluation(synthetic=False), Words("id")) if isinstance(block, Prose)]
    assert "synthetic" not in roles


def test_decimal_marks_are_never_mixed_in_shown_tables() -> None:
    wrong = {"id": r"^[+−]?\d+\.\d{1,2}$", "en": r"^[+−]?\d+,\d{1,2}$"}
    for language, pattern in wrong.items():
        tables = [block for block in blocks(invented.evaluation(), language) if isinstance(block, TableBlock)]
        cells = [str(cell) for table in tables for row in table.shown.to_numpy().tolist() for cell in row]
        assert [cell for cell in cells if re.match(pattern, cell)] == []


@dataclass(frozen=True)
class Saved:
    regions: pd.DataFrame
    frames: dict[str, pd.DataFrame]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_comparison_works_for_any_number_of_regions(n: int, language: str, tmp_path: object) -> None:
    levels = ("kota", "kabupaten", "kecamatan")
    for i in range(n):
        evaluation = invented.evaluation(slug=f"w{i}", name=f"Wilayah {i}", level=levels[i % 3])
        save_results(replace(evaluation, competency=None if i == 1 else evaluation.competency), str(tmp_path))
    results = load_results(str(tmp_path))
    shown = [block for part in COMPARED for block in part(results, Words(language))]
    assert any(isinstance(block, Picture) and block.key == "forest_output_percent" for block in shown)
    table = next(block for block in shown if isinstance(block, TableBlock) and block.key == "regions")
    assert len(table.frame) == n


def test_no_league_table_without_intervals(tmp_path: object) -> None:
    for i in range(3):
        save_results(invented.evaluation(slug=f"w{i}", name=f"Wilayah {i}"), str(tmp_path))
    results = load_results(str(tmp_path))
    for part in COMPARED:
        for block in part(results, Words("id")):
            if isinstance(block, TableBlock) and "estimate" in block.frame.columns:
                assert "interval" in block.frame.columns
                assert block.frame["region"].tolist() == sorted(block.frame["region"])
