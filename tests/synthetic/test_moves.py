"""Transfers: in order, lawful, replayable, without choosing by performance, and repairing the workload only partly."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from tests.synthetic.drawn import SLUGS, drawn, profile, serving_on, unit_on

STEPS = ["need_analysed_on", "proposed_on", "assessed_on", "decided_on", "tmt", "reported_on"]
CONSTANT_MINUTES = {"umum": 75_000.0, "kesehatan": 72_000.0}
FACTOR = {"day": 250, "week": 50, "month": 12, "year": 1}


@pytest.mark.parametrize("slug", SLUGS)
def test_steps_are_in_order_whatever_is_missing(slug: str) -> None:
    dates = drawn(slug).tables["mutasi"][STEPS]
    filled = dates.ffill(axis=1)
    for before, after in pairwise(STEPS):
        both = dates[after].notna() & filled[before].notna()
        assert (filled.loc[both, before] <= dates.loc[both, after]).all(), (before, after)
    assert dates["decided_on"].notna().all()
    assert 0 < dates["proposed_on"].isna().mean() < 0.2


@pytest.mark.parametrize("slug", SLUGS)
def test_pppk_are_never_moved_and_movers_serve_all_years(slug: str) -> None:
    tables = drawn(slug).tables
    movers = tables["pegawai"][tables["pegawai"]["person_id"].isin(tables["mutasi"]["person_id"])]
    assert set(movers["asn_kind"]) == {"PNS"}
    assert movers["exit_date"].isna().all()


@pytest.mark.parametrize("slug", SLUGS)
def test_moves_chain_and_end_where_the_staff_list_says(slug: str) -> None:
    tables = drawn(slug).tables
    moves = tables["mutasi"].sort_values(["person_id", "tmt"])
    again = moves["person_id"] == moves["person_id"].shift()
    for kind in ("unit_id", "jabatan_id"):
        assert (moves[f"from_{kind}"][again] == moves[f"to_{kind}"].shift()[again]).all()
        last = moves.drop_duplicates("person_id", keep="last").set_index("person_id")[f"to_{kind}"]
        now = tables["pegawai"].set_index("person_id")[kind]
        assert (now.loc[last.index] == last).all()
    assert (moves["from_unit_id"] != moves["to_unit_id"]).all()
    tmt = tables["pegawai"].set_index("person_id")["tmt_jabatan"]
    newest = moves.groupby("person_id")["tmt"].max()
    assert (tmt.loc[newest.index] == newest).all()


@pytest.mark.parametrize("slug", SLUGS)
def test_heads_replay(slug: str) -> None:
    """Heads of each unit in 2020 plus arrivals, hires and less departures, exits = heads today."""
    region = drawn(slug)
    pegawai, moves = region.tables["pegawai"].set_index("person_id"), region.tables["mutasi"]
    start = unit_on(region, "2020-01-01")
    there = serving_on(pegawai, "2020-01-01")
    heads = start[there].value_counts()
    hired = pegawai["tmt_cpns"] > pd.Timestamp("2020-01-01")
    heads = heads.add(start[hired].value_counts(), fill_value=0)
    heads = heads.sub(pegawai.loc[pegawai["exit_date"].notna(), "unit_id"].value_counts(), fill_value=0)
    heads = heads.add(moves["to_unit_id"].value_counts(), fill_value=0).sub(moves["from_unit_id"].value_counts(), fill_value=0)
    now = pegawai.loc[serving_on(pegawai, "2025-12-31"), "unit_id"].value_counts()
    assert (heads.astype(int) == now.reindex(heads.index, fill_value=0)).all()


def test_years_and_second_moves() -> None:
    for slug in SLUGS:
        moves = drawn(slug).tables["mutasi"]
        years = moves["tmt"].dt.year.value_counts()
        assert set(years.index) == {2021, 2022, 2023, 2024, 2025}
        assert years[[2022, 2023, 2024]].min() > years[[2021, 2025]].max()
    again = drawn("samarinda").tables["mutasi"]["person_id"].duplicated().sum()
    assert 1 <= again <= 20


def structural_dates(slug: str) -> pd.Series:
    tables = drawn(slug).tables
    post = tables["jabatan"].set_index("jabatan_id")["job_class"]
    moves = tables["mutasi"]
    return moves.loc[moves["from_jabatan_id"].map(post) == "struktural", "tmt"]


def test_election_blackout_is_visible() -> None:
    """UU 10/2016 Ps 71(2): 22 March 2024 to 20 August 2025 only few structural moves, and a rush just before."""
    dates = pd.concat([structural_dates(slug) for slug in ("samarinda", "batanghari", "bungo")])
    barred = dates.between(pd.Timestamp("2024-03-22"), pd.Timestamp("2025-08-20")).sum()
    rush = dates.between(pd.Timestamp("2024-01-01"), pd.Timestamp("2024-03-21")).sum()
    assert rush >= 20
    assert barred <= 0.3 * rush
    assert dates.between(pd.Timestamp("2020-01-08"), pd.Timestamp("2021-08-26")).sum() <= 2
    others = drawn("samarinda").tables["mutasi"]["tmt"].between(pd.Timestamp("2024-03-22"), pd.Timestamp("2025-08-20")).sum()
    assert others > 3 * rush


@pytest.mark.parametrize("slug", SLUGS)
def test_half_of_the_service_units_never_receive(slug: str) -> None:
    tables, plan = drawn(slug).tables, profile(slug)
    units = tables["unit_kerja"].set_index("unit_id")
    measured = tables["layanan"][tables["layanan"]["indicator"].isin(["ikm", "hasil_belajar"])]["unit_id"].unique()
    inside = tables["mutasi"]["tmt"].between(pd.Timestamp(plan.programme_first), pd.Timestamp(plan.programme_last))
    first = tables["mutasi"][inside].groupby("to_unit_id")["tmt"].min().dt.year
    received = units.index[units.index.isin(measured)].isin(first.index)
    assert 0.3 < received.mean() < 0.6
    assert set(first.reindex(measured).dropna()) == {2022, 2023, 2024}


@pytest.mark.parametrize("slug", SLUGS)
def test_movers_have_the_class_mix_of_the_pns_who_stay(slug: str) -> None:
    """Structural, functional and pelaksana move at one rate, so that no year shock of a class looks like an effect."""
    tables = drawn(slug).tables
    pegawai = tables["pegawai"]
    first, plan = tables["mutasi"].drop_duplicates("person_id").set_index("person_id"), profile(slug)
    programme = first.index[first["tmt"].between(pd.Timestamp(plan.programme_first), pd.Timestamp(plan.programme_last))]
    whole = (pegawai["asn_kind"] == "PNS") & pegawai["exit_date"].isna() & (pegawai["tmt_cpns"] < pd.Timestamp("2020-01-01"))
    job_class = pegawai["jabatan_id"].map(tables["jabatan"].set_index("jabatan_id")["job_class"])
    moved = pegawai["person_id"].isin(programme)
    for name in ("struktural", "fungsional", "pelaksana"):
        gap = (job_class[moved] == name).mean() - (job_class[whole & ~moved] == name).mean()
        assert abs(gap) < (0.03 if len(programme) > 200 else 0.08)


def test_one_head_for_each_lurah_and_camat() -> None:
    for slug in SLUGS:
        pegawai = drawn(slug).tables["pegawai"]
        now = pegawai[serving_on(pegawai, "2025-12-31") & pegawai["jabatan_id"].isin(["lurah", "camat"]) & (pegawai["unit_id"] != "LUAR")]
        assert not now.duplicated(["unit_id", "jabatan_id"]).any()


def required(slug: str, year: int) -> pd.Series:
    """Required FTE by unit from the task rows, naively: minutes over 75,000 (general) or 72,000 and the support factor (health)."""
    tables = drawn(slug).tables
    tasks = tables["beban_kerja"][tables["beban_kerja"]["year"] == year].copy()
    tasks["family"] = tasks["jabatan_id"].map(tables["jabatan"].set_index("jabatan_id")["job_family"])
    minutes = tasks["volume"] * tasks["basis"].map(FACTOR) * tasks["norm_time"] * np.where(tasks["norm_unit"] == "jam", 60, 1)
    tasks["fte"] = minutes / tasks["family"].map(CONSTANT_MINUTES)
    post = tasks.groupby(["unit_id", "jabatan_id"])
    main = tasks[~tasks["is_support"]].groupby(["unit_id", "jabatan_id"])["fte"].sum()
    support = tasks[tasks["is_support"]].groupby(["unit_id", "jabatan_id"])["fte"].sum().reindex(post.size().index, fill_value=0.0)
    return (main / (1 - support)).groupby("unit_id").sum()


def test_tasks_give_back_the_planned_index() -> None:
    """Required over heads of 2020 is the planned index of the unit for offices, within the noise by post."""
    region = drawn("batanghari")
    pegawai = region.tables["pegawai"].set_index("person_id")
    start = unit_on(region, "2020-01-01")[serving_on(pegawai, "2020-01-01")]
    post = pegawai["jabatan_id"].map(region.tables["jabatan"].set_index("jabatan_id")["job_class"])
    heads = start[post.reindex(start.index) != "struktural"].value_counts()
    structural = start[post.reindex(start.index) == "struktural"].value_counts()
    need = required("batanghari", 2021)
    clinics = [unit for unit in need.index if unit.startswith("PKM")]
    planned = region.truth.unit_index.set_index("unit_id")["index"]
    found = (need - structural.reindex(need.index, fill_value=0)).loc[clinics] / heads.loc[clinics]
    assert (found - planned.loc[clinics]).abs().max() < 0.25
    assert np.corrcoef(found, planned.loc[clinics])[0, 1] > 0.95
    assert planned.min() >= 0.6
    assert planned.max() <= 1.6
    assert planned.std() > 0.2


def test_moves_repair_the_workload_partly_and_harm_some() -> None:
    region = drawn("batanghari")
    pegawai = region.tables["pegawai"].set_index("person_id")
    need = required("batanghari", 2021)
    need = need[need.index.str.match("DIN|BDN|SET|KEC|KEL|PKM|RSUD")]
    end = serving_on(pegawai, "2024-12-31")
    after = unit_on(region, "2024-12-31")[end].value_counts().reindex(need.index, fill_value=0)
    without = unit_on(region, "2021-12-31")[end].value_counts().reindex(need.index, fill_value=0)
    gain = 1 - (need - after).abs().sum() / (need - without).abs().sum()
    assert 0.1 < gain < 0.9
    moves = region.tables["mutasi"]
    index = (need / without).reindex(moves["from_unit_id"])
    assert (index > 1.1).sum() > 10


def test_origin_post_begins_before_the_move_and_never_before_service() -> None:
    tables = drawn("bungo").tables
    if "from_tmt" not in tables["mutasi"]:
        pytest.skip("entities.MUTASI has no from_tmt")
    moves = tables["mutasi"].sort_values(["person_id", "tmt"])
    assert (moves["from_tmt"] < moves["tmt"]).all()
    assert (moves["from_tmt"] >= moves["person_id"].map(tables["pegawai"].set_index("person_id")["tmt_cpns"])).all()
    again = moves["person_id"] == moves["person_id"].shift()
    assert (moves["from_tmt"][again] == moves["tmt"].shift()[again]).all()
