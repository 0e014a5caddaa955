"""Small groups are hidden, and totals do not give them back."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.disclosure import mask_small


def _frame(counts: list[int], group: list[str] | None = None) -> pd.DataFrame:
    group = group or ["a"] * len(counts)
    return pd.DataFrame({"group": group, "n": counts, "mean": [float(n) for n in counts]})


def test_counts_from_one_to_k_minus_one_go_with_their_values_and_zero_stays() -> None:
    frame = _frame([0, 1, 4, 5])
    masked = mask_small(frame, ["n"], ["mean"], 5)
    assert masked.frame["n"].isna().tolist() == [False, True, True, False]
    assert masked.frame["mean"].isna().tolist() == [False, True, True, False]
    assert masked.hidden == 4
    assert frame["n"].tolist() == [0, 1, 4, 5]


def test_one_hidden_cell_takes_the_smallest_neighbour_with_it() -> None:
    masked = mask_small(_frame([3, 20, 9, 0]), ["n"], [], 5, within=["group"])
    assert masked.frame["n"].isna().tolist() == [True, False, True, False]


def test_two_hidden_cells_of_one_person_each_need_a_third() -> None:
    # total 22 − 20 shown would leave 2 for two cells that hold at least 1: both known
    masked = mask_small(_frame([1, 1, 20]), ["n"], [], 5, within=[])
    assert masked.frame["n"].isna().tolist() == [True, True, True]


def test_groups_are_closed_each_for_itself() -> None:
    masked = mask_small(_frame([2, 8, 9, 10], ["a", "a", "b", "b"]), ["n"], [], 5, within=["group"])
    assert masked.frame["n"].isna().tolist() == [True, True, False, False]


def test_any_small_count_hides_the_row() -> None:
    frame = pd.DataFrame({"n": [100, 100], "flagged": [3, 50], "share": [0.03, 0.5]})
    masked = mask_small(frame, ["n", "flagged"], ["share"], 5)
    assert masked.frame.isna().all(axis=1).tolist() == [True, False]


def test_missing_counts_and_empty_frames_pass() -> None:
    frame = pd.DataFrame({"n": pd.array([None, 7], dtype="Int64"), "mean": [1.0, 2.0]})
    assert mask_small(frame, ["n"], ["mean"], 5).hidden == 0
    assert mask_small(frame.iloc[:0], ["n"], ["mean"], 5, within=[]).hidden == 0


@pytest.mark.parametrize(
    ("counts", "k", "message"),
    [(["n"], 0, "k must be at least 1, not 0"), (["m"], 5, r"frame lacks \['m'\]; it has \['group', 'n', 'mean'\]")],
)
def test_wrong_calls_are_named(counts: list[str], k: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mask_small(_frame([1]), counts, [], k)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.integers(2, 6))
def test_an_attacker_with_the_total_cannot_recover_a_small_cell(counts: list[int], k: int) -> None:
    """Every set of values that fits what is shown, the total and the rule: a small cell must have more than one value,
    unless the whole group is smaller than two times k or hidden (1, 1, 1, 1 of a total of 4)."""
    shown = mask_small(_frame(counts), ["n"], [], k, within=[]).frame["n"]
    hidden = [place for place, empty in enumerate(shown.isna()) if empty]
    assert all(counts[place] == 0 or counts[place] >= k for place in range(len(counts)) if place not in hidden)
    positive = [count for count in counts if count > 0]
    nothing_left = len(hidden) == len(positive)
    if not hidden or len(positive) < 2 or sum(positive) < 2 * k or nothing_left:
        return
    left = sum(counts[place] for place in hidden)
    fits = (
        [values for values in itertools.product(range(1, left + 1), repeat=len(hidden)) if sum(values) == left] if len(hidden) < 5 else []
    )
    for position, place in enumerate(hidden):
        if fits and counts[place] < k:
            assert len({values[position] for values in fits}) > 1


def test_a_group_hidden_before_is_not_given_back_by_the_total_beside_it() -> None:
    """51 in all, 41 and 7 shown, the third blanked upstream: 51 − 41 − 7 would give it back."""
    frame = pd.DataFrame(
        {"factor": ["trained"] * 4, "kind": ["slope", "group", "group", "group"], "n": [51, 41, 7, None], "estimate": [1.0] * 4}
    )
    masked = mask_small(frame, ["n"], ["estimate"], 5, within=["factor"])
    assert masked.frame["n"].isna().sum() >= 2
    assert pd.isna(masked.frame.loc[2, "n"]) and masked.frame.loc[1, "n"] == 41
