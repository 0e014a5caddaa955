"""`Words`: one language's labels, sentences, numbers and dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mutasi_analysis.wording import numbers
from mutasi_analysis.wording.catalogue import LANGUAGES, catalogue

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


class _Filled:
    """What fills a place: its text, or one of two forms by whether that text is one or begins with it ("1", "1 unit")."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __format__(self, form: str) -> str:
        one, bar, many = form.partition("|")
        if not bar:
            return format(self.value, form)
        return one if str(self.value).replace("\u00a0", " ").split(" ")[0].strip("+−-") == "1" else many


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: "id" (default) or "en". Raises ValueError for another one."""

    language: str = "id"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"language {self.language!r} is unknown; allowed: {', '.join(LANGUAGES)}")

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key of the catalogue with its {places} filled; "{n} {n:region|regions}" takes the form that goes with the
        number. KeyError names an unknown key."""
        entry = catalogue().get(key)
        if entry is None:
            raise KeyError(f"no wording key {key!r}")
        return entry[self.language].format(**{name: _Filled(value) for name, value in values.items()}) if values else entry[self.language]

    def label(self, domain: str, code: object) -> str:
        """The word for a code ("unit_kind", "puskesmas"); a code that the catalogue does not know is shown as it is."""
        if numbers.is_missing(code):
            return numbers.MISSING
        entry = catalogue().get(f"{domain}.{code}")
        return entry[self.language] if entry else str(code)

    def knows(self, domain: str, code: object) -> bool:
        """Whether `label` has a word for the code."""
        return f"{domain}.{code}" in catalogue()

    def number(self, value: Any, digits: int = 1) -> str:
        return numbers.number(value, digits, self.language)

    def whole(self, value: Any) -> str:
        return numbers.whole(value, self.language)

    def signed(self, value: Any, digits: int = 1) -> str:
        return numbers.signed(value, digits, self.language)

    def percent(self, share: Any, digits: int = 0) -> str:
        """A share of 0–1 as "12%"; what is not quite all is never "100%", what is not quite none never "0%"."""
        if numbers.is_missing(share):
            return numbers.MISSING
        value, least = 100 * float(share), 10.0**-digits
        if 0 < value <= least / 2:
            return f"< {self.number(least, digits)}%"
        if 100 - least / 2 <= value < 100:
            return f"> {self.number(100 - least, digits)}%"
        return f"{self.number(value, digits)}%"

    def share_told(self, share: Any, digits: int = 0) -> str:
        """`percent` for the beginning or the middle of a sentence: "lebih dari 99%" instead of "> 99%"."""
        text = self.percent(share, digits)
        return self("word.more_than", share=text[2:]) if text.startswith("> ") else text

    def interval(self, low: Any, high: Any, digits: int = 1) -> str:
        """Both ends of an interval: "1,1 sampai 3,5"; up to two decimals more where rounding would write an end as zero that is not."""
        if numbers.is_missing(low) and numbers.is_missing(high):
            return numbers.MISSING
        digits = numbers.interval_digits(low, high, digits)
        return self("word.interval", low=self.number(low, digits), high=self.number(high, digits))

    def probability(self, value: Any) -> str:
        """A p-value to three decimals with its sign, "= 0,142"; below that, the bound, "< 0,001"."""
        if numbers.is_missing(value):
            return numbers.MISSING
        return f"<\u00a0{self.number(0.001, 3)}" if float(value) < 0.001 else f"=\u00a0{self.number(value, 3)}"

    def count(self, n: Any, noun: str) -> str:
        """A number with its noun in the right form: count(1, "unit") → "1 unit", "1 unit"; 1200 → "1,200 units"."""
        entry = catalogue()[f"noun.{noun}"]
        single = self.language == "en" and not numbers.is_missing(n) and round(float(n)) == 1
        return f"{self.number(n, 0)} {entry['en_one'] if single else entry[self.language]}"

    def date(self, value: dt.date) -> str:
        return numbers.day(value, self.language)

    def month(self, value: dt.date, *, short: bool = False) -> str:
        return numbers.month(value, self.language, short=short)

    def day_of(self, value: Any) -> str:
        """A timestamp, date or ISO text as a day in words; what is missing as a dash."""
        import pandas as pd

        return numbers.MISSING if numbers.is_missing(value) else self.date(pd.Timestamp(value).date())

    def listing(self, items: Sequence[str]) -> str:
        """["a", "b", "c"] → "a, b, dan c"; two items without comma."""
        if len(items) < 2:
            return "".join(items)
        last = self("word.and")
        return f"{items[0]} {last} {items[1]}" if len(items) == 2 else f"{', '.join(items[:-1])}, {last} {items[-1]}"


def plain(text: object) -> str:
    """A name that came from data, so that Markdown shows it letter by letter: no emphasis, link, heading or HTML."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))


def joined(sentence: str, clause: str) -> str:
    """One sentence of a sentence and a clause that ends like one; the sentence alone where there is no clause."""
    return f"{sentence.removesuffix('.')}; {clause}" if clause else sentence


def capital(sentence: str) -> str:
    """A sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]
