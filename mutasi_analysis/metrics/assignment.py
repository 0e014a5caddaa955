"""What could have been: the best match that the same moved people and the same posts could have reached.

An assignment problem (Kuhn–Munkres), solved by scipy. "The programme realised x % of the possible improvement" compares sums over the
same people and the same posts: before (in the post they left), realised (in the post they got), best (every post filled once, the sum
as large as it can be). Proposal of this package (usulan).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mutasi_analysis.metrics.inputs import Floats, floats

#: gains smaller than this (in the unit of the score) are no gain: sums of matches differ by rounding.
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Assignment:
    """posts: column given to each person (−1 without); value: sum of the scores; assigned: how many have a post."""

    posts: npt.NDArray[np.intp]
    value: float
    assigned: int


@dataclass(frozen=True, slots=True)
class PossibleImprovement:
    """Sums over the same n people, in the unit of the score. share: (realised − before) / (best − before); NaN where best ≤ before.

    reason: "ok", "nothing_possible" (nobody could have gained), "no_moves" (nobody with all three known); excluded: people left out with
    their post, because their own match before or after is not known. share is negative where the moves made the match worse.
    """

    n: int
    excluded: int
    before: float
    realised: float
    best: float
    share: float
    reason: str


def best_assignment(score: Any) -> Assignment:
    """Every person to at most one post, every post to at most one person; first as many as possible, then the largest sum.

    score: people × posts, any finite numbers; NaN where a person may not or cannot be judged for a post. ValueError for a table that is
    not two-dimensional or holds infinite numbers. An empty table gives an empty assignment.
    """
    table = _table(score)
    posts = np.full(table.shape[0], -1, dtype=np.intp)
    allowed = ~np.isnan(table)
    if not allowed.any():
        return Assignment(posts, 0.0, 0)
    from scipy.optimize import linear_sum_assignment

    span = float(np.nanmax(table) - np.nanmin(table)) + 1.0
    gain = np.where(allowed, table - np.nanmin(table) + span * (min(table.shape) + 1), 0.0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    taken = allowed[rows, columns]
    posts[rows[taken]] = columns[taken]
    return Assignment(posts, float(table[rows[taken], columns[taken]].sum()), int(taken.sum()))


def possible_improvement(score: Any, before: Any) -> PossibleImprovement:
    """How much of the possible improvement of the match a programme realised.

    score: n × n, row i the person of move i, column j the post that move j filled: the diagonal is what was realised; NaN where a person
    may not hold the post (a regulated profession) or the match is not known. before: match of each person to the post left.
    Nobody is moved out of the set: the bound is never below what was realised. ValueError where score is not square or lengths differ.
    """
    table, start = _table(score), floats(before, "before")
    if table.shape != (len(start), len(start)):
        raise ValueError(
            f"score must be {len(start)} × {len(start)} (one row and one column a move); got {table.shape[0]} × {table.shape[1]}"
        )
    kept = ~np.isnan(np.diagonal(table)) & ~np.isnan(start)
    n, excluded = int(kept.sum()), int((~kept).sum())
    if n == 0:
        return PossibleImprovement(0, excluded, 0.0, 0.0, 0.0, float("nan"), "no_moves")
    inside, left = table[np.ix_(kept, kept)], float(start[kept].sum())
    realised = float(np.diagonal(inside).sum())
    best = max(best_assignment(inside).value, realised)
    if best - left <= TINY * n:
        return PossibleImprovement(n, excluded, left, realised, best, float("nan"), "nothing_possible")
    return PossibleImprovement(n, excluded, left, realised, best, (realised - left) / (best - left), "ok")


def _table(score: Any) -> Floats:
    table = np.array(score, dtype="float64")
    if table.size == 0:
        return table.reshape(table.shape if table.ndim == 2 else (0, 0))
    if table.ndim != 2:
        raise ValueError(f"score must be a table of people × posts; got {table.ndim} dimension(s)")
    if np.isinf(table).any():
        raise ValueError("score must be finite; it holds an infinite number. NaN marks what is not allowed")
    return table
