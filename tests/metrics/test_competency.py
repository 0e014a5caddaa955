"""Job-person match, talent map, IP ASN: twins, properties, wrong levels."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.metrics import competency

levels = st.integers(1, 5)
profiles = st.lists(st.tuples(levels, levels), min_size=1, max_size=12)
SCHEME = "permenpanrb-38-2018"


def _naive(rows, rule):
    achieved, required = zip(*rows, strict=True)
    if rule == "ratio_of_sums":
        return 100 * sum(achieved) / sum(required)
    if rule == "capped":
        return 100 * sum(min(a, r) for a, r in rows) / sum(required)
    return 100 * sum(min(1, a / r) for a, r in rows) / len(rows)


@pytest.mark.parametrize("rule", competency.RULES)
@given(profiles)
def test_match_is_the_loop(rule, rows):
    achieved, required = zip(*rows, strict=True)
    assert competency.job_person_match(achieved, required, rule=rule) == pytest.approx(_naive(rows, rule), rel=1e-12)


@given(profiles, st.randoms(), st.sampled_from(competency.RULES))
def test_order_of_competencies_does_not_matter(rows, random, rule):
    shuffled = list(rows)
    random.shuffle(shuffled)
    values = [competency.job_person_match(*zip(*part, strict=True), rule=rule) for part in (rows, shuffled)]
    assert values[0] == pytest.approx(values[1], rel=1e-12)


@given(profiles)
def test_capped_never_exceeds_uncapped_nor_100(rows):
    achieved, required = zip(*rows, strict=True)
    capped = competency.job_person_match(achieved, required, rule="capped")
    assert capped <= competency.job_person_match(achieved, required, rule="ratio_of_sums") + 1e-9
    assert capped <= 100 + 1e-9
    assert competency.job_person_match(achieved, required, rule="mean_of_capped") <= 100 + 1e-9


@given(profiles, st.integers(0, 11), st.sampled_from(competency.RULES))
def test_a_higher_level_never_lowers_the_match(rows, which, rule):
    achieved, required = (list(part) for part in zip(*rows, strict=True))
    before = competency.job_person_match(achieved, required, rule=rule)
    place = which % len(achieved)
    achieved[place] = min(5, achieved[place] + 1)
    assert competency.job_person_match(achieved, required, rule=rule) >= before - 1e-9


@given(profiles)
def test_no_deficit_means_a_capped_match_of_100(rows):
    achieved, required = zip(*rows, strict=True)
    short = competency.deficits(achieved, required)
    assert short.count == sum(a < r for a, r in rows)
    assert short.levels == sum(max(r - a, 0) for a, r in rows)
    assert short.largest == max(max(r - a, 0) for a, r in rows)
    assert (short.count == 0) == (competency.job_person_match(achieved, required, rule="capped") == pytest.approx(100, abs=1e-9))


@given(st.lists(st.tuples(levels, levels, st.sampled_from(["p", "q", "r"])), min_size=1, max_size=25), st.sampled_from(competency.RULES))
def test_many_at_once_are_each_alone(rows, rule):
    achieved, required, person = (list(part) for part in zip(*rows, strict=True))
    together = competency.job_person_match_by(achieved, required, person, rule=rule)
    counted = competency.deficits_by(achieved, required, person)
    for name in set(person):
        own = [(a, r) for a, r, p in rows if p == name]
        assert together[name] == pytest.approx(competency.job_person_match(*zip(*own, strict=True), rule=rule))
        alone = competency.deficits(*zip(*own, strict=True))
        assert counted.loc[name].tolist() == [alone.count, alone.levels, alone.largest, alone.unassessed]


def test_a_table_is_its_rows():
    achieved = pd.DataFrame({"integritas": [3, 2, 5], "kerja_sama": [1, 3, None]}, index=["p", "q", "r"])
    standard = pd.Series({"kerja_sama": 2, "integritas": 4})
    for rule in competency.RULES:
        together = competency.job_person_match(achieved, standard, rule=rule)
        assert together["p"] == pytest.approx(competency.job_person_match([3, 1], [4, 2], rule=rule))
        assert together["q"] == pytest.approx(competency.job_person_match([2, 3], [4, 2], rule=rule))
        assert math.isnan(together["r"])
        own = competency.job_person_match(achieved, [[4, 2], [2, 2], [5, 5]], rule=rule)
        assert own["q"] == pytest.approx(competency.job_person_match([2, 3], [2, 2], rule=rule))
        assert competency.job_person_match(achieved.to_numpy(), 3, rule=rule).index.tolist() == [0, 1, 2]


def test_persons_and_posts_make_a_multiindex():
    frame = pd.DataFrame({"person": ["a", "a", "b"], "post": ["x", "x", "y"]})
    result = competency.job_person_match_by([2, 2, 3], [4, 2, 3], frame, rule="capped")
    assert result.loc[("a", "x")] == pytest.approx(400 / 6)
    assert result.loc[("b", "y")] == 100


def test_an_unknown_level_is_never_a_zero():
    assert math.isnan(competency.job_person_match([3, None], [3, 3], rule="capped"))
    assert math.isnan(competency.job_person_match([3, 3], [3, None], rule="capped"))
    assert math.isnan(competency.job_person_match([], [], rule="capped"))
    both = competency.job_person_match_by([3, None, 3], [3, 3, 3], ["a", "b", "a"], rule="mean_of_capped")
    assert both["a"] == 100
    assert math.isnan(both["b"])
    assert competency.deficits([None], [3]) == competency.Deficits(0, 0.0, 0.0, 1)


@pytest.mark.parametrize("words", [("below", "met", "above"), ("low", "medium", "high"), ("rendah", "menengah", "tinggi")])
def test_every_vocabulary_gives_the_printed_map(words):
    printed = [[1, 3, 6], [2, 5, 8], [4, 7, 9]]
    for row, performance in enumerate(("below", "met", "above")):
        for column, potential in enumerate(words):
            box = competency.nine_box(performance, potential)
            assert box == printed[row][column]
            assert isinstance(box, int)


def test_box_of_what_is_missing_is_missing():
    boxes = competency.nine_box(pd.Series(["above", None], index=[7, 3]), ["high", "high"])
    assert boxes.dtype == "Int64"
    assert boxes[7] == 9
    assert boxes.isna()[3]
    assert pd.isna(competency.nine_box(None, "high"))


def test_wrong_boxes_keep_their_place():
    supplied = pd.Series([8, 9, None], index=["x", "y", "z"])
    wrong = competency.box_differences(supplied, ["above", "above", "met"], ["medium", "high", "low"])
    assert wrong.index.tolist() == ["x"]
    assert wrong.loc["x"].tolist() == [8, 7]


@given(st.tuples(st.floats(0, 25), st.floats(0, 40), st.floats(0, 30), st.floats(0, 5)))
def test_ip_asn_is_the_sum_and_its_categories_have_no_gap(points):
    result = competency.professionalism_index(*points, scheme=SCHEME)
    assert result.total == pytest.approx(sum(points))
    edges = ((91, "Sangat Tinggi"), (81, "Tinggi"), (71, "Sedang"), (61, "Rendah"), (-1, "Sangat Rendah"))
    assert result.category == next(name for lower, name in edges if round(sum(points), 9) >= lower)


def test_a_missing_dimension_makes_ip_asn_missing():
    result = competency.professionalism_index([25, None], 40, 30, 5, scheme=SCHEME)
    assert result.total.isna().tolist() == [False, True]
    assert result.category.isna().tolist() == [False, True]


@pytest.mark.parametrize("done", [True, 1, np.True_, 1.0])
def test_training_done_may_be_written_in_several_ways(done):
    assert competency.competency_points(done, 20, done, job_group="manajerial_fungsional", scheme=SCHEME) == 40
    series = pd.Series([done, None], dtype="object")
    assert competency.competency_points(series, 20, True, job_group="manajerial_fungsional", scheme=SCHEME).isna().tolist() == [False, True]


def test_a_stale_or_unknown_assessment_is_not_valid():
    days = pd.Series([date(2020, 5, 10), None, date(2024, 1, 1)])
    assert competency.assessment_valid(days, date(2023, 5, 10), years=3).tolist() == [True, False, False]
    assert competency.assessment_valid(date(2020, 5, 9), date(2023, 5, 10), years=3) is False


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: competency.job_person_match([3, 6], [3, 3], rule="capped"),
            "achieved must be at most 5; got 6 at position 1. levels are 1 to 5",
        ),
        (lambda: competency.job_person_match([0, 3], [3, 3], rule="capped"), "achieved must be at least 1; got 0 at position 0"),
        (lambda: competency.job_person_match([3], [0], rule="capped"), "required must be at least 1; got 0"),
        (lambda: competency.job_person_match([3], [3], rule="caped"), "rule 'caped' is unknown; allowed: .*; did you mean 'capped'"),
        (lambda: competency.job_person_match_by([3], [3], [None], rule="capped"), "group is missing at position 0"),
        (lambda: competency.job_person_match_by([3, 3], [3, 3], ["a"], rule="capped"), "group has 1 labels where 2 are expected"),
        (lambda: competency.match_band(-1, scheme="generic-80-68"), "jpm must be at least 0"),
        (lambda: competency.nine_box("over", "high"), "performance 'over' is unknown; allowed: below, met, above"),
        (
            lambda: competency.axis_level(50, axis="kinerja", scheme="lokal-80-60"),
            "axis 'kinerja' is unknown; allowed: performance, potential",
        ),
        (lambda: competency.box_differences(10, "met", "low"), "supplied must be at most 9; got 10"),
        (lambda: competency.weighted_match(80, 80, "ahli_utama", scheme="inpassing-35-2020"), "job_level 'ahli_utama' is unknown"),
        (lambda: competency.professionalism_index(26, 40, 30, 5, scheme=SCHEME), "qualification must be at most 25; got 26"),
        (
            lambda: competency.competency_points("ya", 20, 1, job_group="pelaksana", scheme=SCHEME),
            "main_training must be True or False; got 'ya'",
        ),
        (lambda: competency.assessment_valid(date(2020, 1, 1), date(2021, 1, 1), years=0), "years must be at least 1"),
    ],
)
def test_wrong_input_is_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()
