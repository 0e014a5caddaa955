"""Markdown as a small tree of paragraphs, lists and runs of text: what every writer of a format understands.

What comes out is text with marks, never source code of a format; so nothing in a name can be read as code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode

from mutasi_analysis.publish.text import markdown_tokens


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style. href: address of a link, "" for none."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Title:
    """A heading inside prose, as written; the document gives it its level."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is a sequence of paragraphs and lists."""

    ordered: bool
    items: tuple[tuple[ProseNode, ...], ...]


ProseNode = Paragraph | Title | Items


def parse(markdown: str) -> tuple[ProseNode, ...]:
    """Markdown (CommonMark with tables, without HTML and pictures) as nodes in order."""
    return _nodes(SyntaxTreeNode(markdown_tokens(markdown)).children)


def runs_of(markdown: str) -> tuple[Run, ...]:
    """One line of Markdown (a note) as runs."""
    return tuple(run for node in SyntaxTreeNode(markdown_tokens(markdown, inline=True)).children for run in _inline(node))


def _nodes(children: Sequence[SyntaxTreeNode]) -> tuple[ProseNode, ...]:
    return tuple(node for child in children for node in _node(child))


def _node(node: SyntaxTreeNode) -> tuple[ProseNode, ...]:
    if node.type == "heading":
        text = "".join(run.text for run in _inline(node.children[0]))
        return (Title(int(node.tag[1]), " ".join(text.split())),)
    if node.type == "paragraph":
        return (Paragraph(_inline(node.children[0])),)
    if node.type in ("bullet_list", "ordered_list"):
        return (Items(node.type == "ordered_list", tuple(_nodes(item.children) for item in node.children)),)
    if node.type in ("code_block", "fence"):
        return (Paragraph((Run(node.content.rstrip("\n"), code=True),)),)
    if node.type == "tr":
        cells = [_inline(cell.children[0]) if cell.children else () for cell in node.children]
        return (Paragraph(tuple(run for number, cell in enumerate(cells) for run in ((Run(" · "),) if number else ()) + cell)),)
    return _nodes(node.children)


def _inline(node: SyntaxTreeNode) -> tuple[Run, ...]:
    return _merged([run for child in node.children for run in _runs(child, Run(""))])


def _runs(node: SyntaxTreeNode, style: Run) -> list[Run]:
    if node.type in ("text", "text_special"):
        return [replace(style, text=node.content)]
    if node.type == "code_inline":
        return [replace(style, text=node.content, code=True)]
    if node.type in ("softbreak", "hardbreak"):
        return [replace(style, text=" ")]
    inner = style
    if node.type == "strong":
        inner = replace(style, strong=True)
    elif node.type == "em":
        inner = replace(style, emphasis=True)
    elif node.type == "link":
        inner = replace(style, href=str(node.attrs.get("href", "")))
    return [run for child in node.children for run in _runs(child, inner)]


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one style as one run; empty ones are dropped."""
    merged: list[Run] = []
    for run in runs:
        if merged and replace(merged[-1], text="") == replace(run, text=""):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        elif run.text:
            merged.append(run)
    return tuple(merged)
