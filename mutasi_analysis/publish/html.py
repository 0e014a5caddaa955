"""Blocks to one self-contained HTML page: nothing is fetched, everything from data is text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mutasi_analysis.norms import titles
from mutasi_analysis.publish.documents.glyphs import each_text, unbroken
from mutasi_analysis.publish.text import Outline, inline_html, markdown_html
from mutasi_analysis.wording.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

#: tables with a column of references
_NAMES_LAWS = frozenset({"norms", "sensitivity"})
_TEMPLATES = files("mutasi_analysis.publish") / "templates"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What stands around the blocks. title: used where no block brings a heading of level 1; about: short facts under the
    title; synthetic: made from demonstration data; home: address of the overview, "" for none;
    formats: name and address of the report in other formats."""

    language: str
    title: str
    about: tuple[str, ...] = ()
    synthetic: bool = False
    home: str = ""
    formats: tuple[tuple[str, str], ...] = ()


@cache
def environment() -> Environment:
    """Jinja with auto-escaping always on; templates from the package, each compiled once a process."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def load(name: str) -> str:
        return (_TEMPLATES / name).read_text(encoding="utf-8")

    return Environment(loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def style_sheet() -> str:
    return (_TEMPLATES / "style.css").read_text(encoding="utf-8")


def render(template: str, language: str, **values: Any) -> str:
    """A template with the words of a language and the style sheet."""
    from markupsafe import Markup

    page = environment().get_template(template)
    return page.render(words=Words(language), language=language, css=Markup(style_sheet()), **values)


def report_page(blocks: tuple[dict[str, Any], ...], facts: PageFacts, appendix: tuple[dict[str, Any], ...] = ()) -> str:
    """The page of a report. `appendix` are blocks put behind the others."""
    outline = Outline()
    numbers = {"picture": 0, "table": 0}
    blocks, appendix = each_text((blocks, appendix), unbroken)
    shown = [_prepared(block, outline, numbers) for block in (*_joined_answers(_said_once(blocks)), *appendix)]
    if facts.language != "id":
        shown = [_titles_marked(block) if block.get("key") in _NAMES_LAWS else block for block in shown]
    return render(
        "report.html.j2",
        facts.language,
        title=outline.title or facts.title,
        facts=facts,
        blocks=shown,
        contents=[heading for heading in outline.headings if heading.level <= 3],
    )


def _titles_marked(block: dict[str, Any]) -> dict[str, Any]:
    """A table whose official titles of laws, which stay Indonesian, say so to a screen reader."""
    from markupsafe import Markup, escape

    def marked(cell: str) -> str:
        title = next((title for title in titles() if title in cell), "")
        return Markup('{}<span lang="id">{}</span>{}').format(*cell.partition(title)) if title else escape(cell)

    return {**block, "rows": [[marked(str(cell)) for cell in row] for row in block["rows"]]}


def _said_once(blocks: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    """The blocks without the prose of the title page that the first page says again: on screen they stand beside each other."""
    first = next((n for n, block in enumerate(blocks) if block.get("role") == "page"), 0)
    again = {block.get("markdown") for block in blocks[first:]}
    return (*(block for block in blocks[:first] if block.get("markdown") not in again), *blocks[first:])


def _joined_answers(blocks: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """Neighbouring pieces of the answer stand in one box."""
    joined: list[dict[str, Any]] = []
    for block in blocks:
        if joined and block.get("role") == joined[-1].get("role") == "answer":
            joined[-1] = {**joined[-1], "markdown": f"{joined[-1]['markdown']}\n\n{block['markdown']}"}
        else:
            joined.append(block)
    return joined


def _prepared(block: dict[str, Any], outline: Outline, numbers: dict[str, int]) -> dict[str, Any]:
    """A payload with its Markdown made HTML and its running number."""
    from markupsafe import Markup

    kind = block["kind"]
    if kind == "prose":
        markdown = block["markdown"]
        if block["role"] == "heading" and not markdown.lstrip().startswith("#"):
            markdown = f"## {markdown}"
        return {**block, "html": Markup(markdown_html(markdown, outline))}
    if kind not in numbers:
        raise ValueError(f"unknown kind of block {kind!r}; known: prose, {', '.join(numbers)}")
    numbers[kind] += 1
    return {**block, "number": numbers[kind], "note_html": Markup(inline_html(block.get("note", "")))}
