"""Everything that is published about the same persons as one system of whole numbers: what each hidden one may still be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np

from tests.attack.attack import number
from tests.attack.deduction import Rows

#: unknown → how often it counts in a sum
Sum = Mapping[str, float]
_FAR = 1e6


class Sums:
    """Unknown whole numbers, and sums of them that are told exactly or between two bounds."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.told: list[tuple[Sum, float, float]] = []

    def unknown(self, name: str, low: float = 0, high: float = _FAR) -> None:
        """A number of its own; said again, its bounds only get narrower."""
        if name not in self.places:
            self.places[name] = len(self.places)
            self.low.append(0)
            self.high.append(_FAR)
        place = self.places[name]
        self.low[place], self.high[place] = max(self.low[place], low), min(self.high[place], high)

    def tell(self, parts: Sum, low: float, high: float | None = None) -> None:
        """The sum of the parts is `low`, or lies from `low` to `high`."""
        self.told.append((parts, low, low if high is None else high))

    def ends(self, parts: Sum) -> tuple[int, int]:
        """The least and the largest that a sum can be. ValueError where what is told speaks against itself."""
        return self._end(parts, 1), self._end(parts, -1)

    def settled(self, parts: Sum) -> int | None:
        """The one number that a sum can be; None where there are more."""
        low, high = self.ends(parts)
        return low if low == high else None

    def _end(self, parts: Sum, sign: int) -> int:
        from scipy.optimize import Bounds, LinearConstraint, milp

        told = [LinearConstraint(self._row(sums)[None, :], low, high) for sums, low, high in self.told]
        cost = sign * self._row(parts)
        found = milp(cost, constraints=told, bounds=Bounds(self.low, self.high), integrality=np.ones(len(self.places)))
        if found.x is None:
            raise ValueError(f"what is told speaks against itself: {found.message}")
        return round(sign * float(found.fun))

    def _row(self, parts: Sum) -> np.ndarray:
        row = np.zeros(len(self.places))
        for name, times in parts.items():
            row[self.places[name]] += times
        return row


def hidden_transfers(cells: Rows, bands: Rows, changed: Mapping[str, str] | None, edges: Sequence[float]) -> dict[str, int]:
    """Hidden cells of the picture of transfers that the totals leave no choice for.

    cells: from_bin to_bin n, every one of at least one transfer; bands: state band n, highest band first, which begin at `edges`, then all
    below; changed: row of all in the table of match, with n and the shares of those better and worse off.
    """
    known, unknown = Sums(), []
    for cell in cells:
        name, n = f"{cell['from_bin']}>{cell['to_bin']}", number(cell["n"])
        known.unknown(name, *(() if n is None else (n, n)))
        unknown += [name] if n is None else []
        known.unknown(name, 1)
    spans = {f"{c['from_bin']}>{c['to_bin']}": [tuple(map(float, c[side].split("–"))) for side in ("from_bin", "to_bin")] for c in cells}
    total = number(changed["n"]) if changed else None
    if total is not None:
        known.tell(dict.fromkeys(known.places, 1.0), total)
    for side, state in enumerate(dict.fromkeys(row["state"] for row in bands)):
        shown = [number(row["n"]) for row in bands if row["state"] == state]
        for place, n in enumerate(shown):
            low = edges[place] if place < len(edges) else -1.0
            high = edges[place - 1] if place else _FAR
            inside = [name for name, span in spans.items() if low <= span[side][0] and span[side][1] <= high]
            touched = [name for name, span in spans.items() if span[side][1] > low and span[side][0] < high]
            if n is not None:
                known.tell(dict.fromkeys(inside, 1.0), 0, n)
                known.tell(dict.fromkeys(touched, 1.0), n, _FAR)
    return {name: n for name in unknown if (n := known.settled({name: 1})) is not None}


def hidden_shares(rows: Rows, shares: Iterable[str], k: int) -> list[str]:
    """Hidden numbers and shares of a results file whose groups add up to all that everything shown settles.

    shares: of which those of each row add up to one (better, same, worse).
    """
    parts = tuple(shares)
    known = Sums()
    for row in rows:
        name, n = _named(row), number(row["n"])
        known.unknown(name, *((1,) if n is None else (n, n)))
        for part in parts:
            share = number(row[part])
            known.unknown(f"{name} {part}", *(() if n is None or share is None else (round(n * share),) * 2))
        known.tell({name: -1.0, **{f"{name} {part}": 1.0 for part in parts}}, 0)
    for grouping in dict.fromkeys(row["grouping"] for row in rows) :
        names = [_named(row) for row in rows if row["grouping"] == grouping]
        for end in ("", *(f" {part}" for part in parts)):
            if grouping != "all":
                known.tell({f"all/all{end}": -1.0, **{f"{name}{end}": 1.0 for name in names}}, 0)
    found = []
    for row in rows:
        name = _named(row)
        if number(row["n"]) is None and (n := known.settled({name: 1})) is not None:
            found.append(f"{name}: {n}")
        for part in (part for part in parts if number(row[part]) is None):
            cell = f"{name} {part}"
            none, every = known.ends({cell: 1})[1] == 0, known.ends({name: 1, cell: -1})[1] == 0
            if none or every or (number(row["n"]) is not None and known.settled({cell: 1}) is not None):
                found.append(f"{cell}: {'none' if none else 'all' if every else 'one number'}")
    return found


def _named(row: Mapping[str, str]) -> str:
    return f"{row['grouping']}/{row['group']}"
