"""Tables around the results: main numbers, what is missing, norms, sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.tabulate.build import Shown, build, integer, text, unfolded, word
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.main_numbers import FOUR, MainNumber
from mutasi_analysis.wording.norm_values import norm_rows, norm_text, norm_value
from mutasi_analysis.wording.report import table_names
from mutasi_analysis.wording.shapes import EvaluationLike

SHORT_HASH = 12


def numbers_table(numbers: Sequence[MainNumber], name: str, words: Words) -> TableBlock:
    """The main numbers with value, change and meaning, already in words."""
    columns = ("measure", "value", "change", "meaning")
    frame = pd.DataFrame([[n.label, n.value, n.change, n.meaning] for n in numbers], columns=list(columns))
    shown = tuple(Shown(column, text, label="change_or_interval" if column == "change" else "", kind="value") for column in columns)
    caption = words("number.caption" if len(numbers) == FOUR else "number.caption_few", name=name)
    return unfolded(build("main_numbers", frame, shown, words, caption=caption))


def missing_table(missing: Sequence[str], words: Words) -> TableBlock:
    """Tables that are absent and what is lost by it."""
    frame = pd.DataFrame({"table": list(missing), "lost": list(missing)}, dtype="object")
    columns = (Shown("table", word("table")), Shown("lost", word("without"), label="without_section"))
    return build("missing", frame, columns, words, caption=words("caption.missing"))


def declared_table(evaluation: EvaluationLike, words: Words, *, tested: Collection[str]) -> TableBlock:
    """What was fixed before looking: primary outcomes, distinctions by group and amount, years the move may touch beforehand.

    tested: the distinctions that the data allowed to look at; the others are told as such.
    """

    def factor(code: str) -> str:
        label = words.label("factor", code)
        return label if code in tested else words("declared.untested", factor=label)

    listed = {
        "primary": [words.label("outcome", code) for code in evaluation.primary],
        "groups": [factor(code) for code in evaluation.groups],
        "doses": [factor(code) for code in evaluation.doses],
        "anticipation": [words.number(evaluation.anticipation_years, 0)],
    }
    rows = [[words.label("declared", item), words.listing(found) or words("declared.nothing")] for item, found in listed.items()]
    frame = pd.DataFrame(rows, columns=["declared_item", "declared_content"])
    note = words("note.declared_in_profile" if evaluation.factors_declared else "note.declared_by_default")
    columns = (Shown("declared_item", text), Shown("declared_content", text, kind="value"))
    return build("declared", frame, columns, words, caption=words("caption.declared"), note=note)


def _day(value: object, words: Words) -> str:
    """A day written as 2016-07-01 in words; other text as it is."""
    try:
        return words.date(dt.date.fromisoformat(str(value)))
    except ValueError:
        return text(value, words)


def norms_table(norms: pd.DataFrame, words: Words) -> TableBlock:
    """Every statutory number used: value, reference and how far it was checked; the name of the scheme is for profiles, not for readers."""
    rows = norm_rows(norms, words)
    same = rows["status"].nunique() == 1
    note = words("note.all_status", status=words.label("status", rows["status"].iloc[0])) if same else ""
    columns = (
        Shown("norm", text, label="family"),
        Shown("value", norm_value, label="norm_value", kind="value"),
        Shown("unit", text),
        Shown("since", _day, kind="date"),
        Shown("reference", norm_text),
        *(() if same else (Shown("status", word("status")),)),
    )
    return build("norms", rows, columns, words, caption=words("caption.norms"), note=note)


def sources_table(sources: pd.DataFrame, words: Words) -> TableBlock:
    """Every input file with the first letters of its SHA-256, its rows and the tables in it, called as readers call them."""
    frame = sources.assign(fingerprint=sources["sha256"].astype("string").str[:SHORT_HASH])
    columns = (Shown("path", text), Shown("fingerprint", text), Shown("rows", integer), Shown("tables", table_names))
    return build("sources", frame, columns, words, caption=words("caption.sources"))
