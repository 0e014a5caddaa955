"""What the sentences say and do not say, on an invented evaluation whose numbers stand in `invented`."""

from __future__ import annotations

import dataclasses
import re

import pandas as pd
import pytest

from mutasi_analysis.norms import families, load_family, load_norm, norms_table
from mutasi_analysis.profile_file import QUESTIONS
from mutasi_analysis.tabulate import norms_table as norms_block
from mutasi_analysis.wording import Words, answer_sentences, next_steps, outcome_paragraphs, performance_paragraphs, process_paragraphs
from mutasi_analysis.wording.answer import answer_text
from mutasi_analysis.wording.findings import reason, smallest_sentence, verdict_sentence
from mutasi_analysis.wording.main_numbers import main_numbers
from mutasi_analysis.wording.norm_values import norm_rows, norm_value
from mutasi_analysis.wording.pictures import required_words
from mutasi_analysis.wording.report import limits, limits_short, methods_paragraphs, missing_section, set_aside
from mutasi_analysis.wording.workload import workload_paragraphs
from tests.wording import invented
from tests.wording.test_catalogue import CAUSAL

ID, EN = Words("id"), Words("en")


def everything(evaluation: object, words: Words) -> str:
    """All prose of an evaluation."""
    e = evaluation
    parts = [answer_text(e, words), *next_steps(e, words), *methods_paragraphs(e, words), *limits(e, words)]
    parts += [n.label + n.value + n.change + n.meaning for n in main_numbers(e, words)]
    parts += performance_paragraphs(e.performance, words, declared=e.declared)
    parts += outcome_paragraphs(e.service, words, declared=e.declared)
    return "\n".join([*parts, *process_paragraphs(e.process, words, minimum_cell=e.minimum_cell)])


@pytest.mark.parametrize("words", [ID, EN], ids=["id", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("kind", ["not_found", "cannot_tell"])
def test_without_a_found_effect_no_word_claims_one(question: str, kind: str, words: Words) -> None:
    evaluation = invented.evaluation(question=question, performance=invented.performance(kind), service=invented.service(kind))
    assert not CAUSAL.search(everything(evaluation, words))


@pytest.mark.parametrize("words", [ID, EN], ids=["id", "en"])
def test_a_before_after_difference_is_never_an_effect(words: Words) -> None:
    section = invented.performance("found")
    naive = [text for text in performance_paragraphs(section, words, declared=("output_percent",)) if "98" in text and "91" in text]
    assert len(naive) == 1
    assert not CAUSAL.search(naive[0])


def test_found_names_direction_interval_and_numbers() -> None:
    row = pd.Series(invented.verdict("output_percent", "found", estimate=2.0, half=1.5))
    text = verdict_sentence(row, ID)
    assert "Ditemukan dampak mutasi pada capaian hasil kerja, ke arah membaik: +2,0 poin persen" in text
    assert "selang 95%: 0,5 sampai 3,5; 120 pegawai pindah, 1.300 pembanding" in text
    assert "capaian hasil kerja, ke arah membaik:" in text


def test_fewer_complaint_days_are_better_and_are_counted_in_units() -> None:
    row = pd.Series(invented.verdict("hari_pengaduan", "found", estimate=-2.0, half=0.5, n_moved=24, n_compared=28))
    text = verdict_sentence(row, EN)
    assert "24 receiving units, 28 compared" in text
    assert "found, for the better:" in text


def test_not_found_says_what_could_have_been_found() -> None:
    row = pd.Series(invented.verdict("output_percent", "not_found", estimate=0.2, half=1.0))
    assert "selisih sebesar 1,4 poin persen atau lebih semestinya terlihat" in verdict_sentence(row, ID)


def test_shares_are_told_in_percentage_points() -> None:
    row = pd.Series(invented.verdict("top_share", "not_found", estimate=0.012, half=0.02))
    assert "+1,2 poin persen (selang 95%: −0,8 sampai 3,2" in verdict_sentence(row, ID)


def test_cannot_tell_gives_the_reason_and_the_smallest_visible_difference() -> None:
    row = pd.Series(invented.verdict("output_percent", "cannot_tell"))
    assert "belum dapat menjawab" in verdict_sentence(row, ID)
    assert "Selisih capaian hasil kerja di bawah 1,4 poin persen belum tentu terlihat" in smallest_sentence(row, ID)
    section = invented.performance("cannot_tell")
    assert "1,4 poin persen belum tentu terlihat" in " ".join(performance_paragraphs(section, ID, declared=("output_percent",)))


def test_an_unknown_reason_is_said_in_general_words() -> None:
    assert reason("something_new", ID) == "syarat pembandingan tidak terpenuhi"
    assert reason(float("nan"), EN) == "the conditions of the comparison are not met"


@pytest.mark.parametrize(
    ("question", "expected"), [("balance", "Beban kerja: lebih timpang"), ("skills_fit", "Kecocokan keahlian: lebih cocok")]
)
def test_the_questions_own_verdict_comes_first(question: str, expected: str) -> None:
    # imbalance 21 after, 19 without: worse; change of match 4.5 with interval 2 to 7: better
    assert answer_text(invented.evaluation(question=question), ID).startswith(f"**{expected}.**")


@pytest.mark.parametrize("question", QUESTIONS)
def test_without_data_the_answer_says_so(question: str) -> None:
    empty = invented.evaluation(question=question, workload=None, competency=None, performance=None, service=None, process=None)
    assert answer_sentences(empty, ID) == (ID("answer.no_data", section=ID("section.missing")),)


def test_a_missing_section_names_tables_and_the_way_to_supply_them() -> None:
    evaluation = invented.evaluation(competency=None, missing=("kompetensi", "standar_kompetensi"))
    text = missing_section("competency", evaluation, ID)
    assert "hasil penilaian kompetensi (kompetensi) dan standar kompetensi jabatan (standar_kompetensi)" in text
    assert "data/raw/contoh" in text


def test_units_too_small_to_show_are_not_named_and_names_are_escaped() -> None:
    text = everything(invented.evaluation(), ID)
    assert "Puskesmas Kecil" not in text
    assert r"Dinas \<Satu\>" in text
    assert "<Satu>" not in text.replace(r"\<Satu\>", "")


def test_few_persons_are_not_counted_in_words() -> None:
    text = " ".join(process_paragraphs(invented.process(), ID, minimum_cell=5))
    assert "kurang dari 2 tahun di jabatan sebelumnya (kurang dari 5 dari 60)" in text
    assert "3 dari 60" not in text


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_language_keeps_its_decimal_mark(question: str) -> None:
    evaluation = invented.evaluation(question=question)
    assert not re.search(r"\d\.\d{1,2}(?!\d)", everything(evaluation, ID))
    assert not re.search(r"\d,\d{1,2}(?!\d)", everything(evaluation, EN))


def test_norm_values_are_readable() -> None:
    bands = "[{'name': 'A', 'lower': 1.0, 'includes_lower': False, 'label': 'Sangat Baik'}, {'name': 'B', 'lower': 0.9}, {'name': 'E'}]"
    assert norm_value(bands, ID) == ">\u00a01: A (Sangat Baik); ≥\u00a00,9: B; selebihnya: E"
    assert norm_value(bands, EN) == ">\u00a01: A (very good); ≥\u00a00.9: B; otherwise: E"
    assert norm_value("75000", ID) == "75.000"
    assert norm_value("praktik lama", ID) == "praktik lama"
    banned = "[{'start': datetime.date(2024, 3, 22), 'end': datetime.date(2025, 8, 20), 'label': 'Pilkada 2024'}]"
    assert norm_value(banned, ID) == "22 Maret 2024 sampai 20 Agustus 2025 (Pilkada 2024)"
    assert norm_value(banned, EN) == "22 March 2024 to 20 August 2025 (local elections of 2024)"
    assert norm_value("{'performance': [{'name': 'above', 'lower': 80}]}", ID) == "kinerja: ≥\u00a080: di atas"
    points = "[{'name': '30', 'lower': 91}, {'name': '1'}]"
    assert norm_value(points, ID) == "≥\u00a091: 30 poin; selebihnya: 1 poin"
    assert norm_value(points, EN) == "≥\u00a091: 30 points; otherwise: 1 point"
    assert norm_value("{'Baik': 'met', 'Cukup': 'below', 'Kurang': 'below'}", ID) == "Baik: sesuai; Cukup, Kurang: di bawah"


def test_each_dimension_of_an_index_has_a_row_of_its_own() -> None:
    norms = norms_table((load_norm("professionalism", "permenpanrb-38-2018"), load_norm("effective_time", "permenpanrb-1-2020")))
    rows = norm_rows(norms, ID)
    assert list(rows["norm"]) == [
        *(f"Indeks Profesionalitas ASN: {part}" for part in (
            "jam diklat teknis paling sedikit", "golongan", "kinerja", "nilai tertinggi", "kualifikasi", "kompetensi (pelatihan)",
            "disiplin (hukuman)")),
        "Waktu kerja efektif",
    ]  # fmt: skip
    told = dict(zip(rows["norm"], (norm_value(value, ID) for value in rows["value"]), strict=True))
    assert told["Indeks Profesionalitas ASN: disiplin (hukuman)"] == "tidak pernah: 5; ringan: 3; sedang: 2; berat: 1"
    assert rows["unit"].iloc[2] == "poin menurut nilai" and rows["unit"].iloc[-1] == "menit/tahun"


def test_what_readers_of_files_set_aside_is_told_in_the_language_of_the_report() -> None:
    note = "raw/x/DUK.xlsx: 2 baris penutup (tanda tangan atau catatan) di bawah tabel."
    assert set_aside((note,), EN, minimum_cell=5) == ("raw/x/DUK.xlsx: 2 closing rows (signature or note) below the table.",)
    assert set_aside((note,), ID, minimum_cell=5) == (note,)


def test_every_norm_of_the_package_has_its_name_and_unit_in_words() -> None:
    norms = [norm for family in families() for norm in load_family(family).values()]
    assert {n.family for n in norms if not EN.knows("family", n.family)} == set()
    assert {n.unit for n in norms if not EN.knows("norm_unit", n.unit)} == set()
    assert not [n.scheme for n in norms if re.search(r"[{}']|datetime", norm_value(str(n.value), EN))]


def test_the_table_of_norms_names_no_scheme_and_no_rating_in_indonesian_alone() -> None:
    block = norms_block(norms_table(tuple(norm for family in families() for norm in load_family(family).values())), EN)
    assert "scheme" not in block.shown.columns
    cells = " ".join(block.shown["value"])
    assert not re.search(r"Memenuhi|Pilkada|selebihnya|(?<!\()Sangat Baik(?! \(very good\))|(?<!Sangat )\bBaik(?! \(good\))", cells)


def test_notes_of_the_evaluation_become_sentences() -> None:
    told = set_aside(("second_moves:17", "moves_set_aside:2", "file.csv: 3 baris * jumlah."), ID, minimum_cell=5)
    assert told[0].startswith("Sebanyak 17 mutasi adalah mutasi kedua")
    assert told[1].startswith("Kurang dari 5 mutasi tidak dapat dibatalkan")
    assert told[2] == r"file.csv: 3 baris \* jumlah."


def test_nothing_short_and_no_changed_rank_are_said_without_a_zero() -> None:
    section = invented.workload()
    enough = section.units.assign(required_fte=8.0, available_before=10, available_after=10, gap_after=2.0)
    assert required_words(enough, 4, ID, minimum_cell=5).title == "Tidak ada unit yang kekurangan pegawai; kelebihannya 8 orang"
    same = dataclasses.replace(section, sensitivity=section.sensitivity.assign(units_changed_rank=0))
    assert "urutan unit tidak berubah" in " ".join(workload_paragraphs(same, ID, minimum_cell=5))


@pytest.mark.parametrize(
    ("kind", "slope", "told"), [("found", 0.0, True), ("found", 0.04, True), ("found", 0.06, False), ("not_found", 0.0, False)]
)
def test_an_effect_that_a_straight_line_undoes_is_named_beside_the_answer(kind: str, slope: float, told: bool) -> None:
    # output_percent is written with one digit, its breakdown with two: 0.004 would be written 0.00
    breakdown = pd.DataFrame({"outcome": ["output_percent"], "slope_breakdown": [slope / 10], "relative_breakdown": [0.5]})
    section = dataclasses.replace(invented.performance(kind), breakdown=breakdown)
    evaluation = invented.evaluation(performance=section, service=None)
    assert ("kesimpulan tentang capaian hasil kerja" in limits_short(evaluation, ID)) is told
    assert ("Least secure is what is concluded on output against target" in limits_short(evaluation, EN)) is told


def test_nearly_all_is_told_in_words_inside_a_sentence() -> None:
    assert (ID.share_told(0.998), EN.share_told(0.998), ID.share_told(0.5)) == ("lebih dari 99%", "more than 99%", "50%")
