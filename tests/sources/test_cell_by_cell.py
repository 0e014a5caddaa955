"""Columns are read by their distinct cells; a naive twin reads cell by cell and must say the same, faults and places included."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.entities import TABLES
from mutasi_analysis.errors import Fault
from mutasi_analysis.schema import conform, conform_coded
from mutasi_analysis.sources.cells import MISSING, CellError, coded, convert, is_missing, shown
from mutasi_analysis.sources.extracts import extract
from mutasi_analysis.sources.grids import Grid
from mutasi_analysis.sources.single import check
from mutasi_analysis.sources.words import column_parser

CELLS = st.sampled_from(
    ["", " ", "-", "NIHIL", "\u212aosong", "nihil?", "1", "1.250", "12.5", "1.250,5", "1,25", "98%", "Rp 1.250", "rp75000", "rpx", "²", "٣",
     "ya", "Tidak", "III/b", "3B", "IX", "Baik", "31-12-2023", "2023-05", "Mei 2023", "44927", "198609262015051001", "198609262015051000",
     "1,98609E+17", None, 0, 1, 1.0, True, False, -0.5, 44927.0, 1e18, datetime(2021, 3, 4), date(2021, 3, 4), float("nan")]
)  # fmt: skip
COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]


def one_by_one(values, parser):
    """What `convert` promises, without its different cells."""
    parsed, errors = [], {}
    for position, value in enumerate(values):
        parsed.append(None)
        if not is_missing(value):
            try:
                parsed[position] = parser(value)
            except CellError as error:
                errors[position] = (error.rule, error.allowed)
    return parsed, errors


@given(st.lists(CELLS, max_size=30), st.sampled_from(COLUMNS), st.booleans())
def test_a_column_is_read_as_its_cells_one_by_one(values, where, comma_separated):
    _, column = where
    parser = column_parser(column, values, comma_separated=comma_separated, pseudonymise=lambda digits: f"P-{digits[:4]}")
    parsed, errors = convert(coded(values), parser)
    twin, twin_errors = one_by_one(values, parser)
    assert [(type(value), value) for value in parsed] == [(type(value), value) for value in twin]
    assert {position: (error.rule, error.allowed) for position, error in errors.items()} == twin_errors


@given(st.lists(CELLS, max_size=30))
def test_coded_cells_are_the_cells(values):
    column = coded(values)
    assert [(type(value), str(value)) for value in column] == [(type(value), str(value)) for value in values]
    assert len(column.cells) == len({(type(value), str(value)) for value in values})


@pytest.mark.filterwarnings("ignore:Could not infer format")
@given(st.data(), st.sampled_from(sorted(TABLES)))
def test_conforming_by_different_cells_is_conforming_row_by_row(data, name):
    table = TABLES[name]
    rows = data.draw(st.integers(0, 6))
    columns = {
        column.name: coded(data.draw(st.lists(st.sampled_from(["1", "2.5", "x", " x ", "ya", "", None]), min_size=rows, max_size=rows)))
        for column in table.columns
        if data.draw(st.booleans())
    }
    frame = pd.DataFrame({key: pd.Series(list(column), dtype=object) for key, column in columns.items()}, index=range(rows))
    once, each = conform_coded(columns, rows, table), conform(frame, table)
    assert once.faults == each.faults
    pd.testing.assert_frame_equal(once.frame, each.frame)


def test_equal_cells_of_different_kinds_are_read_apart():
    """1, 1.0 and True are equal in Python and keys of one place in a dictionary."""
    parsed, errors = convert(coded([True, 1, 1.0, "1", 1]), lambda value: (type(value).__name__, value))
    assert list(parsed) == [("bool", True), ("int", 1), ("float", 1.0), ("str", "1"), ("int", 1)]
    assert errors == {}


@given(st.text("nNkK\u212a-–—:()#/aiuhlostepg. \u00a0\u200b\ufeff\t", max_size=12) | st.sampled_from(sorted(MISSING)))
def test_a_cell_is_missing_when_its_bare_text_is_one_of_the_words(text):
    bare = " ".join(text.translate(dict.fromkeys(map(ord, "\u00a0\u2007\u202f\ufeff\u200b"), " ")).split()).lower()
    assert is_missing(text) == (bare in MISSING)


HEADS = ["NIP", "Tahun", "Semester", "Predikat Kinerja"]
ROW = st.one_of(
    st.lists(st.sampled_from(["", "198609262015051001", "2021", "1", "Baik", "x"]), min_size=4, max_size=4),
    st.sampled_from([[""] * 4, HEADS, ["Tahun : 2023", "", "", ""], ["1", "2", "3", "4"]]),
    st.sampled_from([["JUMLAH", "", "", "3"], ["Jumlah", "2021", "1", "Baik"]]),
)  # fmt: skip


def is_record(row, fresh):
    """The rules of `extract` for this table, said in words: not blank, no header, numbering, sum or label."""
    filled = [cell for cell in row if cell]
    heads = sum(cell == head for cell, head in zip(row, HEADS, strict=True)) > 2
    numbering = fresh and row == ["1", "2", "3", "4"]
    # NIP, year and half year are required: a sum leaves two of the three empty, or says JUMLAH there too
    total = bool(filled) and "JUMLAH" in row[0].upper() and sum(not cell or "JUMLAH" in cell.upper() for cell in row[:3]) >= 2
    return bool(filled) and not heads and not numbering and not total and not row[0].startswith("Tahun :")


@given(st.lists(ROW, min_size=1, max_size=12))
def test_records_are_the_rows_that_are_nothing_else(rows):
    record = ["198609262015051001", "2021", "1", "Baik"]
    grid = Grid(None, [HEADS, *rows, record], (), ";")
    found = extract(grid, "kinerja.csv", kinds=("kinerja",))
    assert found is not None
    expected, fresh = [], True
    for number, row in enumerate(grid.rows[1:], start=2):
        if is_record(row, fresh):
            expected.append(number)
            fresh = False
        elif row == HEADS:
            fresh = True
    assert found.rows == expected
    assert list(found.columns["person_id"]) == [grid.rows[number - 1][0] for number in expected]


@pytest.mark.parametrize("count", [3, 300])
def test_every_bad_cell_has_its_own_fault_in_order(tmp_path, count):
    """The same wrong text in every row is parsed once and told at every row."""
    path = tmp_path / "kinerja.csv"
    lines = ["NIP;Tahun;Semester;Dasar Penilaian;Predikat Kinerja;Nilai"]
    lines += [f"19860926201505{month % 12 + 1:02}{1 + month // 12:03};2022;0;PermenPANRB 6/2022;Bagus;abc" for month in range(count)]
    path.write_text("\n".join(lines), encoding="utf-8")
    faults = [fault for fault in check(path) if fault.rule in ("not_allowed", "not_a_number")]
    assert [(fault.row, fault.value) for fault in faults] == [(row, value) for value in ("Bagus", "abc") for row in range(2, count + 2)]
    assert all(isinstance(fault, Fault) and fault.value == shown(fault.value, personal=False) for fault in faults)
