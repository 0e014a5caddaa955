"""What the robustness sentences say, and what they never say."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from mutasi_analysis.evaluation.checks import CHECKS
from mutasi_analysis.evaluation.verdict import load_rule
from mutasi_analysis.tabulate.robustness import balance_table, dose_levels, dose_tests_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording import robustness as told
from mutasi_analysis.wording.answer import verdicts
from mutasi_analysis.wording.findings import headline, losers_sentence, outcome_paragraphs, verdict_sentence
from mutasi_analysis.wording.methods import estimator_paragraph, rule_paragraph
from mutasi_analysis.wording.outcomes import span
from mutasi_analysis.wording.pictures import service_words
from mutasi_analysis.wording.report import limits_short
from mutasi_analysis.wording.robustness_doses import dose_sentence, dose_words, of_whom
from mutasi_analysis.wording.robustness_units import exact_sentence, losing_sentence, spillover_sentence, synthetic_sentence
from tests.robustness import frames
from tests.wording import invented

ID, EN = Words("id"), Words("en")


@pytest.mark.parametrize(
    ("half", "checks", "kind"),
    [
        (1.0, (("imputation", 1.8), ("stacked", 2.1)), "alike"),
        (3.0, (("imputation", 1.8), ("stacked", -2.1)), "zero"),
        (1.9, (("imputation", 1.8), ("stacked", 2.1)), "strength"),
        (1.0, (("imputation", -1.8), ("stacked", 2.1)), "apart"),
    ],
)
def test_agreement_of_estimators(half: float, checks: tuple[tuple[str, float], ...], kind: str) -> None:
    found = told.agreement(frames.estimators(half=half, checks=checks))
    assert found is not None
    assert found.kind == kind
    assert found.n == 2


def test_the_naive_regression_is_no_check() -> None:
    found = told.agreement(frames.estimators())
    assert found is not None
    assert (found.low, found.high) == (1.8, 2.2)  # twfe is 5.0


def test_agreement_does_not_heal_a_verdict_that_cannot_tell() -> None:
    row = pd.Series(invented.verdict("output_percent", "cannot_tell"))
    assert "tidak menghapus keberatan" in told.agreement_sentence(frames.estimators(), row, ID)


def test_only_a_found_verdict_holds_as_long_as_something() -> None:
    limits = frames.breakdown().iloc[0]
    found, not_found = (pd.Series(invented.verdict("output_percent", kind)) for kind in ("found", "not_found"))
    assert "Kesimpulan bertahan selama laju" in told.breakdown_sentence(limits, found, ID)
    assert "0,75 kali langkah" in told.breakdown_sentence(limits, found, ID)
    assert "di luar tahun mutasi dan 1 tahun tepat sebelumnya: kesimpulan" in told.breakdown_sentence(limits, found, ID, anticipation=2)
    assert "bertahan" not in told.breakdown_sentence(limits, not_found, ID)


def test_the_same_dip_without_a_move_is_why_before_after_misleads() -> None:
    text = told.matched_sentence(frames.pseudo(), frames.balance(), "output_percent", ID, minimum_cell=5)
    assert "Dari 120 yang terkena mutasi, 100 mendapat pembanding" in text
    assert "20 tidak" in text  # 120 − 100
    assert "turun juga (−4,7 poin persen; yang pindah −5,0) lalu naik sebesar +3,0 poin persen (yang pindah +7,0)" in text


def test_without_a_dip_no_dip_is_told() -> None:
    path = frames.balance()  # neither, those moved alone, the others alone, or two years of different persons
    for flat in (path.assign(moved=[96.0, 96.0]), path.assign(compared_after=[96.0, 96.0]), path.assign(n_units=[100, 90])):
        text = told.matched_sentence(frames.pseudo(), flat, "output_percent", ID, minimum_cell=5)
        assert "turun" not in text and "satu sebab" in text


def test_few_without_comparators_are_not_given_back_by_subtraction() -> None:
    text = told.matched_sentence(frames.pseudo(matched=118), frames.balance(), "output_percent", ID, minimum_cell=5)
    assert "118" not in text
    assert "kurang dari 5 tidak" in text


def test_a_distinction_is_named_with_its_p_value() -> None:
    text = dose_sentence(frames.dose(), "output_percent", EN, minimum_cell=5)
    assert "change of match (p < 0.001)" in text.replace("\u00a0", " ")
    assert "there are 2 tests" in text


def test_a_p_value_that_does_not_outlast_the_number_of_tests_names_nothing() -> None:
    """0.03 among two tests is 0.06 by Holm: over 0.05."""
    weak = frames.dose().assign(p_value=lambda rows: rows["p_value"].mask(rows["factor"] == "match_change", 0.03))
    text = dose_sentence(weak, "output_percent", EN, minimum_cell=5).replace("\u00a0", " ")
    assert "By none of them" in text and "smallest p = 0.060" in text
    drawn = dose_levels(weak, "output_percent", minimum_cell=5).dropna(subset=["estimate"])
    assert "not clearly vary" in dose_words(weak, drawn, "output_percent", EN, minimum_cell=5).title
    table = dose_tests_table(weak, "output_percent", EN, minimum_cell=5)
    assert table is not None and table.shown["p_corrected"].tolist() == ["0.600", "0.060"]


def test_an_asymmetric_model_is_warned_of() -> None:
    assert "Jangan dipakai" in told.shares_sentence(frames.person_unit(symmetry_p=0.01), ID, minimum_cell=5)
    assert "Jangan dipakai" not in told.shares_sentence(frames.person_unit(), ID, minimum_cell=5)


def test_infinite_limits_are_words() -> None:
    assert span("ikm", -math.inf, math.inf, ID).startswith("tanpa batas bawah dan atas")
    assert span("ikm", -math.inf, 2.0, EN) == "no lower limit, up to 2.0"
    assert span("ikm", 1.0, math.inf, EN) == "1.0 upwards without limit"


def test_so_few_units_that_nothing_could_be_found() -> None:
    text = exact_sentence(frames.exact(), "ikm", ID)
    assert "tidak dapat lebih kecil daripada 0,100" in text
    assert "tanpa batas" in text
    assert "tidak mungkin menemukan" not in exact_sentence(frames.exact(smallest_p=0.002), "ikm", ID)


@pytest.mark.parametrize(("value", "outside"), [(-3.5, True), (-2.4, False)])
def test_a_synthetic_comparison_is_told_and_whether_it_lies_outside(value: float, outside: bool) -> None:
    rows = frames.exact(method="synthetic_did", estimate=value)
    text = synthetic_sentence(rows, "ikm", (-2.5, -2.3), EN)
    assert f"{abs(value)} IKM points" in text and ("outside that range" in text) is outside
    assert synthetic_sentence(frames.exact(), "ikm", (-2.5, -2.3), EN) == ""


def test_intervals_of_few_units_are_no_evidence_of_certainty() -> None:
    row = pd.Series(invented.verdict("output_percent", "found"))
    assert "tidak dapat diandalkan" in told.agreement_sentence(frames.estimators(), row, ID, few=True)
    assert "short" not in told.agreement_sentence(frames.estimators(), row, EN, few=True)  # some are wider than the exact one
    assert "diandalkan" not in told.agreement_sentence(frames.estimators(), row, ID)


def test_units_receive_and_persons_move() -> None:
    """The words for persons stand in no sentence, table or picture of units."""
    units = told.matched_sentence(frames.pseudo("ikm"), frames.balance("ikm"), "ikm", EN, minimum_cell=5)
    assert "receiving units" in units and "received nobody" in units and "moved" not in units
    table = balance_table(frames.balance("ikm"), frames.pseudo("ikm"), "ikm", EN, minimum_cell=5)
    assert table is not None and [column.label for column in table.columns][:3] == [
        "Years since the transfer",
        "n",
        "Receiving units with comparisons",
    ]
    assert told.estimator_name("callaway_santanna/nevertreated", "ikm", ID).endswith("tak pernah menerima")
    assert told.estimator_name("callaway_santanna/nevertreated", "output_percent", ID).endswith("tak pernah pindah")


def test_the_path_before_is_told_on_the_scale_of_the_pictures_and_of_how_many() -> None:
    """Two years back from the year before the move: years −3 and −2 since the first full year. 100 of 120 is 83 %."""
    table = balance_table(frames.balance(), frames.pseudo(), "output_percent", ID, minimum_cell=5)
    assert table is not None and table.shown["event_time"].tolist() == ["−3", "−2"]
    assert "100 dari 120" in table.note and "(83%)" in table.note and "persen dari target" in table.note
    nearly = balance_table(frames.balance(), frames.pseudo(matched=118), "output_percent", ID, minimum_cell=5)
    assert nearly is not None and "118" not in nearly.note
    assert balance_table(frames.balance(), frames.pseudo(matched=4), "output_percent", ID, minimum_cell=5) is None  # means of four persons


@pytest.mark.parametrize(
    ("kind", "estimate", "lost", "losers", "said"),
    [  # 20 compared; what losers changed by (8 units, 95 % interval ± 1)
        ("found", 2.0, 20, None, "(IKM) bebas dari mutasi: selisihnya dapat juga berasal dari memburuknya unit yang kehilangan pegawai."),
        ("found", -2.0, 20, None, "membaiknya unit yang kehilangan pegawai."),
        ("not_found", 0.1, 20, None, "perubahan yang sama pada keduanya tidak akan terlihat."),
        ("cannot_tell", 2.0, 20, -2.0, ""),
        ("found", 2.0, 11, -2.0, "Sebagian dari +2,0 poin IKM pada indeks kepuasan masyarakat (IKM) dapat berasal dari memburuknya"),
        ("found", -2.0, 11, 2.0, "dapat berasal dari membaiknya"),
        ("found", 2.0, 11, 2.0, ""),  # the other way: it hides some of what was found
        ("found", 2.0, 11, -0.5, ""),  # not clear
        ("found", 2.0, 10, -2.0, ""),  # not most of them
        ("not_found", 0.1, 11, -2.0, "sendiri berselisih −2,0 poin IKM"),
        ("not_found", 0.1, 11, 2.0, "sendiri berselisih +2,0 poin IKM"),
        ("found", 2.0, math.nan, -2.0, ""),
    ],
)  # fmt: skip
def test_what_units_that_lost_staff_may_have_made_of_a_verdict(
    kind: str, estimate: float, lost: float, losers: float | None, said: str
) -> None:
    row = pd.Series(invented.verdict("ikm", kind, estimate, n_compared=20, n_losing=lost))
    spilled = None if losers is None else frames.spillover(estimate=losers, conf_low=losers - 1, conf_high=losers + 1)
    text = losers_sentence(row, spilled, ID)
    assert (said in text) if said else text == ""
    assert (losers_sentence(row, spilled, EN) == "") is (text == "")


def test_what_units_that_lost_staff_may_have_made_is_told_where_the_verdict_is() -> None:
    section = replace(invented.service("found", n_compared=20, n_losing=11), spillover=frames.spillover())
    text = "dapat berasal dari memburuknya unit pembanding"
    assert text in outcome_paragraphs(section, ID, spillover=section.spillover)[0]
    assert text in limits_short(invented.evaluation(service=section), ID)
    whole = invented.service("found", n_compared=20, n_losing=20)
    assert "Tidak satu pun pembanding" in service_words(whole.monthly, whole.verdicts.iloc[0], ID).caption
    assert "Tidak satu pun" not in service_words(section.monthly, section.verdicts.iloc[0], ID).caption


def test_losing_units() -> None:
    assert "−2,0 poin IKM (selang 95%: −3,0 sampai −1,0; 8 terhadap 3 unit)" in spillover_sentence(frames.spillover(), ID)
    row = pd.Series(invented.verdict("ikm", "found", n_moved=7, n_compared=11))
    assert losing_sentence(row, ID) == ""  # not known
    assert losing_sentence(pd.Series({**row, "n_losing": 8}), ID).startswith("Dari 11 unit pembanding indeks kepuasan masyarakat (IKM), 8 ")
    open_ended = frames.spillover(conf_low=-math.inf, conf_high=math.inf)
    assert "tidak terlihat perubahan yang jelas" in spillover_sentence(open_ended, ID)
    refused = frames.spillover(estimate=math.nan, conf_low=math.nan, conf_high=math.nan, reason="no_comparators")
    assert "tidak ada pembanding" in spillover_sentence(refused, ID)


def test_file_checks_are_counted_in_words_and_few_are_not() -> None:
    section = frames.evaluation().performance
    assert section is not None
    text = told.checks_sentence(section.dropped, ID, minimum_cell=5)
    assert "12 orang dengan dua mutasi atau lebih dalam setahun (tetap dihitung)" in text
    assert "kurang dari 5 pegawai yang pindah tanpa penilaian sesudahnya" in text
    assert "bukan PNS" not in text  # set aside, not a fault of the file


@pytest.mark.parametrize("words", [ID, EN], ids=["id", "en"])
def test_every_check_of_the_files_has_words(words: Words) -> None:
    assert [code for code in CHECKS if not words.knows("dropped", code)] == []


@pytest.mark.parametrize("words", [ID, EN], ids=["id", "en"])
def test_disagreeing_estimators_have_a_sentence_a_title_and_a_box(words: Words) -> None:
    row = pd.Series(invented.verdict("output_percent", "cannot_tell") | {"verdict": "disagree", "reason": "other_estimators"})
    assert "+2" in verdict_sentence(row, words)
    assert headline(row, words)
    section = invented.performance("cannot_tell")
    section.verdicts.loc[0, "verdict"] = "disagree"
    assert any(v.code == "disagree" and "sepakat" in v.label for v in verdicts(invented.evaluation(performance=section), ID))


def test_the_rule_is_told_with_its_thresholds() -> None:
    text = rule_paragraph(load_rule(), ["output_percent"], ID)
    # parameters/verdict.toml: 20 and 20, 0.05, 0.1, half, 3.0 points of output
    assert "Kurang dari 20 yang terkena mutasi atau kurang dari 20 pembanding" in text
    assert "p di bawah 0,05" in text
    assert "penyimpangan 0,1 kali" in text
    assert "paling sedikit 50% dari cara lain" in text
    assert "capaian hasil kerja 3,0 poin persen" in text
    assert "IKM" not in text
    assert "usulan kami" in text
    # parameters/verdict.toml: what was set while looking at the demonstration
    assert "kecuali langkah 3 (batas 0,1 dan urutannya) dan, pada langkah 1" in text
    steps = text.splitlines()[2:8]
    assert steps[2].startswith("3. Selang tidak memuat nol") and "penyimpangan 0,1 kali" in steps[2]
    assert "menyingkirkan selisih yang berarti" in steps[0] and steps[3].endswith("ditemukan;")


def test_each_estimator_is_named_with_its_paper() -> None:
    methods = dict(zip(frames.estimators()["method"], frames.estimators()["role"], strict=True))
    text = estimator_paragraph(methods, ("few",), EN)
    for name in ("Callaway and Sant'Anna 2021", "Borusyak", "Sun and Abraham 2021", "Wing", "Goodman-Bacon 2021", "permutation"):
        assert name in text
    assert "Arkhangelsky" not in text and "Arkhangelsky" in estimator_paragraph(methods, ("few", "synthetic"), EN)
    again = estimator_paragraph({**methods, "extended_twfe": "same_check"}, (), EN)
    assert EN("estimator_other.same_check") in again and EN("estimator_other.same_check") not in text


def test_a_method_is_told_as_another_s_number_only_where_it_is_everywhere() -> None:
    assert told.role_of(pd.Series(["same_check", "check"])) == "check"
    assert told.role_of(pd.Series(["same_check", "same_headline"])) == "same_check"


def test_notes_become_sentences() -> None:
    said, others = told.robust_notes(("estimators_not_installed", "not_computed:ikm:matched:no_matches", "second_moves:6"), ID)
    assert others == ("second_moves:6",)
    assert (
        said[1] == ID("note_method.matched") + " untuk indeks kepuasan masyarakat (IKM) tidak dihitung: "
        "tidak ada pembanding yang perjalanan nilainya cukup serupa."
    )


def test_numbers_beside_distinctions_say_whom_they_count() -> None:
    known = "pegawai pindah yang pembedanya diketahui (perubahan kecocokan: dapat dinilai di kedua jabatan)."
    assert of_whom(["sector", "match_change", "match_change"], ID).endswith(known)
    assert of_whom(["sector"], EN).endswith("those moved for whom the distinction is known.")
    table = dose_tests_table(frames.dose(), "output_percent", ID, minimum_cell=5)
    drawn = dose_levels(frames.dose(), "output_percent", minimum_cell=5).dropna(subset=["estimate"])
    assert table is not None and known in table.note and "Holm" in table.note
    caption = dose_words(frames.dose(), drawn, "output_percent", ID, minimum_cell=5).caption  # draws kinds of transfer only
    assert "pegawai pindah yang pembedanya diketahui. Garis putus" in caption


@pytest.mark.parametrize(
    ("matched", "said"),
    [
        (100, "Tabel ini hanya memuat 100 dari 120 yang terkena mutasi, yaitu yang mendapat pembanding (83%)."),
        (118, "Tabel ini hanya memuat yang terkena mutasi dan mendapat pembanding (hampir semua)."),
        (120, "Semua 120 yang terkena mutasi mendapat pembanding."),
    ],
)
def test_a_table_of_the_matched_says_whom_it_covers(matched: int, said: str) -> None:
    table = balance_table(frames.balance(), frames.pseudo(matched=matched), "output_percent", ID, minimum_cell=5)
    assert table is not None and said in table.note


def test_a_title_on_methods_names_its_outcome() -> None:
    row = pd.Series(invented.verdict("output_percent", "found"))
    for words, subject in ((ID, "Capaian hasil kerja: "), (EN, "Output against target: ")):
        said = told.estimators_words(frames.estimators(), row, words, few=False)
        assert said is not None and said.title.startswith(subject)
