"""Questions declared beforehand and the others are two families."""

from __future__ import annotations

import math

import pytest

from mutasi_analysis.comparison import corrected


def test_two_families_by_hand() -> None:
    """Primary .01 .04 .03: Holm 3 · .01, then 2 · .03, then max(.06, .04). Others .02 .5: 2/1 · .02, .5."""
    table = corrected([0.01, 0.02, 0.04, 0.5, 0.03], [True, False, True, False, True])
    assert table["p_adjusted"].tolist() == pytest.approx([0.03, 0.04, 0.06, 0.5, 0.06])
    assert table["correction"].tolist() == ["holm", "bh", "holm", "bh", "holm"]


def test_a_missing_p_value_does_not_count() -> None:
    table = corrected([0.02, math.nan], [True, True])
    assert table["p_adjusted"].iloc[0] == pytest.approx(0.02)
    assert math.isnan(table["p_adjusted"].iloc[1])


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="p_value has 1 values and primary 2"):
        corrected([0.1], [True, False])


def test_nothing_asked_gives_an_empty_table() -> None:
    assert list(corrected([], []).columns) == ["p_adjusted", "correction"]
    assert corrected([], []).empty
