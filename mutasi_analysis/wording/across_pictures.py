"""Title, caption and alt text of the pictures of the comparison beyond the forest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

from mutasi_analysis.wording.across import SlopeLike, slope_span, slope_warning
from mutasi_analysis.wording.outcomes import difference, outcome
from mutasi_analysis.wording.pictures import Said
from mutasi_analysis.wording.shapes import PooledLike
from mutasi_analysis.wording.words import Words, capital


class PrintedLike(Protocol):
    """What a picture reads of a published estimate."""

    @property
    def short(self) -> str: ...
    @property
    def estimate(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


def _named(code: str, words: Words) -> dict[str, str]:
    return {"outcome": capital(words.label("outcome", code)), "points": words.label("points", code)}


def forest_alt_many(estimates: pd.DataFrame, shown: int, words: Words) -> str:
    """Alt text of a forest that draws both ends only. estimates: of all regions."""
    code = str(estimates["outcome"].iloc[0])
    low, high = (difference(code, value, words) for value in (estimates["estimate"].min(), estimates["estimate"].max()))
    crossing = ((estimates["conf_low"] <= 0) & (estimates["conf_high"] >= 0)).sum()
    counts = {"n": words.number(len(estimates), 0), "shown": shown, "crossing": words.number(crossing, 0)}
    return words("said.forest_alt_many", low=low, high=high, points=words.label("points", code), **counts)


def funnel_words(code: str, n: int, outside: int, pooled: PooledLike, words: Words) -> Said:
    """How many regions lie outside the 95 % funnel, and how many chance alone would put there."""
    named = _named(code, words)
    shown = {"n": words.number(n, 0), "outside": words.number(outside, 0), "expected": words.number(0.05 * n, 0)}
    return Said(
        words("said.funnel_title", outcome=named["outcome"], outside=shown["outside"], n=shown["n"]),
        words("said.funnel_caption"),
        words("said.funnel_alt", estimate=difference(code, pooled.estimate, words), points=named["points"], **shown),
    )


def rank_words(table: pd.DataFrame, pairs: pd.DataFrame, shown: int, words: Words, *, draws: int, named: int) -> Said:
    """Who is most likely first, with the range of that rank. table: region outcome rank_low rank_high p_first."""
    code = str(table["outcome"].iloc[0])
    first = table.iloc[int(table["p_first"].to_numpy().argmax())]
    if len(table) <= named:
        caption = words("said.rank_caption", draws=words.number(draws, 0))
    else:
        caption = words("said.rank_caption_many", draws=words.number(draws, 0), shown=shown, n=words.number(len(table), 0))
    ends = {"low": words.number(first["rank_low"], 0), "high": words.number(first["rank_high"], 0)}
    ranks = words("said.rank_span" if ends["low"] != ends["high"] else "said.rank_only", **ends)
    counts = {"apart": words.number(pairs["apart"].sum(), 0), "pairs": words.number(len(pairs), 0)}
    shares = [words.percent(p) for p in table["p_first"].nlargest(2)]
    alike = len(shares) > 1 and shares[0] == shares[1]
    alt = words("said.rank_alt_alike" if alike else "said.rank_alt", region=first["region"], share=shares[0], ranks=ranks, **counts)
    return Said(words("said.rank_title", outcome=_named(code, words)["outcome"], **counts), caption, alt)


def leave_words(without: pd.DataFrame, shown: int, pooled: PooledLike, words: Words) -> Said:
    """How far the pool moves. without: region outcome estimate."""
    code = str(without["outcome"].iloc[0])
    furthest = without.iloc[int((without["estimate"] - pooled.estimate).abs().to_numpy().argmax())]
    low, high = (difference(code, value, words) for value in (without["estimate"].min(), without["estimate"].max()))
    drawn = words("said.leave_drawn", shown=shown, n=words.number(len(without), 0)) if shown < len(without) else ""
    values = {"region": furthest["region"], "without": difference(code, furthest["estimate"], words)}
    return Said(
        words("said.leave_title", low=low, high=high, **_named(code, words)),
        " ".join(words("said.leave_caption", drawn=drawn).split()),
        words("said.leave_alt", estimate=difference(code, pooled.estimate, words), points=_named(code, words)["points"], **values),
    )


def slope_words(code: str, rows: pd.DataFrame, fit: SlopeLike, words: Words, *, least: int, doubted: bool = False) -> Said:
    """The slope with its interval and the warning for few regions. rows: moderator; doubted: some region has an open mark."""
    title = words(
        "said.slope_title",
        slope=words.signed(fit.slope * outcome(code).scale, 2),
        interval=slope_span(code, fit, words),
        **_named(code, words),
    )
    caption = " ".join(
        words("said.slope_caption", open=words("said.forest_open") if doubted else "", few=slope_warning(fit, words, least=least)).split()
    )
    low, high = (words.number(value, 1) for value in (rows["moderator"].min(), rows["moderator"].max()))
    zero = words("said.slope_zero" if fit.conf_low <= 0 <= fit.conf_high else "said.slope_not_zero")
    return Said(title, caption, words("said.slope_alt", k=words.number(fit.k, 0), low=low, high=high, zero=zero))


def published_words(code: str, entries: Sequence[PrintedLike], pooled: PooledLike | None, words: Words, *, doubted: bool = False) -> Said:
    """The range of published figures and where our pool lies. doubted: some region has an open mark."""
    named = _named(code, words)
    values = [value for entry in entries for value in (entry.estimate, entry.low, entry.high) if value is not None]
    if pooled is None:
        ours = words("said.published_alone")
    else:
        ours = words("said.published_ours", estimate=difference(code, pooled.estimate, words), points=named["points"])
    low, high = words.number(min(values), 1), words.number(max(values), 1)
    return Said(
        words("said.published_title", outcome=named["outcome"], n=len(entries), ours=ours, low=low, high=high),
        words("said.published_caption", points=named["points"], open=f" {words('said.forest_open')}" if doubted else ""),
        words("said.published_alt", low=low, high=high, ours=ours),
    )


def balance_many_words(regions: pd.DataFrame, words: Words) -> Said:
    """In how many regions imbalance fell and match rose. regions: imbalance_after imbalance_without change."""
    both = regions.dropna(subset=["imbalance_after", "imbalance_without"])
    change = regions["change"].dropna().astype("float64")
    better = (both["imbalance_after"] < both["imbalance_without"]).sum()
    counts = {"better": better, "n": len(both), "up": (change > 0).sum(), "m": len(change)}
    middles = {"without": words.number(both["imbalance_without"].median()), "after": words.number(both["imbalance_after"].median())}
    return Said(
        words("said.balance_many_title", **{name: words.number(value, 0) for name, value in counts.items()}),
        words("said.balance_many_caption"),
        words("said.balance_many_alt", change=words.signed(change.median()), **middles),
    )
