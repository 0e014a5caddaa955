"""Markdown to HTML without raw HTML, without pictures from elsewhere, and with headings that fit into one page."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@cache
def _parser() -> MarkdownIt:
    """The one parser: what it learns of a text stands in the tokens, not in it."""
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable(["image", "html_block", "html_inline"])


@dataclass(frozen=True, slots=True)
class Heading:
    """level 2 or more; anchor: unique in the page."""

    level: int
    text: str
    anchor: str


@dataclass(slots=True)
class Outline:
    """The headings of one page as they are met: the first of level 1 is the page's title and is not repeated; none
    jumps over a level; anchors are unique."""

    title: str = ""
    headings: list[Heading] = field(default_factory=list)

    def enter(self, level: int, text: str) -> Heading | None:
        """The heading as it stands in the page; None for the title."""
        if level == 1 and not self.title:
            self.title = text
            return None
        deepest = self.headings[-1].level + 1 if self.headings else 2
        heading = Heading(min(max(level, 2), deepest), text, self._anchor(text))
        self.headings.append(heading)
        return heading

    def _anchor(self, text: str) -> str:
        ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-") or "bagian"
        taken = {heading.anchor for heading in self.headings} | {"isi"}
        return next(name for name in itertools.chain([base], (f"{base}-{n}" for n in itertools.count(2))) if name not in taken)


def markdown_html(markdown: str, outline: Outline) -> str:
    """Markdown as HTML; its headings go through the outline."""
    parser = _parser()
    tokens = parser.parse(markdown)
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open":
            heading = outline.enter(int(token.tag[1]), _inline_text(tokens[position + 1]))
            if heading is not None:
                token.tag = tokens[position + 2].tag = f"h{heading.level}"
                token.attrSet("id", heading.anchor)
                kept += tokens[position : position + 3]
            position += 3
            continue
        if token.type == "th_open":
            token.attrSet("scope", "col")
        kept.append(token)
        position += 1
    return (
        str(parser.renderer.render(kept, parser.options, {}))
        .replace("<table>", '<div class="wide"><table>')
        .replace("</table>", "</table></div>")
    )


def markdown_tokens(markdown: str, *, inline: bool = False) -> list[Token]:
    """The tokens of Markdown, or of one line of it: without HTML and pictures, as in the page."""
    return _parser().parseInline(markdown) if inline else _parser().parse(markdown)


def inline_html(markdown: str) -> str:
    """One line of Markdown (caption, note, cell) as HTML without paragraph."""
    return str(_parser().renderInline(markdown))


def _inline_text(token: Token) -> str:
    return "".join(child.content if child.type in ("text", "code_inline") else " " for child in token.children or [] if child.nesting == 0)


def first_sentences(markdown: str, *, least: int = 80) -> str:
    """The first paragraph outside lists as text without mark-up, cut behind the sentence that brings it to `least`
    characters; empty where there is none."""
    for before, token in itertools.pairwise(_parser().parse(markdown)):
        if before.type == "paragraph_open" and before.level == 0 and token.type == "inline":
            text = " ".join(_inline_text(token).split())
            ends = [found.end() for found in re.finditer(r"[.!?](?=\s+[A-Z0-9])", text)]
            return text[: next((end for end in ends if end >= least), len(text))]
    return ""


def list_items(markdown: str) -> tuple[str, ...]:
    """The items of every list as text without mark-up."""
    pairs = itertools.pairwise(_parser().parse(markdown))
    texts = (" ".join(_inline_text(token).split()) for before, token in pairs if before.type == "paragraph_open" and before.level > 0)
    return tuple(text for text in texts if text)
