"""The page: nothing is fetched, everything from data is text, headings and pictures are in order."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from mutasi_analysis.blocks import MIME
from mutasi_analysis.publish.collect import answer_of, collect
from mutasi_analysis.publish.html import PageFacts, report_page
from mutasi_analysis.publish.text import Outline, first_sentences, list_items, markdown_html

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


class _Page(HTMLParser):
    """Elements with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def prose(markdown: str, role: str = "text") -> dict[str, Any]:
    return {"kind": "prose", "role": role, "markdown": markdown}


def table(text: str = "x", **changes: Any) -> dict[str, Any]:
    columns = [{"name": "a", "label": text, "unit": text, "numeric": False}, {"name": "b", "label": "n", "unit": "", "numeric": True}]
    return {
        "kind": "table",
        "key": "t",
        "caption": text,
        "note": text,
        "folded": False,
        "columns": columns,
        "rows": [[text, "1"]],
        **changes,
    }


def picture(text: str = "x") -> dict[str, Any]:
    words = {"title": text, "caption": text, "alt": text}
    return {"kind": "picture", "key": "p", **words, "svg_base64": "PHN2Zy8+", "table": table(text)}


def page(*blocks: dict[str, Any], **facts: Any) -> str:
    return report_page(blocks, PageFacts(**{"language": "id", "title": "Judul", **facts}))


def test_everything_from_data_is_text() -> None:
    blocks = [prose(EVIL), prose(EVIL, "answer"), prose(f"## {EVIL}", "heading"), table(EVIL), table(EVIL, folded=True), picture(EVIL)]
    found = _Page(page(*blocks, title=EVIL, about=(EVIL,)))
    assert found.all("script") == []
    assert [name for _, attributes in found.elements for name in attributes if name.startswith("on")] == []
    assert {image["src"] for image in found.all("img")} == {"data:image/svg+xml;base64,PHN2Zy8+"}


def test_nothing_is_fetched() -> None:
    text = "![x](https://example.org/a.png) [link](https://example.org) [bad](javascript:alert(1)) <https://example.org>"
    found = _Page(page(prose(text), prose(text, "warning"), table("https://example.org"), picture()))
    fetched = [value for tag, a in found.elements for name, value in a.items() if name in ("src", "srcset", "data", "poster", "action")]
    assert all(value and value.startswith("data:") for value in fetched)
    assert [link["href"] for link in found.all("link")] == ["data:,"]
    assert not [a for a in found.all("a") if str(a["href"]).startswith("javascript")]
    assert "@import" not in page() and "url(" not in page()
    policy = next(meta["content"] for meta in found.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def test_one_h1_no_level_jumped_and_every_anchor_unique() -> None:
    found = _Page(page(prose("# Satu"), prose("# Dua"), prose("#### Jauh"), prose("## Dua"), prose("Tanpa pagar", "heading")))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels == [1, 2, 3, 2, 2]
    anchors = [a["id"] for tag, a in found.elements if re.fullmatch(r"h[2-6]", tag)]
    assert anchors == ["dua", "jauh", "dua-2", "tanpa-pagar"]
    targets = [a["href"] for a in found.all("a")]
    assert targets == ["#isi", "#dua", "#jauh", "#dua-2", "#tanpa-pagar"]
    assert "<h1>Satu</h1>" in page(prose("# Satu"), prose("x"))
    assert "<h1>Judul</h1>" in page(prose("x"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_language_pictures_and_tables_are_described(language: str) -> None:
    found = _Page(page(picture("Garis turun"), table("Pegawai"), language=language))
    assert found.all("html") == [{"lang": language}]
    assert [image["alt"] for image in found.all("img")] == ["Garis turun"]
    assert len(found.all("caption")) == len(found.all("table")) == 2
    assert {header["scope"] for header in found.all("th")} == {"col", "row"}
    assert len(found.all("details")) == 1


def test_long_tables_are_folded_and_demonstration_data_is_named() -> None:
    text = page(table("Panjang", folded=True), synthetic=True)
    assert '<details class="folded"' in text
    assert "DATA CONTOH (SINTETIS)" in text
    assert "DATA CONTOH" not in page(table("Panjang"))


def test_pieces_of_the_answer_share_one_box() -> None:
    text = page(prose("Satu.", "answer"), prose("- dua", "answer"), prose("tiga", "warning"))
    assert text.count('<section class="answer"') == 1


def test_values_stay_with_their_letters_on_the_page_too() -> None:
    shown = page(prose("smallest p = 0.774; n = 453 (I² 61%)"), table("n = 12"))
    assert all(bound in shown for bound in ("p\u00a0=\u00a00.774", "n\u00a0=\u00a0453", "I²\u00a061%", "n\u00a0=\u00a012"))


def test_an_unknown_kind_of_block_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="unknown kind of block 'film'; known: prose, picture, table"):
        page({"kind": "film"})


def test_collect_takes_blocks_and_markdown_and_counts_the_rest() -> None:
    shown = new_output("display_data", data={MIME: prose("satu", "answer"), "text/plain": "satu"})  # type: ignore[no-untyped-call]
    other = new_output("execute_result", data={"text/html": "<b>x</b>"}, execution_count=1)  # type: ignore[no-untyped-call]
    cells = [
        new_markdown_cell("# Judul"),  # type: ignore[no-untyped-call]
        new_markdown_cell("hanya di buku", metadata={"tags": ["notebook-only"]}),  # type: ignore[no-untyped-call]
        new_code_cell("x", outputs=[shown, other]),  # type: ignore[no-untyped-call]
    ]
    notebook: nbformat.NotebookNode = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    found = collect(notebook)
    assert [block["markdown"] for block in found.blocks] == ["# Judul", "satu"]
    assert found.unshown == 1


def test_an_empty_cell_is_a_dash_as_in_the_workbook() -> None:
    assert '<td class="number">–</td>' in page(table("x", rows=[["x", ""]]))


def test_the_answer_in_one_line() -> None:
    markdown = "Naik **2,5** poin dari 1.234. Sisanya tidak.\n\n- Beban: lebih seimbang.\n- IKM: `naik`."
    assert first_sentences(markdown, least=10) == "Naik 2,5 poin dari 1.234."
    assert first_sentences(markdown, least=40) == "Naik 2,5 poin dari 1.234. Sisanya tidak."
    assert first_sentences("- hanya daftar") == ""
    assert list_items(markdown) == ("Beban: lebih seimbang.", "IKM: naik.")
    answer = answer_of((prose("bukan"), prose("- hanya daftar", "answer"), prose(markdown, "answer")))
    assert answer.sentence == "Naik 2,5 poin dari 1.234. Sisanya tidak."
    assert answer.verdicts == ("hanya daftar", "Beban: lebih seimbang.", "IKM: naik.")
    long = f"{'Satu wilayah berubah, ' * 6}titik. Gabungannya +2,8 poin.\n\nSisanya di sini."
    assert not answer_of((prose(long, "answer"),)).sentence.endswith("+2,8 poin.")
    assert answer_of((prose(long, "answer"),), whole=True).sentence.endswith("titik. Gabungannya +2,8 poin.")


def test_tables_in_markdown_have_scopes_and_scroll() -> None:
    found = markdown_html("| a | b |\n|---|---|\n| 1 | 2 |", Outline())
    assert found.startswith('<div class="wide"><table>')
    assert found.count('<th scope="col">') == 2


def test_official_titles_of_laws_are_marked_as_indonesian_in_an_english_page() -> None:
    law = "Permenkes 33/2015, Pedoman Penyusunan Perencanaan Kebutuhan SDM Kesehatan (ABK-Kes), <available> working time"
    norms = {"kind": "table", "key": "norms", "caption": "Laws", "note": "", "folded": False,
             "columns": [{"name": "a", "label": "Reference", "unit": "", "numeric": False}], "rows": [[law], ["<b>x</b>"]]}  # fmt: skip
    page = report_page((norms,), PageFacts("en", "x"))
    assert '33/2015, <span lang="id">Pedoman Penyusunan Perencanaan Kebutuhan SDM Kesehatan</span> (ABK-Kes), &lt;available&gt;' in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert '<span lang="id">' not in report_page((norms,), PageFacts("id", "x"))
