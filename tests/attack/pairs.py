"""Sentences: a number of few persons in one, and two numbers of the same thing whose difference counts persons."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mutasi_analysis.blocks import MIME

_NUMBER = r"(?<![\d.,])(\d{1,3}(?:[.,]\d{3})+|\d+)(?![\d]|[.,]\d)"
#: transfers and those transferred are the same thing counted twice
_COUNTED = re.compile(rf"{_NUMBER} (?:mutasi|pegawai|transfers?|employees?)\b")
#: a part and its whole, unless the whole is of units, pairs of them, intervals, files or rules
_OTHER = "unit|pasangan|pairs|selang|intervals?|wilayah|regions|cara|methods|kali|times|berkas|files"
_OF = re.compile(rf"{_NUMBER} (?:dari|of(?: the)?) {_NUMBER}(?! (?:{_OTHER}))")


def few_apart(sentence: str, k: int) -> list[tuple[int, int]]:
    """Pairs of counts of transfers, of employees or of both in a sentence that differ by 1 to k − 1."""
    counts = [_whole(found) for found in _COUNTED.findall(sentence)]
    parts = [(_whole(part), _whole(whole)) for part, whole in _OF.findall(sentence)]
    return [(a, b) for a, b in (*itertools.combinations(counts, 2), *parts) if 0 < abs(a - b) < k]


def few_told(sentence: str, k: int) -> list[int]:
    """Counts of transfers or employees from 1 to k − 1 that a sentence tells by themselves."""
    return [count for count in map(_whole, _COUNTED.findall(sentence)) if 0 < count < k]


def _whole(text: str) -> int:
    return int(re.sub(r"[.,]", "", text))


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph or list."""
    return [part for part in re.split(r"(?<=[.!?])\s+|\n", text) if part]


def told(report: Path) -> Iterator[str]:
    """Every sentence of a report: prose, titles, captions, alternative texts and notes of its notebook, and what the manifest tells."""
    notebook = json.loads(next(report.glob("*.ipynb")).read_text(encoding="utf-8"))
    shown = [output["data"][MIME] for cell in notebook["cells"] for output in cell.get("outputs", []) if MIME in output.get("data", {})]
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    yield from told_by([*shown, manifest])


def told_by(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Every sentence of the blocks of a report."""
    for text in _texts(blocks):
        yield from sentences(text)


def _texts(values: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for value in values:
        for key in ("markdown", "title", "caption", "alt", "note", "summary"):
            if isinstance(value.get(key), str):
                yield value[key]
        if isinstance(value.get("table"), dict):
            yield from _texts([value["table"]])


def few_moved_twice(facts: Mapping[str, str], k: int) -> int:
    """How many moved twice, where the saved facts tell it and they are few; 0 otherwise."""
    if not facts.get("moves") or not facts.get("movers"):
        return 0
    apart = round(float(facts["moves"]) - float(facts["movers"]))
    return apart if 0 < apart < k else 0
