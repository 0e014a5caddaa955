"""Everything that is published about the same persons as one system of whole numbers: what each hidden one may still be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tests.attack.attack import number
from tests.attack.deduction import Rows

#: unknown → how often it counts in a sum
Sum = Mapping[str, float]
_FAR = 1e6
#: the groups of a grouping that a results file leaves out, together
LEFT_OUT = "left out"


class Sums:
    """Unknown whole numbers, and sums of them that are told exactly or between two bounds."""

    def __init__(self) -> None:
        self.bounds: dict[str, tuple[float, float]] = {}
        self.told: list[tuple[Sum, float, float]] = []
        #: answers found so far: where two of them differ in a sum, nothing need be computed
        self.answers: list[NDArray[np.float64]] = []

    def unknown(self, name: str, low: float = 0, high: float = _FAR) -> None:
        """A number of its own; said again, its bounds only get narrower."""
        least, most = self.bounds.get(name, (0, _FAR))
        self.bounds[name] = max(least, low), min(most, high)
        self.answers = []

    def known(self, name: str, value: float | None, least: float = 0) -> None:
        """A number that is shown, or where it is not, of at least `least`."""
        self.unknown(name, *((least,) if value is None else (value, value)))

    def tell(self, parts: Iterable[str], low: float, high: float | None = None, *, less: str = "") -> None:
        """The parts, less one number, sum to `low`, or to something from `low` to `high`."""
        self.told.append(({**dict.fromkeys(parts, 1.0), **({less: -1.0} if less else {})}, low, low if high is None else high))
        self.answers = []

    def settled(self, parts: Sum) -> int | None:
        """The one number that a sum can be; None where there are more. ValueError where what is told speaks against itself."""
        row = self._row(parts)
        if len({round(float(row @ answer)) for answer in self.answers}) > 1:
            return None
        low, high = self._end(row, 1), self._end(row, -1)
        return low if low == high else None

    def nothing(self, parts: Sum) -> bool:
        """Whether a sum can only be 0 or less."""
        row = self._row(parts)
        return not any(row @ answer > 0.5 for answer in self.answers) and self._end(row, -1) <= 0

    def _end(self, row: NDArray[np.float64], sign: int) -> int:
        from scipy.optimize import Bounds, LinearConstraint, milp

        told = [LinearConstraint(self._row(parts)[None, :], low, high) for parts, low, high in self.told]
        low, high = zip(*self.bounds.values(), strict=True)
        found = milp(sign * row, constraints=told, bounds=Bounds(low, high), integrality=np.ones(len(row)))
        if found.x is None:
            raise ValueError(f"what is told speaks against itself: {found.message}")
        self.answers.append(np.round(found.x))
        return round(sign * float(found.fun))

    def _row(self, parts: Sum) -> NDArray[np.float64]:
        return np.array([parts.get(name, 0.0) for name in self.bounds])


def hidden_transfers(cells: Rows, bands: Rows, total: float | None, ends: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """Hidden cells of the picture of transfers that the totals leave no choice for.

    cells: from_bin to_bin n, every one of at least one transfer; bands: state band n; ends: where each band begins and ends.
    """
    sums = Sums()
    spans = {f"{cell['from_bin']}>{cell['to_bin']}": [_span(cell[side]) for side in ("from_bin", "to_bin")] for cell in cells}
    shown = {name: number(cell["n"]) for name, cell in zip(spans, cells, strict=True)}
    for name, n in shown.items():
        sums.known(name, n, 1)
    if total is not None:
        sums.tell(spans, total)
    for side, state in enumerate(dict.fromkeys(row["state"] for row in bands)):
        for row in (row for row in bands if row["state"] == state and number(row["n"]) is not None):
            n, (low, high) = number(row["n"]) or 0.0, ends[row["band"]]
            sums.tell([name for name, span in spans.items() if low <= span[side][0] and span[side][1] <= high], 0, n)
            sums.tell([name for name, span in spans.items() if span[side][1] > low and span[side][0] < high], n, _FAR)
    settled = {name: sums.settled({name: 1}) for name, n in shown.items() if n is None}
    return {name: n for name, n in settled.items() if n is not None}


def _span(name: str) -> tuple[float, float]:
    low, high = map(float, name.split("–"))
    return low, high


def hidden_shares(rows: Rows, shares: Sequence[str]) -> list[str]:
    """Hidden numbers and shares of a results file that settles what everybody, or nobody, of a hidden group has.

    rows: grouping group n and shares (in full), the groups of each grouping adding up to the row "all"; shares: those of a row add up to
    one, or a single one.
    """
    sums = Sums()
    for row in rows:
        name, n = _named(row), number(row["n"])
        sums.known(name, n, 0 if row["group"] == LEFT_OUT else 1)
        for share in shares:
            sums.known(f"{name} {share}", None if n is None or row[share] == "" else round(n * float(row[share])))
        sums.tell([f"{name} {share}" for share in shares], 0 if len(shares) > 1 else -_FAR, 0, less=name)
    for grouping in dict.fromkeys(row["grouping"] for row in rows if row["grouping"] != "all"):
        names = [_named(row) for row in rows if row["grouping"] == grouping]
        for end in ("", *(f" {share}" for share in shares)):
            sums.tell([f"{name}{end}" for name in names], 0, less=f"all/all{end}")
    return [f"{_named(row)} {share}: {text}" for row in rows for share in shares if row[share] == "" for text in _open(sums, row, share)]


def _open(sums: Sums, row: Mapping[str, str], share: str) -> list[str]:
    name, part = _named(row), f"{_named(row)} {share}"
    if sums.nothing({part: 1}):
        return ["nobody"]
    if sums.nothing({name: 1, part: -1}):
        return ["everybody"]
    settled = sums.settled({part: 1}) if row["n"] else None
    return [] if settled is None else [str(settled)]


def _named(row: Mapping[str, str]) -> str:
    return f"{row['grouping']}/{row['group']}"


def merged(rows: Rows, grouping: str, shares: Sequence[str]) -> Rows:
    """The rows, the hidden ones of a grouping of many groups as one, and as another those that are left out: what nobody or everybody of
    them has, nobody or everybody of each has."""
    kept = [row for row in rows if row["grouping"] != grouping or all(row[share] for share in shares)]
    hidden = [row for row in rows if row["grouping"] == grouping and not all(row[share] for share in shares)]
    known = [n for n in (number(row["n"]) for row in hidden) if n is not None]
    blank = {"grouping": grouping, **dict.fromkeys(shares, "")}
    parts = [blank | {"group": "counted", "n": str(sum(known))}] if known else []
    left = [blank | {"group": LEFT_OUT, "n": ""}] if grouping in {row["grouping"] for row in rows} else []
    return [*kept, *parts, *left]


def units_of_sectors(
    units: Mapping[str, float | None], sectors: Mapping[str, str], totals: Mapping[str, float | None], k: int
) -> dict[str, float]:
    """Sectors whose total, less the units that are shown, leaves fewer than k persons, or all of them in one unit. units: numbers shown;
    sectors: of every unit that there is (public)."""
    found = {}
    for sector, total in totals.items():
        own = [unit for unit, of in sectors.items() if of == sector]
        shown = [n for unit in own if (n := units.get(unit)) is not None]
        left = (total or 0) - sum(shown)
        if left > 0 and (left < k or (shown and len(own) - len(shown) == 1)):
            found[sector] = left
    return found
