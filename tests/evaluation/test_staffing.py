"""Head counts replayed from transfers, against a forward walk and by hand."""

from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.evaluation.staffing import other_movers, posts_at_year_ends, posts_on, programme_moves
from tests.evaluation.tiny import move, person, table


def test_a_mover_was_at_the_origin_before_and_at_the_destination_from_the_day_on():
    pegawai = table("pegawai", [person("1", "B")])
    mutasi = table("mutasi", [move("1", "A", "B", "2022-07-01")])
    assert posts_on(pegawai, mutasi, date(2022, 6, 30))["unit_id"].tolist() == ["A"]
    assert posts_on(pegawai, mutasi, date(2022, 7, 1))["unit_id"].tolist() == ["B"]


def test_hired_later_and_left_earlier_are_not_serving():
    pegawai = table("pegawai", [person("1", "A", tmt_cpns="2023-01-01"), person("2", "A", exit_date="2022-05-01"), person("3", "A")])
    mutasi = table("mutasi", [move("9", "A", "B", "2022-07-01")])
    assert posts_on(pegawai, mutasi, date(2022, 12, 31)).index.tolist() == ["3"]


def test_an_unknown_origin_post_keeps_the_present_one():
    pegawai = table("pegawai", [person("1", "B", "kabid")])
    mutasi = table("mutasi", [move("1", "A", "B", "2022-07-01", from_jabatan_id=None)])
    assert posts_on(pegawai, mutasi, date(2022, 1, 1))["jabatan_id"].tolist() == ["kabid"]


def test_the_window_includes_both_its_days():
    mutasi = table(
        "mutasi", [move(str(i), "A", "B", day) for i, day in enumerate(["2021-12-31", "2022-01-01", "2024-12-31", "2025-01-01"])]
    )
    assert programme_moves(mutasi, date(2022, 1, 1), date(2024, 12, 31))["person_id"].tolist() == ["1", "2"]
    assert other_movers(mutasi, date(2022, 1, 1), date(2024, 12, 31)).tolist() == ["0", "3"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from("ABC"), min_size=1, max_size=5), min_size=1, max_size=6), st.integers(2020, 2026))
def test_replaying_backwards_equals_walking_forwards(careers, year):
    """careers: units of each person in order; the k-th move is in year 2020 + k."""
    pegawai = table("pegawai", [person(str(i), path[-1]) for i, path in enumerate(careers)])
    moves = [move(str(i), path[k - 1], path[k], f"{2020 + k}-06-01") for i, path in enumerate(careers) for k in range(1, len(path))] or [
        move("nobody", "A", "B", "2020-01-01")
    ]
    found = posts_on(pegawai, table("mutasi", moves), date(year, 12, 31))["unit_id"]
    expected = {str(i): path[min(year - 2020, len(path) - 1)] for i, path in enumerate(careers)}
    assert found.to_dict() == expected


def test_inputs_are_not_changed():
    pegawai, mutasi = table("pegawai", [person("1", "B")]), table("mutasi", [move("1", "A", "B", "2022-07-01")])
    before = pegawai.copy(deep=True)
    posts_on(pegawai, mutasi, date(2020, 1, 1))
    pd.testing.assert_frame_equal(pegawai, before)


def test_year_ends_of_many_rows_are_those_of_each_day():
    pegawai = table("pegawai", [person("1", "B"), person("2", "C", tmt_cpns="2022-03-01"), person("3", "A", exit_date="2022-05-01")])
    mutasi = table("mutasi", [move("1", "A", "B", "2022-07-01"), move("2", "B", "C", "2023-07-01")])
    rows = pd.DataFrame(
        {"person_id": ["2", "1", "3", "1", "9", "2"], "year": [2022, 2021, 2022, 2022, 2022, 2021]}, index=[5, 3, 9, 1, 0, 7]
    )
    found = posts_at_year_ends(pegawai, mutasi, rows["person_id"].astype("string"), rows["year"])["unit_id"]
    assert found.index.tolist() == rows.index.tolist()
    assert found.fillna("-").tolist() == ["B", "A", "-", "B", "-", "-"]
