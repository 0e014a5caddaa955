"""Published figures of R did 2.5.1 on mpdta (../shared/data/README.md; analytic standard errors)."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis import causal
from mutasi_analysis.estimate import EFFECT_COLUMNS

NAMES = {"outcome": "lemp", "unit": "countyreal", "period": "year", "cohort": "first.treat"}
SIX = 5.1e-7  # half of the sixth decimal


@pytest.mark.parametrize(
    ("term", "estimate", "std_error"),
    [
        ("overall_simple", -0.0399513, 0.0120340),
        ("overall_group", -0.0310183, 0.0124461),
        ("overall_dynamic", -0.0772398, 0.0199650),
        ("overall_calendar", -0.0417004, 0.0159719),
    ],
)
def test_overall(mpdta: pd.DataFrame, term: str, estimate: float, std_error: float) -> None:
    row = causal.group_time_att(mpdta, **NAMES).row(term)
    assert (row.estimate, row.std_error) == pytest.approx((estimate, std_error), abs=SIX)
    assert row.conf_low == pytest.approx(estimate - 1.959964 * std_error, abs=2e-6)


@pytest.mark.parametrize(
    ("cohort", "period", "estimate", "std_error"),
    [(2004, 2004, -0.0105032, 0.0232510), (2006, 2006, -0.0045946, 0.0177552), (2007, 2007, -0.0260544, 0.0166554)],
)
def test_cells(mpdta: pd.DataFrame, cohort: int, period: int, estimate: float, std_error: float) -> None:
    table = causal.group_time_att(mpdta, **NAMES).table
    row = table.query("term == 'att_gt' and cohort == @cohort and period == @period").iloc[0]
    assert (row.estimate, row.std_error) == pytest.approx((estimate, std_error), abs=SIX)


def test_joint_pretest(mpdta: pd.DataFrame) -> None:
    result = causal.group_time_att(mpdta, **NAMES)
    assert result.pretest_w == pytest.approx(7.79124, abs=5.1e-6)
    assert result.pretest_p == pytest.approx(0.16812, abs=5.1e-6)
    assert result.pretest_df == 5


@pytest.mark.parametrize(
    ("term", "estimate"), [("overall_simple", -0.0397636), ("overall_group", -0.0304622), ("overall_dynamic", -0.0773993)]
)
def test_not_yet_treated(mpdta: pd.DataFrame, term: str, estimate: float) -> None:
    result = causal.group_time_att(mpdta, **NAMES, controls="notyettreated")
    assert result.row(term).estimate == pytest.approx(estimate, abs=SIX)


def test_clustered_as_r(mpdta: pd.DataFrame) -> None:
    """29 clusters countyreal // 1000: .015159 without the √(G / (G − 1)) that other packages add."""
    result = causal.group_time_att(mpdta.assign(state=mpdta["countyreal"] // 1000), **NAMES, cluster="state")
    assert result.row("overall_simple").std_error == pytest.approx(0.015159, abs=SIX)
    assert result.row("overall_simple").estimate == pytest.approx(-0.0399513, abs=SIX)


def test_overall_under_anticipation_averages_from_treatment_on(mpdta: pd.DataFrame) -> None:
    """R: −.0452; averaging from one period earlier would give −.0359."""
    result = causal.group_time_att(mpdta, **NAMES, anticipation=1)
    assert result.row("overall_simple").estimate == pytest.approx(-0.0452, abs=5.1e-5)
    assert dict(result.dropped) == {"treated_from_start": 20}


def test_doubly_robust_with_population(mpdta: pd.DataFrame) -> None:
    row = causal.group_time_att(mpdta, **NAMES, covariates=["lpop"]).row("overall_simple")
    assert (row.estimate, row.std_error) == pytest.approx((-0.041752, 0.011503), abs=SIX)


def test_the_tidy_table(mpdta: pd.DataFrame) -> None:
    """Three cohorts × four periods, event times −3 … 3, three cohort and four calendar rows, four overall: 30 rows."""
    result = causal.group_time_att(mpdta, **NAMES)
    assert tuple(result.table.columns) == EFFECT_COLUMNS
    counts = result.table["term"].value_counts().to_dict()
    assert {"att_gt": 12, "event": 7, "cohort": 3, "calendar": 4}.items() <= counts.items()
    assert len(result.table) == 30
    assert result.row("overall_simple").n_units == 191
    assert result.covariance is not None
    assert result.covariance.shape == (30, 30)
    assert (result.table["outcome"] == "lemp").all()


def test_simultaneous_band(mpdta: pd.DataFrame) -> None:
    """Wider than pointwise (1.96), narrower than Bonferroni over 7 rows (2.69)."""
    result = causal.group_time_att(mpdta, **NAMES, seed=3)
    value = dict(result.simultaneous)["event"]
    assert 1.96 < value < 2.80
    band = result.band("event")
    assert ((band["conf_high"] - band["estimate"]) / band["std_error"]).tolist() == pytest.approx([value] * 7)
    assert result.simultaneous == causal.group_time_att(mpdta, **NAMES, seed=3).simultaneous
    with pytest.raises(KeyError, match="no simultaneous band"):
        result.band("overall_simple")
