"""Teachers: the real schools of Balikpapan, naive twins, schools without classes or teachers."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.metrics import teachers

SCHOOLS = Path(__file__).parents[3] / "shared" / "data" / "schools_balikpapan.csv"
schools = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60), st.sampled_from("AB")), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def balikpapan() -> pd.DataFrame:
    if not SCHOOLS.is_file():
        pytest.skip("../shared/data/schools_balikpapan.csv is not beside this project")
    frame = pd.read_csv(SCHOOLS)
    return frame.loc[frame["Status"] == "Negeri"]


@pytest.mark.parametrize(("level", "classes", "existing"), [("SD", 1922, 2428), ("SMP", 636, 1054)])
def test_state_schools_of_balikpapan_sum_to_the_published_totals(balikpapan, level, classes, existing):
    part = balikpapan.loc[balikpapan["Bentuk_Pendidikan"] == level]
    need = teachers.class_teacher_need(part["Rombel"], extra_per_school=0)
    by_area = teachers.area_summary(need, part["Guru_Total"], part["Kecamatan"], classes=part["Rombel"])
    assert by_area["required"].sum() == classes
    assert by_area["existing"].sum() == existing
    assert by_area["schools"].sum() == len(part)


@given(schools, st.integers(0, 4))
def test_need_is_the_loop(rows, extra):
    classes = [row[0] for row in rows]
    naive = [c + extra if c else 0 for c in classes]
    assert teachers.class_teacher_need(classes, extra_per_school=extra).tolist() == naive


@given(schools, st.integers(1, 8))
def test_status_is_the_cascade(rows, minimum):
    ideal, existing, _ = zip(*rows, strict=True)
    for (need, have, _area), word in zip(rows, teachers.staffing_status(existing, ideal, minimum=minimum), strict=True):
        goal = max(need, minimum)
        if need == 0:
            assert word == "surplus" if have else pd.isna(word)
        elif have > goal:
            assert word == "surplus"
        elif have == goal:
            assert word == "ideal"
        else:
            assert word == ("minimum" if have >= minimum else "below_minimum")


@given(schools)
def test_area_sums_are_the_loop(rows):
    need, have, area = zip(*rows, strict=True)
    result = teachers.area_summary(need, have, area, classes=need)
    for name in set(area):
        part = [(n, h) for n, h, a in rows if a == name]
        assert result.loc[name, "gap"] == sum(h - n for n, h in part)
        assert result.loc[name, "shortage"] == sum(max(n - h, 0) for n, h in part)
        assert result.loc[name, "surplus"] == sum(max(h - n, 0) for n, h in part)
        assert result.loc[name, "without_classes"] == sum(n == 0 for n, _ in part)
        assert result.loc[name, "without_teachers"] == sum(h == 0 for _, h in part)
    assert tuple(result.columns) == teachers.AREA_COLUMNS


@given(st.floats(0, 500), st.floats(1, 48), st.floats(0.1, 10))
def test_subject_need_scales(hours, load, factor):
    assert teachers.subject_teacher_need(hours * factor, weekly_load=load) == pytest.approx(
        teachers.subject_teacher_need(hours, weekly_load=load) * factor
    )


def test_a_small_school_must_still_have_the_minimum():
    assert teachers.staffing_status(6, 3, minimum=6) == "ideal"
    assert teachers.staffing_status(5, 3, minimum=6) == "below_minimum"


def test_missing_zero_and_empty():
    assert pd.isna(teachers.staffing_status(None, 6, minimum=6))
    assert teachers.class_teacher_need([0, None], extra_per_school=2).tolist()[0] == 0
    assert teachers.class_teacher_need([None], extra_per_school=2).isna().all()
    assert teachers.subject_teacher_need(0, weekly_load=24) == 0
    assert teachers.area_summary([], [], []).empty
    missing = teachers.area_summary([6, None], [6, 3], ["A", "A"])
    assert missing.loc["A", ["schools", "required", "gap"]].tolist() == [2, 6, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: teachers.class_teacher_need([6, -1], extra_per_school=0), "classes must be at least 0; got -1 at position 1"),
        (lambda: teachers.subject_teacher_need(48, weekly_load=0), "weekly_load must be above 0; got 0"),
        (lambda: teachers.subject_teacher_need(48, weekly_load=1440), "weekly_load must be at most 168; got 1440.*not minutes"),
        (lambda: teachers.counselling_need(450, pupils_per_counsellor=0), "pupils_per_counsellor must be above 0"),
        (lambda: teachers.staffing_status(-1, 6, minimum=6), "existing must be at least 0; got -1"),
        (lambda: teachers.lesson_hours("4", 6), r"hours_per_class_w must be a number; got '4'"),
    ],
)
def test_wrong_input_is_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()
