"""ABK: naive twins, properties, and a sentence for each wrong input."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.errors import NormError
from mutasi_analysis.metrics import abk
from mutasi_analysis.norms import load_family, load_norm

MINUTES = 75_000
volumes = st.floats(0, 1e6)
norms = st.floats(0.1, 1e4)
tasks = st.lists(st.tuples(volumes, norms), min_size=1, max_size=20)


@given(tasks)
def test_need_is_the_loop(rows):
    volume, norm = zip(*rows, strict=True)
    naive = [v * n / MINUTES for v, n in rows]
    assert abk.staffing_need(list(volume), list(norm), effective_minutes_y=MINUTES).tolist() == pytest.approx(naive, rel=1e-12)


@given(tasks, st.floats(0, 100))
def test_need_scales_with_volume(rows, factor):
    volume, norm = (np.array(part) for part in zip(*rows, strict=True))
    once = abk.staffing_need(volume, norm, effective_minutes_y=MINUTES)
    more = abk.staffing_need(volume * factor, norm, effective_minutes_y=MINUTES)
    assert more.to_numpy() == pytest.approx(once.to_numpy() * factor, rel=1e-9)


@given(tasks, st.randoms())
def test_order_of_tasks_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    totals = [abk.staffing_need(*zip(*part, strict=True), effective_minutes_y=MINUTES).sum() for part in (rows, shuffled)]
    assert totals[0] == pytest.approx(totals[1], rel=1e-12)


@given(st.lists(st.tuples(volumes, norms, st.sampled_from("abc")), min_size=1, max_size=20))
def test_load_adds_up_over_units_and_is_the_loop(rows):
    volume, norm, unit = zip(*rows, strict=True)
    naive: dict[str, float] = {}
    for v, n, u in rows:
        naive[u] = naive.get(u, 0.0) + v * n
    result = abk.unit_minutes(volume, norm, unit)
    assert result.to_dict() == pytest.approx(naive, rel=1e-12)
    assert list(result.index) == sorted(naive)
    assert result.sum() == pytest.approx(abk.task_minutes(volume, norm).sum(), rel=1e-12)


@pytest.mark.parametrize("scheme", list(load_family("annualisation")))
@given(st.floats(0, 1e6), st.sampled_from(["day", "week", "month", "year", "hour"]))
def test_annual_volume_is_the_product(scheme, volume, basis):
    norm = load_norm("annualisation", scheme)
    assert abk.annual_volume(volume, basis, norm=norm) == pytest.approx(volume * norm.value[basis])
    assert abk.annual_volume(volume, basis, norm=scheme) == abk.annual_volume(volume, basis, norm=norm)


def test_annual_volume_takes_a_plain_mapping_and_a_column():
    volume = pd.Series([10.0, None, 3.0], index=["x", "y", "z"])
    basis = pd.Series(["day", "week", None], index=["x", "y", "z"])
    result = abk.annual_volume(volume, basis, norm={"day": 250, "week": 50})
    assert result["x"] == 2500
    assert result[["y", "z"]].isna().all()
    assert list(result.index) == ["x", "y", "z"]


@pytest.mark.parametrize("scheme", list(load_family("effectiveness_bands")))
@given(st.floats(0, 5))
def test_bands_are_the_cascade_of_comparisons(scheme, value):
    edges = load_norm("effectiveness_bands", scheme).value
    value = round(value, 9)
    naive = next(b["name"] for b in edges if value > b.get("lower", -1) or (b.get("includes_lower", True) and value == b.get("lower", -1)))
    assert abk.effectiveness_band(value, scheme=scheme) == naive


def test_bands_ignore_the_noise_of_floats():
    just_above_one = 0.1 + 0.2 + 0.7 + 2e-16
    assert just_above_one > 1
    assert abk.effectiveness_band(just_above_one, scheme="permendagri-12-2008") == "B"


@given(st.floats(0, 1e6))
def test_roundings_surround_the_number(fte):
    down, up, nearest = (abk.round_staff(fte, rule=rule) for rule in ("down", "up", "nearest"))
    assert down - 1e-6 <= fte <= up + 1e-6
    assert nearest in (down, up)
    assert abs(nearest - fte) <= 0.5 + 1e-9
    assert abk.round_staff(fte, rule="none") == fte


def test_half_is_rounded_up_and_noise_is_not():
    assert abk.round_staff([0.5, 1.5, 2.5, 0.49999], rule="nearest").tolist() == [1, 2, 3, 0]
    assert abk.round_staff(3.0000000000000004, rule="up") == 3
    assert abk.round_staff(2.9999999999999996, rule="down") == 3


def test_missing_zero_and_empty():
    assert abk.staffing_need([0, None, float("nan")], 5, effective_minutes_y=MINUTES).tolist()[0] == 0
    assert abk.staffing_need([None, pd.NA], 5, effective_minutes_y=MINUTES).isna().all()
    assert abk.staffing_need([], [], effective_minutes_y=MINUTES).empty
    assert math.isnan(abk.unit_minutes([1, None], [1, 1], ["a", "a"])["a"])
    assert abk.unit_minutes([], [], []).empty
    assert pd.isna(abk.effectiveness_band(float("nan"), scheme="permendagri-12-2008"))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: abk.staffing_need([1, -2], 5, effective_minutes_y=MINUTES), r"volume_y must be at least 0; got -2 at position 1"),
        (
            lambda: abk.staffing_need([1, 2], [5, 0], effective_minutes_y=MINUTES),
            r"norm_minutes must be above 0; got 0 at position 1\. a task",
        ),
        (
            lambda: abk.staffing_need(["1.250"], 5, effective_minutes_y=MINUTES),
            r"volume_y must be a number; got '1\.250' \(str\) at position 0",
        ),
        (lambda: abk.staffing_need("1,25", 5, effective_minutes_y=MINUTES), r"volume_y must be a number; got '1,25' \(str\)"),
        (
            lambda: abk.staffing_need(1, 5, effective_minutes_y=1250),
            r"effective_minutes_y must be above 8784; got 1250\. .*looks like hours",
        ),
        (lambda: abk.staffing_need(1, 5, effective_minutes_y=4_500_000), r"must be at most 527040; .* looks like seconds"),
        (lambda: abk.staffing_need(1, 600_000, effective_minutes_y=MINUTES), r"norm_minutes must be at most 527040; got 600000"),
        (lambda: abk.staffing_need(float("inf"), 5, effective_minutes_y=MINUTES), r"volume_y must be finite"),
        (
            lambda: abk.annual_volume([1, 2], ["day", "wek"], norm={"day": 250, "week": 50}),
            r"basis 'wek' is unknown; allowed: day, week; did you mean 'week'\?",
        ),
        (lambda: abk.annual_volume(-1, "day", norm={"day": 250}), r"volume must be at least 0; got -1"),
        (lambda: abk.annual_volume(1, "day", norm=250), r"norm must map each basis"),
        (
            lambda: abk.effectiveness([100, 100], [1, 0], effective_minutes_y=MINUTES),
            r"incumbents must be above 0; got 0 at position 1\. EJ is not defined for a vacant post",
        ),
        (lambda: abk.effectiveness_band(-0.1, scheme="permendagri-12-2008"), r"value must be at least 0"),
        (
            lambda: abk.round_staff(1.5, rule="neerest"),
            r"rule 'neerest' is unknown; allowed: none, nearest, up, down; did you mean 'nearest'\?",
        ),
        (lambda: abk.need_by_output(10, output_per_person=0), r"output_per_person must be above 0; got 0"),
        (lambda: abk.unit_minutes([1, 2], [1, 1], ["a", None]), r"unit is missing at position 1"),
    ],
)
def test_wrong_input_is_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_an_unknown_scheme_names_those_that_exist():
    with pytest.raises(NormError, match="has no scheme 'permendagri-2008'; it has: permendagri-12-2008, kemenkeu-2002"):
        abk.effectiveness_band(1, scheme="permendagri-2008")
