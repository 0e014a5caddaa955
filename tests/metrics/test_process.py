"""The process of a transfer: days, order, time in post, blackout, papers."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.metrics import process

days = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2030, 1, 1)))
processes = st.lists(st.tuples(days, days, days), min_size=1, max_size=15)


@given(processes)
def test_days_and_order_are_the_loop(rows):
    steps = pd.DataFrame(rows, columns=["first", "second", "third"])
    between, total, wrong = process.step_days(steps), process.total_days(steps), process.out_of_order(steps)
    for place, (first, second, third) in enumerate(rows):
        for column, before, after in (("second", first, second), ("third", second, third)):
            got = between[column].iloc[place]
            assert pd.isna(got) if before is None or after is None else got == (after - before).days
        assert pd.isna(total.iloc[place]) if first is None or third is None else total.iloc[place] == (third - first).days
        known = [day for day in (first, second, third) if day is not None]
        assert wrong.iloc[place] == (known != sorted(known))


@given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), st.integers(1, 4000))
def test_tenure_rule_counts_by_calendar(start, length):
    end = start + timedelta(days=length)
    anniversaries = [(pd.Timestamp(start) + pd.DateOffset(years=years)).date() for years in (2, 5)]
    naive = "too_short" if end < anniversaries[0] else "too_long" if end > anniversaries[1] else "ok"
    assert process.tenure_check(start, end, scheme="pp-11-2017") == naive


def test_tenure_keeps_the_index_and_missing_dates():
    before = pd.Series(pd.to_datetime(["2020-03-01", None]), index=["m1", "m2"])
    after = pd.Series(pd.to_datetime(["2023-03-01", "2023-03-01"]), index=["m1", "m2"])
    result = process.tenure_check(before, after, scheme="pp-11-2017")
    assert result["m1"] == "ok"
    assert pd.isna(result["m2"])
    assert process.tenure_years(before, after).round(2).tolist()[0] == 3.0


def test_both_ends_of_a_blackout_belong_to_it():
    day = pd.Series(pd.to_datetime(["2024-03-22", "2025-08-20", None]), index=[4, 5, 6])
    assert process.in_blackout(day, scheme="pilkada-2024").to_dict() == {4: True, 5: True, 6: False}
    assert process.in_blackout(date(2024, 3, 21), scheme="pilkada-2024") is False


def test_empty_processes_give_empty_results():
    steps = pd.DataFrame({"a": [], "b": []})
    assert process.step_days(steps).empty
    assert process.out_of_order(steps).empty
    assert process.completeness_index([None], required=10).isna().all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: process.step_days(pd.DataFrame({"a": ["2022-01-01"]})), "steps need at least two columns of dates; got 1"),
        (lambda: process.tenure_check("2022-01-01", "2022-01-01", scheme="pp-11-2017"), "new_tmt is not after previous_tmt at position 0"),
        (lambda: process.tenure_check(["2022-01-01"], ["2023-01-01"] * 2, scheme="pp-11-2017"), "previous_tmt has 1 dates and new_tmt 2"),
        (lambda: process.completeness_index(11, required=10), "documents must be at most 10; got 11"),
        (lambda: process.completeness_index(1, required=0), "required must be at least 1"),
    ],
)
def test_wrong_input_is_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()
