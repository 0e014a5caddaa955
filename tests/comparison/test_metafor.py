"""Against R metafor on published meta-analyses; metafor.json is made by metafor.R (its birth certificate)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mutasi_analysis import comparison

ORACLE = json.loads(Path(__file__).with_name("metafor.json").read_text())
STUDIES: dict[str, Any] = ORACLE["studies"]
CASES = [(name, i) for name, study in STUDIES.items() for i in range(len(study["results"]))]


def data(name: str) -> tuple[np.ndarray, np.ndarray]:
    return np.array(STUDIES[name]["estimate"]), np.sqrt(STUDIES[name]["variance"])


def near(expected: Any, scale: float = 1.0) -> Any:
    return pytest.approx(expected, rel=2e-6, abs=2e-7 * scale)


@pytest.mark.parametrize(
    ("name", "i"), CASES, ids=[f"{n}-{STUDIES[n]['results'][i]['tau2_method']}-{STUDIES[n]['results'][i]['interval']}" for n, i in CASES]
)
def test_every_estimator_and_interval(name: str, i: int) -> None:
    expected = STUDIES[name]["results"][i]
    estimate, std_error = data(name)
    pooled = comparison.pool(estimate, std_error, tau2=expected["tau2_method"], interval=expected["interval"])
    for field, value in expected.items():
        if field not in ("tau2_method", "interval"):
            assert getattr(pooled, field) == near(value), field


@pytest.mark.parametrize("name", STUDIES)
def test_influence_leave_one_out_and_shrinkage(name: str) -> None:
    expected = STUDIES[name]["reml_adhoc"]
    estimate, std_error = data(name)
    measures = comparison.influence(estimate, std_error)
    for column in ("weight", "hat", "rstudent", "dffits", "cook"):
        assert measures[column].tolist() == near(expected[column]), column
    left = comparison.leave_one_out(estimate, std_error)
    for ours, theirs in (("estimate", "estimate"), ("conf_low", "low"), ("conf_high", "high"), ("tau2", "tau2")):
        assert left[ours].tolist() == near(expected[f"left_out_{theirs}"]), ours
    shrunken = comparison.shrunken_effects(estimate, std_error)
    assert shrunken["estimate"].tolist() == near(expected["blup"])
    assert shrunken["std_error"].tolist() == near(expected["blup_se"])
