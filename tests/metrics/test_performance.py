"""Predicates, ridits and paired differences: twins, properties, wrong words."""

import math
from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.errors import NormError
from mutasi_analysis.metrics import performance, regimes
from mutasi_analysis.norms import load_family

WORDS = ("Buruk", "Sangat Kurang", "Kurang", "Cukup", "Butuh Perbaikan", "Baik", "Sangat Baik")
RANK = dict(zip(WORDS, (1, 1, 2, 3, 3, 4, 5), strict=True))
ratings = st.lists(st.tuples(st.one_of(st.none(), st.sampled_from(WORDS)), st.sampled_from("abc")), min_size=1, max_size=30)
outcomes = st.lists(st.tuples(st.one_of(st.none(), st.floats(-50, 50)), st.floats(-50, 50)), min_size=1, max_size=20)


def _naive_ridit(rows):
    scores = []
    for word, cell in rows:
        peers = [RANK[w] for w, c in rows if c == cell and w is not None]
        own = RANK.get(word)
        below = sum(rank < own for rank in peers) if own else 0
        equal = sum(rank == own for rank in peers) if own else 0
        scores.append((below + equal / 2) / len(peers) if own else math.nan)
    return scores


@given(ratings)
def test_ridit_is_the_loop(rows):
    words, cells = zip(*rows, strict=True)
    result = performance.ridit(list(words), list(cells))
    assert result.to_numpy() == pytest.approx(np.array(_naive_ridit(rows)), nan_ok=True)


@given(ratings)
def test_the_mean_ridit_of_a_cell_is_one_half(rows):
    words, cells = zip(*rows, strict=True)
    means = performance.ridit(list(words), list(cells)).groupby(np.array(cells)).mean().dropna()
    assert means.to_numpy() == pytest.approx(0.5)


@given(ratings)
def test_columns_make_a_cell_together(rows):
    words, cells = zip(*rows, strict=True)
    frame = pd.DataFrame({"regime": "x", "cell": cells})
    together = performance.ridit(list(words), frame)
    assert together.to_numpy() == pytest.approx(performance.ridit(list(words), list(cells)).to_numpy(), nan_ok=True)


@given(st.lists(st.tuples(st.integers(-3, 3), st.sampled_from("ab")), min_size=1, max_size=30))
def test_ridit_of_numbers_is_the_share_below_and_half_the_share_equal(rows):
    numbers, cells = zip(*rows, strict=True)
    among = [[other for other, place in rows if place == cell] for cell in cells]
    naive = [sum((x < n) + (x == n) / 2 for x in all_) / len(all_) for n, all_ in zip(numbers, among, strict=True)]
    assert performance.ridit(list(numbers), list(cells)).to_numpy() == pytest.approx(naive)
    assert performance.ridit(pd.Series(numbers, dtype="Float64"), list(cells)).to_numpy() == pytest.approx(naive)


def test_ridit_of_ordered_categories_follows_their_order():
    """Shares 1/2, 1/4, 1/4: ridits 1/4, 1/2 + 1/8, 3/4 + 1/8."""
    pain = pd.Categorical(["none", "much", "some", "none", None], categories=["none", "some", "much"], ordered=True)
    assert performance.ridit(pain).to_numpy() == pytest.approx([0.25, 0.875, 0.625, 0.25, np.nan], nan_ok=True)


def test_ridit_keeps_the_index_and_matches_cells_to_it():
    predicate = pd.Series(["Baik", "Sangat Baik", "Kurang"], index=["x", "y", "z"])
    cell = pd.Series(["a", "a", "b"], index=["z", "y", "x"])
    assert performance.ridit(predicate, cell).to_dict() == {"x": 0.5, "y": 0.75, "z": 0.25}
    frame = pd.DataFrame({"cell": cell})
    assert performance.ridit(predicate, frame).to_dict() == {"x": 0.5, "y": 0.75, "z": 0.25}


def test_a_rating_without_a_cell_or_a_predicate_stays_missing():
    result = performance.ridit(["Baik", "Baik", None], ["a", None, "a"])
    assert result.isna().tolist() == [False, True, True]
    assert performance.ridit([], []).empty
    assert performance.ridit("Baik") == 0.5


def test_conclusions_can_be_compared_over_codings():
    for coding in load_family("predicate_codings"):
        values = performance.coded(list(WORDS), coding=coding)
        assert values.is_monotonic_increasing


def test_national_mean_and_spread_of_the_first_coding():
    """Domain 5.5: with 100/80/60/40/20 the national tabulation has mean 82.15 and standard deviation 6.74."""
    words = ("Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang")
    share = np.array([0.1127, 0.8846, 0.0011, 0.0006, 0.0010])
    values = performance.coded(words, coding="100-80-60-40-20").to_numpy()
    mean = (share * values).sum()
    assert mean == pytest.approx(82.15, abs=0.005)
    assert math.sqrt((share * (values - mean) ** 2).sum()) == pytest.approx(6.74, abs=0.005)


@settings(deadline=None)
@given(outcomes)
def test_delta_is_the_loop(rows):
    before, after = zip(*rows, strict=True)
    result = performance.delta(before, after)
    pairs = [(b, a) for b, a in rows if b is not None]
    assert (result.n, result.n_missing) == (len(pairs), len(rows) - len(pairs))
    if pairs:
        assert result.difference == pytest.approx(sum(a - b for b, a in pairs) / len(pairs), abs=1e-9)
        assert result.difference == pytest.approx(result.mean_after - result.mean_before, abs=1e-9)
    if len(pairs) > 1:
        assert result.conf_low - 1e-9 <= result.difference <= result.conf_high + 1e-9


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=20))
def test_swapping_before_and_after_turns_the_sign(rows):
    before, after = zip(*rows, strict=True)
    there, back = performance.delta(before, after), performance.delta(after, before)
    assert there.difference == pytest.approx(-back.difference, abs=1e-9)
    assert there.conf_low == pytest.approx(-back.conf_high, abs=1e-9)


def test_delta_pairs_by_index_and_says_nothing_of_nobody():
    before = pd.Series([1.0, 2.0], index=["p", "q"])
    after = pd.Series([5.0, 1.0], index=["q", "p"])
    assert performance.delta(before, after).difference == 1.5
    partly = performance.delta(before, pd.Series([4.0], index=before.index[:1]))
    assert (partly.n, partly.n_missing) == (1, len(before) - 1)
    nobody = performance.delta([None, 1], [1, None])
    assert (nobody.n, nobody.n_missing) == (0, 2)
    assert all(math.isnan(value) for value in astuple(nobody)[2:])
    one = performance.delta([1], [3])
    assert one.difference == 2
    assert math.isnan(one.conf_low)


def test_top_share_counts_only_who_is_rated():
    assert performance.top_share(["Sangat Baik", "Baik", None, "Baik", "Baik"]) == 0.25
    by_cell = performance.top_share(["Sangat Baik", "Baik", None], ["a", "a", "b"])
    assert by_cell["a"] == 0.5
    assert math.isnan(by_cell["b"])
    assert math.isnan(performance.top_share([None]))


@given(st.floats(0, 120), st.booleans())
def test_pp30_is_the_article(score, idea):
    x = round(score, 9)
    naive = "Sangat Baik" if x >= 110 and idea else "Baik" if x >= 90 else "Cukup" if x >= 70 else "Kurang" if x >= 50 else "Sangat Kurang"
    assert performance.predicate_from_score(score, regime="pp-30-2019", innovation=idea) == naive


def test_an_unknown_idea_is_no_idea_and_an_unknown_score_no_predicate():
    result = performance.predicate_from_score([115, 115, None], regime="pp-30-2019", innovation=[True, None, True])
    assert result.tolist()[:2] == ["Sangat Baik", "Baik"]
    assert result.isna().tolist() == [False, False, True]


@given(st.floats(0, 120), st.floats(0, 120))
def test_the_crosswalk_rises_and_keeps_the_predicate(low, high):
    low, high = sorted((low, high))
    assert regimes.score_as_pp46(low) <= regimes.score_as_pp46(high) + 1e-9
    rank_30 = performance.ordinal(performance.predicate_from_score(high, regime="pp-30-2019", innovation=True))
    rank_46 = performance.ordinal(performance.predicate_from_score(regimes.score_as_pp46(round(high, 6)), regime="pp-46-2011"))
    assert abs(rank_30 - rank_46) <= (0 if abs(high - round(high, 3)) < 1e-12 else 1)


def test_regimes_that_are_not_both_known_have_not_changed():
    assert regimes.regime_changed("a", "b") is True
    assert regimes.regime_changed(["a", None], ["a", "b"]).tolist() == [False, False]
    assert pd.isna(regimes.rating_phase(2020, None))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: performance.ridit(["Baik", "Baek"]), ValueError, "predicate 'Baek' is unknown; allowed: .*; did you mean 'Baik'"),
        (lambda: performance.ridit(["Baik"], ["a", "b"]), ValueError, "cell has 2 values where 1 are expected"),
        (lambda: performance.ridit(["Baik"], pd.DataFrame({"c": ["a", "b"]})), ValueError, "cell has 2 rows where 1 are expected"),
        (lambda: performance.predicate_from_matrix("over", "met"), ValueError, "results 'over' is unknown; allowed: below, met, above"),
        (lambda: performance.predicate_from_score(121, regime="pp-30-2019"), ValueError, "score must be at most 120; got 121"),
        (
            lambda: performance.predicate_from_score(90, regime="permenpanrb-6-2022"),
            ValueError,
            "regime 'permenpanrb-6-2022' is unknown; allowed",
        ),
        (lambda: performance.coded("Baik", coding="5-4-3-2-1"), NormError, "predicate_codings.toml has no scheme '5-4-3-2-1'"),
        (lambda: performance.top_share(["Baik"], top="Terbaik"), ValueError, "top 'Terbaik' is unknown"),
        (lambda: performance.delta([1, 2], [1]), ValueError, "after has 1 values where 2 are expected"),
        (lambda: performance.delta(["1,5"], [2]), ValueError, r"before must be a number; got '1,5'"),
        (lambda: regimes.score_as_pp46(-1), ValueError, "score must be at least 0; got -1"),
    ],
)
def test_wrong_input_is_a_sentence(call, error, message):
    with pytest.raises(error, match=message):
        call()
