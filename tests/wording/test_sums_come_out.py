"""A reader who subtracts what is printed gets what is printed, or is told why not; and what stands beside a number says how sure it is."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from mutasi_analysis import tabulate
from mutasi_analysis.wording import Words, next_steps, process_paragraphs
from mutasi_analysis.wording.comparison import answer_paragraph, heterogeneity_sentence, losing_sentence
from mutasi_analysis.wording.findings import naive_sentence
from mutasi_analysis.wording.main_numbers import main_numbers
from mutasi_analysis.wording.numbers import rounds_apart
from mutasi_analysis.wording.pictures import paths_words, whole_years
from mutasi_analysis.wording.robustness_units import spillover_sentence
from mutasi_analysis.wording.workload import balance_sentence
from tests.wording import invented

ID = Words("id")


def balance(after: float, without: float) -> pd.DataFrame:
    values = {"before": 583.4, "after": after, "without": without}
    return pd.DataFrame(
        [["imbalance", state, value, "orang"] for state, value in values.items()], columns=["measure", "state", "value", "unit"]
    )


def test_the_same_imbalance_stands_in_sentence_main_number_and_table() -> None:
    frame = balance(509.549, 600.351)  # 509,5 and 600,4; 509.5 / 600.4 = 0.8486; the difference before rounding would be −90.8
    assert "mencapai 509,5 orang, padahal tanpa mutasi akan mencapai 600,4 orang (−15,1%)" in balance_sentence(frame, ID)
    number = main_numbers(invented.evaluation(workload=dataclasses.replace(invented.workload(), balance=frame)), ID)
    told = next(n for n in number if n.value == "509,5 orang")
    assert told.change == "−90,9 orang dibanding tanpa mutasi"
    row = tabulate.balance_table(frame, ID).shown.iloc[0]
    assert row[["without", "after", "because"]].tolist() == ["600,4", "509,5", "−90,9"]


@pytest.mark.parametrize(
    ("before", "after", "difference", "apart"), [(93.46, 93.44, -0.02, True), (91.3, 98.4, 7.1, False), (None, 1.0, 1.0, False)]
)
def test_rounding_is_noticed_where_a_sum_would_not_come_out(before: float | None, after: float, difference: float, apart: bool) -> None:
    assert rounds_apart(before, after, difference, 1) is apart  # 93,5 and 93,4 differ by 0,1, yet the difference is 0,0


def naive(before: float, after: float) -> pd.DataFrame:
    row = ["output_percent", 60, before, after, after - before]
    return pd.DataFrame([row], columns=["outcome", "n", "before", "after", "difference"])


def test_before_and_after_say_why_their_difference_is_not_the_printed_one() -> None:
    assert "dari 93,5 menjadi 93,4 (0,0 poin persen; n = 60)" in naive_sentence(naive(93.46, 93.44), ID)
    assert naive_sentence(naive(93.46, 93.44), ID).endswith("Selisih dihitung sebelum pembulatan.")
    assert "pembulatan" not in naive_sentence(naive(91.0, 98.5), ID)


def test_a_table_says_why_a_change_is_not_the_printed_one_but_not_for_a_hidden_row() -> None:
    row = invented.competency().summary.iloc[[0]].assign(jpm_from=93.24, jpm_to=91.15, change=-2.09)  # 93,2 to 91,2, yet −2,1
    assert "sebelum pembulatan" in tabulate.match_table(row, ID, minimum_cell=5).note
    assert "sebelum pembulatan" not in tabulate.match_table(row.assign(n=3), ID, minimum_cell=5).note
    assert "sebelum pembulatan" not in tabulate.match_table(invented.competency().summary, ID, minimum_cell=5).note


def test_the_match_of_the_first_page_carries_its_interval_and_days_say_which_way_is_better() -> None:
    told = {n.label: n for n in main_numbers(invented.evaluation(question="skills_fit"), ID)}
    assert (
        told["Kecocokan dengan jabatan baru: lebih cocok"].change == "+4,5 poin persen dibanding jabatan lama (selang 95%: 2,0 sampai 7,0)"
    )
    verdicts = pd.DataFrame([invented.verdict("hari_pengaduan", "found", estimate=-2.0, half=0.5)])
    service = dataclasses.replace(invented.service(), verdicts=verdicts)
    days = main_numbers(invented.evaluation(question="service", service=service, primary=("hari_pengaduan",)), ID)[0]
    assert days.meaning.endswith("minus berarti membaik.")


def test_a_surplus_is_not_offered_for_any_post() -> None:
    units = invented.units()
    like = units.assign(unit_kind="puskesmas", sector="kesehatan", family="abk_kes")  # Dinas <Satu> is short, Puskesmas Dua has too many
    steps = next_steps(invented.evaluation(workload=dataclasses.replace(invented.workload(), units=like)), ID)
    assert "syarat jabatan yang kosong" in next(text for text in steps if text.startswith("Cari calon"))
    assert "Cari calon" not in " ".join(next_steps(invented.evaluation(), ID))  # no two of its units are alike


def paths() -> pd.DataFrame:
    moved = [(-5, 92.5, 24), (-3, 96.1, 68), (-2, 91.6, 68), (0, 98.5, 68), (2, 102.3, 21)]
    rows = [["output_percent", "moved", t, mean, n] for t, mean, n in moved]
    rows += [["output_percent", "compared", t, 97.0 - t / 10, 233] for t, _, _ in moved]
    return pd.DataFrame(rows, columns=["outcome", "group", "event_time", "mean", "n"])


def test_paths_are_told_between_the_years_that_hold_everybody() -> None:
    said = paths_words(paths(), ID)
    assert said.title == "Capaian hasil kerja, tahun −3 dan 0: yang pindah dari 96,1 menjadi 98,5, pembanding dari 97,3 menjadi 97,0"
    assert "hanya memuat sebagian" in said.caption and "abu-abu" not in said.caption
    assert "−1 = tahun pindah; bidang abu-abu: masa menjelang dan saat mutasi." in paths_words(paths(), ID, zone=True).caption
    assert whole_years(paths().assign(n=[9, 8, 7, 6, 5] * 2)) == (-5.0, 2.0)  # nobody is whole: all years


@pytest.mark.parametrize(("compared", "hint"), [(3, True), (20, False)])
def test_few_comparison_units_are_a_hint_and_no_evidence(compared: int, hint: bool) -> None:
    row = {"outcome": "ikm", "estimate": 0.5, "conf_low": -0.9, "conf_high": 1.9, "n_moved": 18, "n_compared": compared, "reason": ""}
    assert ("bukan bukti" in spillover_sentence(pd.DataFrame([row]), ID)) is hint


@dataclasses.dataclass(frozen=True)
class Pool:
    k: int = 3
    estimate: float = 2.0
    conf_low: float = 0.2
    conf_high: float = 3.8
    tau2_low: float = 0.25
    pi_low: float = -1.0
    pi_high: float = 5.0
    q_p_value: float = 0.02
    i2: float = 70.0


def test_the_comparison_answers_first_and_says_how_sure() -> None:
    without = pd.DataFrame({"region": ["Alak", "Bungo"], "conf_low": [0.1, -0.4], "conf_high": [3.9, 3.5]})
    told = answer_paragraph("Ketimpangan lebih kecil di 2 dari 3 wilayah", {"ikm": Pool()}, {"ikm": LOSING}, {"ikm": without}, ID)
    assert told.startswith("Ketimpangan lebih kecil di 2 dari 3 wilayah. Dibanding pembandingnya, gabungan 3 wilayah: indeks kepuasan")
    assert "+2,0 poin IKM (selang 95%: 0,2 sampai 3,8)" in told
    assert "rata-ratanya tidak mewakili setiap wilayah" in told
    assert told.endswith("Gabungan indeks kepuasan masyarakat (IKM) rapuh: tanpa Bungo, berubah pula apakah selangnya memuat nol.")
    both = answer_paragraph("", {"ikm": Pool()}, {"ikm": LOSING}, {"ikm": without.assign(conf_low=-0.4)}, ID)
    assert both.endswith("untuk 2 dari 3 wilayahnya, mengeluarkan wilayah itu saja sudah mengubah apakah selangnya memuat nol.")
    calm = answer_paragraph("", {"ikm": dataclasses.replace(Pool(), q_p_value=0.5)}, {"ikm": LOSING}, {"ikm": without.iloc[:1]}, ID)
    assert "rapuh" not in calm and "tidak mewakili" not in calm
    assert answer_paragraph("", {}, {}, {}, ID) == ""


NO_REGION = pd.DataFrame({"region": [], "conf_low": [], "conf_high": []})
#: 15 + 20 comparison units, of which 12 + 20 lost staff; the region of 99 is not pooled, that of 7 does not say how many
LOSING = pd.DataFrame(
    {
        "region": ["Batanghari", "Samarinda", "Alak", "Bungo"], "usable": [True, True, False, True],
        "n_compared": [15.0, 20.0, 99.0, 7.0], "n_losing": [12.0, 20.0, 99.0, float("nan")],
    }
)  # fmt: skip


def test_the_comparison_says_how_many_of_its_comparisons_lost_staff_themselves() -> None:
    told = answer_paragraph("", {"ikm": Pool()}, {"ikm": LOSING}, {"ikm": NO_REGION}, ID)
    assert "sendiri kehilangan pegawai karena mutasi: indeks kepuasan masyarakat (IKM) 32 dari 35. Bila kehilangan itu" in told
    told = losing_sentence(LOSING, ID)
    assert told.startswith(
        "Dari 35 unit pembanding, 32 sendiri kehilangan pegawai karena mutasi (Batanghari 12 dari 15; Samarinda 20 dari 20)."
    )
    assert losing_sentence(LOSING, Words("en")).startswith(
        "Of the 35 comparison units 32 lost staff by transfers themselves (Batanghari 12 of"
    )
    for none in (0.0, float("nan")):  # nobody lost staff, or the saved results do not say
        assert losing_sentence(LOSING.assign(n_losing=none), ID) == ""
        assert "kehilangan" not in answer_paragraph("", {"ikm": Pool()}, {"ikm": LOSING.assign(n_losing=none)}, {"ikm": NO_REGION}, ID)


def test_regions_only_seem_to_differ_where_the_interval_of_their_spread_reaches_zero() -> None:
    pools = {"ikm": Pool(q_p_value=0.0004), "output_percent": Pool(tau2_low=0.0, q_p_value=0.032), "hari_pengaduan": Pool(q_p_value=0.35)}
    told = answer_paragraph("", pools, dict.fromkeys(pools, LOSING.head(0)), dict.fromkeys(pools, NO_REGION), ID)
    assert "kebetulan pada indeks kepuasan masyarakat (IKM) (uji Q, taraf 10%); di situ rata-ratanya tidak mewakili" in told
    assert "Pada capaian hasil kerja wilayah tampaknya berbeda (uji Q p\u00a0=\u00a00,032, taraf 10%), tetapi selang simpangannya" in told
    assert "waktu penyelesaian pengaduan (uji Q" not in told and told.count("mewakili") == 2
    sure, maybe, alike = (heterogeneity_sentence(pool, ID) for pool in pools.values())
    assert sure.startswith("Wilayah berbeda") and "nol" not in sure
    assert maybe.startswith("Wilayah tampaknya berbeda") and "simpangan antarwilayah mencapai nol" in maybe
    assert alike.startswith("Tidak terlihat") and all("taraf 10%" in text for text in (sure, maybe, alike))


def test_nearly_all_says_of_how_many_and_checks_of_few_are_not_told() -> None:
    rows = [["wish_unmet", 16, 15, 15 / 16, ""], ["no_training", 3, 2, 2 / 3, ""]]
    checks = pd.DataFrame(rows, columns=["check", "n", "flagged", "share", "reference"])
    text = " ".join(process_paragraphs(dataclasses.replace(invented.process(), checks=checks), ID, minimum_cell=5))
    assert "Dari 16 mutasi pegawai yang menyebut unit lain yang diinginkan, hampir semuanya tidak menuju unit itu." in text
    assert "pemeriksaan aturan" not in text  # a wish is no rule
    assert "pelatihan" not in text  # n = 3 is masked in the table as well
