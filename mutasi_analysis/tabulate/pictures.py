"""The numbers behind pictures, as small tables; and the merging of units too small to be drawn alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.disclosure import hidden_units
from mutasi_analysis.tabulate.build import (
    Shown,
    build,
    coded,
    days,
    decimals,
    integer,
    month,
    percent,
    plus,
    starred,
    text,
    unbroken,
    word,
    year,
)
from mutasi_analysis.tabulate.outcomes import scaled
from mutasi_analysis.wording import Words

_SUMMED = ["required_fte", "available_before", "available_after", "moved_in", "moved_out"]


def merged_units(units: pd.DataFrame, words: Words, *, minimum_cell: int) -> pd.DataFrame:
    """Units with 1 to k − 1 persons before or after become one line, joined by those whose heads the table of units hides too
    (else the line less a unit shown there gives the small one back), and by the next smallest until it is not small itself.

    Columns: unit_name, merged (whether it is that line), the summed head counts and need, and gap and index before and after computed
    from the sums.
    """
    small = hidden_units(units, minimum_cell)
    kept, n = units.loc[~small, ["unit_name", *_SUMMED]].reset_index(drop=True), int(small.sum())
    if n:
        line = pd.DataFrame([{"unit_name": words("word.others", n=n), **units.loc[small, _SUMMED].sum()}])
        kept = pd.concat([kept, line], ignore_index=True)
    need, followed = kept["required_fte"], {"merged": pd.Series(kept.index >= len(units) - n)}
    for state in ("before", "after"):
        present = kept[f"available_{state}"].astype("float64")
        followed |= {f"gap_{state}": present - need, f"index_{state}": need / present.where(present > 0)}
    return kept.assign(**followed)


def _data(key: str, frame: pd.DataFrame, columns: Sequence[Shown], words: Words) -> TableBlock:
    return build(f"{key}_data", frame, columns, words, caption=words("caption.picture_data"))


def required_table(units: pd.DataFrame, words: Words) -> TableBlock:
    """Need, staff and gap of the units drawn."""
    columns = (
        Shown("unit_name", text),
        Shown("required_fte", decimals(1), "person"),
        Shown("available_after", integer, "person"),
        Shown("gap_after", plus(1), "person"),
    )
    return _data("required_available", units, columns, words)


def index_table(units: pd.DataFrame, words: Words) -> TableBlock:
    """Index before and after of the units drawn."""
    columns = (Shown("unit_name", text), Shown("index_before", decimals(2)), Shown("index_after", decimals(2)))
    return _data("index_change", units, columns, words)


def lorenz_table(curves: pd.DataFrame, words: Words) -> TableBlock:
    """The Lorenz curves read at every tenth of staff: points of single units are not told."""
    tenths, states = np.linspace(0.0, 1.0, 11), ("before", "without", "after")
    loads = []
    for state in states:
        part = curves.loc[curves["state"] == state].sort_values("cumulative_staff")
        loads.append(np.interp(tenths, part["cumulative_staff"].astype("float64"), part["cumulative_load"].astype("float64")))
    staff, load = np.tile(tenths, len(states)), np.concatenate(loads)
    read = pd.DataFrame({"state": np.repeat(states, len(tenths)), "cumulative_staff": staff, "cumulative_load": load})
    columns = (Shown("state", word("state")), Shown("cumulative_staff", decimals(1)), Shown("cumulative_load", decimals(3)))
    return _data("lorenz", read, columns, words)


def imbalance_table(rows: pd.DataFrame, words: Words) -> TableBlock:
    """Shortages and surpluses by group of units in the three states."""
    columns = (
        Shown("kind", text, label="units_told"),
        Shown("n_units", integer),
        Shown("before", decimals(1), "person", label="imbalance_before"),
        Shown("without", decimals(1), "person", label="imbalance_without"),
        Shown("after", decimals(1), "person", label="imbalance_after"),
    )
    return _data("imbalance", rows, columns, words)


def places_table(places: pd.DataFrame, words: Words) -> TableBlock:
    """Gap by kecamatan."""
    columns = (
        Shown("name", text, label="place"),
        Shown("required_fte", decimals(1), "person"),
        Shown("available_after", integer, "person"),
        Shown("gap_after", plus(1), "person"),
    )
    return _data("kecamatan_map", places.sort_values(["gap_after", "name"]), columns, words)


def transitions_table(cells: pd.DataFrame, words: Words) -> TableBlock:
    """Transfers by class of match in the old and the new post; n is NA where hidden."""
    columns = (Shown("from_bin", text), Shown("to_bin", text), Shown("n", starred(integer)))
    return _data("match_transitions", cells, columns, words)


def paths_table(paths: pd.DataFrame, words: Words) -> TableBlock:
    """Raw means by group and years since the transfer."""
    level = f"outcome_axis.{paths['outcome'].iloc[0]}"
    columns = (Shown("group", word("group")), Shown("event_time", plus(0)), Shown("mean", decimals(2), level), Shown("n", integer))
    return _data("paths", scaled(paths), columns, words)


def ratings_table(ratings: pd.DataFrame, words: Words) -> TableBlock:
    """Share of each rating by year and rules; NA where hidden."""
    columns = (
        Shown("year", year),
        Shown("half", half),
        Shown("regime", word("regime")),
        Shown("predicate", text),
        Shown("share", starred(percent), "percent"),
    )
    return _data("ratings", ratings, columns, words)


def half(value: object, words: Words) -> str:
    """A half-year; 0 is the whole year."""
    return coded(int(value), words, domain="half")  # type: ignore[call-overload]


def monthly_table(monthly: pd.DataFrame, words: Words) -> TableBlock:
    """Means by month and group with their intervals, on the scale they are shown in."""
    code = monthly["indicator"].iloc[0]
    level = f"outcome_axis.{code}"
    spans = [words.interval(low, high, 2) for low, high in zip(monthly["conf_low"], monthly["conf_high"], strict=True)]
    columns = (
        Shown("month", month),
        Shown("group", word("group")),
        Shown("mean", decimals(2), level),
        Shown("interval", unbroken, level),
        Shown("n_units", integer),
    )
    return _data(f"service_{code}", monthly.assign(interval=spans), columns, words)


def durations_data(durations: pd.DataFrame, words: Words) -> TableBlock:
    """Median and quartiles of the steps drawn."""
    columns = (
        Shown("step", word("step")),
        *(Shown(name, days, "day") for name in ("median_days", "p25_days", "p75_days")),
        Shown("n", integer),
    )
    return _data("durations", durations, columns, words)


def survey_data(survey: pd.DataFrame, words: Words) -> TableBlock:
    """Means of the statements drawn."""
    spans = [words.interval(low, high, 2) for low, high in zip(survey["conf_low"], survey["conf_high"], strict=True)]
    columns = (
        Shown("wave", word("wave")),
        Shown("item", word("item")),
        Shown("mean", decimals(2)),
        Shown("interval", unbroken),
        Shown("n", integer),
    )
    return _data("survey", survey.assign(interval=spans), columns, words)
