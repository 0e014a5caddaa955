"""The order of the reports: the last ones end together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.publish import order
from mutasi_analysis.publish.order import FEW, in_order
from mutasi_analysis.publish.tasks import Task


def _tasks(*names: str, root: Path = Path()) -> tuple[Task, ...]:
    return tuple(Task(name, name, "id", root, (), root, root / name, root, "", "", "kernel") for name in names)


def _end(lengths: list[float], jobs: int) -> float:
    """Minute by minute: each worker that is free takes the next."""
    left, busy, minute = list(lengths), [0.0] * jobs, 0
    while left or any(busy):
        for place in range(jobs):
            if left and not busy[place]:
                busy[place] = left.pop(0)
        busy = [max(0.0, rest - 1) for rest in busy]
        minute += 1
    return minute


def test_two_long_ones_share_a_worker_where_three_short_ones_take_as_long() -> None:
    tasks = _tasks("a", "b", "c", "d", "e")
    seconds = dict(zip("abcde", (2.0, 3.0, 2.0, 3.0, 2.0), strict=True))
    lengths = [seconds[task.name] for task in in_order(tasks, seconds, 2)]
    # 3 + 3 = 2 + 2 + 2; the longest first would end after 3 + 2 + 2 = 7
    assert _end(lengths, 2) == 6
    assert _end(sorted(lengths, reverse=True), 2) == 7


@given(st.lists(st.integers(1, 9), min_size=1, max_size=FEW), st.integers(1, 3))
def test_no_order_of_a_few_ends_later_than_the_longest_first(lengths: list[int], jobs: int) -> None:
    names = [f"r{n}" for n in range(len(lengths))]
    seconds = {name: float(length) for name, length in zip(names, lengths, strict=True)}
    chosen = in_order(_tasks(*names), seconds, jobs)
    assert sorted(task.name for task in chosen) == sorted(names)
    assert _end([seconds[task.name] for task in chosen], jobs) <= _end(sorted(seconds.values(), reverse=True), jobs)


def test_a_place_that_comes_free_late_is_reckoned_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "takes_a_place", lambda *_: True)
    seconds = {"a": 4.0, "b": 4.0, "c": 3.0, "d": 3.0, "e": 3.0}
    chosen = [task.name for task in in_order(_tasks(*seconds), seconds, 2)]
    # the place that is free at once takes the three of 3 (9), the late one both of 4: free from 1 on, it ends with it
    places = [0.0, 1.0]
    for name in chosen:
        first = places.index(min(places))
        places[first] += seconds[name]
    assert sorted(places) == [9.0, 9.0]


def test_many_are_taken_longest_first() -> None:
    names = [f"r{n}" for n in range(FEW + 1)]
    seconds = {name: float(n) for n, name in enumerate(names)}
    assert [task.name for task in in_order(_tasks(*names), seconds, 2)] == names[::-1]


def test_without_seconds_of_all_the_bytes_of_the_inputs_stand_for_them(tmp_path: Path) -> None:
    for name, size in (("small", 10), ("large", 1000), ("middle", 100)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.csv").write_bytes(b"x" * size)
    tasks = _tasks("small", "large", "middle", root=tmp_path)
    assert [task.name for task in in_order(tasks, {"small": 9.0}, 1)] == ["large", "middle", "small"]
