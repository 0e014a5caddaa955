"""How an outcome is spoken of: the factor to the shown scale, decimals, and which direction is better, whose it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutasi_analysis.wording.numbers import interval_digits, is_missing
from mutasi_analysis.wording.words import Words


@dataclass(frozen=True, slots=True)
class Outcome:
    """scale: shown = stored × scale (shares are shown in percent); digits: decimals shown; of_units: measured on service units,
    not on persons; share: a mean is the share of the persons of one kind, so that n of them give a count."""

    scale: float = 1.0
    digits: int = 1
    lower_is_better: bool = False
    of_units: bool = False
    share: bool = False


_PLAIN = Outcome()
_OUTCOMES = {
    "rating_ridit": Outcome(scale=100.0),
    "top_share": Outcome(scale=100.0, share=True),
    "ikm": Outcome(of_units=True),
    "hari_pengaduan": Outcome(lower_is_better=True, of_units=True),
    "hasil_belajar": Outcome(of_units=True),
    "kehadiran": Outcome(of_units=True),
}


def outcome(code: str) -> Outcome:
    """How a code of an outcome is shown; one that is not listed: as stored, one decimal, higher is better."""
    return _OUTCOMES.get(code, _PLAIN)


def shown(code: str, value: Any) -> float:
    """A stored value on the scale it is shown in; NaN where missing."""
    return float("nan") if is_missing(value) else float(value) * outcome(code).scale


def tells_few(code: str, n: Any, mean: Any, k: int) -> bool:
    """Whether a mean of `n` persons is the share of 1 to k − 1 of them, or of all but so few."""
    return outcome(code).share and not is_missing(n) and not is_missing(mean) and few_in_share(n, mean, k)


def few_in_share(n: Any, share: Any, k: int) -> bool:
    """Whether a share of `n` persons may not be told: of fewer than k persons, or of 1 to k − 1 of them or all but so few."""
    count = round(float(n) * float(share))
    return float(n) < k or any(0 < part < k for part in (count, float(n) - count))


def is_better(code: str, difference: float) -> bool:
    """Whether a difference of this outcome is for the better."""
    return difference < 0 if outcome(code).lower_is_better else difference > 0


def difference(code: str, value: Any, words: Words) -> str:
    """A difference with sign, on the shown scale, without its unit."""
    return words.signed(shown(code, value), outcome(code).digits)


def estimated(row: pd.Series, words: Words) -> tuple[str, str]:
    """The estimate of a row with its interval, both with the same decimals. row: outcome estimate conf_low conf_high."""
    code, low, high = str(row["outcome"]), row["conf_low"], row["conf_high"]
    return words.signed(shown(code, row["estimate"]), estimate_digits(code, low, high)), span(code, low, high, words)


def estimate_digits(code: str, low: Any, high: Any) -> int:
    """Decimals of an estimate: those that its interval is written with."""
    return interval_digits(shown(code, low), shown(code, high), outcome(code).digits)


def outlasts_line(code: str, slope: float) -> bool:
    """Whether the interval still leaves zero out when the small differences before the move go on in a straight line: the
    bearable change of slope is above zero as it would be written."""
    return round(shown(code, slope), outcome(code).digits + 1) > 0


def level(code: str, value: Any, words: Words) -> str:
    """A level on the shown scale, without its unit."""
    return words.number(shown(code, value), outcome(code).digits)


def span(code: str, low: Any, high: Any, words: Words) -> str:
    """An interval of differences on the shown scale; infinite limits (few units) in words."""
    open_low, open_high = (isinstance(end, float) and math.isinf(end) for end in (low, high))
    if open_low and open_high:
        return words("word.unbounded")
    if open_low:
        return words("word.at_most", high=level(code, high, words))
    if open_high:
        return words("word.at_least", low=level(code, low, words))
    return words.interval(shown(code, low), shown(code, high), outcome(code).digits)
