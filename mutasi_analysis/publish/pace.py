"""How long a run will still take, from what its reports have taken and what the same reports took before."""

from __future__ import annotations

from collections.abc import Mapping

#: of a report's time, the part that its notebook takes; the rest is writing pages
NOTEBOOK_SHARE = 0.9


class Pace:
    """expected: seconds that a report took last time, by name; reports without one count as the mean of those known."""

    def __init__(self, names: tuple[str, ...], jobs: int, expected: Mapping[str, float]) -> None:
        self._left: dict[str, float] = dict.fromkeys(names, 1.0)
        self._expected = {name: expected[name] for name in names if name in expected}
        self._taken: dict[str, float] = {}
        self._jobs = max(1, min(jobs, len(names)))

    def cell(self, name: str, number: int, total: int) -> None:
        """The report's notebook is about to run cell `number` (from 0) of `total`."""
        self._left[name] = 1.0 - NOTEBOOK_SHARE * number / max(1, total)

    def stage(self, name: str) -> None:
        """The report's notebook has ended; pages are being written."""
        self._left[name] = min(self._left.get(name, 1.0), 1.0 - NOTEBOOK_SHARE)

    def ended(self, name: str, seconds: float, *, well: bool) -> None:
        """A report is over. One that failed says nothing about how long others take."""
        self._left.pop(name, None)
        if well:
            self._taken[name] = seconds

    def seconds_left(self) -> float | None:
        """Seconds until the last report is done; None while nothing is known."""
        known = [*self._taken.values()] or [*self._expected.values()]
        if not known:
            return None
        mean = sum(known) / len(known)
        slower = self._slowness()
        each = {name: self._expected[name] * slower if name in self._expected else mean for name in self._left}
        work = [share * each[name] for name, share in self._left.items()]
        return max(sum(work) / self._jobs, *work, 0.0)

    def _slowness(self) -> float:
        """How much slower than last time the reports of this run are."""
        both = [name for name in self._taken if self._expected.get(name)]
        before = sum(self._expected[name] for name in both)
        return sum(self._taken[name] for name in both) / before if before else 1.0
