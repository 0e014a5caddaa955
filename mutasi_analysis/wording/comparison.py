"""Sentences of the comparison of regions."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import difference, span
from mutasi_analysis.wording.shapes import PooledLike
from mutasi_analysis.wording.words import Words, plain

LEVELS = ("kota", "kabupaten", "kecamatan")
HETEROGENEITY_LEVEL = 0.10
NAMED = 12


def comparison_intro(regions: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """How many regions, of which levels, and that this is no league table. regions: name, level."""
    if regions.empty:
        return (words("compare.no_regions"),)
    items = [_level(level, regions.loc[regions["level"] == level, "name"], words) for level in LEVELS if (regions["level"] == level).any()]
    parts = (words("compare.intro", regions=words.count(len(regions), "region")), words("compare.levels", items="; ".join(items)))
    return (*parts, words("compare.kecamatan")) if (regions["level"] == "kecamatan").any() else parts


def outlying_sentences(rows: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """A warning for each region with far more transfers per person than the others. rows: region moves persons ratio."""
    told = [
        words(
            "compare.outlying",
            region=plain(row["region"]),
            moves=words.count(row["moves"], "move"),
            persons=words.count(row["persons"], "employee"),
            ratio=words.number(row["ratio"], 0),
        )
        for _, row in rows.head(NAMED).iterrows()
    ]
    if len(rows) > NAMED:
        told.append(words("compare.outlying_more", regions=words.count(len(rows) - NAMED, "region")))
    return tuple(told)


def _level(level: str, names: pd.Series, words: Words) -> str:
    told = words.listing([plain(name) for name in names]) if len(names) <= NAMED else words.number(len(names), 0)
    return words("compare.level_item", level=words.label("level", level), names=told)


def pooled_sentences(code: str, pooled: PooledLike | None, n_regions: int, words: Words) -> tuple[str, ...]:
    """The pooled difference with both its intervals, and whether regions differ; with under two estimates, that."""
    outcome = words.label("outcome", code)
    if pooled is None:
        return (words("compare.one" if n_regions == 1 else "compare.none", outcome=outcome),)
    known = not (is_missing(pooled.pi_low) or is_missing(pooled.pi_high))
    text = words(
        "compare.pooled" if known else "compare.pooled_no_prediction",
        k=pooled.k,
        outcome=outcome,
        estimate=difference(code, pooled.estimate, words),
        points=words.label("points", code),
        interval=span(code, pooled.conf_low, pooled.conf_high, words),
        prediction=span(code, pooled.pi_low, pooled.pi_high, words) if known else "",
    )
    return text, heterogeneity_sentence(pooled, words)


def answer_paragraph(
    first: str,
    pooled: Mapping[str, PooledLike],
    rows: Mapping[str, pd.DataFrame],
    without: Mapping[str, pd.DataFrame],
    words: Words,
) -> str:
    """What the comparison found, for who reads no further, and in a second paragraph how sure; empty where nothing was found.

    first: balance and match in one line; by outcome pooled, its rows (usable n_compared n_losing), and without: the pool without each
    region (region conf_low conf_high).
    """
    told = [f"{first}."] if first else []
    by_regions: dict[int, list[str]] = {}
    for code, found in pooled.items():
        by_regions.setdefault(found.k, []).append(_pooled_item(code, found, words))
    told += [words("compare.answer_pooled", k=k, items="; ".join(items)) for k, items in by_regions.items()]
    more = [words("compare.answer_assumes")] if pooled else []
    lost = [_lost(rows[code], words, "compare.losing_item", name=words.label("outcome", code)) for code in pooled]
    more += [words("compare.answer_losing", items="; ".join(text for text in lost if text))] if any(lost) else []
    more += _apart(pooled, words)
    fragile = [_fragile(code, without[code], found, words) for code, found in pooled.items()]
    return "\n\n".join(" ".join(part) for part in (told, [*more, *(text for text in fragile if text)]) if part)


def losing_sentence(rows: pd.DataFrame, words: Words) -> str:
    """How many of the comparison units of the pooled regions lost staff themselves, all and by region, and what that means; empty where
    none did or it is not known. rows: region usable n_compared n_losing, of one outcome."""
    known = _with_losing(rows)
    named = "; ".join(_lost(row.to_frame().T, words, "compare.losing_item", name=plain(row["region"])) for _, row in known.iterrows())
    told = words("compare.losing_regions", items=named) if len(known) <= NAMED else ""
    return _lost(rows, words, "compare.losing", regions=told)


def _with_losing(rows: pd.DataFrame) -> pd.DataFrame:
    """Pooled rows that say how many of their comparison units lost staff."""
    return rows.loc[rows["usable"].astype(bool) & rows["n_losing"].notna()]


def _lost(rows: pd.DataFrame, words: Words, key: str, **places: str) -> str:
    """Comparison units and those of them that lost staff, summed over the rows; empty where none did."""
    known = _with_losing(rows)[["n_compared", "n_losing"]].astype("float64").sum()
    if not known["n_losing"]:
        return ""
    return words(key, n=words.number(known["n_compared"], 0), lost=words.number(known["n_losing"], 0), **places)


def _apart(pooled: Mapping[str, PooledLike], words: Words) -> list[str]:
    """In which outcomes regions differ, and in which they only seem to."""
    found = {code: one for code, one in pooled.items() if one.q_p_value < HETEROGENEITY_LEVEL}
    level, told = words.percent(HETEROGENEITY_LEVEL), []
    sure = [words.label("outcome", code) for code, one in found.items() if not spread_may_be_zero(one)]
    if sure:
        told.append(words("compare.answer_apart", outcomes=words.listing(sure), level=level))
    for code, one in found.items():
        if spread_may_be_zero(one):
            name, p_value = words.label("outcome", code), words.probability(one.q_p_value)
            told.append(words("compare.answer_apart_maybe", outcome=name, p=p_value, level=level))
    return told


def spread_may_be_zero(pooled: PooledLike) -> bool:
    """Whether the interval of the spread between regions reaches zero."""
    return not is_missing(pooled.tau2_low) and pooled.tau2_low <= 0


def _fragile(code: str, without: pd.DataFrame, found: PooledLike, words: Words) -> str:
    """On how many regions it hangs whether the pool's interval contains zero; empty for none."""
    changing = without.loc[hangs_on(without, found)]
    name = words.label("outcome", code)
    if len(changing) == 1:
        return words("compare.answer_fragile_one", outcome=name, region=plain(changing["region"].iloc[0]))
    if changing.empty:
        return ""
    return words("compare.answer_fragile", outcome=name, n=words.number(len(changing), 0), k=words.number(found.k, 0))


def _pooled_item(code: str, found: PooledLike, words: Words) -> str:
    interval = span(code, found.conf_low, found.conf_high, words)
    estimate, points = difference(code, found.estimate, words), words.label("points", code)
    return words("compare.answer_item", outcome=words.label("outcome", code), estimate=estimate, points=points, interval=interval)


def hangs_on(without: pd.DataFrame, pooled: PooledLike) -> pd.Series:
    """For each region, whether leaving it out changes if the interval of the pool contains zero. without: conf_low conf_high."""
    crossing = (without["conf_low"] <= 0) & (without["conf_high"] >= 0)
    return crossing != (pooled.conf_low <= 0 <= pooled.conf_high)


def heterogeneity_sentence(pooled: PooledLike, words: Words) -> str:
    """Whether the regions differ from each other more than chance explains (Q test at 10 %, usual for few studies), or only seem to."""
    key = "compare.homogeneous"
    if pooled.q_p_value < HETEROGENEITY_LEVEL:
        key = "compare.heterogeneous_maybe" if spread_may_be_zero(pooled) else "compare.heterogeneous"
    level = words.percent(HETEROGENEITY_LEVEL)
    return words(key, i2=words.number(pooled.i2, 0), p=words.probability(pooled.q_p_value), level=level, k=pooled.k)
