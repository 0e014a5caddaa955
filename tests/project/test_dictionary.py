"""The printed dictionary is the declarations, and the workbook is one an agency can fill."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mutasi_analysis.dictionary import (
    CHOICES_SHEET,
    EXAMPLE_MARK,
    EXAMPLE_ROW,
    GUIDE_SHEET,
    HEADER_ROW,
    dictionary_markdown,
    write_template_workbook,
)
from mutasi_analysis.entities import DECLARED
from mutasi_analysis.schema import conform

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "isian.xlsx"
    write_template_workbook(path)
    return path


@pytest.mark.parametrize(("name", "language"), [("dictionary.md", "id"), ("dictionary.en.md", "en")])
def test_the_committed_dictionary_is_not_stale(name, language):
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == dictionary_markdown(language), f"run: mutasi dictionary > docs/{name}"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_column_stands_in_the_dictionary_with_its_meaning(language):
    text = dictionary_markdown(language)
    for table in DECLARED.values():
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        for column in table.columns:
            row = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
            assert (column.description_id if language == "id" else column.description_en) in row
            assert all(word in row for word in column.allowed)


def test_the_same_words_give_the_same_bytes(template, tmp_path):
    write_template_workbook(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == template.read_bytes()


@pytest.mark.parametrize("name", DECLARED)
def test_the_example_row_conforms_to_its_table_and_says_that_it_is_one(template, name):
    table = DECLARED[name]
    rows = list(openpyxl.load_workbook(template)[name].iter_rows(values_only=True))
    assert rows[HEADER_ROW][: len(table.names)] == table.names
    assert EXAMPLE_ROW == HEADER_ROW - 1 and len(rows) == HEADER_ROW + 1
    assert rows[EXAMPLE_ROW][-1] == EXAMPLE_MARK
    example = pd.DataFrame([rows[EXAMPLE_ROW][: len(table.names)]], columns=list(table.names), dtype=object)
    assert conform(example, table).faults == ()


def test_nip_and_codes_are_text_cells_and_required_headers_are_red(template):
    book = openpyxl.load_workbook(template)
    for table in DECLARED.values():
        sheet = book[table.name]
        assert sheet.freeze_panes == f"B{HEADER_ROW + 2}"
        for place, column in enumerate(table.columns, start=1):
            example = sheet.cell(EXAMPLE_ROW + 1, place)
            assert (example.number_format == "@") == (column.kind in ("text", "category", "boolean"))
            assert (sheet.cell(HEADER_ROW + 1, place).fill.fgColor.rgb == "FF9B1C1C") == column.required
            letter = openpyxl.utils.get_column_letter(place)
            if column.kind == "text" and letter in sheet.column_dimensions:
                assert sheet.column_dimensions[letter].number_format == "@"


def test_drop_down_lists_hold_exactly_what_is_allowed(template):
    book = openpyxl.load_workbook(template)
    for table in DECLARED.values():
        rules = {str(rule.sqref).rstrip("0123456789").split(":")[0]: rule for rule in book[table.name].data_validations.dataValidation}
        for place, column in enumerate(table.columns, start=1):
            wanted = column.allowed or (("ya", "tidak") if column.kind == "boolean" else ())
            if wanted:
                rule = rules[f"{openpyxl.utils.get_column_letter(place)}{HEADER_ROW + 2}"]
                sheet, _, area = rule.formula1.replace("$", "").partition("!")
                assert (rule.type, sheet) == ("list", f"'{CHOICES_SHEET}'")
                assert tuple(cell.value for (cell,) in book[CHOICES_SHEET][area]) == wanted


def test_the_template_read_back_holds_nothing_and_filled_it_holds_what_was_filled(template, tmp_path):
    from mutasi_analysis.sources.extracts import extract
    from mutasi_analysis.sources.grids import read_grids

    book = openpyxl.load_workbook(template)
    for name in DECLARED:
        for cell in book[name][EXAMPLE_ROW + 1][:-1]:
            book[name].cell(HEADER_ROW + 2, cell.column, cell.value)
    book.save(tmp_path / "filled.xlsx")
    for path, rows in ((template, 0), (tmp_path / "filled.xlsx", 1)):
        found = {grid.sheet: extract(grid, path.name) for grid in read_grids(path)}
        assert {sheet: None if one is None else (one.kind, len(one.rows), one.header.canonical) for sheet, one in found.items()} == {
            GUIDE_SHEET: None, CHOICES_SHEET: None, **{name: (name, rows, True) for name in DECLARED}
        }  # fmt: skip
