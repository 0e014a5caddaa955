"""Tables on qualification, the talent map, deficits with their training, and wishes."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.disclosure import FITTING_SHARES, MATCH_SHARES, hidden_shares
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
    starred,
    text,
    word,
)
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.competency import hidden_ages
from mutasi_analysis.wording.talent import shown_differences


def qualification_table(qualifications: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Transfers by match of the field of study, old post beside new post."""
    sides = [part.set_index("match")[["n", "share"]].add_suffix(f"_{state}") for state, part in qualifications.groupby("state", sort=False)]
    ordered = pd.concat(sides, axis=1).rename_axis("match").reset_index()
    shown = ordered.loc[(ordered["n_before"] > 0) | (ordered["n_after"] > 0)]
    columns = (
        Shown("match", word("qualification")),
        Shown("n_before", integer),
        Shown("share_before", percent, "percent"),
        Shown("n_after", integer),
        Shown("share_after", percent, "percent"),
    )
    small = tuple(Small(minimum_cell, (f"n_{state}",), (f"share_{state}",), within=()) for state in ("before", "after"))
    rounded = shares_note(qualifications, "share", qualifications["state"], words, k=minimum_cell)
    note = f"{rounded} {words('note.regulated')}".strip()
    return build("qualification", shown, columns, words, caption=words("caption.qualification"), note=note, small=small)


def qualification_changes_table(changes: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Share with a fitting field before and after, and shares better, same, worse, by kind of transfer and sector."""
    domain = changes["grouping"].map({"sector": "sector"}).fillna("move_kind")
    named = changes.assign(name=[words.label(kind, group) for kind, group in zip(domain, changes["group"], strict=True)])
    told = [name for name in FITTING_SHARES if named[name].notna().any()]  # the evaluation tells none where they would give a kind back
    columns = (
        Shown("grouping", word("grouping")),
        Shown("name", text, label="group"),
        Shown("n", integer),
        *(Shown(name, percent, "percent") for name in (*told, *MATCH_SHARES)),
    )
    small = [Small(minimum_cell, ("n",), (*told, *MATCH_SHARES), within=("grouping",))]
    for shares in (MATCH_SHARES, *([tuple(told)] if told else [])):
        hidden = hidden_shares(changes, shares, minimum_cell)
        named, rule = hidden_elsewhere(named, hidden, shares, minimum_cell, mark=f"_{shares[0]}")
        small.append(rule)
    shown = named.loc[changes["grouping"] != "unit"]
    return build("qualification_changes", shown, columns, words, caption=words("caption.qualification_changes"), small=small)


def match_units_table(units: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock | None:
    """Match before and after by unit of destination, largest gain first; units with few transfers are left out. None without any."""
    told = units.loc[units["n"] >= minimum_cell].sort_values(["change", "unit_name"], ascending=[False, True])
    if told.empty:
        return None
    columns = (
        Shown("unit_name", text),
        Shown("n", integer),
        Shown("jpm_from", decimals(1), "percent"),
        Shown("jpm_to", decimals(1), "percent"),
        Shown("change", plus(1), "point"),
    )
    left = int(((units["n"] > 0) & (units["n"] < minimum_cell)).sum())
    note = words("note.units_left_out_judged", units=words.count(left, "unit"), k=minimum_cell) if left else ""
    return build("match_units", told, columns, words, caption=words("caption.match_units"), note=note, change=CHANGE)


def education_table(education: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Staff by how their education was coded."""
    columns = (Shown("how", word("how_coded")), Shown("n", integer), Shown("share", percent, "percent"))
    small = Small(minimum_cell, ("n",), ("share",), within=())
    note = shares_note(education, "share", education["how"].isna(), words, k=minimum_cell)
    return build("education", education, columns, words, caption=words("caption.education"), note=note, small=(small,))


def rules_table(rules: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """The same transfers by each rule of match."""
    columns = (
        Shown("rule", word("jpm_rule")),
        Shown("n", integer),
        Shown("jpm_from", decimals(1), "percent"),
        Shown("jpm_to", decimals(1), "percent"),
        Shown("change", plus(1), "point"),
        Shown("n_hidden", integer),
    )
    small = (Small(minimum_cell, ("n",), ("jpm_from", "jpm_to", "change", "n_hidden")), Small(minimum_cell, ("n_hidden",)))
    return build("rules", rules, columns, words, caption=words("caption.rules"), small=small, change=CHANGE)


def training_table(training: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Largest deficits of the moved in their new posts with the training that closes them."""
    named = training.assign(training=training[f"training_{words.language}"])
    columns = (
        Shown("competency", word("competency")),
        Shown("n_deficit", integer),
        Shown("levels", integer),
        Shown("training", text),
        Shown("hours_per_level", integer),
        Shown("hours", integer),
    )
    small = Small(minimum_cell, ("n_deficit",), ("levels", "hours"))
    return build(
        "training", named, columns, words, caption=words("caption.training"), note=words("note.training"), small=(small,), ranked="levels"
    )


def professionalism_table(table: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """The dimensions of IP ASN: mean points, for how many and, where data of one are missing, that they are."""
    lacking = [] if table["state"].eq("ok").all() else [Shown("state", word("dimension_state"))]
    columns = (
        Shown("dimension", word("dimension")),
        Shown("maximum", integer),
        Shown("n", integer),
        Shown("mean_points", decimals(1)),
        *lacking,
    )
    small = Small(minimum_cell, ("n",), ("mean_points",))
    caption, note = words("caption.professionalism"), words("note.index")
    return build("professionalism", table, columns, words, caption=caption, note=note, small=(small,))


def assessments_table(assessments: pd.DataFrame, coverage: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Valid, stale and missing assessments; the match of moves with a stale one stands here only. What `coverage` hides of those moved
    is hidden here too."""
    columns = (
        Shown("group", word("assessed_group")),
        Shown("state", word("assessed_state"), label="assessed"),
        Shown("n", integer),
        Shown("share", percent, "percent"),
        Shown("jpm_from", decimals(1), "percent"),
        Shown("jpm_to", decimals(1), "percent"),
        Shown("change", plus(1), "point"),
    )
    values = ("share", "jpm_from", "jpm_to", "change")
    small = Small(minimum_cell, ("n",), values, within=("group",))
    hidden = hidden_ages(assessments, coverage, minimum_cell)
    frame, alike = hidden_elsewhere(assessments, hidden, ("n", *values), minimum_cell)
    caption, note = words("caption.assessments"), shares_note(assessments, "share", assessments["group"], words, k=minimum_cell)
    return build("assessments", frame, columns, words, caption=caption, note=note, small=(small, alike), change=CHANGE)


def learning_table(learning: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Training before the move against the deficit in the new post."""
    columns = (
        Shown("state", word("training_state")),
        Shown("n", integer),
        Shown("mean_hours", decimals(1)),
        Shown("mean_levels", decimals(1), "level"),
        Shown("hours_per_level", decimals(1)),
    )
    small = Small(minimum_cell, ("n",), ("mean_hours", "mean_levels", "hours_per_level"), within=())
    caption, note = words("caption.learning"), words("note.training_states")
    return build("learning", learning, columns, words, caption=caption, note=note, small=(small,))


def wishes_table(wishes: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock | None:
    """Wishes met and the change of match with and without; None where nobody named anything."""
    stated = wishes.loc[wishes["n"] > 0]
    if stated.empty:
        return None
    columns = (
        Shown("wish", word("wish"), label="wished"),
        Shown("n", integer),
        Shown("met", integer),
        Shown("share", percent, "percent"),
        Shown("change_met", plus(1), "point"),
        Shown("judged_met", integer),
        Shown("change_unmet", plus(1), "point"),
        Shown("judged_unmet", integer),
    )
    k, values = minimum_cell, ("share", "change_met", "judged_met", "change_unmet", "judged_unmet")
    small = [Small(k, ("n",), ("met", *values)), Small(k, ("met", "unmet"), values)]
    few = stated[["n", "met", "unmet"]].isin(range(1, k)).any(axis=1)
    for side in ("met", "unmet"):
        change = stated[f"change_{side}"].mask(few, 0.0)  # hidden, also where there is none: that is told of few persons too
        stated = stated.assign(**{f"rest_{side}": stated[side] - stated[f"judged_{side}"], f"change_{side}": change})
        small += [Small(k, (f"judged_{side}",), (f"change_{side}",)), Small(k, (f"rest_{side}",), (f"judged_{side}",))]
    return build("wishes", stated, columns, words, caption=words("caption.wishes"), note=words("note.wishes"), small=small)


def box_check_table(check: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock | None:
    """Supplied boxes that the axes contradict; None where there are none, or each is of too few."""
    if check.empty or shown_differences(check, minimum_cell).isna().all():
        return None
    columns = (Shown("supplied", integer), Shown("recomputed", integer), Shown("n", integer))
    small = Small(minimum_cell, ("n",), within=())
    return build("box_check", check, columns, words, caption=words("caption.box_check"), note=words("note.box_axes"), small=(small,))


def boxes_data(boxes: pd.DataFrame, words: Words) -> TableBlock:
    """The counts of the talent map; n is NA where hidden."""

    columns = (
        Shown("box", integer),
        Shown("performance", word("axis_performance")),
        Shown("potential", word("axis_potential")),
        Shown("n", starred(integer)),
    )
    return build("nine_box_data", boxes, columns, words, caption=words("caption.picture_data"))


def gaps_data(gaps: pd.DataFrame, words: Words) -> TableBlock:
    """Mean levels missing by unit and competency."""
    columns = (
        Shown("unit_name", text),
        Shown("competency", word("competency")),
        Shown("shortfall", decimals(2), "level"),
        Shown("n", integer),
    )
    return build("gap_heatmap_data", gaps, columns, words, caption=words("caption.picture_data"))
