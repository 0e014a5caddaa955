"""Reading ahead: while the process that workers are forked from does its imports (on one core), another one reads the raw files
of the first regions. It goes on after that where a core is left over, and in the place of a worker where the reports don't come
out even among the workers: of five reports one of two workers makes three, so there is time to read for it.

What it read is handed to the worker in memory that has no name on any disk (memfd): tables with pseudonyms, gone with the
processes. A region that could not be read so, or where reading gave a warning, is left to its worker, which reads it as always
and says what is wrong.
"""

from __future__ import annotations

import gc
import mmap
import multiprocessing
import os
import pickle
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.resources import cores, limit_memory
from mutasi_analysis.publish.tasks import Task

#: stands in a place where nothing is handed over: left to the worker, or taken
NOTHING = b"-"


class Place:
    """Where one region is handed over. Empty: nobody has begun; whoever holds the lock is at it."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __reduce__(self) -> tuple[Any, ...]:
        from multiprocessing.reduction import DupFd  # not on Windows

        return _received, (DupFd(self._handle),)

    @contextmanager
    def _locked(self) -> Iterator[bool]:
        """Yields whether the place is still empty."""
        import fcntl

        fcntl.lockf(self._handle, fcntl.LOCK_EX)
        try:
            yield os.fstat(self._handle).st_size == 0
        finally:
            fcntl.lockf(self._handle, fcntl.LOCK_UN)

    def fill(self, task: Task) -> None:
        """Read the task's region and lay it down, unless its worker was first."""
        with self._locked() as empty:
            if empty:
                with open(self._handle, "wb", closefd=False) as file:
                    file.write(_read(task))

    def take(self) -> None:
        """Keep what was laid down for the `load_region` of this process. Waits while it is being read."""
        from mutasi_analysis.sources.ahead import keep

        with self._locked() as empty:
            if not empty and os.fstat(self._handle).st_size > len(NOTHING):
                with mmap.mmap(self._handle, 0, access=mmap.ACCESS_READ) as memory:
                    keep(pickle.loads(memory))
                os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, NOTHING, 0)
        self.close()

    def close(self) -> None:
        os.close(self._handle)


def _received(handle: Any) -> Place:
    return Place(handle.detach())


class Ahead:
    """The places of the tasks that are read ahead, by name of the task, and the process that fills them.
    lasting: it reads them all, instead of beginning none once the imports are done; displacing: it takes the core of a worker
    then."""

    def __init__(self, tasks: tuple[Task, ...], *, lasting: bool = False, displacing: bool = False) -> None:
        self._lasting, self._displacing = lasting, displacing
        self._places = {task.name: Place(os.memfd_create(task.slug)) for task in tasks}
        self._going: Connection | None = None
        self._process: Any = None
        if tasks:
            context = multiprocessing.get_context("spawn")
            theirs, self._going = context.Pipe(duplex=False)
            self._process = context.Process(target=_only_read, args=(tasks, tuple(self._places.values()), theirs), daemon=True)
            self._process.start()
            theirs.close()

    def place(self, task: Task) -> Place | None:
        """Where the task's region is or will be; to be closed once its worker has it."""
        return self._places.pop(task.name, None)

    def imported(self) -> None:
        """The imports are done, workers run: no further region is begun, unless it is lasting."""
        if not self._lasting:
            self._enough()

    def in_place_of_worker(self) -> int | None:
        """What tells (to `multiprocessing.connection.wait`) that the process is over, while it takes the core of a worker;
        None when it takes none."""
        return self._process.sentinel if self._displacing and self._process is not None and self._process.is_alive() else None

    def _enough(self) -> None:
        if self._going is not None:
            self._going.close()
            self._going = None

    def close(self) -> None:
        """End the process and forget what nobody took."""
        self._enough()
        for place in self._places.values():
            place.close()
        self._places = {}
        if self._process is not None:
            self._process.kill()
            self._process.join(timeout=5.0)


def ahead_of(tasks: tuple[Task, ...], jobs: int) -> Ahead:
    """Start to read the regions that the first workers will ask for, where memory can be handed over and a core is idle."""
    displacing = takes_a_place(tasks, jobs)
    return Ahead(_read_ahead(tasks, jobs), lasting=displacing or cores() > jobs, displacing=displacing)


def takes_a_place(tasks: tuple[Task, ...], jobs: int) -> bool:
    """Whether the reader holds the place of a worker until it is done: the reports don't come out even, and no core is left for it."""
    return bool(_read_ahead(tasks, jobs)) and len(tasks) % jobs > 0 and cores() <= jobs


def _read_ahead(tasks: tuple[Task, ...], jobs: int) -> tuple[Task, ...]:
    able = hasattr(os, "memfd_create") and cores() > 1
    wanted = [task for task in tasks if task.engine == "fork" and "region" in dict(task.parameters)]
    return tuple(wanted[: 2 * jobs + 1]) if able else ()


def _only_read(tasks: tuple[Task, ...], places: tuple[Place, ...], going: Connection) -> None:
    """Entry point of the process. It leaves its memory as it stands: taking it apart piece by piece kept a core for a fifth of a second."""
    read_regions(tasks, places, going)
    os._exit(0)


def read_regions(tasks: tuple[Task, ...], places: tuple[Place, ...], going: Connection) -> None:
    """Read the regions into their places, one after the other, until `going` is closed."""
    gc.disable()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    for task, place in zip(tasks, places, strict=True):
        if going.poll():  # closed: enough, or the run is over
            return
        place.fill(task)


def _read(task: Task) -> bytes:
    """The pickled region; NOTHING where reading it raised or warned."""
    with suppress(Exception), warnings.catch_warnings(record=True) as told:
        limit_memory(task.limits.memory_mb)
        read = pickle.dumps(_region(dict(task.parameters)), protocol=pickle.HIGHEST_PROTOCOL)
        return NOTHING if told else read
    return NOTHING


def _region(parameters: dict[str, Any]) -> Any:
    from mutasi_analysis.profiles import load_profile, profile_at
    from mutasi_analysis.sources import load_region
    from mutasi_analysis.sources.ahead import ReadAhead, files_seen

    root = Path(parameters["data_root"])
    profile = profile_at(load_profile(parameters["region"], data_root=root), parameters["as_of"])
    return ReadAhead(profile, str(root), files_seen(profile, root), load_region(profile, root))
