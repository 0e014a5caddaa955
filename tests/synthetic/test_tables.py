"""The drawn tables are what `entities` declares, whole, repeatable, and true where they speak of real places."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from mutasi_analysis.entities import TABLES
from mutasi_analysis.errors import UsageError
from mutasi_analysis.schema import conform
from mutasi_analysis.synthetic import synthesize
from mutasi_analysis.synthetic.facts import demonstration_regions, load_facts
from tests.synthetic.drawn import SIZES, SLUGS, drawn, profile, serving_on

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

#: which optional tables each region leaves out, so that reports must say what is missing
ABSENT = {
    "ampenan": {"relasi"},
    "samarinda": {"aspirasi"},
    "batanghari": {"survei"},
    "alak": set(),
    "bungo": {"kompetensi", "standar_kompetensi"},
}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_table_conforms_without_a_fault(slug: str) -> None:
    region = drawn(slug)
    assert set(TABLES) - set(region.tables) == ABSENT[slug]
    for name, frame in region.tables.items():
        again = conform(frame, TABLES[name])
        assert again.faults == ()
        assert len(frame) > 0
        pd.testing.assert_frame_equal(again.frame, frame)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_reference_is_there(slug: str) -> None:
    tables = drawn(slug).tables
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.references:
                table, key = column.references.split(".")
                assert frame[column.name].dropna().isin(tables[table][key]).all(), (name, column.name)


def test_the_same_seed_gives_the_same_frames_and_another_seed_others() -> None:
    one, same, other = (synthesize(profile("alak"), seed=seed) for seed in (5, 5, 6))
    for name, frame in one.tables.items():
        pd.testing.assert_frame_equal(frame, same.tables[name])
    pd.testing.assert_series_equal(one.names, same.names)
    pd.testing.assert_frame_equal(one.truth.effects, same.truth.effects)
    assert not one.tables["kinerja"]["output_percent"].equals(other.tables["kinerja"]["output_percent"])


def test_regions_differ_at_the_same_seed() -> None:
    assert set(drawn("bungo").names.index).isdisjoint(set(drawn("batanghari").names.index[:50]))


@pytest.mark.parametrize("slug", SLUGS)
def test_sizes_and_turnover(slug: str) -> None:
    pegawai = drawn(slug).tables["pegawai"]
    now, then = (serving_on(pegawai, day).sum() for day in ("2025-12-31", "2020-01-01"))
    assert now == pytest.approx(SIZES[slug], rel=0.06)
    assert then == pytest.approx(SIZES[slug], rel=0.06)
    hired = pegawai["tmt_cpns"] > pd.Timestamp("2020-01-01")
    assert 0.01 < hired.sum() / 6 / now < 0.06
    assert 0.01 < pegawai["exit_date"].notna().sum() / 6 / now < 0.06
    assert set(pegawai["asn_kind"]) == {"PNS", "PPPK"}


@pytest.mark.parametrize("slug", SLUGS)
def test_nip_follows_the_rule(slug: str) -> None:
    """Perka BKN 22/2007 (domain 7.5): birth date, appointment (PPPK: year and code), sex, serial from 001."""
    pegawai = drawn(slug).tables["pegawai"]
    nip = pegawai["person_id"]
    assert nip.is_unique
    assert nip.str.fullmatch(r"\d{18}").all()
    born = pd.to_datetime(nip.str[:8], format="%Y%m%d")
    assert (born.dt.year == pegawai["birth_year"]).all()
    pns = pegawai["asn_kind"] == "PNS"
    assert (nip.str[8:14][pns] == pegawai["tmt_cpns"].dt.strftime("%Y%m")[pns]).all()
    assert (nip.str[8:12] == pegawai["tmt_cpns"].dt.strftime("%Y")).all()
    assert (nip.str[12:14][~pns] == "21").all()
    assert (nip.str[14].map({"1": "L", "2": "P"}) == pegawai["sex"]).all()
    assert (nip.str[15:].astype(int) >= 1).all()
    age = (pegawai["tmt_cpns"] - born).dt.days / 365.25
    assert age.between(18, 60).all()
    assert (pegawai["tmt_jabatan"] >= pegawai["tmt_cpns"]).all()


def test_names_are_plainly_invented() -> None:
    for slug in SLUGS:
        region = drawn(slug)
        assert list(region.names.index) == list(region.tables["pegawai"]["person_id"])
        assert region.names.str.match(r"Pegawai Contoh \d{4}").all()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder with the true codes (../shared/data) is not here")
def test_places_are_true() -> None:
    with (SHARED / "regions.csv").open(encoding="utf-8") as file:
        rows = {row["kemendagri_code"]: row for row in csv.DictReader(file)}
    for slug in demonstration_regions():
        for place in load_facts(slug).kecamatan:
            row = rows[place.code]
            assert place.name == row["name"]
            assert place.lat == pytest.approx(float(row["lat"]), abs=5e-5)
            assert place.lng == pytest.approx(float(row["lng"]), abs=5e-5)
    with (SHARED / "puskesmas_five_regions.csv").open(encoding="utf-8") as file:
        names = {row["unit_kerja"].upper() for row in csv.DictReader(file)}
    for slug in SLUGS:
        units = drawn(slug).tables["unit_kerja"]
        assert set(units.loc[units["unit_kind"] == "puskesmas", "unit_name"].str.upper()) <= names


def test_counts_of_puskesmas_kecamatan_and_kelurahan() -> None:
    """Domain 8.1 and 8.2: puskesmas 26, 18, 19 (2022); kecamatan 10, 8, 17, 1, 1; Ampenan 10 and Alak 12 kelurahan."""
    expected = {"samarinda": (26, 10, 59), "batanghari": (18, 8, 14), "bungo": (19, 17, 12), "ampenan": (2, 1, 10), "alak": (3, 1, 12)}
    for slug, counts in expected.items():
        kinds = drawn(slug).tables["unit_kerja"]["unit_kind"].value_counts()
        assert (kinds["puskesmas"], kinds["kecamatan"], kinds["kelurahan"]) == counts
        assert kinds.get("luar", 0) == (1 if slug in ("ampenan", "alak") else 0)


def test_codes_of_kecamatan_belong_to_the_region() -> None:
    for slug in SLUGS:
        codes = drawn(slug).tables["unit_kerja"]["kecamatan_code"].dropna()
        assert codes.str.startswith(profile(slug).code).all()
        assert set(codes) == {place.code for place in load_facts(slug).kecamatan}


def test_education_is_typed_the_messy_way() -> None:
    typed = set(drawn("samarinda").tables["pegawai"]["education"])
    assert {"S-1 Kes. Masyarakat", "D.III Kebidanan", "SLTA/SMK Adm. Perkantoran"} <= typed
    assert len({re.sub(r"[ .\-]", "", word.upper())[:2] for word in typed}) > 4


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="scale"):
        synthesize(profile("alak"), seed=1, scale=0)
    with pytest.raises(UsageError, match=r"tarakan.*alak, ampenan, batanghari, bungo, samarinda"):
        load_facts("tarakan")


def test_scale_shrinks_and_enlarges() -> None:
    small, large = (len(synthesize(profile("batanghari"), seed=3, scale=scale).tables["pegawai"]) for scale in (0.1, 0.2))
    assert 300 < small < 520
    assert 600 < large < 1000


def test_grades_suit_the_post() -> None:
    """Ahli pertama III/a to III/b, ahli muda III/c to III/d, jpt pratama from IV/b; PPPK have grades of their own."""
    tables = drawn("samarinda").tables
    pegawai = tables["pegawai"]
    pns = pegawai["asn_kind"] == "PNS"
    level = pegawai["jabatan_id"].map(tables["jabatan"].set_index("jabatan_id")["job_level"])
    moved = pegawai["person_id"].isin(tables["mutasi"]["person_id"])
    for name, grades in (("ahli_pertama", {"III/a", "III/b"}), ("ahli_muda", {"III/c", "III/d"}), ("jpt_pratama", {"IV/b", "IV/c"})):
        assert set(pegawai.loc[pns & ~moved & (level == name), "golongan"]) <= grades
    assert not pegawai.loc[~pns, "golongan"].str.contains("/").any()
