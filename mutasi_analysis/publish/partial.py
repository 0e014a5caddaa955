"""What a notebook had shown when it failed: every finished cell is noted at once, so that even a killed process leaves it.

Nothing personal is kept: of the outputs only the report's own blocks (their small groups are hidden already), of an error
only its kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mutasi_analysis.blocks import MIME

NOTES = "partial.jsonl"
_END = "mutasi-end"


def note_cells(path: Path, cells: list[Any]) -> None:
    """First line: every cell before any ran, as source alone."""
    _append(path, {"cells": [_bare(cell) for cell in cells if _END not in cell["metadata"].get("tags", [])]})


def note_cell(path: Path, number: int, cell: Any) -> None:
    """One more line: the outputs of the cell with this index, for a code cell."""
    if cell["cell_type"] == "code":
        kept = [shown for output in cell.get("outputs", []) if (shown := _shown(output))]
        _append(path, {"cell": number, "count": cell.get("execution_count"), "outputs": kept})


def _append(path: Path, entry: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _bare(cell: Any) -> dict[str, Any]:
    tags = [tag for tag in cell["metadata"].get("tags", []) if isinstance(tag, str)]
    bare = {"cell_type": cell["cell_type"], "metadata": {"tags": tags} if tags else {}, "source": "".join(cell["source"])}
    return {**bare, "execution_count": None, "outputs": []} if cell["cell_type"] == "code" else bare


def _shown(output: Any) -> dict[str, Any] | None:
    if output["output_type"] == "error":
        return {"output_type": "error", "ename": str(output["ename"]), "evalue": "", "traceback": []}
    if MIME in output.get("data", {}):
        return {"output_type": "display_data", "data": dict(output["data"]), "metadata": {}}
    return None


def partial_notebook(path: Path, cell: int, sentence: str, machine_paths: Mapping[str, str]) -> str | None:
    """The notebook as far as it came, as the text of an .ipynb; None when no cell was ever noted.

    cell: number, from 1, of the cell at which it stopped (0: unknown); sentence: what failed, put before that cell."""
    entries = _entries(path)
    if not entries or "cells" not in entries[0]:
        return None
    cells = entries[0]["cells"]
    for entry in entries[1:]:
        if entry["cell"] < len(cells):
            cells[entry["cell"]].update(execution_count=entry["count"], outputs=entry["outputs"])
    note = {"cell_type": "markdown", "metadata": {}, "source": f"**GAGAL / FAILED:** {_as_text(sentence)}"}
    cells.insert(min(max(cell - 1, 0), len(cells)), note)
    numbered = [{**one, "id": f"cell-{number:02d}"} for number, one in enumerate(cells, start=1)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    text = json.dumps({"cells": numbered, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1)
    for secret, shown in machine_paths.items():
        text = text.replace(json.dumps(secret, ensure_ascii=False)[1:-1], shown)
    return text + "\n"


def _entries(path: Path) -> list[dict[str, Any]]:
    """The noted lines; a last line that a killed process left unfinished is passed over."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            break
    return found


def _as_text(sentence: str) -> str:
    """Names in a sentence are text, not Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|~$" else sign for sign in sentence.replace("\n", " · "))
