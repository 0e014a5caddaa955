"""A document as pandoc's own tree (JSON): text stays text, so no mark-up has to be escaped and none can be injected."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Any

from mutasi_analysis.publish.documents.content import Document, Figure, Grid, Heading, Part, Pointer, Text
from mutasi_analysis.publish.documents.flow import ACROSS, ACROSS_SMALL, PAGE, flowing, printed_height
from mutasi_analysis.publish.documents.prose import Items, Paragraph, Run
from mutasi_analysis.publish.documents.widths import column_widths, figure_width, least_width, picture_width, stays_together
from mutasi_analysis.publish.documents.word_styles import BIG, SMALL, SPELLING
from mutasi_analysis.wording.words import Words

API = [1, 23, 1]
#: characters of a table's font across a lying page
LYING = 155.0
#: ends of a section of upright and of lying pages; the writer of the file gives them their pages
UPRIGHT_ENDS, LYING_ENDS = '<w:sectPr w:rsidR="0000A4A4" />', '<w:sectPr w:rsidR="0000A4B4" />'
#: no dots towards a page number that only the reader's program can fill in
_PLAIN_TAB = '<w:tabs><w:tab w:val="clear" w:pos="9354"/><w:tab w:val="right" w:pos="9354"/></w:tabs>'
_NO_ATTR: list[Any] = ["", [], []]
_ROLES = {"answer": "Answer", "warning": "Warning", "synthetic": "Warning", "method": "Method", "lead": "Lead"}
#: millimetres of a table that are too little for a page of their own
OVERHANG = 22.0
#: characters of a paragraph that stays with the table after it, and with the figure after it
LEAD, LEAD_DRAWN = 400, 180

Node = dict[str, Any]


def pandoc_tree(document: Document, images: dict[int, str]) -> Node:
    """The tree of the whole document; images: file name of each figure by its number."""
    words = Words(document.language)
    page = document.first_page
    blocks = [*_title_page(document, words), *_contents(document, words), *_first_page(page, words, images)]
    others = list(document.body[len(page) :])
    if page and others and isinstance(others[0], Heading):
        blocks.append(_on_new_page(others[0]))
        others = others[1:]
    for placed in flowing(_leading(others)):
        blocks += _part(placed.part, words, images, placed.width)
    if others and isinstance(others[-1], Pointer):  # so that the line behind it is not alone on a page
        blocks[-1]["c"][0] = _style("Pointer Kept")
    blocks += [_styled("Note", _text(words("documents.behind"))), *_annex(document, words)]
    blocks += [node for part in _leading(list(document.appendix)) for node in _part(part, words, images)]
    return {"pandoc-api-version": API, "meta": {"lang": {"t": "MetaString", "c": SPELLING[document.language]}}, "blocks": blocks}


def _title_page(document: Document, words: Words) -> list[Node]:
    front = [part for part in document.front if isinstance(part, Text) and part.role != "synthetic"]
    nodes = [_styled("Kind", _text(words("documents.kind"))), _styled("Title", _text(document.title))]
    if document.synthetic:
        nodes.insert(0, _styled("Warning", [{"t": "Strong", "c": _text(words("frame.synthetic"))}]))
    nodes += [{"t": "Div", "c": [_style("Question"), [_node(node) for part in front for node in part.nodes]]}]
    told = _words("".join(node.text for part in front for node in part.nodes if isinstance(node, Paragraph)))
    nodes += [_styled("Facts", _text(fact)) for fact in document.about if not _words(fact) <= told]
    return [*nodes, _page_break()]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _contents(document: Document, words: Words) -> list[Node]:
    """The headings as links, each with a field for its page. LibreOffice fills the fields by itself, Word when it is told to
    (select all, F9); a field TOC would stay without numbers in the one, and marked as out of date make the other ask about
    "other files" at each opening. No number is written by us: only the program that breaks the pages knows it."""
    headings = [part for part in (*document.body, *document.appendix) if isinstance(part, Heading) and part.level <= 2]
    annex = Heading(1, words("documents.annex"), "lampiran-tabel")
    at = sum(isinstance(part, Heading) and part.level <= 2 for part in document.body)
    listed = [*headings[:at], *([annex] if document.annex else []), *headings[at:]]
    lines = [
        f'<w:p><w:pPr><w:pStyle w:val="TOC{heading.level}"/>{_PLAIN_TAB}</w:pPr>'
        f'<w:hyperlink w:anchor="{_bookmark(heading.anchor)}">'
        f'<w:r><w:t xml:space="preserve">{escape(heading.text)}</w:t></w:r><w:r><w:tab/></w:r>{_page_of(heading.anchor)}'
        "</w:hyperlink></w:p>"
        for heading in listed
    ]
    if not lines:
        return []
    last = [] if document.first_page else [_page_break()]
    return [_styled("TOC Heading", _text(words("frame.contents"))), _raw("".join(lines)), *last]


def _page_of(anchor: str) -> str:
    """The page of a heading, which the program that shows the file works out; empty until it has."""
    kinds = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    return f'{begin}<w:r><w:instrText xml:space="preserve"> PAGEREF {escape(_bookmark(anchor))} \\h </w:instrText></w:r>{separate}{end}'


def _bookmark(anchor: str) -> str:
    """The anchor as the name of a bookmark, which Word takes up to 40 letters long."""
    return anchor if len(anchor) <= 40 else f"{anchor[:31]}-{sha256(anchor.encode()).hexdigest()[:8]}"


def _part(part: Part, words: Words, images: dict[int, str], width: float = 0.0) -> list[Node]:
    if isinstance(part, Heading):
        return [_header(part.level, part.text, part.anchor)]
    if isinstance(part, Text):
        nodes = [_node(node) for node in part.nodes]
        if part.role == "method":  # what announces a list stays with it
            styles = ["Method Kept" if isinstance(after, Items) else "Method" for after in (*part.nodes[1:], None)]
            return [{"t": "Div", "c": [_style(style), [node]]} for style, node in zip(styles, nodes, strict=True)]
        return [{"t": "Div", "c": [_style(_ROLES[part.role]), nodes]}] if part.role in _ROLES else nodes
    if isinstance(part, Figure):
        return _figure(part, words, images[part.number], width=width)
    if isinstance(part, Pointer):
        rows = words("frame.rows", n=words.number(len(part.grid.rows), 0))
        label = {"t": "Strong", "c": _text(words("frame.table", n=part.grid.number))}
        place = {"t": "Link", "c": [_NO_ATTR, [label], [f"#{_place(part.grid)}", ""]]}
        text = f". {part.grid.caption}. {words('documents.in_annex', rows=rows)}."
        return [_styled("Pointer", [place, *_text(text)])]
    return _grid(part, words)


def _leading(parts: list[Part]) -> list[Part]:
    """The parts with a sentence or two under a heading marked where a table or figure follows: both stay on its page."""
    around = zip([None, *parts], parts, [*parts[1:], None], strict=False)
    return [
        replace(part, role="lead") if isinstance(part, Text) and _leads(before, part, after) else part for before, part, after in around
    ]


def _leads(before: Part | None, part: Text, after: Part | None) -> bool:
    if not (isinstance(before, Heading) and part.role == "text" and isinstance(after, Grid | Figure | Pointer)):
        return False
    most = LEAD_DRAWN if isinstance(after, Figure) else LEAD
    return len(part.nodes) == 1 and isinstance(part.nodes[0], Paragraph) and len(part.nodes[0].text) <= most


def _first_page(parts: tuple[Part, ...], words: Words, images: dict[int, str]) -> list[Node]:
    """The page for who reads only one, in small type; the picture as high as the lines of the others leave room."""
    nodes: list[Node] = []
    for part in parts:
        if isinstance(part, Heading):
            nodes.append(_on_new_page(part, above=0) if part.level == 1 else _close_heading(part, "", above=140, below=60))
        elif isinstance(part, Text):
            style = f"Brief {_ROLES[part.role]}" if part.role in _ROLES else "Brief"
            nodes.append({"t": "Div", "c": [_style(style), [_node(node) for node in part.nodes]]})
        elif isinstance(part, Figure):
            nodes += _figure(part, words, images[part.number], width=picture_width(parts, part), style="Brief ")
        elif isinstance(part, Grid):
            nodes += _grid(part, words, size=" Brief")[:1]
        else:
            nodes += _part(part, words, images)
    return nodes


def _on_new_page(heading: Heading, *, above: int = 480) -> Node:
    """A heading that begins a page. above: space over it, 1/20 point."""
    return _close_heading(heading, "<w:pageBreakBefore/>", above=above, below=120)


def _close_heading(heading: Heading, look: str, *, above: int, below: int) -> Node:
    """A heading with less space around it than its style has, 1/20 point."""
    style = f'<w:pStyle w:val="Heading{heading.level}"/>{look}<w:spacing w:before="{above}" w:after="{below}"/>'
    number = int(sha256(heading.anchor.encode()).hexdigest()[:6], 16) + 100_000
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{escape(_bookmark(heading.anchor))}"/><w:bookmarkEnd w:id="{number}"/>'
    return _raw(f'<w:p><w:pPr>{style}</w:pPr>{mark}<w:r><w:t xml:space="preserve">{escape(heading.text)}</w:t></w:r></w:p>')


def _annex(document: Document, words: Words) -> list[Node]:
    """The long tables in the order of their numbers, wide ones on lying pages."""
    if not document.annex:
        return []
    lies = document.annex[0].wide
    nodes = [_section(UPRIGHT_ENDS)] if lies else []
    nodes.append(_header(1, words("documents.annex"), "lampiran-tabel"))
    for wide, grids in groupby(document.annex, attrgetter("wide")):
        first, *others = grids
        turned, lies = wide != lies, wide
        if turned:
            nodes.append(_section(UPRIGHT_ENDS if wide else LYING_ENDS))
        nodes += _grid(first, words, LYING) if wide else _upright(first, words, on_top=turned)
        nodes += [node for grid in others for node in _grid(grid, words, LYING if wide else ACROSS)]
    return [*nodes, _section(LYING_ENDS)] if lies else nodes


def _upright(grid: Grid, words: Words, *, on_top: bool) -> list[Node]:
    """A table in smaller type where it is on top of a page and its last rows would be all that its last page holds."""
    pages, over = divmod(printed_height(grid), PAGE)
    if on_top and pages and over < OVERHANG:
        return _grid(grid, words, ACROSS_SMALL, size=" Small")
    return _grid(grid, words)


def _section(mark: str) -> Node:
    """The end of a section, in a paragraph so low that it takes no page of its own."""
    return _raw(f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{mark}</w:pPr></w:p>')


def _place(grid: Grid) -> str:
    return f"tabel-{grid.number}"


def _figure(figure: Figure, words: Words, image: str, *, width: float = 0.0, style: str = "") -> list[Node]:
    wide = f"{width or figure_width(figure.svg):.1f}mm"
    picture = {"t": "Image", "c": [["", [], [["width", wide]]], _text(figure.alt), [image, ""]]}
    caption = [*_numbered(words("frame.figure", n=figure.number), "Gambar", figure.number), *_text(f" {figure.caption}")]
    body = [None, [{"t": "Plain", "c": caption}]]
    return [_styled(f"{style}Finding", _text(figure.title)), {"t": "Figure", "c": [_NO_ATTR, body, [{"t": "Plain", "c": [picture]}]]}]


def _numbered(label: str, family: str, number: int) -> list[Node]:
    """A label whose number Word knows, so that it can list figures and tables; never renumbered."""
    word = label.removesuffix(str(number))
    field = f'<w:fldSimple w:instr=" SEQ {family} \\r {number} "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    return [*_text(word), {"t": "RawInline", "c": ["openxml", field]}, *_text(".")]


def _grid(grid: Grid, words: Words, across: float = ACROSS, *, size: str = "") -> list[Node]:
    label = {"t": "Span", "c": [[_place(grid), [], []], _numbered(words("frame.table", n=grid.number), "Tabel", grid.number)]}
    caption = [label, *_text(f" {grid.caption}")]
    if least_width(grid) > across and not size:
        across, size = across * BIG / SMALL, " Small"
    widths = column_widths(grid, across)
    specs = [
        [{"t": "AlignRight" if column.numeric else "AlignLeft"}, {"t": "ColWidth", "c": round(width / across, 4)}]
        for column, width in zip(grid.columns, widths, strict=True)
    ]
    head = [_NO_ATTR, [[_NO_ATTR, [_cell(column.head, f"Table Head{size}") for column in grid.columns]]]]
    styles = [f"Table Cell{size}{' Kept' if kept else ''}" for kept in _kept(grid, across)]
    body = [_NO_ATTR, 0, [], [[_NO_ATTR, [_cell(cell, style) for cell in row]] for row, style in zip(grid.rows, styles, strict=True)]]
    table = {"t": "Table", "c": [_NO_ATTR, [None, [{"t": "Plain", "c": caption}]], specs, head, [body], [_NO_ATTR, []]]}
    below = _styled("Note", [_run(run) for run in grid.note]) if grid.note else _styled("After Table", _text("\u00a0"))
    return [table, below]


def _kept(grid: Grid, across: float) -> list[bool]:
    """Which rows stay on the page of what follows: all of a low table, two at either end of others, the last one with a note."""
    last = len(grid.rows) - 1
    together = stays_together(grid, across)
    return [bool(grid.note) if n == last else together or n in (0, last - 1) for n in range(last + 1)]


def _cell(text: str, style: str) -> list[Any]:
    return [_NO_ATTR, {"t": "AlignDefault"}, 1, 1, [_styled(style, _text(text))]]


def _node(node: Any) -> Node:
    if isinstance(node, Items):
        items = [[_node(piece) for piece in item] for item in node.items]
        if node.ordered:
            return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}
        return {"t": "BulletList", "c": items}
    assert isinstance(node, Paragraph)
    return {"t": "Para", "c": [_run(run) for run in node.runs]}


def _run(run: Run) -> Node:
    node: Node = {"t": "Code", "c": [_NO_ATTR, run.text]} if run.code else {"t": "Str", "c": run.text}
    if run.emphasis:
        node = {"t": "Emph", "c": [node]}
    if run.strong:
        node = {"t": "Strong", "c": [node]}
    if run.href.startswith(("https://", "http://")):
        node = {"t": "Link", "c": [_NO_ATTR, [node], [run.href, ""]]}
    return node


def _header(level: int, text: str, anchor: str) -> Node:
    return {"t": "Header", "c": [level, [_bookmark(anchor), [], []], _text(text)]}


def _text(text: str) -> list[Node]:
    return [{"t": "Str", "c": text}]


def _style(name: str) -> list[Any]:
    return ["", [], [["custom-style", name]]]


def _styled(name: str, inlines: list[Node]) -> Node:
    return {"t": "Div", "c": [_style(name), [{"t": "Para", "c": inlines}]]}


def _raw(xml: str) -> Node:
    return {"t": "RawBlock", "c": ["openxml", xml]}


def _page_break() -> Node:
    return _raw('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
