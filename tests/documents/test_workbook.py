"""What the cells of the workbook are: years, days and single numbers as such, names as text; and what its properties say."""

from __future__ import annotations

import dataclasses
import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mutasi_analysis.publish.documents.cells import shown_day, shown_value
from mutasi_analysis.publish.documents.content import AUTHOR, Column, Grid
from mutasi_analysis.publish.documents.intervals import with_ends_apart
from mutasi_analysis.publish.documents.xlsx import xlsx_bytes
from mutasi_analysis.tabulate.build import Shown, build, month, text, year
from mutasi_analysis.wording import Words
from tests.documents.sample import document, xml_of

DC = "{http://purl.org/dc/elements/1.1/}"


def written(cells: tuple[str, ...], kind: str, language: str = "id") -> list[Any]:
    """The cells of one column as openpyxl reads them back."""
    columns = (Column("Nama", "", False), Column("Isi", "", False, kind))
    grid = Grid(1, "t", "Tabel", (), columns, tuple((f"baris {n}", cell) for n, cell in enumerate(cells)))
    made = dataclasses.replace(document(language=language), body=(grid,), front=(), annex=(), appendix=())
    sheet = openpyxl.load_workbook(BytesIO(xlsx_bytes(made))).worksheets[2]
    head = next(iter(sheet.tables.values())).ref.split(":")[0]
    return [sheet.cell(int(head[1:]) + 1 + n, 2) for n in range(len(cells))]


def test_years_are_numbers_without_separators() -> None:
    first, hidden = written(("2025", "–"), "year")
    assert first.value == 2025 and first.data_type == "n" and first.number_format == "0"
    assert hidden.value == "–"


@pytest.mark.parametrize(("language", "day", "month_"), [("id", "26 Agustus 2021", "Agu 2021"), ("en", "26 August 2021", "Aug 2021")])
def test_days_and_months_are_dates_with_names_of_the_language(language: str, day: str, month_: str) -> None:
    (cell,) = written((day,), "date", language)
    assert cell.value == dt.datetime(2021, 8, 26) and cell.number_format.endswith("d mmmm yyyy")
    (cell,) = written((month_,), "month", language)
    assert cell.value == dt.datetime(2021, 8, 1) and cell.number_format.endswith("mmm yyyy")
    assert cell.number_format.startswith("[$-421]" if language == "id" else "[$-809]")


def test_a_cell_that_is_one_number_is_that_number_and_its_format_holds_the_unit() -> None:
    share, persons, norm, print_, sentence = written(
        ("92,5%", "509,5 orang", "75.000", "231692815062", "−59,7 orang terhadap tanpa mutasi"), "value"
    )
    assert (share.value, share.number_format) == (0.925, "[$-421]#,##0.0%")
    assert (persons.value, persons.number_format) == (509.5, '[$-421]#,##0.0" orang"')
    assert norm.value == 75000
    assert (print_.value, sentence.value) == ("231692815062", "−59,7 orang terhadap tanpa mutasi")


def test_a_column_of_words_stays_text_whatever_its_cells_look_like() -> None:
    assert [cell.value for cell in written(("15.04", "2025", "1 Juli 2022"), "")] == ["15.04", "2025", "1 Juli 2022"]


@pytest.mark.parametrize("name", ["012", "0.1.0", "123456", "A > 1", "1 sampai 3", "=1+1", "5 orang, 3 unit", ""])
def test_names_are_no_numbers(name: str) -> None:
    assert shown_value(name, "id") is None


@pytest.mark.parametrize("name", ["31 Februari 2021", "Juli", "12 July 2021", "Unit 2021", "2021"])
def test_what_is_no_day_of_the_language_stays_text(name: str) -> None:
    assert shown_day(name, "id") is None


def test_tables_tell_what_their_columns_are() -> None:
    import pandas as pd

    frame = pd.DataFrame({"year": [2025], "month": [pd.Timestamp("2025-03-01")], "scheme": ["x"]})
    columns = (Shown("year", year), Shown("month", month), Shown("scheme", text))
    block = build("t", frame, columns, Words("id"), caption="Tabel")
    assert [column["kind"] for column in block.payload()["columns"]] == ["year", "month", ""]


@pytest.mark.parametrize(("language", "spelling"), [("id", "id-ID"), ("en", "en-GB")])
def test_files_name_their_title_subject_language_and_a_neutral_author(language: str, spelling: str, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="the extra documents is not installed")
    from pypdf import PdfReader

    from mutasi_analysis.publish.documents.docx import docx_bytes
    from mutasi_analysis.publish.documents.pdf import pdf_bytes

    made = document(language=language)
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(made)))
    subject = Words(language)("documents.kind")
    assert (book.properties.title, book.properties.subject, book.properties.creator) == (made.title, subject, AUTHOR)
    assert book.custom_doc_props["Language"].value == spelling
    core = xml_of(docx_bytes(made, tmp_path / "w"), "docProps/core.xml")
    assert [core.findtext(f"{DC}{name}") for name in ("title", "subject", "creator", "language")] == [made.title, subject, AUTHOR, spelling]
    facts = PdfReader(BytesIO(pdf_bytes(made, tmp_path / "p"))).metadata
    assert facts is not None and (facts.title, facts.author, facts.subject) == (made.title, AUTHOR, subject)


def ends(cells: tuple[str, ...], language: str = "id") -> Grid:
    """A table of a name and an interval as the workbook writes it."""
    columns = (Column("Nama", "", False), Column("Selang", "poin", False, "interval"))
    grid = Grid(1, "t", "Tabel", (), columns, tuple((f"baris {n}", cell) for n, cell in enumerate(cells)))
    return with_ends_apart(grid, Words(language))


def test_both_ends_of_an_interval_are_columns_of_numbers() -> None:
    apart = ends(("−1,5\u00a0sampai\u00a0+2,0", "–", "*"))
    assert [column.head for column in apart.columns] == ["Nama", "Selang, batas bawah (poin)", "Selang, batas atas (poin)"]
    assert [row[1:] for row in apart.rows] == [("−1,5", "+2,0"), ("–", "–"), ("*", "*")]
    assert all(column.numeric for column in apart.columns[1:])
    assert ends(("1.5 to 2,000.0",), "en").rows[0][1:] == ("1.5", "2,000.0")


@pytest.mark.parametrize("cell", ["3,1 ke atas tanpa batas", "Unit sampai unit", "1,5 sampai", "sampai"])
def test_other_words_beside_intervals_leave_the_column_whole(cell: str) -> None:
    assert ends(("1,0 sampai 2,0", cell)).rows[0][1:] == ("1,0 sampai 2,0",)
    assert ends(("–", "*")).rows[0][1:] == ("–",)
