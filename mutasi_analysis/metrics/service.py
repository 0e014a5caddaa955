"""Public satisfaction (IKM, SKM): index and letter of a service unit from its respondents' answers.

Rules: PermenPANRB 14/2017 (9 unsur) and KepMenPAN 25/2004 (14 unsur). Their letters have other edges: 82 is A under the old rule and B
under the new one, so that a series across 2017 shows numbers, never letters. The unit of analysis is the service unit, not the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.bands import DECIMALS, classify
from mutasi_analysis.metrics.inputs import Floats, Numbers, WordOrSeries, align, known_word
from mutasi_analysis.norms import load_family

LOWEST, HIGHEST = 1, 4
LOWEST_INDEX, HIGHEST_INDEX = 25, 100


@dataclass(frozen=True, slots=True)
class SatisfactionResult:
    """Index (25–100), its letter A–D, respondents with an answer, and the standard error of the index (NaN below two)."""

    value: float
    letter: str
    n: int
    std_error: float


def satisfaction_index(answers: Any, *, rule: str) -> SatisfactionResult:
    """IKM of one unit: mean of the unsur means × 25, unrounded.

    answers: respondents × unsur (frame or 2-D array), or one respondent as a list; whole answers 1–4, missing allowed. Each unsur weighs
    1/9 (or 1/14) exactly: the printed .111 would give 99.9 for all 4. An unsur's mean is over those who answered it. Raises
    ValueError with row and column for an answer outside 1–4, for another number of unsur, and for an unsur that nobody answered.
    Source: PermenPANRB 14/2017; KepMenPAN KEP/25/M.PAN/2/2004.
    """
    norm = _rule(rule)
    table = _answers(answers, int(norm["unsur"]))
    means = _means(table, axis=0)
    if np.isnan(means).any():
        raise ValueError(f"nobody answered unsur {_column(answers, int(np.isnan(means).argmax()))}")
    value = float(means.mean()) * HIGHEST_INDEX / HIGHEST
    persons = _means(table, axis=1)
    persons = persons[~np.isnan(persons)] * HIGHEST_INDEX / HIGHEST
    error = float(persons.std(ddof=1) / np.sqrt(len(persons))) if len(persons) > 1 else float("nan")
    return SatisfactionResult(value, str(satisfaction_letter(value, rule=rule)), len(persons), error)


def satisfaction_letter(value: Numbers, *, rule: str) -> WordOrSeries:
    """Letter A–D of an index of 25–100. Printed edges have two decimals, so the value is rounded to two (half up) first."""
    given = align({"value": value})
    given.require("value", at_least=LOWEST_INDEX, at_most=HIGHEST_INDEX, hint="an index lies between 25 and 100; multiply NRR (1–4) by 25")
    hundredths = np.floor(np.round(given["value"] * 100, DECIMALS) + 0.5) / 100
    return classify(given.give(hundredths), _rule(rule)["bands"])


def _rule(rule: str) -> Mapping[str, Any]:
    rules = {name: norm.value for name, norm in load_family("satisfaction_bands").items() if isinstance(norm.value, Mapping)}
    return rules[known_word(rule, rules, "rule")]


def _answers(answers: Any, unsur: int) -> Floats:
    frame = answers if isinstance(answers, pd.DataFrame) else pd.DataFrame(np.atleast_2d(np.asarray(answers, dtype=object)))
    if frame.shape[1] != unsur:
        raise ValueError(f"answers have {frame.shape[1]} unsur; this rule has {unsur}")
    columns = [align({f"answers[{name}]": frame[name]})[f"answers[{name}]"] for name in frame.columns]
    table = np.column_stack(columns) if len(frame) else np.empty((0, unsur))
    wrong = ~np.isnan(table) & ((table < LOWEST) | (table > HIGHEST) | (table != np.round(table)))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        place = f"row {row}, unsur {frame.columns[column]}"
        raise ValueError(f"answers must be whole numbers {LOWEST}–{HIGHEST}; got {table[row, column]:g} at {place}")
    return table


def _means(table: Floats, axis: int) -> Floats:
    """Means of what is not missing; NaN where all is missing."""
    known = ~np.isnan(table)
    counts = known.sum(axis=axis)
    return np.asarray(np.where(known, table, 0.0).sum(axis=axis) / np.where(counts > 0, counts, np.nan))


def _column(answers: Any, position: int) -> Any:
    return answers.columns[position] if isinstance(answers, pd.DataFrame) else position
