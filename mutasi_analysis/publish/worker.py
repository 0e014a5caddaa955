"""One region in one process: limits, notebook, pages, manifest; everything into the task's own folder."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

from mutasi_analysis.publish.ahead import Place
from mutasi_analysis.publish.tasks import Outcome, Task

#: the drawing of a Jupyter kernel, whatever backend the user's own environment names
INLINE = "module://matplotlib_inline.backend_inline"
#: new objects between two searches for garbage: a worker lives for one report, and looking costs it a twentieth of its time
RARELY = 50_000
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def work(task: Task, answers: Connection, ahead: Place | None = None) -> None:
    """Entry point of the process: sends ("cell", number, total), ("stage", name) and at the end ("outcome", Outcome).
    ahead: where another process lays down what it read of the region."""
    _own_group()
    _die_with_parent()
    _prepare(task)
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


def _prepare(task: Task) -> None:
    """Own folders for what Jupyter and IPython keep, one BLAS thread, a memory limit, silence on the terminal."""
    for name in THREADS:
        os.environ[name] = "1"
    for name, folder in (("IPYTHONDIR", "ipython"), ("JUPYTER_RUNTIME_DIR", "runtime")):
        path = task.work / folder
        path.mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(path)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH"))))
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    os.environ["MPLBACKEND"] = INLINE
    gc.set_threshold(RARELY, 20, 20)
    task.report_folder.mkdir(parents=True, exist_ok=True)
    limit_memory(task.limits.memory_mb)
    _redirect(task.work / "worker.log")


def limit_memory(megabytes: int) -> None:
    """At most this much data memory for this process; 0 or less: no limit."""
    if megabytes <= 0 or sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _redirect(log: Path) -> None:
    """Whatever C code or a kernel writes to the terminal goes to a file that is thrown away with the work folder."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
