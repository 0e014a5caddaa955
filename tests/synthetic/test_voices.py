"""Assessments, survey, wishes and kin."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.entities.outcomes import ITEMS
from mutasi_analysis.entities.people import COMPETENCIES
from tests.synthetic.drawn import drawn


def test_assessments_are_whole_and_some_are_missing_stale_or_repeated() -> None:
    tables = drawn("samarinda").tables
    assessments = tables["kompetensi"].groupby(["person_id", "assessed_on"])["competency"].nunique()
    assert (assessments == len(COMPETENCIES)).all()
    movers = tables["mutasi"].drop_duplicates("person_id").set_index("person_id")["tmt"]
    dates = tables["kompetensi"].drop_duplicates(["person_id", "assessed_on"])
    tmt = dates["person_id"].map(movers)
    before, after = dates[dates["assessed_on"] < tmt], dates[dates["assessed_on"] >= tmt]
    assert 0.6 < before["person_id"].nunique() / len(movers) < 0.9
    assert 0.3 < after["person_id"].nunique() / len(movers) < 0.8
    assert (dates["assessed_on"] < pd.Timestamp("2020-01-01")).any()
    start = tables["pegawai"].set_index("person_id")["tmt_cpns"]
    assert (dates["assessed_on"] >= dates["person_id"].map(start)).all()
    assert (dates["assessed_on"] <= pd.Timestamp("2025-12-31")).all()


def test_standards_cover_every_post_with_every_competency() -> None:
    tables = drawn("alak").tables
    counts = tables["standar_kompetensi"].groupby("jabatan_id")["competency"].nunique()
    assert set(counts.index) == set(tables["jabatan"]["jabatan_id"])
    assert (counts == len(COMPETENCIES)).all()


def test_survey_asks_movers_in_waves_and_readiness_grows() -> None:
    tables = drawn("samarinda").tables
    survey = tables["survei"]
    assert set(survey["item"]) == set(ITEMS)
    assert set(survey["wave"]) == {0, 1, 2}
    people = survey.groupby("wave")["person_id"].nunique()
    assert people[0] > people[1] > people[2] > 0.6 * people[0]
    assert survey["person_id"].isin(tables["mutasi"]["person_id"]).all()
    mean = survey.groupby("wave")["answer"].mean()
    assert mean[2] > mean[0]
    prepared = tables["mutasi"].drop_duplicates("person_id").set_index("person_id")["socialised"]
    answers = survey.groupby("person_id")["answer"].mean()
    told = answers.index.map(prepared).to_numpy(dtype=bool)
    assert answers[told].mean() > answers[~told].mean()


def test_one_in_five_wishes_a_unit_that_has_the_post() -> None:
    tables = drawn("bungo").tables
    serving = tables["pegawai"]["exit_date"].isna() & (tables["pegawai"]["asn_kind"] == "PNS")
    wishes = tables["aspirasi"]
    assert 0.17 < wishes["person_id"].nunique() / serving.sum() < 0.23
    assert (wishes.groupby("person_id")["rank"].agg(lambda ranks: sorted(ranks) == list(range(1, len(ranks) + 1)))).all()
    assert not wishes.duplicated(["person_id", "wished_unit_id"]).any()


def test_one_in_twenty_has_a_relative() -> None:
    tables = drawn("batanghari").tables
    kin = tables["relasi"]
    sex = tables["pegawai"].set_index("person_id")["sex"]
    people = pd.concat([kin["person_id"], kin["related_person_id"]])
    assert people.is_unique
    assert 0.04 < len(people) / len(sex) < 0.06
    spouses = kin[kin["relation"] == "pasangan"]
    assert (spouses["person_id"].map(sex).to_numpy() != spouses["related_person_id"].map(sex).to_numpy()).all()


def test_training_hours_and_documents_vary() -> None:
    moves = drawn("samarinda").tables["mutasi"]
    assert 0.3 < (moves["training_hours"].fillna(0) > 0).mean() < 0.7
    assert 0.4 < (moves["documents_complete"] == 10).mean() < 0.85
    assert 0.5 < moves["socialised"].mean() < 0.7
    assert {"rotasi", "promosi", "permintaan_sendiri", "sanksi"} <= set(moves["move_kind"])
