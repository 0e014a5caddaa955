"""Word, PDF, workbook and Markdown of one document: structure, words of the language, the same bytes twice."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mutasi_analysis.publish.documents import FORMATS, missing_sentence, write_documents
from mutasi_analysis.publish.documents.cells import number_format, shown_number
from mutasi_analysis.publish.documents.content import Grid, Pointer
from mutasi_analysis.publish.documents.prose import Run
from mutasi_analysis.publish.documents.widths import column_widths, figure_width
from mutasi_analysis.publish.documents.xlsx import xlsx_bytes
from tests.attack.outputs import alternatives
from tests.documents import sample
from tests.documents.sample import W, document


@pytest.fixture(scope="module")
def docx(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes

    return docx_bytes(document(rows=60, columns=9), tmp_path_factory.mktemp("docx"))


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    pytest.importorskip("typst", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.pdf import pdf_bytes

    return pdf_bytes(document(rows=120), tmp_path_factory.mktemp("pdf"))


def test_word_has_headings_tables_with_repeated_heads_captions_and_alternative_texts(docx: bytes) -> None:
    root = sample.xml_of(docx, "word/document.xml")
    styles = [node.get(f"{W}val") for node in root.iter(f"{W}pStyle")]
    assert styles.count("Heading1") == 4  # Jawaban, Rincian, annex, appendix
    assert styles.count("TableCaption") == 2 and styles.count("BriefImageCaption") == 1
    tables = list(root.iter(f"{W}tbl"))
    assert [len(list(table.iter(f"{W}tblHeader"))) for table in tables] == [1, 1]
    assert [node.get("descr") for node in root.iter() if node.tag.endswith("}docPr")] == ["Alternatif Dinas Satu"]
    assert sum(len(list(table.iter(f"{W}tr"))) for table in tables) == 61 + 4


def test_the_contents_in_word_have_a_page_field_each_and_nothing_that_asks_at_opening(docx: bytes) -> None:
    root = sample.xml_of(docx, "word/document.xml")
    lines = [node for node in root.iter(f"{W}p") if any((n.get(f"{W}val") or "").startswith("TOC") for n in node.iter(f"{W}pStyle"))]
    entries = [line for line in lines if list(line.iter(f"{W}hyperlink"))]
    assert len(entries) >= 4  # Jawaban, Rincian, annex, appendix
    for entry in entries:
        (link,) = entry.iter(f"{W}hyperlink")
        assert [(n.text or "").split() for n in entry.iter(f"{W}instrText")] == [["PAGEREF", link.get(f"{W}anchor"), "\\h"]]
        assert [n.get(f"{W}fldCharType") for n in entry.iter(f"{W}fldChar")] == ["begin", "separate", "end"]
    assert not [n for n in root.iter() if n.get(f"{W}dirty")]
    assert not list(sample.xml_of(docx, "word/settings.xml").iter(f"{W}updateFields"))


def test_word_pages_are_a4_and_the_wide_annex_lies(docx: bytes) -> None:
    sizes = [(int(n.get(f"{W}w", 0)), int(n.get(f"{W}h", 0))) for n in sample.xml_of(docx, "word/document.xml").iter(f"{W}pgSz")]
    assert sizes == [(11906, 16838), (16838, 11906), (11906, 16838)]  # 210 × 297 mm in twentieths of a point


@pytest.mark.parametrize(("language", "spelling"), [("id", "id-ID"), ("en", "en-GB")])
def test_word_checks_the_spelling_in_the_language_of_the_report(language: str, spelling: str, tmp_path: Path) -> None:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents.docx import docx_bytes

    made = docx_bytes(document(language=language), tmp_path)
    tongue = next(sample.xml_of(made, "word/styles.xml").iter(f"{W}lang"))
    assert tongue.get(f"{W}val") == spelling
    running = "".join(node.text or "" for node in sample.xml_of(made, "word/header1.xml").iter(f"{W}t"))
    assert running.startswith("Evaluasi Dinas Satu")


def test_pdf_is_tagged_titled_and_in_the_language_with_alternative_texts(pdf: bytes) -> None:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdf))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] is True or str(catalogue["/MarkInfo"]["/Marked"]) == "True"
    assert str(catalogue["/Lang"]).startswith("id")
    assert reader.metadata is not None and reader.metadata.title == "Evaluasi Dinas Satu"
    assert "pdfuaid" in catalogue["/Metadata"].get_data().decode()
    assert "Alternatif Dinas Satu" in alternatives(catalogue["/StructTreeRoot"])


def test_pdf_repeats_the_head_of_a_long_table_and_says_where_it_is(pdf: bytes) -> None:
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    holding = [
        number for number, text in enumerate(pages, start=1) if re.search(r"Unit \d+ ", text.replace("\n", " ")) and "Kebutuhan" in text
    ]
    assert len(holding) >= 2
    told = re.search(r"halaman\s+(\d+)", " ".join(pages))
    assert told is not None
    annex = next(number for number, text in enumerate(pages, start=1) if number > 2 and "Lampiran tabel" in text and "Unit 1" in text)
    assert int(told[1]) == annex
    assert all(f"Halaman {number} dari {len(pages)}" in text for number, text in enumerate(pages, start=1) if number > 1)


def test_workbook_has_one_marked_table_a_sheet_its_title_in_a1_and_no_blank_cell() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(document())))
    assert book.sheetnames == ["Isi", "Catatan", "Tabel 1", "Tabel 2", "Gambar 1"]
    for sheet in book:
        assert isinstance(sheet["A1"].value, str) and len(sheet.tables) == 1
        assert not sheet.merged_cells.ranges
        table = next(iter(sheet.tables.values()))
        assert table.autoFilter is not None
        assert [cell for row in sheet[table.ref] for cell in row if cell.value in (None, "")] == []
    units = book["Tabel 1"]
    assert units["A1"].value == "Tabel 1. Beban kerja Dinas Satu"
    assert units.freeze_panes == "B6"
    assert [cell.value for cell in units[5]] == ["Unit", "Kebutuhan (orang)", "Selisih (orang)"]
    assert [cell.value for cell in units[6]] == ["Dinas Satu", 1234.5, 2]
    assert [cell.value for cell in units[7]] == ["Unit 1", 1234.5, "*"]
    assert units["B6"].number_format == "[$-421]#,##0.0"


@pytest.mark.parametrize("synthetic", [True, False])
def test_every_sheet_and_every_printed_page_of_a_synthetic_workbook_says_so(synthetic: bool) -> None:
    """A sheet that is copied out of its workbook still says that nobody in it is real."""
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(dataclasses.replace(document(), synthetic=synthetic))))
    for sheet in book:
        assert str(sheet["A2"].value).startswith("DATA CONTOH (SINTETIS)") is synthetic, sheet.title
        assert ("DATA CONTOH (SINTETIS)" in (sheet.oddHeader.right.text or "")) is synthetic, sheet.title


def test_words_of_a_note_with_hyphens_stay_whole_and_names_of_tables_speak_the_language() -> None:
    made = document(language="en")
    grid = dataclasses.replace(made.grids[0], note=(Run(" ".join(["difference-in-differences"] * 20)),))
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(dataclasses.replace(made, body=(grid,), annex=(), front=(), appendix=()))))
    words = {word for row in book["Table 1"].iter_rows(max_col=1, values_only=True) for word in str(row[0]).split() if "difference" in word}
    assert words == {"difference-in-differences"}
    assert [next(iter(sheet.tables)) for sheet in book.worksheets[:2]] == ["contents", "notes"]


def test_a_long_note_stands_in_rows_above_the_head_and_never_runs_past_the_table() -> None:
    made = document()
    note = " ".join(f"kata{number}" for number in range(60))  # 60 words, 4 to 6 letters and a space each: about 400 characters
    grid = dataclasses.replace(made.grids[0], note=(Run(note),))
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(dataclasses.replace(made, body=(grid,), annex=(), front=(), appendix=()))))
    sheet = book["Tabel 1"]
    head = int("".join(filter(str.isdigit, next(iter(sheet.tables.values())).ref.split(":")[0])))
    lines = [str(sheet.cell(row, 1).value) for row in range(3, head - 1)]
    assert " ".join(lines) == note and len(lines) > 1
    assert max(map(len, lines)) <= max(100, sum(sheet.column_dimensions[letter].width for letter in "ABC"))
    assert sheet.freeze_panes == f"B{head + 1}"


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.234,5", "id", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("−0,07", "id", -0.07),
        ("+4", "en", 4.0),
        ("12,5%", "id", 0.125),
        ("2025", "id", 2025.0),
    ],
)
def test_shown_numbers_are_read_back(text: str, language: str, value: float) -> None:
    number = shown_number(text, language)
    assert number is not None and number.value == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("text", ["*", "–", "< 5", "1,2 sampai 3,4", "12.34", "", "1.2345"])
def test_what_is_no_number_in_indonesian_stays_text(text: str) -> None:
    assert shown_number(text, "id") is None


def test_formats_show_decimals_signs_and_percent() -> None:
    shapes = {text: number_format(number, "id") for text in ("1.234", "0,125", "+1,5", "12,5%") if (number := shown_number(text, "id"))}
    assert shapes == {
        "1.234": "[$-421]#,##0", "0,125": "[$-421]#,##0.000",
        "+1,5": "[$-421]+#,##0.0;[$-421]-#,##0.0;[$-421]#,##0.0", "12,5%": "[$-421]#,##0.0%",
    }  # fmt: skip


def test_long_tables_stand_in_the_annex_and_numbers_agree() -> None:
    made = document(rows=60)
    assert [grid.number for grid in made.annex] == [1]
    assert [part.grid.number for part in made.body if isinstance(part, Pointer)] == [1]
    assert [grid.number for grid in made.grids] == [1, 2]


def test_columns_fit_the_page_and_numbers_are_not_broken() -> None:
    grid = next(part for part in document().body if isinstance(part, Grid))
    widths = column_widths(grid, 60.0)
    assert sum(widths) <= 60.0
    assert widths[1] >= len("Kebutuhan")
    assert figure_width(b'<svg viewBox="0 0 100 300">') == 112.0  # tall: the narrowest that can be read
    assert figure_width(b'<svg viewBox="0 0 300 100">') == 138.0  # flat: the widest


def test_the_same_report_gives_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    pytest.importorskip("typst", reason="the extra documents is not installed")
    contents = []
    for attempt in ("a", "b"):
        folder = tmp_path / attempt
        folder.mkdir()
        made = write_documents(document(rows=60), FORMATS, folder, "laporan-x", tmp_path / f"work-{attempt}")
        assert made.formats == ("pdf", "docx", "xlsx", "md") and made.warnings == ()
        contents.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert contents[0] == contents[1]
    assert sorted(contents[0]) == [f"laporan-x{end}" for end in ("-gambar/01-kebutuhan.svg", ".docx", ".md", ".pdf", ".xlsx")]


def test_without_the_extra_one_sentence_and_the_other_formats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name in ("typst", "pypandoc") else real(name, *rest))
    made = write_documents(document(), FORMATS, tmp_path, "laporan-x", tmp_path / "work")
    assert made.formats == ("xlsx", "md")
    assert made.warnings == (missing_sentence(("pdf", "docx")),)
    assert "mutasi-analysis[documents]" in made.warnings[0] and made.warnings[0].startswith("PDF dan DOCX tidak dibuat")


def test_a_format_that_fails_takes_no_other_with_it_and_tells_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("Budi Santoso")

    monkeypatch.setattr("mutasi_analysis.publish.documents.xlsx.xlsx_bytes", broken)
    made = write_documents(document(), ("xlsx", "md"), tmp_path, "laporan-x", tmp_path / "work")
    assert made.formats == ("md",)
    assert made.warnings == ("XLSX gagal dibuat (ValueError)",)
    assert len(list(tmp_path.glob("*.xlsx"))) == 0
