"""Words of the pictures that show several regions, and the order regions stand in."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.wording.comparison import LEVELS
from mutasi_analysis.wording.outcomes import difference, span
from mutasi_analysis.wording.pictures import Said
from mutasi_analysis.wording.shapes import PooledLike
from mutasi_analysis.wording.words import Words, capital

NAMED = 12


def by_level(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by level (kota, kabupaten, kecamatan) and name: an order that is no ranking. Columns region, level."""
    order = {name: place for place, name in enumerate(LEVELS)}
    keyed = frame.assign(_place=frame["level"].map(order).fillna(len(order)))
    return keyed.sort_values(["_place", "region"], kind="stable", ignore_index=True).drop(columns="_place")


def forest_words(estimates: pd.DataFrame, pooled: PooledLike | None, words: Words) -> Said:
    """The pooled difference where there is one; how far the regions spread and how many include zero."""
    code = str(estimates["outcome"].iloc[0])
    values = {"outcome": capital(words.label("outcome", code)), "points": words.label("points", code)}
    crossing = ((estimates["conf_low"] <= 0) & (estimates["conf_high"] >= 0)).sum()
    if pooled is None:
        title = words("said.forest_title_none", **values)
    else:
        interval = span(code, pooled.conf_low, pooled.conf_high, words)
        title = words("said.forest_title", k=pooled.k, estimate=difference(code, pooled.estimate, words), interval=interval, **values)
    low, high = (difference(code, value, words) for value in (estimates["estimate"].min(), estimates["estimate"].max()))
    if len(estimates) == 1:
        own = span(code, estimates["conf_low"].iloc[0], estimates["conf_high"].iloc[0], words)
        alt = words("said.forest_alt_one", estimate=low, interval=own, points=values["points"])
    else:
        alt = words("said.forest_alt", n=len(estimates), low=low, high=high, crossing=words.number(crossing, 0), points=values["points"])
    return Said(title, words("said.forest_caption"), alt)


def multiples_words(effects: pd.DataFrame, regions: pd.DataFrame, code: str, words: Words, *, minimum_cell: int = 1) -> Said:
    """What each region's first full year says, and how many are behind the later ones; without numbers where these differ by few."""
    first = effects.loc[effects["event_time"] == 0].set_index("region")["estimate"]
    named = [name for name in regions["region"] if name in first.index][:NAMED]
    items = [words("said.multiples_item", name=name, estimate=difference(code, first[name], words)) for name in named]
    year = effects.loc[effects["event_time"] == 0].dropna(subset=["conf_low", "conf_high"])
    clear = words.number(((year["conf_low"] > 0) | (year["conf_high"] < 0)).sum(), 0)
    title = capital(words("said.multiples_title", outcome=words.label("outcome", code), clear=clear, n=words.number(len(year), 0)))
    early = effects.loc[effects["event_time"] <= 0].sort_values("event_time", ascending=False).groupby("region")["n_units"]
    later = _later(effects, [str(name) for name in regions["region"]], words, minimum_cell)
    later += words("said.multiples_earlier") if (early.diff() < 0).any() else ""
    return Said(
        title, words("said.multiples_caption", n=len(regions), later=later), words("said.multiples_alt", items=words.listing(items))
    )


def _later(effects: pd.DataFrame, names: list[str], words: Words, minimum_cell: int) -> str:
    """That later years hold the early cohorts only, with n of each year from 0 on by region; empty where every year holds all."""
    after = effects.loc[effects["event_time"] >= 0].sort_values("event_time")
    counts = {name: after.loc[after["region"] == name, "n_units"].astype("float64") for name in names}
    gone = {name: -n.diff().dropna() for name, n in counts.items()}
    if not any((fewer > 0).any() for fewer in gone.values()):
        return ""
    told = [name for name in names if not gone[name].between(1, minimum_cell - 1).any()] if len(names) <= NAMED else []
    numbers = {name: ", ".join(words.number(n, 0) for n in counts[name]) for name in told}
    items = "; ".join(words("said.multiples_item", name=name, estimate=numbers[name]) for name in told)
    return words("said.multiples_later", n=words("said.multiples_of", items=items) if items else "")


def compare_words(regions: pd.DataFrame, words: Words) -> Said:
    """In how many regions the transfers made the imbalance smaller, and in how many the match clearly rose."""
    return Said(compare_title(regions, words), *(words(f"said.compare_{part}", **_balanced(regions)) for part in ("caption", "alt")))


def _balanced(regions: pd.DataFrame) -> dict[str, int]:
    both = regions.dropna(subset=["imbalance_after", "imbalance_without"])
    return {"n": len(both), "better": int((both["imbalance_after"] < both["imbalance_without"]).sum())}


def compare_title(regions: pd.DataFrame, words: Words) -> str:
    """Balance and match of all regions in one line; what no region has is left out.

    regions: imbalance_after imbalance_without change conf_low."""
    balanced, matched = _balanced(regions), regions.dropna(subset=["change", "conf_low"])
    fit = words("said.compare_fit", up=int((matched["conf_low"] > 0).sum()), m=len(matched)) if len(matched) else ""
    return capital("; ".join(part for part in (words("said.compare_balance", **balanced) if balanced["n"] else "", fit) if part))
