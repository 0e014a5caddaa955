"""What is computed for many at once equals the same computed one by one."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.evaluation.assessments import match_table
from mutasi_analysis.evaluation.effects import complete_units
from mutasi_analysis.evaluation.naive import naive_difference
from mutasi_analysis.metrics.competency import job_person_match

RULES = ("ratio_of_sums", "capped", "mean_of_capped")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", range(3))
def test_match_of_all_people_to_all_posts(seed: int, rule: str) -> None:
    rng = np.random.default_rng(seed)
    names = [f"c{i}" for i in range(6)]
    levels = pd.DataFrame({"case": np.repeat(np.arange(5), 6), "competency": names * 5, "level": rng.integers(1, 6, 30)})
    levels = levels.loc[rng.random(30) < 0.9]
    required = pd.DataFrame(
        {"jabatan_id": np.repeat(["a", "b", "c"], 6), "competency": names * 3, "required_level": rng.integers(1, 6, 18)}
    )
    required = required.loc[rng.random(18) < 0.7]
    found = match_table(levels, required, pd.Index(["c", "a", "nowhere", "b"]), rule)
    assert found.columns.tolist() == ["c", "a", "nowhere", "b"] and found["nowhere"].isna().all()
    for case, own in levels.groupby("case"):
        for post, wanted in required.groupby("jabatan_id"):
            level = own.set_index("competency")["level"].reindex(wanted["competency"])
            one = job_person_match(level.to_numpy(dtype=float), wanted["required_level"].to_numpy(dtype=float), rule=rule)
            assert found[post].to_dict()[case] == pytest.approx(one, rel=1e-12, nan_ok=True), (case, post)


def test_naive_difference_pairs_the_year_before_with_the_year_after() -> None:
    """Moved in 2021: x 10 → 13, y 20 → 27; z has no year after, w was not moved. Mean difference (3 + 7) / 2 = 5."""
    rows = pd.DataFrame(
        [["x", 2020, 10.0], ["x", 2021, 0.0], ["x", 2022, 13.0], ["y", 2020, 20.0], ["y", 2022, 27.0], ["z", 2020, 99.0], ["w", 2020, 1.0]],
        columns=["unit", "year", "score"],
    )
    found = naive_difference(rows, pd.Series({"x": 2021.0, "y": 2021.0, "z": 2021.0, "v": 2021.0}), ("score",), unit="unit").iloc[0]
    assert found[["outcome", "n", "before", "after", "difference"]].tolist() == ["score", 2, 15.0, 20.0, 5.0]
    half = 12.706204736 * 2.0  # Student's t of one degree times the error √8 / √2
    assert found["conf_low"] == pytest.approx(5 - half) and found["conf_high"] == pytest.approx(5 + half)


@pytest.mark.parametrize("seed", range(4))
def test_complete_units_have_every_year_that_anybody_has(seed: int) -> None:
    rng = np.random.default_rng(seed)
    panel = pd.DataFrame({"unit": np.repeat(list("abcdef"), 4), "year": list(range(2019, 2023)) * 6, "cohort": 0.0})
    panel["y"] = np.where((rng.random(24) < 0.8) & (panel["year"] > 2019), 1.0, math.nan)  # nobody has 2019
    panel = panel.loc[rng.random(24) < 0.95]
    years = {unit: set(own.loc[own["y"].notna(), "year"]) for unit, own in panel.groupby("unit")}
    whole = {unit for unit, own in years.items() if own == set().union(*years.values())}
    expected = panel.loc[panel["unit"].isin(whole), ["unit", "year", "cohort", "y"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(complete_units(panel, "y"), expected)
