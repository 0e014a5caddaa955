"""Published numbers, the promise of the default interval, and every input a real comparison can meet."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis import comparison

BCG = Path(__file__).parents[2] / ".." / "shared" / "data" / "effects_bcg_logRR.csv"

finite = st.floats(-5, 5, allow_nan=False)
errors = st.floats(0.05, 3)
studies = st.lists(st.tuples(finite, errors), min_size=2, max_size=9)


@pytest.fixture
def bcg() -> tuple[pd.Series, pd.Series]:
    if not BCG.exists():
        pytest.skip("../shared/data/effects_bcg_logRR.csv is absent")
    table = pd.read_csv(BCG)
    return table["yi"], np.sqrt(table["vi"])


@pytest.mark.parametrize(
    ("tau2", "interval", "expected"),
    [
        ("DL", "Wald", {"estimate": -0.7141, "conf_low": -1.0644, "conf_high": -0.3638, "tau2": 0.3088}),
        ("REML", "Wald", {"estimate": -0.7145, "std_error": 0.1798, "tau2": 0.3132}),
        ("REML", "HKSJ", {"conf_low": -1.1084, "conf_high": -0.3206}),
        ("EE", "Wald", {"estimate": -0.4303}),
    ],
)
def test_bcg_trials(bcg: tuple[pd.Series, pd.Series], tau2: str, interval: str, expected: dict[str, float]) -> None:
    """Figures of ../shared/data/README.md (R metafor)."""
    pooled = comparison.pool(*bcg, tau2=tau2, interval=interval)
    for field, value in expected.items():
        assert getattr(pooled, field) == pytest.approx(value, abs=5e-5), field
    assert pooled.q == pytest.approx(152.233, abs=5e-4)
    assert pooled.k == 13
    if tau2 == "DL":
        assert pooled.i2 == pytest.approx(92.12, abs=5e-3)


def test_hand_case() -> None:
    """Two estimates 0 and 2 with variance 1: mean 1, Q = 2; DL τ² = (2 − 1) / (2 − 2/2) = 1; SE √(2/2) = 1; I² = 1 / (1 + 1)."""
    pooled = comparison.pool([0, 2], [1, 1], tau2="DL", interval="Wald")
    assert (pooled.estimate, pooled.q, pooled.tau2, pooled.std_error, pooled.i2, pooled.h2) == pytest.approx((1, 2, 1, 1, 50, 2))


def test_one_estimate_is_shown_and_not_pooled() -> None:
    pooled = comparison.pool([0.3], [0.1])
    assert (pooled.estimate, pooled.std_error, pooled.k) == pytest.approx((0.3, 0.1, 1))
    assert (pooled.conf_low, pooled.conf_high) == pytest.approx((0.3 - 0.1959964, 0.3 + 0.1959964))
    assert all(math.isnan(x) for x in (pooled.tau2, pooled.i2, pooled.q, pooled.pi_low, pooled.pi_high))
    assert "nothing is pooled" in pooled.notes[-1]


def test_nothing_usable_gives_no_number() -> None:
    for estimate, error in (([], []), ([0.1, None], [None, 0.2]), ([1.0], [math.inf])):
        pooled = comparison.pool(estimate, error)
        assert pooled.k == 0
        assert math.isnan(pooled.estimate)
        assert math.isnan(pooled.conf_low)
        assert "no usable estimate" in pooled.notes[-1]


def test_unusable_regions_are_left_out_and_said() -> None:
    with_gaps = comparison.pool([0.1, None, 0.4, 0.2, 0.3], [0.1, 0.1, 0.2, 0.0, float("nan")])
    assert with_gaps.estimate == comparison.pool([0.1, 0.4], [0.1, 0.2]).estimate
    assert with_gaps.k == 2
    assert np.isnan(with_gaps.weights).tolist() == [False, True, False, True, True]
    assert any(note.startswith("2 of 5 have no estimate") for note in with_gaps.notes)
    assert any("standard error of 0" in note for note in with_gaps.notes)


def test_a_negative_error_or_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match=r"std_error -0\.1 is negative"):
        comparison.pool([1, 2], [0.1, -0.1])
    with pytest.raises(ValueError, match="equally many"):
        comparison.pool([1, 2], [0.1])
    with pytest.raises(ValueError, match=r"tau2='reml'; allowed: EE, DL, REML"):
        comparison.pool([1, 2], [1, 1], tau2="reml")
    with pytest.raises(ValueError, match="interval='KH'; allowed: Wald, HKSJ, HKSJ-adhoc"):
        comparison.pool([1, 2], [1, 1], interval="KH")


def test_identical_regions_have_a_real_interval_or_none() -> None:
    same = [0.5] * 5
    default = comparison.pool(same, [0.1] * 5)
    assert default.std_error == pytest.approx(0.1 / math.sqrt(5))
    assert (default.tau2, default.i2) == (0, 0)
    plain = comparison.pool(same, [0.1] * 5, interval="HKSJ")
    assert math.isnan(plain.conf_low)
    assert any("identical" in note for note in plain.notes)


def test_two_regions_use_one_degree_of_freedom() -> None:
    """t(1) has the 97.5 % point tan(0.475 π) = 12.7062."""
    pooled = comparison.pool([0.0, 0.1], [0.2, 0.2])
    assert (pooled.conf_high - pooled.estimate) / pooled.std_error == pytest.approx(math.tan(0.475 * math.pi))
    assert any("only 2 estimates" in note for note in pooled.notes)


@given(studies)
def test_the_default_is_never_narrower_than_equal_effects(pairs: list[tuple[float, float]]) -> None:
    y, s = zip(*pairs, strict=True)
    ours, equal = comparison.pool(y, s), comparison.pool(y, s, tau2="EE", interval="Wald")
    assert ours.conf_high - ours.conf_low >= (equal.conf_high - equal.conf_low) * (1 - 1e-9)
    assert ours.pi_high - ours.pi_low >= (ours.conf_high - ours.conf_low) * (1 - 1e-9)


@settings(max_examples=40)
@given(studies, st.sampled_from(["EE", "DL", "REML", "ML", "PM", "HE", "SJ"]), st.floats(0.1, 20), finite, st.randoms())
def test_shift_scale_and_order(pairs: list[tuple[float, float]], tau2: str, factor: float, shift: float, random: object) -> None:
    y, s = (np.array(x) for x in zip(*pairs, strict=True))
    order = np.random.default_rng(3).permutation(y.size)
    one = comparison.pool(y, s, tau2=tau2)
    other = comparison.pool((y * factor + shift)[order], (s * factor)[order], tau2=tau2)
    size = 1e-6 * factor * (1 + np.abs(y).max() + abs(shift))
    assert other.estimate == pytest.approx(one.estimate * factor + shift, abs=size)
    assert other.conf_high - other.conf_low == pytest.approx(factor * (one.conf_high - one.conf_low), rel=1e-5, abs=size)
    assert other.tau2 == pytest.approx(one.tau2 * factor**2, rel=1e-5, abs=1e-6 * factor**2)
    assert np.array(other.weights) == pytest.approx(np.array(one.weights)[order], abs=1e-3)


@settings(max_examples=40)
@given(studies, st.sampled_from(["ML", "REML"]))
def test_likelihood_estimates_beat_every_neighbour(pairs: list[tuple[float, float]], tau2: str) -> None:
    """−2 log L written out as the multivariate normal density, with explicit matrices."""
    y, s = (np.array(x) for x in zip(*pairs, strict=True))

    def deviance(variance: float) -> float:
        cov = np.diag(s**2 + variance)
        inverse, one = np.linalg.inv(cov), np.ones(y.size)
        mean = one @ inverse @ y / (one @ inverse @ one)
        extra = math.log(one @ inverse @ one) if tau2 == "REML" else 0.0
        return float(np.linalg.slogdet(cov)[1] + extra + (y - mean) @ inverse @ (y - mean))

    found = comparison.pool(y, s, tau2=tau2).tau2
    best = deviance(found)
    for other in [0.0, *(found * np.array([0.5, 0.9, 1.1, 2.0])), *np.geomspace(1e-4, 60, 25)]:
        assert best <= deviance(float(other)) + 1e-7


def test_import_is_light() -> None:
    heavy = "'scipy.optimize', 'scipy.stats', 'diff_diff'"
    code = f"import sys, mutasi_analysis.comparison, mutasi_analysis.causal; print([m for m in ({heavy}) if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"
