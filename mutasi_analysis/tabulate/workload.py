"""Tables on workload."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.tabulate.build import Form, Shown, Small, build, decimals, integer, measured, measured_change, places, plus, text, word
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.norm_values import norm_text
from mutasi_analysis.wording.workload import partly_measured

MOST = 8
_ADDED = ["n_moves", "n_from", "n_to", "as_origin", "as_destination"]


def units_table(units: pd.DataFrame, words: Words, *, minimum_cell: int, unmeasured: pd.DataFrame | None = None) -> TableBlock:
    """Every unit, highest index first, those of 1 to `minimum_cell` − 1 persons masked; units of which `unmeasured` holds a group of
    staff are marked."""
    partly = set() if unmeasured is None else set(unmeasured.loc[partly_measured(unmeasured, units), "unit_name"])
    columns = (
        Shown("unit_name", _marked(partly)),
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
    values = ("required_fte", "index_before", "index_after", "gap_before", "gap_after", "band_after")
    small = Small(minimum_cell, ("available_after", "available_before"), values, within=("kecamatan_code",), whole=True)
    notes = ["note.gap", "note.methods", "note.bands_of_units", *(["note.partly"] if partly else [])]
    note = " ".join(words(key) for key in notes)
    return build("units", ordered, columns, words, caption=words("caption.units"), note=note, small=(small,), ranked="index_after")


def _marked(names: Collection[str]) -> Form:
    """Text with a dagger behind the names of units that are measured in part."""

    def form(value: Any, words: Words) -> str:
        return f"{text(value, words)}\u00a0†" if value in names else text(value, words)

    return form


def balance_table(balance: pd.DataFrame, words: Words) -> TableBlock:
    """Measures of balance in the three states and what the transfers alone made of it."""
    wide = balance.pivot(index=["measure", "unit"], columns="state", values="value").reset_index()
    order = ["imbalance", "rmse", "gini", "theil", "theil_between", "theil_within"]
    wide = wide.reindex(columns=["measure", "unit", "before", "without", "after"])
    sides = {state: [_printed(value) for value in wide[state]] for state in ("after", "without")}
    because = [after - without for after, without in zip(sides["after"], sides["without"], strict=True)]
    wide = wide.assign(because=because, rank=wide["measure"].map({m: i for i, m in enumerate(order)})).sort_values("rank")
    columns = (
        Shown("measure", word("measure")),
        Shown("unit", word("balance_unit")),
        *(Shown(state, measured) for state in ("before", "without", "after")),
        Shown("because", measured_change),
    )
    return build("balance", wide, columns, words, caption=words("caption.balance"), note=words("note.balance"))


def _printed(value: float) -> float:
    """The number as the table shows it, so that the last column is the difference of what stands beside it."""
    return round(float(value), places(value))


def transfers_table(transfers: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """The units whose transfers helped the balance most, then those whose transfers hurt it most.

    By unit and not by pair of units: most pairs exchanged so few persons that a row would be about one of them. Units
    with fewer than `minimum_cell` transfers are left out and counted in the note; where fewer went one of the two ways,
    the number of transfers and the parts are masked, for each transfer adds one person to its part.
    """
    by_unit = contribution_by_unit(transfers)
    known = by_unit.loc[by_unit["n_moves"] >= minimum_cell].sort_values("contribution", kind="stable")
    helped = known.loc[known["contribution"] < 0].head(MOST)
    hurt = known.loc[known["contribution"] > 0].iloc[::-1].head(MOST)
    columns = (
        Shown("unit_name", text),
        Shown("n_moves", integer),
        Shown("as_origin", plus(1), "person"),
        Shown("as_destination", plus(1), "person"),
        Shown("contribution", plus(1), "person"),
    )
    hidden = len(by_unit) - len(known)
    left_out = words("note.units_left_out", units=words.count(hidden, "unit"), k=minimum_cell) if hidden else ""
    note = f"{words('note.contribution')} {left_out}".strip()
    frame = pd.concat([helped, hurt], ignore_index=True)
    small = Small(minimum_cell, ("n_from", "n_to"), ("n_moves", "as_origin", "as_destination"))
    return build("transfers", frame, columns, words, caption=words("caption.transfers"), note=note, small=(small,))


def contribution_by_unit(transfers: pd.DataFrame) -> pd.DataFrame:
    """What all transfers out of and into each unit did to its own distance from need.

    Columns: unit_id unit_name n_moves n_from n_to (its transfers out and in) as_origin as_destination contribution (their sum).
    Over all units the contributions add up to those of the pairs.
    """
    sides = []
    for end, name, part in (("from", "as_origin", "at_origin"), ("to", "as_destination", "at_destination")):
        unit, n = {key: transfers[f"{end}_{key}"] for key in ("unit_id", "unit_name")}, transfers["n_moves"]
        sides.append(pd.DataFrame({**unit, "n_moves": n, "n_from": 0, "n_to": 0, f"n_{end}": n, name: transfers[part]}))
    both = pd.concat(sides, ignore_index=True)
    total = both.groupby(["unit_id", "unit_name"], as_index=False)[_ADDED].sum()
    return total.assign(contribution=total["as_origin"] + total["as_destination"])


def sensitivity_table(sensitivity: pd.DataFrame, words: Words) -> TableBlock:
    """The same units under each rule of effective working time."""
    same = sensitivity["status"].nunique() == 1
    note = words("note.sensitivity")
    if same:
        note = f"{note} {words('note.all_status', status=words.label('status', sensitivity['status'].iloc[0]))}"
    columns = (
        Shown("reference", norm_text),
        Shown("effective_minutes_y", integer, "minute"),
        Shown("required_total", decimals(1), "person"),
        Shown("units_changed_rank", integer),
        Shown("index_median", decimals(2)),
        *(() if same else (Shown("status", word("status")),)),
    )
    return build("sensitivity", sensitivity, columns, words, caption=words("caption.sensitivity"), note=note)


def unmeasured_table(unmeasured: pd.DataFrame, units: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Groups of staff left out, how many persons they are, why, and whether their unit is measured without them."""
    partly = partly_measured(unmeasured, units)
    frame = unmeasured.assign(left_out=unmeasured["reason"], unit_measured=partly.map({True: "part", False: "none"}))
    columns = (
        Shown("unit_name", text),
        Shown("left_out", word("left_out")),
        Shown("persons", integer, "person"),
        Shown("reason", word("unmeasured")),
        Shown("unit_measured", word("measured")),
    )
    note, small = words("note.part_measured") if partly.any() else "", Small(minimum_cell, ("persons",), within=())
    return build("unmeasured", frame, columns, words, caption=words("caption.unmeasured"), note=note, small=(small,))
