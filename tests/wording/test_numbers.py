"""Numbers and dates as Indonesian and English write them (EYD V 2022: comma for decimals, full stop for thousands)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.wording import Words, plain

ID, EN = Words("id"), Words("en")


@pytest.mark.parametrize(
    ("value", "digits", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (-0.25, 2, "−0,25", "−0.25"),
        (-0.001, 1, "0,0", "0.0"),
        (None, 1, "–", "–"),
        (float("nan"), 1, "–", "–"),
    ],
)
def test_number(value: float, digits: int, indonesian: str, english: str) -> None:
    assert ID.number(value, digits) == indonesian
    assert EN.number(value, digits) == english


def test_signs_stand_before_what_is_not_zero() -> None:
    assert ID.signed(3.25, 1) == "+3,2"
    assert ID.signed(-3.26, 1) == "−3,3"
    assert ID.signed(0.01, 1) == "0,0"


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_both_languages_write_the_same_number(value: float, digits: int) -> None:
    swapped = ID.number(value, digits).translate(str.maketrans(",.", ".,"))
    assert swapped == EN.number(value, digits)
    assert float(EN.number(value, digits).replace(",", "").replace("−", "-")) == pytest.approx(round(value, digits), abs=10.0**-digits)


@pytest.mark.parametrize(("share", "text"), [(0.125, "12%"), (1.0, "100%"), (0.9987, "> 99%"), (0.0, "0%"), (0.001, "< 1%")])
def test_percent_is_never_all_or_nothing_by_rounding(share: float, text: str) -> None:
    assert ID.percent(share) == text


def test_dates_and_plurals() -> None:
    assert ID.date(date(2022, 7, 1)) == "1 Juli 2022"
    assert EN.date(date(2022, 7, 1)) == "1 July 2022"
    assert ID.month(date(2022, 8, 1), short=True) == "Agu 2022"
    assert (EN.count(1, "unit"), EN.count(2, "unit"), ID.count(1200, "unit")) == ("1 unit", "2 units", "1.200 unit")
    assert ID.listing(["a", "b", "c"]) == "a, b, dan c"
    assert ID.listing(["a", "b"]) == "a dan b"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (-1.5, -0.04, "−1,50 sampai −0,04"),  # on one side of zero: never written as touching it
        (0.004, 2.0, "0,004 sampai 2,000"),
        (-1.5, 0.04, "−1,5 sampai 0,0"),
        (0.0, 2.0, "0,0 sampai 2,0"),
        (1.1, 3.5, "1,1 sampai 3,5"),
        (None, 3.5, "– sampai 3,5"),
    ],
)
def test_rounding_does_not_move_an_end_of_an_interval_onto_zero(low: float | None, high: float, text: str) -> None:
    assert ID.interval(low, high) == text


def test_probability_carries_its_sign() -> None:
    assert ID.probability(0.1424) == "=\u00a00,142"
    assert ID.probability(1e-9) == "<\u00a00,001"


def test_names_from_data_stay_letters() -> None:
    assert plain("a*b_c <script>\n# x") == r"a\*b\_c \<script\> \# x"


def test_unknown_language_and_key_are_named() -> None:
    with pytest.raises(ValueError, match="language 'fr' is unknown; allowed: id, en"):
        Words("fr")
    with pytest.raises(KeyError, match=r"no wording key 'no\.such'"):
        ID("no.such")


@pytest.mark.parametrize(
    ("value", "text"), [(30.5, "31"), (26.5, "27"), (118.5, "119"), (18.75, "19"), (38.25, "38"), (1234.5, "1.235"), (None, "–")]
)
def test_half_a_day_is_rounded_up(value: float | None, text: str) -> None:
    """As readers round: Python alone writes 30.5 and 26.5 as 30 and 26."""
    assert ID.whole(value) == text
