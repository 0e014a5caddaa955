"""Sentences of the comparison beyond the pooled difference: spread, doubt, ranks, leaving out, slope, many questions."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Protocol

import pandas as pd

from mutasi_analysis.wording.comparison import LEVELS, hangs_on
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import difference, outcome, span
from mutasi_analysis.wording.regions import by_level
from mutasi_analysis.wording.shapes import PooledLike
from mutasi_analysis.wording.words import Words, capital, plain

NAMED = 12
SIGNIFICANT = 0.05


class SpreadLike(PooledLike, Protocol):
    """A pooled difference with the intervals of its spread."""

    @property
    def tau2(self) -> float: ...
    @property
    def tau2_low(self) -> float: ...
    @property
    def tau2_high(self) -> float: ...
    @property
    def i2_low(self) -> float: ...
    @property
    def i2_high(self) -> float: ...


class SlopeLike(Protocol):
    """What `comparison.meta_regression` gives, as sentences read it."""

    @property
    def slope(self) -> float: ...
    @property
    def conf_low(self) -> float: ...
    @property
    def conf_high(self) -> float: ...
    @property
    def k(self) -> int: ...
    @property
    def few(self) -> bool: ...


def spread_sentence(code: str, pooled: SpreadLike, words: Words) -> str:
    """τ on the outcome's scale and I², each with its Q-profile interval, and what an estimate of zero does to the interval of a new
    region; empty where they are not known."""
    if is_missing(pooled.tau2_high) or is_missing(pooled.i2_high):
        return ""
    text = words(
        "compare.spread",
        tau=words.number(_tau(code, pooled.tau2), 1),
        points=words.label("points", code),
        tau_span=_tau_span(code, pooled, words),
        i2=words.number(pooled.i2, 0),
        i2_span=words.interval(pooled.i2_low, pooled.i2_high, 0),
    )
    return f"{text} {words('compare.spread_zero')}" if pooled.tau2 == 0 else text


def _tau(code: str, variance: float) -> float:
    """A variance between regions as their spread, on the outcome's scale."""
    return abs(outcome(code).scale) * sqrt(max(0.0, variance))


def _tau_span(code: str, pooled: SpreadLike, words: Words) -> str:
    return words.interval(_tau(code, pooled.tau2_low), _tau(code, pooled.tau2_high), 1)


def levels_sentence(rows: pd.DataFrame, words: Words) -> str:
    """Which levels are mixed; empty where all are of one. rows: level."""
    counts = rows["level"].value_counts()
    if len(counts) < 2:
        return ""
    items = [words("compare.levels_item", n=counts[name], level=words.label("level", name)) for name in LEVELS if name in counts.index]
    return words("compare.levels_mixed", items=words.listing(items))


def left_out_sentence(rows: pd.DataFrame, words: Words) -> str:
    """Regions that are not pooled; empty where all are. rows: region usable, of one outcome."""
    names = rows.loc[~rows["usable"].astype(bool), "region"]
    return words("compare.left_out", names=_names(names, words)) if len(names) else ""


def doubted_sentence(code: str, doubted: int, pooled: PooledLike, without: PooledLike | None, words: Words) -> str:
    """How many pooled regions cannot tell by their own rule, and what the pool is without them; empty for none."""
    if not doubted:
        return ""
    if without is None:
        told = words("compare.doubted_nothing")
    else:
        interval = span(code, without.conf_low, without.conf_high, words)
        told = words(
            "compare.doubted_without", estimate=_value(code, without.estimate, words), points=_points(code, words), interval=interval
        )
    return words("compare.doubted", n=doubted, k=pooled.k, without=told)


def rank_sentence(code: str, pairs: pd.DataFrame, doubted: pd.Series, pooled: SpreadLike, words: Words) -> str:
    """How many pairs can be told apart, and which; where the spread between regions is estimated at zero, what that means. pairs: first
    second apart; doubted: names of regions whose own report cannot tell."""
    apart = pairs.loc[pairs["apart"].astype(bool)]
    items = [words("compare.rank_pair", first=plain(a), second=plain(b)) for a, b in zip(apart["first"], apart["second"], strict=True)]
    named = words("compare.rank_named", items="; ".join(items)) if 0 < len(items) <= NAMED else ""
    values = {"outcome": capital(words.label("outcome", code)), "apart": words.number(len(apart), 0), "pairs": words.number(len(pairs), 0)}
    text = words("compare.rank_text", named=named, **values)
    alike = pooled.tau2 == 0 and not is_missing(pooled.tau2_high)
    more = [words("compare.rank_equal", tau_span=_tau_span(code, pooled, words), points=_points(code, words))] if alike else []
    more += [words("compare.rank_doubted", names=_names(doubted, words))] if len(doubted) else []
    return " ".join([text, *more])


def leave_sentence(code: str, without: pd.DataFrame, pooled: PooledLike, words: Words) -> str:
    """How far the pool moves, and on which regions it hangs whether its interval contains zero."""
    furthest = without.iloc[int((without["estimate"] - pooled.estimate).abs().to_numpy().argmax())]
    changed = without.loc[hangs_on(without, pooled), "region"]
    zero = words("compare.leave_hangs", names=_names(changed, words)) if len(changed) else words("compare.leave_same")
    if len(without) > NAMED:
        most = words.number(outcome(code).scale * abs(furthest["estimate"] - pooled.estimate), 2)
        values = {"k": words.number(len(without), 0), "most": most, "points": _points(code, words), "region": plain(furthest["region"])}
        return words("compare.leave_many", outcome=capital(words.label("outcome", code)), zero=zero, **values)
    low, high = without["estimate"].min(), without["estimate"].max()
    return words(
        "compare.leave_text", outcome=capital(words.label("outcome", code)), low=_value(code, low, words), high=_value(code, high, words),
        points=_points(code, words), region=plain(furthest["region"]), without=_value(code, furthest["estimate"], words), zero=zero,
    )  # fmt: skip


def slope_sentence(code: str, fit: SlopeLike, words: Words, *, least: int) -> str:
    """The slope with its interval and, for few regions, that it is no finding; or why there is no line."""
    name = words.label("outcome", code)
    if is_missing(fit.slope):
        return words("compare.slope_none", outcome=name)
    values = {"slope": _slope(code, fit.slope, words), "points": _points(code, words), "interval": slope_span(code, fit, words)}
    text = words("compare.slope_text", outcome=capital(name), **values)
    return f"{text} {slope_warning(fit, words, least=least)}".rstrip()


def slope_warning(fit: SlopeLike, words: Words, *, least: int) -> str:
    """That so few regions bear no finding; empty where there are enough."""
    return words("compare.slope_few", k=fit.k, least=least) if fit.few else ""


def slope_span(code: str, fit: SlopeLike, words: Words) -> str:
    """The interval of the slope, two decimals."""
    scale = outcome(code).scale
    return words.interval(fit.conf_low * scale, fit.conf_high * scale, 2)


def families_sentence(effects: pd.DataFrame, words: Words) -> str:
    """Which outcomes were declared, how p-values are corrected, how many rows stay small, and which verdicts read otherwise.

    effects: region outcome primary p_adjusted verdict reason.
    """
    declared = list(dict.fromkeys(effects.loc[effects["primary"].astype(bool), "outcome"]))
    primary = words.listing([words.label("outcome", code) for code in declared]) or words("compare.families_undeclared")
    known = effects["p_adjusted"].dropna().astype("float64")
    counts = {"kept": words.number((known < SIGNIFICANT).sum(), 0), "n": words.number(len(known), 0)}
    text = words("compare.families_text", primary=primary, **counts)
    small, found = effects["p_adjusted"].astype("float64") < SIGNIFICANT, effects["verdict"] == "found"
    loud, silent = effects.loc[found & ~small & effects["p_adjusted"].notna()], effects.loc[small & ~found]
    more = [words("compare.families_rule")] if len(loud) or len(silent) else []
    more += [words("compare.families_found", items=_few_or_count(loud, _with_p, words))] if len(loud) else []
    more += [words("compare.families_open", items=_few_or_count(silent, _with_reason, words))] if len(silent) else []
    return "\n\n".join([text, " ".join(more)]) if more else text


def _few_or_count(rows: pd.DataFrame, told: Callable[[pd.DataFrame, Words], list[str]], words: Words) -> str:
    """Rows in words, or how many they are."""
    return "; ".join(told(by_level(rows), words)) if len(rows) <= NAMED else words("compare.families_many", n=words.number(len(rows), 0))


def _cell(row: pd.Series, words: Words) -> str:
    return words("compare.families_cell", outcome=words.label("outcome", row["outcome"]), region=plain(row["region"]))


def _with_p(rows: pd.DataFrame, words: Words) -> list[str]:
    return [words("compare.families_row", cell=_cell(row, words), p=words.number(row["p_adjusted"], 3)) for _, row in rows.iterrows()]


def _with_reason(rows: pd.DataFrame, words: Words) -> list[str]:
    """Rows of one verdict and reason together."""
    told = []
    for (verdict, reason), some in rows.groupby(["verdict", "reason"], sort=False):
        name, cells = words.label("verdict", verdict), words.listing([_cell(row, words) for _, row in some.iterrows()])
        why = words.label("reason", reason)
        told.append(words("compare.families_why", cells=cells, verdict=name[:1].lower() + name[1:], reason=why))
    return told


def _names(names: pd.Series, words: Words) -> str:
    told = words.listing([plain(name) for name in names]) if len(names) <= NAMED else ""
    return told or words.count(len(names), "region")


def _value(code: str, value: float, words: Words) -> str:
    return difference(code, value, words)


def _slope(code: str, value: float, words: Words) -> str:
    return words.signed(value * outcome(code).scale, 2)


def _points(code: str, words: Words) -> str:
    return words.label("points", code)
