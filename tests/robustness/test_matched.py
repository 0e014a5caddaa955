"""What is said of matched comparisons: that one alone compares nothing, and that paths far apart are not the same."""

import math
from typing import Any

import pandas as pd
import pytest

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.causal.matching import CALIPER
from mutasi_analysis.figures.robustness import estimators
from mutasi_analysis.tabulate.robustness import balance_table, pseudo_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording import robustness as told
from tests.robustness import frames
from tests.wording import invented

ID, EN = Words("id"), Words("en")
K: dict[str, Any] = {"minimum_cell": 5}
ALONE = frames.pseudo("ikm", matched=1).assign(n_treated=7, std_error=math.nan, conf_low=math.nan, conf_high=math.nan)
#: one unit: no spread to measure a distance by
NO_GAPS = frames.balance("ikm").assign(std_gap_before=math.nan, std_gap_after=math.nan)
FAR = frames.balance("ikm").assign(std_gap_before=[-1.2, 2.9], std_gap_after=[-0.1, 2.8])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ID, "Hanya 1 dari 7 unit penerima mendapat pembanding dengan perjalanan nilai yang serupa; terlalu sedikit untuk dibandingkan."),
        (EN, "Only 1 of 7 receiving units found comparisons that had gone a similar way; too few to compare."),
    ],
)
def test_one_alone_is_said_to_be_too_few_and_nothing_more(words: Words, said: str) -> None:
    assert told.matched_sentence(ALONE, NO_GAPS, "ikm", words, **K) == said
    assert balance_table(NO_GAPS, ALONE, "ikm", words, **K) is None
    assert pseudo_table(ALONE, NO_GAPS, "ikm", words, **K) is None


@pytest.mark.parametrize("half", [math.nan, 1.0])
def test_one_alone_is_not_drawn_and_its_triangle_not_explained(half: float) -> None:
    """With an interval the row of matching is drawn and its triangle explained."""
    rows = frames.estimators("ikm")
    row = {"outcome": "ikm", "method": "matched/3nn", "role": "other_design", "estimate": 2.0, "std_error": half / 2}
    both = pd.concat([rows, pd.DataFrame([{**row, "conf_low": 2.0 - half, "conf_high": 2.0 + half, "n_units": 1}])], ignore_index=True)
    picture = estimators(both, invented.naive("ikm"), pd.Series(invented.verdict("ikm", "found")), ID, few=False, **K)
    assert picture is not None and isinstance(picture.table, TableBlock)
    drawn = told.estimator_name("matched/3nn", "ikm", ID) in set(picture.table.shown["method"])
    assert drawn is ("Segitiga" in picture.caption) is not math.isnan(half)


def test_paths_further_apart_than_the_caliper_are_not_the_same() -> None:
    """2.8 standard deviations left in one year, over the 0.5 that matching accepts as a mean over the years."""
    assert FAR["std_gap_after"].abs().max() > CALIPER > frames.balance()["std_gap_after"].abs().max()
    text = told.matched_sentence(frames.pseudo("ikm"), FAR, "ikm", ID, **K)
    assert "Perjalanan pembanding yang didapat itu sebelum mutasi belum serupa (jarak terbesar masih 2,80 simpangan baku)" in text
    assert "nilai yang serupa" not in text and "nilainya serupa" not in text and "penurunan yang sama" not in text
    english = told.matched_sentence(frames.pseudo("ikm"), FAR, "ikm", EN, **K)
    assert "still 2.80 standard deviations" in english and "that had gone a similar way" not in english
    table = pseudo_table(frames.pseudo("ikm"), FAR, "ikm", ID, **K)
    assert table is not None and "belum serupa (jarak terbesar masih 2,80 simpangan baku)" in table.caption


def test_years_of_few_persons_are_neither_tabled_nor_told() -> None:
    few = frames.balance().assign(n_units=[100, 4], std_gap_after=[-0.1, 2.8])
    assert "2,80" not in told.matched_sentence(frames.pseudo(), few, "output_percent", ID, **K)
    table = balance_table(few, frames.pseudo(), "output_percent", ID, **K)
    assert table is not None
    assert table.shown.iloc[0][["n", "moved", "compared_after", "std_gap_before", "std_gap_after"]].tolist() == ["*"] * 5
    units = balance_table(frames.balance("ikm").assign(n_units=[100, 4]), frames.pseudo("ikm"), "ikm", ID, **K)
    assert units is not None and units.shown["n_units"].tolist() == ["4", "100"]


def test_numbers_of_two_years_do_not_give_back_few_persons() -> None:
    """100 and 97 of the same persons: the cohort without the earlier year is of three."""
    for later, told_n in ((97, "*"), (95, "95")):
        table = balance_table(frames.balance().assign(n_units=[100, later]), frames.pseudo(), "output_percent", ID, **K)
        assert table is not None and table.shown["n"].tolist() == [told_n, "100"]
        assert "*" not in table.shown["moved"].tolist()


def test_the_number_of_a_year_does_not_tell_how_few_found_nobody() -> None:
    """118 of 120 found comparisons: two did not, which the note does not tell either."""
    table = balance_table(frames.balance().assign(n_units=[118, 60]), frames.pseudo(matched=118), "output_percent", ID, **K)
    assert table is not None and table.shown["n"].tolist() == ["60", "*"] and "118" not in table.note


def test_near_paths_are_the_same_and_both_distances_are_told() -> None:
    text = told.matched_sentence(frames.pseudo("ikm"), frames.balance("ikm"), "ikm", EN, **K)
    assert "gone a similar way before the transfers" in text
    assert "0.45 standard deviations from all comparisons and 0.03 from the matched ones" in text
    table = pseudo_table(frames.pseudo("ikm"), frames.balance("ikm"), "ikm", ID, **K)
    assert table is not None and table.caption.endswith("pembanding dengan perjalanan nilai yang serupa")
    assert "dapat berbeda" in table.note and "hanya tahun penuh pertama" in table.note


@pytest.mark.parametrize(("matched", "told_n", "shown"), [(100, True, "100"), (117, False, "*"), (120, False, "120")])
def test_the_caption_says_of_whom_matching_and_before_after_speak(matched: int, told_n: bool, shown: str) -> None:
    """Of 120 moved 100 found comparisons; of 117 it is not told, since 3 without would be: fewer than 5. Before-after: 131."""
    row = {"outcome": "output_percent", "method": "matched/3nn", "role": "other_design", "estimate": 2.0, "std_error": 0.5}
    rows = pd.concat(
        [frames.estimators(), pd.DataFrame([{**row, "conf_low": 1.0, "conf_high": 3.0, "n_units": matched}])], ignore_index=True
    )
    verdict = pd.Series(invented.verdict("output_percent", "found", n_moved=120, n_compared=2245))
    picture = estimators(rows, invented.naive("output_percent").assign(n=131), verdict, ID, few=False, **K)
    assert picture is not None and isinstance(picture.table, TableBlock)
    assert "120 pegawai pindah, 2.245 pembanding; sebelum-sesudah saja: n = 131, tanpa pembanding. " in picture.caption
    assert (f"Hanya {matched} yang mendapat pembanding dengan perjalanan nilai yang serupa." in picture.caption) is told_n
    told_name = told.estimator_name("matched/3nn", "output_percent", ID)
    assert picture.table.shown.set_index("method").loc[told_name, "n_units"] == shown
    alone = estimators(frames.estimators(), invented.naive("output_percent").head(0), verdict, ID, few=False, **K)
    assert alone is not None and "2.245 pembanding. " in alone.caption and "mendapat pembanding" not in alone.caption
