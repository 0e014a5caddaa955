"""What is said of workload: what the sum of gaps means, who is counted, who is set against whom, which preparation is asked for."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from mutasi_analysis.metrics import balance
from mutasi_analysis.wording import Words, next_steps, workload_paragraphs
from mutasi_analysis.wording.answer import verdicts
from mutasi_analysis.wording.main_numbers import main_numbers
from mutasi_analysis.wording.second_half import gained
from mutasi_analysis.wording.workload import balance_sentence
from tests.wording import invented

ID, EN = Words("id"), Words("en")


def test_the_sum_of_gaps_is_not_called_persons_to_be_moved() -> None:
    assert balance.imbalance([5, 5], [6, 4]) == 2 and balance.imbalance([5, 5], [5, 5]) == 0  # one person moved, two less
    for words, two in ((ID, "berkurang dua"), (EN, "two less")):
        meaning = next(n for n in main_numbers(invented.evaluation(), words) if n.label.startswith(words("number.imbalance"))).meaning
        assert two in meaning and "perlu" not in meaning and "to be moved" not in meaning


def steps(*rows: tuple[str, str, str, float], **more: object) -> str:
    """The steps for units of (name, kind, sector, gap); schools and health units have posts of several groups, offices of one."""
    frame = pd.DataFrame(rows, columns=["unit_name", "unit_kind", "sector", "gap_after"])
    frame["family"] = frame["unit_kind"].map({"sekolah": "campuran", "rsud": "campuran", "puskesmas": "campuran"}).fillna("abk")
    counts = {f"available_{state}": 30.0 for state in ("before", "after", "without")}
    frame = frame.assign(unit_id=frame["unit_name"], kecamatan_code="1", required_fte=30.0 - frame["gap_after"], **counts)
    section = dataclasses.replace(invented.workload(), units=frame)
    return " ".join(next_steps(invented.evaluation(workload=section, **more), ID))


PKM = ("PKM A", "puskesmas", "kesehatan", 9.0)
RSUD, SMP = ("RSUD", "rsud", "kesehatan", -9.0), ("SMP Lebih", "sekolah", "pendidikan", 8.0)


@pytest.mark.parametrize(
    ("rows", "said", "unsaid"),
    [
        ((RSUD, SMP), ["RSUD: kekurangan 9,0"], ["SMP Lebih", "Cari"]),
        ((RSUD, SMP, ("PKM Lebih", "puskesmas", "kesehatan", 2.0)), ["unit sebidang, PKM Lebih: kelebihan 2,0"], ["SMP Lebih"]),
        ((("SMP Kurang", "sekolah", "pendidikan", -9.0), SMP), ["unit sejenis, SMP Lebih: kelebihan 8,0"], ["sebidang"]),
        ((("SD Kurang", "sekolah", "pendidikan", -9.0), SMP), ["SD Kurang: kekurangan 9,0"], ["SMP Lebih"]),
        ((RSUD, ("Dinas Kesehatan", "dinas", "kesehatan", 9.0)), ["RSUD: kekurangan 9,0"], ["Dinas Kesehatan"]),
        ((("Kecamatan", "kecamatan", "kewilayahan", -9.0), ("Lurah", "kelurahan", "kewilayahan", 1.0)), ["sebidang, Lurah"], []),
        (
            (("Badan", "badan", "kepegawaian", -9.0), SMP, ("SMP Kurang", "sekolah", "pendidikan", -3.0), PKM),
            ["sesama sekolah: SMP Lebih kelebihan 8,0 orang, SMP Kurang kekurangan 3,0"], ["PKM A", "Cari calon"],
        ),
        ((SMP, PKM), ["kelebihan 9,0 orang di PKM A"], ["kekurangan 9,0", "SMP Lebih"]),
    ],
)  # fmt: skip
def test_only_like_units_are_set_against_each_other(rows: tuple, said: list[str], unsaid: list[str]) -> None:
    text = steps(*rows)
    assert all(part in text for part in said)
    assert not any(part in text for part in unsaid)


def test_steps_ask_for_no_list_that_no_table_holds_and_name_their_denominators() -> None:
    text = " ".join(next_steps(invented.evaluation(), ID))
    assert "Tinjau" not in text
    assert "30% dari 40 mutasi yang dinilai" in text and "50% dari 60 mutasi" in text  # invented.competency, invented.process
    english = " ".join(next_steps(invented.evaluation(), EN))
    assert "30% of the 40 transfers judged" in english and "50% of 60 transfers" in english


def dose(yes: float, no: float, p: float) -> pd.DataFrame:
    rows = [["group", "yes", yes, None], ["group", "no", no, None], ["equal", None, None, p]]
    frame = pd.DataFrame(rows, columns=["kind", "level", "estimate", "p_value"])
    return frame.assign(outcome="output_percent", factor="trained", n=40)


@pytest.mark.parametrize(("yes", "no", "p", "clear"), [(4.0, 1.0, 0.01, True), (1.0, 4.0, 0.01, False), (4.0, 1.0, 0.26, False)])
def test_training_is_asked_for_only_where_its_benefit_shows(yes: float, no: float, p: float, clear: bool) -> None:
    assert gained(dose(yes, no, p), "trained") is clear and gained(dose(yes, no, p), "socialised") is None
    performance = dataclasses.replace(invented.performance(), dose=dose(yes, no, p))
    text = " ".join(next_steps(invented.evaluation(performance=performance), ID))
    assert ("Beri pelatihan sebelum pindah" in text) is clear
    assert ("kini belum terlihat" in text) is not clear


def test_where_training_was_not_tested_no_benefit_is_denied() -> None:
    performance = dataclasses.replace(invented.performance(), dose=dose(4.0, 1.0, 0.01).assign(factor="sector"))
    text = " ".join(next_steps(invented.evaluation(performance=performance), ID))
    assert "Beri pelatihan sebelum pindah; manfaatnya belum diuji di sini. 50% dari 60 mutasi" in text and "terlihat" not in text


def left_out(*rows: tuple[str, int]) -> str:
    """The paragraphs where `rows` of (unit, persons) have no need; units of the invented section are A to D."""
    frame = pd.DataFrame(rows, columns=["unit_id", "persons"]).assign(unit_name="x", reason="no_need_for_umum")
    return " ".join(workload_paragraphs(dataclasses.replace(invented.workload(), unmeasured=frame), ID, minimum_cell=5))


def test_units_measured_in_part_are_not_said_to_be_unmeasured() -> None:
    text = left_out(("E", 7))
    assert "Sebanyak 1 unit tidak dapat diukur karena tugas pegawai umum tidak ada dalam data." in text and "umumnya" not in text
    text = left_out(("A", 7), ("B", 6))
    assert "tidak dapat diukur" not in text
    assert "Di 2 unit, sebagian pegawai (13 orang) tidak ikut dihitung" in text
    both = left_out(("A", 7), ("E", 6), ("F", 6))
    assert "Sebanyak 2 unit tidak dapat diukur" in both and "Di 1 unit, sebagian pegawai (7 orang)" in both


@pytest.mark.parametrize(("persons", "told"), [((1, 1), False), ((3,), False), ((4, 4), False), ((2, 4), True), ((7, 3), True)])
def test_persons_left_out_are_counted_only_where_no_unit_s_few_come_back(persons: tuple[int, ...], told: bool) -> None:
    """1 + 1 = 2 and 4 + 4 = 8 leave one answer; 2 + 4 = 6 is 3 + 3 too; 7 is hidden with the 3, else 10 − 7 were told."""
    text = left_out(*zip("AB", persons, strict=False))
    assert (f"({sum(persons)} orang)" in text) is told


def measures(imbalance: float, rmse: float, gini: float) -> pd.DataFrame:
    """Balance with these values after, and 65.3, 0.232 and 0.123 without the transfers."""
    rows = [[m, "after", a] for m, a in (("imbalance", imbalance), ("rmse", rmse), ("gini", gini))]
    rows += [["imbalance", "without", 65.3], ["rmse", "without", 0.232], ["gini", "without", 0.123]]
    return pd.DataFrame(rows, columns=["measure", "state", "value"]).assign(unit="")


@pytest.mark.parametrize(
    ("after", "label", "alone"),
    [
        ((67.8, 0.231, 0.123), "lebih timpang menurut jumlah orang", True),
        ((62.0, 0.231, 0.123), "lebih seimbang menurut jumlah orang", True),
        ((67.8, 0.251, 0.123), "lebih timpang", False),
        ((65.4, 0.231, 0.123), "hampir tidak berubah", False),
    ],
)
def test_a_verdict_that_one_measure_alone_gives_says_so(after: tuple[float, float, float], label: str, alone: bool) -> None:
    frame = measures(*after)
    assert ("ukuran lain" in balance_sentence(frame, ID)) is alone
    section = dataclasses.replace(invented.workload(), balance=frame)
    assert verdicts(invented.evaluation(workload=section), ID)[0].label == label
