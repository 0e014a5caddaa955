"""The last cell of every run. Papermill calls a notebook complete after a time-out, a dead kernel or `sys.exit(0)`;
we believe only a notebook whose last output carries the run's own word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

END_MIME = "application/vnd.mutasi.end+json"
TAG = "mutasi-end"
VARIABLE = "evaluation"


def end_cell(word: str, results: Path) -> Any:
    """The cell to append: saves the Evaluation named `evaluation`, where there is one, and shows the word."""
    from nbformat.v4 import new_code_cell

    source = f"from mutasi_analysis.publish.sentinel import finish\nfinish(globals(), {word!r}, {str(results)!r})"
    return new_code_cell(source, metadata={"tags": [TAG]})  # type: ignore[no-untyped-call]


def finish(names: dict[str, Any], word: str, results: str) -> None:
    """Called in the notebook's kernel. Shows `END_MIME` with the word and the facts that the manifest needs."""
    from IPython.display import display

    facts = _save(names[VARIABLE], Path(results)) if VARIABLE in names else {}
    display({END_MIME: {"word": word, "facts": facts}, "text/plain": ""}, raw=True)  # type: ignore[no-untyped-call]


def _save(evaluation: Any, folder: Path) -> dict[str, Any]:
    from mutasi_analysis.evaluation.result import Evaluation
    from mutasi_analysis.publish.results import evaluation_facts, write_results

    if not isinstance(evaluation, Evaluation):
        raise TypeError(f"{VARIABLE} must be an Evaluation, not {type(evaluation).__name__}")
    hidden = write_results(evaluation, folder)
    return {**evaluation_facts(evaluation), "hidden_cells": hidden}


def take_end(notebook: Any, word: str) -> dict[str, Any] | None:
    """Remove the appended cell and return its facts as plain values (whoever receives them need not know nbformat); None when
    it did not run to its end with this run's word."""
    last = notebook.cells.pop() if notebook.cells and TAG in notebook.cells[-1].metadata.get("tags", []) else None
    for output in (last or {}).get("outputs", []):
        payload = output.get("data", {}).get(END_MIME) if output.get("output_type") == "display_data" else None
        if payload is not None and payload["word"] == word:
            return dict(json.loads(json.dumps(payload["facts"])))
    return None
