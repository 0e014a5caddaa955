"""What a reader saw first on the pages: half-yearly values drawn as monthly, names over names, a picture of nothing but stars."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.figures.competency import match_transitions
from mutasi_analysis.figures.workload import ASKED, WEIGHT, _around, _freest
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


Box = tuple[float, float, float, float]
Point = tuple[float, float]


def overlap(a: Box, b: Box) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def inside(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def cost(box: Box, line: list[Point], taken: list[Box], led: list[Point]) -> float:
    """What a name at a place and the line to it cover, and how much of other lines, one by one."""
    crossed = sum(inside(point, other) for point in line for other in taken) + sum(inside(point, box) for point in led)
    return sum(overlap(box, other) for other in taken) + WEIGHT * crossed


whole = st.integers(-30, 30).map(float)  # whole numbers, so that sums are exact in any order
points = st.tuples(whole, whole)
boxes = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), whole, whole, st.integers(1, 30), st.integers(1, 12))


@settings(deadline=None)
@given(st.floats(2, 15), st.floats(20, 150))
def test_no_place_of_a_name_lies_on_its_own_mark(radius: float, width: float) -> None:
    mark = (-radius / 2, -radius / 2, radius / 2, radius / 2)  # the square inside a round mark
    assert all(overlap((x, y, x + width, y + 10.0), mark) == 0 for x, y in _around(radius, width, 10.0))


@settings(deadline=None)
@given(st.data(), st.integers(2, 6), st.lists(boxes, min_size=1, max_size=8), st.lists(points, max_size=16))
def test_the_place_of_a_name_is_the_first_of_those_that_cover_least(
    data: st.DataObject, n: int, taken: list[Box], led: list[Point]
) -> None:
    places = data.draw(st.lists(boxes, min_size=n, max_size=n))
    lines = data.draw(st.lists(st.lists(points, min_size=ASKED, max_size=ASKED), min_size=n - 1, max_size=n - 1))
    costs = [cost(box, line, taken, led) for box, line in zip(places, [[], *lines], strict=True)]
    assert _freest(places, lines, taken, led) == costs.index(min(costs))
