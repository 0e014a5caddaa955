"""Doubly robust cells against diff-diff where it is right, against a plain regression, and their refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from mutasi_analysis import causal
from mutasi_analysis.causal.doubly_robust import drdid
from tests.causal.conftest import NAMES, staggered

MPDTA_NAMES = {"outcome": "lemp", "unit": "countyreal", "period": "year", "cohort": "first.treat"}


@pytest.fixture
def panel() -> pd.DataFrame:
    frame = staggered({0: 60, 3: 30, 4: 30}, [1, 2, 3, 4], seed=4)
    rng = np.random.default_rng(0)
    by_unit = pd.Series(rng.normal(size=120), name="x")
    return frame.assign(x=by_unit.loc[frame["id"]].to_numpy(), kind=np.where(frame["id"] % 3 == 0, "fungsional", "struktural"))


@pytest.mark.parametrize("controls", ["nevertreated", "notyettreated"])
def test_cells_equal_diff_diff(mpdta: pd.DataFrame, controls: str) -> None:
    """Estimates and errors of every cell, by diff-diff 3.13; its logit stops early, which moves cells by up to 7e-6 (see next test)."""
    diff_diff = pytest.importorskip("diff_diff", reason="extra `estimators` not installed")
    word = {"nevertreated": "never_treated", "notyettreated": "not_yet_treated"}[controls]
    other = diff_diff.CallawaySantAnna(control_group=word, estimation_method="dr", pscore_trim=1e-12).fit(
        mpdta, outcome="lemp", unit="countyreal", time="year", first_treat="first.treat", covariates=["lpop"]
    )
    table = causal.group_time_att(mpdta, **MPDTA_NAMES, covariates=["lpop"], controls=controls).table
    cells = table[table["term"] == "att_gt"]
    assert len(cells) == len(other.group_time_effects) == 12
    for row in cells.itertuples():
        theirs = other.group_time_effects[(int(row.cohort), int(row.period))]
        assert (row.estimate, row.std_error) == pytest.approx((theirs["effect"], theirs["se"]), abs=1e-5)


def test_a_cell_by_another_optimiser(mpdta: pd.DataFrame) -> None:
    """ATT(2004, 2004) from its definition, with the logit by scipy's BFGS to a gradient of 1e-10."""
    wide = mpdta.pivot(index="countyreal", columns="year", values="lemp")
    county = mpdta.drop_duplicates("countyreal").set_index("countyreal").loc[wide.index]
    chosen = county["first.treat"].isin([0, 2004]).to_numpy()
    treated = (county["first.treat"] == 2004).to_numpy()[chosen]
    change = (wide[2004] - wide[2003]).to_numpy()[chosen]
    design = np.column_stack([np.ones(chosen.sum()), county["lpop"][chosen] - county["lpop"][chosen].mean()])
    beta = minimize(
        lambda b: np.logaddexp(0, design @ b).sum() - treated @ (design @ b),
        [0.0, 0.0],
        jac=lambda b: design.T @ (1 / (1 + np.exp(-design @ b)) - treated),
        method="BFGS",
        options={"gtol": 1e-12},
    ).x
    residual = change - design @ np.linalg.lstsq(design[~treated], change[~treated], rcond=None)[0]
    odds = np.exp(design @ beta)[~treated]
    expected = residual[treated].mean() - odds @ residual[~treated] / odds.sum()
    table = causal.group_time_att(mpdta, **MPDTA_NAMES, covariates=["lpop"]).table
    assert table.iloc[0]["estimate"] == pytest.approx(expected, abs=1e-10)


def test_without_covariates_equal_to_diff_diff(mpdta: pd.DataFrame) -> None:
    """The core's cells and simple average, by the same other implementation."""
    diff_diff = pytest.importorskip("diff_diff", reason="extra `estimators` not installed")
    other = diff_diff.CallawaySantAnna().fit(mpdta, outcome="lemp", unit="countyreal", time="year", first_treat="first.treat")
    result = causal.group_time_att(mpdta, **MPDTA_NAMES)
    for row in result.table[result.table["term"] == "att_gt"].itertuples():
        theirs = other.group_time_effects[(int(row.cohort), int(row.period))]
        assert (row.estimate, row.std_error) == pytest.approx((theirs["effect"], theirs["se"]), abs=1e-10)
    simple = result.row("overall_simple")
    assert (simple.estimate, simple.std_error) == pytest.approx((other.overall_att, other.overall_se), abs=1e-10)


def test_a_constant_covariate_changes_nothing(panel: pd.DataFrame) -> None:
    """A covariate that says nothing about who is treated, coded in two balanced levels by design, leaves group means as they are."""
    plain = causal.group_time_att(panel, **NAMES)
    coded = causal.group_time_att(panel.assign(half=(panel["id"] % 2).astype(float)), **NAMES, covariates=["half"])
    assert (panel.groupby("g")["id"].apply(lambda ids: (ids % 2).mean()) == 0.5).all()
    assert coded.table["estimate"].to_numpy() == pytest.approx(plain.table["estimate"].to_numpy(), abs=1e-10)


def test_saturated_covariate_by_hand() -> None:
    """One binary covariate: ATT = Σ over levels of P(level | treated) · (treated mean − comparator mean in the level)."""
    rng = np.random.default_rng(2)
    level = np.repeat([0.0, 1.0], 40)
    treated = rng.random(80) < 0.3 + 0.4 * level
    change = rng.normal(size=80) + level + treated
    result = drdid(change, treated, np.column_stack([np.ones(80), level]))
    assert result is not None
    by_level = [change[treated & (level == x)].mean() - change[~treated & (level == x)].mean() for x in (0, 1)]
    share = level[treated].mean()
    assert result[0] == pytest.approx((1 - share) * by_level[0] + share * by_level[1])
    assert result[1].sum() == pytest.approx(0, abs=1e-9)


def test_influence_predicts_the_jackknife() -> None:
    """Leaving a unit out moves the estimate by −influence / (n − 1), to first order: the jackknife error is within 10 %."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=150)
    treated = rng.random(150) < 1 / (1 + np.exp(-0.5 * x))
    change = 0.5 * x + treated + rng.normal(size=150)
    design = np.column_stack([np.ones(150), x])
    whole = drdid(change, treated, design)
    assert whole is not None
    others = [drdid(np.delete(change, i), np.delete(treated, i), np.delete(design, i, axis=0)) for i in range(150)]
    left_out = np.array([one[0] for one in others if one is not None])
    jackknife = np.sqrt(149 / 150 * ((left_out - left_out.mean()) ** 2).sum())
    assert np.sqrt((whole[1] ** 2).sum()) / 150 == pytest.approx(jackknife, rel=0.1)


def test_units_and_spelling_do_not_matter(panel: pd.DataFrame) -> None:
    """Another unit for a number, and text for an indicator: the same estimates. Clusters of one unit each: the same errors."""
    one = causal.group_time_att(panel.assign(k=(panel["kind"] == "struktural").astype(int)), **NAMES, covariates=["x", "k"])
    other = causal.group_time_att(panel.assign(x=1e6 + 1e3 * panel["x"]), **NAMES, covariates=["x", "kind"], cluster="id")
    for column in ("estimate", "std_error"):
        assert other.table[column].to_numpy() == pytest.approx(one.table[column].to_numpy(), rel=1e-6)


def test_missing_covariates_drop_the_unit(panel: pd.DataFrame) -> None:
    gap = panel.assign(x=panel["x"].where(panel["id"] != 5), kind=panel["kind"].where(panel["id"] != 6))
    result = causal.group_time_att(gap, **NAMES, covariates=["x", "kind"])
    assert dict(result.dropped) == {"incomplete": 2}


def test_no_overlap_is_said(panel: pd.DataFrame) -> None:
    apart = panel.assign(x=panel["x"] + 100.0 * (panel["g"] == 3))
    result = causal.group_time_att(apart, **NAMES, covariates=["x"])
    assert any(note.startswith("3 cells could not be estimated") for note in result.notes)
    assert set(result.table.query("term == 'att_gt'")["cohort"]) == {4.0}
    with pytest.raises(ValueError, match="no cell can be estimated with these covariates"):
        causal.group_time_att(panel.assign(x=100.0 * (panel["g"] > 0)), **NAMES, covariates=["x"])


@pytest.mark.parametrize(
    ("sizes", "options"), [({3: 40, 4: 40, 5: 40}, {"controls": "notyettreated"}), ({0: 60, 2: 20, 4: 30, 9: 20}, {"anticipation": 1})]
)
def test_the_same_sample_as_without_covariates(sizes: dict[float, int], options: dict[str, object]) -> None:
    """A covariate of pure noise moves no cell far: the same units, periods and comparators are used (within three standard errors)."""
    frame = staggered(sizes, [1, 2, 3, 4, 5], seed=7)
    noise = np.random.default_rng(1).normal(size=frame["id"].max() + 1)
    one = causal.group_time_att(frame, **NAMES, **options)  # type: ignore[arg-type]
    other = causal.group_time_att(frame.assign(x=noise[frame["id"]]), **NAMES, **options, covariates=["x"])  # type: ignore[arg-type]
    keys = ["term", "cohort", "period", "event_time", "n_units"]
    pd.testing.assert_frame_equal(one.table[keys], other.table[keys])
    assert ((one.table["estimate"] - other.table["estimate"]).abs() < 0.5 * one.table["std_error"]).all()
