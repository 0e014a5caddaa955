"""What a reader saw first on the pages: half-yearly values drawn as monthly, names over names, a picture of nothing but stars."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.figures.competency import match_transitions
from mutasi_analysis.figures.workload import _around, _overlap
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import is_monthly


def test_values_of_every_month_are_monthly_and_those_of_every_half_year_are_not() -> None:
    months = pd.date_range("2023-01-01", "2025-12-01", freq="MS")
    assert is_monthly(pd.DataFrame({"month": months}))
    assert is_monthly(pd.DataFrame({"month": months.delete([4, 11, 17])}))  # some months without a value
    assert not is_monthly(pd.DataFrame({"month": months[5::6]}))


def test_a_picture_whose_every_count_is_hidden_is_not_drawn() -> None:
    moves = pd.DataFrame({"jpm_from": [45.0 + 10 * (i % 5) for i in range(15)], "jpm_to": [45.0 + 10 * (i % 3) for i in range(15)]})
    row = {"grouping": "all", "n": 15, "jpm_from": 65.0, "jpm_to": 55.0, "change": -10.0, "conf_low": -14.0, "conf_high": -6.0}
    assert match_transitions(moves, pd.DataFrame([row]), Words("id"), minimum_cell=5) is None  # 15 pairs of classes, 1 person each


@settings(deadline=None)
@given(st.floats(2, 15), st.floats(20, 150))
def test_no_place_of_a_name_lies_on_its_own_mark(radius: float, width: float) -> None:
    mark = (-radius / 2, -radius / 2, radius / 2, radius / 2)  # the square inside a round mark
    assert all(_overlap((x, y, x + width, y + 10.0), mark) == 0 for x, y in _around(radius, width, 10.0))
