"""Headings in the report's language, and dropping of what could not be drawn."""

from __future__ import annotations

from mutasi_analysis.blocks import Block, Prose
from mutasi_analysis.wording import Words


def heading(section: str, words: Words) -> Prose:
    """The heading of a part."""
    return Prose(f"## {words(f'section.{section}')}", "heading")


def present(*blocks: Block | None) -> tuple[Block, ...]:
    """The blocks that are there."""
    return tuple(block for block in blocks if block is not None)


def texts(paragraphs: tuple[str, ...], role: str = "text") -> tuple[Prose, ...]:
    """Each paragraph as a block; empty ones are left out."""
    return tuple(Prose(paragraph, role) for paragraph in paragraphs if paragraph)
