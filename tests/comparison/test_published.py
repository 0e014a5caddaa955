"""Meta-analyses with the figures their authors, or others who analysed them, printed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mutasi_analysis import comparison

# Normand (1999), Statistics in Medicine 18, 321-359, Table III: six lidocaine trials (Hine et al. 1989), risk difference in points
LIDOCAINE = ([2.8026, 0.0, 1.9711, 1.7961, 3.5334, 4.4031], [17.7575, 37.5657, 8.1323, 10.8998, 8.0114, 6.1320])
# the same, Table VIII: nine studies of stroke units, difference in days of stay
STROKE = ([-20, -2, -55, -71, -4, 1, 11, -10, 7], [40.5863, 2.0468, 15.2809, 150.2222, 20.1923, 1.2235, 95.3756, 8.0321, 20.6936])


@pytest.mark.parametrize(
    ("study", "tau2", "estimate", "low", "high", "variance"),
    [
        (LIDOCAINE, "EE", 2.9444, 0.3831, 5.5058, 0.0),  # Table VII
        (LIDOCAINE, "REML", 2.9444, 0.3831, 5.5058, 0.0),
        (LIDOCAINE, "DL", 2.9444, 0.3831, 5.5058, 0.0),
        (STROKE, "EE", -3.4939, -5.0265, -1.9613, 0.0),  # Table IX
        (STROKE, "DL", -14.0972, -24.4454, -3.7490, 218.7216),
        (STROKE, "REML", -15.1217, -32.6716, 2.4282, 685.1965),
    ],
)
def test_normand(study: tuple[list[float], list[float]], tau2: str, estimate: float, low: float, high: float, variance: float) -> None:
    """Digits beyond the paper's two as in metafor's own test of the example; inputs have four decimals."""
    pooled = comparison.pool(study[0], np.sqrt(study[1]), tau2=tau2, interval="Wald")
    assert (pooled.estimate, pooled.conf_low, pooled.conf_high) == pytest.approx((estimate, low, high), abs=2e-4)
    assert pooled.tau2 == pytest.approx(variance, abs=1e-2)


def test_six_trials_with_q_below_its_degrees_of_freedom() -> None:
    """Lidocaine, k = 6, Q = 0.86 < 5: plain Hartung-Knapp [1.55, 4.34] is narrower than equal effects [0.38, 5.51]; the default is not."""
    plain = comparison.pool(LIDOCAINE[0], np.sqrt(LIDOCAINE[1]), interval="HKSJ")
    assert (plain.conf_low, plain.conf_high) == pytest.approx((1.55, 4.34), abs=5e-3)
    assert any("HKSJ-adhoc is not" in note for note in plain.notes)
    default = comparison.pool(LIDOCAINE[0], np.sqrt(LIDOCAINE[1]))
    assert default.conf_low < 0.3831
    assert default.conf_high > 5.5058


def test_molloy_and_others() -> None:
    """Molloy, O'Carroll and Ferguson (2014), Ann Behav Med 47, 92-101: r = .15 [.09, .21]; digits from a public metafor session."""
    study = json.loads(Path(__file__).with_name("metafor.json").read_text())["studies"]["molloy2014"]
    pooled = comparison.pool(study["estimate"], np.sqrt(study["variance"]), interval="Wald")
    printed = {"estimate": 0.1499, "std_error": 0.0316, "conf_low": 0.0881, "conf_high": 0.2118, "tau2": 0.0081, "q": 38.1595}
    for field, value in printed.items():
        assert getattr(pooled, field) == pytest.approx(value, abs=5.1e-5), field
    assert (pooled.i2, pooled.h2) == pytest.approx((61.73, 2.61), abs=5.1e-3)
    assert np.tanh([pooled.estimate, pooled.conf_low, pooled.conf_high]) == pytest.approx([0.15, 0.09, 0.21], abs=5e-3)
