"""A document as PDF through Typst: the layout is one template, what fills it is JSON, so nothing in a name is code.

PDF/UA-1 (tagged, titled, with alternative texts) without a system font, so that two machines give the same bytes.
"""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.documents.arrangement import SPACE, arranged, pieces_of
from mutasi_analysis.publish.documents.content import AUTHOR, Column, Document, Figure, Grid, Heading, Part, Pointer, Text
from mutasi_analysis.publish.documents.glyphs import boxed, each_text, hyphened
from mutasi_analysis.publish.documents.prose import Items, Paragraph, Run
from mutasi_analysis.publish.documents.widths import column_widths, figure_aspect, figure_width, least_width, stays_together
from mutasi_analysis.wording.words import Words

TEMPLATE = "report.typ"
#: type size of a table in points → characters across a page, upright (167 mm) and lying (254 mm), at 0.47 of the size each
UPRIGHT = {False: (8.8, 114.0), True: (8.0, 125.0)}
LYING = (8.4, 181.0)
#: how much smaller the type of a table may get before its words are broken
SMALLEST = 0.86
#: words of a day at the end of a fact; the title page tells a fact once whose day the text there names
DAY = 3
_WORDS = ("answer", "attention", "contents", "synthetic")
_MORE = ("kind", "synthetic_short", "page", "of", "on_page", "behind", "continued")


def pdf_bytes(document: Document, work: Path) -> bytes:
    """The PDF; `work` is an empty folder for its pieces. A character that the fonts lack stands as □. Raises typst.TypstError
    where Typst refuses for any other reason."""
    import typst

    work.mkdir(parents=True, exist_ok=True)
    template = work / TEMPLATE
    template.write_text((files("mutasi_analysis.publish") / "templates" / TEMPLATE).read_text(encoding="utf-8"), encoding="utf-8")
    for figure in document.figures:
        (work / _svg(figure)).write_bytes(figure.svg)
    values = each_text(document_values(document), hyphened)
    moment = datetime.fromisoformat(document.made_at)
    try:
        return _compiled(template, values, moment)
    except typst.TypstError:
        return _compiled(template, each_text(values, boxed), moment)


def _compiled(template: Path, values: dict[str, Any], moment: datetime) -> bytes:
    import typst

    told = template.parent / "report.json"
    told.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    found = typst.query(
        template, "<measured>", field="value", one=True, root=template.parent, ignore_system_fonts=True, sys_inputs={"stage": "measure"}
    )
    told.write_text(json.dumps(arranged(values, json.loads(found)), ensure_ascii=False), encoding="utf-8")
    made = typst.compile(
        template, root=template.parent, format="pdf", ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=int(moment.timestamp())
    )
    return bytes(made)


def figure_images(document: Document, work: Path, *, ppi: float = 220.0) -> dict[int, bytes]:
    """Every figure as PNG, by its number, for programs that do not draw SVG."""
    import typst

    if not document.figures:
        return {}
    work.mkdir(parents=True, exist_ok=True)
    for figure in document.figures:
        (work / _svg(figure)).write_bytes(figure.svg)
    pages = "#pagebreak()\n".join(f'#image("{_svg(figure)}")\n' for figure in document.figures)
    source = work / "figures.typ"
    source.write_text(f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}", encoding="utf-8")
    images = typst.compile(source, root=work, format="png", ppi=ppi, ignore_system_fonts=True)
    listed = images if isinstance(images, list) else [images]
    return {figure.number: bytes(image) for figure, image in zip(document.figures, listed, strict=True)}


def _svg(figure: Figure) -> str:
    return f"figure-{figure.number}.svg"


def document_values(document: Document) -> dict[str, Any]:
    """The document as plain values for the template."""
    words = Words(document.language)
    annex, appendix = _behind_annex(_annex(document.annex, words), pieces(document.appendix, words))
    return {
        "language": document.language,
        "title": document.title,
        "author": AUTHOR,
        "about": list(document.about),
        "front_about": [fact for fact in document.about if " ".join(fact.split()[-DAY:]) not in _front_text(document)],
        "is_synthetic": document.synthetic,
        "words": {name: words(f"frame.{name}") for name in _WORDS} | {name: words(f"documents.{name}") for name in _MORE},
        "front": [_part(part, words) for part in document.front],
        "first_page": [_part(part, words) for part in document.first_page],
        "body": [*pieces(document.body[len(document.first_page) :], words), {"kind": "behind"} | SPACE["behind"]],
        "annex": annex,
        "appendix": appendix,
    }


def _annex(grids: tuple[Grid, ...], words: Words) -> list[list[dict[str, Any]]]:
    """Tables that stand on the same pages: upright ones that follow each other, a lying one alone."""
    groups: list[list[dict[str, Any]]] = []
    for number, grid in enumerate(grids):
        if number == 0 or grid.wide or grids[number - 1].wide:
            groups.append([])
        heading = pieces((Heading(1, words("documents.annex"), ""),), words) if number == 0 else []
        groups[-1] += [*heading, _grid(grid, words, lying=grid.wide) | SPACE["table"]]
    return groups


def _behind_annex(annex: list[list[dict[str, Any]]], appendix: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """Annex and appendix; the appendix follows on the last upright page of the annex, where there is one."""
    if annex and appendix and not annex[-1][-1]["lying"]:
        return [*annex[:-1], annex[-1] + appendix], []
    return annex, appendix


def _front_text(document: Document) -> str:
    return " ".join(node.text for part in document.front if isinstance(part, Text) for node in part.nodes if isinstance(node, Paragraph))


def pieces(parts: tuple[Part, ...], words: Words) -> list[dict[str, Any]]:
    """Parts with the space around them; texts of several paragraphs as several parts."""
    return [piece for part in parts for piece in pieces_of(_part(part, words))]


def _part(part: Part, words: Words) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"kind": "heading", "level": part.level, "text": part.text}
    if isinstance(part, Text):
        return {"kind": "text", "role": part.role, "nodes": [_node(node) for node in part.nodes]}
    if isinstance(part, Figure):
        return {
            "kind": "figure",
            "number": part.number,
            "label": words("frame.figure", n=part.number),
            "title": part.title,
            "caption": part.caption,
            "alt": part.alt,
            "file": _svg(part),
            "size": 1.0,
            "width": figure_width(part.svg),
            "aspect": figure_aspect(part.svg),
        }
    if isinstance(part, Pointer):
        rows = words("frame.rows", n=words.number(len(part.grid.rows), 0))
        return {
            "kind": "pointer",
            "label": words("frame.table", n=part.grid.number),
            "number": part.grid.number,
            "caption": part.grid.caption,
            "text": words("documents.in_annex", rows=rows),
        }
    return _grid(part, words)


def _grid(grid: Grid, words: Words, *, lying: bool = False) -> dict[str, Any]:
    size, available = LYING if lying else UPRIGHT[grid.wide]
    smaller = min(1.0, max(SMALLEST, available / least_width(grid)))
    size, available = round(size * smaller, 2), available / smaller
    return {
        "size": size,
        "lying": lying,
        "low": stays_together(grid, available),
        "goes_on": False,
        "broken": least_width(grid) > available,
        "kind": "table",
        "label": words("frame.table", n=grid.number),
        "number": grid.number,
        "caption": grid.caption,
        "note": [_run(run) for run in grid.note],
        "columns": [_column(column) for column in grid.columns],
        "widths": list(column_widths(grid, available)),
        "rows": [list(row) for row in grid.rows],
    }


def _column(column: Column) -> dict[str, Any]:
    return {"label": column.label, "unit": column.unit, "numeric": column.numeric}


def _node(node: Any) -> dict[str, Any]:
    if isinstance(node, Items):
        return {"kind": "list", "ordered": node.ordered, "items": [[_node(piece) for piece in item] for item in node.items]}
    assert isinstance(node, Paragraph)
    return {"kind": "paragraph", "runs": [_run(run) for run in node.runs]}


def _run(run: Run) -> dict[str, Any]:
    return {"text": run.text, "strong": run.strong, "emphasis": run.emphasis, "code": run.code, "href": run.href}
