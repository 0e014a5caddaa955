"""Satisfaction index and letters: twins, weights, wrong answers with their place."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.metrics import service

RULE = "permenpanrb-14-2017"
answer = st.one_of(st.none(), st.integers(1, 4))
tables = st.lists(st.lists(answer, min_size=9, max_size=9), min_size=1, max_size=15)


@given(tables)
def test_index_is_the_loop(rows):
    per_unsur = [[row[u] for row in rows if row[u] is not None] for u in range(9)]
    if not all(per_unsur):
        with pytest.raises(ValueError, match="nobody answered unsur"):
            service.satisfaction_index(rows, rule=RULE)
        return
    naive = sum(sum(part) / len(part) for part in per_unsur) / 9 * 25
    assert service.satisfaction_index(rows, rule=RULE).value == pytest.approx(naive)


@given(st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=2, max_size=15), st.randoms())
def test_order_of_respondents_and_unsur_does_not_matter(rows, random):
    shuffled = [list(row) for row in rows]
    random.shuffle(shuffled)
    turned = [row[::-1] for row in shuffled]
    once, again = (service.satisfaction_index(table, rule=RULE) for table in (rows, turned))
    assert once.value == pytest.approx(again.value)
    assert once.std_error == pytest.approx(again.std_error)


def test_standard_error_is_that_of_the_respondents():
    rows = [[4] * 9, [2] * 9, [3] * 9]
    result = service.satisfaction_index(pd.DataFrame(rows), rule=RULE)
    assert result.n == 3
    assert result.value == 75
    assert result.std_error == pytest.approx(25 / math.sqrt(3))


def test_a_respondent_who_answered_nothing_is_not_counted():
    assert service.satisfaction_index([[4] * 9, [None] * 9], rule=RULE).n == 1


@given(st.floats(25, 100), st.sampled_from([(RULE, (88.31, 76.61, 65.0)), ("kepmenpan-25-2004", (81.26, 62.51, 43.76))]))
def test_letters_have_no_gap(value, scheme):
    rule, edges = scheme
    hundredths = math.floor(round(value * 100, 9) + 0.5) / 100
    naive = next((name for edge, name in zip(edges, "ABC", strict=True) if hundredths >= edge), "D")
    assert service.satisfaction_letter(value, rule=rule) == naive


def test_letters_of_a_column_keep_index_and_missing():
    letters = service.satisfaction_letter(pd.Series([90, None], index=["u", "v"]), rule=RULE)
    assert letters["u"] == "A"
    assert pd.isna(letters["v"])


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([[4] * 9, [4, 4, 5, 4, 4, 4, 4, 4, 4]], "answers must be whole numbers 1–4; got 5 at row 1, unsur 2"),
        ([[0] * 9], "got 0 at row 0, unsur 0"),
        ([[2.5] * 9], "got 2.5 at row 0"),
        ([[4] * 14], "answers have 14 unsur; this rule has 9"),
        ([["baik"] * 9], r"answers\[0\] must be a number; got 'baik'"),
        (np.empty((0, 9)), "nobody answered unsur 0"),
        (pd.DataFrame({f"U{i}": [4.0 if i else None] for i in range(9)}), "nobody answered unsur U0"),
        (pd.DataFrame({f"U{i}": [4, 9] for i in range(9)}), "got 9 at row 1, unsur U0"),
    ],
)
def test_wrong_answers_have_their_place(answers, message):
    with pytest.raises(ValueError, match=message):
        service.satisfaction_index(answers, rule=RULE)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: service.satisfaction_letter(3.5, rule=RULE), "value must be at least 25; got 3.5. .* multiply NRR"),
        (lambda: service.satisfaction_letter(101, rule=RULE), "value must be at most 100"),
        (lambda: service.satisfaction_letter(80, rule="permenpanrb-16-2014"), "rule 'permenpanrb-16-2014' is unknown; allowed: .*14-2017"),
    ],
)
def test_wrong_values_are_sentences(call, message):
    with pytest.raises(ValueError, match=message):
        call()
