"""An executed notebook as a list of payloads: the blocks it showed and its Markdown cells, in order."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from mutasi_analysis.blocks import MIME

#: cells for readers in JupyterLab only
NOTEBOOK_ONLY = "notebook-only"
#: what the tag of a cell for readers of one language begins with
LANGUAGE_TAG = "lang-"


@dataclass(frozen=True, slots=True)
class Collected:
    """blocks: payloads as `blocks.*.payload()` makes them; unshown: how many outputs were no block and are left out."""

    blocks: tuple[dict[str, Any], ...]
    unshown: int


def collect(notebook: Any) -> Collected:
    """Blocks of an executed notebook. Code is left out; so is any output that is not a block (it is counted)."""
    blocks: list[dict[str, Any]] = []
    unshown = 0
    for cell in notebook.cells:
        if NOTEBOOK_ONLY in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown" and cell.source.strip():
            blocks.append({"kind": "prose", "role": "text", "markdown": cell.source})
        for output in cell.get("outputs", []):
            payload = output.get("data", {}).get(MIME)
            if payload is not None:
                blocks.append(dict(payload))
            else:
                unshown += 1
    return Collected(tuple(blocks), unshown)


def in_language(notebook: Any, language: str) -> Any:
    """The notebook without the cells that are tagged for readers of another language ("lang-en")."""

    def other(cell: Any) -> bool:
        return any(tag.startswith(LANGUAGE_TAG) and tag != f"{LANGUAGE_TAG}{language}" for tag in cell.metadata.get("tags", []))

    notebook.cells = [cell for cell in notebook.cells if not other(cell)]
    return notebook


@dataclass(frozen=True, slots=True)
class Answer:
    """What an overview shows of a report. sentence: the beginning of the answer; verdicts: the items of its list."""

    sentence: str
    verdicts: tuple[str, ...]


def answer_of(blocks: tuple[dict[str, Any], ...], *, whole: bool = False) -> Answer:
    """The answer of a report as plain text; empty where no block answers. whole: its first paragraph to the end."""
    from mutasi_analysis.publish.text import first_sentences, list_items

    texts = [block["markdown"] for block in blocks if block["kind"] == "prose" and block["role"] == "answer"]
    least = {"least": sys.maxsize} if whole else {}
    sentences = [sentence for text in texts if (sentence := first_sentences(text, **least))]
    return Answer(sentences[0] if sentences else "", tuple(item for text in texts for item in list_items(text)))
