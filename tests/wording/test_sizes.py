"""What is said of a found effect beside that: its size against what matters, whom it is compared with, what a title means."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from mutasi_analysis import pages
from mutasi_analysis.blocks import Picture
from mutasi_analysis.figures.ratings import rating_shares
from mutasi_analysis.tabulate import outcomes_table, verdicts_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.answer import verdicts
from mutasi_analysis.wording.findings import counts, headline, late_only, outcome_paragraphs, primary_verdict, smallness, verdict_sentence
from mutasi_analysis.wording.main_numbers import main_numbers
from mutasi_analysis.wording.pictures import event_words
from mutasi_analysis.wording.second_half import gained, prepared_sentence
from tests.wording import invented

ID, EN = Words("id"), Words("en")


def found(estimate: float, low: float, high: float, **more: object) -> pd.Series:
    return pd.Series({**invented.verdict("ikm", "found", estimate), "conf_low": low, "conf_high": high, "worth": 2.5, **more})


@pytest.mark.parametrize(
    ("estimate", "low", "high", "kind"),
    [
        (1.0, 0.5, 1.6, "all"),
        (2.0, 1.2, 3.1, "estimate"),
        (-1.0, -1.6, -0.4, "all"),  # the size counts, not the direction
        (-2.0, -2.5, -0.4, "estimate"),  # reaches it exactly
        (2.46, 2.0, 2.9, ""),  # printed 2.5
        (3.1, 2.3, 3.9, ""),
        (1.0, float("-inf"), float("inf"), "estimate"),  # so few units exclude nothing
    ],
)
def test_the_size_of_a_found_effect_against_what_matters(estimate: float, low: float, high: float, kind: str) -> None:
    assert smallness(found(estimate, low, high)) == kind


def test_only_a_found_effect_of_a_known_threshold_is_called_small() -> None:
    assert smallness(found(1.0, 0.5, 1.6, worth=float("nan"))) == smallness(found(1.0, 0.5, 1.6, verdict="not_found")) == ""
    assert smallness(found(1.0, 0.5, 1.6).drop("worth")) == ""


def test_a_small_effect_is_called_small_wherever_it_is_announced() -> None:
    row = found(1.0, 0.5, 1.6)
    assert "seluruh selangnya di bawah selisih yang kami anggap berarti (2,5 poin IKM)" in verdict_sentence(row, ID)
    assert "below the difference that we take to matter (2.5 IKM points)" in verdict_sentence(row, EN)
    assert headline(row, ID).endswith("di bawah selisih yang berarti (2,5)")
    section = dataclasses.replace(invented.service("found"), verdicts=pd.DataFrame([row]))
    whole = invented.evaluation(service=section, question="service")
    assert "(2,5 poin IKM)" in verdicts(whole, ID)[0].label and "(2,5 poin IKM)" in main_numbers(whole, ID)[0].label
    table = verdicts_table("service", section.verdicts, section.naive, ID, minimum_cell=5)
    assert table.shown["verdict"].tolist() == ["Ditemukan, tetapi kecil"] and "(IKM) 2,5 poin IKM" in table.note


def test_the_main_numbers_say_of_how_many() -> None:
    change = main_numbers(invented.evaluation(question="service", service=invented.service("found")), ID)[0].change
    assert "120 unit penerima" in change and "1.300 unit pembanding" in change


@pytest.mark.parametrize(
    ("lost", "said"),
    [(20, "25 unit pembanding, 20 di antaranya kehilangan pegawai"), (25, "semuanya kehilangan pegawai"), (0, "25 unit pembanding")],
)
def test_compared_units_that_lost_staff_are_counted(lost: int, said: str) -> None:
    assert counts(found(3, 2, 4, n_moved=27, n_compared=25, n_losing=lost), ID).endswith(said)


def test_the_estimate_has_the_decimals_of_its_interval() -> None:
    assert "−0,79 poin IKM" in verdict_sentence(found(-0.79, -1.45, -0.04), ID)


def test_the_first_declared_outcome_is_named_first() -> None:
    two = pd.concat([invented.service("found", code).verdicts for code in ("ikm", "hasil_belajar")])
    section = dataclasses.replace(invented.service("found"), verdicts=two)
    assert [primary_verdict(section, declared)["outcome"] for declared in ((), ("output_percent", "hasil_belajar"))] == [
        "ikm",
        "hasil_belajar",
    ]


def test_the_test_before_the_transfers_says_which_years_it_leaves_out() -> None:
    section = invented.performance("found")
    whole, without = (" ".join(outcome_paragraphs(section, ID, anticipation=years)) for years in (0, 2))
    assert "sebelum mutasi, di luar tahun mutasi dan 1 tahun tepat sebelumnya, tidak terlihat" in without and "di luar tahun" not in whole
    assert "and 2 years just before it," in " ".join(outcome_paragraphs(section, EN, anticipation=3))


def test_the_years_of_the_test_are_named_once_and_again_where_the_first_outcome_was_not_tested() -> None:
    section = invented.performance("found")
    two = dataclasses.replace(
        section,
        verdicts=pd.concat([section.verdicts, section.verdicts.assign(outcome="rating_ridit")], ignore_index=True),
        pretests=pd.concat([section.pretests, section.pretests.assign(outcome="rating_ridit")], ignore_index=True),
    )
    untested = dataclasses.replace(two, pretests=two.pretests.assign(p_value=[float("nan"), 0.4]))
    for found, named, again in ((two, 1, 1), (untested, 1, 0)):
        text = " ".join(outcome_paragraphs(found, ID, declared=("output_percent",), anticipation=2))
        assert (text.count("di luar tahun mutasi dan 1 tahun"), text.count("Pada tahun-tahun yang sama itu")) == (named, again)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        ((40, 80, 120), "0,400; yang diuji 80 dari 120 yang terkena mutasi, yaitu angkatan akhir)"),
        ((40, 118, 120), "0,400; yang diuji hanya angkatan akhir)"),  # two persons are not told
        ((0, 3, 120), "0,400; yang diuji hanya angkatan akhir)"),
        ((40, 120, 120), "0,400)"),
    ],
)
def test_the_test_before_the_transfers_says_whom_it_holds(n: tuple[int, ...], said: str) -> None:
    section = invented.performance("found")
    counted = section.effects.assign(n_units=section.effects["event_time"].map(dict(zip((-4, -3, -2), n, strict=True))).fillna(120))
    whole = dataclasses.replace(section, effects=counted)
    assert said in " ".join(outcome_paragraphs(whole, ID, minimum_cell=5, anticipation=2))


def test_units_in_the_test_before_the_transfers_are_told_however_few_and_for_every_outcome() -> None:
    row, effects = pd.Series(invented.verdict("ikm", "found", n_moved=6)), invented.effects("ikm").assign(n_units=4)
    assert "4 of 6 receiving units" in late_only(row, effects, EN, minimum_cell=5, anticipation=2)
    assert late_only(row, effects.loc[effects["event_time"] >= -2], EN, minimum_cell=5, anticipation=2) == ""
    section = invented.service("found", n_moved=6)
    two = dataclasses.replace(
        section,
        verdicts=pd.concat([section.verdicts, section.verdicts.assign(outcome="kehadiran")], ignore_index=True),
        pretests=pd.concat([section.pretests, section.pretests.assign(outcome="kehadiran")], ignore_index=True),
        effects=pd.concat([effects, effects.assign(outcome="kehadiran")], ignore_index=True),
    )
    for other in (4, 3):  # as many need not be the same units
        counted = two.effects.assign(n_units=two.effects["n_units"].where(two.effects["outcome"] == "ikm", other))
        text = " ".join(outcome_paragraphs(dataclasses.replace(two, effects=counted), ID, minimum_cell=5, anticipation=2))
        assert text.count("yang diuji") == 2


def drawn(*n: int, before: tuple[int, ...] = ()) -> pd.DataFrame:
    """n: those behind the points from 0 on; before: from −2 backwards."""
    times = [*range(-2, -2 - len(before), -1), *range(len(n))]
    return pd.DataFrame({"event_time": times, "n_units": [*before, *n]})


def test_a_picture_by_years_says_what_its_title_is_and_of_how_many_the_later_points_are() -> None:
    row = pd.Series(invented.verdict("output_percent", "found"))
    caption = event_words(row, drawn(60, 40, 20), ID, minimum_cell=5).caption
    assert "Perkiraan utama +2,0 poin persen (selang 95%: 1,0 sampai 3,0) dirata-ratakan dulu per angkatan" in caption
    assert "angkatan awal (n = 40 pada tahun +1 dan 20 pada tahun +2)." in caption and "data pelayanan" not in caption
    assert "angkatan akhir" not in caption
    both = event_words(row, drawn(60, 40, before=(60, 45, 20)), ID, minimum_cell=5).caption
    assert "hanya memuat angkatan akhir (n = 45 pada tahun −3 dan 20 pada tahun −4)." in both and "(n = 40 pada tahun +1)" in both
    assert "hanya memuat" not in event_words(row, drawn(60, 60), ID, minimum_cell=5).caption
    few = event_words(row, drawn(60, 57), ID, minimum_cell=5).caption  # three persons less
    assert "angkatan awal" in few and "57" not in few
    units = event_words(found(3, 2, 4), drawn(8, 6), EN, minimum_cell=5, exact=True).caption
    assert "from the exchange test over units" in units and "n = 6 in year +1" in units and "performance" not in units
    assert "ordinary ones" in units and "selang biasa" not in caption


def test_the_title_of_the_ratings_names_what_is_drawn() -> None:
    """Two ratings below Baik are drawn with Baik: 11.8 % of 1,000 in 2020, 10 % in 2022 are Sangat Baik."""
    merged = rating_shares(invented.performance().ratings, EN, minimum_cell=5)
    assert isinstance(merged, Picture) and merged.title == "Sangat Baik: 12% of ratings in 2020, 10% in 2022; the rest are Baik or below"
    apart = rating_shares(invented.performance().ratings, EN, minimum_cell=2)
    assert apart is not None and "hardly tell people apart" in apart.title


def test_halves_of_a_year_are_explained_where_there_are_any() -> None:
    """2022 in two halves of 1,000 ratings each; lower ratings apart and, from a smallest group of 5 on, with Baik."""
    whole = invented.performance().ratings
    halves = pd.concat([whole, *(whole.loc[whole["year"] == 2022].assign(year=2021, half=half) for half in (1, 2))], ignore_index=True)
    for k in (2, 5):
        shown, plain = (rating_shares(ratings, ID, minimum_cell=k) for ratings in (halves, whole))
        assert shown is not None and "/1 dan /2 di belakang tahun: semester I dan II, dinilai dan dihitung terpisah. Garis" in shown.caption
        assert "4.000 penilaian" in shown.caption
        assert plain is not None and "semester" not in plain.caption


def test_a_part_on_how_firm_names_its_outcome() -> None:
    section = invented.performance("found")
    limits = pd.DataFrame([["output_percent", 0.0, 0.75, 1.2, 4.5, 0.3]]).set_axis(
        ["outcome", "slope_breakdown", "relative_breakdown", "pretest_slope", "pretest_bias", "pretest_finds_headline"], axis=1
    )
    whole = invented.evaluation(performance=dataclasses.replace(section, breakdown=limits))
    text = "\n".join(block.markdown for block in pages.performance(whole, ID) if hasattr(block, "markdown"))
    assert "### Seberapa kokoh jawaban ini: capaian hasil kerja" in text and "perbedaan kecil capaian hasil kerja sebelum mutasi" in text


@pytest.mark.parametrize(("p_value", "apart"), [(0.049, False), (0.01, True)])
def test_a_preparation_is_said_to_help_only_after_correction(p_value: float, apart: bool) -> None:
    """0.049 among three tests is 0.147 by Holm, 0.01 is 0.03."""
    rows = [["output_percent", "trained", "group", level, 30, estimate, None] for level, estimate in (("yes", 4.5), ("no", -1.6))]
    rows += [
        ["output_percent", factor, "equal", "", 60, None, p] for factor, p in (("trained", p_value), ("sector", 0.6), ("socialised", 0.4))
    ]
    dose = pd.DataFrame(rows, columns=["outcome", "factor", "kind", "level", "n", "estimate", "p_value"])
    assert gained(dose, "trained") is apart
    whole = invented.evaluation(performance=dataclasses.replace(invented.performance("found"), dose=dose))
    assert ("belum dapat dipastikan" in prepared_sentence(whole, ID)) is not apart


def test_small_effects_are_called_small_in_the_comparison_of_regions_too() -> None:
    rows = pd.DataFrame([found(1.0, 0.5, 1.6), found(3.1, 2.3, 3.9)]).assign(region=["Satu", "Dua"], level="kota", slug=["a", "b"])
    table = outcomes_table(rows, EN)
    assert dict(zip(table.shown["region"], table.shown["verdict"], strict=True)) == {"Satu": "Found, but small", "Dua": "Found"}
    assert table.note.count("2.5 IKM points") == 1
