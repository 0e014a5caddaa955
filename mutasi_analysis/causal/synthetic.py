"""Synthetic comparators for one or few treated units: Arkhangelsky et al. (2021), American Economic Review 111, 4088-4118, by diff-diff.

The layer drops whole units before the library sees the panel, reads 0, missing and inf as never treated, refuses a cohort that varies
inside a unit, codes text ids and dates, and cuts periods of anticipation out.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.causal.panel import Columns, balanced_panel
from mutasi_analysis.causal.refusal import NotEstimable
from mutasi_analysis.estimate import effect_frame

MISSING = "synthetic comparators need the extra `estimators`: pip install 'mutasi-analysis[estimators]'"
NAMES = {"outcome": "y", "unit": "unit", "time": "period"}


class EstimatorsMissing(ImportError):  # noqa: N818  (a state of the set-up, worded as one)
    """diff-diff is not installed."""


@dataclass(frozen=True, slots=True)
class Coded:
    """frame: unit, period (1 … T), cohort (0 = never), y; anticipation: in periods."""

    frame: pd.DataFrame
    anticipation: int


def synthetic_did(
    panel: pd.DataFrame, *, outcome: str, unit: str, period: str, cohort: str, anticipation: float = 0, seed: int = 0
) -> pd.DataFrame:
    """Synthetic DiD, cohort by cohort against the never treated: EFFECT_COLUMNS, one `cohort` row each and `overall_group`.

    Standard errors by placebo treatment of comparators, which needs more comparators than treated units: NaN otherwise, and NaN for the
    overall of several cohorts, which share their comparators. At least two periods before treatment, else the cohort is left out.
    Raises NotEstimable where no cohort is left, EstimatorsMissing without the extra `estimators`.
    """
    coded = coded_panel(panel, outcome=outcome, unit=unit, period=period, cohort=cohort, anticipation=anticipation)
    labels = sorted(coded.frame.loc[coded.frame["cohort"] > 0, "cohort"].unique())
    rows = [row for g in labels if (row := _synthetic_cohort(coded, int(g), seed)) is not None]
    if not rows:
        raise NotEstimable("one_period", "no cohort has two periods before treatment, which a synthetic comparator needs")
    units = np.array([row["n_units"] for row in rows], dtype=float)
    overall = dict(rows[0]) if len(rows) == 1 else {"estimate": float(units @ [row["estimate"] for row in rows] / units.sum())}
    overall |= {"term": "overall_group", "cohort": math.nan, "n_units": int(units.sum())}
    return effect_frame([{"outcome": outcome, "method": "synthetic_did", **row} for row in [*rows, overall]])


def _synthetic_cohort(coded: Coded, g: int, seed: int) -> dict[str, object] | None:
    frame = coded.frame.loc[coded.frame["cohort"].isin([0, g])]
    frame = frame.loc[(frame["period"] < g - coded.anticipation) | (frame["period"] >= g)]
    if frame.loc[frame["period"] < g, "period"].nunique() < 2:
        return None
    treated, compared = (int(frame.loc[frame["cohort"] == label, "unit"].nunique()) for label in (g, 0))
    frame = frame.assign(treated=(frame["cohort"] == g).astype(int))
    model = library().SyntheticDiD(variance_method="placebo", seed=seed)
    after = sorted(frame.loc[frame["period"] >= g, "period"].unique())
    found = quietly(lambda: model.fit(frame, treatment="treated", post_periods=after, **NAMES))
    known = compared > treated and math.isfinite(float(found.se)) and float(found.se) > 0
    low, high = found.conf_int if known else (math.nan, math.nan)
    return {
        "term": "cohort", "cohort": float(g), "estimate": float(found.att), "std_error": float(found.se) if known else math.nan,
        "conf_low": float(low), "conf_high": float(high), "p_value": float(found.p_value) if known else math.nan, "n_units": treated,
    }  # fmt: skip


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
    """The balanced panel in plain integers, without units treated from the start (anticipation included)."""
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
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(len(start)), n_periods),
            "period": np.tile(np.arange(1, n_periods + 1), len(start)),
            "cohort": np.repeat(start, n_periods),
            "y": values.ravel(),
        }
    )
    return Coded(frame, int(np.ceil(anticipation)))


def quietly(call: Callable[[], Any]) -> Any:
    """The library warns of what the layer has dealt with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return call()
