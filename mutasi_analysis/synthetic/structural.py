"""Rotation of structural posts: seats are exchanged, so that no unit ends with two heads; the election blackout shows in the dates."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.board import Board
from mutasi_analysis.synthetic.facts import shared

_ABOVE = {"pengawas": "administrator", "administrator": "jpt_pratama"}


def rotate(board: Board, pool: np.ndarray, quota: int, year: int, rng: np.random.Generator) -> None:
    """Move `quota` structural officials of the pool in one year: into seats left vacant, else round a ring of their peers."""
    units = board.org.units
    movable = pool & board.open_units(year)[board.unit]
    movers = [int(person) for person in rng.permutation(np.flatnonzero(movable))[:quota]]
    if not movers:
        return
    when, late = _dates(year, rng)
    levels = board.org.posts["job_level"].to_numpy(dtype=object)
    movers = _fill_vacancies(board, movers, when, rng)
    for level in dict.fromkeys(levels[board.post[movers]]):
        peers = [person for person in movers if levels[board.post[person]] == level]
        pairs = int(rng.binomial(len(peers) // 2, shared("process")["blackout"]["exception_share"]))
        _ring(board, peers[: 2 * pairs], late, rng)
        _ring(board, peers[2 * pairs :], when, rng)
    outside = np.flatnonzero((units["unit_kind"] == "luar").to_numpy())
    if len(outside):
        for person in [p for p in movers if not board.moved[p]]:
            board.place(int(person), int(outside[0]), int(board.post[person]), when, "rotasi")


def _blackouts() -> list[tuple[date, date]]:
    return [(begin, end) for begin, end in shared("process")["blackout"]["periods"]]


def in_blackout(day: pd.Timestamp) -> bool:
    """Whether an election blackout covers the day (UU 10/2016 Pasal 71 and 162)."""
    return any(begin <= day.date() <= end for begin, end in _blackouts())


def _dates(year: int, rng: np.random.Generator) -> tuple[pd.Timestamp, pd.Timestamp]:
    """A first of a month that is allowed (the last one before a blackout begins), and one for the few exceptions that have the
    Minister's approval."""
    firsts = [pd.Timestamp(year, month, 1) for month in range(1, 12)]
    allowed = [day for day in firsts if not in_blackout(day)]
    barred = [day for day in firsts if in_blackout(day)]
    late = barred[int(rng.integers(len(barred)))] if barred else allowed[-1]
    if not allowed:
        return late, late
    rush = bool(barred) and barred[-1] > allowed[-1]
    return (allowed[-1] if rush else allowed[int(rng.integers(len(allowed)))]), late


def _fill_vacancies(board: Board, movers: list[int], when: pd.Timestamp, rng: np.random.Generator) -> list[int]:
    """Put some movers into seats whose holder has left: same level is a rotation, one level up a promotion."""
    frame, levels = board.staff.frame, board.org.posts["job_level"].to_numpy(dtype=object)
    gone = (frame["exit"] < when).to_numpy() & board.structural[board.post] & board.open_units(when.year)[board.unit]
    filled = {(row["to_unit"], row["to_post"]) for row in board.rows}
    seats = [(int(board.unit[p]), int(board.post[p])) for p in rng.permutation(np.flatnonzero(gone))]
    seats = [seat for seat in seats if seat not in filled]
    left = list(movers)
    for unit, post in seats[: len(movers) // 3]:
        fits = [p for p in left if board.unit[p] != unit and levels[post] in (levels[board.post[p]], _ABOVE.get(levels[board.post[p]]))]
        if fits:
            kind = "rotasi" if levels[board.post[fits[0]]] == levels[post] else "promosi"
            board.place(int(fits[0]), unit, post, when, kind)
            left.remove(fits[0])
    return left


def _ring(board: Board, peers: list[int], tmt: pd.Timestamp, rng: np.random.Generator) -> None:
    """Everybody takes the seat of the next; an order without anybody staying in the unit is tried for, else those stay."""
    for _ in range(20):
        order = [int(peer) for peer in rng.permutation(peers)]
        seats = [(int(board.unit[p]), int(board.post[p])) for p in order[1:] + order[:1]]
        if all(board.unit[person] != seat[0] for person, seat in zip(order, seats, strict=True)):
            for person, (unit, post) in zip(order, seats, strict=True):
                board.place(person, unit, post, tmt, "rotasi")
            return
