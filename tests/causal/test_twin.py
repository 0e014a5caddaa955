"""The core against a naive twin and against what must not change an estimate."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutasi_analysis import causal
from tests.causal import twin
from tests.causal.conftest import NAMES, staggered

SCENARIOS = [
    pytest.param({0: 12, 3: 7, 4: 5, 6: 9}, [1, 2, 3, 4, 5, 6], "nevertreated", 0, id="never"),
    pytest.param({0: 12, 3: 7, 4: 5, 6: 9}, [1, 2, 3, 4, 5, 6], "notyettreated", 0, id="not-yet"),
    pytest.param({0: 10, 4: 6, 5: 8, 6: 7}, [1, 2, 3, 4, 5, 6], "notyettreated", 1, id="not-yet-anticipation"),
    pytest.param({0: 10, 4: 6, 6: 8, 7: 7}, [1, 2, 3, 4, 5, 6], "nevertreated", 1, id="anticipation-past-the-window"),
    pytest.param({3: 9, 4: 8, 6: 7}, [1, 2, 3, 4, 5, 6], "notyettreated", 0, id="nobody-never"),
    pytest.param({0: 11, 2004: 6, 2007: 8, 2009: 7, 2030: 5}, [2001, 2003, 2004, 2008, 2009], "nevertreated", 0, id="gaps-and-late"),
    pytest.param({0: 8, 1: 4, 2: 5, 3: 6}, [1, 2, 3], "nevertreated", 0, id="treated-from-start"),
]


def table_by_key(result: causal.CohortTable) -> dict[str, tuple[float, float]]:
    rows = zip(twin.keys_of(result.table), result.table["estimate"], result.table["std_error"], strict=True)
    return {twin.same(key): (estimate, error) for key, estimate, error in rows}


@pytest.mark.parametrize(("sizes", "periods", "controls", "anticipation"), SCENARIOS)
def test_every_row_equals_the_twin(sizes: dict[float, int], periods: list[float], controls: str, anticipation: int) -> None:
    panel = staggered(sizes, periods, seed=len(periods))
    slow = twin.estimate(twin.read(panel, "y", "id", "t", "g"), controls, anticipation)
    fast = causal.group_time_att(panel, **NAMES, controls=controls, anticipation=anticipation)
    found = table_by_key(fast)
    assert set(found) == {twin.same(key) for key in slow.estimate}
    for key, value in slow.estimate.items():
        assert found[twin.same(key)] == pytest.approx((value, slow.std_error(key)), rel=1e-9, abs=1e-12), key


def test_clusters_equal_the_twin() -> None:
    panel = staggered({0: 15, 3: 8, 4: 9}, [1, 2, 3, 4, 5], seed=5)
    slow = twin.estimate(twin.read(panel, "y", "id", "t", "g"))
    found = table_by_key(causal.group_time_att(panel, **NAMES, cluster="region"))
    cluster = dict(zip(panel["id"], panel["region"], strict=True))
    for key, value in slow.estimate.items():
        assert found[twin.same(key)] == pytest.approx((value, slow.std_error(key, cluster)), rel=1e-9), key


def test_covariance_and_pretest_equal_the_twin() -> None:
    panel = staggered({0: 25, 4: 12, 5: 15}, [1, 2, 3, 4, 5], seed=6)
    slow = twin.estimate(twin.read(panel, "y", "id", "t", "g"))
    result = causal.group_time_att(panel, **NAMES)
    keys = list(slow.estimate)
    influence = np.array([[slow.influence[key][i] for i in slow.units] for key in keys])
    order = [twin.same(key) for key in twin.keys_of(result.table)]
    at = [order.index(twin.same(key)) for key in keys]
    covariance = influence @ influence.T / len(slow.units) ** 2
    assert result.covariance is not None
    assert result.covariance[np.ix_(at, at)] == pytest.approx(covariance, abs=1e-12)
    pre = [i for i, key in enumerate(keys) if key[0] == "att_gt" and key[3] < 0]
    gap = np.array([slow.estimate[keys[i]] for i in pre])
    assert result.pretest_w == pytest.approx(gap @ np.linalg.inv(covariance[np.ix_(pre, pre)]) @ gap)
    assert result.pretest_df == len(pre) == 5


def test_simultaneous_value_equals_a_multiplier_bootstrap() -> None:
    """Rademacher multipliers on the twin's unit influence: another route to the same quantile, to Monte Carlo error (about 2 %)."""
    panel = staggered({0: 60, 3: 30, 4: 30}, [1, 2, 3, 4], seed=8)
    slow = twin.estimate(twin.read(panel, "y", "id", "t", "g"))
    keys = [key for key in slow.estimate if key[0] == "event"]
    influence = np.array([[slow.influence[key][i] for i in slow.units] for key in keys])
    signs = np.random.default_rng(1).choice([-1.0, 1.0], (influence.shape[1], 8000))
    errors = np.sqrt((influence**2).sum(axis=1))
    expected = np.quantile(np.abs(influence @ signs / errors[:, None]).max(axis=0), 0.95)
    assert dict(causal.group_time_att(panel, **NAMES).simultaneous)["event"] == pytest.approx(expected, rel=0.06)


sizes = st.fixed_dictionaries({0: st.integers(3, 9), 3: st.integers(2, 8), 5: st.integers(2, 8)})
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(sizes, st.integers(0, 999), st.floats(0.01, 100), st.floats(-1000, 1000))
def test_shift_and_scale(sizes: dict[float, int], seed: int, factor: float, shift: float) -> None:
    panel = staggered(sizes, [1, 2, 3, 4, 5], seed=seed)
    one = causal.group_time_att(panel, **NAMES)
    other = causal.group_time_att(panel.assign(y=panel["y"] * factor + shift), **NAMES)
    for column in ("estimate", "std_error"):
        assert other.table[column].to_numpy() == pytest.approx(factor * one.table[column].to_numpy(), rel=1e-6, abs=1e-7 * factor)
    assert other.pretest_w == pytest.approx(one.pretest_w, rel=1e-5, nan_ok=True)


@quick
@given(sizes, st.integers(0, 999))
def test_order_of_rows_and_names_of_units(sizes: dict[float, int], seed: int) -> None:
    panel = staggered(sizes, [1, 2, 3, 4, 5], seed=seed)
    mixed = panel.sample(frac=1, random_state=seed).assign(id=lambda d: "NIP " + ((d["id"] * 7919) % 100_003).astype(str))
    one, other = (causal.group_time_att(d, **NAMES).table.drop(columns="method") for d in (panel, mixed))
    pd.testing.assert_frame_equal(one, other, rtol=1e-8, atol=1e-12)


@quick
@given(sizes, sizes, st.integers(0, 999), st.booleans())
def test_merged_halves_are_the_whole(first: dict[float, int], second: dict[float, int], seed: int, clustered: bool) -> None:
    """Two tables added give the estimates of the joined panel, also where a cohort is only in one of them."""
    a = staggered(first, [1, 2, 3, 4, 5], seed=seed)
    b = staggered(second | {4: 3}, [1, 2, 3, 4, 5], seed=seed + 1).assign(id=lambda d: d["id"] + 10_000, y=lambda d: d["y"] + 50)
    cluster = "region" if clustered else None
    merged = causal.cohort_table(a, **NAMES, cluster=cluster) + causal.cohort_table(b, **NAMES, cluster=cluster)
    whole = causal.group_time_att(pd.concat([a, b]), **NAMES, cluster=cluster)
    table = causal.att_of_table(merged, outcome="y").table
    pd.testing.assert_frame_equal(table, whole.table, rtol=1e-7, atol=1e-9)


def test_the_true_effect_is_found_without_noise() -> None:
    """Outcome = level + trend + 2 from treatment on: every post cell is 2, every pre cell 0, exactly."""
    panel = staggered({0: 6, 3: 6, 4: 6}, [1, 2, 3, 4], effect=2.0, noise=0.0)
    table = causal.group_time_att(panel, **NAMES).table
    cells = table[table["term"] == "att_gt"]
    assert cells["estimate"].to_numpy() == pytest.approx(np.where(cells["event_time"] >= 0, 2.0, 0.0), abs=1e-12)
    assert cells["std_error"].isna().all()
    assert math.isclose(table.iloc[-1]["estimate"], 2.0)


def test_minimum_detectable_effect() -> None:
    """z(.975) + z(.8) = 1.959964 + 0.841621; a normal estimate with that mean is found with probability .8 (other tail below 1e-5)."""
    value = causal.minimum_detectable_effect(2.0)
    assert value == pytest.approx(2 * 2.801585, abs=1e-5)
    found = 0.5 * math.erfc((1.959964 - value / 2.0) / math.sqrt(2))
    assert found == pytest.approx(0.8, abs=1e-5)
    assert math.isnan(causal.minimum_detectable_effect(math.nan))
    for wrong in ({"power": 1.0}, {"alpha": 0.0}):
        with pytest.raises(ValueError, match="allowed: numbers between 0 and 1"):
            causal.minimum_detectable_effect(1.0, **wrong)
    with pytest.raises(ValueError, match="std_error=-1"):
        causal.minimum_detectable_effect(-1)
