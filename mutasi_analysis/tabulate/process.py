"""Tables on how the transfers were carried out."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.disclosure import merged_kinds
from mutasi_analysis.tabulate.build import Shown, Small, build, days, decimals, integer, percent, unbroken, word, year
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.norm_values import norm_text


def durations_table(durations: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Days of each step: median and quartiles."""
    measures = ("median_days", "p25_days", "p75_days")
    columns = (Shown("step", word("step")), Shown("n", integer), *(Shown(name, days, "day") for name in measures))
    small, note = Small(minimum_cell, ("n",), measures), words("note.durations")
    return build("durations", durations, columns, words, caption=words("caption.durations"), note=note, small=(small,))


def checks_table(checks: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Flags of the checks, with the rule they come from; the note says which transfers each n counts."""
    columns = (
        Shown("check", word("check")),
        Shown("n", integer),
        Shown("flagged", integer),
        Shown("share", percent, "percent"),
        Shown("reference", norm_text),
    )
    rest = checks.assign(rest=checks["n"] - checks["flagged"])
    parts = Small(minimum_cell, ("flagged", "rest"), ("share",))
    whole = Small(minimum_cell, ("n",), ("flagged", "share"))
    who = dict.fromkeys(words.label("check_n", check) for check in checks["check"])
    note = words("note.checks", items="; ".join(who))
    return build("checks", rest, columns, words, caption=words("caption.checks"), note=note, small=(parts, whole))


def kinds_table(kinds: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Transfers by year and kind; kinds that are few in a year count together, and by year alone where all of them do."""
    told = merged_kinds(kinds, "year", "move_kind", "n", minimum_cell)
    names = set(told["move_kind"])
    alone = names == {"all"}
    columns = (Shown("year", year), *([] if alone else [Shown("move_kind", word("move_kind"))]), Shown("n", integer))
    merged = words("note.kinds_alone" if alone else "note.kinds", k=minimum_cell)
    caption = words("caption.kinds_alone" if alone else "caption.kinds")
    small = Small(minimum_cell, ("n",), within=())
    return build("kinds", told, columns, words, caption=caption, note="" if names <= set(kinds["move_kind"]) else merged, small=(small,))


def survey_table(survey: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Agreement by statement and wave."""
    spans = [words.interval(low, high, 2) for low, high in zip(survey["conf_low"], survey["conf_high"], strict=True)]
    columns = (
        Shown("wave", word("wave")),
        Shown("item", word("item")),
        Shown("n", integer),
        Shown("mean", decimals(2)),
        Shown("interval", unbroken),
        Shown("share_agree", percent, "percent"),
    )
    agree = (survey["n"] * survey["share_agree"]).round()
    frame = survey.assign(interval=spans, n_agree=agree, n_other=survey["n"] - agree)
    small = (Small(minimum_cell, ("n",), ("mean", "interval")), Small(minimum_cell, ("n_agree", "n_other"), ("share_agree",)))
    return build("survey", frame, columns, words, caption=words("caption.survey"), note=words("note.survey_scale"), small=small)
