"""Invented frames of the robustness part, added to the invented evaluation; every number is made up here."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from mutasi_analysis.evaluation.result import Evaluation
from tests.wording import invented

CODE = "output_percent"
CHECKS = (("imputation", 1.8), ("sun_abraham", 2.2), ("stacked", 2.1))


def estimators(code: str = CODE, *, half: float = 1.0, checks: tuple[tuple[str, float], ...] = CHECKS) -> pd.DataFrame:
    rows = [("callaway_santanna/nevertreated", "headline", 2.0), *((m, "check", v) for m, v in checks), ("twfe", "naive", 5.0)]
    frame = pd.DataFrame([[code, m, r, v, half / 2, v - half, v + half, 120] for m, r, v in rows])
    return frame.set_axis(["outcome", "method", "role", "estimate", "std_error", "conf_low", "conf_high", "n_units"], axis=1)


def dose() -> pd.DataFrame:
    levels = [("group", "rotasi", 90, 2.0), ("group", "promosi", 20, 1.0), ("group", "sanksi", 3, 9.0), ("group", "demosi", 7, 4.0)]
    rows = [[CODE, "move_kind", k, v, n, math.nan, e, 1.0, e - 2, e + 2, 0.2] for k, v, n, e in levels]
    rows.append([CODE, "move_kind", "equal", "", 120, math.nan, math.nan, math.nan, math.nan, math.nan, 0.6])
    rows.append([CODE, "match_change", "slope", "", 110, 1.7, 0.2, 0.05, 0.1, 0.3, 0.0004])
    columns = ["outcome", "factor", "kind", "level", "n", "dose", "estimate", "std_error", "conf_low", "conf_high", "p_value"]
    return pd.DataFrame(rows, columns=columns)


def pseudo(code: str = CODE, *, matched: int = 100, moved: float = 7.0, same: float = 3.0) -> pd.DataFrame:
    row = {"outcome": code, "n_treated": 120, "n_matched": matched, "n_comparators": 250, "moved": moved, "pseudo": same}
    return pd.DataFrame([{**row, "difference": moved - same, "std_error": 0.5, "conf_low": 3.0, "conf_high": 5.0}])


def balance(code: str = CODE) -> pd.DataFrame:
    rows = [[code, 1, 100, 91.0, 96.0, 91.3, -0.45, -0.03], [code, 2, 100, 96.0, 96.2, 96.0, -0.02, 0.0]]
    columns = ["outcome", "period_before", "n_units", "moved", "compared_before", "compared_after", "std_gap_before", "std_gap_after"]
    return pd.DataFrame(rows, columns=columns)


def breakdown(code: str = CODE) -> pd.DataFrame:
    columns = ["outcome", "slope_breakdown", "relative_breakdown", "pretest_slope", "pretest_bias", "pretest_finds_headline"]
    return pd.DataFrame([[code, 0.6, 0.75, 1.2, 4.5, 0.3]], columns=columns)


def person_unit(symmetry_p: float = 0.6) -> pd.DataFrame:
    shares = {"person": 0.5, "unit": 0.2, "sorting": -0.1, "residual": 0.4}
    rows = [[CODE, name, 10.0, 10 * share, share, 1250, 40, 118, symmetry_p] for name, share in shares.items()]
    columns = ["outcome", "component", "plug_in", "corrected", "share", "n_persons", "n_units", "n_movers", "symmetry_p"]
    return pd.DataFrame(rows, columns=columns)


def exact(**changes: Any) -> pd.DataFrame:
    row = {"outcome": "ikm", "method": "permutation", "estimate": 2.0, "conf_low": -math.inf, "conf_high": math.inf, "p_value": 0.2}
    row |= {"smallest_p": 0.1, "n_assignments": 10, "exact": True, "n_moved": 2, "n_compared": 3}
    return pd.DataFrame([{**row, **changes}])


def spillover(**changes: Any) -> pd.DataFrame:
    row = {"outcome": "ikm", "group": "losing", "estimate": -2.0, "std_error": math.nan, "conf_low": -3.0, "conf_high": -1.0}
    return pd.DataFrame([{**row, "n_moved": 8, "n_compared": 3, "reason": "", **changes}])


def bacon(code: str = CODE) -> pd.DataFrame:
    rows = [[code, "treated_vs_never", 0.9, 4.0], [code, "later_vs_earlier", 0.1, 2.0]]
    return pd.DataFrame(rows, columns=["outcome", "type", "weight", "estimate"])


def evaluation(kind: str = "not_found", **changes: Any) -> Evaluation:
    """The invented evaluation with every robustness frame filled."""
    checks = [["all", "two_moves_in_a_year", 12], ["all", "no_rating_after", 2], ["all", "not_pns", 44]]
    shared = {"breakdown": breakdown(), "matched_balance": balance(), "pseudo": pseudo(), "bacon": bacon(), "robustness": estimators()}
    first = replace(
        invented.performance(kind), **shared, dose=dose(), person_unit=person_unit(),
        dropped=pd.DataFrame(checks, columns=["outcome", "reason", "n"]), notes=("estimators_not_installed",),
    )  # fmt: skip
    second = replace(
        invented.service(kind), robustness=estimators("ikm"), breakdown=breakdown("ikm"), exact=exact(), spillover=spillover(),
        dropped=pd.DataFrame([["ikm", "incomplete", 3]], columns=["outcome", "reason", "n"]),
        notes=("not_computed:ikm:matched:no_matches",),
    )  # fmt: skip
    return invented.evaluation(performance=first, service=second, **changes)
