"""Where the parts of a printed report stand: figures go with the text of their section so that pages are full, and tables are
parted between rows. The heights are measured by Typst; here is only the choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

#: how many parts of its section a figure may stand before and behind its place
EARLIER, LATER = 2, 5
#: sizes in which a figure may be drawn, with what each costs
SIZES = ((1.0, 0.0), (0.95, 0.3), (0.9, 0.9), (0.85, 1.8))
#: rows that a part of a table has at least, and lines that a part of a paragraph has; rows up to which a table that fits a page is whole
ROWS, LINES, WHOLE = 3, 2, 8
#: what an empty page costs; a place passed; a figure before its own text; before all text of its section; a table parted, and one
#: that fits a page
EMPTY, PASSED, AHEAD, FIRST, PARTED, PARTED_LOW = 100.0, 0.4, 2.0, 3.0, 2.0, 4.0
#: share of a page that may stay empty at no more than its square, and the cost beyond
BEARABLE, STEEP = 0.3, 150.0
#: points that a page keeps free, for rounding; ways to fill pages that are followed at each place
SLACK, BEAM = 1.5, 24


@dataclass(frozen=True, slots=True)
class Part:
    """A part as measured, in points. heights: one; of a text its paragraphs or items; of a table its rows. heads: of a table, title
    and head of the first page and of the others. image: height of the drawing in a figure, 0 where it must not get smaller."""

    kind: str
    above: float
    below: float
    heights: tuple[float, ...]
    line: float = 1.0
    pitch: float = 1.0
    between: float = 0.0
    heads: tuple[float, float] = (0.0, 0.0)
    note: float = 0.0
    image: float = 0.0
    low: bool = False

    @property
    def height(self) -> float:
        return self.heads[0] + sum(self.heights) + self.between * (len(self.heights) - 1) + self.note


@dataclass(frozen=True, slots=True)
class Placed:
    """number: of the part; size: of a figure; rows: of a table, first and end, None for a part that is whole; loose: a table whose
    rows are too high to choose, which goes on over pages by itself."""

    number: int
    size: float = 1.0
    rows: tuple[int, int] | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """Pages filled so far: down to which height, the space that must follow, what it cost, and the steps, last first."""

    down: float = 0.0
    below: float = 0.0
    cost: float = 0.0
    steps: tuple[Any, ...] = ()

    def start(self, above: float) -> float:
        return self.down + max(self.below, above) if self.down else 0.0

    def turned(self, page: float) -> _Way:
        """On a new page, at the cost of what stays empty."""
        empty = (page - self.down) / page
        return replace(self, down=0.0, below=0.0, cost=self.cost + EMPTY * empty**2 + STEEP * max(0.0, empty - BEARABLE))


def arrangement(parts: Sequence[Part], page: float) -> tuple[Placed, ...]:
    """The order, sizes and pieces in which parts leave the least of pages of this height empty. Headings, texts and tables keep
    their order, figures theirs, and all stay in their section."""
    ways = [_Way()]
    for headings, others, figures in _sections(parts):
        ways = _section(ways, parts, (headings, others, figures), page - SLACK)
    best = min(ways, key=lambda way: way.cost + way.turned(page).cost)
    steps, found = best.steps, []
    while steps:
        steps, step = steps
        found.append(step)
    return tuple(reversed(found))


def _sections(parts: Sequence[Part]) -> Iterator[tuple[list[int], list[int], list[int]]]:
    """Numbers of the headings that stand together, of the parts below them that keep their order, and of the figures."""
    headings: list[int] = []
    others: list[int] = []
    figures: list[int] = []
    for number, part in enumerate(parts):
        if part.kind == "heading" and (others or figures):
            yield headings, others, figures
            headings, others, figures = [], [], []
        (headings if part.kind == "heading" else figures if part.kind == "figure" else others).append(number)
    yield headings, others, figures


def _section(ways: list[_Way], parts: Sequence[Part], section: tuple[list[int], list[int], list[int]], page: float) -> list[_Way]:
    headings, others, figures = section
    if not (others or figures):
        return [step for way in ways for step in _set(way, parts, headings[-1:], headings[:-1], page)] if headings else ways
    at: dict[tuple[int, int], list[_Way]] = {(0, 0): ways}
    own = [sum(other < figure for other in others) for figure in figures]
    for done in range(len(others) + 1):
        for drawn in range(len(figures) + 1):
            here = _best(at.pop((done, drawn), []))
            first = headings if done == drawn == 0 else []
            if done == len(others) and drawn == len(figures):
                return here
            if done < len(others):
                at.setdefault((done + 1, drawn), []).extend(s for way in here for s in _set(way, parts, [others[done]], first, page))
            if drawn < len(figures) and own[drawn] - EARLIER <= done <= own[drawn] + LATER:
                ahead = (AHEAD + (FIRST if done == 0 else 0.0)) if done < own[drawn] else 0.0
                cost = PASSED * abs(done - own[drawn]) + ahead
                moved = [replace(way, cost=way.cost + cost) for way in here]
                at.setdefault((done, drawn + 1), []).extend(s for way in moved for s in _set(way, parts, [figures[drawn]], first, page))
    raise AssertionError("the last place of a section is always reached")


def _best(ways: list[_Way]) -> list[_Way]:
    """The cheapest way to each height, and of these the cheapest."""
    found: dict[tuple[int, float], _Way] = {}
    for way in sorted(ways, key=lambda way: way.cost):
        found.setdefault((round(way.down / 2), way.below), way)
    return list(found.values())[:BEAM]


def _set(way: _Way, parts: Sequence[Part], numbers: list[int], headings: list[int], page: float) -> Iterator[_Way]:
    """Every way to set a part below its headings, which stay with its beginning."""
    number, part = numbers[0], parts[numbers[0]]
    over = _over([parts[n] for n in headings], part.above)
    above = parts[headings[0]].above if headings else part.above
    for heading in headings:
        way = replace(way, steps=(way.steps, Placed(heading)))
    if part.kind == "text":
        yield _text(way, part, Placed(number), (above, over, page))
    elif part.kind == "table":
        yield from _table(way, part, number, (above, over, page))
    else:
        sizes = SIZES if part.image else SIZES[:1]
        for size, cost in sizes:
            high = over + part.height - part.image * (1 - size)
            yield _block(replace(way, cost=way.cost + cost), (above, part.below, high), Placed(number, size), page)


def _over(headings: list[Part], above: float) -> float:
    """Height of headings that stand together, to the part below."""
    after = [heading.above for heading in headings[1:]] + [above]
    return sum(heading.height + max(heading.below, space) for heading, space in zip(headings, after, strict=True)) if headings else 0.0


def _block(way: _Way, sizes: tuple[float, float, float], step: Placed, page: float) -> _Way:
    above, below, high = sizes
    if way.down and way.start(above) + high > page:
        way = way.turned(page)
    return replace(way, down=way.start(above) + high, below=below, steps=(way.steps, step))


def _text(way: _Way, part: Part, step: Placed, around: tuple[float, float, float]) -> _Way:
    """Lines that go on over pages, never one alone."""
    above, over, page = around
    for number, height in enumerate(part.heights):
        lines = round((height - part.line) / part.pitch) + 1
        start = (way.start(above) + over) if number == 0 else (way.down + part.between if way.down else 0.0)
        room = int((page - start - part.line) / part.pitch) + 1 if page - start >= part.line else 0
        if room < lines:
            upper = min(room, lines - LINES)
            if upper < LINES or lines < 2 * LINES:
                way = way.turned(page) if way.down else way
                start = over if number == 0 else 0.0
            else:
                lines, start = lines - upper, 0.0
        way = replace(way, down=start + part.line + (lines - 1) * part.pitch)
    return replace(way, below=part.below, steps=(way.steps, step))


def _table(way: _Way, part: Part, number: int, around: tuple[float, float, float]) -> Iterator[_Way]:
    above, over, page = around
    if over + part.height <= page:
        yield _block(way, (above, part.below, over + part.height), Placed(number), page)
        if part.height + way.start(above) + over <= page:
            return
    parted = [found for found in (_parted(way, part, number, around), _parted(way.turned(page), part, number, around)) if found]
    yield from parted
    if not parted and over + part.height > page:
        yield _block(way, (above, part.below, over + part.height % page), Placed(number, loose=True), page)


def _parted(way: _Way, part: Part, number: int, around: tuple[float, float, float]) -> _Way | None:
    """A table whose rows go on over pages; None for a short one, and where too few rows would stand on a page."""
    above, over, page = around
    start, done, total = way.start(above) + over, 0, len(part.heights)
    if part.low and total <= WHOLE:
        return None
    way = replace(way, cost=way.cost + (PARTED_LOW if part.low else PARTED))
    while done < total:
        head = part.heads[1 if done else 0]
        rest = start + head + sum(part.heights[done:]) + part.note
        end = total if rest <= page else _rows_that_fit(part.heights, done, page - start - head)
        if end is None:
            return None
        down = rest if end == total else start + head + sum(part.heights[done:end])
        way = replace(way, down=down, below=part.below, steps=(way.steps, Placed(number, rows=(done, end))))
        if end < total:
            way, start = way.turned(page), 0.0
        done = end
    return way


def _rows_that_fit(heights: tuple[float, ...], first: int, room: float) -> int | None:
    end = first
    while end < len(heights) and sum(heights[first : end + 1]) <= room:
        end += 1
    end = min(end, len(heights) - ROWS)
    return end if end - first >= ROWS else None
