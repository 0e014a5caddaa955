"""Many tasks in processes of their own: a fresh process for each, a deadline for each cell, a dead one never stops the rest."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from mutasi_analysis.publish.ahead import Ahead, ahead_of
from mutasi_analysis.publish.resources import cores
from mutasi_analysis.publish.surroundings import THREADS
from mutasi_analysis.publish.tasks import Outcome, Task, death_sentence
from mutasi_analysis.publish.worker import work

#: a kernel ends an endless cell itself; this much later its worker is ended
GRACE = 5.0
#: of every process that has a part in a report
ALIKE = dict.fromkeys(THREADS, "1") | {"PYTHONHASHSEED": "0"}
#: set once this process has started a worker: the imports are done then
_imported = threading.Event()
PRELOAD = "mutasi_analysis.publish.preload"
#: what only reports of one or two treated units need, half a second: imported beforehand where so many reports are made that some do
SELDOM = "diff_diff"
MANY = 12


class Progress(Protocol):
    """Told what happens; shows it or not."""

    def started(self, task: Task) -> None: ...
    def cell(self, task: Task, number: int, total: int) -> None: ...
    def stage(self, task: Task, name: str) -> None: ...
    def ended(self, task: Task, outcome: Outcome) -> None: ...


@dataclass(slots=True)
class _Running:
    task: Task
    process: Any
    answers: Connection
    began: float
    deadline: float
    cell: int = 0
    outcome: Outcome | None = None


def run_tasks(
    tasks: tuple[Task, ...],
    *,
    jobs: int,
    progress: Progress,
    finish: Callable[[Task, Outcome], Outcome],
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Run every task, at most `jobs` at a time. `finish` is called here, in the parent, as soon as one ended and the next was started,
    and may turn its outcome into another; `meanwhile` once, when nothing waits and a core is idle. Outcomes come in the order
    of the tasks. Processes are killed when this is interrupted."""
    if not tasks:
        return []
    ahead = _ahead(tasks, jobs)
    context = _context(tasks)
    waiting = list(tasks)
    leisure = False
    running: list[_Running] = []
    over: list[_Running] = []
    outcomes: dict[str, Outcome] = {}
    try:
        while waiting or running or over:
            reading = ahead.in_place_of_worker()
            begun = len(running)
            while waiting and len(running) < (jobs if reading is None else max(1, jobs - 1)):
                running.append(_start(context, waiting.pop(0), ahead))
            for one in over:
                assert one.outcome is not None
                outcomes[one.task.name] = finish(one.task, one.outcome)
                progress.ended(one.task, outcomes[one.task.name])
            for one in running[begun:]:
                progress.started(one.task)
            if not leisure and not waiting and len(running) < cores():
                leisure = True
                meanwhile()
            over = _ended(running, progress, () if reading is None else (reading,)) if running else []
            running = [one for one in running if one.outcome is None]
    finally:
        ahead.close()
        for one in running:
            _kill(one.process)
    return [outcomes[task.name] for task in tasks]


def _ahead(tasks: tuple[Task, ...], jobs: int) -> Ahead:
    """A reader for as long as the imports go on; none when a worker was forked before, since they are done then."""
    with _environment(ALIKE):
        return ahead_of(() if _imported.is_set() else tasks, jobs)


def _context(tasks: tuple[Task, ...]) -> Any:
    """Forks of a process with the imports done where the fork engine is wanted, else fresh interpreters."""
    if all(task.engine == "kernel" for task in tasks):
        return multiprocessing.get_context("spawn")
    warm_up(len(tasks))
    return multiprocessing.get_context("forkserver")


def warm_up(reports: int) -> None:
    """Start the process that does the imports for so many reports, so that it works while the caller prepares. Does nothing a second
    time."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return
    from multiprocessing import forkserver

    forkserver.set_forkserver_preload([PRELOAD, SELDOM] if reports >= MANY else [PRELOAD])
    with _environment(ALIKE | {"MPLBACKEND": "agg"}):
        forkserver.ensure_running()


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _start(context: Any, task: Task, ahead: Ahead) -> _Running:
    answers, other = context.Pipe(duplex=False)
    place = ahead.place(task)
    process = context.Process(target=work, args=(task, other, place), name=task.name)
    with _environment(ALIKE):
        process.start()
    _imported.set()
    ahead.imported()
    if place is not None:
        place.close()
    other.close()
    now = time.monotonic()
    return _Running(task, process, answers, now, now + task.limits.cell_seconds + 60.0)


def _ended(running: list[_Running], progress: Progress, also: tuple[int, ...]) -> list[_Running]:
    """Wait for news, of these others `also`, take it in, and return those that are over."""
    nearest = min(one.deadline for one in running) - time.monotonic()
    wait([thing for one in running for thing in (one.answers, one.process.sentinel)] + list(also), timeout=max(0.0, min(nearest, 60.0)))
    for one in running:
        _listen(one, progress)
        if one.outcome is None and time.monotonic() > one.deadline:
            one.outcome = _outcome(one, "timeout", f"satu sel berjalan lebih lama dari {one.task.limits.cell_seconds:g} detik")
        elif one.outcome is None and not one.process.is_alive():
            _listen(one, progress)
            one.outcome = one.outcome or _outcome(one, "died", death_sentence(one.process.exitcode))
    over = [one for one in running if one.outcome is not None]
    for one in over:
        one.process.join(timeout=2.0)
        _kill(one.process)
        one.answers.close()
    return over


def _listen(one: _Running, progress: Progress) -> None:
    while one.outcome is None:
        try:
            if not one.answers.poll():
                return
            message = one.answers.recv()
        except (EOFError, OSError):
            return
        one.deadline = time.monotonic() + one.task.limits.cell_seconds + (GRACE if one.task.engine == "kernel" else 0.0)
        if message[0] == "cell":
            one.cell = message[1] + 1
            progress.cell(one.task, message[1], message[2])
        elif message[0] == "stage":
            progress.stage(one.task, message[1])
        else:
            one.outcome = message[1]


def _outcome(one: _Running, kind: str, message: str) -> Outcome:
    return Outcome(one.task.name, "failed", round(time.monotonic() - one.began, 3), message, kind=kind, cell=one.cell)


def _kill(process: Any) -> None:
    """End a worker and what it started. Only ever the process group that the worker made for itself."""
    if process.is_alive():
        try:
            if sys.platform != "win32" and os.getpgid(process.pid) == process.pid:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        except ProcessLookupError:
            pass
    process.join(timeout=5.0)
