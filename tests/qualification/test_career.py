"""Career formulas: new sectors, breadth, training against the gap."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.metrics.career import breadth, new_sector, training_against_gap


def test_new_sectors_by_date_not_by_row() -> None:
    """One person: kesehatan 2015, pendidikan 2018, kesehatan 2021; the other: keuangan 2020. Rows in no order."""
    posts = pd.DataFrame(
        {
            "person": ["a", "b", "a", "a"],
            "start": pd.to_datetime(["2021-01-01", "2020-01-01", "2015-01-01", "2018-01-01"]),
            "sector": ["kesehatan", "keuangan", "kesehatan", "pendidikan"],
        },
        index=[7, 8, 9, 10],
    )
    result = new_sector(posts["person"], posts["start"], posts["sector"])
    assert result.index.tolist() == [7, 8, 9, 10]
    assert [None if pd.isna(one) else bool(one) for one in result] == [False, None, None, True]


def test_unknown_sector_is_neither_new_nor_seen() -> None:
    result = new_sector(["a", "a", "a"], [1, 2, 3], ["x", None, "y"])
    assert [None if pd.isna(one) else bool(one) for one in result] == [None, None, True]


def test_breadth_of_two_equal_halves_is_the_logarithm_of_two() -> None:
    table = breadth(["a", "a", "b", "c"], ["x", "y", "x", None])
    assert table.index.tolist() == ["a", "b", "c"]
    assert table["sectors"].tolist() == [2, 1, 0]
    assert table["entropy"].iloc[0] == pytest.approx(math.log(2))
    assert table["entropy"].iloc[1] == 0.0
    assert np.isnan(table["entropy"].iloc[2])


def test_breadth_by_time() -> None:
    """Three quarters and one quarter of the time: −0.75 ln 0.75 − 0.25 ln 0.25 = 0.5623."""
    table = breadth(["a", "a", "a"], ["x", "y", "x"], [200, 100, 100])
    assert table["entropy"].iloc[0] == pytest.approx(0.562335, abs=1e-6)
    assert breadth(["a"], ["x"], [0])["sectors"].tolist() == [0]


@given(st.lists(st.sampled_from("uvwxyz"), min_size=1, max_size=30))
def test_entropy_is_between_zero_and_log_of_sectors(sectors: list[str]) -> None:
    row = breadth(["a"] * len(sectors), sectors).iloc[0]
    assert row["sectors"] == len(set(sectors))
    assert -1e-12 <= row["entropy"] <= math.log(row["sectors"]) + 1e-12
    again = breadth(["a"] * len(sectors), sectors[::-1]).iloc[0]
    assert again["entropy"] == pytest.approx(row["entropy"])


def test_training_against_gap() -> None:
    table = training_against_gap(pd.Series([40, 0, 20, None, 0], index=list("abcde")), [2, 3, 0, 1, 0])
    assert table["state"].tolist() == ["trained", "untrained", "no_gap", "unknown", "no_gap"]
    assert table["hours_per_level"].fillna(-1).tolist() == [20.0, 0.0, -1.0, -1.0, -1.0]
    assert table.index.tolist() == list("abcde")
    assert training_against_gap(8, 2)["hours_per_level"].tolist() == [4.0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: training_against_gap(-1, 2), "hours must be at least 0; got -1"),
        (lambda: breadth(["a"], ["x"], [-3]), "weight must be at least 0"),
        (lambda: breadth(["a", None], ["x", "y"]), "person is missing at position 1"),
        (lambda: new_sector(["a", "a"], [1], ["x", "y"]), "2 persons, 1 values"),
        (lambda: new_sector(["a"], [None], ["x"]), "start is missing at position 0"),
    ],
)
def test_errors(call: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()  # type: ignore[operator]
