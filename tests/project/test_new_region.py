"""mutasi new-region: any kota, kabupaten or kecamatan; a safe unique folder; clear refusals."""

import re
from collections import Counter
from datetime import date

import openpyxl
import pytest

from mutasi_analysis import regions
from mutasi_analysis.errors import UsageError
from mutasi_analysis.new_region import base_slug, create_region, find_region, profile_text, unique_slug
from mutasi_analysis.profile_file import SLUG_PATTERN
from mutasi_analysis.profiles import load_profile, parse_profile


@pytest.mark.parametrize(
    ("typed", "slug", "level", "timezone", "parent"),
    [
        ("64.74", "bontang", "kota", "Asia/Makassar", ""),
        ("Kab. Tebo", "tebo", "kabupaten", "Asia/Jakarta", ""),
        ("Kota Bogor", "kota-bogor", "kota", "Asia/Jakarta", ""),
        ("91.71", "kota-jayapura", "kota", "Asia/Jayapura", ""),
        ("52.71.03", "cakranegara", "kecamatan", "Asia/Makassar", "Kota Mataram"),
        ("52.71.02", "mataram-527102", "kecamatan", "Asia/Makassar", "Kota Mataram"),
        ("Sukajadi, Kota Bandung", "sukajadi-327307", "kecamatan", "Asia/Jakarta", "Kota Bandung"),
    ],
)
def test_a_region_is_made_and_can_be_loaded(tmp_path, typed, slug, level, timezone, parent):
    made = create_region(typed, tmp_path)
    assert made.folder == tmp_path / "raw" / slug
    assert sorted(path.name for path in made.folder.iterdir()) == ["isian.xlsx", "region.toml"]
    profile = load_profile(slug, data_root=tmp_path)
    assert profile == made.profile == load_profile(made.profile.code, data_root=tmp_path)
    assert (profile.level, profile.timezone, profile.parent) == (level, timezone, parent)
    assert profile.as_of == date(date.today().year - 1, 12, 31)
    assert "pegawai" in openpyxl.load_workbook(made.folder / "isian.xlsx").sheetnames


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("64", r"^64 Kalimantan Timur adalah provinsi; yang dapat dibuat kota, kabupaten, atau kecamatan\.$"),
        ("Kalimantan Timur", r"adalah provinsi"),
        ("Jambi", r"'Jambi' nama beberapa wilayah: 15 Provinsi Jambi; 15\.71 Kota Jambi\. Tulis kodenya\."),
        ("64.99", r"64\.99 tidak ada dalam daftar Kemendagri\. Di Kalimantan Timur kodenya 64\.01 sampai 64\.74"),
        ("99.01", r"99\.01 tidak ada dalam daftar Kemendagri"),
        ("kota bontnag", r"Maksud Anda 64\.74 Kota Bontang\?"),
        ("Muara Bungo", r"Maksud Anda 15\.08 Kabupaten Bungo\?"),
        ("Mataram", r"52\.71 Kota Mataram; 52\.71\.02 Mataram \(kecamatan di Kota Mataram\)\. Tulis kodenya"),
        ("1509", r"punya dua arti"),
        ("samarinda", r"64\.72 Kota Samarinda sudah punya profil: 'samarinda'"),
        ("../../etc", r"tidak ada dalam daftar"),
        ("", r"tidak ada dalam daftar"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(tmp_path, typed, sentence):
    with pytest.raises(UsageError, match=sentence):
        create_region(typed, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_region_is_kept_unless_forced(tmp_path):
    folder = create_region("64.74", tmp_path).folder
    (folder / "pegawai.csv").write_text("milik instansi")
    (folder / "region.toml").write_text((folder / "region.toml").read_text().replace("minimum_cell = 5", "minimum_cell = 7"))
    with pytest.raises(UsageError, match="sudah punya profil: 'bontang'"):
        create_region("Kota Bontang", tmp_path)
    assert load_profile("bontang", data_root=tmp_path).minimum_cell == 7
    assert create_region("64.74", tmp_path, force=True).profile.minimum_cell == 5
    assert (folder / "pegawai.csv").read_text() == "milik instansi"


def test_files_put_there_before_are_kept(tmp_path):
    (tmp_path / "raw" / "bontang").mkdir(parents=True)
    (tmp_path / "raw" / "bontang" / "duk.xlsx").write_bytes(b"x")
    assert create_region("64.74", tmp_path).folder.name == "bontang"
    assert (tmp_path / "raw" / "bontang" / "duk.xlsx").read_bytes() == b"x"


def test_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "bontang").write_text("")
    with pytest.raises(UsageError, match="raw/bontang sudah ada tetapi bukan folder"):
        create_region("64.74", tmp_path)


def test_every_region_of_the_country_gets_a_safe_slug_of_its_own_and_a_valid_profile():
    bases = Counter(base_slug(region.short_name) for region in regions.code_list().values())
    usable = [region for region in regions.code_list().values() if region.level in ("kota", "kabupaten")]
    usable += [region for region in regions.code_list().values() if region.level == "kecamatan" and bases[base_slug(region.short_name)] > 4]
    slugs = [unique_slug(region) for region in usable]
    assert len(usable) > 514 and len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(SLUG_PATTERN, slug) for slug in slugs)
    for region, slug in zip(usable, slugs, strict=True):
        assert parse_profile(profile_text(region, slug, last_year=2025), "x", slug).code == region.code


def test_a_slug_that_another_region_has_gets_the_code():
    assert unique_slug(find_region("64.74"), frozenset({"bontang"})) == "bontang-6474"
