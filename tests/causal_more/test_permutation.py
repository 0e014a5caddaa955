"""The exact test against a slow twin that asks the core for every assignment; intervals and their honesty with six units."""

from __future__ import annotations

import math
import sys
from itertools import combinations, permutations

import numpy as np
import pytest

from mutasi_analysis.causal import NotEstimable, group_time_att, minimum_detectable_effect
from mutasi_analysis.causal.permutation import few_units, permutation_att
from mutasi_analysis.causal.synthetic import EstimatorsMissing, library, synthetic_did
from tests.causal_more.worlds import NAMES, YEARS, long, panel

COHORTS = [0, 0, 0, 2023, 2023, 2024]


def slow_p_value(frame, anticipation: float = 0) -> float:
    """Every distinct way to give the units their cohorts, each estimated by the core."""
    found = []
    for labels in sorted(set(permutations(COHORTS))):
        other = frame.assign(g=np.repeat(labels, 6))
        found.append(group_time_att(other, **NAMES, anticipation=anticipation).row("overall_group")["estimate"])
    real = group_time_att(frame, **NAMES, anticipation=anticipation).row("overall_group")["estimate"]
    return float(np.mean(np.abs(found) >= abs(real) - 1e-9))


@pytest.mark.parametrize("anticipation", [0, 1])
@pytest.mark.parametrize("effect", [0.0, 1.5])
def test_p_value_equals_the_slow_twin(anticipation: int, effect: float) -> None:
    frame = panel(COHORTS, effect=effect, seed=2)
    found = permutation_att(frame, **NAMES, anticipation=anticipation)
    assert found.estimate == pytest.approx(group_time_att(frame, **NAMES, anticipation=anticipation).row("overall_group")["estimate"])
    assert found.p_value == pytest.approx(slow_p_value(frame, anticipation))
    assert (found.n_assignments, found.exact) == (60, True)  # 6! / (3! 2! 1!)


def test_six_units_can_exclude_nothing() -> None:
    """Three against three: 20 assignments that come in mirrored pairs, so no p-value under 2 / 20 and an interval without ends."""
    found = permutation_att(panel([0] * 3 + [2023] * 3, effect=50.0), **NAMES)
    assert (found.p_value, found.smallest_p) == (0.1, 0.1)
    assert (found.conf_low, found.conf_high) == (-math.inf, math.inf)


def test_the_interval_holds_what_the_test_does_not_reject() -> None:
    """Taking an effect just inside the interval out of the data leaves p above 5 %, just outside at most 5 %."""
    frame = panel([0] * 5 + [2023] * 5, effect=3.0, seed=5)
    found = permutation_att(frame, **NAMES)
    treated = (frame["g"] > 0) & (frame["t"] >= frame["g"])
    for end, sign in ((found.conf_low, -1), (found.conf_high, 1)):
        inside, outside = (permutation_att(frame.assign(y=frame["y"] - (end + sign * step) * treated), **NAMES) for step in (-0.01, 0.01))
        assert inside.p_value > 0.05 >= outside.p_value
    assert found.conf_low < found.estimate < found.conf_high


def test_false_positives_with_twelve_units() -> None:
    """At most 5 % by construction: 100 worlds without effect give at most 12 (P of more under 5 % is .15 %)."""
    found = [
        permutation_att(panel([0] * 6 + [2023] * 3 + [2024] * 3, dip=-5.0, seed=s), **NAMES, anticipation=2, draws=399) for s in range(200)
    ]
    assert sum(one.p_value <= 0.05 for one in found) <= 12


def test_drawn_assignments_are_repeatable_and_near_the_exact() -> None:
    frame = panel([0] * 10 + [2023] * 10, effect=0.6, seed=3)
    one, again = (permutation_att(frame, **NAMES, draws=999, seed=7) for _ in range(2))
    assert one == again and not one.exact and one.n_assignments == 1000
    other = permutation_att(frame, **NAMES, draws=4999, seed=8)
    assert abs(one.p_value - other.p_value) < 0.05


def test_the_rule_and_the_refusals() -> None:
    assert few_units(19, 50, fewest_treated=20, fewest_compared=20)
    assert not few_units(20, 20, fewest_treated=20, fewest_compared=20)
    with pytest.raises(NotEstimable) as refusal:
        permutation_att(panel([2023] * 6), **NAMES)
    assert refusal.value.reason == "no_comparators"
    with pytest.raises(NotEstimable) as refusal:
        permutation_att(panel([0] * 6), **NAMES)
    assert refusal.value.reason == "no_treated"


def test_synthetic_did_of_one_unit_and_its_limits() -> None:
    pytest.importorskip("diff_diff", reason="extra `estimators` not installed")
    table = synthetic_did(panel([0] * 12 + [2024], effect=8.0, noise=0.3), **NAMES)
    assert table["term"].tolist() == ["cohort", "overall_group"]
    assert table["estimate"].iloc[1] == pytest.approx(8.0, abs=1.5)
    assert table["std_error"].iloc[1] > 0
    two = synthetic_did(panel([0] * 3 + [2023] * 2 + [2024] * 6, effect=8.0, noise=0.3), **NAMES)
    assert two["std_error"].isna().tolist() == [False, True, True]  # six treated, three comparators: no placebo; cohorts share comparators
    assert two["estimate"].iloc[2] == pytest.approx((2 * two["estimate"].iloc[0] + 6 * two["estimate"].iloc[1]) / 8)
    with pytest.raises(NotEstimable, match="two periods before"):
        synthetic_did(panel([0] * 5 + [2021] * 2), **NAMES)


def test_without_the_library_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "diff_diff", None)
    with pytest.raises(EstimatorsMissing, match=r"pip install 'mutasi-analysis\[estimators\]'"):
        library()


def exact_twin(frame, effect: float) -> float:
    """Share of assignments that, had they been real, the exact test would have found: every world rebuilt and tested by itself."""
    values = frame.pivot(index="u", columns="t", values="y").to_numpy()
    treated = (frame.groupby("u")["g"].first() > 0).to_numpy()
    fitted = permutation_att(frame, **NAMES, with_mde=False).estimate
    calm = values - fitted * (treated[:, None] & (YEARS >= 2023))
    calm = calm.mean(axis=0) + (calm - calm.mean(axis=0)) * math.sqrt((treated.size - 1) / (treated.size - 2))
    found = []
    for chosen in combinations(range(treated.size), int(treated.sum())):
        cohort = np.isin(np.arange(treated.size), chosen) * 2023
        world = long(calm + effect * ((cohort > 0)[:, None] & (YEARS >= 2023)), cohort)
        found.append(permutation_att(world, **NAMES, with_mde=False).p_value <= 0.05)
    return float(np.mean(found))


def test_smallest_effect_that_shows_equals_the_slow_twin() -> None:
    """Four against four: all 70 assignments in turn are the real one."""
    frame = panel([0] * 4 + [2023] * 4, seed=2)
    mde = permutation_att(frame, **NAMES).mde
    assert (
        min(exact_twin(frame, 1.01 * mde), exact_twin(frame, -1.01 * mde))
        >= 0.8
        > min(exact_twin(frame, 0.98 * mde), exact_twin(frame, -0.98 * mde))
    )


def test_smallest_effect_that_shows_is_found_eight_times_in_ten() -> None:
    """Truth: 150 new worlds with that effect, six against six. The normal formula's answer is found 6 times in 10 only."""
    cohorts = [0] * 6 + [2023] * 6
    exact = np.mean([permutation_att(panel(cohorts, seed=s), **NAMES).mde for s in range(25)])
    tables = [group_time_att(panel(cohorts, seed=s), **NAMES).row("overall_group") for s in range(25)]
    normal = np.mean([minimum_detectable_effect(row["std_error"]) for row in tables])

    def found(effect: float) -> float:
        worlds = (panel(cohorts, effect=effect, seed=1000 + s) for s in range(150))
        return float(np.mean([permutation_att(world, **NAMES, with_mde=False).p_value <= 0.05 for world in worlds]))

    assert 0.72 <= found(exact) <= 0.9  # 80 %, Monte-Carlo error 3.3 points, and that of the 25 guesses
    assert found(normal) < 0.72


def test_where_nothing_can_be_found_no_effect_shows() -> None:
    assert permutation_att(panel([0] * 3 + [2023] * 3), **NAMES).mde == math.inf
    assert math.isnan(permutation_att(panel([0] * 3 + [2023] * 3), **NAMES, with_mde=False).mde)
    assert math.isfinite(permutation_att(panel([0] * 30 + [2023]), **NAMES).mde)
