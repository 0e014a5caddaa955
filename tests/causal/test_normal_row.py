"""The normal row that every estimator writes: against the table of the normal distribution."""

from __future__ import annotations

import math

import pytest

from mutasi_analysis.estimate import normal_p, normal_row


@pytest.mark.parametrize(("score", "p"), [(1.0, 0.317311), (1.959964, 0.05), (2.575829, 0.01), (3.290527, 0.001)])
def test_p_values_are_those_of_the_printed_table_on_both_sides(score: float, p: float) -> None:
    assert normal_p(score) == pytest.approx(p, abs=5e-7)
    assert normal_p(-score) == normal_p(score)


def test_a_row_reaches_1_96_errors_either_way() -> None:
    row = normal_row(-3.0, 2.0)
    assert (row["estimate"], row["std_error"]) == (-3.0, 2.0)
    assert row["conf_low"] == pytest.approx(-6.919928, abs=1e-6) and row["conf_high"] == pytest.approx(0.919928, abs=1e-6)
    assert row["p_value"] == pytest.approx(0.133614, abs=1e-6)  # 2 · (1 − 0.933193)


@pytest.mark.parametrize("error", [0.0, math.nan])
def test_without_an_error_there_is_no_p_value(error: float) -> None:
    assert math.isnan(normal_row(1.0, error)["p_value"])
