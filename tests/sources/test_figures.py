"""Numbers as Indonesian files write them (domain 8b)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.sources.cells import CellError
from mutasi_analysis.sources.figures import number_parser, parse_number
from mutasi_analysis.synthetic.writers.layout import indonesian_number, plain_number

READ = (
    ("1.250", 1250.0), ("1,25", 1.25), ("1.250,5", 1250.5), ("10.290.209", 10290209.0), ("1,250,000", 1250000.0), ("1,250.5", 1250.5),
    ("0.125", 0.125), ("12.5", 12.5), ("81.1250", 81.125), ("0,5", 0.5), (",5", 0.5), ("-1.250,75", -1250.75), ("−3", -3.0), ("+7", 7.0),
    (" 1\u00a0250 ".replace("\u00a0", ""), 1250.0), ("'12", 12.0), ("98,5%", 98.5), ("98,5 %", 98.5), ("Rp 1.250.000", 1250000.0),
    ("Rp. 500", 500.0), ("007", 7.0), ("1e3", 1000.0), (12, 12.0), (0.25, 0.25), ("1,250", 1.25), ("0", 0.0),
)  # fmt: skip
REFUSED = (
    "12 orang",
    "1.25.3",
    "1,2,3",
    "1.250.5",
    "abc",
    "1 250",
    "01.250",
    "1..5",
    "12-13",
    "≥5",
    "½",
    "1/2",
    "#DIV/0!",
    True,
    date(2024, 2, 1),
)


@pytest.mark.parametrize(("text", "value"), READ)
def test_a_number_is_read(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize("text", REFUSED)
def test_text_in_a_number_is_never_a_number(text):
    with pytest.raises(CellError) as caught:
        parse_number(text)
    assert caught.value.rule == "not_a_number"
    assert "1.250,5" in caught.value.allowed


def test_a_column_that_shows_decimal_points_makes_1250_undecidable():
    parse = number_parser(["12.5", "1.250"], comma_separated=False)
    assert parse("12.5") == 12.5
    with pytest.raises(CellError) as caught:
        parse("1.250")
    assert caught.value.allowed == "1250 atau 1,250 (bentuk 1.250 bermakna dua di kolom ini)"


def test_a_statistics_program_writes_decimal_points_and_no_trailing_zero():
    parse = number_parser(["81.25", "81.125"], comma_separated=True)
    assert parse("81.125") == 81.125
    with pytest.raises(CellError):
        number_parser(["81.25", "1.250"], comma_separated=True)("1.250")


def test_a_comma_in_the_column_makes_dots_thousands():
    parse = number_parser(["1,5", "1.250"], comma_separated=True)
    assert parse("1.250") == 1250


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False).map(lambda value: value + 0.0))
def test_what_an_indonesian_writer_writes_is_read_back(value):
    assert parse_number(indonesian_number(value)) == value


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False).map(lambda value: value + 0.0))
def test_what_a_plain_writer_writes_is_read_back(value):
    assert parse_number(plain_number(value)) == value


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_a_cell_error(text):
    try:
        assert isinstance(parse_number(text), float)
    except CellError as error:
        assert error.rule == "not_a_number"
