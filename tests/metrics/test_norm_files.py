"""The numbers of the law: every file loads, is cited, and its bands and tables are whole."""

import re
import subprocess
import sys
import tomllib
from datetime import date

import pytest

from mutasi_analysis.errors import NormError
from mutasi_analysis.norms import families, load_family, load_norm, parse_norms
from tests.languages import foreign

BANDED = ("effectiveness_bands", "workload_bands", "jpm_bands")
#: family → schemes that profiles name.
NAMED = {
    "effective_time": {"permenpanrb-1-2020", "permendagri-12-2008", "permenkes-33-2015", "kepmenpan-75-2004", "kemenkeu-2002"},
    "annualisation": {"permenpanrb-1-2020"},
    "effectiveness_bands": {"permendagri-12-2008", "kemenkeu-2002"},
    "jpm_bands": {"generic-80-68", "brin-3-2023", "kkp-39-2023-jpt", "kkp-39-2023-other", "bkn-26-2019-jpt", "bkn-26-2019-ja"},
    "teacher_hours": {"pp-74-2008"},
    "satisfaction_bands": {"permenpanrb-14-2017", "kepmenpan-25-2004"},
    "predicates": {"pp-46-2011", "pp-30-2019", "permenpanrb-6-2022"},
}


@pytest.mark.parametrize("family", families())
def test_every_norm_has_a_day_a_unit_and_a_source(family):
    for norm in load_family(family).values():
        assert date.fromisoformat(norm.since) <= date(2026, 11, 21)
        assert norm.unit
        assert len(norm.reference) > 10
        assert norm.status in {"verified", "unverified", "usulan"}
        assert ("sulan" in norm.reference) == (norm.status == "usulan")


@pytest.mark.parametrize(("family", "schemes"), NAMED.items())
def test_schemes_that_profiles_name_exist(family, schemes):
    assert schemes <= set(load_family(family))


def test_effective_times_are_those_of_the_sources():
    """Spec domain 1.5."""
    minutes = {scheme: norm.value for scheme, norm in load_family("effective_time").items()}
    assert minutes == {
        "permenpanrb-1-2020": 75_000, "permendagri-12-2008": 78_000, "permenkes-33-2015": 72_000, "kepmenpan-75-2004": 72_000,
        "kemenkeu-2002": 90_420,
    }  # fmt: skip


def test_annualisation_agrees_with_the_working_time_of_its_scheme():
    """A year, 250 days of 5 hours and 1,250 hours are the same 75,000 minutes (240 days and 1,200 hours: 72,000)."""
    for scheme, minutes in (("permenpanrb-1-2020", 75_000), ("kepmenpan-75-2004", 72_000)):
        times = load_norm("annualisation", scheme).value
        assert times["hour"] * 60 == times["day"] * 5 * 60 == times["week"] * 25 * 60 == minutes


@pytest.mark.parametrize("family", BANDED)
def test_bands_fall_and_end_open(family):
    for norm in load_family(family).values():
        lowers = [band["lower"] for band in norm.value[:-1]]
        assert lowers == sorted(lowers, reverse=True)
        assert "lower" not in norm.value[-1]
        assert len({band["name"] for band in norm.value}) == len(norm.value)


def test_ip_asn_points_reach_their_maxima():
    norm = load_norm("professionalism", "permenpanrb-38-2018").value
    assert sum(norm["maximum"].values()) == 100
    assert max(norm["qualification"].values()) == norm["maximum"]["qualification"]
    assert {sum(points.values()) for points in norm["competency"].values()} == {norm["maximum"]["competency"]}
    assert max(float(band["name"]) for band in norm["performance"]) == norm["maximum"]["performance"]
    assert max(norm["discipline"].values()) == norm["maximum"]["discipline"]


def test_matrix_and_boxes_have_nine_cells_each():
    assert len(load_norm("performance_matrix", "permenpanrb-6-2022").value["cells"]) == 9
    assert sorted(load_norm("nine_box", "permenpanrb-3-2020").value["cells"].values()) == list(range(1, 10))


def test_blackouts_are_in_order():
    for norm in load_family("election_blackout").values():
        edges = [day for interval in norm.value for day in (interval["start"], interval["end"])]
        assert edges == sorted(edges)


@pytest.mark.parametrize("key", ["unit", "reference", "since", "status", "value"])
def test_a_norm_without_one_of_its_keys_does_not_load(key):
    lines = {"value": "1", "unit": '"menit"', "scheme": '"x"', "since": '"2020-01-01"', "reference": '"UU 1/2020"', "status": '"usulan"'}
    text = "[[norm]]\n" + "\n".join(f"{name} = {value}" for name, value in lines.items() if name != key)
    assert tomllib.loads(text)
    with pytest.raises(NormError, match=f"scheme x: '{key}' is missing"):
        parse_norms(text, "trial")


def test_importing_metrics_is_light():
    code = "import sys, mutasi_analysis.metrics; print([m for m in ('scipy', 'matplotlib', 'openpyxl', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_scheme_names_the_nearest_and_is_a_wrong_argument():
    with pytest.raises(ValueError, match=r"no scheme 'permendagri-12-2018'; it has: .*; did you mean 'permendagri-12-2008'") as caught:
        load_norm("effectiveness_bands", "permendagri-12-2018")
    assert isinstance(caught.value, NormError) and caught.value.exit_code == 2


@pytest.mark.parametrize("family", families())
def test_references_and_notes_have_their_english(family):
    """Only official titles of laws stay Indonesian."""
    for norm in load_family(family).values():
        for text in (norm.reference_en or norm.reference, norm.note_en):
            assert foreign(text, "en", besides=(norm.title,) if norm.title else ()) == set(), (norm.scheme, text)
            assert digits(text) == digits(norm.note if text == norm.note_en else norm.reference), (norm.scheme, text)


def digits(text: str) -> list[str]:
    """Every number in a text, whatever separates its groups and decimals."""
    return sorted(re.sub(r"[.,]", "", number) for number in re.findall(r"\d[\d.,]*\d|\d", text))


def test_a_note_without_its_english_and_a_title_out_of_place_do_not_load():
    norm = '[[norm]]\nvalue = 1\nunit = "menit"\nscheme = "x"\nsince = "2020-01-01"\nreference = "UU 1/2020"\nstatus = "usulan"\n'
    with pytest.raises(NormError, match="'note' and 'note_en' belong together"):
        parse_norms(norm + 'note = "belum dibaca"', "trial")
    with pytest.raises(NormError, match="title does not stand in the reference"):
        parse_norms(norm + 'title = "Pedoman"', "trial")
    assert parse_norms(norm + 'reference_en = "Act 1/2020"', "trial")["x"].reference_en == "Act 1/2020"
