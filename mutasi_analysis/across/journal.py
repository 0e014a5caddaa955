"""The tables of the academic bundle, computed from its CSV files alone: the same code makes them and lets anyone make them again.

Travels in the bundle with `comparison`, so it imports nothing but pandas, numpy and these two packages.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from mutasi_analysis.across.effects import of_outcome, pooled_outcomes
from mutasi_analysis.across.leaving import left_out
from mutasi_analysis.across.ranking import ranking
from mutasi_analysis.comparison import corrected, meta_regression, shrunken_effects

#: six significant digits: fewer than any source of noise between machines, more than any table prints.
FLOATS = "%.6g"


def journal_tables(headline: pd.DataFrame, outcomes: pd.DataFrame, moderators: pd.DataFrame, *, seed: int) -> dict[str, pd.DataFrame]:
    """Name → table, shown scale untouched (estimates as stored).

    headline: slug region level section outcome estimate std_error conf_low conf_high p_value n_units verdict reason primary usable;
    outcomes: outcome lower_is_better; moderators: slug moderator.
    """
    given = headline.drop(columns=["p_adjusted", "correction"], errors="ignore").reset_index(drop=True)
    effects = pd.concat([given, corrected(given["p_value"], given["primary"])], axis=1)
    lower = dict(zip(outcomes["outcome"], outcomes["lower_is_better"].astype(bool), strict=True))
    codes = list(dict.fromkeys(effects["outcome"]))
    by_code = {code: of_outcome(effects, code) for code in codes}
    return {
        "estimates": _estimates(by_code),
        "pooled": pooled_outcomes(effects),
        "leave_one_out": _stacked([left_out(rows) for rows in by_code.values()]),
        "ranks": _stacked([_ranks(rows, lower.get(code, False), seed) for code, rows in by_code.items()]),
        "meta_regression": pd.DataFrame([_slope(code, rows, moderators) for code, rows in by_code.items()], columns=list(_SLOPE)),
    }


def _estimates(by_code: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    parts = []
    for rows in by_code.values():
        shrunken = shrunken_effects(rows["estimate"], rows["std_error"]).add_prefix("shrunken_")
        parts.append(pd.concat([rows, shrunken[["shrunken_estimate", "shrunken_conf_low", "shrunken_conf_high"]]], axis=1))
    return _stacked(parts)


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame({"outcome": pd.Series(dtype="object")})


def _ranks(rows: pd.DataFrame, lower_is_better: bool, seed: int) -> pd.DataFrame:
    found = ranking(rows, lower_is_better=lower_is_better, seed=seed)
    return pd.DataFrame() if found is None else found.table


_SLOPE = ("outcome", "moderator", "slope", "std_error", "conf_low", "conf_high", "p_value", "tau2", "r2", "k", "few")


def _slope(code: str, rows: pd.DataFrame, moderators: pd.DataFrame) -> dict[str, object]:
    values = rows["slug"].map(dict(zip(moderators["slug"], moderators["moderator"], strict=True))).astype("float64")
    fit = meta_regression(rows["estimate"], rows["std_error"], values)
    return {"outcome": code, "moderator": "moves_per_100"} | {name: getattr(fit, name) for name in _SLOPE[2:]}
