"""Which cohorts and periods stand against which: every ATT(g,t) as a contrast of cohort means.

Rules as in R `did` 2.5.1 (varying base period): after treatment the base is the last period t with t + anticipation < g, before it
the base is the period just before t. Callaway and Sant'Anna (2021), Journal of Econometrics 225, 200-230.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mutasi_analysis.causal.cohorts import CohortTable
from mutasi_analysis.causal.numbering import Integers
from mutasi_analysis.causal.refusal import NotEstimable

CONTROLS: tuple[str, ...] = ("nevertreated", "notyettreated")


@dataclass(frozen=True, slots=True)
class Sample:
    """The table that is estimated: cohorts that cannot be used are gone. treated: indices of cohorts with an ATT of their own."""

    table: CohortTable
    treated: Integers
    dropped: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """C cells: index of cohort, position of period and of base period, and the C × K mask of comparison cohorts."""

    cohort: Integers
    period: Integers
    base: Integers
    against: np.ndarray

    def post(self, table: CohortTable) -> np.ndarray:
        return np.asarray(table.periods[self.period] >= table.cohorts[self.cohort])


def usable_sample(table: CohortTable, *, controls: str, anticipation: float) -> Sample:
    """Cohorts after the window become never treated, cohorts without a period before treatment leave; all counted."""
    first, last = table.periods[0], table.periods[-1]
    late = np.isfinite(table.cohorts) & (table.cohorts > last + anticipation)
    notes = []
    if late.any():
        notes.append(f"{int(table.n[late].sum())} units are first treated after the last period; they count as never treated in it")
        table = table.relabel(np.where(late, np.inf, table.cohorts))
    dropped = list(table.dropped)
    never = np.isinf(table.cohorts)
    last_cohort = np.inf
    if not never.any():
        last_cohort = table.cohorts[-1]
        table = _without_comparators(table, controls, last_cohort - anticipation)
        notes.append("nobody is never treated: the last cohort serves as comparator, and the periods from its treatment on are left out")
    early = table.cohorts <= first + anticipation
    if early.any():
        dropped.append(("treated_from_start", int(table.n[early].sum())))
        table = table.keep(~early, np.ones(table.periods.size, dtype=bool))
    treated = np.flatnonzero(np.isfinite(table.cohorts) & (table.cohorts < last_cohort))
    _refuse_empty(table, treated)
    return Sample(table, treated, tuple(dropped), tuple(notes) + _small(table, treated))


def _without_comparators(table: CohortTable, controls: str, cutoff: float) -> CohortTable:
    if controls == "nevertreated" or table.cohorts.size < 2:
        cohorts = "all are treated in the same period" if table.cohorts.size < 2 else "controls='notyettreated' may serve"
        raise NotEstimable("no_comparators", f"no unit stays untreated through the last period, so there is no comparator; {cohorts}")
    return table.keep(np.ones(table.cohorts.size, dtype=bool), table.periods < cutoff)


def _refuse_empty(table: CohortTable, treated: Integers) -> None:
    if table.periods.size < 2:
        raise NotEstimable("one_period", f"{table.periods.size} usable period; an effect needs at least one before and one after treatment")
    if treated.size == 0 or table.cohorts[treated[0]] > table.periods[-1]:
        raise NotEstimable("no_treated", "no cohort is first treated inside the periods with an untreated period before it")
    if table.cohorts.size - treated.size == 0:
        raise NotEstimable("no_comparators", "no unit stays untreated, so there is no comparator")
    spread = np.sqrt(np.trace(table.scatter, axis1=1, axis2=2).sum() / (table.n.sum() * table.periods.size))
    if spread + np.ptp(table.mean, axis=1).max() <= 1e-12 * np.abs(table.mean).max():
        raise NotEstimable("constant_outcome", "the outcome never changes over time in any unit")


def _small(table: CohortTable, treated: Integers) -> tuple[str, ...]:
    comparators = int(table.n.sum() - table.n[treated].sum())
    few = table.n[treated] < 5
    notes = []
    if few.any():
        notes.append(f"{int(few.sum())} cohorts have fewer than 5 units; their standard errors are too small to trust")
    if comparators < 5:
        notes.append(f"only {comparators} units are never treated or treated last; standard errors are too small to trust")
    return tuple(notes)


def cells_of(sample: Sample, *, controls: str, anticipation: float) -> Cells:
    """All ATT(g,t) of a sample, cohort by cohort, period by period from the second on."""
    periods, cohorts = sample.table.periods, sample.table.cohorts
    rows, against = [], []
    for g in sample.treated:
        last_clean = int(np.flatnonzero(periods + anticipation < cohorts[g])[-1])
        for t in range(1, periods.size):
            rows.append((g, t, last_clean if periods[t] >= cohorts[g] else t - 1))
            others = np.isinf(cohorts)
            if controls == "notyettreated":
                others = (cohorts > periods[t] + anticipation) & (cohorts != cohorts[g])
            against.append(others)
    cohort, period, base = np.array(rows, dtype=np.int64).T
    return Cells(cohort, period, base, np.array(against))
