"""In which order workers take the reports, so that the last ones end together and no core stands idle at the end."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from itertools import permutations

from mutasi_analysis.publish.ahead import takes_a_place
from mutasi_analysis.publish.tasks import Task

#: up to so many every order is tried (720 of them); of more, the longest first leave little for the end
FEW = 6


def in_order(tasks: tuple[Task, ...], expected: Mapping[str, float], jobs: int) -> tuple[Task, ...]:
    """The tasks in the order in which workers take them. expected: seconds that the same reports took last time, by name; where one is
    missing the bytes of the inputs stand for all. Few in the order that ends first; many the longest first."""
    whole = len(expected) == len(tasks)
    weights = {task.name: expected[task.name] if whole else float(_bytes(task)) for task in tasks}
    longest = tuple(sorted(tasks, key=lambda task: -weights[task.name]))
    if not jobs < len(tasks) <= FEW:
        return longest
    lengths = [weights[task.name] for task in longest]
    mean = sum(lengths) / len(lengths)
    # when the reader gives its place back is not known: at once, or at latest when the first report is made
    late = (0.0, mean / 2, mean) if takes_a_place(tasks, jobs) else (0.0,)
    order = min(permutations(range(len(lengths))), key=lambda order: sum(_end([lengths[n] for n in order], jobs, start) for start in late))
    return tuple(longest[n] for n in order)


def _end(lengths: Sequence[float], jobs: int, late: float) -> float:
    """When the last is over, where each goes to the place that is free first, one of them only from `late` on."""
    free = [0.0] * (jobs - 1) + [late]
    for length in lengths:
        heapq.heappush(free, heapq.heappop(free) + length)
    return max(free)


def _bytes(task: Task) -> int:
    return sum(path.stat().st_size for path in task.inputs.rglob("*") if path.is_file())
