"""Nowhere do two counts of the same thing stand in one sentence, or beside each other in the saved facts, whose difference is of few."""

from __future__ import annotations

import csv
from typing import Any

import pandas as pd
import pytest

from mutasi_analysis.publish.results import masked_frame
from tests.attack import pairs, region

K = 5


def test_no_sentence_of_the_report_tells_two_counts_that_few_persons_lie_between(report: region.Report) -> None:
    told = list(pairs.told(report.folder))
    assert len(told) > 150 and any("mutasi" in text for text in told)
    assert [(text, found) for text in told if (found := pairs.few_apart(text, K) + pairs.few_told(text, K))] == []


def test_without_suppression_sentences_tell_few(report: region.Report, opened: list[dict[str, Any]]) -> None:
    """Those moved twice and those whose box the agency sent otherwise, where the region has such and they are few."""
    frames = report.truth.frames()
    facts = frames["facts"].set_index("fact")["value"]
    other = frames["competency_box_check"]["n"].sum() if "competency_box_check" in frames else 0
    few = {round(n) for n in (facts["moves"] - facts["movers"], other) if 0 < n < K}
    assert few <= {count for text in pairs.told_by(opened) for count in pairs.few_told(text, K)}


def test_the_saved_facts_do_not_tell_how_few_moved_twice(report: region.Report) -> None:
    with (report.processed / "facts.csv").open(encoding="utf-8") as file:
        facts = {row["fact"]: row["value"] for row in csv.DictReader(file)}
    assert float(facts["moves"]) > 0 and pairs.few_moved_twice(facts, K) == 0


@pytest.mark.parametrize(("moves", "movers", "kept"), [(68, 67, False), (68, 64, False), (68, 63, True), (68, 68, True)])
def test_those_moved_are_left_out_of_the_facts_where_they_count_few(moves: int, movers: int, kept: bool) -> None:
    facts = pd.DataFrame({"fact": ["persons", "moves", "movers"], "value": [400.0, float(moves), float(movers)]})
    masked, hidden = masked_frame("facts", facts, K)
    assert masked.set_index("fact")["value"].notna().to_dict() == {"persons": True, "moves": True, "movers": kept}
    assert hidden == (not kept)
    assert (pairs.few_moved_twice({"moves": str(moves), "movers": str(movers)}, K) > 0) is (not kept)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Program ini menjalankan 68 mutasi atas 67 pegawai.", [(68, 67)]),
        ("The programme carried out 1,068 transfers of 1,065 employees.", [(1068, 1065)]),
        ("tidak pindah ke unit yang diinginkan: 15 dari 16 (94%)", [(15, 16)]),
        ("Sebanyak 374 dari 545 mutasi dapat dinilai.", []),
        ("13 dari 14 unit kekurangan pegawai, seluruhnya 45 orang", []),
        ("Program ini menjalankan 68 mutasi.", []),
        ("445 pegawai pindah, 448 pembanding", []),
        ("9 dari 12,1 orang dan 4 dari 5,9", []),
        ("semuanya searah, tetapi 4 dari 5 selang memuat nol", []),
    ],
)
def test_the_attack_finds_such_pairs(sentence: str, found: list[tuple[int, int]]) -> None:
    assert pairs.few_apart(sentence, K) == found


def test_the_attack_finds_few_told() -> None:
    assert pairs.few_told("Kotak yang dikirim berbeda pada 4 pegawai; 68 mutasi, 3 transfers.", K) == [4, 3]
    assert pairs.few_told("Kotak yang dikirim berbeda pada kurang dari 5 pegawai, 1.004 mutasi, 4 unit.", K) == []
