"""Cohort tables from batches equal those of the whole frame, however the rows are cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis import causal
from mutasi_analysis.causal import CohortTable, NotEstimable, cohort_table, cohort_table_of_batches
from mutasi_analysis.sources import parquet as parquet_source
from mutasi_analysis.sources.parquet import cohort_table_of_parquet
from tests.causal import conftest
from tests.causal.conftest import staggered

NAMES: dict[str, Any] = dict(conftest.NAMES)
PERIODS: list[float] = [2020, 2021, 2022, 2023]
SIZES: dict[float, int] = {0: 12, 2022: 8, 2023: 6}
DATES = {1: "2022-12-01", 2: "2023-01-01", 3: "2023-02-01", 4: "2023-03-01"}


def cut(frame: pd.DataFrame, lengths: list[int]) -> Iterator[pd.DataFrame]:
    """Batches of the given lengths, over and over, then the rest."""
    start = turn = 0
    while start < len(frame):
        length = lengths[turn % len(lengths)]
        yield frame.iloc[start : start + length]
        start, turn = start + length, turn + 1


def same(one: CohortTable, other: CohortTable) -> None:
    assert one.scale == other.scale
    assert dict(one.dropped) == dict(other.dropped)
    for name in ("periods", "cohorts", "n"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for name in ("mean", "scatter"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12, atol=1e-12)
    assert (one.clusters is None) == (other.clusters is None)
    if one.clusters is not None and other.clusters is not None:
        assert clusters_of(one).keys() == clusters_of(other).keys()
        for key, sums in clusters_of(one).items():
            np.testing.assert_allclose(sums, clusters_of(other)[key], rtol=1e-12, atol=1e-12)


def clusters_of(table: CohortTable) -> dict[tuple[object, float], np.ndarray]:
    parts = table.clusters
    assert parts is not None
    cohorts = table.cohorts[parts.cohort].tolist()
    return {
        (label, g): np.array([n, *total]) for label, g, n, total in zip(parts.label, cohorts, parts.n, parts.total.tolist(), strict=True)
    }


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.integers(0, 5), st.sets(st.integers(0, 103), max_size=30))
def test_any_cut_gives_the_table_of_the_whole(lengths: list[int], seed: int, missing: set[int]) -> None:
    """104 rows = 26 units × 4 periods, some outcomes missing; batches of one row up to several units."""
    panel = staggered(SIZES, PERIODS, seed=seed)
    panel.loc[sorted(missing), "y"] = np.nan
    same(cohort_table_of_batches(cut(panel, lengths), **NAMES), cohort_table(panel, **NAMES))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4), st.sets(st.integers(0, 103), max_size=60))
def test_absent_rows_and_late_periods(lengths: list[int], absent: set[int]) -> None:
    """Rows that are not there at all, and one period that only the last unit has: it makes every other unit incomplete."""
    panel = staggered(SIZES, PERIODS, seed=3)
    late = panel.iloc[-1:].assign(t=2024.0)
    short = pd.concat([panel.drop(index=sorted(absent - {100, 101, 102, 103})), late], ignore_index=True)
    table = cohort_table_of_batches(cut(short, lengths), **NAMES)
    same(table, cohort_table(short, **NAMES))
    assert table.n.sum() == 1


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4), st.sampled_from(["str", "object", "category"]))
def test_text_ids_and_clusters(lengths: list[int], kind: str) -> None:
    panel = staggered(SIZES, PERIODS, seed=4)
    panel = panel.assign(id=panel["id"].map("p{:03d}".format).astype(kind), region=panel["region"].map("r{}".format))  # type: ignore[call-overload]
    same(
        cohort_table_of_batches(cut(panel, lengths), **NAMES, cluster="region"),
        cohort_table(panel, **NAMES, cluster="region"),
    )


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_never_treated_missing_and_periods_in_any_order(lengths: list[int]) -> None:
    panel = staggered(SIZES, PERIODS, seed=5)
    panel = panel.sample(frac=1, random_state=1).sort_values("id", kind="stable").reset_index(drop=True)
    panel["g"] = panel["g"].where(panel["g"] > 0)
    table = cohort_table_of_batches(cut(panel, lengths), **NAMES)
    same(table, cohort_table(panel, **NAMES))
    assert table.cohorts.tolist() == [2022, 2023, np.inf]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_dates_on_the_scale_of_the_whole(lengths: list[int]) -> None:
    """The first unit has December and January only, which years tell apart; the rest needs months."""
    panel = staggered({0: 6, 3: 5, 4: 3}, [1, 2, 3, 4], seed=6).iloc[:].drop(index=[2, 3])
    panel = panel.assign(t=pd.to_datetime(panel["t"].map(DATES)), g=pd.to_datetime(panel["g"].map(DATES)))
    table = cohort_table_of_batches(cut(panel, lengths), **NAMES)
    same(table, cohort_table(panel, **NAMES))
    assert table.scale == "month"


def test_scale_that_turns_finer_with_nothing_in_it_is_refused() -> None:
    """Years suffice up to a February in which nobody has an outcome: the cohorts read before cannot be told by month any more."""
    rows = [(1, "2022-01-01"), (1, "2023-01-01"), (2, "2022-01-01"), (2, "2023-01-01"), (2, "2023-02-01")]
    panel = pd.DataFrame(rows, columns=["id", "t"]).assign(g=None, y=[1.0, 2.0, 3.0, 4.0, np.nan])
    with pytest.raises(ValueError, match="leave rows without outcome away"):
        cohort_table_of_batches(cut(panel, [3, 2]), **NAMES)


def refused(batches: Iterator[pd.DataFrame], reason: str, sentence: str, **options: Any) -> None:
    with pytest.raises(NotEstimable, match=sentence) as caught:
        cohort_table_of_batches(batches, **NAMES, **options)
    assert caught.value.reason == reason
    assert reason in causal.REASONS


@pytest.mark.parametrize("lengths", [[1], [4], [7], [1000]])
def test_units_that_do_not_rise_are_refused(lengths: list[int]) -> None:
    """Shuffled rows; whole units in falling order; a unit that comes back after it was closed. The sentence names no id."""
    panel = staggered(SIZES, PERIODS, seed=7)
    falling = panel.sort_values("id", ascending=False, kind="stable")
    back = pd.concat([panel.iloc[:-1], panel.iloc[:1]])
    for broken in (panel.sample(frac=1, random_state=0), falling, back, panel.assign(id=panel["id"].map("{}".format))):
        refused(cut(broken, lengths), "unsorted_units", r"not sorted by 'id'.*sort_values\('id'\)")
    mixed = panel.assign(id=panel["id"].astype(object).where(panel["id"] < 20, "late"))
    refused(cut(mixed, lengths), "unsorted_units", "not sorted")


@pytest.mark.filterwarnings("ignore:Parsing integer")  # the open unit mixes both, on purpose
def test_other_refusals() -> None:
    panel = staggered(SIZES, PERIODS, seed=8)
    twice = pd.concat([panel, panel]).sort_values("id", kind="stable")
    refused(cut(twice, [13]), "duplicate_rows", "rows repeat a unit and period")
    refused(cut(panel.assign(id=panel["id"].where(panel["id"] != 9)), [13]), "missing_ids", "rows have no 'id'")
    refused(cut(panel.assign(y=np.nan), [13]), "no_complete_units", "no unit has 'y'")
    refused(cut(panel.iloc[:0], [13]), "no_complete_units", "no rows")
    refused(cut(panel.assign(g=[2022, 2023] * 52), [13]), "cohort_varies", "more than one value inside a unit")
    refused(cut(panel, [13]), "cluster_varies", "more than one value", cluster="t")
    with pytest.raises(ValueError, match="nearest name: 'y'"):
        cohort_table_of_batches(cut(panel, [13]), **{**NAMES, "outcome": "yy"})
    dated = panel.assign(t=pd.to_datetime(panel["t"].astype(int).astype(str)), g=None)
    with pytest.raises(ValueError, match="numbers in some batches and dates in others"):
        cohort_table_of_batches(iter([panel.iloc[:8], dated.iloc[8:]]), **NAMES)


def test_one_id_for_everybody_does_not_fill_the_memory() -> None:
    """A wrong unit column: past 10,000 rows of one unit its repeated periods are seen, long before the batches end."""
    endless = (pd.DataFrame({"id": 1, "t": np.arange(2000) % 5, "g": 0, "y": 0.0}) for _ in range(10**9))
    refused(endless, "duplicate_rows", "rows repeat")


def test_levels_far_from_zero_cost_no_digits() -> None:
    """y + 1e8 has the scatter of y; squares of 1e8 alone would leave no digit of it."""
    panel = staggered(SIZES, PERIODS, seed=9).round({"y": 6})
    far = cohort_table_of_batches(cut(panel.assign(y=panel["y"] + 1e8), [10]), **NAMES)
    np.testing.assert_allclose(far.scatter, cohort_table(panel, **NAMES).scatter, rtol=1e-6, atol=1e-6)


@pytest.fixture
def two_regions(tmp_path: Path) -> tuple[pd.DataFrame, Path, pd.DataFrame, Path]:
    pytest.importorskip("pyarrow")
    a = staggered(SIZES, PERIODS, seed=10).assign(note="x")
    b = staggered({0: 9, 2021: 5, 2022: 4}, PERIODS, seed=11, effect=2.0)
    b = b.assign(id=b["id"] + 1000, note="y", g=b["g"].where(b["g"] > 0))
    paths = tmp_path / "a.parquet", tmp_path / "b.parquet"
    a.to_parquet(paths[0], row_group_size=9)
    b.sample(frac=1, random_state=0).sort_values("id").to_parquet(paths[1])
    return a, paths[0], b, paths[1]


@pytest.mark.parametrize("cluster", [None, "region"])
@pytest.mark.parametrize("batch_rows", [1, 7, 1000])
def test_two_regions_in_files_add_up_to_both(two_regions: Any, cluster: str | None, batch_rows: int) -> None:
    a, file_a, b, file_b = two_regions
    one, other = (cohort_table_of_parquet(path, **NAMES, cluster=cluster, batch_rows=batch_rows) for path in (file_a, file_b))
    both = pd.concat([a, b], ignore_index=True)
    same(one + other, cohort_table(both, **NAMES, cluster=cluster))
    pooled, whole = causal.att_of_table(one + other), causal.group_time_att(both, **NAMES, cluster=cluster)
    for name in ("estimate", "std_error"):
        np.testing.assert_allclose(pooled.table[name].to_numpy(), whole.table[name].to_numpy(), rtol=1e-10, atol=1e-12)


def test_record_batches_and_text_ids_from_a_file(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    panel = staggered(SIZES, PERIODS, seed=12)
    panel["id"] = panel["id"].map("p{:03d}".format)
    panel.loc[5, "y"] = np.nan
    whole = cohort_table(panel, **NAMES)
    same(cohort_table_of_batches(pyarrow.Table.from_pandas(panel).to_batches(max_chunksize=11), **NAMES), whole)
    panel.to_parquet(tmp_path / "p.parquet")
    same(cohort_table_of_parquet(tmp_path / "p.parquet", **NAMES, batch_rows=11), whole)
    with pytest.raises(ValueError, match="no column 'nama'"):
        cohort_table_of_parquet(tmp_path / "p.parquet", **{**NAMES, "outcome": "nama"})
    with pytest.raises(ValueError, match="batch_rows=0"):
        cohort_table_of_parquet(tmp_path / "p.parquet", **NAMES, batch_rows=0)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """16 row groups, 5.1 MB of numbers: pyarrow holds less than a quarter at any time (with its pre_buffer, half)."""
    pyarrow = pytest.importorskip("pyarrow")
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"id": np.repeat(np.arange(40_000), 4), "t": np.tile(PERIODS, 40_000), "g": 0, "y": rng.normal(size=160_000)})
    frame["id"] += np.repeat(rng.integers(0, 1000, size=40_000).cumsum(), 4)
    frame.to_parquet(tmp_path / "p.parquet", row_group_size=10_000)
    before = pyarrow.total_allocated_bytes()
    frames = parquet_source._frames(tmp_path / "p.parquet", ["id", "t", "g", "y"], 10_000)
    held = [pyarrow.total_allocated_bytes() - before for _ in frames]
    assert len(held) == 16
    assert max(held) < 160_000 * 4 * 8 / 4


def test_without_pyarrow_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"mutasi-analysis\[parquet\]"):
        cohort_table_of_parquet(tmp_path / "p.parquet", **NAMES)
