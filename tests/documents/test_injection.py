"""A name from data is text in every format, whatever marks it holds."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mutasi_analysis.publish.documents.markdown import escaped, markdown_text
from mutasi_analysis.publish.documents.xlsx import xlsx_bytes
from tests.documents import sample

NAMES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "**tebal** _miring_ `kode` [tautan](https://example.org) ![g](x.png)",
    "# judul ## lagi | sel | --- ~~coret~~ ^1^ $x^2$ @kutipan",
    '#panic("x") #import "y" $ a $ <label> @ref \\ `raw` // komentar /* blok */',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://example.org","x")',
    "http://example.org/a b",
    "&amp; &lt;b&gt; ]]> <!-- x --> {{ 7*7 }} {% raw %}",
)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_holds_text_and_no_formula(name: str) -> None:
    made = xlsx_bytes(sample.document(name))
    parts = sample.parts_of(made)
    assert not [part for part, xml in parts.items() if part.startswith("xl/worksheets/sheet") and re.search(rb"<(\w+:)?f[ >]", xml)]
    assert not [part for part in parts if "externalLink" in part]
    assert b'TargetMode="External"' not in b"".join(parts.values())
    book = openpyxl.load_workbook(BytesIO(made))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value == " ".join(name.split())
    ]
    assert len(cells) >= 3
    assert {cell.data_type for cell in cells} == {"s"}
    if name.startswith(("=", "+", "-", "@")):
        assert all(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("name", NAMES)
def test_markdown_shows_the_name_letter_by_letter(name: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown_text(sample.document(name), "gambar"))
    inline = [child for token in tokens for child in token.children or []]
    assert not [token for token in tokens if token.type in ("html_block", "fence", "code_block")]
    assert not [child for child in inline if child.type in ("html_inline", "link_open", "code_inline", "s_open")]
    assert [child.attrs["src"] for child in inline if child.type == "image"] == ["gambar/01-kebutuhan.svg"]
    cells = [child.content for token in tokens if token.type == "inline" for child in [token]]
    shown = [
        "".join(c.content for c in token.children or [] if c.type in ("text", "text_special")) for token in tokens if token.type == "inline"
    ]
    assert len(cells) == len(shown)
    assert sum(text == " ".join(name.split()) for text in shown) >= 2


@given(st.text("-+=:.)( 12#*_`<>|~\\[]!&$ab", min_size=1, max_size=12).map(str.strip).filter(bool))
@example("---").via("a rule, or the underline of a heading")
@example("1)").via("a list")
def test_any_signs_are_one_paragraph_of_themselves(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"judul\n\n{escaped(text)}\n")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"] * 2
    assert "".join(child.content for child in tokens[4].children or []) == text


def test_numbers_stay_as_they_are() -> None:
    assert [escaped(text) for text in ("0.236", "+2.8", "-0.5", "1.234,5")] == ["0.236", "+2.8", "-0.5", "1.234,5"]


@pytest.mark.parametrize("name", ["http://evil.example/", "lihat https://evil.example/a?b=1", "www.evil.example", "ftp://evil.example/x"])
def test_an_address_is_no_link_for_viewers_that_make_links_of_addresses(name: str) -> None:
    pypandoc = pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    page = pypandoc.convert_text(markdown_text(sample.document(name), "gambar"), "html", format="gfm")
    bare = pypandoc.convert_text(name, "html", format="gfm")
    assert re.search(r"<a\s", bare) and not re.search(r"<a\s", page)
    assert squeezed(name) in squeezed(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize("name", NAMES)
def test_word_shows_the_name_letter_by_letter(name: str, tmp_path: Path) -> None:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes

    made = docx_bytes(sample.document(name), tmp_path)
    shown = " ".join(name.split())
    texts = sample.word_text(made)
    assert sum(text == shown for text in texts) >= 2
    assert any(text == f"{shown} kekurangan 3 orang." for text in texts)
    root = sample.xml_of(made, "word/document.xml")
    fields = [node.get(f"{sample.W}instr", "") for node in root.iter(f"{sample.W}fldSimple")]
    assert all(field.split()[0] == "SEQ" for field in fields)
    instructions = [node.text or "" for node in root.iter(f"{sample.W}instrText")]
    bookmarks = {node.get(f"{sample.W}name", "") for node in root.iter(f"{sample.W}bookmarkStart")}
    anchors = {node.get(f"{sample.W}anchor", "") for node in root.iter(f"{sample.W}hyperlink")} - {""}
    assert [text.split()[0] for text in instructions] == ["PAGEREF"] * len(instructions)
    assert instructions and {text.split()[1] for text in instructions} <= bookmarks
    assert anchors and anchors <= bookmarks  # however long the heading, its line in the contents leads to it
    targets = [
        node.get("Target", "") for node in sample.xml_of(made, "word/_rels/document.xml.rels") if node.get("TargetMode") == "External"
    ]
    assert targets == []
    descriptions = [node.get("descr") for node in root.iter() if node.tag.endswith("}docPr")]
    assert descriptions == [f"Alternatif {shown}"]


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_shows_the_name_letter_by_letter(name: str, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="the extra documents is not installed")
    from pypdf import PdfReader

    from mutasi_analysis.publish.documents.pdf import pdf_bytes

    made = pdf_bytes(sample.document(name), tmp_path)
    assert squeezed(name) in squeezed(sample.pdf_text(made))
    actions = [
        str(annotation.get_object().get("/A", {}).get("/URI", ""))
        for page in PdfReader(BytesIO(made)).pages
        for annotation in page.get("/Annots", [])
    ]
    assert [action for action in actions if action] == []
