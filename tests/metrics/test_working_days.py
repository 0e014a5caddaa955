"""Working days of a complaint: a naive twin, what is refused, and the national calendar against decrees and dates known otherwise."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.metrics.service import answered_in_time, working_days
from mutasi_analysis.working_calendar import national_calendar

DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


def naive(start, end, holidays):
    """One day after the other."""
    steps = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in holidays for day in steps)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 90), st.sets(DAYS, max_size=20), st.sets(st.integers(0, 95), max_size=20))
def test_it_is_the_count_day_by_day(start, length, far, near):
    holidays = far | {start + timedelta(days=n) for n in near}
    end = start + timedelta(days=length)
    assert working_days([start], [end], holidays=sorted(holidays)).tolist() == [naive(start, end, holidays)]


@settings(max_examples=40, deadline=None)
@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_two_stretches_add_up(start, first, second):
    between, end = start + timedelta(days=first), start + timedelta(days=first + second)
    days = national_calendar().holidays
    parts = working_days([start, between, start], [between, end, end], holidays=days)
    assert parts[0] + parts[1] == parts[2]


def test_index_and_missing_stay_and_hours_do_not_count():
    start = pd.Series(pd.to_datetime(["2023-08-14 23:59", None, "2023-08-14 08:00"]), index=["a", "b", "c"])
    end = pd.Series(pd.to_datetime(["2023-08-15 00:01", "2023-08-15 08:00", None]), index=["a", "b", "c"])
    found = working_days(start, end, holidays=[])
    assert found.index.tolist() == ["a", "b", "c"]
    assert found["a"] == 1 and found[["b", "c"]].isna().all()
    assert working_days([], [], holidays=[]).empty


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (["2024-01-03", "2024-01-05"], ["2024-01-04", "2024-01-04"], "end 2024-01-04 lies before start 2024-01-05 at position 1"),
        (["2024-01-03"], ["2024-01-04", "2024-01-04"], "end has 2 days where start has 1"),
        (["soon"], ["2024-01-04"], "start must be days"),
        (pd.Series(["2024-01-03"], index=[1]), pd.Series(["2024-01-03"], index=[2]), "end is a Series about other rows"),
    ],
)
def test_what_is_no_stretch_of_days_is_refused(start, end, said):
    with pytest.raises(ValueError, match=said):
        working_days(start, end, holidays=[])


@pytest.mark.parametrize("name", ["days", "waited", "limit"])
def test_in_time_refuses_numbers_below_zero(name):
    arguments = {"days": 3.0, "waited": 20.0, "limit": 14.0, name: -1.0}
    with pytest.raises(ValueError, match=f"{name} must be at least 0"):
        answered_in_time(**arguments)


def test_the_calendar_covers_the_years_of_the_profiles_and_ends_before_the_first_estimated_one():
    calendar = national_calendar()
    assert calendar.first_year == 2002 and calendar.last_year >= 2026
    assert calendar.holidays.min() >= np.datetime64("2002-01-01")
    assert calendar.holidays.max() <= np.datetime64(f"{calendar.last_year}-12-31")
    assert len(calendar.holidays) == len(np.unique(calendar.holidays))


#: Keppres 7/2024 on collective leave of the ASN (text as printed by press and setkab; the decree itself was not opened).
LEAVE_2024 = ("02-09", "03-12", "04-08", "04-09", "04-12", "04-15", "05-10", "05-24", "06-18", "12-26")
#: 1 Syawal and 10 Zulhijah as the Ministry of Religion announced them (KNOWN, unverified).
FEASTS = {
    2019: ("06-05", "08-11"), 2020: ("05-24", "07-31"), 2021: ("05-13", "07-20"), 2022: ("05-02", "07-10"), 2023: ("04-22", "06-29"),
    2024: ("04-10", "06-17"), 2025: ("03-31", "06-06"), 2026: ("03-21", "05-27"),
}  # fmt: skip


def free(year, *days):
    return np.isin(np.array([f"{year}-{day}" for day in days], dtype="datetime64[D]"), national_calendar().holidays)


def test_collective_leave_of_2024_is_free():
    assert free(2024, *LEAVE_2024).all()


@pytest.mark.parametrize("year", FEASTS)
def test_the_feasts_are_free_where_they_were_announced(year):
    assert free(year, *FEASTS[year], "01-01", "05-01", "06-01", "08-17", "12-25").all()
    assert not free(year, "08-16", "11-11").any()


def test_election_days_and_withdrawn_leave():
    """Free: 9 Dec 2020, 14 Feb and 27 Nov 2024 (elections). Leave of 24 Dec 2021 was withdrawn (SKB of 2021), so it is worked."""
    assert free(2020, "12-09").all() and free(2024, "02-14", "11-27").all()
    assert not free(2021, "12-24").any()


def test_a_complaint_over_lebaran_2024_by_the_calendar():
    """5 to 16 April 2024: 6 and 7 and 13 and 14 are weekends, 8-12 and 15 are free; only the 16th is left."""
    assert working_days(["2024-04-05"], ["2024-04-16"], holidays=national_calendar().holidays).tolist() == [1]
