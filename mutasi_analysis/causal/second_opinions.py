"""The same question asked of other estimators: a thin, mended layer over diff-diff, and the naive two-way regression.

Mends (each has a test): whole units are dropped and counted before the library sees the panel, 0, missing and inf all mean never
treated, a cohort that varies inside a unit is refused, text ids and dates are coded; periods of anticipation are cut out of the
treated units' rows, so that no overall averages over them; standard errors of the regressions lose the factor
√(G/(G−1) · (N−1)/(N−K)) that the core does not have either, so that rows differ by estimator only. Every overall weights treated
unit-periods equally (`overall_simple`), but stacked, which averages its event times (`overall_dynamic`).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.panel import Columns, balanced_panel
from mutasi_analysis.causal.refusal import NotEstimable
from mutasi_analysis.estimate import effect_frame, normal_row

METHODS: tuple[str, ...] = ("imputation", "sun_abraham", "stacked", "extended_twfe", "twfe")
MISSING = "the estimators beside the core need the extra `estimators`: pip install 'mutasi-analysis[estimators]'"
NAMES = {"outcome": "y", "unit": "unit", "time": "period", "first_treat": "cohort"}


class EstimatorsMissing(ImportError):  # noqa: N818  (a state of the set-up, worded as one)
    """diff-diff is not installed."""


@dataclass(frozen=True, slots=True)
class Coded:
    """frame: unit, period (1 … T), cohort (0 = never), y, inside (in the anticipation of a treated unit); dropped: reason → units."""

    frame: pd.DataFrame
    anticipation: int
    dropped: tuple[tuple[str, int], ...]

    @property
    def outside(self) -> pd.DataFrame:
        """The rows without those of anticipation."""
        return self.frame.loc[~self.frame["inside"]]

    @property
    def n_treated(self) -> int:
        return int(self.frame.loc[self.frame["cohort"] > 0, "unit"].nunique())


@dataclass(frozen=True, slots=True)
class SecondOpinions:
    """table: EFFECT_COLUMNS, one row per method (term overall_simple or overall_dynamic, interval pointwise 95 %, normal); bacon:
    type (treated_vs_never earlier_vs_later later_vs_earlier) weight estimate, the parts of the naive estimate; dropped: reason → units;
    failed: method → sentence."""

    table: pd.DataFrame
    bacon: pd.DataFrame
    dropped: tuple[tuple[str, int], ...]
    failed: tuple[tuple[str, str], ...] = ()


def second_opinions(
    panel: pd.DataFrame, *, outcome: str, unit: str, period: str, cohort: str, anticipation: float = 0, methods: Sequence[str] = METHODS
) -> SecondOpinions:
    """Overall effects by other estimators (arguments as `group_time_att`).

    imputation: Borusyak, Jaravel, Spiess 2024; sun_abraham: Sun and Abraham 2021 (never treated as comparators); stacked: Wing,
    Freedman, Hollingsworth 2024, event times kept that every cohort has; extended_twfe: Wooldridge 2021; twfe: one coefficient in a
    two-way regression, which is not an average effect (Goodman-Bacon 2021). A method that cannot be computed is named in `failed`;
    EstimatorsMissing where a method needs diff-diff and it is absent; NotEstimable and ValueError as `group_time_att`.
    """
    unknown = [name for name in methods if name not in METHODS]
    if unknown:
        raise ValueError(f"methods={unknown!r}; allowed: {', '.join(METHODS)}")
    coded = coded_panel(panel, outcome=outcome, unit=unit, period=period, cohort=cohort, anticipation=anticipation)
    rows: list[dict[str, object]] = []
    failed: list[tuple[str, str]] = []
    for name in methods:
        term, estimate, error = _guarded(name, coded, failed)
        if math.isfinite(estimate):
            rows.append(_row(outcome, term, estimate, error, coded.n_treated, name))
    parts = bacon(coded) if "twfe" in methods and is_available() else pd.DataFrame(columns=["type", "weight", "estimate"])
    return SecondOpinions(effect_frame(rows), parts, coded.dropped, tuple(failed))


def is_available() -> bool:
    """Whether the extra `estimators` is installed."""
    from importlib.util import find_spec

    return find_spec("diff_diff") is not None


def library() -> Any:
    """The module diff_diff; EstimatorsMissing with one sentence where it is not installed."""
    try:
        import diff_diff
    except ImportError as absent:
        raise EstimatorsMissing(MISSING) from absent
    return diff_diff


def coded_panel(panel: pd.DataFrame, *, outcome: str, unit: str, period: str, cohort: str, anticipation: float = 0) -> Coded:
    """The balanced panel in plain integers; units treated from the start (anticipation included) leave and are counted."""
    matrix = balanced_panel(panel, Columns(outcome, unit, period, cohort))
    first, last = matrix.periods[0], matrix.periods[-1]
    late = matrix.cohort > last + anticipation
    early = matrix.cohort <= first + anticipation
    start = np.where(late, 0, np.searchsorted(matrix.periods, np.where(late, 0, matrix.cohort)) + 1)[~early]
    values, n_periods = matrix.values[~early], matrix.periods.size
    if not (start > 0).any():
        raise NotEstimable("no_treated", "no cohort is first treated inside the periods with an untreated period before it")
    if not (start == 0).any():
        raise NotEstimable("no_comparators", "no unit stays untreated, so there is no comparator")
    position, treated = np.tile(matrix.periods, len(start)), np.repeat(np.where(start > 0, matrix.cohort[~early], np.inf), n_periods)
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(len(start)), n_periods),
            "period": np.tile(np.arange(1, n_periods + 1), len(start)),
            "cohort": np.repeat(start, n_periods),
            "y": values.ravel(),
            "inside": (position >= treated - anticipation) & (position < treated),
        }
    )
    dropped = matrix.dropped + ((("treated_from_start", int(early.sum())),) if early.any() else ())
    return Coded(frame, int(np.ceil(anticipation)), dropped)


def bacon(coded: Coded) -> pd.DataFrame:
    """Goodman-Bacon (2021): share and mean of the two-by-two comparisons behind the naive regression, by type."""
    found = quietly(lambda: library().bacon_decompose(coded.frame, **NAMES)).to_dataframe()
    kind = found["comparison_type"].astype(str)
    groups = found.assign(mass=found["weight"] * found["estimate"]).groupby(kind)[["weight", "mass"]].sum()
    mean = groups["mass"] / groups["weight"]
    return pd.DataFrame({"type": groups.index, "weight": groups["weight"].to_numpy(), "estimate": mean.to_numpy()})


def twfe(coded: Coded) -> tuple[str, float, float]:
    """y on unit and period effects and one indicator of being treated; errors clustered by unit, no small-sample factor."""
    frame = coded.frame
    n_periods = int(frame["period"].max())
    y = _swept(frame["y"].to_numpy().reshape(-1, n_periods))
    treated = (frame["cohort"] > 0) & (frame["period"] >= frame["cohort"])
    d = _swept(np.asarray(treated, dtype=np.float64).reshape(-1, n_periods))
    slope = float((d * y).sum() / (d * d).sum())
    score = (d * (y - slope * d)).sum(axis=1)
    return "overall_simple", slope, float(np.sqrt((score**2).sum()) / (d * d).sum())


def _swept(matrix: Floats) -> Floats:
    """Less row and column means (a balanced panel)."""
    return np.asarray(matrix - matrix.mean(axis=1, keepdims=True) - matrix.mean(axis=0) + matrix.mean())


def _imputation(coded: Coded) -> tuple[str, float, float]:
    found = library().ImputationDiD(anticipation=coded.anticipation).fit(coded.outside, **NAMES)
    return "overall_simple", float(found.overall_att), float(found.overall_se)


def _sun_abraham(coded: Coded) -> tuple[str, float, float]:
    found = library().SunAbraham(anticipation=coded.anticipation).fit(coded.outside, **NAMES)
    rows = coded.outside
    moved = rows.loc[rows["cohort"] > 0]
    cells = moved.loc[moved["period"] - moved["cohort"] != -1 - coded.anticipation, ["cohort", "period"]].drop_duplicates()
    return "overall_simple", float(found.overall_att), float(found.overall_se) / _factor(rows, len(cells))


def _extended(coded: Coded) -> tuple[str, float, float]:
    found = library().WooldridgeDiD(anticipation=coded.anticipation).fit(coded.outside, **NAMES)
    rows = coded.outside
    cells = rows.loc[(rows["cohort"] > 0) & (rows["period"] >= rows["cohort"]), ["cohort", "period"]].drop_duplicates()
    return "overall_simple", float(found.overall_att), float(found.overall_se) / _factor(rows, len(cells))


def _stacked(coded: Coded) -> tuple[str, float, float]:
    """Mean over event times 0 … k that every cohort has; the library's own overall counts the anticipation too."""
    horizon = int(coded.frame["period"].max() - coded.frame["cohort"].max())
    model = library().StackedDiD(kappa_pre=1, kappa_post=horizon, anticipation=coded.anticipation, control_group="never_treated")
    found = model.fit(coded.frame[list(NAMES.values())], **NAMES)
    index = [i for i, event in enumerate(found.event_study_vcov_index) if event >= 0]
    effects = [float(found.event_study_effects[e]["effect"]) for e in found.event_study_vcov_index if e >= 0]
    variance = np.asarray(found.event_study_vcov)[np.ix_(index, index)].mean()
    groups = int(found.n_clusters)
    return "overall_dynamic", float(np.mean(effects)), float(np.sqrt(variance * (groups - 1) / groups))


_ESTIMATORS: dict[str, Callable[[Coded], tuple[str, float, float]]] = {
    "imputation": _imputation,
    "sun_abraham": _sun_abraham,
    "stacked": _stacked,
    "extended_twfe": _extended,
    "twfe": twfe,
}


def _factor(rows: pd.DataFrame, cells: int) -> float:
    """√(G/(G−1) · (N−1)/(N−K)), K = cells + periods: unit effects are nested in the clusters, as R fixest counts."""
    units, n = rows["unit"].nunique(), len(rows)
    return math.sqrt(units / (units - 1) * (n - 1) / (n - cells - rows["period"].nunique()))


def _guarded(name: str, coded: Coded, failed: list[tuple[str, str]]) -> tuple[str, float, float]:
    try:
        term, estimate, error = quietly(lambda: _ESTIMATORS[name](coded))
    except (ValueError, KeyError, np.linalg.LinAlgError) as problem:
        failed.append((name, str(problem).strip().split("\n")[0][:200]))
        return "", math.nan, math.nan
    return term, estimate, error


def quietly(call: Callable[[], Any]) -> Any:
    """The library warns of what the mends have dealt with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return call()


def _row(outcome: str, term: str, estimate: float, error: float, units: int, method: str) -> dict[str, object]:
    return {"outcome": outcome, "term": term, **normal_row(estimate, error), "n_units": units, "method": method}
