"""The verdict on one outcome, by a written rule (parameters/verdict.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from mutasi_analysis.causal import degrees_behind, minimum_detectable_effect
from mutasi_analysis.causal.permutation import PermutationResult, few_units
from mutasi_analysis.estimate import EffectTable

HEADLINE = "overall_group"
CHECK_ROLE = "check"
SAME_HEADLINE, SAME_CHECK = "same_headline", "same_check"


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """The rule as data: fewest moved units and comparators, levels of the pre-test and of the permutation test, least (relative,
    approximate) breakdown value of a found effect, share of other estimators that disputes it, the smallest effect worth finding by
    outcome, and whether errors, quantiles and pre-test are those of small samples (causal.small_sample)."""

    fewest_treated: int
    fewest_compared: int
    pretest_level: float
    worth_finding: tuple[tuple[str, float], ...]
    permutation_level: float = 0.05
    least_breakdown: float = 0.0
    disagreeing_share: float = 0.5
    small_sample: bool = True

    def worth(self, outcome: str) -> float:
        """The smallest difference of an outcome that would matter to an agency; NaN where the rule names none."""
        return dict(self.worth_finding).get(outcome, float("nan"))


@cache
def load_rule() -> VerdictRule:
    """The rule as written in parameters/verdict.toml."""
    text = (files("mutasi_analysis") / "parameters" / "verdict.toml").read_text(encoding="utf-8")
    rule = tomllib.loads(text)
    worth = tuple((name, float(entry["value"])) for name, entry in rule["worth_finding"].items())
    return VerdictRule(
        rule["fewest_treated"], rule["fewest_compared"], rule["pretest_level"], worth, rule["permutation_level"],
        rule["least_breakdown"], rule["disagreeing_share"], rule["small_sample"],
    )  # fmt: skip


def verdict_row(
    outcome: str,
    table: EffectTable,
    *,
    n_compared: int,
    rule: VerdictRule,
    breakdown: float = float("nan"),
    exact: PermutationResult | None = None,
) -> dict[str, object]:
    """One row of `verdicts`: the headline estimate, what it allows to say, and the reason.

    breakdown: relative breakdown value (NaN: not known, asks nothing); exact: permutation over units where they are fewer than the floors;
    its interval and the smallest effect that it finds (mde; infinite where it finds none) then take the place of Student's, and its
    pre-test that of the F test.
    Order of the rule: too few units, and no exact test that finds anything or rules out what is worth finding → cannot tell (too_few);
    paths differ before the move → cannot tell (pretrend); clear (interval without zero; with few units: found by the exact test), but a
    small violation reaches zero → cannot tell (fragile); clear → found (interval_excludes_zero; permutation); could have found an effect
    worth finding → not found; else cannot tell (underpowered). `disputed` may turn a row into `disagree`.
    """
    row = table.row(HEADLINE)
    mde = smallest_shown(row) if exact is None else exact.mde
    n_moved = int(row["n_units"]) if pd.notna(row["n_units"]) else 0
    few = few_units(n_moved, n_compared, fewest_treated=rule.fewest_treated, fewest_compared=rule.fewest_compared)
    paths = (table.pretest_p if exact is None else exact.pretest_p, breakdown)
    verdict, reason = _decide(row, mde, few, exact, paths, rule)
    values = {name: float(row[name]) for name in ("estimate", "conf_low", "conf_high")}
    if exact is not None:
        values |= {"conf_low": exact.conf_low, "conf_high": exact.conf_high}
    counts = {"n_moved": n_moved, "n_compared": n_compared}
    return {"outcome": outcome, "verdict": verdict, **values, "mde": mde, "reason": reason, **counts, "worth": rule.worth(outcome)}


def smallest_shown(row: pd.Series) -> float:
    """Minimum detectable effect of an estimate with its error and interval, by the quantiles that the interval was made with."""
    error = float(row["std_error"])
    if not np.isfinite(error):
        return float("nan")
    return minimum_detectable_effect(error, degrees=degrees_behind(error, (float(row["conf_high"]) - float(row["conf_low"])) / 2))


def unanswerable(outcome: str, reason: str) -> dict[str, object]:
    """The row for an outcome that the estimator refused."""
    empty = dict.fromkeys(("estimate", "conf_low", "conf_high", "mde"), float("nan"))
    worth = load_rule().worth(outcome)
    return {"outcome": outcome, "verdict": "cannot_tell", **empty, "reason": reason, "n_moved": 0, "n_compared": 0, "worth": worth}


def disputed(row: dict[str, object], checks: pd.DataFrame, rule: VerdictRule) -> dict[str, object]:
    """The row, or `disagree` (reason other_estimators) where the other estimators tell another story.

    checks: estimate conf_low conf_high, one row per estimator that counts. A found effect is disputed by one interval wholly on the other
    side of zero, or by zero inside at least `disagreeing_share` of them; an effect not found, by one estimator whose interval lies
    wholly beyond what is worth finding.
    """
    if checks.empty or row["verdict"] not in ("found", "not_found"):
        return row
    low, high = checks["conf_low"].astype("float64"), checks["conf_high"].astype("float64")
    if row["verdict"] == "found":
        positive = float(str(row["estimate"])) > 0
        opposite = (high < 0) if positive else (low > 0)
        holding = ((low <= 0) & (high >= 0)).mean()
        against = bool(opposite.any() or holding >= rule.disagreeing_share)
    else:
        worth = dict(rule.worth_finding).get(str(row["outcome"]), float("inf"))
        against = bool(((low > worth) | (high < -worth)).any())
    return {**row, "verdict": "disagree", "reason": "other_estimators"} if against else row


def _decide(
    row: pd.Series, mde: float, few: bool, exact: PermutationResult | None, paths: tuple[float, float], rule: VerdictRule
) -> tuple[str, str]:
    """few: fewer units than the floors, where only the exact test counts; paths: p of the pre-test, breakdown value."""
    worth = dict(rule.worth_finding).get(str(row["outcome"]), 0.0)
    clear, ruled_out = bool(row["conf_low"] > 0 or row["conf_high"] < 0), False
    if few:
        clear = exact is not None and exact.p_value <= rule.permutation_level
        ruled_out = exact is not None and mde <= worth and max(-exact.conf_low, exact.conf_high) < worth
    steps = (
        (not np.isfinite(row["std_error"]), "cannot_tell", "no_std_error"),
        (few and not clear and not ruled_out, "cannot_tell", "too_few"),
        (paths[0] < rule.pretest_level, "cannot_tell", "pretrend"),
        (clear and paths[1] < rule.least_breakdown, "cannot_tell", "fragile"),
        (clear, "found", "permutation" if few else "interval_excludes_zero"),
        (mde <= worth, "not_found", "could_have_found"),
        (True, "cannot_tell", "underpowered"),
    )
    return next((verdict, reason) for applies, verdict, reason in steps if applies)
