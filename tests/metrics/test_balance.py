"""Gini, Theil, distance from balance, Lorenz: published figures, naive twins, properties."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mutasi_analysis.metrics import balance

MEXICO = Path(__file__).parents[3] / "shared" / "data" / "mexico_income.csv"
#: shared data README: Theil T by decade 1940–2000 and its part between the `hanson98` regions (libpysal, inequality 1.0).
THEIL = (0.20894344, 0.15222451, 0.10472941, 0.10194725, 0.09560113, 0.10511256, 0.10660832)
BETWEEN = (0.0345889, 0.02816853, 0.05260921, 0.05931219, 0.03205257, 0.02963731, 0.03635872)
#: the published figures are printed with eight decimals
PRINTED = 6e-9

loads = st.floats(0.01, 1e4)
columns = st.lists(loads, min_size=1, max_size=25)


@pytest.fixture(scope="module")
def mexico() -> pd.DataFrame:
    if not MEXICO.is_file():
        pytest.skip("../shared/data/mexico_income.csv is not beside this project")
    return pd.read_csv(MEXICO)


def test_gini_of_mexico_1940(mexico):
    assert balance.gini(mexico["pcgdp1940"]) == pytest.approx(0.35372371, abs=PRINTED)


@pytest.mark.parametrize("step", range(7))
def test_theil_of_mexico_by_decade(mexico, step):
    result = balance.theil(mexico[f"pcgdp{1940 + 10 * step}"], groups=mexico["hanson98"])
    assert result.total == pytest.approx(THEIL[step], abs=1.1e-8)
    assert result.between == pytest.approx(BETWEEN[step], abs=PRINTED)
    assert result.within == pytest.approx(THEIL[step] - BETWEEN[step], abs=2e-8)


def _naive_gini(values, weights):
    pairs = sum(v * w * abs(a - b) for a, v in zip(values, weights, strict=True) for b, w in zip(values, weights, strict=True))
    total = sum(weights)
    mean = sum(a * v for a, v in zip(values, weights, strict=True)) / total
    return pairs / (2 * total**2 * mean)


@given(st.lists(st.tuples(loads, st.floats(0.1, 50)), min_size=1, max_size=15))
def test_gini_is_the_double_loop(rows):
    values, weights = zip(*rows, strict=True)
    assert balance.gini(values, weights) == pytest.approx(_naive_gini(values, weights), abs=1e-9)


@given(st.lists(st.tuples(loads, st.integers(1, 5)), min_size=1, max_size=10))
def test_a_weight_of_two_is_two_units(rows):
    values, weights = (np.array(part) for part in zip(*rows, strict=True))
    repeated = np.repeat(values, weights)
    assert balance.gini(values, weights) == pytest.approx(balance.gini(repeated), abs=1e-9)
    assert balance.theil(values, weights=weights).total == pytest.approx(balance.theil(repeated).total, abs=1e-9)


@given(columns, st.floats(0.01, 1000), st.randoms())
def test_scale_and_order_do_not_matter(values, factor, random):
    shuffled = [value * factor for value in values]
    random.shuffle(shuffled)
    assert balance.gini(shuffled) == pytest.approx(balance.gini(values), abs=1e-9)
    assert balance.theil(shuffled).total == pytest.approx(balance.theil(values).total, abs=1e-9)


@given(st.lists(st.tuples(st.one_of(st.just(0.0), loads), st.sampled_from("abcd"), st.floats(0.1, 9)), min_size=1, max_size=25))
def test_parts_of_theil_sum_to_the_total(rows):
    values, groups, weights = zip(*rows, strict=True)
    result = balance.theil(values, groups=groups, weights=weights)
    assert result.total == pytest.approx(result.between + result.within, abs=1e-9)
    assert result.between >= -1e-12
    assert result.within >= -1e-12


@given(columns)
def test_everybody_alone_is_all_between_and_everybody_together_all_within(values):
    alone = balance.theil(values, groups=list(range(len(values))))
    together = balance.theil(values)
    assert alone.within == pytest.approx(0, abs=1e-12)
    assert alone.between == pytest.approx(together.total, abs=1e-9)
    assert together.between == pytest.approx(0, abs=1e-12)


@given(columns, loads)
def test_a_transfer_from_more_to_less_lowers_both(values, amount):
    assume(len(values) > 1)
    richest, poorest = int(np.argmax(values)), int(np.argmin(values))
    step = min(amount, (values[richest] - values[poorest]) / 2)
    assume(step > 1e-6)
    after = list(values)
    after[richest] -= step
    after[poorest] += step
    assert balance.gini(after) <= balance.gini(values) + 1e-12
    assert balance.theil(after).total <= balance.theil(values).total + 1e-12


@given(st.lists(st.tuples(st.floats(0, 100), st.one_of(st.just(0.0), st.floats(0.01, 100))), min_size=1, max_size=20))
def test_distances_are_the_loop(rows):
    required, available = zip(*rows, strict=True)
    assert balance.imbalance(required, available) == pytest.approx(sum(abs(r - a) for r, a in rows))
    staffed = [(r, a) for r, a in rows if a > 0]
    if staffed:
        naive = math.sqrt(sum(a * (r / a - 1) ** 2 for r, a in staffed) / sum(a for _, a in staffed))
        assert balance.index_rmse(required, available) == pytest.approx(naive, rel=1e-9)


@given(columns)
def test_lorenz_curve_rises_under_the_diagonal_and_its_area_is_gini(values):
    curve = balance.lorenz_curve(values)
    population, value = curve["population_share"].to_numpy(), curve["value_share"].to_numpy()
    assert (np.diff(value) >= 0).all()
    assert (value <= population + 1e-12).all()
    area = float(((value[1:] + value[:-1]) / 2 * np.diff(population)).sum())
    assert balance.gini(values) == pytest.approx(1 - 2 * area, abs=1e-9)


def test_missing_zero_and_empty():
    assert math.isnan(balance.gini([]))
    assert math.isnan(balance.gini([None, None]))
    assert math.isnan(balance.theil([]).total)
    assert math.isnan(balance.imbalance([], []))
    assert math.isnan(balance.index_rmse([2], [0]))
    assert balance.gini([0, 0]) == 0
    assert balance.theil([0, 0], groups=["a", "b"]) == balance.TheilResult(0.0, 0.0, 0.0)
    assert balance.gini([1, None, 3]) == balance.gini([1, 3])
    assert balance.theil([1, None, 3], groups=["a", None, "b"]).within == pytest.approx(0)
    assert balance.imbalance([3, None], [1, 5]) == 2
    assert balance.lorenz_curve([]).to_numpy().tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: balance.gini([1, -1]), "x must be at least 0; got -1 at position 1"),
        (lambda: balance.gini([1, 2], [1, -2]), "weights must be at least 0; got -2 at position 1"),
        (lambda: balance.theil([1, 2], groups=["a", None]), "1 values have no group"),
        (lambda: balance.theil([1, 2], groups=["a"]), "groups has 1 values where 2 are expected"),
        (lambda: balance.imbalance([1], [-1]), "available must be at least 0"),
    ],
)
def test_wrong_input_is_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()
