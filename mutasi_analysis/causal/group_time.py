"""Group-time average treatment effects: the public door of the exact core."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mutasi_analysis.causal.aggregates import CellFacts, Weights, all_rows
from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.cohorts import CohortTable, table_of
from mutasi_analysis.causal.comparisons import CONTROLS, Cells, Sample, cells_of, usable_sample
from mutasi_analysis.causal.doubly_robust import doubly_robust_cells
from mutasi_analysis.causal.inference import Naming, effect_table
from mutasi_analysis.causal.influence import Estimates, affine_influence, aggregate, from_unit_influence
from mutasi_analysis.causal.panel import Columns, balanced_panel
from mutasi_analysis.estimate import EffectTable


def group_time_att(
    panel: pd.DataFrame,
    *,
    outcome: str,
    unit: str,
    period: str,
    cohort: str,
    controls: str = "nevertreated",
    covariates: str | Sequence[str] = (),
    cluster: str | None = None,
    anticipation: float = 0,
    seed: int = 0,
) -> EffectTable:
    """Effect of treatments that start at different times (Callaway and Sant'Anna 2021), as R `did` computes it.

    panel: one row per unit and period; outcome: numbers; unit: any ids; period: numbers, dates or pandas periods; cohort: first
    treated period of the unit, 0, inf or missing for never. controls: `nevertreated`, or `notyettreated` (also units treated
    later than t + anticipation). covariates: column(s) for doubly robust estimation (doubly_robust.py). cluster: column
    of a coarser sampling unit. anticipation: periods before treatment in which it may already act, in the unit of the periods.
    seed: for the simultaneous bands only. With tens of units: att_of_table(cohort_table(…), small_sample=True).

    Table: `att_gt` from the second period on (pre-treatment cells against the period before), `event`, `cohort`, `calendar`,
    four `overall_*`; intervals pointwise 95 %, `n_units` the treated units behind a row. Months print as YYYYMM, days as YYYYMMDD.
    Raises NotEstimable (a ValueError with `.reason`) where the data cannot answer.
    """
    _check(controls, anticipation)
    named = (covariates,) if isinstance(covariates, str) else tuple(covariates)
    matrix = balanced_panel(panel, Columns(outcome, unit, period, cohort, cluster, named))
    table = table_of(matrix)
    if not named:
        return att_of_table(table, outcome=outcome, controls=controls, anticipation=anticipation, seed=seed)
    sample = usable_sample(table, controls=controls, anticipation=anticipation)
    cells = cells_of(sample, controls=controls, anticipation=anticipation)
    robust = doubly_robust_cells(matrix, sample, cells)
    weights = all_rows(_facts(sample, robust.cells, robust.att))
    estimates = from_unit_influence(robust.att, robust.influence, robust.cluster, robust.cohort, weights)
    naming = (outcome, f"callaway_santanna_dr/{controls}")
    return _result(sample, weights, estimates, naming=naming, anticipation=anticipation, seed=seed, notes=robust.notes)


def att_of_table(
    table: CohortTable,
    *,
    outcome: str = "outcome",
    controls: str = "nevertreated",
    anticipation: float = 0,
    seed: int = 0,
    small_sample: bool = False,
    bands: bool = True,
) -> EffectTable:
    """The same estimates from a cohort table, e.g. the sum of the tables of many files or regions.

    bands: with the critical values of simultaneous bands, which are drawn and take a third of the time.
    small_sample: unbiased variances, Student's t and an F pre-test of the event rows instead of R's variances, normal quantiles and Wald
    test of all cells: what tens of units need, and no different with thousands (small_sample.py); tables without clusters only.
    """
    _check(controls, anticipation)
    if small_sample and table.clusters is not None:
        raise ValueError("small_sample=True with a table that has clusters; allowed: tables made without cluster")
    sample = usable_sample(table, controls=controls, anticipation=anticipation)
    cells = cells_of(sample, controls=controls, anticipation=anticipation)
    influence = affine_influence(sample.table, cells)
    weights = all_rows(_facts(sample, cells, influence.att))
    estimates = aggregate(sample.table, influence, weights, small_sample=small_sample)
    naming = (outcome, f"callaway_santanna/{controls}")
    return _result(sample, weights, estimates, naming=naming, anticipation=anticipation, seed=seed if bands else None)


def _facts(sample: Sample, cells: Cells, att: Floats) -> CellFacts:
    table = sample.table
    return CellFacts(att, table.cohorts[cells.cohort], table.periods[cells.period], cells.cohort, table.n)


def _result(
    sample: Sample,
    weights: Weights,
    estimates: Estimates,
    *,
    naming: tuple[str, str],
    anticipation: float,
    seed: int | None,
    notes: tuple[str, ...] = (),
) -> EffectTable:
    sentences = sample.notes + drop_notes(sample.dropped) + _few_clusters(sample.table) + notes
    named = Naming(*naming, sample.table.scale)
    return effect_table(named, weights.rows, estimates, seed=seed, anticipation=anticipation, dropped=sample.dropped, notes=sentences)


DROPPED: dict[str, str] = {
    "incomplete": "{n} units lack the outcome (or a covariate) in some period and were left out whole",
    "treated_from_start": "{n} units are treated from the first period on (anticipation included) and were left out: they have no before",
}


def drop_notes(dropped: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """A sentence for each count of units left out."""
    return tuple(DROPPED[reason].format(n=n) for reason, n in dropped)


def _few_clusters(table: CohortTable) -> tuple[str, ...]:
    count = 0 if table.clusters is None else len(set(table.clusters.label.tolist()))
    return (f"only {count} clusters: clustered standard errors are too small with so few",) if 0 < count < 20 else ()


def _check(controls: str, anticipation: float) -> None:
    if controls not in CONTROLS:
        raise ValueError(f"controls={controls!r}; allowed: {', '.join(CONTROLS)}")
    if not anticipation >= 0:
        raise ValueError(f"anticipation={anticipation!r}; allowed: numbers from 0 on, in the unit of the periods")
