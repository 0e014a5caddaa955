"""Which units are hidden, the groups that totals are published for, and kinds counted together, against slow twins in pandas' words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.disclosure import hidden_rows, hidden_units, mask_small, merged_kinds

persons = st.one_of(st.none(), st.integers(0, 12))
rows = st.tuples(persons, persons, st.sampled_from(["a", "b", None]))


def frame_of(found: list[tuple[int | None, int | None, str | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(found, columns=["available_after", "available_before", "kecamatan_code"])
    counts = {name: frame[name].astype("Int64") for name in ("available_after", "available_before")}
    return frame.assign(**counts).set_index(pd.Index([3 * n + 1 for n in range(len(frame))]))


def twin(units: pd.DataFrame, k: int) -> list[bool]:
    """`hidden_units` step by step: the rows that lose their number, then the next smallest until two and k persons are hidden."""
    people = units[["available_after", "available_before"]].astype("float64")
    hidden = mask_small(units, list(people.columns), (), k, within=["kecamatan_code"], whole=True).frame["available_after"].isna()
    for name in people["available_after"].loc[~hidden].sort_values(kind="stable").index if hidden.any() else ():
        if hidden.sum() >= 2 and (people.loc[hidden].sum() >= k).all():
            break
        hidden[name] = True
    return hidden.tolist()


@given(st.lists(rows, min_size=1, max_size=12), st.integers(1, 6))
def test_hidden_units_are_those_of_the_slow_twin(found: list[tuple[int | None, int | None, str | None]], k: int) -> None:
    units = frame_of(found)
    hidden = hidden_units(units, k)
    assert hidden.tolist() == twin(units, k)
    assert hidden.index.equals(units.index)


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ab"), st.sampled_from([None, "x", "y"])), min_size=1, max_size=14))
def test_groups_of_two_columns_are_those_of_their_pairs(found: list[tuple[int, str, str | None]]) -> None:
    frame = pd.DataFrame(found, columns=["n", "one", "two"])
    paired = frame.assign(pair=[f"{one}/{two}" for one, two in zip(frame["one"], frame["two"].fillna("none"), strict=True)])
    both = hidden_rows(frame, ["n"], 5, (["one", "two"],))
    assert np.array_equal(both, hidden_rows(paired, ["n"], 5, (["pair"],)))


def kinds_twin(frame: pd.DataFrame, k: int) -> pd.DataFrame:
    """`merged_kinds` step by step: sums of the frame with ever more of the smallest kinds under one name."""
    order = frame.groupby("kind")["n"].sum().sort_values(kind="stable").index
    merged = frame
    for together in (0, *range(2, len(order) + 1)):
        name = "all" if together == len(order) else "rest"
        named = frame.assign(kind=frame["kind"].mask(frame["kind"].isin(order[:together]), name))
        merged = named.groupby(["year", "kind"], sort=False)["n"].sum().reset_index()
        if not merged["n"].between(1, k - 1).any():
            break
    last = merged["kind"].eq("rest")
    return merged.assign(_last=last).sort_values(["year", "_last"], kind="stable", ignore_index=True).drop(columns="_last")


@given(st.lists(st.tuples(st.integers(2020, 2022), st.sampled_from("abcd"), st.integers(0, 9)), min_size=1, max_size=14), st.integers(1, 6))
def test_kinds_are_merged_as_by_the_slow_twin(found: list[tuple[int, str, int]], k: int) -> None:
    frame = pd.DataFrame(found, columns=["year", "kind", "n"])
    pd.testing.assert_frame_equal(merged_kinds(frame, "year", "kind", "n", k), kinds_twin(frame, k))
