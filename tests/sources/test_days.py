"""Dates as Indonesian files write them (domain 8b)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.sources.cells import CellError
from mutasi_analysis.sources.days import parse_date, parse_month, swappable_days

READ = (
    ("2022-07-01", (2022, 7, 1)),
    ("01-07-2022", (2022, 7, 1)),
    ("1/7/2022", (2022, 7, 1)),
    ("01.07.2022", (2022, 7, 1)),
    ("1 Juli 2022", (2022, 7, 1)),
    ("27 NOPEMBER 2014", (2014, 11, 27)),
    ("3 Pebruari 2021", (2021, 2, 3)),
    ("17 Agt 2020", (2020, 8, 17)),
    ("17 Ags 2020", (2020, 8, 17)),
    ("5 Okt 2023", (2023, 10, 5)),
    ("31 Des 2023", (2023, 12, 31)),
    ("1 Mei 2024", (2024, 5, 1)),
    ("Senin, 3 Juli 2023", (2023, 7, 3)),
    ("2022-07-01 00:00:00", (2022, 7, 1)),
    ("2022-07-01T08:30:00", (2022, 7, 1)),
    ("'01-07-2022", (2022, 7, 1)),
    ("20220701", (2022, 7, 1)),
    ("03/04/2021", (2021, 4, 3)),
    (datetime(2022, 7, 1, 9), (2022, 7, 1)),
    (date(2022, 7, 1), (2022, 7, 1)),
    (44743, (2022, 7, 1)),
    (44743.0, (2022, 7, 1)),
    ("44743", (2022, 7, 1)),
    (10959, (1930, 1, 1)),
    ("31-Des-2023", (2023, 12, 31)),
)
REFUSED = (
    "31-02-2022",
    "2022-13-01",
    "13/13/2021",
    "1 Julai 2022",
    "01-07-22",
    "2022",
    "kemarin",
    "44743.5x",
    10958,
    73416,
    12,
    -5,
    True,
    "1929-12-31",
    "2101-01-01",
    "00-01-2022",
    "1 Juli",
    1e12,
)


@pytest.mark.parametrize(("cell", "day"), READ)
def test_a_date_is_read_day_first(cell, day):
    assert parse_date(cell) == datetime(*day)


@pytest.mark.parametrize("cell", REFUSED)
def test_anything_else_is_not_a_date(cell):
    with pytest.raises(CellError) as caught:
        parse_date(cell)
    assert caught.value.rule == "not_a_date"
    assert "31-12-2023" in caught.value.allowed


@pytest.mark.parametrize(
    "cell", ["Mei 2023", "MEI-2023", "2023-05", "05/2023", "5.2023", "2023-05-17", "1 Mei 2023", datetime(2023, 5, 31), 45047]
)
def test_a_month_is_its_first_day(cell):
    assert parse_month(cell) == datetime(2023, 5, 1)  # serial 45047 = 1 May 2023: 44743 (1 July 2022) + 304 days


@pytest.mark.parametrize("cell", ["Mai 2023", "13/2023", "2023", 5])
def test_anything_else_is_not_a_month(cell):
    with pytest.raises(CellError, match="not_a_date"):
        parse_month(cell)


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2100, 12, 31)))
def test_excel_serials_count_from_30_december_1899(day):
    assert parse_date((day - date(1899, 12, 30)).days).date() == day
    assert parse_date(f"{day:%d-%m-%Y}").date() == parse_date(f"{day:%Y-%m-%d}").date() == day


def test_only_columns_without_evidence_count_as_ambiguous():
    assert swappable_days({"03/04/2021", "05/05/2021"}) == 1
    assert swappable_days({"03/04/2021", "13/04/2021"}) == 0  # 13 shows that the day comes first
    assert swappable_days({"01-03-2021", "01-09-2022"}) == 0  # TMT: always the first of a month
    assert swappable_days({datetime(2021, 4, 3)} | {timedelta(1)}) == 0
