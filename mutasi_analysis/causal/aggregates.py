"""Event, cohort, calendar and overall effects as weighted sums of ATT(g,t), with the influence of the estimated cohort shares.

As R `did::aggte`: shares of cohorts are estimated; overall_simple averages all cells with t ≥ g; overall_group the cohort means by
cohort share; overall_dynamic and overall_calendar are plain means of the event (e ≥ 0) and calendar rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mutasi_analysis.causal.clock import Floats


@dataclass(frozen=True, slots=True)
class CellFacts:
    """What aggregation needs of C cells: ATT, position of cohort and period, index of the cohort, and n of all K cohorts."""

    att: Floats
    cohort: Floats
    period: Floats
    index: np.ndarray
    n: np.ndarray

    @property
    def event_time(self) -> Floats:
        return self.period - self.cohort

    @property
    def share(self) -> Floats:
        return np.asarray(self.n[self.index] / self.n.sum())


@dataclass(frozen=True, slots=True)
class Row:
    """Name of one aggregated row; positions that do not apply are NaN. n_units: treated units behind it."""

    term: str
    cohort: float
    period: float
    event_time: float
    n_units: int


@dataclass(frozen=True, slots=True)
class Weights:
    """rows: P names, the C cells first; cells: P × C weights on ATT(g,t); shares: P × K influence of the estimated cohort shares."""

    rows: tuple[Row, ...]
    cells: Floats
    shares: Floats

    def averaged(self, term: str, among: list[int], n_units: int) -> Weights:
        """The plain mean of some rows as a row of its own."""
        name = Row(term, np.nan, np.nan, np.nan, n_units)
        return Weights((name,), self.cells[among].mean(axis=0)[None], self.shares[among].mean(axis=0)[None])


def all_rows(facts: CellFacts) -> Weights:
    """Every row of the effect table, in its order: att_gt, event, cohort, calendar, then the four overall effects.

    Overall effects are there only where a cell lies after treatment.
    """
    post = facts.event_time >= 0
    groups = np.unique(facts.cohort[post])
    events, calendar = np.unique(facts.event_time), np.unique(facts.period[post])
    parts = [_cells(facts)]
    parts += [_shared(facts, facts.event_time == e, "event", event_time=e) for e in events]
    parts += [_mean(facts, post & (facts.cohort == g), g) for g in groups]
    parts += [_shared(facts, post & (facts.period == t), "calendar", period=t) for t in calendar]
    if post.any():
        parts += _overall(_stack(parts), facts, post)
    return _stack(parts)


def _overall(rows: Weights, facts: CellFacts, post: np.ndarray) -> list[Weights]:
    named = list(enumerate(rows.rows))
    cohorts = [i for i, row in named if row.term == "cohort"]
    events = [i for i, row in named if row.term == "event" and row.event_time >= 0]
    calendar = [i for i, row in named if row.term == "calendar"]
    units = _units(facts, post)
    return [
        _shared(facts, post, "overall_simple"),
        _by_cohort_share(rows, cohorts, facts, post),
        rows.averaged("overall_dynamic", events, units),
        rows.averaged("overall_calendar", calendar, units),
    ]


def _stack(parts: list[Weights]) -> Weights:
    names = tuple(row for part in parts for row in part.rows)
    return Weights(names, np.vstack([part.cells for part in parts]), np.vstack([part.shares for part in parts]))


def _cells(facts: CellFacts) -> Weights:
    names = tuple(Row("att_gt", g, t, t - g, int(n)) for g, t, n in zip(facts.cohort, facts.period, facts.n[facts.index], strict=True))
    return Weights(names, np.eye(facts.att.size), np.zeros((facts.att.size, facts.n.size)))


def _units(facts: CellFacts, chosen: np.ndarray) -> int:
    return int(facts.n[np.unique(facts.index[chosen])].sum())


def _mean(facts: CellFacts, chosen: np.ndarray, cohort: float) -> Weights:
    name = Row("cohort", cohort, np.nan, np.nan, _units(facts, chosen))
    return Weights((name,), (chosen / chosen.sum())[None], np.zeros((1, facts.n.size)))


def _shared(facts: CellFacts, chosen: np.ndarray, term: str, *, period: float = np.nan, event_time: float = np.nan) -> Weights:
    """Cells weighted by cohort share; a unit of cohort g moves the shares by Σ over its cells of (att − mean) / Σ shares."""
    share = np.where(chosen, facts.share, 0.0)
    cells = share / share.sum()
    excess = np.where(chosen, facts.att - cells @ facts.att, 0.0) / share.sum()
    shares = np.bincount(facts.index, weights=excess, minlength=facts.n.size).astype(float)
    return Weights((Row(term, np.nan, period, event_time, _units(facts, chosen)),), cells[None], shares[None])


def _by_cohort_share(rows: Weights, cohorts: list[int], facts: CellFacts, post: np.ndarray) -> Weights:
    index = np.array([facts.index[facts.cohort == rows.rows[i].cohort][0] for i in cohorts])
    share = facts.n[index] / facts.n.sum()
    effects = rows.cells[cohorts] @ facts.att
    weight = share / share.sum()
    shares = np.zeros((1, facts.n.size))
    shares[0, index] = (effects - weight @ effects) / share.sum()
    name = Row("overall_group", np.nan, np.nan, np.nan, _units(facts, post))
    return Weights((name,), (weight @ rows.cells[cohorts])[None], shares)
