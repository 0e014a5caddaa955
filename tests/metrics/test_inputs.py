"""What every formula accepts and gives back: scalars, lists, arrays and Series of any index."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.metrics import abk, balance, competency, performance, workload
from mutasi_analysis.metrics.inputs import factorize


@pytest.mark.parametrize("available", [2, 2.0, np.float32(2), np.int64(2), Decimal(2), np.array(2.0)])
def test_a_scalar_gives_a_float(available):
    result = workload.workload_index(3, available)
    assert type(result) is float
    assert result == 1.5


@pytest.mark.parametrize(
    "available",
    [[2, 4], (2, 4), np.array([2, 4]), pd.Series([2, 4]), pd.Series([2, 4], dtype="Int64"), pd.Index([2, 4]), [Decimal(2), 4]],
)
def test_a_column_gives_a_series_of_float(available):
    result = workload.workload_index(3, available)
    assert isinstance(result, pd.Series)
    assert result.dtype == "float64"
    assert result.tolist() == [1.5, 0.75]


def test_the_index_of_the_first_series_is_kept_and_others_are_matched_to_it():
    required = pd.Series([1.0, 2.0], index=["u1", "u2"])
    available = pd.Series([4.0, 1.0], index=["u2", "u1"])
    result = workload.workload_index(required, available)
    assert result.to_dict() == {"u1": 1.0, "u2": 0.5}
    assert workload.workload_index([1.0, 2.0], available).index.tolist() == ["u2", "u1"]


def test_words_are_matched_by_index_too():
    volume = pd.Series([1.0, 1.0], index=["a", "b"])
    basis = pd.Series(["week", "day"], index=["b", "a"])
    assert abk.annual_volume(volume, basis, norm={"day": 250, "week": 50}).to_dict() == {"a": 250.0, "b": 50.0}


def test_inputs_are_not_changed():
    required = pd.Series([1.0, 2.0], index=["b", "a"], name="need")
    predicate = pd.Series(["Baik", None], dtype="object")
    copies = required.copy(), predicate.copy()
    workload.workload_index(required, required)
    balance.gini(required)
    performance.ridit(predicate)
    pd.testing.assert_series_equal(required, copies[0])
    pd.testing.assert_series_equal(predicate, copies[1])


@pytest.mark.parametrize(
    ("required", "available", "message"),
    [
        ([1, 2], [1, 2, 3], "available_fte has 3 values where 2 are expected"),
        (pd.Series([1, 2]), pd.Series([1, 2], index=[5, 6]), "available_fte is a Series about other rows"),
        (pd.Series([1, 2], index=["a", "a"]), pd.Series([1, 2], index=["a", "b"]), "a row label stands twice"),
        (pd.DataFrame({"a": [1]}), 1, "required_fte must be a number or one column of numbers"),
        ([[1, 2], [3, 4]], 1, "required_fte must have one dimension; it has 2"),
        ([True, False], 1, r"required_fte must be a number; got True \(bool\) at position 0"),
    ],
)
def test_what_cannot_be_matched_raises(required, available, message):
    with pytest.raises(ValueError, match=message):
        workload.workload_index(required, available)


def test_an_error_shows_a_position_and_never_a_label():
    with pytest.raises(ValueError) as caught:
        workload.workload_index(pd.Series([1.0, -1.0], index=["198609262015051001", "199009132025242014"]), 1)
    assert "position 1" in str(caught.value)
    assert "1990" not in str(caught.value)


@given(st.lists(st.integers(0, 30), max_size=40))
def test_counting_and_hashing_code_alike(values):
    fast, labels = factorize(np.array(values, dtype="int64"))
    slow, expected = pd.factorize(np.array(values, dtype="int64"), sort=True)
    assert fast.tolist() == slow.tolist()
    assert list(labels) == list(expected)


@given(st.lists(st.integers(-5, 10**9), min_size=1, max_size=40))
def test_sparse_and_negative_labels_code_alike(values):
    codes, labels = factorize(np.array(values, dtype="int64"))
    assert [labels[code] for code in codes] == values


def test_nullable_numbers_are_read_with_their_gaps():
    required = pd.Series([3, None, 1], dtype="Int64")
    assert workload.workload_index(required, pd.Series([1.5, 1.0, None], dtype="Float64")).isna().tolist() == [False, True, True]
    with pytest.raises(ValueError, match="must be a number; got True"):
        workload.workload_index(pd.Series([True, None], dtype="boolean"), 1)


def test_tuples_may_name_a_cell():
    cells = [("pp-46-2011", 2020), ("pp-46-2011", 2021), ("pp-46-2011", 2020)]
    assert performance.ridit(["Baik", "Baik", "Sangat Baik"], cells).tolist() == [0.25, 0.5, 0.75]


def test_labels_of_any_kind_make_groups():
    for group in ([3, 1, 3], ["b", "a", "b"], pd.Categorical(["b", "a", "b"]), pd.Series(["b", "a", "b"], dtype="string")):
        result = competency.job_person_match_by([1, 2, 2], [2, 2, 2], group, rule="capped")
        assert result.tolist() == [100.0, 75.0]
        assert list(result.index) == sorted(set(group))
