"""Sentences of the comparison of regions."""

from __future__ import annotations

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


def heterogeneity_sentence(pooled: PooledLike, words: Words) -> str:
    """Whether the regions differ from each other more than chance explains (Q test at 10 %, usual for few studies)."""
    key = "compare.heterogeneous" if pooled.q_p_value < HETEROGENEITY_LEVEL else "compare.homogeneous"
    return words(key, i2=words.number(pooled.i2, 0), p=words.probability(pooled.q_p_value), k=pooled.k)
