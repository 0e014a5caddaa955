"""The first page: the question in the region's own words, a verdict and three sentences, and what they leave out said beside them."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pandas as pd
import pytest

from mutasi_analysis.evaluation.result import Evaluation, Workload
from mutasi_analysis.profile_file import QUESTIONS
from mutasi_analysis.wording import Words, answer_sentences, question_text
from mutasi_analysis.wording.answer import answer_text
from mutasi_analysis.wording.report import limits_short
from tests.wording import invented

ID, EN = Words("id"), Words("en")
#: the end of a sentence: a full stop before a space and a capital letter, or at the very end
ENDS = re.compile(r"[.!?](?=\s+[A-Z]|$)")


def with_learning(kind: str = "found") -> Evaluation:
    service = invented.service()
    rows = pd.DataFrame([invented.verdict("ikm", "not_found"), invented.verdict("hasil_belajar", kind)])
    breakdown = pd.DataFrame({"outcome": ["hasil_belajar"], "slope_breakdown": [0.0], "relative_breakdown": [0.5]})
    return invented.evaluation(question="skills_fit", service=dataclasses.replace(service, verdicts=rows, breakdown=breakdown))


def trained(p: float, **changes: float) -> Any:
    dose = {"outcome": "output_percent", "factor": "trained", "n": 60, "dose": None, "std_error": 0.5, "conf_low": 0.0, "conf_high": 3.0}
    rows = [
        {**dose, "kind": "group", "level": "yes", "estimate": changes.get("yes", 1.7), "p_value": 0.01},
        {**dose, "kind": "group", "level": "no", "estimate": 2.8, "p_value": 0.01},
        {**dose, "kind": "equal", "level": "", "estimate": None, "p_value": p},
    ]
    return dataclasses.replace(invented.performance("found"), dose=pd.DataFrame(rows))


def schools(n: int, others: int) -> Workload:
    """n schools and as many other units as `others`, all of one size."""
    unit = {"kecamatan_code": "15.04.01", "required_fte": 9.0, "available_before": 10.0, "available_after": 12.0, "available_without": 10.0}
    kinds = ["sekolah"] * n + ["dinas"] * others
    units = pd.DataFrame([{**unit, "unit_id": f"U{i}", "unit_name": f"Unit {i}", "unit_kind": kind} for i, kind in enumerate(kinds)])
    gaps = {f"gap_{state}": units[f"available_{state}"] - units["required_fte"] for state in ("before", "after", "without")}
    return dataclasses.replace(invented.workload(), units=units.assign(**gaps))


@pytest.mark.parametrize(("n", "others", "told"), [(10, 10, True), (10, 0, True), (9, 20, False), (12, 9, False)])
def test_kinds_of_few_units_are_not_told_apart_nor_what_they_leave(n: int, others: int, told: bool) -> None:
    sentence = answer_sentences(invented.evaluation(question="balance", workload=schools(n, others)), ID)[1]
    assert ("di sekolah" in sentence) is told


@pytest.mark.parametrize("words", [ID, EN], ids=["id", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("kind", ["found", "not_found", "cannot_tell", "disagree"])
@pytest.mark.parametrize("worth", [0.0, 100.0], ids=["matters", "small"])
def test_every_answer_is_a_verdict_and_three_sentences(question: str, kind: str, worth: float, words: Words) -> None:
    reason = {"reason": "other_estimators"} if kind == "disagree" else {}
    verdicts = pd.DataFrame([{**invented.verdict("output_percent", "found"), "verdict": kind, "worth": worth, **reason}])
    performance = dataclasses.replace(invented.performance(), verdicts=verdicts)
    service = dataclasses.replace(invented.service(), verdicts=verdicts.assign(outcome="ikm"))
    evaluation = invented.evaluation(question=question, performance=performance, service=service)
    sentences = answer_sentences(evaluation, words)
    assert len(sentences) == 3
    assert [len(ENDS.findall(text)) for text in sentences] == [1, 1, 1]
    verdict, told = re.fullmatch(r"\*\*([^*]+)\.\*\* (.+)", answer_text(evaluation, words)).groups()  # type: ignore[union-attr]
    assert ": " in verdict and told == " ".join(sentences)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("absent", ["workload", "competency", "performance", "service", "process"])
def test_with_one_section_missing_there_are_still_at_most_three_and_a_question_without_its_data_says_so(question: str, absent: str) -> None:
    sentences = answer_sentences(invented.evaluation(question=question, **{absent: None}), ID)
    own = {"plan_monitor": "workload", "balance": "workload", "skills_fit": "competency", "service": "service"}
    assert 2 <= len(sentences) <= 3
    assert sentences[0].startswith("Pertanyaan ini belum dapat dijawab") is (own.get(question) == absent)


def test_the_question_is_printed_in_the_regions_own_words_and_stock_where_it_has_none() -> None:
    own = invented.evaluation(question="service", question_id="Apakah antrean lebih pendek?", question_en="")
    assert question_text(own, ID) == "**Pertanyaan kabupaten ini:** Apakah antrean lebih pendek?"
    assert question_text(own, EN).endswith(EN("ask.service"))
    assert question_text(dataclasses.replace(own, question_id=" \n"), ID).endswith(ID("ask.service"))


def test_a_question_with_mark_up_is_text() -> None:
    shown = question_text(invented.evaluation(question_id="<script>x</script> ![g](http://a.b/c.png) #set page() *a* `b`\n# judul"), ID)
    assert r"\<script\>" in shown and r"!\[g\](http" in shown and r"\#set" in shown and r"\*a\*" in shown
    assert "\n" not in shown


def test_moves_and_movers_that_differ_by_few_do_not_stand_beside_each_other() -> None:
    def told(moves: int, movers: int) -> str:
        facts = pd.DataFrame({"fact": ["moves", "movers"], "value": [float(moves), float(movers)]})
        return answer_sentences(invented.evaluation(question="programme", facts=facts), ID)[2]

    assert told(68, 67) == told(68, 64) == "Program ini menjalankan 68 mutasi."  # k = 5
    assert told(68, 68) == "Program ini menjalankan 68 mutasi atas 68 pegawai."
    assert told(68, 63) == "Program ini menjalankan 68 mutasi atas 63 pegawai."


def test_the_second_half_of_each_question_is_answered_or_said_to_be_open() -> None:
    kinds = answer_sentences(invented.evaluation(question="balance", workload=schools(10, 12)), ID)[1]
    # ten schools of 12 persons (10 without the transfers) where 9 are needed: 10 × 3 and 10 × 1
    assert "mencapai 30,0 orang di sekolah (tanpa mutasi 10,0); guru, dokter, dan perawat tidak dihitung terpisah" in kinds
    learning = answer_sentences(with_learning(), ID)[2]
    assert learning.startswith("Ditemukan dampak mutasi pada hasil belajar, ke arah membaik")
    assert "hasil belajar" in answer_sentences(invented.evaluation(question="skills_fit"), ID)[2]
    assert "diukur per pegawai, bukan per unit" in answer_sentences(invented.evaluation(question="plan_monitor"), ID)[2]
    assert "tidak terjawab" in answer_sentences(invented.evaluation(question="service"), ID)[1]


@pytest.mark.parametrize(
    ("p", "told"), [(0.259, "belum dapat dipastikan (p dikoreksi =\xa00,259)"), (0.04, "berbeda (p dikoreksi =\xa00,040), tetapi siapa")]
)
def test_preparation_is_told_with_how_sure_it_is(p: float, told: str) -> None:
    sentence = answer_sentences(invented.evaluation(question="service", performance=trained(p)), ID)[1]
    assert "+1,7 poin persen bagi yang dilatih dan +2,8 bagi yang tidak" in sentence and told in sentence
    hidden = trained(p, yes=float("nan"))
    assert "tidak terjawab" in answer_sentences(invented.evaluation(question="service", performance=hidden), ID)[1]


def test_what_the_sentences_no_longer_say_stands_in_the_box() -> None:
    open_ones = limits_short(invented.evaluation(performance=invented.performance("cannot_tell")), ID)
    assert "di bawah 1,4 poin persen belum tentu terlihat" in open_ones
    disputed = dataclasses.replace(invented.performance(), verdicts=pd.DataFrame([invented.verdict("output_percent", "found")]))
    disputed.verdicts.loc[0, "verdict"] = "disagree"
    assert "cara hitung lain" in limits_short(invented.evaluation(performance=disputed), ID)
    assert "hasil belajar" in limits_short(with_learning(), ID)  # a straight line undoes it (slope 0)
    assert "norma waktu" in limits_short(invented.evaluation(question="balance"), ID)
    assert "memilih sendiri untuk menjawab" in limits_short(invented.evaluation(question="programme"), ID)
    unsure = dataclasses.replace(invented.competency(), summary=invented.competency().summary.assign(conf_low=-1.0))
    assert "selangnya memuat nol" in limits_short(invented.evaluation(question="skills_fit", competency=unsure), ID)


def fields(improved: int, lower: int, before: int = 160) -> Evaluation:
    """200 transfers by field of study beside a match of competencies that rose."""
    shares = [before / 200, (before + improved - lower) / 200, improved / 200, (200 - improved - lower) / 200, lower / 200]
    columns = ["grouping", "group", "n", "fitting_from", "fitting_to", "share_improved", "share_same", "share_lower"]
    changes = pd.DataFrame([["all", "all", 200, *shares]], columns=columns)
    return invented.evaluation(question="skills_fit", competency=dataclasses.replace(invented.competency(), qualification_changes=changes))


@pytest.mark.parametrize(("improved", "lower", "told"), [(6, 12, True), (12, 6, False), (3, 12, False), (6, 6, False)])
def test_a_field_of_study_that_goes_the_other_way_is_told_beside_the_match(improved: int, lower: int, told: bool) -> None:
    evaluation = fields(improved, lower)
    assert evaluation.competency is not None and evaluation.competency.summary["change"].iloc[0] > 0
    first = answer_sentences(evaluation, ID)[0]
    clause = "pada bidang pendidikan arahnya lain: 80% mutasi sesuai di jabatan lama dan 77% di jabatan baru"
    assert (f"{clause} (menurut semua tingkat kecocokan: 3% lebih cocok, 6% kurang cocok)" in first) is told
    assert len(ENDS.findall(first)) == 1
    assert told or "bidang pendidikan" not in first  # 3 of 200 are few, and what they leave is not told either


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.7, 0.75, "75% menyatakan siap untuk tugas barunya (sebelum pindah 70%; "),
        (43 / 44, 0.75, "untuk tugas barunya."),
        (0.7, 1 / 44, ""),
    ],
)
def test_those_ready_are_told_with_how_many_were_before_unless_either_are_few(before: float, after: float, said: str) -> None:
    process = invented.process()
    asked = process.survey.assign(share_agree=process.survey["wave"].map({0: before, 2: after}))
    text = answer_sentences(invented.evaluation(question="programme", process=dataclasses.replace(process, survey=asked)), ID)
    assert any(said in sentence for sentence in text) if said else not any("siap" in sentence for sentence in text)
    assert not any("98%" in sentence for sentence in text)  # 43 of 44
