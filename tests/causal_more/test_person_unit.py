"""Variance shares of persons and units: against dense algebra, against the truth, and what cannot be told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.causal import NotEstimable
from mutasi_analysis.causal.person_unit import leave_one_out_set, person_unit_shares

COLUMNS = {"outcome": "y", "person": "p", "unit": "u", "period": "t"}


def world(seed: int, *, persons: int = 800, units: int = 25, periods: int = 6, moving: float = 0.3, sorting: float = 0.0) -> pd.DataFrame:
    """Person sd 2, unit sd 1, noise sd 3; `sorting` draws better persons to better units; columns p t u y alpha psi."""
    rng = np.random.default_rng(seed)
    psi, alpha = rng.normal(0, 1, units), rng.normal(0, 2, persons)
    taste = sorting * alpha[:, None] * psi
    place = np.tile((taste + rng.gumbel(size=(persons, units))).argmax(1)[:, None], (1, periods))
    target, when = (taste + rng.gumbel(size=(persons, units))).argmax(1), rng.integers(1, periods, persons)
    moved = (rng.random(persons) < moving)[:, None] & (np.arange(periods) >= when[:, None])
    place = np.where(moved, target[:, None], place)
    y = alpha[:, None] + psi[place] + rng.normal(0, 3, place.shape) + 0.3 * np.arange(periods)
    grid = {"p": np.repeat(np.arange(persons), periods), "t": np.tile(np.arange(periods), persons), "u": place.ravel(), "y": y.ravel()}
    return pd.DataFrame(grid).assign(alpha=np.repeat(alpha, periods), psi=psi[place].ravel())


def dense(frame: pd.DataFrame) -> dict[str, float]:
    """KSS with the whole design matrix and its pseudo-inverse: N × (P + J), nothing swept out."""
    who, where = frame["p"].to_numpy(), frame["u"].to_numpy()
    n, persons, units = len(frame), who.max() + 1, where.max() + 1
    of_person, of_unit = np.eye(persons)[who], np.eye(units)[where]
    design = np.hstack([of_person, of_unit])
    inverse = np.linalg.pinv(design)
    y = (frame["y"] - frame.groupby("t")["y"].transform("mean")).to_numpy()
    beta, hat = inverse @ y, design @ inverse
    noise = (y - y.mean()) * (y - hat @ y) / (1 - np.diag(hat))
    alpha, psi = (np.hstack([of_person, 0 * of_unit]) @ inverse, np.hstack([0 * of_person, of_unit]) @ inverse)
    a, b = alpha - alpha.mean(axis=0), psi - psi.mean(axis=0)
    plug = {"person": (alpha @ y).var(), "unit": (psi @ y).var(), "sorting": 2 * np.cov(alpha @ y, psi @ y, bias=True)[0, 1]}
    bias = {"person": (a**2).sum(axis=0) @ noise, "unit": (b**2).sum(axis=0) @ noise, "sorting": 2 * (a * b).sum(axis=0) @ noise}
    assert beta.size == persons + units
    return {name: plug[name] - bias[name] / n for name in plug}


@pytest.mark.parametrize("seed", range(3))
def test_shares_equal_a_dense_regression(seed: int) -> None:
    frame = world(seed, persons=70, units=4, moving=0.9)
    found = person_unit_shares(frame, **COLUMNS)
    assert found.dropped == () and found.n_units == 4
    corrected = found.shares.set_index("component")["corrected"]
    for name, value in dense(frame).items():
        assert corrected[name] == pytest.approx(value, abs=1e-8), name
    assert found.shares["share"].sum() == pytest.approx(1.0)
    assert found.shares["plug_in"].sum() == pytest.approx(found.variance)


def test_the_truth_is_recovered_where_the_plug_in_is_not() -> None:
    """Mean over 15 worlds with sorting: corrected components within 10 % of the truth (4 σ of the mean is 8 %), plug-ins beyond it."""
    rows = []
    for seed in range(15):
        frame = world(seed, sorting=0.3)
        found = person_unit_shares(frame, **COLUMNS).shares.set_index("component")
        truth = [frame["alpha"].var(), frame["psi"].var(), 2 * frame["alpha"].cov(frame["psi"])]
        names = ["person", "unit", "sorting"]
        rows.append([*truth, *found.loc[names, "corrected"], *found.loc[names, "plug_in"]])
    mean = np.mean(rows, axis=0)
    assert mean[3:6] == pytest.approx(mean[:3], rel=0.10)
    assert mean[6] > 1.3 * mean[0] and mean[7] > 1.1 * mean[1] and mean[8] < 0.9 * mean[2]


def test_without_unit_effects_the_share_is_zero_on_average() -> None:
    """Noise and persons only: corrected variance of units within two standard errors of zero over 20 worlds."""
    found = []
    for seed in range(20):
        frame = world(seed, persons=300, units=15)
        frame["y"] = frame["y"] - frame["psi"]
        found.append(person_unit_shares(frame, **COLUMNS).shares.set_index("component").loc["unit", "corrected"])
    assert abs(np.mean(found)) < 2.5 * np.std(found) / np.sqrt(20)


def test_symmetric_moves() -> None:
    """Moves up and down mirror each other in the model; a bonus for every mover breaks it and is seen."""
    frame = world(1, persons=1500)
    fair = person_unit_shares(frame, **COLUMNS)
    assert fair.sum_p_value > 0.01
    up, down = fair.symmetry.set_index("direction")["change"][["up", "down"]]
    assert up > 0 > down
    later = frame["u"] != frame.groupby("p")["u"].transform("first")
    unfair = person_unit_shares(frame.assign(y=frame["y"] + 2.0 * later), **COLUMNS)
    assert unfair.sum_p_value < 1e-6


def test_a_single_bridge_is_no_bridge() -> None:
    """Units 0-1 joined by two movers, unit 2 by one: leaving that one out parts it, so it and its stayer are not in the set."""
    moves = {0: (0, 1), 1: (0, 1), 2: (1, 2), 3: (0, 0), 4: (2, 2)}
    who = np.repeat(list(moves), 2)
    where = np.array([unit for pair in moves.values() for unit in pair])
    assert leave_one_out_set(who, where).tolist() == [True] * 4 + [False] * 2 + [True] * 2 + [False] * 2


def test_what_is_left_out_is_counted_and_no_mover_is_said() -> None:
    frame = world(2, persons=60, units=3, moving=0.9)
    lost = frame.assign(y=frame["y"].where(~((frame["p"] == 5) & (frame["t"] > 0)))).assign(y=lambda f: f["y"].where(f.index != 100))
    assert dict(person_unit_shares(lost, **COLUMNS).dropped) == {"missing": 6, "single_row": 1}
    with pytest.raises(NotEstimable, match="no two units are joined by two movers"):
        person_unit_shares(world(3, moving=0.0), **COLUMNS)


def test_rows_in_another_order_and_text_ids_give_the_same() -> None:
    frame = world(4, persons=150, units=6)
    other = frame.sample(frac=1, random_state=1).assign(p=lambda f: "p" + f["p"].astype(str), u=lambda f: "u" + f["u"].astype(str))
    one, two = (person_unit_shares(data, **COLUMNS).shares["corrected"] for data in (frame, other))
    assert one.tolist() == pytest.approx(two.tolist(), abs=1e-8)
