"""Where the pages of a Word file will end, estimated: a figure that no longer fits is drawn a little smaller or lets the text and
tables behind it go first, as Typst does for the PDF. Word cannot be asked; a wrong guess costs a gap, never a part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mutasi_analysis.publish.documents.content import Figure, Grid, Heading, Part, Pointer, Text
from mutasi_analysis.publish.documents.prose import Items, Paragraph
from mutasi_analysis.publish.documents.widths import (
    column_widths,
    figure_aspect,
    figure_width,
    height,
    least_width,
    stays_together,
)

#: millimetres: of the text of a page, and what an estimate may be wrong by
PAGE, SPARE = 252.0, 4.0
#: how much smaller a figure may be drawn to stand on a page
SMALLEST = 0.8
#: millimetres that a figure is wide even so, as in the PDF
NARROWEST = 100.0
#: characters of a table's font across the page, upright; of a smaller font that a table gets whose words would be broken
ACROSS, ACROSS_SMALL = 104.0, 118.8
#: level of a heading → its height with the space around it
_HEADINGS = {1: 20.0, 2: 12.8, 3: 10.5}
#: space over a part and under it; of the two between neighbours only the larger one is there, and none on top of a page
_OVER = {"Heading": 6.0, "Grid": 5.6, "Figure": 5.6, "Pointer": 2.8}
_UNDER = {"Heading": 2.1, "Grid": 4.5, "Figure": 4.9, "Pointer": 3.5, "Text": 2.2}
#: least of what follows a heading on its page
_FOLLOWING = 20.0
#: height of a line of text, characters in it, space behind a paragraph and behind an item of a list
_LINE, _ACROSS, _BEHIND, _BEHIND_ITEM = 4.9, 90, 2.5, 1.8


@dataclass(frozen=True, slots=True)
class Placed:
    """A part in the order of the file. width: of a figure, millimetres; 0 for others."""

    part: Part
    width: float = 0.0


@dataclass(slots=True)
class _Pages:
    """used: of the page that is being filled, millimetres; under: of these, the space under the last part."""

    used: float = 0.0
    under: float = 0.0
    placed: list[Placed] = field(default_factory=list)
    waiting: list[Figure] = field(default_factory=list)

    def put(self, part: Part, after: Part | None) -> None:
        """A part other than a figure; after: what is told next. No waiting figure parts a text from the table that it is about."""
        if isinstance(part, Heading):
            self.flush()
        self._fill(part)
        self.placed.append(Placed(part))
        if not (isinstance(part, Text) and isinstance(after, Grid | Pointer)):
            self.draw()

    def flush(self) -> None:
        """Figures that waited for a page, where they now come."""
        self.draw()
        while self.waiting:
            self._turn()
            self.draw()

    def draw(self) -> None:
        """As many of the waiting figures as fit on the page, all of them a little smaller where that lets one more stand there;
        on an empty page at least one."""
        for count in range(len(self.waiting), 0, -1):
            smaller = self._smaller(self.waiting[:count])
            if smaller or (count == 1 and self.used == 0.0):
                for figure in self.waiting[:count]:
                    width = max(NARROWEST, figure_width(figure.svg) * (smaller or SMALLEST))
                    self._advance(_words_of(figure) - self._shared(figure) + width * figure_aspect(figure.svg), figure)
                    self.placed.append(Placed(figure, width))
                del self.waiting[:count]
                return

    def _smaller(self, figures: Sequence[Figure]) -> float:
        """How much smaller figures must be to stand on the page together; 0 where they would be too small."""
        between = (len(figures) - 1) * min(_UNDER["Figure"], _OVER["Figure"])
        room = PAGE - SPARE + _UNDER["Figure"] - self.used - sum(map(_words_of, figures)) + self._shared(figures[0]) + between
        smaller = min(1.0, room / sum(figure_width(figure.svg) * figure_aspect(figure.svg) for figure in figures))
        narrowest = min(figure_width(figure.svg) for figure in figures) * smaller
        readable = smaller == 1.0 or (smaller >= SMALLEST and narrowest >= NARROWEST)
        return smaller if readable else 0.0

    def _fill(self, part: Part) -> None:
        whole = printed_height(part)
        needed = whole - self._shared(part)
        kept = _FOLLOWING + needed if isinstance(part, Heading) else needed - _UNDER[type(part).__name__]
        together = isinstance(part, Heading | Pointer) or (isinstance(part, Grid) and stays_together(part, ACROSS))
        if together and self.used + kept > PAGE:
            self._turn()
            needed = whole - self._shared(part)
        self._advance(needed, part)

    def _turn(self) -> None:
        self.used, self.under = 0.0, PAGE

    def _shared(self, part: Part) -> float:
        """What of the space over a part is there already, or not on top of a page."""
        return min(self.under, _OVER.get(type(part).__name__, 0.0))

    def _advance(self, needed: float, part: Part) -> None:
        self.under = _UNDER[type(part).__name__]
        self.used += needed
        if self.used - self.under > PAGE:
            self.used -= PAGE
        elif self.used > PAGE:
            self._turn()


def flowing(parts: Iterable[Part]) -> Sequence[Placed]:
    """The parts from the top of a page on, with figures where they leave the least gap: in their order, under their heading."""
    pages = _Pages()
    told = list(parts)
    for part, after in zip(told, [*told[1:], None], strict=False):
        if not isinstance(part, Figure):
            pages.put(part, after)
            continue
        pages.waiting.append(part)
        if not isinstance(after, Figure):
            pages.draw()
    pages.flush()
    return pages.placed


def printed_height(part: Part) -> float:
    """Millimetres that a part other than a figure takes in a Word file."""
    if isinstance(part, Heading):
        return _HEADINGS.get(part.level, 9.5)
    if isinstance(part, Text):
        return (7.0 if part.role in ("answer", "warning") else 0.0) + sum(_node_height(node) for node in part.nodes)
    if isinstance(part, Pointer):
        return 6.5 + _LINE * -(-(len(part.grid.caption) + 75) // _ACROSS)
    assert isinstance(part, Grid)
    small = least_width(part) > ACROSS
    across, line = (ACROSS_SMALL, 2.95) if small else (ACROSS, 3.35)
    widths = column_widths(part, across)
    heads = max(-(-len(column.head) // max(int(width - 2), 1)) for column, width in zip(part.columns, widths, strict=True))
    note = 6.0 + 3.7 * -(-sum(len(run.text) for run in part.note) // 112) if part.note else 4.0
    return 12.0 + line * (heads + height(part, widths)) + 1.15 * (1 + len(part.rows)) + note


def _node_height(node: Paragraph | Items) -> float:
    if isinstance(node, Paragraph):
        return _LINE * -(-len(node.text) // _ACROSS) + _BEHIND
    pieces = [piece for item in node.items for piece in item if isinstance(piece, Paragraph)]
    return sum(_LINE * -(-len(piece.text) // (_ACROSS - 7)) + _BEHIND_ITEM for piece in pieces)


def _words_of(figure: Figure) -> float:
    return 5.6 + 4.6 * -(-len(figure.title) // 78) + 1.8 + 1.4 + 3.9 * -(-len(figure.caption) // 106) + 5.0
