"""Sentences on outcomes: what was found and how sure; what a plain before/after says, and why it is no evidence."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import difference, is_better, level, outcome, shown, span
from mutasi_analysis.wording.shapes import OutcomesLike, RatingsLike
from mutasi_analysis.wording.words import Words, capital

PRETEST_LEVEL = 0.05


def verdict_sentence(row: pd.Series, words: Words) -> str:
    """One row of `verdicts` in words. Only "found" speaks of an effect."""
    code = str(row["outcome"])
    verdict = str(row["verdict"])
    places: dict[str, Any] = {
        "outcome": words.label("outcome", code),
        "points": words.label("points", code),
        "estimate": difference(code, row["estimate"], words),
        "interval": span(code, row["conf_low"], row["conf_high"], words),
        "mde": level(code, row["mde"], words),
        "n_moved": words.number(row["n_moved"], 0),
        "n_compared": words.number(row["n_compared"], 0),
    }
    if verdict == "found":
        better = is_better(code, float(row["estimate"]))
        return words("finding.found_up" if better else "finding.found_down", **places)
    if verdict == "not_found":
        return words("finding.not_found", **places)
    return _cannot_tell(row, places, words)


def _cannot_tell(row: pd.Series, places: dict[str, Any], words: Words) -> str:
    text = words("finding.cannot_tell", reason=reason(row["reason"], words), outcome=places["outcome"])
    if is_missing(row["mde"]):
        return text
    return f"{text} {words('finding.cannot_tell_mde', mde=places['mde'], points=places['points'])}"


def reason(code: Any, words: Words) -> str:
    """Why a verdict is what it is: a code of the catalogue; anything else is said in general words."""
    text = "" if is_missing(code) else str(code)
    return words.label("reason", text) if words.knows("reason", text) else words("reason.unknown")


def naive_sentence(row: pd.Series, words: Words) -> str:
    """One row of `naive`: what before and after were, as description, and why it misleads."""
    code = str(row["outcome"])
    return words(
        "naive.sentence",
        outcome=words.label("outcome", code),
        before=level(code, row["before"], words),
        after=level(code, row["after"], words),
        difference=difference(code, row["difference"], words),
        points=words.label("points", code),
        n=words.number(row["n"], 0),
    )


def pretest_sentence(row: pd.Series, words: Words) -> str:
    """Whether both groups moved alike before the transfers; empty where it was not tested."""
    if is_missing(row["p_value"]):
        return ""
    key = "naive.pretest_ok" if float(row["p_value"]) >= PRETEST_LEVEL else "naive.pretest_bad"
    return words(key, outcome=words.label("outcome", row["outcome"]), p=words.probability(row["p_value"]))


def _contrast(naive: pd.Series, verdict: pd.Series, words: Words) -> str:
    """The warning where before/after lies outside the interval of the comparison; else empty."""
    values = (verdict["estimate"], verdict["conf_low"], verdict["conf_high"], naive["difference"])
    if any(is_missing(value) for value in values):
        return ""
    if float(verdict["conf_low"]) <= float(naive["difference"]) <= float(verdict["conf_high"]):
        return ""
    code = str(naive["outcome"])
    points = words.label("points", code)
    return words(
        "naive.contrast",
        naive=difference(code, naive["difference"], words),
        estimate=difference(code, verdict["estimate"], words),
        points=points,
    )


def outcome_paragraphs(section: OutcomesLike, words: Words) -> tuple[str, ...]:
    """Per outcome: verdict, then the plain before/after with its warning, then the test before the transfers."""
    paragraphs = []
    for _, verdict in section.verdicts.iterrows():
        code = verdict["outcome"]
        parts = [verdict_sentence(verdict, words)]
        for _, row in section.naive.loc[section.naive["outcome"] == code].iterrows():
            parts += [naive_sentence(row, words), _contrast(row, verdict, words)]
        for _, row in section.pretests.loc[section.pretests["outcome"] == code].iterrows():
            parts.append(pretest_sentence(row, words))
        paragraphs.append(" ".join(part for part in parts if part))
    return tuple(paragraphs)


def performance_paragraphs(section: RatingsLike, words: Words) -> tuple[str, ...]:
    """As `outcome_paragraphs`, and what the ratings themselves can and cannot carry."""
    closing = [ceiling_sentence(section.ratings, words), regime_sentence(section.ratings, words)]
    return (*outcome_paragraphs(section, words), " ".join(text for text in closing if text))


def ceiling_sentence(ratings: pd.DataFrame, words: Words) -> str:
    """The share of ratings that read Baik or Sangat Baik, where it leaves hardly any room (90 % or more)."""
    known = ratings.dropna(subset=["n"])
    total = float(known["n"].sum())
    if total == 0:
        return ""
    share = float(known.loc[known["predicate"].isin(["Baik", "Sangat Baik"]), "n"].sum()) / total
    return words("naive.ceiling", share=words.percent(share)) if share >= 0.9 else ""


def regime_breaks(ratings: pd.DataFrame) -> tuple[int, ...]:
    """Years in which a rating rule is first used, the first one of the data excepted."""
    first = ratings.groupby("regime", observed=True)["year"].min().sort_values()
    return tuple(int(year) for year in first.iloc[1:])


def regime_sentence(ratings: pd.DataFrame, words: Words) -> str:
    """In which years the rating rules changed; empty where they did not."""
    years = regime_breaks(ratings)
    return words("naive.regimes", years=words.listing([str(year) for year in years])) if years else ""


def headline(row: pd.Series, words: Words) -> str:
    """A finding short enough for the title of a picture."""
    code = str(row["outcome"])
    name = words.label("outcome", code)
    key = str(row["verdict"])
    if key == "found":
        key = "found_better" if is_better(code, float(row["estimate"])) else "found_worse"
    return words(
        f"headline.{key}",
        outcome=capital(name) if key.startswith("found") else name,
        estimate=difference(code, row["estimate"], words),
        points=words.label("points", code),
        mde=words.number(shown(code, row["mde"]), outcome(code).digits),
    )
