"""Ranks, pairs, shrinkage and corrections for many questions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis import comparison

FIVE = ([0.10, 0.35, 0.05, 0.60, 0.22], [0.05, 0.10, 0.08, 0.12, 0.06])


def test_rank_probabilities_are_a_doubly_stochastic_table() -> None:
    table = comparison.rank_probabilities(*FIVE, seed=1)
    assert table.sum(axis=0).tolist() == pytest.approx([1] * 5)
    assert table.sum(axis=1).tolist() == pytest.approx([1] * 5)
    assert table.loc[3].idxmax() == 1
    assert table.equals(comparison.rank_probabilities(*FIVE, seed=1))


def test_two_regions_against_the_normal_integral() -> None:
    """θ1 − θ2 is normal with mean κ (y1 − y2) and variance 2 κ v for equal v (the common mean cancels): P(rank 1) = Φ(mean / sd)."""
    y, s = [0.9, 0.1], [0.3, 0.3]
    tau2 = comparison.pool(y, s).tau2
    keep = tau2 / (tau2 + 0.09)
    expected = 0.5 * math.erfc(-keep * 0.8 / math.sqrt(2 * keep * 0.09) / math.sqrt(2))
    table = comparison.rank_probabilities(y, s, draws=200_000, seed=2)
    assert table.loc[0, 1] == pytest.approx(expected, abs=0.005)


def test_regions_that_do_not_differ_are_not_ranked() -> None:
    table = comparison.rank_probabilities([0.10, 0.11, 0.09, 0.12], [0.2, 0.3, 0.1, 0.2], draws=40_000)
    assert comparison.pool([0.10, 0.11, 0.09, 0.12], [0.2, 0.3, 0.1, 0.2]).tau2 == 0
    assert table.to_numpy() == pytest.approx(np.full((4, 4), 0.25), abs=0.015)


def test_unusable_regions_have_no_rank() -> None:
    table = comparison.rank_probabilities([0.1, None, 0.5], [0.1, 0.1, 0.1])
    assert table.loc[1].isna().all()
    assert table.shape == (3, 2)
    assert comparison.rank_probabilities([0.1], [0.1]).isna().all(axis=None)
    assert comparison.shrunken_effects([0.1], [0.1]).isna().all(axis=None)
    assert comparison.leave_one_out([0.1, 0.2], [0.1, 0.1]).isna().all(axis=None)


def test_shrinkage_by_hand() -> None:
    """Estimates 0 and 2, variance 1, DL τ² = 1 (see test_pool): each is drawn half way to the mean 1."""
    table = comparison.shrunken_effects([0, 2], [1, 1], tau2="DL", interval="Wald")
    assert table["estimate"].tolist() == pytest.approx([0.5, 1.5])
    assert table["shrinkage"].tolist() == pytest.approx([0.5, 0.5])
    assert table["std_error"].tolist() == pytest.approx([math.sqrt(0.5 + 0.25)] * 2)


def test_pairs_by_hand() -> None:
    """Differences 3, 0 and −3 with SE √2 · 0.5: z = 4.243, p = 2.21e-5; Holm multiplies the smallest of three by 3, the next by 2."""
    pairs = comparison.distinguishable_pairs([0, -3, 0], [0.5, 0.5, 0.5])
    p = math.erfc(3 / math.sqrt(0.5) / math.sqrt(2))
    assert pairs[["first", "second"]].to_numpy().tolist() == [[0, 1], [0, 2], [1, 2]]
    assert pairs["p_holm"].tolist() == pytest.approx([3 * p, 1, 3 * p])
    assert pairs["apart"].tolist() == [True, False, True]


def test_published_corrections() -> None:
    """Benjamini and Hochberg (1995), section 4: 15 p-values; Bonferroni-type steps reject 3, the FDR procedure 4 at 0.05."""
    p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0]  # fmt: skip
    assert (comparison.holm(p) <= 0.05).sum() == 3
    assert (comparison.benjamini_hochberg(p) <= 0.05).sum() == 4
    assert comparison.benjamini_hochberg(p)[3] == pytest.approx(15 * 0.0095 / 4)
    assert comparison.holm(p)[2] == pytest.approx(13 * 0.0019)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12))
def test_corrections_against_their_definitions(values: list[float | None]) -> None:
    p = np.array([math.nan if v is None else v for v in values])
    known = np.sort(p[~np.isnan(p)])
    m = known.size
    for i, one in enumerate(p):
        if math.isnan(one):
            assert math.isnan(comparison.holm(p)[i])
            assert math.isnan(comparison.benjamini_hochberg(p)[i])
            continue
        place = int(np.searchsorted(known, one, side="right"))
        down = max(min(1.0, (m - j) * known[j]) for j in range(place))
        up = min(min(1.0, m * known[j] / (j + 1)) for j in range(place - 1, m))
        assert comparison.benjamini_hochberg(p)[i] == pytest.approx(up)
        assert comparison.holm(p)[i] == pytest.approx(down)


def test_a_probability_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="outside 0"):
        comparison.holm([0.2, 1.2])
