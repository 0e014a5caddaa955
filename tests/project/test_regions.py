"""The official code list, the names people type, and the numbers that BPS and Kemendagri use differently."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from mutasi_analysis import regions
from mutasi_analysis.errors import UsageError

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data" / "regions.csv"


def test_the_list_has_the_counts_of_kepmendagri_2430_of_2025():
    # README of GitHub cahyadsn/wilayah @b7ad440, table "TOTAL": 416 kab, 98 kota, 7285 kec; 38 rows of provinces
    assert Counter(region.level for region in regions.code_list().values()) == {
        "kecamatan": 7285, "kabupaten": 416, "kota": 98, "provinsi": 38,
    }  # fmt: skip


@pytest.mark.parametrize(("province", "kecamatan"), [("11", 290), ("15", 144), ("52", 117), ("53", 315), ("64", 105), ("95", 252)])
def test_kecamatan_of_a_province_as_the_source_counts_them(province, kecamatan):
    assert sum(code.startswith(province) and region.level == "kecamatan" for code, region in regions.code_list().items()) == kecamatan


def test_every_region_lies_in_one_that_is_listed_and_has_a_time_zone():
    for region in regions.code_list().values():
        assert not region.parent_code or region.parent_code in regions.code_list()
        assert regions.timezone(region.code) in regions.TIMEZONES


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
def test_names_agree_with_the_shared_table_of_the_five_regions():
    with SHARED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 60
    assert {row["kemendagri_code"]: row["name"] for row in rows} == {
        row["kemendagri_code"]: regions.code_list()[row["kemendagri_code"]].name for row in rows
    }


def test_jambi_codes_that_bps_uses_differently():
    # domain.md 8: Kemendagri 15.08 Bungo, 15.09 Tebo; BPS 1508 Tebo, 1509 Bungo; 15.06 and 15.07 swapped
    bps = {digits: region.code for digits, region in regions.bps_differences().items() if digits.startswith("15")}
    assert bps == {"1506": "15.07", "1507": "15.06", "1508": "15.09", "1509": "15.08"}


@pytest.mark.parametrize("digits", ["1504", "5271", "6472", "5371"])
def test_codes_that_coincide_are_not_called_different(digits):
    assert digits not in regions.bps_differences()


def test_a_listed_difference_is_one():
    for digits, meant in regions.bps_differences().items():
        assert meant.code.replace(".", "") != digits
        assert meant.level in ("kota", "kabupaten")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("64.72", "64.72"),
        ("6472", "64.72"),
        (" 52.71.01 ", "52.71.01"),
        ("527101", "52.71.01"),
        ("64", "64"),
        ("15.09", "15.09"),
        ("Bungo", None),
    ],
)
def test_codes_with_and_without_dots(typed, code):
    assert regions.parse_code(typed) == code


@pytest.mark.parametrize("typed", ["5271010", "647", "64.7", "1", "3374010001"])
def test_numbers_of_another_length_are_refused(typed):
    with pytest.raises(UsageError, match=r"bukan kode Kemendagri: provinsi 2 angka, kota/kabupaten 4 \(64\.72\), kecamatan 6"):
        regions.parse_code(typed)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Batang Hari", {"15.04", "18.07.06"}),
        ("Kab. Batang Hari", {"15.04"}),
        ("Kec. Batanghari", {"18.07.06"}),
        ("Mataram", {"52.71", "52.71.02"}),
        ("Kota Mataram", {"52.71"}),
        ("Samarinda Kota", {"64.72.09"}),
        ("Kota Samarinda", {"64.72"}),
        ("Kota Raja, Kota Kupang", {"53.71.05"}),
        ("Bathin III Ulu", {"15.08.14"}),
        ("Kota Alak", set()),
        ("Kelurahan Alak", set()),
        ("", set()),
        ("??", set()),
    ],
)
def test_names_mean_what_the_list_says(typed, codes):
    found = {region.code for region in regions.find_by_name(typed)}
    assert found >= codes if typed == "Batang Hari" else found == codes


def test_every_official_name_of_a_kota_or_kabupaten_finds_itself_alone():
    for region in regions.code_list().values():
        if region.level in ("kota", "kabupaten"):
            query = regions.parse_name(region.name)
            assert regions.name_matches(query, region.name, region.level)
            assert query.level == region.level


@pytest.mark.parametrize(("typed", "near"), [("bung", "bungo"), ("samarida", "samarinda"), ("kota alakk", "alak"), ("zzz", None)])
def test_nearest(typed, near):
    assert regions.nearest(typed, ["bungo", "samarinda", "alak"]) == near
