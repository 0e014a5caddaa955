"""Comparison of regions: forests and funnels of the main outcomes, all outcomes corrected, and published results beside them."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis import across, figures, tabulate
from mutasi_analysis.across import SavedResults
from mutasi_analysis.blocks import Block, Prose
from mutasi_analysis.pages.heads import present, texts
from mutasi_analysis.tabulate.extremes import FEW_ROWS, extremes
from mutasi_analysis.wording import Words, pooled_sentences
from mutasi_analysis.wording.across import doubted_sentence, families_sentence, left_out_sentence, levels_sentence, spread_sentence
from mutasi_analysis.wording.comparison import losing_sentence
from mutasi_analysis.wording.regions import by_level

#: drawn in every part, in this order; the other outcomes stand in the tables.
DRAWN = ("output_percent", "ikm", "hari_pengaduan")
#: regions at each end whose event studies are drawn where there are too many for all.
PANELS_EACH_END = 6
MOST_PANELS = 24


def compare_effects(results: SavedResults, words: Words) -> tuple[Block, ...]:
    """Forests with pooled difference and prediction, whether regions differ, event studies, every verdict."""
    effects = across.headline_effects(results)
    blocks: list[Block | None] = [Prose(f"## {words('compare.effects_heading')}", "heading")]
    if effects.empty:
        return present(*blocks, Prose(words("compare.empty"), "warning"))
    for code in DRAWN:
        blocks += _outcome(effects, code, words)
    blocks += _multiples(results, effects, words)
    return present(*blocks, _verdicts(results, effects, words), _counts_note(effects, words))


def _outcome(effects: pd.DataFrame, code: str, words: Words) -> list[Block | None]:
    rows = across.of_outcome(effects, code)
    pooled = across.pooled(rows)
    usable = rows.loc[rows["usable"].astype(bool)]
    first, *told = pooled_sentences(code, pooled, len(usable), words)
    told = [first, losing_sentence(by_level(usable), words), *told]
    if pooled is not None:
        sure = usable.loc[usable["verdict"] != "cannot_tell"]
        doubted = doubted_sentence(code, len(usable) - len(sure), pooled, across.pooled(sure), words)
        told += [spread_sentence(code, pooled, words), doubted, levels_sentence(usable, words)]
    given = effects.loc[effects["outcome"] == code]
    told.append(left_out_sentence(given, words))
    picture = figures.forest(rows, pooled, words)
    funnel = figures.funnel(rows, pooled, words) if pooled is not None and len(usable) > FEW_ROWS else None
    return [*texts((" ".join(text for text in told if text),)), picture, funnel]


def _multiples(results: SavedResults, effects: pd.DataFrame, words: Words) -> tuple[Block | None, ...]:
    """Event studies of the first drawn outcome, of both ends where regions are many."""
    frame = results.frames.get("performance_effects")
    if frame is None:
        return ()
    rows = across.of_outcome(effects, DRAWN[0])
    slugs = extremes(rows, most=MOST_PANELS, each=PANELS_EACH_END)["slug"]
    drawn, least = frame.loc[frame["slug"].isin(slugs)], int(results.regions["minimum_cell"].max())
    picture = figures.event_multiples(drawn, DRAWN[0], words, anticipation=_anticipation(results), minimum_cell=least)
    ends = Prose(words("compare.multiples_ends", shown=len(slugs), n=words.number(len(rows), 0))) if len(slugs) < len(rows) else None
    return ends, picture


def _anticipation(results: SavedResults) -> int:
    """The widest zone that a region's profile declares; 0 where the saved results do not say."""
    declared = results.regions.reindex(columns=["anticipation_years"])["anticipation_years"].dropna()
    return int(declared.max()) if len(declared) else 0


def _verdicts(results: SavedResults, effects: pd.DataFrame, words: Words) -> Block:
    if results.regions.shape[0] > FEW_ROWS:
        return tabulate.counts_table(effects, words)
    parts = [results.frames[name] for name in ("performance_verdicts", "service_verdicts") if name in results.frames]
    return tabulate.outcomes_table(pd.concat([part for part in parts if len(part)], ignore_index=True), words)


def _counts_note(effects: pd.DataFrame, words: Words) -> Block | None:
    n = effects["slug"].nunique()
    return Prose(words("compare.counts_text", regions=words.count(n, "region"))) if n > FEW_ROWS else None


def compare_families(results: SavedResults, words: Words) -> tuple[Block, ...]:
    """Every outcome with its p-value corrected: what profiles declared primary by Holm, the rest by Benjamini and Hochberg."""
    effects = across.headline_effects(results)
    heading = Prose(f"## {words('compare.families_heading')}", "heading")
    if effects.empty:
        return heading, Prose(words("compare.empty"), "warning")
    table = tabulate.families_table(effects, words) if effects["slug"].nunique() <= FEW_ROWS else None
    return present(
        heading, Prose(families_sentence(effects, words)), tabulate.families_pooled_table(across.pooled_outcomes(effects), words), table
    )


def compare_published(results: SavedResults, words: Words) -> tuple[Block, ...]:
    """Our regions among published results where the unit allows it; everything else listed with its reason."""
    effects = across.headline_effects(results)
    blocks: list[Block | None] = [Prose(f"## {words('compare.published_heading')}", "heading")]
    drawn = next((code for code in DRAWN if across.published(code).comparable), DRAWN[0])
    split, rows = across.published(drawn), across.of_outcome(effects, drawn)
    picture = figures.among_published(rows, across.pooled(rows), split.comparable, words)
    blocks += [Prose(words("compare.published_text", points=words.label("points", drawn))), picture]
    if picture is None and split.comparable:
        blocks.append(tabulate.published_table(split.comparable, words, comparable=True))
    others = [words.label("outcome", code) for code in DRAWN if not across.published(code).comparable]
    if others:
        blocks.append(Prose(words("compare.published_none", outcome=words.listing(others), n=len(split.other))))
    return present(*blocks, tabulate.published_table(split.other, words, comparable=False))
