"""WISN and ABK-Kes: naive twins, properties, units that cannot be mixed up."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.metrics import wisn, workload

HOURS = 1720
services = st.lists(st.tuples(st.floats(0, 1e5), st.floats(0.01, 20)), min_size=1, max_size=10)
percents = st.lists(st.floats(0, 15), max_size=6)
hours = st.lists(st.floats(0, 500), max_size=5)


@given(services, percents, hours)
def test_requirement_is_the_loop(rows, cas, ias):
    workload_y, unit_hours = zip(*rows, strict=True)
    baseline = sum(w / (HOURS / u) for w, u in rows)
    expected = baseline * 1 / (1 - sum(cas) / 100) + sum(ias) / HOURS
    result = wisn.requirement(workload_y, unit_hours, available_hours_y=HOURS, cas_percent=cas, ias_hours=ias)
    assert result.required == pytest.approx(expected, rel=1e-9)
    assert result.baseline == pytest.approx(baseline, rel=1e-9)


@given(services, percents)
def test_abk_kes_is_wisn_without_iaf(rows, support):
    volume, unit_hours = (np.array(part) for part in zip(*rows, strict=True))
    in_hours = wisn.requirement(volume, unit_hours, available_hours_y=1200, cas_percent=support)
    in_minutes = wisn.abk_kes_requirement(volume, unit_hours * 60, available_minutes_y=72000, support_percent=support)
    assert in_minutes.required == pytest.approx(in_hours.required, rel=1e-9)
    assert in_minutes.factor == in_hours.caf


@given(services, st.floats(0.1, 10))
def test_requirement_scales_with_workload(rows, factor):
    workload_y, unit_hours = (np.array(part) for part in zip(*rows, strict=True))
    once = wisn.requirement(workload_y, unit_hours, available_hours_y=HOURS, cas_percent=10)
    more = wisn.requirement(workload_y * factor, unit_hours, available_hours_y=HOURS, cas_percent=10)
    assert more.required == pytest.approx(once.required * factor, rel=1e-9)


@given(st.floats(0, 99))
def test_the_factor_multiplies_and_never_shrinks(percent):
    factor = wisn.allowance_factor(percent)
    assert factor >= 1
    assert factor * (1 - percent / 100) == pytest.approx(1)


@given(st.floats(0.1, 100), st.floats(0.1, 100))
def test_ratio_is_the_inverse_of_the_workload_index(existing, required):
    assert wisn.ratio(existing, required) * workload.workload_index(required, existing) == pytest.approx(1)


def test_additive_and_multiplicative_rules_differ():
    multiplied = wisn.requirement([1000], [1], available_hours_y=1000, cas_percent=20).required
    added = wisn.additive_requirement([1000], [1], available_hours_y=1000, allowance_hours_y=200)
    assert multiplied == pytest.approx(1.25)
    assert added == pytest.approx(1.2)


def test_missing_zero_and_empty():
    assert math.isnan(wisn.requirement([1000, None], [1, 1], available_hours_y=HOURS).required)
    assert wisn.requirement([0], [1], available_hours_y=HOURS).required == 0
    assert wisn.requirement([], [], available_hours_y=HOURS, ias_hours=172).required == pytest.approx(0.1)
    assert math.isnan(wisn.abk_kes_requirement([None], [10], available_minutes_y=72000).required)
    assert math.isnan(wisn.ratio(3, 0))
    assert wisn.allowance_factor() == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: wisn.requirement([1], [1], available_hours_y=72000),
            r"available_hours_y must be at most 8784; got 72000\. .*looks like minutes",
        ),
        (
            lambda: wisn.requirement([1], [1], available_hours_y=215),
            r"available_hours_y must be above 366; got 215\. .* looks like days; give hours",
        ),
        (
            lambda: wisn.requirement([1], [1, 30][1:], available_hours_y=HOURS),
            r"unit_hours must be at most 24; got 30 .*looks like minutes; give hours",
        ),
        (lambda: wisn.requirement([1], [0], available_hours_y=HOURS), r"unit_hours must be above 0; got 0 at position 0"),
        (lambda: wisn.requirement([-1], [1], available_hours_y=HOURS), r"workload_y must be at least 0; got -1 at position 0"),
        (
            lambda: wisn.requirement([1], [1], available_hours_y=HOURS, cas_percent=(60, 40)),
            r"support activities take 100 % .* must be below 100 %",
        ),
        (
            lambda: wisn.requirement([1], [1], available_hours_y=HOURS, cas_percent=(-5,)),
            r"support percent must be at least 0; got -5 at position 0",
        ),
        (
            lambda: wisn.requirement([1], [1], available_hours_y=HOURS, ias_hours=(3, None)),
            r"ias_hours holds a missing number at position 1",
        ),
        (
            lambda: wisn.abk_kes_requirement([1], [1], available_minutes_y=1200),
            r"available_minutes_y must be above 8784; got 1200\. .*looks like hours",
        ),
        (lambda: wisn.abk_kes_requirement([1], [1], available_minutes_y=72000, support_percent=100), r"take 100 % of the working time"),
        (lambda: wisn.abk_kes_requirement([1], [0], available_minutes_y=72000), r"norm_minutes must be above 0"),
        (
            lambda: wisn.available_working_time(260, 200, 60, hours_per_day=8),
            r"absences \(260 days\) leave nothing of possible_days \(260\)",
        ),
        (lambda: wisn.available_working_time(2080, 10, hours_per_day=8), r"possible_days must be at most 366; got 2080"),
        (lambda: wisn.available_working_time(260, -1, hours_per_day=8), r"absences must be at least 0; got -1"),
        (
            lambda: wisn.available_working_time(260, 10, hours_per_day=480),
            r"hours_per_day must be at most 24; got 480\. .*looks like minutes",
        ),
        (lambda: wisn.ratio(-1, 2), r"existing must be at least 0; got -1"),
    ],
)
def test_wrong_units_and_numbers_are_sentences(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_keywords_are_checked_before_anything_is_divided():
    with pytest.raises(ValueError, match="available_hours_y"):
        wisn.additive_requirement([1], [1], available_hours_y=0, allowance_hours_y=5)
