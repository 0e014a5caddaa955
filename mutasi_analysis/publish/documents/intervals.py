"""Intervals in a workbook: both ends as numbers in columns of their own, so that they sort, filter and can be drawn."""

from __future__ import annotations

from dataclasses import replace

from mutasi_analysis.publish.documents.cells import shown_number
from mutasi_analysis.publish.documents.content import Column, Grid
from mutasi_analysis.wording.words import Words

#: the kind of a column whose cells are intervals in words
INTERVAL = "interval"


def with_ends_apart(grid: Grid, words: Words) -> Grid:
    """The table with a column for each end of its intervals. A column in which some cell holds other words (an interval without
    end) stays as it is; a cell that is empty or hidden is so at both ends."""
    columns: list[Column] = []
    cells: list[tuple[str, ...]] = []
    for place, column in enumerate(grid.columns):
        texts = tuple(row[place] for row in grid.rows)
        ends = [_ends(text, words) for text in texts] if column.kind == INTERVAL else []
        told = [end for end in ends if end is not None]
        if not told or len(told) < len(ends) or all(low == high for low, high in told):
            columns.append(column)
            cells.append(texts)
            continue
        for number, end in enumerate(("low", "high")):
            columns.append(replace(column, label=words(f"documents.end_{end}", label=column.label), numeric=True, kind=""))
            cells.append(tuple(pair[number] for pair in told))
    return replace(grid, columns=tuple(columns), rows=tuple(zip(*cells, strict=True)) if grid.rows else ())


def _ends(text: str, words: Words) -> tuple[str, str] | None:
    """Both ends as shown; twice the text of a cell that holds no interval at all; None for other words."""
    if text in ("–", words("word.hidden")):
        return text, text
    between = words("word.interval", low="", high="").strip()
    low, found, high = text.replace("\u00a0", " ").partition(f" {between} ")
    shown = found and all(shown_number(end, words.language) for end in (low, high))
    return (low, high) if shown else None
