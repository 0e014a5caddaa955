"""Letters of any script in a name: every format is made; the PDF shows a box where its fonts have no letter."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from mutasi_analysis.publish.documents.content import Column, Grid
from mutasi_analysis.publish.documents.glyphs import BOX, KNOWN, SIGNS, boxed, hyphened, unbroken, without_controls
from mutasi_analysis.publish.documents.markdown import markdown_text
from mutasi_analysis.publish.documents.widths import least_width
from mutasi_analysis.publish.documents.xlsx import xlsx_bytes
from tests.documents import sample

#: name → what the PDF shows of it
NAMES = {
    "Dinas 中文 Ünïcödé": "Dinas □□ Ünïcödé",
    "Kantor ꦗꦮ": "Kantor □□",
    "โรงเรียน 1": "□□□□□□□□ 1",
    "Pos 📍 Kota": "Pos □ Kota",
    "Ａ lebar penuh": "□ lebar penuh",
    "Ω ≥ Ж — ✓": "Ω ≥ Ж — ✓",
    "\ufeffSD Negeri\x01 7": "SD Negeri 7",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_is_made_whatever_script_a_name_is_in(name: str, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.pdf import pdf_bytes

    shown = sample.pdf_text(pdf_bytes(sample.document(name), tmp_path))
    assert "".join(NAMES[name].split()) in "".join(shown.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_other_formats_keep_every_letter(name: str, tmp_path: Path) -> None:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes

    letters = " ".join(without_controls(name).split())
    document = sample.document(name)
    assert any(letters in without_controls(text) for text in sample.word_text(docx_bytes(document, tmp_path)))
    assert letters in without_controls(markdown_text(document, "gambar"))
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(document)))
    values = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(letters in without_controls(value) for value in values)


@pytest.mark.parametrize(
    ("told", "bound"),
    [
        ("(p = 0.774)", "(p~=~0.774)"),
        ("(p\u00a0= 0,774)", "(p~=~0,774)"),
        ("n = orang; p < 0,001", "n~=~orang; p~<~0,001"),
        ("(I² 61%, uji Q", "(I²~61%, uji Q"),
        ("kebutuhan = beban, a = b", "kebutuhan = beban, a = b"),
    ],
)
def test_a_value_stays_on_the_line_of_its_letter(told: str, bound: str) -> None:
    assert unbroken(told).replace("\u00a0", "~") == bound


def test_p_value_is_one_word_in_print_and_in_nothing_else() -> None:
    assert hyphened("p-value, P-values, up-value, p-values") == "p\u2011value, P\u2011values, up-value, p\u2011values"
    assert unbroken("p-value") == "p-value"


def test_a_column_is_wide_enough_for_p_value_where_a_file_keeps_the_usual_hyphen() -> None:
    whole, parted = (least_width(Grid(1, "t", "", (), (Column(head, "", True, ""),), (("1",),))) for head in ("p-value", "uji-value"))
    assert whole > parted  # the latter may be parted at its hyphen


def test_every_sign_that_is_not_boxed_has_a_glyph(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst", reason="the extra documents is not installed")
    signs = [chr(place) for first, last in KNOWN for place in range(first, last + 1)] + sorted(SIGNS)
    text = "".join(sign for sign in signs if unicodedata.category(sign) != "Cn")
    assert boxed(text) == text and boxed("中") == BOX
    source = tmp_path / "signs.typ"
    (tmp_path / "signs.txt").write_text(text, encoding="utf-8")
    head = '#set document(title: "signs")\n#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), lang: "id")\n'
    source.write_text(head + '#read("signs.txt")\n', encoding="utf-8")
    assert typst.compile(source, root=tmp_path, format="pdf", ignore_system_fonts=True, pdf_standards=["ua-1"])
