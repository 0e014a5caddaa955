"""Potential outcomes: selection, dip, shares and regimes are what the truth says they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.synthetic.facts import load_facts, shared
from mutasi_analysis.synthetic.truth import TRUTH_COLUMNS, category_shares
from tests.synthetic.drawn import SLUGS, drawn

EFFECTS = {"samarinda": 4.0, "batanghari": 1.5, "bungo": 2.5, "ampenan": 3.0, "alak": 0.0}
LARGE = ("samarinda", "batanghari", "bungo")


def panel(slug: str) -> pd.DataFrame:
    """Potential outcomes of those who serve all six years."""
    region = drawn(slug)
    pegawai = region.tables["pegawai"]
    whole = pegawai["exit_date"].isna() & (pegawai["tmt_cpns"] < pd.Timestamp("2020-01-01"))
    potential = region.truth.potential
    return potential[potential["person_id"].isin(pegawai.loc[whole, "person_id"])]


@pytest.mark.parametrize("slug", SLUGS)
def test_mean_effect_of_the_movers_is_the_stated_one(slug: str) -> None:
    rows, region = panel(slug), drawn(slug)
    moves = region.truth.moves
    programme = moves.loc[moves["is_first"] & moves["in_programme"], "person_id"]
    full = rows[(rows["exposure"] == 1.0) & rows["person_id"].isin(programme)]
    per_person = (full["output_1"] - full["output_0"]).groupby(full["person_id"]).first()
    assert len(per_person) == len(programme)
    assert per_person.mean() == pytest.approx(EFFECTS[slug], abs=1e-9)
    assert region.truth.effect("output_percent") == pytest.approx(EFFECTS[slug])
    untouched = rows[rows["exposure"] == 0.0]
    assert (untouched["output_1"] == untouched["output_0"]).all()


def test_exposure_of_the_mixed_year_counts_the_months_after_tmt() -> None:
    """TMT 1 July: July to December are 6 of 12 months; TMT 1 March: 10 of 12; TMT 1 October: 3 of 12."""
    region = drawn("bungo")
    first = region.truth.moves[region.truth.moves["is_first"]].set_index("person_id")["tmt"]
    rows = region.truth.potential[region.truth.potential["year"] == region.truth.potential["first_move_year"]]
    month = rows["person_id"].map(first).dt.month
    for number, share in ((7, 0.5), (3, 10 / 12), (10, 0.25)):
        assert rows.loc[month == number, "exposure"].to_numpy() == pytest.approx(share)


@pytest.mark.parametrize("slug", LARGE)
def test_movers_and_stayers_are_alike_but_for_the_year_before(slug: str) -> None:
    rows = panel(slug)
    moved = rows["first_move_year"] > 0
    for year in range(2022, 2025):
        mine = rows[rows["first_move_year"] == year].pivot(index="person_id", columns="year", values="output_0")
        stay = rows[~moved].pivot(index="person_id", columns="year", values="output_0")
        error = np.sqrt(mine.var() / len(mine) + stay.var() / len(stay))
        z = (mine.mean() - stay.mean()) / error
        assert z.drop(year - 1).abs().max() < 3.3
        assert z[year - 1] < -3


@pytest.mark.parametrize("slug", LARGE)
def test_dip_is_the_stated_one(slug: str) -> None:
    """Movers are in a bad year for certain, stayers at 12 %: the gap of a year before is -5 × 0.88 = -4.4 on average."""
    rows = panel(slug)
    before = rows[rows["year"] == rows["first_move_year"] - 1]
    other = rows[rows["first_move_year"] == 0].groupby("year")["output_0"].mean()
    gap = before["output_0"] - before["year"].map(other)
    assert gap.mean() == pytest.approx(-4.4, abs=3.5 * gap.std() / np.sqrt(len(gap)))
    assert before["dipped"].all()
    rest = rows[(rows["year"] != rows["first_move_year"] - 1)]
    assert rest["dipped"].mean() == pytest.approx(0.12, abs=0.01)


@pytest.mark.parametrize("slug", LARGE)
def test_shares_of_predicates_are_the_national_ones(slug: str) -> None:
    """10,290,209 ratings 2022-2024: Sangat Baik 11.27 %, Baik 88.46 %, the rest 0.27 % (domain 5.5)."""
    region = drawn(slug)
    kinerja = region.tables["kinerja"]
    never = ~kinerja["person_id"].isin(region.tables["mutasi"]["person_id"])
    rows = kinerja[never & (kinerja["year"] >= 2022)]
    share = rows["predicate"].value_counts(normalize=True)
    clusters = rows["person_id"].nunique()
    for predicate, target in (("Sangat Baik", 0.1127), ("Baik", 0.8846)):
        assert share[predicate] == pytest.approx(target, abs=4 * np.sqrt(target * (1 - target) / clusters))
    assert 0 < share.drop(["Sangat Baik", "Baik"]).sum() < 0.008


def test_regimes_break_where_the_law_does() -> None:
    """Domain 5.1: PP 46/2011 until June 2021, PP 30/2019 until December 2021, then predicates only."""
    kinerja = drawn("samarinda").tables["kinerja"]
    found = kinerja.groupby(["year", "half"])["regime"].unique().map(list)
    assert found[(2020, 0)] == ["pp-46-2011"]
    assert found[(2021, 1)] == ["pp-46-2011"]
    assert found[(2021, 2)] == ["pp-30-2019"]
    assert all(found[(year, 0)] == ["permenpanrb-6-2022"] for year in range(2022, 2026))
    assert len(found) == 7
    assert kinerja.loc[kinerja["year"] >= 2022, "score"].isna().all()
    old = kinerja[(kinerja["regime"] == "pp-46-2011")]
    best = old.loc[old["predicate"] == "Sangat Baik", "score"]
    assert best.min() >= 91
    assert old.loc[old["predicate"] == "Baik", "score"].between(76, 91).all()
    per_person = kinerja[kinerja["output_percent"].notna()].groupby(["person_id", "year"]).size()
    assert (per_person == 1).all()


def test_truth_of_the_ridit_agrees_with_brute_force() -> None:
    """A naive twin: 400,000 simulated persons with and without the effect, ranked against the same reference."""
    rng = np.random.default_rng(7)
    n, shift, moved_share = 400_000, load_facts("samarinda").effects["latent"], 0.15
    latent = rng.normal(size=n) + shared("process")["latent"]["dip"] * (rng.random(n) < shared("process")["dip"]["rate"])
    base, moved = category_shares(0.0, 0.12), category_shares(shift, 0.12)
    cuts = np.quantile(latent, np.cumsum(base)[:-1])
    without, with_move = np.searchsorted(cuts, latent), np.searchsorted(cuts, latent + shift)
    reference = np.where(rng.random(n) < moved_share, with_move, without)
    shares = np.bincount(reference, minlength=5) / n
    score = np.cumsum(shares) - shares / 2
    brute = score[with_move].mean() - score[without].mean()
    mixed = (1 - moved_share) * base + moved_share * moved
    exact = (moved - base) @ (np.cumsum(mixed) - mixed / 2)
    assert brute == pytest.approx(exact, abs=0.0015)
    assert (with_move == 4).mean() - (without == 4).mean() == pytest.approx(moved[-1] - base[-1], abs=0.002)


@pytest.mark.parametrize("slug", SLUGS)
def test_effect_frame_is_complete_and_weighted(slug: str) -> None:
    effects = drawn(slug).truth.effects
    assert tuple(effects.columns) == TRUTH_COLUMNS
    for outcome, rows in effects.groupby("outcome"):
        cells, overall = rows[rows["term"] == "att_gt"], rows[rows["term"] != "att_gt"].set_index("term")
        assert (cells["period"] >= cells["cohort"]).all()
        naive = (cells["realised"] * cells["n_units"]).sum() / cells["n_units"].sum()
        assert overall.loc["overall_simple", "realised"] == pytest.approx(naive), outcome
        by_period = [(part["realised"] * part["n_units"]).sum() / part["n_units"].sum() for _, part in cells.groupby("period")]
        assert overall.loc["overall_calendar", "realised"] == pytest.approx(np.mean(by_period))
    ridit = effects[(effects["outcome"] == "rating_ridit") & (effects["term"] == "att_gt")]["truth"]
    assert (ridit == 0).all() if slug == "alak" else (ridit > 0).all()


def test_better_match_brings_better_output() -> None:
    region = drawn("samarinda")
    gains = region.truth.moves[region.truth.moves["is_first"]].set_index("person_id")["gain"]
    full = region.truth.potential[region.truth.potential["exposure"] == 1.0].drop_duplicates("person_id")
    effect = (full["output_1"] - full["output_0"]).to_numpy()
    slope = np.polyfit(full["person_id"].map(gains).to_numpy(), effect, 1)[0]
    assert slope == pytest.approx(load_facts("samarinda").effects["match_slope"], abs=1e-6)
    inside = region.truth.moves.loc[region.truth.moves["in_programme"], "gain"]
    assert inside.mean() > 3 * inside.std() / np.sqrt(len(inside))
    for other in ("batanghari", "bungo"):
        assert inside.mean() > drawn(other).truth.moves.query("in_programme")["gain"].mean()
