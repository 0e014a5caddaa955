"""Service of few units: exact tests, synthetic comparators, and the units that lost people."""

from __future__ import annotations

import math

import pandas as pd

from mutasi_analysis.causal import NotEstimable, att_of_table, cohort_table
from mutasi_analysis.causal.permutation import PermutationResult, few_units, permutation_att
from mutasi_analysis.causal.synthetic import is_available, synthetic_did
from mutasi_analysis.evaluation.effects import complete_units, count_units
from mutasi_analysis.evaluation.result import EXACT, SPILLOVER
from mutasi_analysis.evaluation.verdict import HEADLINE, load_rule, smallest_shown


def exact_rows(
    panel: pd.DataFrame, tests: dict[str, PermutationResult], primary: tuple[str, ...], *, anticipation: int, seed: int
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows of `exact`: the permutation test of every outcome that has one, and synthetic DiD of primary ones; and notes (codes).

    panel: unit year cohort and the outcomes; tests: outcome → permutation test, as in effects.Effects.
    """
    rows = []
    for outcome, found in tests.items():
        row = {name: getattr(found, name) for name in EXACT[2:9]} | {"n_moved": found.n_treated, "n_compared": found.n_compared}
        rows.append({"outcome": outcome, "method": "permutation", **row})
        if outcome in primary and is_available():
            counts = (found.n_treated, found.n_compared)
            rows += _synthetic(complete(panel, outcome), outcome, counts, anticipation, seed)
    missed = not is_available() and any(outcome in primary for outcome in tests)
    return pd.DataFrame(rows, columns=list(EXACT)), ("estimators_not_installed",) if missed else ()


def spillover(panel: pd.DataFrame, outcomes: tuple[str, ...], *, anticipation: int, seed: int) -> pd.DataFrame:
    """Rows of `spillover`. panel: unit year cohort (first full year after the first loss, 0 = lost nobody), receiving units left out.

    With fewer units than the rule's floors interval and mde are the permutation test's and std_error is missing.
    """
    rule = load_rule()
    rows = []
    numbered = panel.assign(unit=pd.factorize(panel["unit"])[0])
    for outcome in outcomes:
        whole = complete(numbered, outcome)
        moved, compared = (count_units(whole, side) for side in (whole["cohort"] > 0, whole["cohort"] == 0))
        row: dict[str, object] = {"outcome": outcome, "group": "losing", "n_moved": moved, "n_compared": compared, "reason": ""}
        try:
            cohorts = cohort_table(whole, outcome=outcome, unit="unit", period="year", cohort="cohort")
            table = att_of_table(cohorts, outcome=outcome, anticipation=anticipation, small_sample=rule.small_sample, bands=False)
            found = table.row(HEADLINE)
            row |= {name: float(found[name]) for name in ("estimate", "std_error", "conf_low", "conf_high")}
            row["mde"] = smallest_shown(found)
            if few_units(moved, compared, fewest_treated=rule.fewest_treated, fewest_compared=rule.fewest_compared):
                exact = permutation_att(
                    whole, outcome=outcome, unit="unit", period="year", cohort="cohort", anticipation=anticipation, seed=seed
                )
                row |= {"std_error": math.nan, "conf_low": exact.conf_low, "conf_high": exact.conf_high, "mde": exact.mde}
        except (NotEstimable, KeyError) as refusal:
            row["reason"] = getattr(refusal, "reason", "no_treated")
        rows.append(row)
    return pd.DataFrame(rows, columns=list(SPILLOVER))


def complete(panel: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Rows of units that have the outcome in every year that anybody has."""
    rows = complete_units(panel, outcome)
    known = rows[outcome].notna()
    return rows if known.all() else rows.loc[known]


def _synthetic(whole: pd.DataFrame, outcome: str, counts: tuple[int, int], anticipation: int, seed: int) -> list[dict[str, object]]:
    try:
        table = synthetic_did(whole, outcome=outcome, unit="unit", period="year", cohort="cohort", anticipation=anticipation, seed=seed)
    except (NotEstimable, ValueError):
        return []
    row = table.loc[table["term"] == HEADLINE].iloc[0]
    values = {name: float(row[name]) for name in ("estimate", "conf_low", "conf_high", "p_value")}
    return [{"outcome": outcome, "method": "synthetic_did", **values, "exact": False, "n_moved": counts[0], "n_compared": counts[1]}]
