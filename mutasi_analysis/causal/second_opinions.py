"""The same question asked of other estimators, each a weighted sum of outcomes that a cohort table answers exactly.

Without covariates every overall effect here is Σ v · y over all unit-periods, with weights v of the unit's cohort and the period only,
which add up to zero inside a unit. Errors are clustered by unit, √Σ (v · y of the unit − what the regression expects of it)², and have no
small-sample factor, which the core does not have either, so that rows differ by estimator only. 0, missing and inf all mean never treated;
periods of anticipation of treated units count nowhere but in the naive regression. Every overall weights treated unit-periods equally
(`overall_simple`), but stacked, which averages its event times (`overall_dynamic`). Equal to diff-diff 3.13 up to its solver's 1e-10.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.cohorts import CohortTable, cohort_table
from mutasi_analysis.causal.refusal import NotEstimable
from mutasi_analysis.estimate import effect_frame, normal_row


@dataclass(frozen=True, slots=True)
class SecondOpinions:
    """table: EFFECT_COLUMNS, one row per method (term overall_simple or overall_dynamic, interval pointwise 95 %, normal); bacon:
    type (treated_vs_never earlier_vs_later later_vs_earlier) weight estimate, the parts of the naive estimate; dropped: reason → units;
    failed: method → sentence."""

    table: pd.DataFrame
    bacon: pd.DataFrame
    dropped: tuple[tuple[str, int], ...]
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A cohort table without cohorts treated from the start; the last cohort is the never treated (and who is treated after the end).

    after, clean: K × T, whether a cohort is treated in a period, and whether it is neither treated nor in anticipation.
    """

    cohorts: CohortTable
    after: NDArray[np.bool_]
    clean: NDArray[np.bool_]

    @property
    def mean(self) -> Floats:
        return self.cohorts.mean

    @property
    def n(self) -> Floats:
        return self.cohorts.n.astype(float)

    @property
    def base(self) -> NDArray[np.intp]:
        """Last clean period of each cohort."""
        return np.asarray(self.clean.shape[1] - 1 - np.argmax(self.clean[:, ::-1], axis=1))


@dataclass(frozen=True, slots=True)
class Weighted:
    """An estimator: K × T weights, and the sum of weights and outcomes that its regression expects of a unit of each cohort.

    factor: of the error.
    """

    weights: Floats
    expected: Floats
    term: str = "overall_simple"
    factor: float = 1.0


def second_opinions(
    panel: pd.DataFrame, *, outcome: str, unit: str, period: str, cohort: str, anticipation: float = 0, methods: Sequence[str] = ()
) -> SecondOpinions:
    """Overall effects by other estimators (arguments as `group_time_att`); methods: some of METHODS, all of them where none is named.

    imputation: Borusyak, Jaravel, Spiess 2024; sun_abraham: Sun and Abraham 2021 (never treated as comparators); stacked: Wing,
    Freedman, Hollingsworth 2024, event times kept that every cohort has; extended_twfe: Wooldridge 2021, the same numbers as imputation
    where there are no covariates; twfe: one coefficient in a two-way regression, which is not an average effect (Goodman-Bacon 2021).
    A method that cannot be computed is named in `failed`; NotEstimable and ValueError as `group_time_att`.
    """
    table = cohort_table(panel, outcome=outcome, unit=unit, period=period, cohort=cohort)
    return second_opinions_of_table(table, outcome=outcome, anticipation=anticipation, methods=methods)


def second_opinions_of_table(
    table: CohortTable, *, outcome: str = "outcome", anticipation: float = 0, methods: Sequence[str] = ()
) -> SecondOpinions:
    """The same from a cohort table (without clusters)."""
    unknown = [name for name in methods if name not in METHODS]
    if unknown:
        raise ValueError(f"methods={unknown!r}; allowed: {', '.join(METHODS)}")
    asked, dropped = _asked(table, anticipation)
    moved = int(asked.cohorts.n[:-1].sum())
    rows: list[dict[str, object]] = []
    failed: list[tuple[str, str]] = []
    for name in methods or METHODS:
        try:
            found = _ESTIMATORS[name](asked)
        except ValueError as problem:
            failed.append((name, str(problem)))
            continue
        estimate, error = _answer(asked, found)
        rows.append({"outcome": outcome, "term": found.term, **normal_row(estimate, error), "n_units": moved, "method": name})
    parts = _bacon(asked) if "twfe" in (methods or METHODS) else []
    return SecondOpinions(effect_frame(rows), pd.DataFrame(parts, columns=["type", "weight", "estimate"]), dropped, tuple(failed))


def _asked(table: CohortTable, anticipation: float) -> tuple[Asked, tuple[tuple[str, int], ...]]:
    """Units treated from the start (anticipation included) leave and are counted; those treated after the end are never treated."""
    first, last = table.periods[0], table.periods[-1]
    early = table.cohorts <= first + anticipation
    dropped = table.dropped + ((("treated_from_start", int(table.n[early].sum())),) if early.any() else ())
    kept = table.keep(~early, np.ones(table.periods.size, dtype=bool))
    late = kept.cohorts > last + anticipation
    if not (~late).any():
        raise NotEstimable("no_treated", "no cohort is first treated inside the periods with an untreated period before it")
    if not late.any():
        raise NotEstimable("no_comparators", "no unit stays untreated, so there is no comparator")
    if np.count_nonzero(late) > 1 or np.isfinite(kept.cohorts[late]).any():
        kept = kept.relabel(np.where(late, np.inf, kept.cohorts))
    after = kept.periods >= kept.cohorts[:, None]
    return Asked(kept, after, kept.periods + anticipation < kept.cohorts[:, None]), dropped


def _answer(asked: Asked, found: Weighted) -> tuple[float, float]:
    """Estimate and error of a weighted sum."""
    v, n = found.weights, asked.n
    summed = (v * asked.mean).sum(axis=1)
    spread = ((v[:, None, :] @ asked.cohorts.scatter)[:, 0] * v).sum(axis=1)
    variance = float((spread + n * (summed - found.expected) ** 2).sum())
    return float(n @ summed), found.factor * math.sqrt(variance)


def _treated_periods(asked: Asked) -> float:
    """Number of treated unit-periods."""
    count = float((asked.n[:, None] * asked.after).sum())
    if not count:
        raise ValueError("no unit is observed after its treatment")
    return count


def _against_never(asked: Asked, treated: Floats) -> Floats:
    """Weights of treated cohorts (K × T), and what the never treated get so that their changes are taken off."""
    weights = treated.copy()
    weights[-1] = -(asked.n[:-1] @ treated[:-1]) / asked.n[-1]
    return weights


def _imputation(asked: Asked) -> Weighted:
    """Unit and period effects by least squares of the clean unit-periods; treated ones less those are averaged.

    In the errors treated ones are held against the mean of their cohort and period (Borusyak and others, equation 8), as a regression with
    an indicator of each does.
    """
    n, clean, after = asked.n, asked.clean.astype(float), asked.after.astype(float)
    own = clean / clean.sum(axis=1, keepdims=True)
    direct = (after - after.sum(axis=1, keepdims=True) * own) / _treated_periods(asked)
    sweep = clean[:, :, None] * (np.eye(clean.shape[1]) - own[:, None, :])
    inverse = np.linalg.pinv(np.tensordot(n, sweep, 1), hermitian=True)
    weights = direct - (inverse @ (n @ direct)) @ sweep
    periods = inverse @ np.tensordot(n, (sweep @ asked.mean[:, :, None])[:, :, 0], 1)
    level = ((asked.mean - periods) * own).sum(axis=1, keepdims=True)
    return Weighted(weights, (weights * np.where(asked.after, asked.mean - level, periods)).sum(axis=1))


def _sun_abraham(asked: Asked) -> Weighted:
    """Every cohort's changes since its last clean period against those of the never treated, by size."""
    treated = asked.after / _treated_periods(asked)
    treated[np.arange(len(treated)), asked.base] -= treated.sum(axis=1)
    weights = _against_never(asked, treated)
    return Weighted(weights, (weights * asked.mean).sum(axis=1))


def _stacked(asked: Asked) -> Weighted:
    """Mean over event times 0 … k that every cohort has; in the stack's regression a treated unit is expected to be as all the treated.

    Its error keeps the factor √((N−1)/(N−K)) of a stack of N rows (cohorts with the never treated, from one period before anticipation
    on) and a regression on K indicators.
    """
    _treated_periods(asked)
    start, base, n = asked.after[:-1].argmax(axis=1), asked.base[:-1], asked.n[:-1]
    if not asked.after[:-1].any(axis=1).all():
        raise ValueError("a cohort is treated after the last period, so that no event time is there for every cohort")
    horizon = asked.after.shape[1] - 1 - int(start.max())
    treated = np.zeros(asked.mean.shape)
    for k, (first, before) in enumerate(zip(start.tolist(), base.tolist(), strict=True)):
        treated[k, first : first + horizon + 1] = 1 / (horizon + 1) / n.sum()
        treated[k, before] -= 1 / n.sum()
    weights = _against_never(asked, treated)
    expected = (weights * asked.mean).sum(axis=1)
    expected[:-1] = n @ expected[:-1] / n.sum()
    width = horizon + 1 + int((start - base).max())
    rows = width * (n.sum() + n.size * asked.n[-1])
    return Weighted(weights, expected, "overall_dynamic", math.sqrt((rows - 1) / (rows - 2 * width)))


def _twfe(asked: Asked) -> Weighted:
    """y on unit and period effects and one indicator of being treated."""
    share = asked.n / asked.n.sum()
    treated = asked.after.astype(float)
    swept = treated - treated.mean(axis=1, keepdims=True) - share @ treated + share @ treated.mean(axis=1)
    _treated_periods(asked)
    weights = swept / float(asked.n @ (swept**2).sum(axis=1))
    slope = float(asked.n @ (weights * asked.mean).sum(axis=1))
    return Weighted(weights, (weights * (share @ asked.mean + slope * swept)).sum(axis=1))


_ESTIMATORS: dict[str, Callable[[Asked], Weighted]] = {
    "imputation": _imputation,
    "sun_abraham": _sun_abraham,
    "stacked": _stacked,
    "extended_twfe": _imputation,
    "twfe": _twfe,
}
METHODS: tuple[str, ...] = tuple(_ESTIMATORS)


def _bacon(asked: Asked) -> list[tuple[str, float, float]]:
    """Goodman-Bacon (2021), equations 7 to 10: share and mean of the two-by-two comparisons behind the naive regression, by type."""
    found: dict[str, list[tuple[float, float]]] = {}
    share, part = asked.n / asked.n.sum(), asked.after.mean(axis=1)

    def compare(kind: str, one: int, other: int, weight: float, window: NDArray[np.bool_]) -> None:
        """The treated cohort `one` before and after its start inside a window, against another cohort."""
        sides = (window & asked.after[one], window & ~asked.after[one])
        if weight > 0 and all(side.any() for side in sides):
            gap = asked.mean[one] - asked.mean[other]
            found.setdefault(kind, []).append((share[one] * share[other] * weight, gap[sides[0]].mean() - gap[sides[1]].mean()))

    never = len(share) - 1
    for early, late in combinations(range(never), 2):
        between = part[early] - part[late]
        compare("earlier_vs_later", early, late, between * (1 - part[early]), ~asked.after[late])
        compare("later_vs_earlier", late, early, part[late] * between, asked.after[early])
    for k in range(never):
        compare("treated_vs_never", k, never, part[k] * (1 - part[k]), np.ones_like(asked.after[k]))
    whole = sum(weight for rows in found.values() for weight, _ in rows)
    return [(kind, *_pooled(np.array(rows), whole)) for kind, rows in sorted(found.items())]


def _pooled(rows: Floats, whole: float) -> tuple[float, float]:
    """Share of the whole, and weighted mean, of rows of weight and estimate."""
    weight = rows[:, 0].sum()
    return float(weight / whole), float(rows[:, 0] @ rows[:, 1] / weight)
