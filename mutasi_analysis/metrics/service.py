"""Public satisfaction (IKM, SKM): index and letter of a service unit from its respondents' answers; working days of a complaint.

Rules: PermenPANRB 14/2017 (9 unsur) and KepMenPAN 25/2004 (14 unsur). Their letters have other edges: 82 is A under the old rule and B
under the new one, so that a series across 2017 shows numbers, never letters. The unit of analysis is the service unit, not the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mutasi_analysis.metrics.bands import DECIMALS, classify
from mutasi_analysis.metrics.inputs import FloatOrSeries, Floats, Numbers, WordOrSeries, align, known_word
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


def working_days(start: Any, end: Any, *, holidays: Any) -> pd.Series:
    """Whole working days from the day of receipt to the day of the answer, as a float Series; missing where a day is missing.

    start, end: days (Series of one index, or arrays of one length; hours are cut off); holidays: days that are no working days beside
    Saturday and Sunday. The day of receipt is not counted, the day of the answer is: answered the same day is 0, from Friday to Monday 1.
    Our convention for "within n working days": the published standards name the limits only. Raises ValueError with the position
    (from 0) where the end lies before the start, and for days that are no dates. Counted by numpy.busday_count.
    """
    index = next((days.index for days in (start, end) if isinstance(days, pd.Series)), None)
    first, last = (_days(days, name, index) for days, name in ((start, "start"), (end, "end")))
    if len(first) != len(last):
        raise ValueError(f"end has {len(last)} days where start has {len(first)}")
    known = ~(np.isnat(first) | np.isnat(last))
    if (reversed_ := known & (last < first)).any():
        position = int(reversed_.argmax())
        raise ValueError(f"end {last[position]} lies before start {first[position]} at position {position}; allowed: the same day or later")
    counted = np.full(len(first), np.nan)
    free = _days(holidays, "holidays", None)
    counted[known] = np.busday_count(first[known] + 1, last[known] + 1, holidays=free[~np.isnat(free)])
    return pd.Series(counted, index=index if index is not None else pd.RangeIndex(len(first)), dtype="float64")


def answered_in_time(days: Numbers, waited: Numbers, limit: Numbers) -> FloatOrSeries:
    """1 where a complaint was answered within its limit, 0 where not; missing where the limit has not yet run out, or is missing.

    days: working days to the answer, missing while open; waited: working days from receipt to the day of the register; limit: working
    days. A complaint whose limit has not run out is not judged even where it is answered: else the last months would look quick.
    Raises ValueError for numbers below zero. Source: our own reading of the published standards (parameters/norms/complaint_days.toml).
    """
    given = align({"days": days, "waited": waited, "limit": limit})
    for name in ("days", "waited", "limit"):
        given.require(name, at_least=0)
    judged = given["waited"] > given["limit"]
    return given.give(np.where(judged, (given["days"] <= given["limit"]).astype("float64"), np.nan))


def _days(given: Any, name: str, index: pd.Index | None) -> npt.NDArray[np.datetime64]:
    if isinstance(given, pd.Series) and index is not None and not given.index.equals(index):
        raise ValueError(f"{name} is a Series about other rows: its index differs from that of start")
    try:
        stamps = pd.to_datetime(pd.Series(given if isinstance(given, pd.Series | np.ndarray) else list(given)))
    except (ValueError, TypeError) as error:
        raise ValueError(f"{name} must be days; {error}") from error
    if stamps.dt.tz is not None:
        stamps = stamps.dt.tz_localize(None)
    return stamps.to_numpy(dtype="datetime64[D]")


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
