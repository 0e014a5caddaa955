"""What people studied against what posts require: coded staff, match of each move before and after, proposals for unknown strings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.fields_of_study import code_education, code_required, load_rules, regulated_profession
from mutasi_analysis.metrics.qualification import MATCHES, apply_confirmed, match_rank, propose, qualification_match

HOW = ("rule", "confirmed", "proposal", "none", "blank")
#: answers of the match with "unknown" where the education or the requirement is not known.
ANSWERS = (*MATCHES, "unknown")
#: matches that count as fitting.
FITTING = ("exact", "narrow")
#: at most so many different unknown strings are compared with the known ones, the most frequent first.
MOST_PROPOSED = 500


@dataclass(frozen=True, slots=True)
class Schooling:
    """people: index person_id, columns text token level how; posts: index jabatan_id, columns fields profession; proposals for a clerk."""

    people: pd.DataFrame
    posts: pd.DataFrame
    proposals: pd.DataFrame


def schooling(data: RegionData) -> Schooling:
    """Education of all staff and requirement of all posts, coded by rule and by what a person confirmed."""
    staff, posts = data.table("pegawai"), data.table("jabatan").set_index("jabatan_id")
    coded = code_education(staff["education"])
    if len(data.confirmed_education):
        coded = apply_confirmed(coded, data.confirmed_education)
    proposals = _proposals(coded)
    proposed = (coded["how"] == "none") & coded["text"].isin(proposals["text"])
    people = coded[["text", "token", "level", "how"]].assign(how=coded["how"].mask(proposed, "proposal"))
    wanted = pd.DataFrame({"fields": code_required(posts["required_education"]), "profession": regulated_profession(posts["jabatan_name"])})
    return Schooling(people.set_index(pd.Index(staff["person_id"])), wanted, proposals)


def _proposals(coded: pd.DataFrame) -> pd.DataFrame:
    unknown = coded.loc[coded["how"] == "none", "text"].dropna()
    frequent = unknown.value_counts().head(MOST_PROPOSED).index
    known = {rule.example: f"{rule.field}/{rule.subject}" if rule.subject else rule.field for rule in load_rules()}
    by_rule = coded.loc[coded["how"] == "rule"].drop_duplicates("text")
    known |= dict(zip(by_rule["text"].astype(str), by_rule["token"].astype(str), strict=True))
    return propose(unknown.loc[unknown.isin(frequent)].astype(str), known)


def education_coverage(school: Schooling, serving: pd.Index) -> pd.DataFrame:
    """Staff by how their education was coded: columns how n share, always five rows; a proposal codes nobody until it is confirmed."""
    counts = school.people["how"].reindex(serving).value_counts().reindex(list(HOW), fill_value=0)
    total = int(counts.sum())
    return pd.DataFrame({"how": list(HOW), "n": counts.to_numpy("int64"), "share": counts.to_numpy("float64") / (total or np.nan)})


def qualify(persons: pd.Series, posts: pd.Series, held: pd.Series, school: Schooling) -> pd.Series:
    """Qualification match of each row: one of ANSWERS. held: the post held at the time of the decision.

    Who already works in the regulated profession of the post has proven it there: "unproven" becomes "exact". A stop stays a stop: the
    string contradicts the post, and somebody has to look at it.
    """
    people = school.people.reindex(pd.Index(persons))
    wanted = school.posts.reindex(pd.Index(posts))
    found = qualification_match(
        pd.Series(people["token"].to_numpy(), index=persons.index), pd.Series(wanted["fields"].to_numpy(), index=persons.index),
        profession=pd.Series(wanted["profession"].to_numpy(), index=persons.index),
        level=pd.Series(people["level"].to_numpy(), index=persons.index),
    )  # fmt: skip
    practised = school.posts["profession"].reindex(pd.Index(held)).array
    same = np.asarray(pd.array(wanted["profession"].array == practised, dtype="boolean").fillna(False), dtype=bool)
    answer = found.astype("string")
    answer = answer.mask(answer.eq("unproven").fillna(False).to_numpy(bool) & same, "exact")
    known: pd.Series = answer.fillna("unknown")
    return known


def qualified_moves(moves: pd.DataFrame, school: Schooling) -> pd.DataFrame:
    """The moves with `fit_from` and `fit_to`: qualification match to the post left and to the post got."""
    origin = moves["from_jabatan_id"]
    fits = {f"fit_{side}": qualify(moves["person_id"], moves[f"{side}_jabatan_id"], origin, school) for side in ("from", "to")}
    return moves.assign(**fits)


def qualification_counts(moves: pd.DataFrame) -> pd.DataFrame:
    """Moves by qualification match: columns state (before after), match, n, share."""
    rows = []
    for state, side in (("before", "fit_from"), ("after", "fit_to")):
        counts = moves[side].value_counts().reindex(list(ANSWERS), fill_value=0)
        rows += [[state, answer, int(n), n / (len(moves) or np.nan)] for answer, n in counts.items()]
    return pd.DataFrame(rows, columns=["state", "match", "n", "share"])


def qualification_changes(moves: pd.DataFrame) -> pd.DataFrame:
    """How the qualification match changed, over moves judged on both sides, by kind of move, sector and unit of destination.

    Columns: grouping (all move_kind sector unit) group n fitting_from fitting_to share_improved share_same share_lower.
    """
    ranks = {side: match_rank(moves[side].mask(moves[side] == "unknown")) for side in ("fit_from", "fit_to")}
    change = ranks["fit_to"] - ranks["fit_from"]
    told = moves[["move_kind", "sector", "to_unit_name"]].assign(
        fitting_from=moves["fit_from"].isin(FITTING),
        fitting_to=moves["fit_to"].isin(FITTING),
        share_improved=change > 0,
        share_same=change == 0,
        share_lower=change < 0,
        all="all",
    )
    judged = told.loc[change.notna()]
    groupings = {"all": "all", "move_kind": "move_kind", "sector": "sector", "unit": "to_unit_name"}
    return pd.concat([_change_rows(name, judged, column) for name, column in groupings.items()], ignore_index=True)


def _change_rows(grouping: str, judged: pd.DataFrame, column: str) -> pd.DataFrame:
    shares = ["fitting_from", "fitting_to", "share_improved", "share_same", "share_lower"]
    grouped = judged.groupby(column, sort=True)
    rows = grouped[shares].mean().rename_axis("group").reset_index()
    return rows.assign(grouping=grouping, n=grouped.size().to_numpy())[["grouping", "group", "n", *shares]]
