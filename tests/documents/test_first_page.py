"""Who reads only one page reads all of it on one page: question, answer, numbers, picture, next steps, what it does not show."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mutasi_analysis import pages
from mutasi_analysis.blocks import Picture, Prose, TableBlock
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.profile_file import QUESTIONS
from mutasi_analysis.publish.documents.content import Figure, Grid, Heading, Text
from mutasi_analysis.publish.documents.markdown import markdown_text
from mutasi_analysis.publish.documents.prose import Paragraph
from mutasi_analysis.publish.documents.widths import HIGHEST, LOWEST, figure_aspect, figure_width, picture_width
from mutasi_analysis.publish.html import PageFacts, report_page
from mutasi_analysis.wording import Words
from tests.documents import first_page
from tests.wording import invented

LANGUAGES = ("id", "en")
#: a question of three lines, and everything open that can be open: the longest box
LONG = "Apakah penataan mutasi meningkatkan kepuasan masyarakat terhadap pelayanan di semua kecamatan, dan mengapa? " * 3


def evaluation(question: str, *, long: bool = False) -> Evaluation:
    changes = {"performance": invented.performance("cannot_tell"), "service": invented.service("found"), "question_id": LONG}
    return invented.evaluation(question=question, **(changes if long else {"performance": invented.performance("found")}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_page_holds_its_six_things_in_order_in_every_format(question: str, language: str) -> None:
    words = Words(language)
    blocks = (*pages.answer(evaluation(question), words), *pages.main_numbers(evaluation(question), words))
    heading, asked, answer, numbers, picture, steps, beside = blocks
    assert isinstance(heading, Prose) and heading.role == "page" and heading.markdown == f"## {first_page.BEGINS[language]}"
    assert isinstance(asked, Prose) and asked.markdown.startswith("**Pertanyaan" if language == "id" else "**The question")
    assert isinstance(answer, Prose) and answer.role == "answer" and answer.markdown.startswith("**")
    assert isinstance(numbers, TableBlock) and len(numbers.frame) == 4 and numbers.shown["meaning"].str.len().min() > 20
    assert isinstance(picture, Picture) and float(picture.figure.get_size_inches()[1]) <= 2.8
    assert isinstance(steps, Prose) and words("section.next") in steps.markdown
    assert isinstance(beside, Prose) and beside.role == "warning" and first_page.BOX[language] in beside.markdown
    kinds = [type(part) for part in first_page.first_chapters(evaluation(question), language).first_page]
    assert kinds == [Heading, Text, Text, Grid, Figure, Heading, Text, Text]
    page = report_page(tuple(block.payload() for block in (*pages.opening(evaluation(question), words), *blocks)), PageFacts(language, "x"))
    assert page.count(words(f"ask.{question}")) == 1  # on screen the title page and the first page are one
    places = [
        page.index(text) for text in (f">{first_page.BEGINS[language]}<", 'class="answer"', "<table>", "<figure", first_page.BOX[language])
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_section_begins_and_ends_on_one_page_of_the_pdf(question: str, long: bool, language: str, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.pdf import pdf_bytes

    document = first_page.first_chapters(evaluation(question, long=long), language)
    texts = first_page.page_texts(pdf_bytes(document, tmp_path))
    assert first_page.extent(texts, language) == (2, 2, 3)  # behind the title page and the contents; then the next chapter


def test_the_section_begins_and_ends_on_one_page_of_the_word_file(tmp_path: Path) -> None:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes

    files = {}
    for question in QUESTIONS:
        for language, long in (("id", True), ("en", False)):
            name = f"{question}-{language}"
            document = first_page.first_chapters(evaluation(question, long=long), language)
            (tmp_path / f"{name}.docx").write_bytes(docx_bytes(document, tmp_path / name))
            files[name] = language
    first_page.as_pdf([tmp_path / f"{name}.docx" for name in files], tmp_path)
    found = {
        name: first_page.extent(first_page.page_texts((tmp_path / f"{name}.pdf").read_bytes()), language)
        for name, language in files.items()
    }
    assert found == dict.fromkeys(files, (2, 2, 3))


def test_the_picture_of_a_word_file_is_lower_the_more_stands_beside_it() -> None:
    parts = first_page.first_chapters(evaluation("service", long=True), "id").first_page
    figure = next(part for part in parts if isinstance(part, Figure))
    answer = next(part for part in parts if isinstance(part, Text) and part.role == "answer")
    heights = [picture_width((*parts, *[answer] * more), figure) * figure_aspect(figure.svg) for more in range(4)]
    assert HIGHEST >= heights[0] >= 42 > heights[-1] >= LOWEST - 1e-9 and heights == sorted(heights, reverse=True)
    labels = 42 / (figure_aspect(figure.svg) * figure_width(figure.svg))
    assert labels > 0.8  # as high as that its labels are no smaller than those of a figure that was made smaller elsewhere


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "![g](http://a.example/x.png)", "#set page(fill: red)", "*a* _b_ `c` $d$"])
def test_a_question_of_the_region_is_text_on_the_page(text: str) -> None:
    asked = replace(evaluation("service"), question_id=text)
    blocks = [block.payload() for block in pages.answer(asked, Words("id"))]
    page = report_page(tuple(blocks), PageFacts("id", "x"))
    assert "<script>" not in page and "<img" not in page and "<em>" not in page
    document = first_page.first_chapters(asked, "id")
    for parts in (document.front, document.first_page):
        nodes = [node for part in parts if isinstance(part, Text) for node in part.nodes if isinstance(node, Paragraph)]
        assert f"Pertanyaan kabupaten ini: {text}" in [node.text for node in nodes]
    code = markdown_text(document, "gambar")
    assert "<script>" not in code and "![g]" not in code
