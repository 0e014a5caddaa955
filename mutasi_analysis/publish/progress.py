"""Progress on the terminal: one bar for all, one line for each report that is being made. Silent where no terminal is."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from mutasi_analysis.publish.tasks import Outcome, Task


class Bars:
    """tqdm bars on a stream; nothing is drawn when it is no terminal."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        from tqdm import tqdm

        self._stream = stream or sys.stderr
        self._off = not self._stream.isatty()
        self._new: Any = tqdm
        self._slots: dict[str, Any] = {}
        self._all = tqdm(total=total, desc="laporan", unit="laporan", file=self._stream, disable=self._off, position=0)

    def started(self, task: Task) -> None:
        taken = {bar.pos for bar in self._slots.values()}
        place = next(n for n in range(1, 1000) if -n not in taken)
        self._slots[task.name] = self._new(
            total=1, desc=task.name, unit="sel", file=self._stream, disable=self._off, position=place, leave=False
        )

    def cell(self, task: Task, number: int, total: int) -> None:
        bar = self._slots[task.name]
        bar.total = total
        bar.n = number
        bar.refresh()

    def stage(self, task: Task, name: str) -> None:
        bar = self._slots[task.name]
        bar.n = bar.total
        bar.set_postfix_str(name)

    def ended(self, task: Task, outcome: Outcome) -> None:  # noqa: ARG002
        self._slots.pop(task.name).close()
        self._all.update(1)

    def close(self) -> None:
        for bar in (*self._slots.values(), self._all):
            bar.close()
