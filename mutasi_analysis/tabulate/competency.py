"""Tables on the match of persons and posts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.disclosure import MATCH_SHARES, hidden_shares
from mutasi_analysis.tabulate.build import (
    CHANGE,
    Shown,
    Small,
    build,
    decimals,
    hidden_elsewhere,
    integer,
    percent,
    plus,
    shares_note,
    text,
    unbroken,
    word,
)
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.competency import shown_reasons
from mutasi_analysis.wording.numbers import MISSING

#: names of bands that a reader need not know.
ABBREVIATED = ("MS", "MMS", "KMS")


def match_table(summary: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Match with the old and new post by kind of transfer and sector, with the interval of the change."""
    named = summary.assign(
        name=[_group(row, words) for _, row in summary.iterrows()],
        interval=[words.interval(low, high) for low, high in zip(summary["conf_low"], summary["conf_high"], strict=True)],
    )
    columns = (
        Shown("grouping", word("grouping")),
        Shown("name", text, label="group"),
        Shown("n", integer),
        Shown("jpm_from", decimals(1), "percent"),
        Shown("jpm_to", decimals(1), "percent"),
        Shown("change", plus(1), "point"),
        Shown("interval", unbroken, "point"),
        *(Shown(name, percent, "percent") for name in MATCH_SHARES),
    )
    rows = Small(minimum_cell, ("n",), ("jpm_from", "jpm_to", "change", "interval", *MATCH_SHARES), within=("grouping",))
    frame, shares = hidden_elsewhere(named, hidden_shares(summary, MATCH_SHARES, minimum_cell), MATCH_SHARES, minimum_cell)
    block = build("match", frame, columns, words, caption=words("caption.match"), small=(rows, shares), change=CHANGE)
    unchanged = block.shown["interval"].eq(MISSING).any()
    return replace(block, note=f"{words('note.no_change')} {block.note}".strip()) if unchanged else block


def _group(row: pd.Series, words: Words) -> str:
    domain = "sector" if row["grouping"] == "sector" else "move_kind"
    return words.label(domain, row["group"])


def bands_table(bands: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Transfers by band of match, before and after."""
    columns = (
        Shown("state", word("post_state")),
        Shown("band", text, label="kind"),
        Shown("n", integer),
        Shown("share", percent, "percent"),
    )
    small = Small(minimum_cell, ("n",), ("share",), within=("state",))
    meaning = words("note.bands") if bands["band"].isin(ABBREVIATED).any() else ""
    note = f"{shares_note(bands, 'share', bands['state'], words, k=minimum_cell)} {meaning}".strip()
    return build("bands", bands, columns, words, caption=words("caption.bands"), note=note, small=(small,))


def deficits_table(deficits: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Competencies in which the moved are below what the new post asks, most frequent first."""
    columns = (
        Shown("competency", word("competency")),
        Shown("n", integer),
        Shown("n_deficit", integer),
        Shown("share_deficit", percent, "percent"),
        Shown("mean_gap", plus(2), "level"),
    )
    ordered = deficits.sort_values("share_deficit", ascending=False, kind="stable")
    ordered = ordered.assign(n_met=ordered["n"] - ordered["n_deficit"])
    values = ("share_deficit", "mean_gap")
    small = (Small(minimum_cell, ("n",), ("n_deficit", *values)), Small(minimum_cell, ("n_deficit", "n_met"), values))
    return build(
        "deficits",
        ordered,
        columns,
        words,
        caption=words("caption.deficits"),
        note=words("note.deficit"),
        small=small,
        ranked="share_deficit",
    )


def coverage_table(coverage: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Why transfers could not be judged."""
    columns = (Shown("reason", word("coverage")), Shown("n", integer))
    hidden = coverage["reason"].map(shown_reasons(coverage, minimum_cell)).isna()
    frame, small = hidden_elsewhere(coverage, hidden, ("n",), minimum_cell)
    return build("coverage", frame, columns, words, caption=words("caption.coverage"), small=(small,))
