"""The headline estimate of every outcome of every region, its corrected p-value, and the pooled one of every outcome."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

import numpy as np
import pandas as pd

from mutasi_analysis.comparison import PooledEffect, corrected, pool
from mutasi_analysis.estimate import Z95, normal_p

HEADLINE = "overall_group"
#: an interval wider than its standard error by less is the normal one, rounded
ROUNDING = 1e-3
SECTIONS = ("performance", "service")
#: the method of the rows of an `exact` frame that a verdict on few units rests on
EXCHANGE = "permutation"
#: sections whose estimates count persons, not service units.
OF_PERSONS = ("performance",)
_KEYS = ["slug", "region", "level", "outcome"]
COLUMNS = (
    "slug", "region", "level", "section", "outcome", "estimate", "std_error", "conf_low", "conf_high", "p_value", "n_units",
    "n_compared", "n_losing", "verdict", "reason", "primary", "usable", "worth", "p_adjusted", "correction",
)  # fmt: skip
POOLED_COLUMNS = (
    "section", "outcome", "primary", "regions", "k", "estimate", "std_error", "conf_low", "conf_high", "pi_low", "pi_high",
    "tau2", "tau2_low", "tau2_high", "i2", "i2_low", "i2_high", "q", "q_p_value", "p_value", "p_adjusted", "correction",
)  # fmt: skip


class SavedResults(Protocol):
    """What `publish.results.load_results` gives. regions: slug code name level question as_of synthetic primary missing;
    frames: as in `Evaluation.frames()` with slug, region, level in front."""

    @property
    def regions(self) -> pd.DataFrame: ...
    @property
    def frames(self) -> Mapping[str, pd.DataFrame]: ...


def headline_effects(results: SavedResults) -> pd.DataFrame:
    """One row a region and outcome, columns COLUMNS. primary: declared in that region's profile before looking; usable: has an
    estimate and a standard error above 0; worth: the smallest effect that would matter, NaN where the saved results do not say it;
    p_adjusted: Holm over all primary rows, Benjamini-Hochberg over all others; n_losing: of the comparison units of services, those that
    lost staff themselves, NaN for persons."""
    parts = [part for section in SECTIONS if (part := _section(results, section)) is not None]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    rows = pd.concat(parts, ignore_index=True)
    declared = {slug: set(str(words).split()) for slug, words in zip(results.regions["slug"], _primary(results), strict=True)}
    primary = [outcome in declared.get(slug, set()) for slug, outcome in zip(rows["slug"], rows["outcome"], strict=True)]
    usable = np.isfinite(rows["estimate"].to_numpy(dtype=float)) & (rows["std_error"].to_numpy(dtype=float) > 0)
    p_value = np.where(usable, rows["p_value"].to_numpy(dtype=float, na_value=np.nan), np.nan)
    rows = rows.assign(primary=primary, usable=usable, p_value=p_value)
    adjusted = corrected(rows["p_value"], rows["primary"])
    return pd.concat([rows, adjusted], axis=1)[list(COLUMNS)]


def _primary(results: SavedResults) -> pd.Series:
    blank = pd.Series("", index=results.regions.index)
    return results.regions["primary"] if "primary" in results.regions.columns else blank


def _section(results: SavedResults, section: str) -> pd.DataFrame | None:
    verdicts, effects = results.frames.get(f"{section}_verdicts"), results.frames.get(f"{section}_effects")
    if verdicts is None or verdicts.empty:
        return None
    given = pd.DataFrame(columns=["slug", "outcome", "term"]) if effects is None else effects
    own = given.loc[given["term"] == HEADLINE].reindex(columns=["slug", "outcome", "std_error", "p_value", "n_units"])
    told = verdicts.reindex(columns=[*_KEYS, "verdict", "reason", "worth", "estimate", "conf_low", "conf_high", "n_compared", "n_losing"])
    merged = told.merge(own.astype({"slug": "object", "outcome": "object"}), on=["slug", "outcome"], how="left", validate="1:1")
    numbers = ["estimate", "std_error", "conf_low", "conf_high", "p_value", "n_units", "n_compared", "n_losing"]
    typed = merged.assign(section=section, **{name: pd.to_numeric(merged[name]).astype("float64") for name in (*numbers, "worth")})
    typed = _as_tested(_as_sure_as_printed(typed), results.frames.get(f"{section}_exact"))
    return _without_small_groups(typed, results, numbers) if section in OF_PERSONS else typed


def _as_sure_as_printed(rows: pd.DataFrame) -> pd.DataFrame:
    """No row surer than the interval its region printed: with few units that is the exact test's, wider than the standard error
    of the estimator says. The larger error counts, p is raised to match, and an interval without end leaves no error at all."""
    own, p_value = rows["std_error"].to_numpy(dtype=float), rows["p_value"].to_numpy(dtype=float)
    printed = ((rows["conf_high"] - rows["conf_low"]) / (2 * Z95)).to_numpy(dtype=float)
    wider = (own > 0) & (printed > own * (1 + ROUNDING))
    error = np.where(wider, np.where(np.isfinite(printed), printed, np.nan), own)
    score = rows["estimate"].to_numpy(dtype=float) / np.where(wider, error, np.nan)
    raised = np.fmax(p_value, [normal_p(one) for one in score])
    return rows.assign(std_error=error, p_value=np.where(wider, raised, p_value))


def _as_tested(rows: pd.DataFrame, exact: pd.DataFrame | None) -> pd.DataFrame:
    """The p-value that the region's own verdict was made with: where units are few, that of the exchange test. exact: slug outcome
    method p_value."""
    if exact is None or exact.empty:
        return rows
    tested = exact.loc[exact["method"] == EXCHANGE, ["slug", "outcome", "p_value"]].set_index(["slug", "outcome"])["p_value"]
    own = tested.astype("float64").reindex(pd.MultiIndex.from_frame(rows[["slug", "outcome"]])).to_numpy()
    return rows.assign(p_value=np.where(np.isfinite(own), own, rows["p_value"]))


def _without_small_groups(rows: pd.DataFrame, results: SavedResults, numbers: list[str]) -> pd.DataFrame:
    """Rows of fewer persons than the region's smallest cell lose their numbers and are told as too few; fewer comparisons are not told."""
    least = rows["slug"].map(dict(zip(results.regions["slug"], results.regions["minimum_cell"], strict=True)))
    small = rows["n_units"] < least
    hidden = {name: rows[name].mask(small) for name in numbers}
    hidden["n_compared"] = hidden["n_compared"].mask(rows["n_compared"] < least)
    return rows.assign(**hidden, verdict=rows["verdict"].mask(small, "cannot_tell"), reason=rows["reason"].mask(small, "too_few"))


def outcomes_of(effects: pd.DataFrame) -> list[str]:
    """Outcomes in the order of the sections and of their first appearance."""
    return list(dict.fromkeys(effects["outcome"]))


def of_outcome(effects: pd.DataFrame, code: str) -> pd.DataFrame:
    """The rows of one outcome with an estimate, and the weight (percent) each has in the pool; NaN where it has none."""
    rows = effects.loc[(effects["outcome"] == code) & effects["estimate"].notna()].reset_index(drop=True)
    found = pooled(rows)
    return rows.assign(weight=math.nan if found is None else list(found.weights))


def pooled(rows: pd.DataFrame) -> PooledEffect | None:
    """Rows of one outcome pooled with the default interval; None under two usable estimates."""
    if len(rows) < 2:
        return None
    found = pool(rows["estimate"], rows["std_error"])
    return found if found.k >= 2 else None


def pooled_outcomes(effects: pd.DataFrame) -> pd.DataFrame:
    """Every outcome pooled over the regions that have it, columns POOLED_COLUMNS; NaN where fewer than two do. primary: at least one
    of the regions declared it; p_adjusted: Holm over the primary outcomes, Benjamini-Hochberg over the others."""
    table = pd.DataFrame([_pooled_row(effects.loc[effects["outcome"] == code]) for code in outcomes_of(effects)])
    if table.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in POOLED_COLUMNS})
    return pd.concat([table, corrected(table["p_value"], table["primary"])], axis=1)[list(POOLED_COLUMNS)]


def _pooled_row(rows: pd.DataFrame) -> dict[str, object]:
    found = pooled(rows)
    first = rows.iloc[0]
    row: dict[str, object] = {
        "section": first["section"], "outcome": first["outcome"], "primary": bool(rows["primary"].any()),
        "regions": len(rows), "k": int(rows["usable"].sum()),
    }  # fmt: skip
    numbers = [name for name in POOLED_COLUMNS if name not in row and name not in ("p_adjusted", "correction")]
    return row | {name: math.nan if found is None else getattr(found, name) for name in numbers}
