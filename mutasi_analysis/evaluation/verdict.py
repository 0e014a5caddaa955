"""The verdict on one outcome, by a written rule (parameters/verdict.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from mutasi_analysis.causal import minimum_detectable_effect
from mutasi_analysis.estimate import EffectTable

HEADLINE = "overall_group"


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """Fewest moved units and comparators, level of the pre-test, and the smallest effect worth finding by outcome."""

    fewest_treated: int
    fewest_compared: int
    pretest_level: float
    worth_finding: tuple[tuple[str, float], ...]


@cache
def load_rule() -> VerdictRule:
    """The rule as written in parameters/verdict.toml."""
    text = (files("mutasi_analysis") / "parameters" / "verdict.toml").read_text(encoding="utf-8")
    rule = tomllib.loads(text)
    worth = tuple((name, float(entry["value"])) for name, entry in rule["worth_finding"].items())
    return VerdictRule(rule["fewest_treated"], rule["fewest_compared"], rule["pretest_level"], worth)


def verdict_row(outcome: str, table: EffectTable, *, n_compared: int, rule: VerdictRule) -> dict[str, object]:
    """One row of `verdicts`: the headline estimate, what it allows to say, and the reason.

    Order of the rule: too few units → cannot tell; paths differ before the move → cannot tell; interval without zero →
    found; could have found an effect worth finding → not found; else cannot tell.
    """
    row = table.row(HEADLINE)
    mde = minimum_detectable_effect(row["std_error"]) if np.isfinite(row["std_error"]) else float("nan")
    n_moved = int(row["n_units"]) if pd.notna(row["n_units"]) else 0
    verdict, reason = _decide(outcome, row, mde, (n_moved, n_compared), table.pretest_p, rule)
    values = {name: float(row[name]) for name in ("estimate", "conf_low", "conf_high")}
    return {"outcome": outcome, "verdict": verdict, **values, "mde": mde, "reason": reason, "n_moved": n_moved, "n_compared": n_compared}


def unanswerable(outcome: str, reason: str) -> dict[str, object]:
    """The row for an outcome that the estimator refused."""
    empty = dict.fromkeys(("estimate", "conf_low", "conf_high", "mde"), float("nan"))
    return {"outcome": outcome, "verdict": "cannot_tell", **empty, "reason": reason, "n_moved": 0, "n_compared": 0}


def _decide(outcome: str, row: pd.Series, mde: float, counts: tuple[int, int], pretest_p: float, rule: VerdictRule) -> tuple[str, str]:
    if not np.isfinite(mde):
        return "cannot_tell", "no_std_error"
    if counts[0] < rule.fewest_treated or counts[1] < rule.fewest_compared:
        return "cannot_tell", "too_few"
    if pretest_p < rule.pretest_level:
        return "cannot_tell", "pretrend"
    if row["conf_low"] > 0 or row["conf_high"] < 0:
        return "found", "interval_excludes_zero"
    if mde <= dict(rule.worth_finding).get(outcome, 0.0):
        return "not_found", "could_have_found"
    return "cannot_tell", "underpowered"
