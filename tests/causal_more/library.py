"""The same estimators by diff-diff: another implementation, mended where the library's numbers mean something else.

Whole units are dropped before the library sees the panel, periods of anticipation are cut out of the treated units' rows, and the errors of
its regressions lose √(G/(G−1) · (N−1)/(N−K)), of its stack √(G/(G−1)).
"""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.causal.synthetic import coded_panel

LIBRARY_NAMES = {"outcome": "y", "unit": "unit", "time": "period", "first_treat": "cohort"}


def by_library(frame: pd.DataFrame, names: dict[str, str], anticipation: int) -> dict[str, tuple[float, float]]:
    """Method → estimate and error."""
    library = pytest.importorskip("diff_diff", reason="extra `estimators` not installed")
    coded = coded_panel(frame, **names, anticipation=anticipation).frame
    inside = (coded["cohort"] > 0) & (coded["period"] < coded["cohort"]) & (coded["period"] >= coded["cohort"] - anticipation)
    rows = coded.loc[~inside]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        imputed = library.ImputationDiD(anticipation=anticipation).fit(rows, **LIBRARY_NAMES)
        sun = library.SunAbraham(anticipation=anticipation).fit(rows, **LIBRARY_NAMES)
        extended = library.WooldridgeDiD(anticipation=anticipation).fit(rows, **LIBRARY_NAMES)
        horizon = int(coded["period"].max() - coded["cohort"].max())
        model = library.StackedDiD(kappa_pre=1, kappa_post=horizon, anticipation=anticipation, control_group="never_treated")
        stacked = model.fit(coded, **LIBRARY_NAMES)
    moved = rows.loc[rows["cohort"] > 0]
    saturated = moved.loc[moved["period"] - moved["cohort"] != -1 - anticipation]
    after = [i for i, event in enumerate(stacked.event_study_vcov_index) if event >= 0]
    effects = [float(stacked.event_study_effects[event]["effect"]) for event in stacked.event_study_vcov_index if event >= 0]
    variance = np.asarray(stacked.event_study_vcov)[np.ix_(after, after)].mean()
    groups = int(stacked.n_clusters)
    return {
        "imputation": (imputed.overall_att, imputed.overall_se),
        "sun_abraham": (sun.overall_att, sun.overall_se / _factor(rows, saturated)),
        "extended_twfe": (extended.overall_att, extended.overall_se / _factor(rows, moved.loc[moved["period"] >= moved["cohort"]])),
        "stacked": (float(np.mean(effects)), float(np.sqrt(variance * (groups - 1) / groups))),
    }


def bacon_by_library(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Weight and mean estimate by type."""
    library = pytest.importorskip("diff_diff", reason="extra `estimators` not installed")
    coded = coded_panel(frame, **names).frame
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = library.bacon_decompose(coded, **LIBRARY_NAMES).to_dataframe()
    kind = found["comparison_type"].astype(str)
    groups = found.assign(mass=found["weight"] * found["estimate"]).groupby(kind)[["weight", "mass"]].sum()
    return groups.assign(estimate=groups["mass"] / groups["weight"])[["weight", "estimate"]]


def _factor(rows: pd.DataFrame, treated: pd.DataFrame) -> float:
    """√(G/(G−1) · (N−1)/(N−K)), K = cells + periods: unit effects are nested in the clusters, as R fixest counts."""
    units, n, cells = rows["unit"].nunique(), len(rows), len(treated[["cohort", "period"]].drop_duplicates())
    return math.sqrt(units / (units - 1) * (n - 1) / (n - cells - rows["period"].nunique()))
