"""Run one notebook to its end, inside a worker process, and judge whether it truly got there."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import partial
from typing import Any

from mutasi_analysis.publish.engines import FORK, KERNEL, CellReport, NotebookStopped, register
from mutasi_analysis.publish.partial import NOTES, note_cell, note_cells
from mutasi_analysis.publish.sentinel import end_cell, take_end
from mutasi_analysis.publish.tasks import Task
from mutasi_analysis.spoken import LANGUAGE

#: errors whose text is meant for the user and holds no person → kind of failure
SPEAKING = {"UsageError": "usage", "DataError": "data", "MissingDataError": "data", "NormError": "usage", "RunError": "usage"}


class NotebookFailed(Exception):  # noqa: N818
    """The notebook failed. kind: one of `tasks.KINDS`; message: a sentence without personal data; cell: its number from
    1, 0 where it is not known; detail: the traceback for --debug."""

    def __init__(self, kind: str, message: str, cell: int = 0, detail: str = "") -> None:
        super().__init__(kind, message, cell, detail)
        self.kind, self.message, self.cell, self.detail = kind, message, cell, detail


@dataclass(frozen=True, slots=True)
class Executed:
    """An executed notebook. facts: of its Evaluation; seconds: of every code cell, in order."""

    notebook: Any
    facts: dict[str, Any]
    seconds: tuple[float, ...]


def execute(task: Task, report: CellReport) -> Executed:
    """Execute the task's notebook with its parameters. Raises NotebookFailed for every end but the real one."""
    from papermill.exceptions import PapermillExecutionError

    register()
    os.environ[LANGUAGE] = task.language  # errors are told in it, in a kernel of its own too
    notes = task.work / NOTES
    reached = 0

    def started(number: int, total: int) -> None:
        nonlocal reached
        reached = number + 1
        report(number, total)

    word = secrets.token_hex(16)
    try:
        done = _executed(task, word, report=started, prepared=partial(note_cells, notes), note=partial(note_cell, notes))
    except PapermillExecutionError as problem:
        raise NotebookFailed(*_error(problem), problem.cell_index + 1, "\n".join(problem.traceback)) from None
    except NotebookStopped as problem:
        raise NotebookFailed(*_stop(problem.reason, task), reached) from None
    facts = take_end(done, word)
    if facts is None:
        raise NotebookFailed("stopped", "buku catatan (notebook) berhenti sebelum sel terakhir (misalnya oleh sys.exit)", reached)
    return Executed(done, facts, tuple(_seconds(done)))


def _executed(task: Task, word: str, **told: Any) -> Any:
    """What `papermill.execute_notebook` does, in papermill's own steps: that one writes the notebook down before and after, for nobody
    here. told: what the engines are given besides. Raises PapermillExecutionError, NotebookStopped."""
    from papermill.engines import papermill_engines
    from papermill.execute import raise_for_execution_errors, remove_error_markers
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    engine = FORK if task.engine == "fork" else KERNEL
    notebook = remove_error_markers(load_notebook_node(str(task.notebook)))
    notebook.cells.append(end_cell(word, task.results_folder))
    kernel = {"kernel_name": "python3", "language": "python"}
    prepared = parameterize_notebook(notebook, dict(task.parameters), engine_name=engine, **kernel)
    done = papermill_engines.execute_notebook_with_engine(
        engine,
        prepared,
        kernel_name=kernel["kernel_name"],
        progress_bar=False,
        autosave_cell_every=0,
        execution_timeout=max(1, round(task.limits.cell_seconds)),
        **told,
    )
    raise_for_execution_errors(done, None)
    return done


def _stop(reason: str, task: Task) -> tuple[str, str]:
    """Kind and sentence of an end from outside."""
    if reason == "timeout":
        return "timeout", f"satu sel berjalan lebih lama dari {task.limits.cell_seconds:g} detik"
    return "died", "kernel mati sebelum buku catatan (notebook) selesai"


def _error(problem: Any) -> tuple[str, str]:
    """Kind and sentence. User errors speak for themselves; of any other only its kind and cell are told, since its text may
    hold a person."""
    if problem.ename in SPEAKING:
        return SPEAKING[problem.ename], str(problem.evalue)
    if problem.ename in ("MemoryError", "_ArrayMemoryError"):
        return "memory", f"memori tidak cukup di sel {problem.cell_index + 1}"
    return "error", f"{problem.ename} di sel {problem.cell_index + 1}; jalankan dengan --debug untuk melihat jejaknya"


def _seconds(notebook: Any) -> list[float]:
    return [
        round(float(cell.metadata.get("papermill", {}).get("duration") or 0.0), 3) for cell in notebook.cells if cell.cell_type == "code"
    ]


def cleaned(notebook: Any, secrets_out: dict[str, str]) -> tuple[Any, list[str]]:
    """The executed notebook as it is kept: no run times, no random ids, no text written to stderr, and each text of
    `secrets_out` (machine paths) replaced. Returns it with the warnings that stood in stderr. Raises nbformat's ValidationError for
    an output that no notebook may hold."""
    import json

    import nbformat

    warnings: list[str] = []
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.metadata.pop("papermill", None)
        cell["id"] = f"cell-{number:02d}"
        if cell.cell_type != "code":
            continue
        cell.metadata.pop("execution", None)
        warnings += [_last_line(out.text) for out in cell.outputs if out.output_type == "stream" and out.name == "stderr"]
        cell["outputs"] = _joined([out for out in cell.outputs if not (out.output_type == "stream" and out.name == "stderr")])
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    for secret, shown in secrets_out.items():
        text = text.replace(json.dumps(secret, ensure_ascii=False)[1:-1], shown)
    kept = nbformat.from_dict(json.loads(text))  # type: ignore[no-untyped-call]
    nbformat.validate(kept)
    return kept, [warning for warning in warnings if warning]


def _joined(outputs: list[Any]) -> list[Any]:
    """Consecutive pieces of one stream as one output: where a kernel cuts them is chance."""
    kept: list[Any] = []
    for output in outputs:
        if kept and output.output_type == kept[-1].output_type == "stream" and output.name == kept[-1].name:
            kept[-1].text += output.text
        else:
            kept.append(output)
    return kept


def _last_line(text: str) -> str:
    """The kind of the warning ("RuntimeWarning: …"), without the path before it and the source line behind it."""
    for line in text.splitlines():
        if "Warning: " in line:
            return line[line.rindex(": ", 0, line.index("Warning: ")) + 2 :] if ": " in line[: line.index("Warning: ")] else line
    return ""
