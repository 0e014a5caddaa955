"""Pages of the PDF: figures stay in their section and order, tables are parted between rows, little of a page stays empty."""

from __future__ import annotations

import itertools
import random
import re
from io import BytesIO
from pathlib import Path

import pytest

from mutasi_analysis.publish.documents.arrange import ROWS, WHOLE, Part, Placed, arrangement
from mutasi_analysis.publish.documents.arrangement import pieces_of
from mutasi_analysis.publish.documents.content import Document, build
from mutasi_analysis.publish.documents.glyphs import unbroken
from tests.documents import sample

PAGE = 700.0
HEADING = Part("heading", 20, 10, (15.0,))
FIGURE = Part("figure", 15, 15, (320.0,), image=250.0)


def text(lines: int) -> Part:
    return Part("text", 10, 10, (8.0 + 14.0 * (lines - 1),), line=8.0, pitch=14.0)


def table(rows: int, *, low: bool = False) -> Part:
    return Part("table", 15, 15, (14.0,) * rows, heads=(40.0, 40.0), note=12.0, low=low)


def random_parts(seed: int) -> list[Part]:
    draw = random.Random(seed)
    kinds = [lambda: HEADING, lambda: text(draw.randint(1, 12)), lambda: FIGURE, lambda: table(draw.randint(1, 70))]
    return [HEADING, *(draw.choices(kinds, (2, 5, 3, 3))[0]() for _ in range(40))]


def sections(parts: list[Part], numbers: list[int]) -> list[set[int]]:
    """The numbers between each two runs of headings."""
    found: list[set[int]] = [set()]
    for number in numbers:
        if parts[number].kind == "heading":
            found.append(set())
        else:
            found[-1].add(number)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_every_part_stands_once_in_its_section_and_its_kind_keeps_its_order(seed: int) -> None:
    parts = random_parts(seed)
    steps = arrangement(parts, PAGE)
    numbers = [number for number, _ in itertools.groupby(step.number for step in steps)]
    assert sorted(numbers) == list(range(len(parts)))
    assert sections(parts, numbers) == sections(parts, list(range(len(parts))))
    for figures in (True, False):
        own = [number for number in numbers if (parts[number].kind == "figure") == figures]
        assert own == sorted(own)


@pytest.mark.parametrize("seed", range(12))
def test_the_pieces_of_a_table_hold_each_row_once_and_none_alone(seed: int) -> None:
    parts = random_parts(seed)
    for number, steps in itertools.groupby(arrangement(parts, PAGE), key=lambda step: step.number):
        rows = [step.rows for step in steps if step.rows]
        if rows:
            assert rows[0][0] == 0 and rows[-1][1] == len(parts[number].heights)
            assert all(one[1] == other[0] for one, other in itertools.pairwise(rows))
            assert min(end - first for first, end in rows) >= ROWS


def test_text_behind_a_figure_that_does_not_fit_stands_before_it() -> None:
    """400 of 700 points are full: the figure of 320 does not fit, at 0.85 of its size it still needs 320 - 37.5 + 15 = 297.5."""
    parts = [HEADING, text(28), FIGURE, text(8), text(8)]
    assert [step.number for step in arrangement(parts, PAGE)] in ([0, 1, 3, 2, 4], [0, 1, 3, 4, 2])


def test_a_figure_stays_behind_the_text_that_introduces_it_for_a_small_gap() -> None:
    """26 lines in two texts are in front of the figure of the second: the figure first would fill the page, in order it ends early."""
    order = [step.number for step in arrangement([HEADING, text(12), text(14), FIGURE, text(30)], PAGE)]
    assert order.index(2) < order.index(3)


def test_a_short_table_that_fits_a_page_is_whole() -> None:
    """Rows of 35 points below 28 lines: a table of 8 rows (332) leaves four tenths of the page empty, and yet is not parted."""
    for rows in (WHOLE, WHOLE + 1):
        high = Part("table", 15, 15, (35.0,) * rows, heads=(40.0, 40.0), note=12.0, low=True)
        pieces = [step.rows for step in arrangement([HEADING, text(28), high, text(30)], PAGE) if step.number == 2]
        assert (pieces == [None]) == (rows == WHOLE)


def test_a_figure_gets_a_little_smaller_where_it_then_fits() -> None:
    """15 + 10 + 8 + 14 × 24 = 369 points, the space of 15 and the figure of 320 make 704: 0.9 of the drawing (250) saves 25."""
    steps = arrangement([HEADING, text(25), FIGURE], PAGE)
    assert steps[-1].number == 2 and 0.85 <= steps[-1].size < 1.0


def test_a_row_higher_than_a_page_goes_on_by_itself() -> None:
    assert arrangement([Part("table", 15, 15, (900.0,), heads=(40.0, 40.0))], PAGE) == (Placed(0, loose=True),)


def test_a_list_stays_with_the_line_that_announces_it() -> None:
    def line(words: str) -> dict[str, object]:
        return {"kind": "paragraph", "runs": [{"text": words}]}

    items = {"kind": "list", "ordered": False, "items": []}
    parts = pieces_of({"kind": "text", "role": "text", "nodes": [line("Satu."), line("Langkah:"), items, line("Dua.")]})
    assert [len(part["nodes"]) for part in parts] == [1, 2, 1]


def test_a_letter_and_its_value_stand_on_one_line() -> None:
    assert unbroken("hasil (n = 537; p < 0,001) dan CMA = 3") == "hasil (n\u00a0=\u00a0537; p\u00a0<\u00a00,001) dan CMA = 3"


def _document(paragraphs: int) -> Document:
    filling = ["Kalimat pengisi halaman yang cukup panjang untuk satu baris atau lebih. " * 3] * paragraphs
    blocks = [
        sample.prose("## Pertama", "heading"), *(sample.prose(line) for line in filling), sample.picture("satu"),
        sample.prose("## Kedua", "heading"), *(sample.prose(line) for line in filling), sample.table("Dinas", rows=30),
        sample.picture("dua"), sample.prose("Sesudahnya."),
    ]  # fmt: skip
    words = {"language": "id", "title": "x", "about": ("Dibuat",), "synthetic": False, "made_at": "2026-01-01T08:00:00+07:00"}
    return build(blocks, [], **words)  # type: ignore[arg-type]


@pytest.mark.parametrize("paragraphs", [4, 7, 9, 11])
def test_no_figure_leaves_its_section_and_a_parted_table_says_that_it_goes_on(paragraphs: int, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="the extra documents is not installed")
    from pypdf import PdfReader

    from mutasi_analysis.publish.documents.pdf import pdf_bytes

    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf_bytes(_document(paragraphs), tmp_path))).pages][2:]
    told = " ".join("\n".join(pages).split())
    places = [told.index(words) for words in ("Pertama", "Temuan satu", "Kedua", "Temuan dua")]
    assert places == sorted(places)
    holding = [page for page in pages if re.search(r"Unit \d+ ", page)]
    assert all(len(re.findall(r"^Unit \d+ ", page, re.MULTILINE)) >= ROWS - 1 for page in holding)
    assert ["(lanjutan)" in page for page in holding] == [False, *[True] * (len(holding) - 1)]
    assert all("Kebutuhan" in page for page in holding)


def test_an_interval_stands_on_one_line_and_its_words_without_end_do_not() -> None:
    column = {"name": "ci", "label": "Selang", "unit": "", "numeric": False, "kind": "interval"}
    cells = ["−3,7 sampai −0,4", "tanpa batas bawah dan atas (unit sedikit)"]
    block = {"kind": "table", "key": "x", "caption": "x", "note": "", "columns": [column], "rows": [[cell] for cell in cells]}
    words = {"language": "id", "title": "x", "about": (), "synthetic": False, "made_at": "2026-01-01T08:00:00+07:00"}
    (grid,) = build([sample.prose("## x", "heading"), block], [], **words).grids  # type: ignore[arg-type]
    assert grid.rows == (("−3,7\u00a0sampai\u00a0−0,4",), (cells[1],))


@pytest.mark.parametrize(("columns", "rows"), [(3, 60), (9, 60)])
def test_the_appendix_follows_an_upright_annex_on_its_page_and_a_lying_one_on_the_next(columns: int, rows: int) -> None:
    from mutasi_analysis.publish.documents.pdf import document_values

    values = document_values(sample.document(rows=rows, columns=columns))
    kinds = [[part["kind"] for part in group] for group in values["annex"]]
    upright = columns == 3
    assert kinds == [["heading", "table", "heading", "table"] if upright else ["heading", "table"]]
    assert bool(values["appendix"]) is not upright
