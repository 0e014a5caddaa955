"""A region with ten times the others' transfers per person is named in the comparison, with its counts, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from mutasi_analysis import across, pages
from mutasi_analysis.across.outlying import outlying_regions
from mutasi_analysis.blocks import Prose
from mutasi_analysis.evaluation import evaluate
from mutasi_analysis.publish.results import load_results, save_results
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.comparison import NAMED, outlying_sentences
from tests.evaluation.tiny import move, person, profile, region

PEOPLE = [person(str(n), "A") for n in range(20)]
MOVES = [move("1", "A", "B", "2022-05-01"), move("2", "B", "A", "2023-05-01")]


def test_a_region_with_ten_times_the_others_moves_is_named() -> None:
    moves, persons = pd.Series({"a": 100, "b": 12, "c": 9, "d": 5}), pd.Series({"a": 100, "b": 120, "c": 100, "d": 0})
    assert outlying_regions(moves, persons).to_dict() == pytest.approx({"a": 1 / 0.095})
    assert outlying_regions(moves.iloc[1:], persons.iloc[1:]).empty
    with pytest.raises(ValueError, match="allowed: above 1"):
        outlying_regions(moves, persons, factor=1.0)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Four regions of 20 people with two transfers each; in the files of one every transfer stands twelve times."""
    root = tmp_path_factory.mktemp("data")
    for number, times in enumerate((1, 1, 12, 1)):
        data = region(pegawai=PEOPLE, mutasi=MOVES)
        doubled = pd.concat([data.table("mutasi")] * times, ignore_index=True)
        data = replace(data, tables={**data.tables, "mutasi": doubled})
        save_results(evaluate(data, profile(slug=f"w{number}", name=f"Kabupaten {number}")), root)
    return load_results(root)


def test_the_doubled_rows_are_found_in_saved_results(results):
    """24 moves of 20 people against 2 of 20: 12 times."""
    assert across.outlying(results).to_numpy().tolist() == [["w2", "Kabupaten 2", 24.0, 20.0, pytest.approx(12.0)]]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Periksa berkas Kabupaten 2: 24 mutasi pada 20 pegawai, 12 kali banyaknya mutasi per pegawai di wilayah lain (median)."),
        ("en", "Check the files of Kabupaten 2: 24 transfers among 20 employees, 12 times the transfers per employee of the other regions"),
    ],
)
def test_the_comparison_warns_with_the_counts(results, language, said):
    warnings = [b.markdown for b in pages.compare_opening(results, Words(language)) if isinstance(b, Prose) and b.role == "warning"]
    assert len(warnings) == 1 and warnings[0].startswith(said)


def test_without_doubled_rows_nobody_is_warned(results):
    calm = replace(results, regions=results.regions.query("slug != 'w2'"), frames={"facts": results.frame("facts").query("slug != 'w2'")})
    assert across.outlying(calm).empty
    assert not any(isinstance(b, Prose) and b.role == "warning" for b in pages.compare_opening(calm, Words("id")))


def test_of_many_regions_the_rest_is_counted():
    rows = pd.DataFrame({"region": [f"R{n}" for n in range(NAMED + 3)], "moves": 500, "persons": 100, "ratio": 20.0})
    told = outlying_sentences(rows, Words("en"))
    assert len(told) == NAMED + 1 and told[-1] == "The same holds for 3 regions more."
