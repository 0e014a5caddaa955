"""A report as every format sees it: parts in order, with the same numbers of figures and tables as the web page."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from mutasi_analysis.publish.documents.glyphs import each_text, unbroken
from mutasi_analysis.publish.documents.prose import Items, Paragraph, ProseNode, Run, Title, parse, runs_of
from mutasi_analysis.publish.text import Outline

#: who made a report, in the properties of its files
AUTHOR = "mutasi_analysis"
#: a table with more rows than this stands in the annex of a printed report, and the text says where; a wide one sooner
LONG_TABLE, LONG_WIDE_TABLE = 40, 15
#: a table with more columns is wide: smaller type, and in the annex on lying pages
WIDE = 7
#: characters up to which an interval stands on one line
SHORT_INTERVAL = 20
#: characters of the longest cells of all columns together from which a table needs lying pages
WORDY = 300


@dataclass(frozen=True, slots=True)
class Heading:
    """level: 1 for a chapter; page: begins the page for who reads only one."""

    level: int
    text: str
    anchor: str
    page: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Prose. role: "text", "answer", "warning", "synthetic", "method"."""

    role: str
    nodes: tuple[Paragraph | Items, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """kind: as in `blocks.TableColumn`."""

    label: str
    unit: str
    numeric: bool
    kind: str = ""

    @property
    def head(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its cells as text of the report's language. number 0: the numbers behind a figure."""

    number: int
    key: str
    caption: str
    note: tuple[Run, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def wide(self) -> bool:
        return len(self.columns) > WIDE or self.wordy

    @property
    def wordy(self) -> bool:
        """Whether the longest cells of its many columns would make a high and narrow table."""
        longest = (max((len(row[place]) for row in self.rows), default=0) for place in range(len(self.columns)))
        return len(self.columns) >= WIDE - 1 and sum(longest) > WORDY

    @property
    def long(self) -> bool:
        return self.wordy or len(self.rows) > (LONG_WIDE_TABLE if self.wide else LONG_TABLE)


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a long table would stand: it is in the annex."""

    grid: Grid


@dataclass(frozen=True, slots=True)
class Figure:
    number: int
    key: str
    title: str
    caption: str
    alt: str
    svg: bytes
    grid: Grid | None


Part = Heading | Text | Grid | Figure | Pointer


@dataclass(frozen=True, slots=True)
class Document:
    """front: what stands before the first heading (question, day, warning that data are invented); body, annex (long
    tables) and appendix (what the report was made from) in this order; made_at: ISO time."""

    language: str
    title: str
    about: tuple[str, ...]
    synthetic: bool
    made_at: str
    front: tuple[Part, ...]
    body: tuple[Part, ...]
    annex: tuple[Grid, ...]
    appendix: tuple[Part, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(part for part in self.body if isinstance(part, Figure))

    @property
    def first_page(self) -> tuple[Part, ...]:
        """The leading parts of `body` that are printed on a page of their own; () where the first heading does not ask for it."""
        if not (self.body and isinstance(self.body[0], Heading) and self.body[0].page):
            return ()
        chapters = (n for n, part in enumerate(self.body) if n and isinstance(part, Heading) and part.level == 1)
        return self.body[: next(chapters, len(self.body))]

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Every numbered table, in the order of the numbers."""
        placed = [part for part in (*self.front, *self.body, *self.annex, *self.appendix) if isinstance(part, Grid)]
        return tuple(sorted(placed, key=lambda grid: grid.number))


@dataclass(slots=True)
class _Builder:
    outline: Outline = field(default_factory=Outline)
    figures: int = 0
    tables: int = 0

    def parts(self, block: dict[str, Any]) -> Iterable[Part]:
        if block["kind"] == "prose":
            return self._prose(block)
        if block["kind"] == "picture":
            self.figures += 1
            return (_figure(block, self.figures),)
        self.tables += 1
        return (_grid(block, self.tables),)

    def _prose(self, block: dict[str, Any]) -> list[Part]:
        markdown = block["markdown"]
        if block["role"] == "heading" and not markdown.lstrip().startswith("#"):
            markdown = f"## {markdown}"
        role = block["role"] if block["role"] in ("answer", "warning", "synthetic", "method") else "text"
        waiting: list[Paragraph | Items] = []
        parts: list[Part] = []
        for node in parse(markdown):
            if not isinstance(node, Title):
                waiting.append(_without_titles(node))
                continue
            heading = self.outline.enter(node.level, node.text)
            if waiting:
                parts.append(Text(role, tuple(waiting)))
                waiting = []
            if heading is not None:
                parts.append(Heading(heading.level - 1, heading.text, heading.anchor, block["role"] == "page"))
        if waiting:
            parts.append(Text(role, tuple(waiting)))
        return parts


def build(
    blocks: Iterable[dict[str, Any]],
    appendix: Iterable[dict[str, Any]],
    *,
    language: str,
    title: str,
    about: tuple[str, ...],
    synthetic: bool,
    made_at: str,
) -> Document:
    """The document of collected blocks. `title` is used where no block brings a heading of level 1."""
    builder = _Builder()
    blocks, appendix = each_text(tuple(blocks), unbroken), each_text(tuple(appendix), unbroken)
    parts = [part for block in blocks for part in builder.parts(block)]
    last = [part for block in appendix for part in builder.parts(block)]
    first = next((n for n, part in enumerate(parts) if isinstance(part, Heading)), 0)
    annex = tuple(part for part in parts if isinstance(part, Grid) and part.long)
    body = tuple(Pointer(part) if part in annex else part for part in _answers_joined(parts[first:]))
    return Document(
        language=language,
        title=builder.outline.title or title,
        about=about,
        synthetic=synthetic,
        made_at=made_at,
        front=tuple(parts[:first]),
        body=body,
        annex=annex,
        appendix=tuple(last),
    )


def _answers_joined(parts: list[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if isinstance(part, Text) and isinstance(before, Text) and part.role == before.role == "answer":
            joined[-1] = replace(before, nodes=before.nodes + part.nodes)
        else:
            joined.append(part)
    return joined


def _without_titles(node: ProseNode) -> Paragraph | Items:
    """Headings inside a list become bold paragraphs."""
    if isinstance(node, Title):
        return Paragraph((Run(node.text, strong=True),))
    if isinstance(node, Items):
        return Items(node.ordered, tuple(tuple(_without_titles(inner) for inner in item) for item in node.items))
    return node


def _figure(block: dict[str, Any], number: int) -> Figure:
    words = {name: _line(block[name]) for name in ("title", "caption", "alt")}
    grid = _grid(block["table"], 0) if block["table"] else None
    return Figure(number, block["key"], words["title"], words["caption"], words["alt"], base64.b64decode(block["svg_base64"]), grid)


def _grid(block: dict[str, Any], number: int) -> Grid:
    columns = tuple(Column(_line(c["label"]), _line(c["unit"]), bool(c["numeric"]), c.get("kind", "")) for c in block["columns"])
    rows = tuple(tuple(_cell(cell, column.kind) for cell, column in zip(row, columns, strict=True)) for row in block["rows"])
    return Grid(number, block["key"], _line(block["caption"]), runs_of(block.get("note", "")), columns, rows)


def _cell(value: Any, kind: str) -> str:
    text = _line(value) or "–"
    return text.replace(" ", "\u00a0") if kind == "interval" and len(text) <= SHORT_INTERVAL else text


_SPACES = re.compile(r"[^\S\u00a0]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def _line(value: Any) -> str:
    """Text on one line, without characters that XML and PDF cannot hold; spaces that must not break stay."""
    return _SPACES.sub(" ", _CONTROL.sub("", str(value))).strip()
