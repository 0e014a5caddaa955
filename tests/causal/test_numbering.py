"""Codes of ids: equal ids, and only they, share one, whatever the column holds and wherever it starts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis import causal
from mutasi_analysis.causal import numbering

TEXTS = st.lists(st.text(alphabet="ab0é\x00 -", max_size=20), min_size=1, max_size=60)
WHOLE = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3), min_size=1, max_size=60)


def same_partition(ids: pd.Series) -> None:
    codes, count = numbering.numbered(ids)
    expected = pd.factorize(ids.astype(object))[0]
    pairs = set(zip(codes.tolist(), expected.tolist(), strict=True))
    assert len(pairs) == count == len(set(codes.tolist())) == len(set(expected.tolist()))
    assert (codes.min(), codes.max()) == (0, count - 1)


@given(TEXTS, st.integers(0, 5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_text(ids: list[str], start: int, joined: bool) -> None:
    """Also a slice of a column (Arrow offsets) and a column of two chunks."""
    whole = pd.Series(ids, dtype="str")
    column = pd.concat([whole, whole], ignore_index=True) if joined else whole
    part = column.iloc[min(start, len(column) - 1) :]
    same_partition(part)


@given(WHOLE)
@settings(max_examples=150, deadline=None)
def test_whole_numbers(ids: list[int]) -> None:
    same_partition(pd.Series(ids, dtype="int64"))


@pytest.mark.parametrize("dtype", ["object", "str", "string", "string[pyarrow]", "category", "large"])
def test_every_kind_of_text_column(dtype: str) -> None:
    ids = [f"19{n:016d}" for n in (3, 1, 3, 2, 1)] + ["a" * 100, "", "a" * 100]
    if dtype in ("large", "string[pyarrow]"):
        pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    if dtype == "large":
        import pyarrow

        same_partition(pd.Series(ids, dtype=pd.ArrowDtype(pyarrow.large_string())))
    else:
        same_partition(pd.Series(ids, dtype=dtype))


def test_more_ids_than_slots_per_round_and_words_that_differ_in_one_bit() -> None:
    same_partition(pd.Series(np.arange(50_000) * 2**40))
    same_partition(pd.Series([f"{n:020d}" for n in range(20_000)] * 2, dtype="str"))


def test_ids_that_all_collide_are_left_to_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")  # else pandas numbers all text anyway
    monkeypatch.setattr(numbering, "_heads", lambda words, turn: np.zeros(words[0].size, dtype=np.int64))
    ids = pd.Series([f"id-{n}" for n in range(100)] * 2, dtype="str")
    assert numbering.numbered_words(numbering.text_words(ids)) is None
    same_partition(ids)


@pytest.mark.parametrize("kind", ["int", "sparse", "text", "various"])
def test_estimates_do_not_depend_on_ids_nor_on_the_order_of_rows(kind: str) -> None:
    rng = np.random.default_rng(4)
    unit, year = (a.ravel() for a in np.meshgrid(np.arange(60), np.arange(2018, 2024), indexing="ij"))
    panel = pd.DataFrame({"u": unit, "t": year, "g": np.array([0, 2020, 2022])[unit % 3], "y": rng.normal(size=unit.size)})
    names = {"outcome": "y", "unit": "u", "period": "t", "cohort": "g"}
    expected = causal.group_time_att(panel, **names).table
    ids = {
        "int": unit,
        "sparse": unit * 2**50 - 7,
        "text": pd.Series(unit).map("P{:09d}".format).to_numpy(),
        "various": pd.Series(unit).map(lambda n: "x" * (n + 1)).to_numpy(),
    }
    mixed = panel.assign(u=ids[kind]).sample(frac=1, random_state=1).reset_index(drop=True)
    found = causal.group_time_att(mixed, **names).table
    pd.testing.assert_frame_equal(found, expected, rtol=1e-10, atol=1e-12)
