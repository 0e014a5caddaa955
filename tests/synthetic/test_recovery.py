"""The estimator that the evaluation uses recovers the known effects; the naive comparison overstates them."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis.causal import group_time_att
from tests.synthetic.drawn import SLUGS, drawn, profile


def person_panel(slug: str) -> pd.DataFrame:
    """PNS with an output in all six years: never moved, or first moved inside the programme window."""
    tables, plan = drawn(slug).tables, profile(slug)
    kinerja = tables["kinerja"].dropna(subset=["output_percent"])
    moves = tables["mutasi"]
    inside = moves["tmt"].between(pd.Timestamp(plan.programme_first), pd.Timestamp(plan.programme_last))
    pns = tables["pegawai"].loc[tables["pegawai"]["asn_kind"] == "PNS", "person_id"]
    rows = kinerja[kinerja["person_id"].isin(pns) & ~kinerja["person_id"].isin(moves.loc[~inside, "person_id"])]
    rows = rows[rows.groupby("person_id")["year"].transform("size") == 6]
    first = moves[inside].groupby("person_id")["tmt"].min().dt.year
    return rows.assign(moved=rows["person_id"].map(first).fillna(0).astype(int))


def unit_panel(slug: str, indicator: str) -> pd.DataFrame:
    tables, plan = drawn(slug).tables, profile(slug)
    rows = tables["layanan"][tables["layanan"]["indicator"] == indicator]
    yearly = rows.assign(year=rows["month"].dt.year).groupby(["unit_id", "year"])["value"].mean().reset_index()
    moves = tables["mutasi"]
    inside = moves["tmt"].between(pd.Timestamp(plan.programme_first), pd.Timestamp(plan.programme_last))
    first = moves[inside].groupby("to_unit_id")["tmt"].min().dt.year
    return yearly.assign(moved=yearly["unit_id"].map(first).fillna(0).astype(int))


def overall(panel: pd.DataFrame, outcome: str, unit: str) -> pd.Series:
    cohort = panel["moved"].where(panel["moved"] == 0, panel["moved"] + 1)
    table = group_time_att(panel.assign(cohort=cohort), outcome=outcome, unit=unit, period="year", cohort="cohort", anticipation=2)
    return table.row("overall_simple")


@pytest.mark.parametrize("slug", SLUGS)
def test_output_effect_lies_in_its_interval(slug: str) -> None:
    row = overall(person_panel(slug), "output_percent", "person_id")
    truth = drawn(slug).truth.effect("output_percent")
    assert row["conf_low"] <= truth <= row["conf_high"]


@pytest.mark.parametrize("slug", ["samarinda", "batanghari", "bungo"])
def test_before_and_after_overstates_by_the_dip(slug: str) -> None:
    """Year before against year after among movers: effect plus 5 × 0.88 = 4.4 points, and the change of the common shocks."""
    panel = person_panel(slug)
    movers = panel[panel["moved"] > 0]
    before = movers[movers["year"] == movers["moved"] - 1].set_index("person_id")["output_percent"]
    after = movers[movers["year"] == movers["moved"] + 1].set_index("person_id")["output_percent"]
    naive = (after - before).mean()
    row = overall(panel, "output_percent", "person_id")
    assert naive - drawn(slug).truth.effect("output_percent") > 2.0
    assert naive > row["conf_high"]


@pytest.mark.parametrize(("slug", "indicator", "truth"), [("bungo", "ikm", 3.0), ("samarinda", "hasil_belajar", 2.0)])
def test_service_effect_lies_in_its_interval(slug: str, indicator: str, truth: float) -> None:
    assert drawn(slug).truth.effect(indicator) == pytest.approx(truth)
    row = overall(unit_panel(slug, indicator), "value", "unit_id")
    assert 0 < row["conf_low"] <= truth <= row["conf_high"]


def test_complaint_days_of_few_units_are_near_the_truth() -> None:
    """Eleven health units of a kecamatan, five or six of them treated: too few for a 95 % interval, so 3.5 standard errors."""
    assert drawn("alak").truth.effect("hari_pengaduan") == pytest.approx(-2.5)
    row = overall(unit_panel("alak", "hari_pengaduan"), "value", "unit_id")
    assert 4 <= row["n_units"] <= 6
    assert row["conf_high"] < 0
    assert abs(row["estimate"] + 2.5) < 3.5 * row["std_error"]


def test_service_units_dip_in_the_year_before() -> None:
    panel = unit_panel("bungo", "ikm")
    other = panel[panel["moved"] == 0].groupby("year")["value"].mean()
    gap = panel["value"] - panel["year"].map(other)
    treated = panel["moved"] > 0
    before = gap[treated & (panel["year"] == panel["moved"] - 1)].mean()
    earlier = gap[treated & (panel["year"] == panel["moved"] - 2)].mean()
    assert before < earlier - 0.8
