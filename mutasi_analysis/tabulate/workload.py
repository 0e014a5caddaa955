"""Tables on workload."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.tabulate.build import Shown, Small, build, decimals, flag, integer, plus, text, word
from mutasi_analysis.wording import Words

MOST = 8


def units_table(units: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Every unit, highest index first; persons moved in and out are masked under `minimum_cell`."""
    columns = (
        Shown("unit_name", text),
        Shown("unit_kind", word("unit_kind")),
        Shown("family", word("method"), label="method"),
        Shown("required_fte", decimals(1), "person"),
        Shown("available_after", integer, "person"),
        Shown("gap_before", plus(1), "person"),
        Shown("gap_after", plus(1), "person"),
        Shown("index_before", decimals(2)),
        Shown("index_after", decimals(2)),
        Shown("band_after", text),
    )
    ordered = units.sort_values(["index_after", "unit_name"], ascending=[False, True], na_position="first")
    small = Small(
        minimum_cell, ("available_before", "available_after"), ("index_before", "index_after", "gap_before", "gap_after", "band_after")
    )
    return build("units", ordered, columns, words, caption=words("caption.units"), note=words("note.gap"), small=small)


def balance_table(balance: pd.DataFrame, words: Words) -> TableBlock:
    """Measures of balance in the three states and what the transfers alone made of it."""
    wide = balance.pivot(index=["measure", "unit"], columns="state", values="value").reset_index()
    order = ["imbalance", "rmse", "gini", "theil", "theil_between", "theil_within"]
    wide = wide.reindex(columns=["measure", "unit", "before", "without", "after"])
    wide = wide.assign(because=wide["after"] - wide["without"], rank=wide["measure"].map({m: i for i, m in enumerate(order)})).sort_values(
        "rank"
    )
    columns = (
        Shown("measure", word("measure")),
        Shown("unit", word("balance_unit")),
        *(Shown(state, decimals(3)) for state in ("before", "without", "after")),
        Shown("because", plus(3)),
    )
    return build("balance", wide, columns, words, caption=words("caption.balance"))


def transfers_table(transfers: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """The pairs of units whose transfers helped the balance most, then those that hurt it most."""
    known = transfers.dropna(subset=["contribution"]).sort_values("contribution", kind="stable")
    helped = known.loc[known["contribution"] < 0].head(MOST)
    hurt = known.loc[known["contribution"] > 0].iloc[::-1].head(MOST)
    columns = (
        Shown("from_unit_name", text),
        Shown("to_unit_name", text),
        Shown("n_moves", integer),
        Shown("contribution", plus(1), "person"),
        Shown("origin_worse", flag),
    )
    frame = pd.concat([helped, hurt], ignore_index=True)
    small = Small(minimum_cell, ("n_moves",))
    return build("transfers", frame, columns, words, caption=words("caption.transfers"), note=words("note.contribution"), small=small)


def sensitivity_table(sensitivity: pd.DataFrame, words: Words) -> TableBlock:
    """The same units under each rule of effective working time."""
    columns = (
        Shown("scheme", text),
        Shown("effective_minutes_y", integer, "minute"),
        Shown("required_total", decimals(1), "person"),
        Shown("units_changed_rank", integer),
        Shown("index_median", decimals(2)),
        Shown("reference", text),
        Shown("status", word("status")),
    )
    return build("sensitivity", sensitivity, columns, words, caption=words("caption.sensitivity"))


def unmeasured_table(unmeasured: pd.DataFrame, words: Words) -> TableBlock:
    """Units left out, and why."""
    columns = (Shown("unit_name", text), Shown("reason", word("unmeasured")))
    return build("unmeasured", unmeasured, columns, words, caption=words("caption.unmeasured"))
