"""The five profiles, the spellings that find them, the traps that must not, and every wrong word in a profile file."""

import pickle
import re
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.errors import UsageError
from mutasi_analysis.profile_file import SCHEME_FAMILIES, allowed_schemes, factor_names
from mutasi_analysis.profiles import list_profiles, load_profile, parse_profile, profile_codes, profile_slugs

PACKAGED = files("mutasi_analysis") / "parameters" / "regions"


def text_of(slug="samarinda"):
    return (PACKAGED / f"{slug}.toml").read_text(encoding="utf-8")


def test_a_question_may_stay_empty_or_absent():
    text = text_of("bungo")
    absent = re.sub(r"(?m)^(id|en) = .*\n", "", text)
    empty = re.sub(r"(?m)^(id|en) = .*$", r'\1 = ""', text)
    for changed in (absent, empty):
        profile = parse_profile(changed, "region.toml", "bungo")
        assert (profile.question, profile.question_id, profile.question_en) == ("service", "", "")


@pytest.mark.parametrize(
    ("slug", "code", "level", "parent", "timezone", "question"),
    [
        # domain.md section 8 (codes, what each really is, time zones); the questions are those of the five seeds
        ("ampenan", "52.71.01", "kecamatan", "Kota Mataram", "Asia/Makassar", "plan_monitor"),
        ("samarinda", "64.72", "kota", "", "Asia/Makassar", "skills_fit"),
        ("batanghari", "15.04", "kabupaten", "", "Asia/Jakarta", "balance"),
        ("alak", "53.71.01", "kecamatan", "Kota Kupang", "Asia/Makassar", "programme"),
        ("bungo", "15.08", "kabupaten", "", "Asia/Jakarta", "service"),
    ],
)
def test_the_five_regions_are_what_they_are(tmp_path, slug, code, level, parent, timezone, question):
    profile = load_profile(slug, data_root=tmp_path)
    assert (profile.code, profile.level, profile.parent) == (code, level, parent)
    assert (profile.timezone, profile.question) == (timezone, question)
    assert profile.question_id.endswith("?") and profile.question_en.endswith("?")


def test_list_profiles_gives_all_five(tmp_path):
    assert [profile.slug for profile in list_profiles(tmp_path)] == ["alak", "ampenan", "batanghari", "bungo", "samarinda"]
    assert profile_codes(tmp_path)["bungo"] == "15.08"


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("64.72", "samarinda"), ("6472", "samarinda"), ("Kota Samarinda", "samarinda"), ("SAMARINDA", "samarinda"),
        (" samarinda ", "samarinda"),
        ("Kab. Batang Hari", "batanghari"), ("Batang Hari", "batanghari"), ("KABUPATEN BATANGHARI", "batanghari"), ("1504", "batanghari"),
        ("Kecamatan Ampenan", "ampenan"), ("52.71.01", "ampenan"), ("527101", "ampenan"), ("Kec. Alak", "alak"), ("15.08", "bungo"),
        ("Kabupaten Bungo", "bungo"),
    ],
)  # fmt: skip
def test_any_usual_spelling_finds_the_region(tmp_path, typed, slug):
    assert load_profile(typed, data_root=tmp_path).slug == slug


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("bung", r"^Wilayah 'bung' tidak dikenal\. Maksud Anda 'bungo'\? Wilayah yang ada: alak, ampenan, batanghari, bungo, samarinda\.$"),
        ("1509", r"1509 di BPS adalah Kabupaten Bungo \(Kemendagri 15\.08\), sedangkan di Kemendagri 15\.09 adalah Kabupaten Tebo"),
        ("1508", r"1508 di BPS adalah Kabupaten Tebo \(Kemendagri 15\.09\), sedangkan di Kemendagri 15\.08 adalah Kabupaten Bungo"),
        ("15.09", r"Belum ada profil untuk 15\.09 Kabupaten Tebo.*Awas: 1509 di BPS adalah Kabupaten Bungo"),
        ("Muara Bungo", r"ibu kota Kabupaten Bungo\. Maksud Anda 'bungo'\?"),
        ("Samarinda Kota", r"kecamatan 64\.72\.09 di Kota Samarinda\. Maksud Anda 'samarinda'\?"),
        ("Mataram", r"52\.71 Kota Mataram \(kota\); 52\.71\.02 Mataram \(kecamatan\)"),
        ("Kecamatan Batanghari", r"18\.07\.06 Batanghari \(kecamatan\)"),
        ("Kota Alak", r"Maksud Anda 'alak'\?"),
        ("Kota Kupang", r"Belum ada profil untuk 'Kota Kupang': 53\.71 Kota Kupang"),
        ("64", r"64 adalah Provinsi Kalimantan Timur"),
        ("98.01", r"98\.01 tidak ada dalam daftar Kemendagri"),
        ("", r"Wilayah '' tidak dikenal"),
        ("../../etc/passwd", r"tidak dikenal"),
        (64.72, 'Wilayah 64.72 bukan teks; tulis kode dalam tanda kutip, misalnya "64.72"'),
        (None, "Wilayah None bukan teks"),
    ],
)
def test_what_is_not_a_region_is_refused_in_one_sentence(tmp_path, typed, sentence):
    with pytest.raises(UsageError, match=sentence) as caught:
        load_profile(typed, data_root=tmp_path)
    assert "\n" not in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def own_profile(root, slug, text):
    folder = root / "raw" / slug
    folder.mkdir(parents=True)
    (folder / "region.toml").write_text(text, encoding="utf-8")


def test_an_agencys_own_file_takes_the_place_of_the_packaged_one(tmp_path):
    own_profile(tmp_path, "samarinda", text_of().replace("minimum_cell = 5", "minimum_cell = 10"))
    assert load_profile("Kota Samarinda", data_root=tmp_path).minimum_cell == 10
    assert load_profile("64.72", data_root=tmp_path / "elsewhere").minimum_cell == 5


def test_a_broken_file_of_one_region_does_not_stop_another(tmp_path):
    own_profile(tmp_path, "bontang", "this is not TOML")
    assert load_profile("samarinda", data_root=tmp_path).slug == "samarinda"
    assert "bontang" in profile_slugs(tmp_path)
    with pytest.raises(UsageError, match=r"raw/bontang/region\.toml: bukan TOML yang benar"):
        load_profile("bontang", data_root=tmp_path)


@pytest.mark.parametrize(
    ("slug", "content", "sentence"),
    [
        (
            "bontang",
            "[region]\nname = 'Bontang \u00e9'".encode("utf-16"),
            r"raw/bontang/region\.toml: berkas tidak dapat dibaca; simpan sebagai teks UTF-8",
        ),
        ("bontang", b"region = 3", r"raw/bontang/region\.toml: region = 3 tidak diterima; yang diterima: sebuah bagian \[region\]"),
        ("bontang", b"", r"raw/bontang/region\.toml: region\.slug belum diisi"),
        ("con", text_of().encode(), r"nama folder 'con' tidak diterima; .* bukan nama perangkat Windows"),
        ("Kota Bontang", text_of().encode(), r"nama folder 'Kota Bontang' tidak diterima; yang diterima: huruf kecil"),
    ],
)
def test_a_file_that_is_no_profile_is_said_and_stops_no_other_region(tmp_path, slug, content, sentence):
    own_profile(tmp_path, slug, "")
    (tmp_path / "raw" / slug / "region.toml").write_bytes(content)
    with pytest.raises(UsageError, match=sentence):
        load_profile(slug, data_root=tmp_path)
    assert load_profile("bungo", data_root=tmp_path).code == "15.08"


@given(
    st.one_of(st.text(max_size=30), st.text("0123456789. ", max_size=12), st.from_regex(r"(kota|kab\.?|kec) [a-z ]{0,12}", fullmatch=True))
)
def test_whatever_is_typed_is_a_region_or_one_sentence(typed):
    try:
        assert load_profile(typed, data_root="nowhere").slug in ("alak", "ampenan", "batanghari", "bungo", "samarinda")
    except UsageError as error:
        assert str(error).endswith((".", "?"))
        assert len(str(error)) < 700 and "\n" not in str(error)


def test_two_profiles_of_one_code_are_told_apart_by_slug_only(tmp_path):
    own_profile(tmp_path, "kota-samarinda", text_of().replace('slug = "samarinda"', 'slug = "kota-samarinda"'))
    with pytest.raises(UsageError, match="cocok dengan beberapa wilayah: kota-samarinda, samarinda"):
        load_profile("64.72", data_root=tmp_path)
    assert load_profile("kota-samarinda", data_root=tmp_path).slug == "kota-samarinda"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('slug = "samarinda"', 'slug = "../bungo"', r'region\.slug = "\.\./bungo" tidak diterima; yang diterima: "samarinda"'),
        ('code = "64.72"', "code = 64.72", r"region\.code = 64\.72 tidak diterima; yang diterima: teks dalam tanda kutip"),
        ('code = "64.72"', 'code = "64"', r'region\.code = "64" tidak diterima; yang diterima: kode Kemendagri kota'),
        ('code = "64.72"', 'code = "64.71"', r'region\.name = "Kota Samarinda" tidak diterima; yang diterima: "Kota Balikpapan"'),
        ('level = "kota"', 'level = "kecamatan"', r'region\.level = "kecamatan" tidak diterima; yang diterima: "kota"'),
        ('parent = ""', 'parent = "Jambi"', r'region\.parent = "Jambi" tidak diterima'),
        (
            '"Asia/Makassar"',
            '"WITA"',
            r'region\.timezone = "WITA" tidak diterima; yang diterima: Asia/Jakarta, Asia/Makassar, Asia/Jayapura',
        ),
        ('key = "skills_fit"', 'key = "skill_fit"', r'question\.key = "skill_fit" tidak diterima; yang diterima: plan_monitor, skills_fit'),
        ("first_year = 2020", 'first_year = "2020"', r'period\.first_year = "2020" tidak diterima; yang diterima: bilangan bulat'),
        ("first_year = 2020", "first_year = 20", r"period\.first_year = 20 tidak diterima; yang diterima: 2000 … 2100"),
        ("last_year = 2025", "last_year = 2019", r"period\.last_year = 2019 tidak diterima; yang diterima: 2020 atau sesudahnya"),
        ("as_of = 2025-12-31", 'as_of = "2025-12-31"', r"period\.as_of = .* tidak diterima; yang diterima: tanggal tanpa tanda kutip"),
        (
            "programme_last = 2024",
            "programme_last = 2021",
            r"period\.programme_last = 2021-12-31 tidak diterima; yang diterima: 2022-01-01",
        ),
        ("minimum_cell = 5", "minimum_cell = true", r"disclosure\.minimum_cell = True tidak diterima; yang diterima: bilangan bulat"),
        ("minimum_cell = 5", "minimum_cell = 1", r"disclosure\.minimum_cell = 1 tidak diterima; yang diterima: 2 … 100"),
        ("anticipation_years = 2", "anticipation_years = -1", r"estimation\.anticipation_years = -1 tidak diterima; yang diterima: 0 … 5"),
        (
            'jpm_rule = "capped"',
            'jpm_rule = "cap"',
            r'schemes\.jpm_rule = "cap" tidak diterima; yang diterima: ratio_of_sums, capped, mean_of_capped',
        ),
        ('primary = ["output_percent"]', "primary = []", r"outcomes\.primary = \[\] tidak diterima; yang diterima: paling sedikit satu"),
        (
            'primary = ["output_percent"]',
            'primary = ["ouput"]',
            r'outcomes\.primary = "ouput" tidak diterima; yang diterima: output_percent',
        ),
        ('primary = ["output_percent"]', 'primary = ["top_share"]', r'outcomes\.secondary = "top_share" tidak diterima'),
        ('primary = ["output_percent"]', "primary = [1]", r"outcomes\.primary = \[1\] tidak diterima; yang diterima: daftar teks"),
        (
            "minimum_cell = 5",
            "minimum_sel = 5",
            r"disclosure\.minimum_sel tidak dikenal\. Maksud Anda 'minimum_cell'\? Yang diterima: minimum_cell",
        ),
        (
            'groups = ["sector", "socialised"]',
            'groups = ["sektor"]',
            r"heterogeneity\.groups: sektor tidak dikenal\. Maksud Anda 'sector'\? Yang diterima: move_kind, sector, tenure, socialised, ",
        ),
        (
            'doses = ["match_change"]',
            'doses = ["sector"]',
            r"heterogeneity\.doses: sector tidak dikenal\..* Yang diterima: match_change, workload",
        ),
        ('doses = ["match_change"]', 'doses = "match_change"', r'heterogeneity\.doses = "match_change" tidak diterima; .* daftar teks'),
        ('doses = ["match_change"]', 'dose = ["match_change"]', r"heterogeneity\.dose tidak dikenal\. Maksud Anda 'doses'\?"),
        ('"socialised"]', '"sector"]', r'heterogeneity\.groups = "sector" tidak diterima; yang diterima: setiap nama satu kali'),
        ("minimum_cell = 5", "", r"disclosure\.minimum_cell belum diisi"),
        ("[disclosure]", "[disclosur]", r"bagian disclosur tidak dikenal\. Maksud Anda 'disclosure'\?"),
        ("[disclosure]\nminimum_cell = 5", "", r"disclosure\.minimum_cell belum diisi"),
    ],
)
def test_every_wrong_word_names_file_key_value_and_what_is_allowed(old, new, sentence):
    assert old in text_of()
    with pytest.raises(UsageError, match=sentence) as caught:
        parse_profile(text_of().replace(old, new), "raw/samarinda/region.toml", "samarinda")
    assert str(caught.value).startswith("raw/samarinda/region.toml: ")


@pytest.mark.parametrize("family", [family for family in SCHEME_FAMILIES if family != "jpm_rule"])
def test_a_scheme_no_norm_file_declares_is_refused(family):
    broken = "\n".join(f'{family} = "karangan"' if line.startswith(f"{family} ") else line for line in text_of().splitlines())
    with pytest.raises(UsageError, match=rf'schemes\.{family} = "karangan" tidak diterima; yang diterima: .*{dict_of(text_of())[family]}'):
        parse_profile(broken, "x.toml", "samarinda")


def dict_of(text):
    return dict(parse_profile(text, "x.toml", "samarinda").schemes)


def test_the_schemes_of_every_packaged_profile_are_declared(tmp_path):
    for profile in list_profiles(tmp_path):
        for family, scheme in profile.schemes:
            assert scheme in allowed_schemes(family), (profile.slug, family)
            assert profile.scheme(family) == scheme


def test_what_a_profile_does_not_declare_is_the_packages_list_and_an_empty_list_is_nothing():
    everything = {"groups": ("move_kind", "sector", "tenure", "socialised", "trained"), "doses": ("match_change", "workload_change")}
    assert dict(factor_names()) == everything
    section = '[heterogeneity]\ngroups = ["sector", "socialised"]\ndoses = ["match_change"]\n'
    assert section in text_of()
    old = parse_profile(text_of().replace(section, ""), "x.toml", "samarinda")
    assert (old.groups, old.doses) == (None, None)
    assert {kind: old.factors(kind) for kind in everything} == everything
    half = parse_profile(text_of().replace(section, "[heterogeneity]\ngroups = []\n"), "x.toml", "samarinda")
    assert (half.factors("groups"), half.factors("doses")) == ((), everything["doses"])


@pytest.mark.parametrize(
    ("slug", "groups", "doses"),
    [
        # what each seed speaks of: need, wishes, training · skills, schools, briefing · load, teachers and nurses, wishes, briefing ·
        # health, training or briefing · preparation, what units need
        ("ampenan", ("move_kind", "trained"), ("workload_change",)),
        ("samarinda", ("sector", "socialised"), ("match_change",)),
        ("batanghari", ("sector", "move_kind", "socialised"), ("workload_change",)),
        ("alak", ("sector", "trained", "socialised"), ()),
        ("bungo", ("trained", "socialised"), ("workload_change",)),
    ],
)
def test_each_region_declares_what_its_seed_asks(tmp_path, slug, groups, doses):
    profile = load_profile(slug, data_root=tmp_path)
    assert (profile.factors("groups"), profile.factors("doses")) == (groups, doses)


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path):
    own_profile(tmp_path, "samarinda", "\ufeff" + text_of().replace("\n", "\r\n"))
    assert load_profile("samarinda", data_root=tmp_path).as_of == date(2025, 12, 31)
