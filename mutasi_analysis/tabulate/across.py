"""Tables of the comparison beyond the estimates: ranks, pairs, leaving out, moderator, many questions, published results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.tabulate.build import Shown, build, decimals, flag, integer, percent, plus, probability, text, unbroken, word
from mutasi_analysis.tabulate.outcomes import points_of, scaled, told_verdicts
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import difference, span
from mutasi_analysis.wording.regions import by_level
from mutasi_analysis.wording.shapes import PooledLike


class PrintedLike(Protocol):
    """A published estimate as tables show it."""

    @property
    def short(self) -> str: ...
    @property
    def setting(self) -> Mapping[str, str]: ...
    @property
    def change(self) -> Mapping[str, str]: ...
    @property
    def outcome(self) -> Mapping[str, str]: ...
    @property
    def estimate(self) -> float | None: ...
    @property
    def std_error(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def unit(self) -> Mapping[str, str]: ...
    @property
    def not_comparable(self) -> Mapping[str, str]: ...
    @property
    def status(self) -> str: ...


def _where() -> tuple[Shown, Shown]:
    return Shown("region", text), Shown("level", word("level"))


def spans(rows: pd.DataFrame, words: Words, low: str = "conf_low", high: str = "conf_high") -> list[str]:
    """Intervals as text on the shown scale of each row's outcome."""
    triples = zip(rows["outcome"], rows[low], rows[high], strict=True)
    return [span(str(code), a, b, words) for code, a, b in triples]


def ranks_table(table: pd.DataFrame, words: Words, probabilities: pd.DataFrame | None = None) -> TableBlock:
    """Ranks with the range of 95 % of draws, beside estimate and shrunken estimate with their intervals; with the probability of every
    rank where `probabilities` (the same rows, one column a rank, best first) is given, else of the first alone."""
    code = str(table["outcome"].iloc[0])
    ranges = [f"{words.number(a, 0)}–{words.number(b, 0)}" for a, b in zip(table["rank_low"], table["rank_high"], strict=True)]
    shrunk = [difference(code, value, words) for value in table["shrunken"]]
    frame = scaled(table).assign(
        interval=spans(table, words),
        rank_span=ranges,
        shrunken=[f"{a} ({b})" for a, b in zip(shrunk, _shrunken(table, words), strict=True)],
    )
    chances = pd.DataFrame() if probabilities is None else 100 * probabilities.set_axis(range(1, probabilities.shape[1] + 1), axis=1)
    every = {f"p_rank_{rank}": words("column.p_rank", rank=rank) for rank in chances.columns}
    columns = (
        *_where(), Shown("estimate", plus(1), points_of(code)), Shown("interval", unbroken, points_of(code)),
        Shown("shrunken", unbroken, points_of(code)), Shown("rank_median", integer), Shown("rank_span", unbroken),
        *([Shown(name, decimals(1), "percent", label="p_first") for name in every] or [Shown("p_first", percent, "percent")]),
    )  # fmt: skip
    frame = frame.assign(**{f"p_rank_{rank}": chances[rank].to_numpy() for rank in chances.columns})
    caption = words("caption.ranks", outcome=words.label("outcome", code))
    block = build(f"ranks_{code}", by_level(frame), columns, words, caption=caption)
    return replace(block, columns=tuple(replace(column, label=every.get(column.name, column.label)) for column in block.columns))


def _shrunken(table: pd.DataFrame, words: Words) -> list[str]:
    return spans(table, words, "shrunken_low", "shrunken_high")


def pairs_table(code: str, pairs: pd.DataFrame, words: Words) -> TableBlock:
    """Every pair with its difference, p-value and whether it can be told apart."""
    low, high = (pairs["difference"] + sign * 1.959964 * pairs["std_error"] for sign in (-1, 1))
    frame = pairs.assign(outcome=code, conf_low=low, conf_high=high, estimate=pairs["difference"])
    told = scaled(frame[["first", "second", "outcome", "estimate", "p_value", "p_holm", "apart"]]).assign(interval=spans(frame, words))
    columns = (
        Shown("first", text), Shown("second", text), Shown("estimate", plus(1), points_of(code), label="between_regions"),
        Shown("interval", unbroken, points_of(code)), Shown("p_value", probability), Shown("p_holm", probability), Shown("apart", flag),
    )  # fmt: skip
    return build(f"pairs_{code}", told, columns, words, caption=words("caption.pairs", outcome=words.label("outcome", code)))


def leaving_table(without: pd.DataFrame, pooled: PooledLike, words: Words) -> TableBlock:
    """The pool without each region, and last that of all regions."""
    code = str(without["outcome"].iloc[0])
    everyone = {name: getattr(pooled, name) for name in ("estimate", "conf_low", "conf_high", "i2")}
    whole = pd.DataFrame([{"region": words("picture.leave_all"), "outcome": code, "weight": 100.0, **everyone}])
    rows = pd.concat([by_level(without), whole], ignore_index=True)
    columns = (
        Shown("region", text, label="without_region"), Shown("level", word("level")),
        Shown("weight", decimals(1), "percent", label="weight_of_left_out"),
        Shown("estimate", plus(1), points_of(code), label="pooled_without"),
        Shown("interval", unbroken, points_of(code)), Shown("i2", decimals(0), "percent"), Shown("cook", decimals(2)),
    )  # fmt: skip
    caption, note = words("caption.leaving", outcome=capitalised(code, words)), words("note.leaving")
    return build(f"leaving_{code}", scaled(rows).assign(interval=spans(rows, words)), columns, words, caption=caption, note=note)


def moderator_table(rows: pd.DataFrame, words: Words, line: pd.DataFrame) -> TableBlock:
    """Regions by number of transfers, and the line with its interval at that number. line: estimate conf_low conf_high of each row."""
    code = str(rows["outcome"].iloc[0])
    at = line.assign(outcome=code).set_axis(rows.index)
    frame = scaled(rows).assign(interval=spans(rows, words), line=scaled(at)["estimate"], line_interval=spans(at, words))
    frame = by_level(frame)
    columns = (
        *_where(), Shown("moderator", decimals(1)), Shown("estimate", plus(1), points_of(code)),
        Shown("interval", unbroken, points_of(code)), Shown("line", plus(1), points_of(code)),
        Shown("line_interval", unbroken, points_of(code)),
    )  # fmt: skip
    return build(f"moderator_{code}", frame, columns, words, caption=words("caption.moderator", outcome=capitalised(code, words)))


def families_pooled_table(table: pd.DataFrame, words: Words) -> TableBlock:
    """Every outcome pooled, primary ones first, with p-value before and after correction."""
    ordered = table.sort_values("primary", ascending=False, kind="stable", ignore_index=True)
    known = ordered["estimate"].notna()
    frame = scaled(ordered).assign(points=ordered["outcome"], primary=ordered["primary"].astype(bool))
    frame = frame.assign(interval=_where_known(spans(ordered, words), known))
    frame = frame.assign(prediction=_where_known(spans(ordered, words, "pi_low", "pi_high"), known))
    columns = (
        Shown("outcome", word("outcome")), Shown("primary", flag), Shown("k", integer), Shown("estimate", plus(1)),
        Shown("interval", unbroken), Shown("prediction", unbroken),
        Shown("points", word("points")), Shown("i2", decimals(0), "percent"), Shown("p_value", probability),
        Shown("p_adjusted", probability),
    )  # fmt: skip
    return build("families_pooled", frame, columns, words, caption=words("caption.families_pooled"), note=words("note.correction"))


def _where_known(texts: list[str], known: pd.Series) -> pd.Series:
    return pd.Series([told if there else None for told, there in zip(texts, known, strict=True)], index=known.index, dtype="object")


def families_table(effects: pd.DataFrame, words: Words) -> TableBlock:
    """Every region and outcome, with p-value before and after correction and the verdict of the region's own report; what was
    found but is smaller than what would matter is called small."""
    ordered = by_level(effects)
    told = told_verdicts(ordered)
    frame = scaled(ordered).assign(points=ordered["outcome"], primary=ordered["primary"].astype(bool), verdict=told)
    frame = frame.assign(interval=_where_known(spans(ordered, words), ordered["estimate"].notna()), compared=_compared(ordered, words))
    columns = (
        *_where(), Shown("outcome", word("outcome")), Shown("primary", flag), Shown("n_units", integer, label="n"),
        Shown("compared", text, kind="value", label="compared_losing"), Shown("estimate", plus(1)), Shown("interval", unbroken),
        Shown("points", word("points")), Shown("p_value", probability), Shown("p_adjusted", probability),
        Shown("verdict", word("verdict")),
    )  # fmt: skip
    return build("families", frame, columns, words, caption=words("caption.families"), note=words("note.families"))


def _compared(effects: pd.DataFrame, words: Words) -> pd.Series:
    """Comparisons of each row, of service units with how many of them lost staff: "19 (16)"; absent where not known."""
    pairs = zip(effects["n_compared"], effects["n_losing"], strict=True)
    told = [
        words.number(n, 0) if is_missing(lost) else words("word.of_which", n=words.number(n, 0), part=words.number(lost, 0))
        for n, lost in pairs
    ]
    return _where_known(told, effects["n_compared"].notna())


def counts_table(effects: pd.DataFrame, words: Words) -> TableBlock:
    """How many regions by outcome and verdict: what is left of the table when regions are many."""
    counts = effects.groupby(["outcome", "verdict"], sort=False).size().unstack("verdict", fill_value=0)
    frame = counts.reindex(columns=["found", "not_found", "cannot_tell", "disagree"], fill_value=0).reset_index()
    columns = (Shown("outcome", word("outcome")), *(Shown(name, integer) for name in ("found", "not_found", "cannot_tell", "disagree")))
    return build("verdict_counts", frame, columns, words, caption=words("caption.counts"))


def published_table(entries: Sequence[PrintedLike], words: Words, *, comparable: bool) -> TableBlock:
    """Published results; those that cannot be compared with the reason."""
    rows = [_published_row(entry, words) for entry in entries]
    names = ["paper", "setting", "what_changed", "outcome", "printed", "not_comparable", "status"]
    frame = pd.DataFrame(rows, columns=names)
    columns = tuple(Shown(name, text) for name in names if not (comparable and name == "not_comparable"))
    key = "published" if comparable else "published_other"
    return build(key, frame, columns, words, caption=words("caption.published" if comparable else "caption.published_other"))


def among_published_table(
    entries: Sequence[PrintedLike], ours: pd.DataFrame, pooled: PooledLike | None, code: str, words: Words
) -> TableBlock:
    """Published results of the same kind, and below them our regions and their pool as drawn beside them, each with its own unit.
    ours: region level outcome estimate conf_low conf_high, where known verdict; not scaled."""
    block = published_table(entries, words, comparable=True)
    given = by_level(ours.reindex(columns=[*dict.fromkeys([*ours.columns, "verdict"])]))
    told = pd.Series(told_verdicts(given), index=given.index, dtype="object").where(given["verdict"].notna())
    shown = [
        _our_row(code, str(row["region"]), words.label("level", row["level"]), row, verdict, words)
        for verdict, (_, row) in zip(told, given.iterrows(), strict=True)
    ]
    if pooled is not None:
        both = pd.Series({name: getattr(pooled, name) for name in ("estimate", "conf_low", "conf_high")})
        shown.append(_our_row(code, words("picture.our_pool"), "", both, None, words))
    frame = pd.concat([block.frame, pd.DataFrame(shown, columns=block.frame.columns)], ignore_index=True)
    caption = words("caption.published_and_ours", points=words.label("points", code))
    return replace(block, frame=frame, shown=frame.astype("object"), caption=caption)


def _our_row(code: str, name: str, level: str, row: pd.Series, verdict: object, words: Words) -> list[str]:
    """One of ours in the columns of a published one; its status is the verdict of its own report."""
    estimate = words("picture.forest_number", estimate=difference(code, row["estimate"], words),
                     interval=span(code, row["conf_low"], row["conf_high"], words))  # fmt: skip
    return [
        name, level, words("picture.our_change"), words.label("outcome", code),
        f"{estimate} {words.label('points', code)}", words.label("verdict", verdict) if isinstance(verdict, str) else "",
    ]  # fmt: skip


def _published_row(entry: PrintedLike, words: Words) -> list[str]:
    language = words.language
    printed = words.number(entry.estimate, _digits(entry.estimate)) if entry.estimate is not None else ""
    if entry.std_error is not None:
        printed += f" ({words.number(entry.std_error, 2)})"
    if entry.low is not None:
        digits = _digits(entry.low)
        printed = f"{printed} {words.interval(entry.low, entry.high, digits)}".strip()
    shown_number = f"{printed} {entry.unit[language]}".strip()
    return [
        entry.short, entry.setting[language], entry.change[language], entry.outcome[language], shown_number,
        entry.not_comparable[language], words.label("published_status", entry.status),
    ]  # fmt: skip


def _digits(value: float | None) -> int:
    if value is None or value == int(value):
        return 0
    return 1 if round(value, 1) == value else 2


def capitalised(code: str, words: Words) -> str:
    """The outcome's name with a capital."""
    name = words.label("outcome", code)
    return name[:1].upper() + name[1:]
