"""Characters that documents can hold, and those that a PDF can show.

The fonts of the PDF come with Typst and know Latin, Greek and Cyrillic letters and common signs; one character without a glyph
makes PDF/UA impossible, so it is shown as a box there. Every other format keeps it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

BOX = "□"
#: where a block holds its picture, which is no text
PICTURE = "svg_base64"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
#: a letter and the value that it has, or the word for what it counts
_VALUE = re.compile(r"\b([^\W\d_])[ \u00a0]([=<>≤≥])[ \u00a0](?=[\d<−-]|[^\W\d_]{2,})")
#: a word that is no word without the letter before its hyphen
_HYPHENED = re.compile(r"\b([Pp])-(?=values?\b)")
#: blocks whose letters, numbers, marks and signs the fonts know: first and last code point
KNOWN = ((0x20, 0x7E), (0xA0, 0x17F), (0x386, 0x3CE), (0x400, 0x45F))
#: signs beyond them that reports use
SIGNS = frozenset("–—‘’“”„†‡•…‰′″‹›€ℹ←↑→↓↔⇒∅∈∑−√∞∩∪≈≠≤≥⊂⊕■□▲△▼▽◆◇○●★☆☑☒✓✔✗✘ȘșȚțẞ\u2011\u2009\u200a\u202f\u2060\u200b")


def without_controls(text: str) -> str:
    """Text without characters that nobody sees and that XML forbids (controls, byte order marks); tabs and line ends stay."""
    return _UNSEEN.sub("", text)


def unbroken(text: str) -> str:
    """Text as pages and documents hold it: without controls, and "n = 537", "n = orang", "p < 0,001" or "I² 61%" without a place where
    a line may end."""
    return _VALUE.sub("\\1\u00a0\\2\u00a0", without_controls(text)).replace("I² ", "I²\u00a0")


def hyphened(text: str) -> str:
    """Text for print, with the hyphen of "p-value" as one that no line ends at; files that are searched keep the usual one."""
    return _HYPHENED.sub("\\1\u2011", text)


def boxed(text: str) -> str:
    """Text in which what the fonts may lack is a box."""
    return "".join(sign if _known(sign) else BOX for sign in text)


def _known(sign: str) -> bool:
    place = ord(sign)
    return sign in "\t\n\r" or sign in SIGNS or any(first <= place <= last and unicodedata.category(sign) != "Cn" for first, last in KNOWN)


def each_text(values: Any, change: Callable[[str], str]) -> Any:
    """Plain values with every text in them changed, equal ones (cells repeat) once; keys and pictures stay."""
    return _each_text(values, cache(change))


def _each_text(values: Any, change: Callable[[str], str]) -> Any:
    if isinstance(values, str):
        return change(values)
    if isinstance(values, dict):
        return {key: value if key == PICTURE else _each_text(value, change) for key, value in values.items()}
    if isinstance(values, list | tuple):
        return [_each_text(value, change) for value in values]
    return values
