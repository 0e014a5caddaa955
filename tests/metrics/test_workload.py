"""The workload index, its states, and how it stands to EJ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.errors import NormError
from mutasi_analysis.metrics import abk, workload

SCHEME = "usulan-10-persen"


@given(st.floats(0, 1e7), st.floats(0.1, 500))
def test_for_general_staff_the_index_is_ej(load, incumbents):
    need = abk.need_by_task(load, effective_minutes_y=75_000)
    index = workload.workload_index(need, incumbents)
    assert index == pytest.approx(abk.effectiveness(load, incumbents, effective_minutes_y=75_000), rel=1e-12)


@given(
    st.lists(st.tuples(st.one_of(st.just(0.0), st.floats(0.01, 50)), st.one_of(st.just(0.0), st.floats(0.01, 50))), min_size=1, max_size=20)
)
def test_index_and_state_are_the_loop(rows):
    required, available = zip(*rows, strict=True)
    index = workload.workload_index(required, available)
    state = workload.workload_state(required, available, scheme=SCHEME)
    for (need, have), number, word in zip(rows, index, state, strict=True):
        if have == 0:
            assert number != number
            assert word == ("vacant" if need > 0 else "empty")
        else:
            assert number == pytest.approx(need / have)
            ratio = round(need / have, 9)
            assert word == ("overloaded" if ratio > 1.1 else "balanced" if ratio >= 0.9 else "underloaded")


@given(st.floats(0, 100), st.floats(0.1, 100), st.floats(0.1, 10))
def test_doubling_both_changes_nothing(required, available, factor):
    assert workload.workload_index(required * factor, available * factor) == pytest.approx(workload.workload_index(required, available))


def test_scalar_vacancy_is_named():
    assert workload.workload_state(2, 0, scheme=SCHEME) == "vacant"
    assert workload.workload_state(0, 0, scheme=SCHEME) == "empty"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: workload.workload_index(-1, 2), ValueError, "required_fte must be at least 0; got -1"),
        (lambda: workload.workload_index([1, 2], [1, -2]), ValueError, "available_fte must be at least 0; got -2 at position 1"),
        (lambda: workload.gap("3", 2), ValueError, r"required_fte must be a number; got '3' \(str\)"),
        (
            lambda: workload.workload_band(1, scheme="x"),
            NormError,
            "workload_bands.toml has no scheme 'x'; it has: usulan-10-persen, fte-1-28",
        ),
    ],
)
def test_wrong_input_is_a_sentence(call, error, message):
    with pytest.raises(error, match=message):
        call()
