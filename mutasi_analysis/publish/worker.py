"""One region in one process: limits, notebook, pages, manifest; everything into the task's own folder."""

from __future__ import annotations

import os
import signal
import threading
import time
from multiprocessing.connection import Connection

from mutasi_analysis.publish.ahead import Place
from mutasi_analysis.publish.surroundings import prepare
from mutasi_analysis.publish.tasks import Outcome, Task


def work(task: Task, answers: Connection, ahead: Place | None = None) -> None:
    """Entry point of the process: sends ("cell", number, total), ("stage", name) and at the end ("outcome", Outcome).
    ahead: where another process lays down what it read of the region."""
    _own_group()
    _die_with_parent()
    prepare(task)
    started = time.perf_counter()
    try:
        if ahead is not None:
            ahead.take()
        outcome = make_report(task, answers)
    except BaseException as problem:  # every end of the notebook must become an answer
        outcome = _failure(task, problem, time.perf_counter() - started)
    answers.send(("outcome", outcome))
    answers.close()


def make_report(task: Task, answers: Connection) -> Outcome:
    """Run the notebook and write notebook, page and manifest into `task.report_folder`."""
    from mutasi_analysis.publish.execute import execute
    from mutasi_analysis.publish.export import write_report

    started = time.perf_counter()
    executed = execute(task, lambda number, total: answers.send(("cell", number, total)))
    seconds = time.perf_counter() - started
    facts, unmade = write_report(task, executed, lambda name: answers.send(("stage", name)), seconds_notebook=seconds)
    return Outcome(task.name, "done", round(time.perf_counter() - started, 3), warnings=unmade, facts=facts)


def _failure(task: Task, problem: BaseException, seconds: float) -> Outcome:
    import traceback

    from mutasi_analysis.errors import DataError, MutasiError
    from mutasi_analysis.publish.execute import NotebookFailed

    kind, cell, detail = "error", 0, "".join(traceback.format_exception(problem))
    if isinstance(problem, NotebookFailed):
        kind, message, cell, detail = problem.kind, problem.message, problem.cell, problem.detail
    elif isinstance(problem, MutasiError):
        kind, message = "data" if isinstance(problem, DataError) else "usage", str(problem)
    elif isinstance(problem, MemoryError):
        kind, message = "memory", "memori tidak cukup"
    else:
        message = f"{type(problem).__name__} saat menyusun laporan; jalankan dengan --debug untuk melihat jejaknya"
    return Outcome(task.name, "failed", round(seconds, 3), message, detail, kind=kind, cell=cell)


def _own_group() -> None:
    if hasattr(os, "setsid"):
        os.setsid()


def _die_with_parent() -> None:
    """A run that was killed must not leave workers behind that go on writing."""
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        if hasattr(os, "killpg"):
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
