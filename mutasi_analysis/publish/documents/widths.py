"""How wide the columns of a table must be, in characters: shared by the printed formats."""

from __future__ import annotations

import re
from math import ceil

from mutasi_analysis.publish.documents.content import Figure, Grid, Heading, Part, Text
from mutasi_analysis.publish.documents.prose import Items, Paragraph

#: widest a column asks to be; longer text is broken into lines
WIDEST = 90
#: what a head is wider than its cells, and the space between two columns
BOLD, MARGIN = 1.15, 2.2
#: text up to these lengths stays on one line where there is room
SHORT = (19, 16, 13, 10, 0)
#: rows of a table that is not broken across pages
TOGETHER = 12
#: figures in print, millimetres
NARROWEST_TO_WIDEST, TALLEST = (112.0, 138.0), 84.0
#: first page of a Word file, millimetres: its height, the picture's least and greatest height
PAGE, LOWEST, HIGHEST = 250.0, 32.0, 56.0
#: role of a text there → height of a line, characters in it, space around, space between its paragraphs
_TYPES = {"answer": (4.1, 98, 2.5, 0.0), "warning": (3.35, 121, 3.0, 0.0), "text": (3.85, 104, 0.0, 1.0)}
#: widths of letters in the type of print, in characters of usual width; those of digits and other signs are 1
LETTER, CAPITAL = 1.06, 1.42
_WIDE = dict.fromkeys("fijlt.,:;()I\u00a0", 0.65) | dict.fromkeys("rs/-J", 0.82) | dict.fromkeys("mw", 1.65) | dict.fromkeys("MW%", 1.75)
_BREAK = re.compile(r"(?:[^\S\u00a0]|\u200b)+|/(?!\d)|(?<!\b[Pp])-(?!\d)")  # "p-value" is one word


def column_widths(grid: Grid, available: float) -> tuple[float, ...]:
    """Width of each column in characters; together at most `available` where the longest words allow it.

    Every column gets its longest word; of the ways to keep short cells on one line, the one whose table is lowest."""
    found = [_shared(*_least_and_wanted(grid, unbroken), available) for unbroken in SHORT]
    return min(found, key=lambda widths: height(grid, widths))


def least_width(grid: Grid) -> float:
    """Characters that the columns of a table need together so that no word is broken."""
    return sum(_least_and_wanted(grid, 0)[0])


def height(grid: Grid, widths: tuple[float, ...]) -> int:
    """Lines of text that the rows of a table need, estimated."""
    room = [max(width - MARGIN, 1.0) + 0.1 for width in widths]
    return sum(max(ceil(min(len(cell), _printed(cell)) / most) for cell, most in zip(row, room, strict=True)) for row in grid.rows)


def stays_together(grid: Grid, available: float) -> bool:
    """Whether a table is so low that it is kept on one page."""
    return len(grid.rows) <= TOGETHER and height(grid, column_widths(grid, available)) <= TOGETHER + 6


def _shared(least: list[float], wanted: list[float], available: float) -> tuple[float, ...]:
    if sum(wanted) <= available:
        return tuple(wanted)
    spare = available - sum(least)
    if spare <= 0:
        return tuple(width * available / sum(least) for width in least)
    more = [want - base for want, base in zip(wanted, least, strict=True)]
    return tuple(base + spare * extra / sum(more) for base, extra in zip(least, more, strict=True))


def _least_and_wanted(grid: Grid, unbroken: int) -> tuple[list[float], list[float]]:
    least, wanted = [], []
    for number, column in enumerate(grid.columns):
        cells = [row[number] for row in grid.rows]
        longest = max((len(cell) for cell in cells), default=1)
        whole = column.numeric or longest <= unbroken
        word = max((_printed(cell) if whole else _longest_word(cell) for cell in cells), default=1.0)
        least.append(max(word, BOLD * _longest_word(column.head), 3) + MARGIN)
        wanted.append(max(least[-1], min(longest, WIDEST) + MARGIN, min(len(column.head), 14) + MARGIN))
    return least, wanted


def _longest_word(text: str) -> float:
    return max((_printed(piece) for piece in _BREAK.split(text)), default=1.0)


def _printed(word: str) -> float:
    """Width of a word in characters of usual width."""
    return sum(_WIDE.get(sign, CAPITAL if sign.isupper() else LETTER if sign.isalpha() else 1.0) for sign in word)


def figure_width(svg: bytes) -> float:
    """Width of a figure in print, in millimetres: as wide as its height allows, never so small that it cannot be read."""
    return min(NARROWEST_TO_WIDEST[1], max(NARROWEST_TO_WIDEST[0], TALLEST / figure_aspect(svg)))


def picture_width(parts: tuple[Part, ...], figure: Figure) -> float:
    """Width, in millimetres, of the picture on the first page of a Word file: Word cannot be asked whether a page is full, so the
    lines of what else stands there are counted generously."""
    room = PAGE - sum(_printed_height(part, figure) for part in parts)
    return min(NARROWEST_TO_WIDEST[1], max(LOWEST, min(HIGHEST, room)) / figure_aspect(figure.svg))


def _printed_height(part: Part, figure: Figure) -> float:
    """Millimetres that a part takes in the small type of the first page; of the figure, its words."""
    if isinstance(part, Heading):
        return 10.0 if part.level == 1 else 8.5
    if isinstance(part, Text):
        line, characters, around, between = _TYPES.get(part.role, _TYPES["text"])
        return around + sum(line * rows + between for node in part.nodes for rows in _rows(node, characters))
    if isinstance(part, Grid):
        return 8.5 + 2.9 * height(part, column_widths(part, 111.0)) + 0.5 * len(part.rows)
    return 4.1 * -(-len(figure.title) // 86) + 3.1 * -(-len(figure.caption) // 128) + 5.0 if part is figure else 0.0


def _rows(node: Paragraph | Items, characters: int) -> list[int]:
    if isinstance(node, Paragraph):
        return [-(-len(node.text) // characters)]
    return [-(-len(piece.text) // (characters - 6)) for item in node.items for piece in item if isinstance(piece, Paragraph)]


def figure_aspect(svg: bytes) -> float:
    """Height of a figure over its width."""
    found = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg[:2000])
    return float(found[2]) / float(found[1]) if found else 0.7
