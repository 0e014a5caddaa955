"""A line through regions: R metafor, a published line, a case by hand, and inputs that bear no line."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.comparison import meta_regression

ORACLE: dict[str, Any] = json.loads(Path(__file__).with_name("metaregression.json").read_text())["cases"]
CASES = [(name, i) for name, case in ORACLE.items() for i in range(len(case["results"]))]


@pytest.mark.parametrize(("name", "i"), CASES)
def test_against_metafor(name: str, i: int) -> None:
    case = ORACLE[name]
    expected = case["results"][i]
    found = meta_regression(
        case["estimate"], np.sqrt(case["variance"]), case["moderator"], tau2=expected["tau2_method"], interval=expected["interval"]
    )
    for field in ("slope", "std_error", "conf_low", "conf_high", "p_value", "intercept", "intercept_std_error", "tau2"):
        assert getattr(found, field) == pytest.approx(expected[field], rel=5e-6, abs=1e-7), field
    assert (found.q_residual, found.q_p_value) == pytest.approx((expected["q_residual"], expected["q_p_value"]), rel=2e-6)
    line = found.line(expected["at"])
    for ours, theirs in (("estimate", "line"), ("conf_low", "line_low"), ("conf_high", "line_high")):
        assert line[ours].tolist() == pytest.approx(expected[theirs], rel=5e-6, abs=1e-6), ours
    if isinstance(expected.get("r2"), int | float) and expected["tau2_method"] != "EE":
        assert found.r2 == pytest.approx(expected["r2"], rel=5e-6, abs=1e-5)


def test_the_line_that_metafor_prints_for_the_bcg_trials() -> None:
    """Viechtbauer (2010), JSS 36(3), and the manual of rma(): latitude alone, REML: τ² 0.0764, slope −0.0291 (0.0072), intercept 0.2515."""
    case = ORACLE["bcg_latitude"]
    found = meta_regression(case["estimate"], np.sqrt(case["variance"]), case["moderator"], interval="Wald")
    assert (found.slope, found.std_error, found.intercept) == pytest.approx((-0.0291, 0.0072, 0.2515), abs=5e-5)
    assert found.tau2 == pytest.approx(0.0764, abs=1e-4)  # printed after metafor's default stop at 1e-5; its tight value is above
    assert not found.few


def test_by_hand() -> None:
    """Effects 0, 1, 5 at 0, 1, 2, variance 1, τ² = 0: slope (5 − 0) / 2 = 2.5, its variance 1 / Σ(x − 1)² = 1/2, intercept 2 − 2.5 = −0.5.

    Residuals 0.5, −1, 0.5 have the square sum 1.5 over one degree of freedom, so Hartung-Knapp multiplies the variance by 1.5.
    """
    wald = meta_regression([0, 1, 5], [1, 1, 1], [0, 1, 2], tau2="EE", interval="Wald")
    assert (wald.slope, wald.std_error**2, wald.intercept, wald.q_residual) == pytest.approx((2.5, 0.5, -0.5, 1.5))
    knapp = meta_regression([0, 1, 5], [1, 1, 1], [0, 1, 2], tau2="EE")
    assert knapp.std_error**2 == pytest.approx(0.75)
    assert (knapp.conf_high - 2.5) / knapp.std_error == pytest.approx(math.tan(0.475 * math.pi))
    assert knapp.few
    assert "picture, not a finding" in knapp.notes[-1]


def test_a_perfect_line_keeps_an_honest_interval() -> None:
    """All points on the line: plain Hartung-Knapp would have width 0; the default keeps the equal-effects variance 1/2 · 0.04."""
    found = meta_regression([0, 1, 2], [0.2] * 3, [0, 1, 2])
    assert found.std_error**2 == pytest.approx(0.02)
    assert found.tau2 == 0


@pytest.mark.parametrize(
    ("y", "s", "x", "said"),
    [
        ([], [], [], "fewer than three"),
        ([1.0], [0.1], [3.0], "fewer than three"),
        ([1.0, 2.0], [0.1, 0.1], [1, 2], "fewer than three"),
        ([1.0, 2.0, 3.0], [0.1] * 3, [7, 7, 7], "the same everywhere"),
        ([1.0, None, 3.0], [0.1, 0.1, 0.0], [1, 2, 3], "fewer than three"),
        ([1.0, 2.0, 3.0, 4.0], [0.1] * 4, [None, 2, None, 4], "fewer than three"),
    ],
)
def test_no_line_is_said_and_nothing_is_invented(y: list[Any], s: list[float], x: list[Any], said: str) -> None:
    found = meta_regression(y, s, x)
    assert math.isnan(found.slope) and math.isnan(found.conf_low) and math.isnan(found.tau2)
    assert said in found.notes[-1]
    assert found.line([1, 2]).drop(columns="moderator").isna().all(axis=None)


def test_regions_without_the_moderator_are_left_out_and_counted() -> None:
    found = meta_regression([0.0, 1.0, 5.0, 9.0], [1.0] * 4, [0, 1, 2, None])
    assert found.k == 3
    assert found.slope == pytest.approx(meta_regression([0.0, 1.0, 5.0], [1.0] * 3, [0, 1, 2]).slope)
    assert any(note.startswith("1 have no value") for note in found.notes)


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="tau2='SJ'; allowed: EE, DL, REML, PM"):
        meta_regression([1, 2, 3], [1, 1, 1], [1, 2, 3], tau2="SJ")
    with pytest.raises(ValueError, match="interval='KH'; allowed"):
        meta_regression([1, 2, 3], [1, 1, 1], [1, 2, 3], interval="KH")
    with pytest.raises(ValueError, match="moderator has 2 values and estimate 3"):
        meta_regression([1, 2, 3], [1, 1, 1], [1, 2])


regions = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.05, 3), st.floats(-3, 3)), min_size=4, max_size=9)


@settings(max_examples=40, deadline=None)
@given(regions, st.floats(0.1, 20), st.floats(-50, 50))
def test_the_unit_of_the_moderator_does_not_matter(rows: list[tuple[float, float, float]], factor: float, shift: float) -> None:
    y, s, x = (np.array(column) for column in zip(*rows, strict=True))
    if np.ptp(x) < 0.1:
        return
    one, other = meta_regression(y, s, x), meta_regression(y, s, x * factor + shift)
    assert other.slope * factor == pytest.approx(one.slope, rel=1e-5, abs=1e-6)
    assert other.std_error * factor == pytest.approx(one.std_error, rel=1e-5)
    assert other.tau2 == pytest.approx(one.tau2, rel=1e-5, abs=1e-7)
    equal = meta_regression(y, s, x, tau2="EE", interval="Wald")
    assert one.std_error >= equal.std_error * (1 - 1e-9)
