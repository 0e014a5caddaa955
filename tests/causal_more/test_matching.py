"""Matched comparators: by hand, on the trap of the football managers, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.causal import NotEstimable
from mutasi_analysis.causal.matching import matched_att
from tests.causal_more.worlds import NAMES, YEARS, long


def dipping(seed: int, *, effect: float = 0.0, n: int = 900, moved: int = 120) -> pd.DataFrame:
    """Who did badly in 2021 is likely to be moved in 2022; bad years are luck and pass by themselves."""
    rng = np.random.default_rng(seed)
    y = rng.normal(0, 4, (n, 1)) + rng.normal(0, 8, (n, YEARS.size))
    chance = np.exp(-y[:, 1] / 6)
    movers = rng.choice(n, moved, replace=False, p=chance / chance.sum())
    g = np.zeros(n, dtype=int)
    g[movers] = 2023
    y[movers, 3:] += effect
    return long(y, g)


def test_twins_by_hand() -> None:
    """Two movers and their twins before the move; each other stayer is far away. Effects 5 − 1 and 9 − 3: 5 on average.

    Abadie-Imbens: gaps 4 and 6 around 5 give (1 + 1) / 4; each comparator serves once, so K (K − 1) = 0 adds nothing.
    """
    y = np.array([[0, 1, 9, 5.5], [10, 12, 0, 20], [0, 1, 9, 1.5], [10, 12, 0, 14], [50, 50, 50, 50], [90, 91, 90, 90]])
    frame = long(y, np.array([2023, 2023, 0, 0, 0, 0]))
    found = matched_att(frame, **NAMES, neighbours=1, caliper=0.1)
    row = found.effects.iloc[0]
    assert row["estimate"] == pytest.approx(5.0, abs=1e-9)
    assert row["std_error"] == pytest.approx(np.sqrt(2 / 4), abs=1e-9)
    assert (found.n_treated, found.n_matched, found.n_comparators) == (2, 2, 2)
    assert found.balance["std_gap_after"].tolist() == pytest.approx([0, 0])
    assert found.balance["compared_before"].tolist() == pytest.approx([(1 + 12 + 50 + 91) / 4, (0 + 10 + 50 + 90) / 4])
    assert found.balance["n_units"].tolist() == [2, 2]
    spread = np.std([[0, 1], [10, 12], [0, 1], [10, 12], [50, 50], [90, 91]])  # one for both years: everybody, before
    assert found.balance["std_gap_before"].tolist() == pytest.approx([(6.5 - 38.5) / spread, (5.0 - 37.5) / spread])
    naive = found.naive.set_index("group")["difference"]
    assert naive.tolist() == pytest.approx([6.25, 1.25, 5.0])  # (4.5 + 8) / 2, (.5 + 2) / 2


def test_the_football_managers() -> None:
    """No effect at all: before/after finds one in nearly every draw, pseudo-transfers find the same, the difference does not.

    Békés and Kézdi (2021), table 24.1: +1.11, +.96, .15 (.21). False positives of a 5 % test in 60 draws: at most 8 (P = .6 %)."""
    naive_found = matched_found = 0
    gaps = []
    for seed in range(60):
        found = matched_att(dipping(seed), **NAMES, caliper=1.0)
        naive = found.naive.set_index("group")
        naive_found += abs(naive.loc["moved", "difference"]) > 1.96 * naive.loc["moved", "std_error"]
        row = found.effects.iloc[0]
        matched_found += abs(row["estimate"]) > 1.96 * row["std_error"]
        gaps.append(naive.loc["difference", "difference"] / naive.loc["moved", "difference"])
    assert naive_found > 50
    assert matched_found <= 8
    assert abs(np.mean(gaps)) < 0.1


def test_an_effect_is_found_through_the_dip() -> None:
    """Mean of 25 estimates of an effect of 4 within three standard errors of it; the naive difference is far above."""
    found = [matched_att(dipping(seed, effect=4.0), **NAMES, caliper=1.0) for seed in range(25)]
    estimates = np.array([one.effects.iloc[0]["estimate"] for one in found])
    assert abs(estimates.mean() - 4.0) < 3 * estimates.std() / 5
    assert np.mean([one.naive.iloc[0]["difference"] for one in found]) > 8


def test_intervals_cover() -> None:
    """Coverage of the 95 % interval over 200 draws: 90 to 99 % (binomial error 1.5 points)."""
    hits = 0
    for seed in range(200):
        row = matched_att(dipping(seed, n=500, moved=60), **NAMES, caliper=1.0).effects.iloc[0]
        hits += row["conf_low"] <= 0 <= row["conf_high"]
    assert 0.90 <= hits / 200 <= 0.99


def test_comparators_come_from_the_same_cell() -> None:
    frame = dipping(1)
    frame = frame.assign(kind=np.where(frame["u"] % 2 == 0, "even", "odd"))
    whole, celled = matched_att(frame, **NAMES, caliper=1.0), matched_att(frame, **NAMES, caliper=1.0, cell="kind")
    odd_stayers = frame.assign(kind=np.where((frame["g"] == 0) | (frame["u"] % 2 == 1), "odd", "even"))
    only = matched_att(odd_stayers, **NAMES, caliper=1.0, cell="kind")
    assert only.n_matched <= frame.loc[(frame["g"] > 0) & (frame["u"] % 2 == 1), "u"].nunique()
    assert celled.n_matched <= whole.n_matched
    assert whole.n_treated == celled.n_treated == 120


def test_who_finds_no_comparator_is_counted_and_nobody_is_an_error() -> None:
    frame = dipping(2)
    far = frame.assign(y=frame["y"] + 1000.0 * (frame["u"] == frame.loc[frame["g"] > 0, "u"].iloc[0]))
    assert matched_att(far, **NAMES, caliper=1.0).n_matched < 120
    with pytest.raises(NotEstimable, match="comparators with the same path") as refusal:
        matched_att(frame.assign(y=frame["y"] + 1000.0 * frame["g"]), **NAMES)
    assert refusal.value.reason == "no_matches"
    with pytest.raises(NotEstimable) as alone:
        matched_att(frame.loc[frame["g"] > 0], **NAMES)
    assert alone.value.reason == "no_comparators"
    with pytest.raises(ValueError, match="neighbours=0"):
        matched_att(frame, **NAMES, neighbours=0)


def test_the_order_of_rows_and_of_ids_does_not_matter() -> None:
    frame = dipping(3)
    other = frame.sample(frac=1, random_state=0).assign(u=lambda f: "p" + f["u"].astype(str))
    one, two = matched_att(frame, **NAMES, caliper=1.0), matched_att(other, **NAMES, caliper=1.0)
    assert one.effects["estimate"].tolist() == pytest.approx(two.effects["estimate"].tolist(), abs=1e-9)
    assert one.effects["std_error"].tolist() == pytest.approx(two.effects["std_error"].tolist(), abs=1e-9)


def test_everyone_who_is_equally_near_serves() -> None:
    """One mover, three stayers with her very path, one neighbour asked for: the mean of the three, whatever the order of the rows.

    Her change is 6; theirs are 1, 2 and 6: 6 − 3 = 3. Each serves for a third; its fellows are the two others, so its noise is
    √(2/3) (c − mean of the two others): −3, −1.5, 4.5 times .8165. With one treated unit there is no spread of gaps, so no error.
    A second pair, far away and exact, with gap 5: estimate 4, and the variance ((3−4)² + (5−4)²) / 4 = .5 needs no more, since nobody
    serves twice.
    """
    y = np.array([[0, 1, 9, 6.5], [0, 1, 9, 1.5], [0, 1, 9, 2.5], [0, 1, 9, 6.5], [40, 41, 0, 46.5], [40, 41, 0, 41.5]])
    frame = long(y, np.array([2023, 0, 0, 0, 2023, 0]))
    for order in (slice(None), slice(None, None, -1)):
        found = matched_att(frame.iloc[order], **NAMES, neighbours=1, caliper=0.1)
        row = found.effects.iloc[0]
        assert row["estimate"] == pytest.approx(4.0, abs=1e-9)
        assert row["std_error"] == pytest.approx(np.sqrt(0.5), abs=1e-9)
        assert found.n_comparators == 4


def test_the_order_of_rows_and_the_names_of_units_decide_nothing() -> None:
    frame = dipping(7, n=400, moved=60).assign(y=lambda f: (f["y"] / 4).round())  # few values, many ties
    rng = np.random.default_rng(1)
    names = {unit: f"p{number:04d}" for unit, number in zip(frame["u"].unique(), rng.permutation(frame["u"].nunique()), strict=True)}
    renamed = frame.assign(u=frame["u"].map(names)).sample(frac=1, random_state=2)
    one, other = (matched_att(rows, **NAMES, caliper=1.0) for rows in (frame, renamed))
    numbers = ["estimate", "std_error", "conf_low", "conf_high", "n_units"]
    pd.testing.assert_frame_equal(one.effects[numbers], other.effects[numbers], rtol=1e-10)
    pd.testing.assert_frame_equal(one.balance, other.balance, rtol=1e-10)
    pd.testing.assert_frame_equal(one.naive, other.naive, rtol=1e-10)
