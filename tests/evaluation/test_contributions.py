"""Shapley contributions of transfers: against every order, and against the total."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.metrics.contributions import transfer_contributions

UNITS = ["a", "b", "c"]


def shapley_by_enumeration(required: pd.Series, available: pd.Series, origin: list[str], destination: list[str]) -> np.ndarray:
    total, orders = np.zeros(len(origin)), list(itertools.permutations(range(len(origin))))
    for order in orders:
        now = available.copy()
        for move in order:
            before = (required - now).abs().sum()
            now[origin[move]] -= 1
            now[destination[move]] += 1
            total[move] += (required - now).abs().sum() - before
    return total / len(orders)


@st.composite
def games(draw: st.DrawFn, most: int) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    required = pd.Series(draw(st.lists(st.floats(0, 8), min_size=3, max_size=3)), index=UNITS)
    available = pd.Series(draw(st.lists(st.integers(0, 9), min_size=3, max_size=3)), index=UNITS, dtype="float64")
    moves = draw(st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(UNITS)), min_size=1, max_size=most))
    return required, available, pd.Series([m[0] for m in moves]), pd.Series([m[1] for m in moves])


@settings(max_examples=40, deadline=None)
@given(games(most=5))
def test_equals_the_average_over_every_order(game):
    required, available, origin, destination = game
    expected = shapley_by_enumeration(required, available, list(origin), list(destination))
    found = transfer_contributions(required, available, origin, destination)["total"]
    np.testing.assert_allclose(found, expected, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(games(most=60))
def test_contributions_sum_to_the_change(game):
    required, available, origin, destination = game
    flow = destination.value_counts().reindex(UNITS, fill_value=0) - origin.value_counts().reindex(UNITS, fill_value=0)
    change = (required - available - flow).abs().sum() - (required - available).abs().sum()
    assert transfer_contributions(required, available, origin, destination)["total"].sum() == pytest.approx(change, abs=1e-9)


def test_a_move_inside_one_unit_and_one_to_a_unit_without_need_contribute_nothing():
    required, available = pd.Series({"a": 3.0}), pd.Series({"a": 5.0})
    found = transfer_contributions(required, available, pd.Series(["a", "x"]), pd.Series(["a", "y"]))
    assert found["total"].tolist() == [0.0, 0.0]


def test_two_arrivals_share_what_either_alone_would_have_got():
    found = transfer_contributions(pd.Series({"a": 1.0}), pd.Series({"a": 0.0}), pd.Series(["x", "x"]), pd.Series(["a", "a"]))
    assert found["total"].tolist() == [0.0, 0.0]


def test_rows_must_match():
    with pytest.raises(ValueError, match="one row is one transfer"):
        transfer_contributions(pd.Series({"a": 1.0}), pd.Series({"a": 0.0}), pd.Series(["x"], index=[1]), pd.Series(["a"], index=[2]))
