"""A reader of a table of grades, complaints, checks or reasons finds in it what its numbers count."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis import tabulate
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import survey_words
from mutasi_analysis.wording.report import listed, set_aside

ID, EN = Words("id"), Words("en")


def labels(block: object) -> list[str]:
    return [column.label for column in block.columns]  # type: ignore[attr-defined]


def test_grades_name_their_scale_and_respondents() -> None:
    letters = pd.DataFrame([["A", "Dinas A", 2025, 84.5, "B", 900.0]], columns=["unit_id", "unit_name", "year", "value", "letter", "n"])
    block = tabulate.letters_table(letters, ID, minimum_cell=5)
    assert labels(block)[2:] == ["Nilai IKM", "Mutu", "Responden"] and "25–100" in block.note and "Sumber" in block.note
    english = tabulate.letters_table(letters, EN, minimum_cell=5)
    assert labels(english)[2:] == ["IKM score", "Grade", "Respondents"] and "etter" not in english.caption


def test_complaints_that_can_be_judged_are_not_called_overdue() -> None:
    columns = ["year", "received", "open", "judged", "share_in_time", "unstated", "unstated_limit", "drawn_on"]
    counts = pd.DataFrame([[2020, 4443, 0, 4443, 0.82, 0, 14, pd.Timestamp(2021, 1, 20)]], columns=columns)
    assert "Dapat dinilai (batasnya sudah tiba)" in labels(tabulate.complaints_table(counts, ID, minimum_cell=5))


def test_every_number_of_checks_says_which_transfers_it_counts() -> None:
    rows = [["tenure_under_2", 459, 20], ["tenure_over_5", 459, 251], ["blackout", 34, 0]]
    checks = pd.DataFrame([[*row, row[2] / row[1], ""] for row in rows], columns=["check", "n", "flagged", "share", "reference"])
    note = tabulate.checks_table(checks, ID, minimum_cell=5).note
    assert "hanya yang menuju jabatan struktural" in note
    assert note.count("masa jabatan") == 1 and "keinginan" not in note


def test_reasons_are_not_to_be_added_up() -> None:
    dropped = pd.DataFrame([["all", "not_pns", 62], ["all", "rated_once", 28]], columns=["outcome", "reason", "n"])
    assert "jangan dijumlahkan" in tabulate.dropped_table(dropped, ID, minimum_cell=5).note


@pytest.mark.parametrize(("high_of_worst", "overlap"), [(2.8, False), (3.05, True)])
def test_the_title_of_the_survey_names_its_wave_and_an_overlap(high_of_worst: float, overlap: bool) -> None:
    rows = [[2, "siap_tugas_baru", 44, 3.2, 3.0, 3.4, 0.8], [2, "beban_wajar", 44, 2.7, 2.6, high_of_worst, 0.6]]
    survey = pd.DataFrame(rows, columns=["wave", "item", "n", "mean", "conf_low", "conf_high", "share_agree"])
    title = survey_words(survey, ID).title
    assert title.startswith("12 bulan sesudah: rata-rata tertinggi")
    assert ("bertumpang tindih" in title) is overlap


def test_a_lone_note_is_a_sentence() -> None:
    note = set_aside(("second_moves:6",), ID, minimum_cell=5)
    assert listed(note).startswith("Sebanyak 6 mutasi adalah mutasi kedua")
    assert listed((*note, "lain")).startswith("- Sebanyak 6 mutasi")
    assert set_aside(("second_moves:3",), ID, minimum_cell=5)[0].startswith("Kurang dari 5 mutasi adalah")
