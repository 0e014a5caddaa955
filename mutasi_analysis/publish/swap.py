"""Folders and files that appear whole or not at all, even when the process is killed between two instructions.

A run works in `<parent>/.work/<token>/`. To publish, the old folder moves to `.work/old-<name>`, the new one takes its
place, the old one is deleted. Whoever holds the lock next repairs what a killed run left: `old-<name>` without a folder
of that name is moved back, the rest of `.work` is deleted.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mutasi_analysis.errors import UsageError

WORK = ".work"
_OLD = "old-"


def work_folder(parent: Path) -> Path:
    """The folder for unfinished things, beside the finished ones (same file system, so that moving is one instruction)."""
    folder = parent / WORK
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def publish_folder(new: Path, final: Path) -> None:
    """Put the finished folder `new` in the place of `final`. At no moment does `final` hold a mixture."""
    old = work_folder(final.parent) / f"{_OLD}{final.name}"
    if old.exists():
        shutil.rmtree(old)
    if final.exists():
        final.replace(old)
    new.replace(final)
    shutil.rmtree(old, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file through a neighbour in `.work`, then move it into place."""
    part = work_folder(path.parent) / f"{path.name}.{os.getpid()}"
    part.write_bytes(content)
    part.replace(path)


def repair(parent: Path) -> list[str]:
    """Undo what a killed run left in `.work`; names of the folders that were brought back. Call it under the lock."""
    work = parent / WORK
    brought_back = []
    if not work.is_dir():
        return []
    for entry in sorted(work.iterdir()):
        name = entry.name.removeprefix(_OLD)
        if entry.name.startswith(_OLD) and not (parent / name).exists():
            entry.replace(parent / name)
            brought_back.append(name)
        elif entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != "lock":
            entry.unlink(missing_ok=True)
    return brought_back


@contextmanager
def only_writer(parent: Path, *, patient: bool = False) -> Iterator[None]:
    """Hold the folder for one writer; the system lets go of it when the process dies, however it dies.

    patient: wait for the other writer; else UsageError is raised at once when there is one. What a dead run left is
    repaired first."""
    with (work_folder(parent) / "lock").open("a+b") as handle:
        try:
            _lock(handle, patient=patient)
        except OSError as problem:
            raise UsageError(f"Proses lain sedang menulis ke folder {parent.name}/; tunggu sampai selesai.") from problem
        repair(parent)
        yield


def _lock(handle: IO[bytes], *, patient: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK if patient else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX if patient else fcntl.LOCK_EX | fcntl.LOCK_NB)
