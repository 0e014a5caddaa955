"""Sentences that may not claim more than the table beside them."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis.wording import Words
from mutasi_analysis.wording.process import survey_sentence
from mutasi_analysis.wording.robustness import pseudo_sentence

ID = Words("id")


def matched(moved: float, same: float) -> pd.Series:
    return pd.Series({"outcome": "ikm", "moved": moved, "pseudo": same, "difference": moved - same, "conf_low": 3.4, "conf_high": 5.6})


@pytest.mark.parametrize(("moved", "same", "claimed"), [(4.7, 0.2, False), (4.7, 1.1, False), (4.7, 1.2, True), (4.7, 4.0, True)])
def test_before_after_is_said_to_mislead_only_where_the_matched_moved_too(moved: float, same: float, claimed: bool) -> None:
    told = pseudo_sentence(matched(moved, same), ID, dips=(-2.0, -1.9))  # a quarter of 4.7 is 1.175
    assert ("menyesatkan" in told) is claimed


def survey(high_of_worst: float) -> pd.DataFrame:
    rows = [[2, "beban_wajar", 60, 2.7, 2.6, high_of_worst, 0.80], [2, "siap_tugas_baru", 60, 3.1, 3.0, 3.2, 0.75]]
    return pd.DataFrame(rows, columns=["wave", "item", "n", "mean", "conf_low", "conf_high", "share_agree"])


def test_the_survey_is_ranked_by_its_means_as_in_the_picture_and_says_when_the_order_is_unsure() -> None:
    clear = survey_sentence(survey(2.8), ID)
    assert clear.index("3,10") < clear.index("2,70")  # highest mean first, though fewer agree
    assert "bertumpang" not in clear
    assert "bertumpang" in survey_sentence(survey(3.05), ID)
