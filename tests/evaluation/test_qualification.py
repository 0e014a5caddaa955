"""Education against posts, before and after: hard stops, what the held post proves, proposals, the best possible assignment."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.evaluation import qualification as q
from mutasi_analysis.evaluation.assessments import match_table
from mutasi_analysis.evaluation.competency import evaluate_competency
from mutasi_analysis.evaluation.possible import possible
from mutasi_analysis.metrics.competency import job_person_match
from tests.evaluation.tiny import UNITS, move, person, profile, region, table

POSTS = [
    {"jabatan_id": "keu", "jabatan_name": "Pengelola Keuangan", "job_class": "pelaksana", "job_level": "pelaksana", "job_family": "umum",
     "required_education": "Akuntansi; Keuangan"},
    {"jabatan_id": "bidan", "jabatan_name": "Bidan Terampil", "job_class": "fungsional", "job_level": "keterampilan",
     "job_family": "kesehatan", "required_education": "Kebidanan"},
    {"jabatan_id": "bidan2", "jabatan_name": "Bidan Ahli Pertama", "job_class": "fungsional", "job_level": "keterampilan",
     "job_family": "kesehatan", "required_education": "Kebidanan"},
    {"jabatan_id": "bebas", "jabatan_name": "Ajudan", "job_class": "pelaksana", "job_level": "pelaksana", "job_family": "umum"},
]  # fmt: skip
STANDARDS = [{"jabatan_id": post, "competency": name, "required_level": level}
             for post, wanted in {"keu": (2, 3), "bidan": (3, 1), "bidan2": (3, 3), "bebas": (1, 1)}.items()
             for name, level in zip(("komunikasi", "teknis"), wanted, strict=True)]  # fmt: skip


def levels(key: str, *found: int, day: str = "2021-06-01") -> list[dict[str, object]]:
    names = ("komunikasi", "teknis")
    return [{"person_id": key, "competency": name, "level": level, "assessed_on": day} for name, level in zip(names, found, strict=False)]


def section(people, moves, kompetensi=None, **more):
    known = kompetensi if kompetensi is not None else [row for one in people for row in levels(str(one["person_id"]), 2, 2)]
    tables = {"unit_kerja": UNITS, "jabatan": POSTS, "pegawai": people, "mutasi": moves, "kompetensi": known}
    data = region(**{**tables, "standar_kompetensi": STANDARDS, **more.pop("tables", {})})
    found = evaluate_competency(replace(data, **more), profile())
    assert found is not None
    return found


def fits(education: str | None, origin: str, destination: str) -> list[str]:
    found = section([person("1", "B", destination, education=education)],
                    [move("1", "A", "B", "2022-07-01", from_jabatan_id=origin, to_jabatan_id=destination)])  # fmt: skip
    counts = found.qualifications.loc[found.qualifications["n"] > 0]
    return counts.set_index("state").loc[["before", "after"], "match"].tolist()


@pytest.mark.parametrize(
    ("education", "origin", "destination", "expected"),
    [
        ("S-1 Akuntansi", "keu", "keu", ["exact", "exact"]),
        ("S-1 Manajemen", "bebas", "keu", ["unknown", "narrow"]),  # 0413 beside 0411 and 0412; a post without requirement judges nobody
        ("S1 HUKUM", "keu", "keu", ["broad", "broad"]),
        ("D.III Kebidanan", "keu", "bidan", ["other", "exact"]),
        ("D.III Keperawatan", "keu", "bidan", ["other", "stop"]),
        ("S-2 Manajemen", "keu", "bidan", ["narrow", "unproven"]),  # a second degree says nothing of the first
        ("S-2 Manajemen", "bidan", "bidan2", ["exact", "exact"]),  # works as a midwife: proven there
        ("D.III Keperawatan", "bidan", "bidan2", ["stop", "stop"]),  # but a contradiction stays one
    ],
)
def test_matches_before_and_after(education, origin, destination, expected):
    assert fits(education, origin, destination) == expected


@pytest.mark.parametrize("education", [None, "-", "", "Nihil", "xyzzy"])
def test_blank_and_unknown_education_is_counted_and_never_a_misfit(education):
    people = [person("1", "B", "keu", education=education), person("2", "A", "keu", education="S-1 Akuntansi")]
    moves = [move("1", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="keu")]
    found = section(people, moves)
    counted = found.education.set_index("how")["n"].to_dict()
    how = "none" if education == "xyzzy" else "blank"
    assert counted == {"rule": 1, "confirmed": 0, "proposal": 0, "none": 0, "blank": 0} | {how: 1}
    assert found.qualifications.loc[found.qualifications["match"] == "unknown", "n"].tolist() == [1, 1]
    assert found.qualification_changes["n"].sum() == 0


def test_an_unknown_string_is_proposed_and_codes_nobody_until_a_person_confirms_it():
    moves = [move("1", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="keu")]
    people = [person("1", "B", "keu", education="S-1 Akuntansy Keuangn"), person("2", "A", "keu", education="S-1 Akuntansi")]
    before = section(people, moves)
    assert before.proposals["text"].tolist() == ["S-1 Akuntansy Keuangn"]
    assert before.education.set_index("how").loc["proposal", "n"] == 1
    assert before.qualifications.loc[before.qualifications["n"] > 0, "match"].tolist() == ["unknown", "unknown"]
    confirmed = pd.DataFrame({"text": ["s-1 AKUNTANSY  keuangn"], "field": ["0411"], "confirmed": ["ya"]}, dtype="string")
    after = section(people, moves, confirmed_education=confirmed)
    assert after.proposals.empty and after.education.set_index("how").loc["confirmed", "n"] == 1
    assert after.qualifications.loc[after.qualifications["n"] > 0, "match"].tolist() == ["exact", "exact"]


def test_no_confirmation_grants_a_regulated_profession():
    confirmed = pd.DataFrame({"text": ["Sekolah Xyz"], "field": ["0913"], "confirmed": ["ya"]}, dtype="string")
    moves = [move("1", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="bidan")]
    found = section([person("1", "B", "bidan", education="Sekolah Xyz")], moves, confirmed_education=confirmed)
    after = found.qualifications.loc[(found.qualifications["state"] == "after") & (found.qualifications["n"] > 0)]
    assert after["match"].tolist() == ["unproven"]


def test_changes_are_shares_of_moves_judged_on_both_sides():
    """Two to accounts: law (broad) to accountancy post from an accountancy post: same; midwife diploma other → exact: better."""
    people = [person("1", "B", "keu", education="S1 HUKUM"), person("2", "B", "bidan", education="D.III Kebidanan")]
    moves = [move("1", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="keu"),
             move("2", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="bidan", move_kind="permintaan_sendiri")]  # fmt: skip
    rows = section(people, moves).qualification_changes.set_index(["grouping", "group"])
    assert rows.loc[("all", "all"), ["n", "fitting_from", "fitting_to", "share_improved", "share_same"]].tolist() == [2, 0, 0.5, 0.5, 0.5]
    assert rows.loc[("move_kind", "permintaan_sendiri"), "share_improved"] == 1
    assert rows.loc[("unit", "Dinas B"), "n"] == 2 and rows.loc[("sector", "sosial"), "n"] == 2


def swapped(first_education: str = "S-1 Akuntansi"):
    """Two of the same level, each in the post that suits the other: keu asks 2 and 3, bebas 1 and 1."""
    people = [person("1", "B", "bebas", education=first_education), person("2", "B", "keu", education="S-1 Akuntansi")]
    moves = [move("1", "A", "B", "2022-07-01", from_jabatan_id="bebas", to_jabatan_id="bebas"),
             move("2", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="keu")]  # fmt: skip
    return section(people, moves, [*levels("1", 3, 3), *levels("2", 1, 1)])


def test_the_best_assignment_crosses_what_the_programme_left():
    """Capped: as it was 100 and (1 + 1) / 5 = 40; crossed 100 and 100: best mean 100, realised 70, before 70: nothing of 30 points."""
    row = swapped().possible.iloc[0]
    assert (row["n"], row["excluded"], row["reason"]) == (2, 0, "ok")
    assert (row["before"], row["realised"], row["best"], row["share"]) == pytest.approx((70, 70, 100, 0))


def test_a_post_of_a_regulated_profession_is_not_filled_by_somebody_else():
    """The accountant would match the midwife's post better, the levels are the same, but the diploma does not let her."""
    people = [person("1", "B", "bidan2", education="S-1 Akuntansi"), person("2", "B", "bidan", education="D.III Kebidanan")]
    posts = [{**post, "job_level": "keterampilan"} for post in POSTS]
    moves = [move("1", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="bebas"),
             move("2", "A", "B", "2022-07-01", from_jabatan_id="bidan", to_jabatan_id="bidan2")]  # fmt: skip
    row = section(people, moves, [*levels("1", 3, 3), *levels("2", 1, 1)], tables={"jabatan": posts}).possible.iloc[0]
    assert row["realised"] == pytest.approx(row["best"]) == pytest.approx((100 + 100 / 3) / 2)


def test_a_stopped_move_is_left_out_of_the_bound_and_counted():
    people = [person("1", "B", "bidan", education="S-1 Akuntansi"), person("2", "B", "keu", education="S-1 Akuntansi")]
    moves = [move("1", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="bidan"),
             move("2", "A", "B", "2022-07-01", from_jabatan_id="bebas", to_jabatan_id="keu")]  # fmt: skip
    found = section(people, moves)
    assert found.possible[["n", "excluded"]].iloc[0].tolist() == [1, 1]


def naive_best(moves: pd.DataFrame, score: pd.DataFrame) -> float:
    """Every permutation of the posts among persons of the same level; open posts only."""
    n = len(moves)
    best = -np.inf
    for order in permutations(range(n)):
        if all(moves["job_level"].iloc[i] == moves["job_level"].iloc[j] for i, j in enumerate(order)):
            best = max(best, sum(score.iloc[i][moves["to_jabatan_id"].iloc[j]] for i, j in enumerate(order)))
    return best / n


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.sampled_from(["keu", "bebas"]), st.sampled_from(["keu", "bebas"]),
                          st.sampled_from("xy")), min_size=1, max_size=5))  # fmt: skip
def test_the_bound_is_that_of_trying_everything_and_never_below_what_was_realised(drawn):
    moves = pd.DataFrame(drawn, columns=["a", "b", "from_jabatan_id", "to_jabatan_id", "job_level"])
    moves = moves.assign(person_id=[str(i) for i in range(len(moves))], tmt=pd.Timestamp(2022, 1, 1), fit_to="exact")
    cells = [[i, name, row[side]] for i, row in moves.iterrows() for name, side in (("komunikasi", "a"), ("teknis", "b"))]
    known = pd.DataFrame(cells, columns=["case", "competency", "level"])
    standards = table("standar_kompetensi", STANDARDS)
    score = match_table(known, standards, pd.Index(["keu", "bebas"]), "capped")
    for side in ("from", "to"):
        moves[f"jpm_{side}"] = [score.loc[i, post] for i, post in enumerate(moves[f"{side}_jabatan_id"])]
    school = q.schooling(region(jabatan=POSTS, pegawai=[person(str(i), "A", "keu") for i in range(len(moves))]))
    row = possible(moves, known, standards, school, "capped").iloc[0]
    assert row["best"] == pytest.approx(naive_best(moves, score)) and row["best"] >= row["realised"] - 1e-9
    assert row["before"] == pytest.approx(moves["jpm_from"].mean())


def test_the_table_of_matches_is_the_match_of_each_pair():
    known = pd.DataFrame([[0, "komunikasi", 4], [0, "teknis", 1], [1, "komunikasi", 2]], columns=["case", "competency", "level"])
    found = match_table(known, table("standar_kompetensi", STANDARDS), pd.Index(["keu", "bidan2", "tanpa"]), "capped")
    assert found.loc[0, "keu"] == pytest.approx(job_person_match([4, 1], [2, 3], rule="capped"))
    assert found.loc[0, "bidan2"] == pytest.approx(100 * (3 + 1) / 6)
    assert np.isnan(found.loc[1, "keu"]) and found["tanpa"].isna().all()


def test_without_a_usable_move_nothing_is_possible():
    people = [person("1", "B", "keu", education="S-1 Akuntansi")]
    found = section(people, [move("1", "A", "B", "2022-07-01", from_jabatan_id="keu", to_jabatan_id="keu")], levels("1", 2))
    assert found.possible["reason"].tolist() == ["no_moves"] and np.isnan(found.possible["share"].iloc[0])
