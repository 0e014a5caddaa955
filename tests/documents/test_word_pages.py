"""How the pages of a Word file are filled: lying pages with a header of their own, notes beside their tables, figures where they fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from mutasi_analysis.publish.documents.content import Document, Figure, Grid, Heading, Text, build
from mutasi_analysis.publish.documents.flow import PAGE, SMALLEST, Placed, flowing, printed_height
from mutasi_analysis.publish.documents.widths import MARGIN, figure_aspect, figure_width, height
from tests.documents import sample
from tests.documents.sample import W

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
#: what a paragraph's properties hold, in the order of ISO/IEC 29500-1, 17.3.1.26 (those that occur)
_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs", "wordWrap", "spacing", "ind",
          "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr")  # fmt: skip


def _document(*blocks: dict[str, Any]) -> Document:
    about = ("Keadaan per 31 Desember 2025", "Dibuat 1 Januari 2026")
    return build(blocks, [], language="id", title="x", about=about, synthetic=True, made_at="2026-01-01T08:00:00+07:00")


@pytest.fixture(scope="module")
def docx(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A report with a wide, a narrow and again a wide table in the annex, and one with few rows."""
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes

    blocks = [
        sample.prose("# Evaluasi", "heading"), sample.prose("Keadaan pegawai per 31 Desember 2025. Kode 64.72."),
        sample.prose("## Rincian\n\n- butir satu\n- butir dua\n\nSesudahnya."),
        *(sample.table(f"nomor {n}", rows=60, columns=columns) for n, columns in enumerate((9, 3, 9), start=1)),
        sample.prose("## Akhir\n\nSatu kalimat sebelum tabel."), sample.table("pendek", rows=20),
    ]  # fmt: skip
    return docx_bytes(_document(*blocks), tmp_path_factory.mktemp("word"))


def _style(paragraph: Element) -> str:
    return next((node.get(f"{W}val") or "" for node in paragraph.iter(f"{W}pStyle")), "")


def _text(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def _running(docx: bytes) -> Iterator[tuple[bool, str, list[str | None], str]]:
    """Of every section: whether it lies, the kind of a running line, where its tabs end, its words."""
    targets = {node.get("Id"): node.get("Target") for node in sample.xml_of(docx, "word/_rels/document.xml.rels")}
    for section in sample.xml_of(docx, "word/document.xml").iter(f"{W}sectPr"):
        lies = next(section.iter(f"{W}pgSz")).get(f"{W}orient") == "landscape"
        for kind in ("header", "footer"):
            (reference,) = section.iter(f"{W}{kind}Reference")
            part = sample.xml_of(docx, f"word/{targets[reference.get(f'{_R}id')]}")
            tabs = [node.get(f"{W}pos") for node in part.iter(f"{W}tab") if node.get(f"{W}val") == "right"]
            yield lies, kind, tabs, _text(part)


def test_header_and_footer_of_lying_pages_end_at_their_right_margin(docx: bytes) -> None:
    found = list(_running(docx))
    assert [lies for lies, kind, _, _ in found if kind == "header"] == [False, True, False, True, False]
    for lies, kind, tabs, words in found:
        assert tabs == (["14286"] if lies else [])  # 16838 − 1418 − 1134; upright the style has 11906 − 1418 − 1134 = 9354
        assert ("DATA CONTOH" if kind == "header" else "Keadaan per 31 Desember 2025  ·  Dibuat 1 Januari 2026") in words
    for style in sample.xml_of(docx, "word/styles.xml").iter(f"{W}style"):
        if style.get(f"{W}styleId") in ("Header", "Footer"):
            assert [node.get(f"{W}pos") for node in style.iter(f"{W}tab")] == ["9354"]
    kinds = sample.parts_of(docx)["[Content_Types].xml"].decode()
    assert all(kinds.count(f"/word/{name}") == 1 for name in ("header1.xml", "header2.xml", "footer1.xml", "footer2.xml"))


def test_words_of_invented_data_are_bold_in_the_header(docx: bytes) -> None:
    for part in ("word/header1.xml", "word/header2.xml"):
        (run,) = [run for run in sample.xml_of(docx, part).iter(f"{W}r") if "DATA CONTOH" in _text(run)]
        assert list(run.iter(f"{W}b"))


def test_the_annex_keeps_the_order_of_numbers_and_the_text_names_the_table_once(docx: bytes) -> None:
    root = sample.xml_of(docx, "word/document.xml")
    captions = [_text(node) for node in root.iter(f"{W}p") if _style(node) == "TableCaption"]
    assert [caption.split(".")[0] for caption in captions] == ["Tabel 4", "Tabel 1", "Tabel 2", "Tabel 3"]
    pointers = [node for node in root.iter(f"{W}p") if _style(node) == "Pointer"]
    marks = {node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")}
    for number, pointer in enumerate(pointers, start=1):
        (link,) = pointer.iter(f"{W}hyperlink")
        assert _text(link) == f"Tabel {number}" and link.get(f"{W}anchor") in marks
        assert _text(pointer).lower().count("lampiran tabel") == 1


def test_rows_beside_head_and_note_stay_with_them_and_say_so_themselves(docx: bytes) -> None:
    tables = list(sample.xml_of(docx, "word/document.xml").iter(f"{W}tbl"))
    for table in tables:
        rows = list(table.iter(f"{W}tr"))[1:]
        kept = [all(list(node.iter(f"{W}keepNext")) for node in row.iter(f"{W}p")) for row in rows]
        # first and last but one keep a second row beside them, the last one keeps the note
        assert kept == [True, *[False] * (len(rows) - 3), True, True]


def test_the_line_about_numbers_behind_figures_ends_the_text_and_notes_are_not_parted(docx: bytes) -> None:
    root = sample.xml_of(docx, "word/document.xml")
    texts = [_text(node) for node in root.iter(f"{W}p")]
    behind = next(n for n, text in enumerate(texts) if text.startswith("Angka di balik"))
    headings = [n for n, text in enumerate(texts) if text == "Lampiran tabel"]
    assert behind < headings[-1] and "Angka di balik" not in "".join(texts[headings[-1] :])
    note = next(node for node in sample.xml_of(docx, "word/styles.xml").iter(f"{W}style") if node.get(f"{W}styleId") == "Note")
    assert list(note.iter(f"{W}keepLines"))


def test_a_sentence_between_heading_and_table_stays_with_both(docx: bytes) -> None:
    root = sample.xml_of(docx, "word/document.xml")
    assert [_text(node) for node in root.iter(f"{W}p") if _style(node) == "Lead"] == ["Satu kalimat sebelum tabel."]
    lead = next(node for node in sample.xml_of(docx, "word/styles.xml").iter(f"{W}style") if node.get(f"{W}styleId") == "Lead")
    assert list(lead.iter(f"{W}keepNext"))


@pytest.mark.parametrize(("sentences", "kept"), [(1, True), (6, False)])
def test_only_a_short_sentence_waits_for_the_page_of_its_figure(sentences: int, kept: bool, tmp_path: Path) -> None:
    """Some 40 letters a sentence: one line stays with the figure, four lines may end the page before; a table keeps both."""
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes

    told = "Satu kalimat pendek sebelum gambar ini. " * sentences
    blocks = [sample.prose("# Evaluasi", "heading"), sample.prose(f"## Rincian\n\n{told}"), sample.picture("x")]
    root = sample.xml_of(docx_bytes(_document(*blocks), tmp_path), "word/document.xml")
    assert [_style(node) for node in root.iter(f"{W}p") if _text(node).startswith("Satu kalimat")] == ["Lead" if kept else "FirstParagraph"]
    tabled = sample.xml_of(docx_bytes(_document(*blocks[:2], sample.table("pendek")), tmp_path), "word/document.xml")
    assert [_style(node) for node in tabled.iter(f"{W}p") if _text(node).startswith("Satu kalimat")] == ["Lead"]


def test_items_have_a_style_with_space_and_the_day_stands_once_on_the_title_page(docx: bytes) -> None:
    root = sample.xml_of(docx, "word/document.xml")
    items = [node for node in root.iter(f"{W}p") if list(node.iter(f"{W}numPr"))]
    assert items and all(_style(node) == "Compact" for node in items)
    assert [_text(node) for node in root.iter(f"{W}p") if _style(node) == "Facts"] == ["Dibuat 1 Januari 2026"]


def test_properties_of_paragraphs_are_in_the_order_that_word_asks_for(docx: bytes) -> None:
    for part in ("word/document.xml", "word/styles.xml", "word/header2.xml", "word/footer2.xml"):
        for properties in sample.xml_of(docx, part).iter(f"{W}pPr"):
            names = [node.tag.removeprefix(W) for node in properties]
            assert set(names) <= set(_ORDER), names
            assert names == sorted(names, key=_ORDER.index), part


def _fill(lines: int) -> dict[str, Any]:
    """A paragraph of about so many lines of 90 letters."""
    return sample.prose(("kata " * 18 * lines).strip())


def _flow(*blocks: dict[str, Any]) -> Sequence[Placed]:
    return flowing(_document(sample.prose("# Evaluasi", "heading"), sample.prose("## Rincian", "heading"), *blocks).body)


def _kinds(placed: Sequence[Placed]) -> list[type]:
    return [type(each.part) for each in placed]


def test_a_figure_stands_where_it_is_told_while_the_page_has_room() -> None:
    placed = _flow(_fill(10), sample.picture("satu"), _fill(3))
    assert _kinds(placed) == [Heading, Text, Figure, Text]
    (figure,) = [each for each in placed if isinstance(each.part, Figure)]
    assert isinstance(figure.part, Figure) and figure.width == figure_width(figure.part.svg)


def test_text_goes_before_a_figure_that_no_longer_fits_but_never_past_the_next_heading() -> None:
    assert _kinds(_flow(_fill(40), sample.picture("satu"), _fill(9), _fill(3))) == [Heading, Text, Text, Figure, Text]
    chapter = sample.prose("## Bab lain", "heading")
    assert _kinds(_flow(_fill(40), sample.picture("satu"), chapter, _fill(3))) == [Heading, Text, Figure, Heading, Text]


def test_a_figure_is_drawn_a_little_smaller_to_stand_on_the_page_and_no_part_is_lost_or_put_out_of_its_kind_s_order() -> None:
    widths = set()
    for lines in range(20, 50):
        pictures = [sample.picture(name) for name in ("satu", "dua", "tiga")]
        blocks = [_fill(lines), pictures[0], _fill(2), pictures[1], sample.table("x"), _fill(3), pictures[2]]
        told = _document(sample.prose("## Rincian", "heading"), *blocks).body
        placed = flowing(told)
        for kind in (Text, Figure, Grid, Heading):
            assert [each.part for each in placed if isinstance(each.part, kind)] == [part for part in told if isinstance(part, kind)]
        for each in placed:
            if isinstance(each.part, Figure):
                widths.add(round(each.width / figure_width(each.part.svg), 3))
    assert max(widths) == 1.0 and SMALLEST - 1e-3 <= min(widths) < 1.0


def test_the_estimate_of_a_page_counts_lines_of_text() -> None:
    (ten,) = _document(sample.prose("## R", "heading"), _fill(10)).body[1:]
    (twenty,) = _document(sample.prose("## R", "heading"), _fill(20)).body[1:]
    assert printed_height(twenty) - printed_height(ten) == pytest.approx(10 * 4.9)  # a line of 10.5 points at 1.15 × 1.15 is 4.9 mm
    (figure,) = _document(sample.prose("## R", "heading"), sample.picture("satu")).body[1:]
    assert isinstance(figure, Figure) and figure_width(figure.svg) * figure_aspect(figure.svg) < PAGE / 2


def test_in_libre_office_a_note_is_on_the_page_of_its_table(tmp_path: Path) -> None:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    import shutil

    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes
    from tests.documents.first_page import as_pdf, page_texts

    files = []
    for lines in range(40, 47):  # the table's foot comes near the page's foot at one of them
        blocks = [sample.prose("# Evaluasi", "heading"), sample.prose("## Rincian", "heading"), _fill(lines), sample.table("x", rows=6)]
        files.append(tmp_path / f"{lines}.docx")
        files[-1].write_bytes(docx_bytes(_document(*blocks), tmp_path / str(lines)))
    as_pdf(files, tmp_path)
    pages = [page_texts(path.with_suffix(".pdf").read_bytes()) for path in files]
    last = [next(n for n, text in enumerate(texts) if "Unit 5" in text) for texts in pages]
    note = [next(n for n, text in enumerate(texts) if "* = disembunyikan" in text) for texts in pages]
    assert note == last and len(set(last)) == 2  # both on the first and both on the next page occur


@pytest.mark.parametrize(("rows", "style"), [(54, "TableHeadSmall"), (60, "TableHead")])
def test_a_table_whose_last_rows_would_fill_no_page_is_set_smaller(rows: int, style: str, tmp_path: Path) -> None:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes

    blocks = [sample.prose("## Rincian", "heading"), sample.table("x", rows=60, columns=9), sample.table("y", rows=rows)]
    narrow = list(sample.xml_of(docx_bytes(_document(*blocks), tmp_path), "word/document.xml").iter(f"{W}tbl"))[1]
    # 54 rows of 4.5 mm, head and caption are a little over a page of 252 mm
    assert {_style(node) for node in next(narrow.iter(f"{W}tr")).iter(f"{W}p")} == {style}


def test_a_word_as_wide_as_its_column_takes_one_line() -> None:
    grid = _document(sample.prose("## R", "heading"), sample.table("x", rows=3)).grids[0]
    assert height(grid, tuple(max(len(row[n]) for row in grid.rows) + MARGIN for n in range(3))) == 3
