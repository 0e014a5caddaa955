"""The ordinal match, the hard stop of regulated professions, and proposals that a person confirms."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.fields_of_study import code_education, isced_fields, load_professions, load_rules
from mutasi_analysis.metrics.qualification import (
    CONFIRMED,
    MATCHES,
    apply_confirmed,
    cosine_similarity,
    coverage,
    match_rank,
    propose,
    qualification_match,
)

CODES = isced_fields().query("digits == 4")["code"].tolist()
TOKENS = sorted({f"{rule.field}/{rule.subject}" if rule.subject else rule.field for rule in load_rules()})


@pytest.mark.parametrize(
    ("field", "required", "match"),
    [
        ("0312", "0312;0413", "exact"),  # Ilmu Pemerintahan for Ilmu Pemerintahan or Administrasi Publik
        ("0313", "0312", "narrow"),  # Psikologi: 031 social and behavioural sciences
        ("0321", "0312", "broad"),  # Ilmu Komunikasi: 03, but 032
        ("0732", "0312", "other"),
        ("0421/hukum_islam", "0421/hukum", "narrow"),  # same code, another subject
        ("0421/hukum_islam", "0421", "exact"),
        ("0421", "0421/hukum", "narrow"),  # the subject is not known
        ("0313", "0732;0411;0311", "narrow"),  # the best of several
    ],
)
def test_ordinal(field: str, required: str, match: str) -> None:
    assert qualification_match(field, required) == match
    assert qualification_match(field, required.split(";")) == match


@pytest.mark.parametrize(
    ("field", "profession", "match"),
    [
        ("0913/keperawatan", "perawat", "exact"),
        ("0913/kebidanan", "perawat", "stop"),
        ("0913/keperawatan", "bidan", "stop"),
        ("0919/kesehatan_masyarakat", "perawat", "stop"),
        ("0912/dokter", "dokter", "exact"),
        ("0912/kedokteran", "dokter", "unproven"),  # S.Ked. without the professional degree
        ("0841/dokter_hewan", "dokter", "stop"),
        ("0911/dokter_gigi", "dokter", "stop"),
        ("0916/farmasi", "apoteker", "unproven"),
        ("0114/matematika", "guru_matematika", "exact"),
        ("0541", "guru_matematika", "unproven"),
        ("0114/bahasa_inggris", "guru_matematika", "stop"),
        ("0114/sejarah", "guru_ips", "exact"),
        ("0421/hukum", "guru_kelas", "stop"),
        ("0114/seni", "guru_mapel", "exact"),
    ],
)
def test_regulated_professions(field: str, profession: str, match: str) -> None:
    """Whatever the post lists as required fields: a profession is decided by its law."""
    assert qualification_match(field, "0913;0421;0114;0541", profession=profession) == match


@pytest.mark.parametrize(
    ("field", "level", "profession", "match"),
    [
        ("0913/keperawatan", "D-III", "perawat", "exact"),
        ("0913/keperawatan", "SMK", "perawat", "unproven"),  # SPK or SMK Keperawatan
        ("0114/matematika", "D-II", "guru_matematika", "unproven"),  # UU 14/2005: S-1 or D-IV
        ("0114/matematika", "S-1", "guru_matematika", "exact"),
        ("0114/matematika", "D-IV", "guru_matematika", "exact"),
        ("0413", "S-1", "guru_matematika", "stop"),
        ("0413", "S-2", "guru_matematika", "unproven"),  # the first degree is not in the string
        ("0912/dokter", "spesialis", "dokter", "exact"),
    ],
)
def test_level_decides_between_proven_and_unproven(field: str, level: str, profession: str, match: str) -> None:
    assert qualification_match(field, None, profession=profession, level=level) == match


@pytest.mark.parametrize("profession", load_professions())
def test_a_confirmed_field_never_grants_a_regulated_profession(profession: str) -> None:
    fields = pd.Series([f"{code}/{CONFIRMED}" for code in CODES])
    assert set(qualification_match(fields, "0913", profession=profession)) <= {"unproven", "stop"}


def test_missing_is_missing_and_series_keep_their_index() -> None:
    field = pd.Series(["0312", None, "0413", "0913/kebidanan"], index=list("abcd"))
    required = pd.Series(["0312", "0312", None, "0913/keperawatan"], index=list("abcd"))
    profession = pd.Series([None, None, None, "perawat"], index=list("abcd"), dtype="string")
    result = qualification_match(field, required, profession=profession)
    assert result.index.tolist() == list("abcd")
    assert result.fillna("-").tolist() == ["exact", "-", "-", "stop"]
    assert qualification_match(pd.Series([], dtype="string"), "0312").empty
    assert pd.isna(qualification_match(None, "0312"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"field": "hukum", "required_fields": "0421"}, "field 'hukum' is no token"),
        ({"field": "0421", "required_fields": "0421;Hukum"}, "required_fields holds 'Hukum'"),
        ({"field": "0421", "required_fields": "0421", "profession": "perawt"}, "did you mean 'perawat'"),
        ({"field": "0421", "required_fields": "0421", "profession": "perawat", "level": "S1"}, "level 'S1' is unknown"),
    ],
)
def test_errors_name_argument_value_and_what_is_allowed(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        qualification_match(**arguments)


@given(st.sampled_from(TOKENS), st.lists(st.sampled_from(TOKENS), min_size=1, max_size=4), st.sampled_from(TOKENS))
def test_more_accepted_fields_never_lower_the_match(field: str, required: list[str], extra: str) -> None:
    ranks = [match_rank(qualification_match(field, list(fields))) for fields in (required, [*required, extra])]
    assert ranks[1] >= ranks[0]
    assert qualification_match(field, required) == qualification_match(field, required[::-1])
    assert qualification_match(field, [field]) == "exact"


def test_ranks() -> None:
    ranks = match_rank(pd.Series([*list(MATCHES), None]))
    assert ranks.tolist()[:4] == [3.0, 2.0, 1.0, 0.0]
    assert ranks.isna().tolist() == [False, False, False, False, True, False, True]
    assert match_rank("stop") == -1.0
    with pytest.raises(ValueError, match="match 'exakt' is unknown"):
        match_rank("exakt")


def test_coverage_counts_all_four() -> None:
    table = coverage(pd.Series(["rule", "rule", "none", "blank"])).set_index("how")
    assert table["n"].to_dict() == {"rule": 2, "confirmed": 0, "none": 1, "blank": 1}
    assert table["share"].tolist() == [0.5, 0.0, 0.25, 0.25]
    assert coverage(pd.Series([], dtype="string"))["share"].isna().all()


def test_cosine_of_equal_strings_is_one_and_of_strangers_zero() -> None:
    table = cosine_similarity(["hukum", "", "abc"], ["hukum", "xyz"])
    assert table[0, 0] == pytest.approx(1.0)
    assert table[0, 1] == table[1, 0] == table[2, 1] == 0.0
    assert cosine_similarity([""], [""]).tolist() == [[0.0]]


def known() -> dict[str, str]:
    return {rule.example: f"{rule.field}/{rule.subject}" if rule.subject else rule.field for rule in load_rules()}


def test_proposals_are_lists_for_a_person() -> None:
    table = propose(["S1 Infomratika", "S-1 Kprawatan Jiwa", "S1 Infomratika", "zzz"], known())
    assert table["text"].iloc[0] == "S1 Infomratika"
    assert table["n"].iloc[0] == 2
    assert table["field"].iloc[0] == "0613"
    assert (table["confirmed"] == "").all()
    assert "zzz" not in set(table["text"])
    assert table.loc[table["field"] == "0913", "regulated"].all()
    assert propose([], known()).empty
    assert propose(["x"], {}).empty


def test_only_confirmed_proposals_of_uncoded_strings_count() -> None:
    frame = code_education(pd.Series(["S1 Infomratika", "S1 Hukum", "-", "S1 Kprwtn"]))
    confirmed = pd.DataFrame(
        {
            "text": ["s1 infomratika", "S1 Hukum", "-", "S1 Kprwtn"],
            "field": ["0613", "0732", "0732", "0913"],
            "confirmed": ["ya", "ya", "ya", ""],
        }
    )
    result = apply_confirmed(frame, confirmed)
    assert result["how"].tolist() == ["confirmed", "rule", "blank", "none"]
    assert result["field"].fillna("").tolist() == ["0613", "0421", "", ""]
    assert result["broad"].fillna("").tolist() == ["06", "04", "", ""]
    assert frame["how"].tolist() == ["none", "rule", "blank", "none"]
    assert qualification_match(result["token"].iloc[0], "0613") == "exact"


@pytest.mark.parametrize(
    ("fields", "message"),
    [(["613"], "field '613' of confirmed row 0"), (["0613", "0612"], "confirmed with two fields: 0613 and 0612")],
)
def test_confirmations_are_checked(fields: list[str], message: str) -> None:
    confirmed = pd.DataFrame({"text": ["x"] * len(fields), "field": fields, "confirmed": ["ya"] * len(fields)})
    with pytest.raises(ValueError, match=message):
        apply_confirmed(code_education(pd.Series(["x"])), confirmed)
