"""Tables of the comparison of regions. Order by level and name, never by result."""

from __future__ import annotations

from math import isfinite, nan

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.tabulate.build import Shown, build, decimals, flag, integer, plus, text, unbroken, word
from mutasi_analysis.tabulate.outcomes import points_of, scaled, told_verdicts, worth_note
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.outcomes import outcome, span
from mutasi_analysis.wording.regions import by_level
from mutasi_analysis.wording.shapes import PooledLike


def _where() -> tuple[Shown, Shown]:
    return Shown("region", text), Shown("level", word("level"))


def regions_table(regions: pd.DataFrame, words: Words) -> TableBlock:
    """The regions: level, question, sizes, demonstration data or not."""
    columns = (
        *_where(),
        Shown("question", word("question")),
        Shown("persons", integer),
        Shown("units", integer, label="units_n"),
        Shown("moves", integer, label="moves_n"),
        Shown("synthetic", flag),
    )
    return build("regions", by_level(regions), columns, words, caption=words("caption.regions"))


def estimates_table(estimates: pd.DataFrame, words: Words, *, pooled: PooledLike | None = None) -> TableBlock:
    """Estimates of one outcome by region with n, comparisons and how many of them lost staff, interval, weight and the verdict of the
    region's own report; last the pooled one and where a new region is expected, where `pooled` is given."""
    code = str(estimates["outcome"].iloc[0])
    given = estimates.reindex(columns=[*dict.fromkeys([*estimates.columns, "n_units", "n_compared", "n_losing", "verdict"])])
    own = given.assign(verdict=pd.Series(told_verdicts(given), index=given.index, dtype="object").where(given["verdict"].notna()))
    rows = pd.concat([own, _of_all(code, pooled, words)], ignore_index=True) if pooled is not None else own
    losing = (Shown("n_losing", integer, label="compared_units_losing"),) if outcome(code).of_units else ()
    columns = (
        *_where(), Shown("n_units", integer, label="n"), Shown("n_compared", integer), *losing, Shown("estimate", plus(1), points_of(code)),
        Shown("interval", unbroken, points_of(code)), Shown("weight", decimals(1), "percent"), Shown("verdict", word("verdict")),
    )  # fmt: skip
    shown = scaled(rows).assign(interval=_spans(rows, words))
    return build(f"forest_{code}_data", shown, columns, words, caption=words("caption.picture_data"))


def _of_all(code: str, pooled: PooledLike, words: Words) -> pd.DataFrame:
    """The rows below the regions: the pool, and the interval of a new region where it has one."""
    rows = [[words("picture.pooled"), code, pooled.estimate, pooled.conf_low, pooled.conf_high]]
    if isfinite(pooled.pi_low) and isfinite(pooled.pi_high):
        rows.append([words("picture.prediction"), code, nan, pooled.pi_low, pooled.pi_high])
    return pd.DataFrame(rows, columns=["region", "outcome", "estimate", "conf_low", "conf_high"])


def _spans(rows: pd.DataFrame, words: Words) -> list[str]:
    triples = zip(rows["outcome"], rows["conf_low"], rows["conf_high"], strict=True)
    return [span(str(code), low, high, words) for code, low, high in triples]


def outcomes_table(verdicts: pd.DataFrame, words: Words) -> TableBlock:
    """Every outcome of every region: verdict and its reason, difference, interval, what could have been seen; what was found but is
    smaller than what would matter is called small."""
    ordered = by_level(verdicts)
    frame = scaled(ordered).assign(points=lambda rows: rows["outcome"])
    frame = frame.assign(interval=_spans(ordered, words), verdict=told_verdicts(ordered))
    columns = (
        *_where(),
        Shown("outcome", word("outcome")),
        Shown("verdict", word("verdict")),
        Shown("reason", word("reason")),
        Shown("estimate", plus(1)),
        Shown("interval", unbroken),
        Shown("mde", decimals(1)),
        Shown("points", word("points")),
    )
    return build("region_outcomes", frame, columns, words, caption=words("caption.region_outcomes"), note=worth_note(ordered, words))


def multiples_table(effects: pd.DataFrame, code: str, words: Words) -> TableBlock:
    """Estimates by region and years since the transfer."""
    ordered = by_level(effects.sort_values("event_time"))
    frame = scaled(ordered).assign(interval=_spans(ordered, words))
    columns = (
        Shown("region", text), Shown("event_time", plus(0)), Shown("estimate", plus(1), points_of(code)),
        Shown("interval", unbroken, points_of(code)), Shown("n_units", integer, label="n"),
    )  # fmt: skip
    return build(f"multiples_{code}_data", frame, columns, words, caption=words("caption.picture_data"))


def balance_data(regions: pd.DataFrame, words: Words) -> TableBlock:
    """Imbalance with and without the transfers, and the change of match, by region."""
    spans = [words.interval(low, high) for low, high in zip(regions["conf_low"], regions["conf_high"], strict=True)]
    columns = (
        *_where(),
        Shown("imbalance_without", decimals(1), "per_hundred"),
        Shown("imbalance_after", decimals(1), "per_hundred"),
        Shown("change", plus(1), "point", label="match_change"),
        Shown("interval", unbroken, "point"),
    )
    return build("compare_balance", regions.assign(interval=spans), columns, words, caption=words("caption.compare_balance"))


def differences_table(regions: pd.DataFrame, words: Words) -> TableBlock:
    """What makes regions hard to compare: level, years, scheme of working time, rating rules, day of head counts, what is missing."""
    given = by_level(regions.reindex(columns=[*dict.fromkeys([*regions.columns, "regimes", "missing"])]))
    frame = given.assign(
        absent=[_sections(value, words) for value in given["absent"]],
        regimes=[_listed("regime", value, words) for value in given["regimes"]],
        effective_scheme=[_schemes(value, words) for value in given["effective_scheme"]],
        missing=[_listed("table", value, words) for value in given["missing"]],
    )
    columns = (
        *_where(),
        Shown("years", text, label="period_years"),
        Shown("as_of", text, label="as_of"),
        Shown("effective_scheme", text),
        Shown("regimes", text),
        Shown("missing", text, label="missing_tables"),
        Shown("absent", text, label="missing_sections"),
    )
    return build("differences", frame, columns, words, caption=words("caption.compare_data"))


def _schemes(codes: object, words: Words) -> str:
    """Codes with commas between them as the names of their rules."""
    return words.listing([words.label("scheme", code.strip()) for code in str(codes).split(",")]) if isinstance(codes, str) else ""


def _sections(names: str, words: Words) -> str:
    return words.listing([words(f"section.{name}").lower() for name in names.split()]) or words("word.none")


def _listed(domain: str, codes: object, words: Words) -> str:
    """Codes with spaces between them as their labels; none as the word for none."""
    known = codes.split() if isinstance(codes, str) else []
    labels = [words.label(domain, code) for code in known]
    return words.listing([label.split(" (")[0] for label in labels]) or words("word.none")
