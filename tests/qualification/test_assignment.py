"""The best possible assignment against trying every permutation, and its properties."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mutasi_analysis.metrics.assignment import best_assignment, possible_improvement


def tried_all(score: np.ndarray) -> tuple[int, float]:
    """Naive twin: every way to give people posts; most filled first, then the largest sum."""
    people, posts = score.shape
    padded = np.full((people, posts + people), np.nan)
    padded[:, :posts] = score
    best = (0, 0.0)
    for chosen in permutations(range(posts + people), people):
        values = padded[np.arange(people), chosen]
        best = max(best, (int((~np.isnan(values)).sum()), float(np.nansum(values))))
    return best


def tables(people: int, posts: int) -> st.SearchStrategy[np.ndarray]:
    cell = st.one_of(st.just(np.nan), st.integers(-20, 150).map(float))
    return arrays("float64", (people, posts), elements=cell)


@given(st.data(), st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_as_good_as_trying_everything(data: st.DataObject, people: int, posts: int) -> None:
    score = data.draw(tables(people, posts))
    found, (assigned, value) = best_assignment(score), tried_all(score)
    assert found.assigned == assigned
    assert found.value == pytest.approx(value)
    taken = found.posts[found.posts >= 0]
    assert len(set(taken)) == len(taken) == found.assigned


@pytest.mark.parametrize("size", [5, 6, 7])
def test_square_tables_up_to_seven(size: int) -> None:
    score = np.random.default_rng(size).normal(80, 15, (size, size)).round(1)
    twin = max(sum(score[row, column] for row, column in enumerate(order)) for order in permutations(range(size)))
    assert best_assignment(score).value == pytest.approx(twin)


def test_worked_case() -> None:
    """Two people, each in the other's post: before 60 + 60; realised 70 + 60 = 130; crossed 90 + 80 = 170 is the best.

    Realised 10 of the possible 50: one fifth.
    """
    result = possible_improvement([[70, 90], [80, 60]], [60, 60])
    assert (result.before, result.realised, result.best) == (120, 130, 170)
    assert result.share == pytest.approx(0.2)
    assert (result.n, result.excluded, result.reason) == (2, 0, "ok")


def test_all_realised_is_one_and_a_worse_programme_is_negative() -> None:
    assert possible_improvement([[90, 70], [60, 80]], [60, 60]).share == pytest.approx(1.0)
    assert possible_improvement([[50, 90], [90, 50]], [60, 60]).share == pytest.approx(-20 / 60)


def test_nothing_possible_has_no_share() -> None:
    result = possible_improvement([[80, 80], [80, 80]], [80, 80])
    assert np.isnan(result.share)
    assert result.reason == "nothing_possible"
    assert possible_improvement([[70.0]], [80.0]).reason == "nothing_possible"


def test_unknown_matches_leave_with_their_post() -> None:
    result = possible_improvement([[70, 90, 1], [80, 60, 1], [1, 1, np.nan]], [60, 60, 60])
    assert (result.n, result.excluded, result.share) == (2, 1, pytest.approx(0.2))
    assert possible_improvement([[70.0]], [np.nan]).reason == "no_moves"
    assert possible_improvement(np.empty((0, 0)), []).reason == "no_moves"


def test_forbidden_posts_stay_forbidden() -> None:
    """The better crossing is closed to the first person: what was realised is the best there is."""
    result = possible_improvement([[70, np.nan], [80, 60]], [60, 60])
    assert result.best == result.realised == 130
    assert result.share == pytest.approx(1.0)


@given(st.data(), st.integers(1, 6))
@settings(deadline=None)
def test_never_below_realised_and_blind_to_order(data: st.DataObject, size: int) -> None:
    score = data.draw(tables(size, size))
    before = data.draw(arrays("float64", size, elements=st.integers(0, 120).map(float)))
    result = possible_improvement(score, before)
    assert result.best >= result.realised
    order = data.draw(st.permutations(range(size)))
    turned = possible_improvement(score[np.ix_(order, order)], before[order])
    assert turned.best == pytest.approx(result.best)
    assert turned.reason == result.reason
    if result.reason == "ok":
        assert turned.share == pytest.approx(result.share)
        assert result.share <= 1 + 1e-9


def test_input_is_not_changed_and_empty_is_empty() -> None:
    score = np.array([[1.0, np.nan], [2.0, 3.0]])
    kept = score.copy()
    best_assignment(score)
    np.testing.assert_array_equal(score, kept)
    assert best_assignment(np.empty((0, 0))).assigned == 0
    assert best_assignment([[np.nan, np.nan]]).posts.tolist() == [-1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: best_assignment([1.0, 2.0]), "table of people × posts"),
        (lambda: best_assignment([[np.inf]]), "infinite"),
        (lambda: possible_improvement([[1, 2], [3, 4]], [1, 2, 3]), "score must be 3 × 3 .* got 2 × 2"),
    ],
)
def test_errors(call: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()  # type: ignore[operator]
