"""What is said of plain before/after, and of effects that small differences would undo."""

from dataclasses import replace

import pandas as pd
import pytest

from mutasi_analysis.wording import Words, outcome_paragraphs
from mutasi_analysis.wording.findings import line_sentence, naive_sentence
from tests.wording import invented

ID, EN = Words("id"), Words("en")


def test_service_has_no_raters() -> None:
    """Nobody rates a unit's complaints or its IKM; what else changes them is trend, recording and season."""
    assert "Penilai baru" in naive_sentence(invented.naive("output_percent"), ID)
    units = naive_sentence(invented.naive("ikm"), ID)
    assert "enilai" not in units.split("Angka-angka ini")[1].replace("nilai yang pulih", "") and "cara mencatat" in units
    assert "raters" not in naive_sentence(invented.naive("ikm"), EN) and "seasons" in naive_sentence(invented.naive("ikm"), EN)


@pytest.mark.parametrize(("words", "outcome"), [(ID, "Pada capaian hasil kerja"), (EN, "In output against target")])
def test_before_after_outside_the_interval_names_outcome_and_interval(words: Words, outcome: str) -> None:
    """Difference 7.5 (invented), estimate 2.0 with an interval from 1.0 to 3.0: the interval is named and printed, not the estimate."""
    text = outcome_paragraphs(invented.performance("found"), words)[-1]
    ends = words.interval(1.0, 3.0)
    assert outcome in text and f"95%: {ends})" in text.replace("95% interval ", "95%: ")


def test_every_found_effect_that_a_straight_line_undoes_says_so_once() -> None:
    """The main outcome says it where its firmness is told; the others here. Bearable change of slope 0: the line alone undoes it."""
    limits = pd.DataFrame([["ikm", 0.0], ["hari_pengaduan", 0.0]], columns=["outcome", "slope_breakdown"])
    rows = pd.DataFrame([invented.verdict("ikm", "found"), invented.verdict("hari_pengaduan", "found", -1.4, 0.6)])
    section = replace(invented.service("found"), verdicts=rows, breakdown=limits)
    text = " ".join(outcome_paragraphs(section, ID))
    assert text.count("diteruskan lurus") == 1 and f"perbedaan kecil {ID.label('outcome', 'hari_pengaduan')} sebelum" in text
    firm = limits.assign(slope_breakdown=0.3)
    assert line_sentence(rows.iloc[1], firm, EN) == ""
    assert line_sentence(pd.Series(invented.verdict("ikm", "not_found")), limits, EN) == ""
    assert line_sentence(rows.iloc[1], limits.iloc[:1], EN) == ""
