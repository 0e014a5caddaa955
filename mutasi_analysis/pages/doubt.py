"""Comparison of regions: what a ranking is worth, what one region does to the pool, and one moderator."""

from __future__ import annotations

from mutasi_analysis import across, figures, tabulate
from mutasi_analysis.across import SavedResults
from mutasi_analysis.across.ranking import DRAWS, DRAWS_MANY
from mutasi_analysis.blocks import Block, Prose
from mutasi_analysis.comparison.metaregression import FEW
from mutasi_analysis.pages.differences import DRAWN
from mutasi_analysis.pages.heads import present
from mutasi_analysis.tabulate.extremes import FEW_ROWS
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.across import leave_sentence, rank_sentence, slope_sentence
from mutasi_analysis.wording.outcomes import outcome

#: up to this many regions every pair is listed.
PAIRS_OF = 10


def compare_ranks(results: SavedResults, words: Words, *, seed: int = 0) -> tuple[Block, ...]:
    """Probability of each rank, and which pairs of regions can be told apart."""
    effects = across.headline_effects(results)
    blocks: list[Block | None] = [Prose(f"## {words('compare.ranking_heading')}", "heading")]
    for code in DRAWN:
        rows = across.of_outcome(effects, code)
        found, pooled = across.ranking(rows, lower_is_better=outcome(code).lower_is_better, seed=seed), across.pooled(rows)
        if found is None or pooled is None:
            blocks.append(Prose(words("compare.rank_none", outcome=words.label("outcome", code))))
            continue
        draws = DRAWS if len(found.table) <= 100 else DRAWS_MANY
        doubted = rows.loc[rows["usable"].astype(bool) & (rows["verdict"] == "cannot_tell"), "region"]
        blocks.append(Prose(rank_sentence(code, found.pairs, doubted, pooled, words)))
        blocks.append(figures.ranks(found.table, found.probabilities, found.pairs, words, draws=draws))
        if len(found.table) <= PAIRS_OF:
            blocks.append(tabulate.pairs_table(code, found.pairs, words))
    return present(*blocks)


def compare_leaving(results: SavedResults, words: Words) -> tuple[Block, ...]:
    """The pool without each region."""
    effects = across.headline_effects(results)
    blocks: list[Block | None] = [Prose(f"## {words('compare.leaving_heading')}", "heading")]
    for code in DRAWN:
        rows = across.of_outcome(effects, code)
        without, pooled = across.left_out(rows), across.pooled(rows)
        if pooled is None or without.empty:
            blocks.append(Prose(words("compare.leave_none", outcome=words.label("outcome", code))))
            continue
        picture = figures.leaving(without, pooled, words) if len(without) <= FEW_ROWS else None
        blocks += [Prose(leave_sentence(code, without, pooled, words)), picture]
    return present(*blocks)


def compare_moderator(results: SavedResults, words: Words) -> tuple[Block, ...]:
    """One line through the regions, on transfers per 100 staff, as a picture with its warning."""
    effects = across.headline_effects(results)
    blocks: list[Block | None] = [Prose(f"## {words('compare.slope_heading')}", "heading")]
    for code in DRAWN:
        found = across.regression(results, across.of_outcome(effects, code))
        blocks.append(Prose(slope_sentence(code, found.fit, words, least=FEW)))
        blocks.append(figures.moderator(found.rows, found.fit, words, least=FEW))
    return present(*blocks)
