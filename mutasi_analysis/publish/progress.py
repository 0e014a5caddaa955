"""What a run tells while it works: bars on a terminal, or one line of JSON for each event. Neither ever holds a person."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TextIO

from mutasi_analysis.publish.pace import Pace
from mutasi_analysis.publish.tasks import Outcome, Task


class Paced:
    """Knows how long the run will still take; shows nothing."""

    def __init__(self) -> None:
        self.pace = Pace((), 1, {})

    def planned(self, tasks: tuple[Task, ...], current: tuple[str, ...], jobs: int, expected: Mapping[str, float]) -> None:  # noqa: ARG002
        self.pace = Pace(tuple(task.name for task in tasks), jobs, expected)

    def started(self, task: Task) -> None: ...

    def cell(self, task: Task, number: int, total: int) -> None:
        self.pace.cell(task.name, number, total)

    def stage(self, task: Task, name: str) -> None:  # noqa: ARG002
        self.pace.stage(task.name)

    def ended(self, task: Task, outcome: Outcome) -> None:
        self.pace.ended(task.name, outcome.seconds, well=outcome.status == "done")

    def close(self) -> None: ...


class Bars(Paced):
    """tqdm bars on a stream: one for all with the time left, one for each report that is being made. Nothing is drawn
    when the stream is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream or sys.stderr
        self._off = not self._stream.isatty()
        self._slots: dict[str, Any] = {}
        self._all: Any = None

    def _bar(self, **options: Any) -> Any:
        from tqdm import tqdm

        return tqdm(file=self._stream, disable=self._off, bar_format="{desc:<16} {bar} {n_fmt}/{total_fmt} {unit}{postfix}", **options)

    def planned(self, tasks: tuple[Task, ...], current: tuple[str, ...], jobs: int, expected: Mapping[str, float]) -> None:
        super().planned(tasks, current, jobs, expected)
        if tasks and not self._off:
            self._all = self._bar(total=len(tasks), desc="laporan", unit="laporan", position=0)

    def started(self, task: Task) -> None:
        taken = {bar.pos for bar in self._slots.values()}
        place = next(n for n in range(1, 1000) if -n not in taken)
        if not self._off:
            self._slots[task.name] = self._bar(total=1, desc=task.name, unit="sel", position=place, leave=False)

    def cell(self, task: Task, number: int, total: int) -> None:
        super().cell(task, number, total)
        if bar := self._slots.get(task.name):
            bar.total, bar.n = total, number
            bar.refresh()
        self._show_left()

    def stage(self, task: Task, name: str) -> None:
        super().stage(task, name)
        if bar := self._slots.get(task.name):
            bar.n = bar.total
            bar.set_postfix_str(name)

    def ended(self, task: Task, outcome: Outcome) -> None:
        super().ended(task, outcome)
        if bar := self._slots.pop(task.name, None):
            bar.close()
        if self._all is not None:
            self._all.update(1)
        self._show_left()

    def _show_left(self) -> None:
        left = self.pace.seconds_left()
        if self._all is not None and left is not None:
            self._all.set_postfix_str(f"sisa {clock(left)}")

    def close(self) -> None:
        for bar in (*self._slots.values(), self._all):
            if bar is not None:
                bar.close()


class Lines(Paced):
    """One JSON object a line: time (ISO), event, report, and what belongs to the event. Messages are sentences without
    personal data; tracebacks are never written."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream or sys.stderr

    def write(self, event: str, **facts: Any) -> None:
        line = {"time": datetime.now().astimezone().isoformat(timespec="milliseconds"), "event": event, **facts}
        print(json.dumps(line, ensure_ascii=False), file=self._stream, flush=True)

    def planned(self, tasks: tuple[Task, ...], current: tuple[str, ...], jobs: int, expected: Mapping[str, float]) -> None:
        super().planned(tasks, current, jobs, expected)
        self.write("planned", reports=[task.name for task in tasks], jobs=jobs)
        for name in current:
            self.write("ended", report=name, status="current", seconds=0.0)

    def started(self, task: Task) -> None:
        self.write("started", report=task.name)

    def cell(self, task: Task, number: int, total: int) -> None:
        super().cell(task, number, total)
        self.write("cell", report=task.name, cell=number + 1, cells=total, seconds_left=self._left())

    def stage(self, task: Task, name: str) -> None:
        super().stage(task, name)
        self.write("stage", report=task.name, stage=name, seconds_left=self._left())

    def ended(self, task: Task, outcome: Outcome) -> None:
        super().ended(task, outcome)
        failed = {"kind": outcome.kind, "cell": outcome.cell, "message": outcome.message} if outcome.status == "failed" else {}
        unmade = {"warnings": outcome.warnings} if outcome.warnings else {}
        facts = {"status": outcome.status, "seconds": outcome.seconds, **failed, **unmade}
        self.write("ended", report=task.name, **facts, seconds_left=self._left())

    def _left(self) -> float | None:
        left = self.pace.seconds_left()
        return None if left is None else round(left, 1)


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds, with hours where there are any: "0:07", "12:30", "1:02:03"."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
