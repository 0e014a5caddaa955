"""Match of moved persons to the post they left and to the post they got; with it qualification, talent map and what is lacking."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation import learning, talent
from mutasi_analysis.evaluation.assessments import Assessed, Judged, judge, match, missing_levels
from mutasi_analysis.evaluation.possible import possible
from mutasi_analysis.evaluation.qualification import (
    education_coverage,
    qualification_changes,
    qualification_counts,
    qualified_moves,
    schooling,
)
from mutasi_analysis.evaluation.result import Competency
from mutasi_analysis.evaluation.staffing import programme_of, sectors
from mutasi_analysis.metrics import competency as match_of
from mutasi_analysis.profiles import RegionProfile

#: why a move has no match change; in this order the first that holds is named.
REASONS = ("no_post", "no_standard", "no_assessment", "incomplete_assessment", "stale_assessment")
NEEDED = ("kompetensi", "standar_kompetensi")
#: of moves whose post stayed the same: the match cannot change.
KEPT = "kept"
MATCHED = ("jpm_from", "jpm_to", "change")
MATCH_NUMBERS = ("jpm_from", "jpm_to", "change", "conf_low", "conf_high", "share_improved", "share_same", "share_lower")
#: matches that differ by less are the same.
TINY = 1e-9
RULES = ("capped", "mean_of_capped", "ratio_of_sums")


def evaluate_competency(
    data: RegionData, profile: RegionProfile, *, moves: pd.DataFrame | None = None, judged: Judged | None = None
) -> Competency | None:
    """The competency section, or None where levels or standards are not supplied. moves, judged: the programme's, where known already."""
    if not data.has(*NEEDED):
        return None
    standards, rule = data.table("standar_kompetensi"), profile.scheme("jpm_rule")
    moves = programme_of(data, profile) if moves is None else moves
    judged = judged or judge(data, moves, profile)
    known, sides = judged.known, judged.sides
    moves = _described(moves, data).assign(**{f"jpm_{side}": jpm for side, jpm in judged.jpm.items()}, change=judged.change)
    moves["missing_levels"] = missing_levels(sides["to"]).reindex(moves.index)
    moves["reason"] = _reason(moves, known, standards)
    moves["post"] = np.where(moves["from_jabatan_id"].eq(moves["to_jabatan_id"]).fillna(False), KEPT, "changed")
    school = schooling(data)
    moves = qualified_moves(moves, school)
    used = moves.loc[moves["reason"] == "used"]
    destination = sides["to"].loc[sides["to"]["case"].isin(used.index)]
    present, held = talent.present_staff(data, profile)
    staff = talent.box_map(present, profile)
    return Competency(
        moves=used[["move_kind", "sector", "jpm_from", "jpm_to", "change"]].reset_index(drop=True),
        summary=_summary(used),
        posts=_posts(used),
        bands=_bands(used, profile.scheme("jpm_bands")),
        deficits=_deficits(destination),
        coverage=moves["reason"].value_counts().rename_axis("reason").rename("n").reset_index(),
        units=_by_unit(used),
        rules=_rules(sides, used),
        education=education_coverage(school, staff.index),
        qualifications=qualification_counts(moves),
        qualification_changes=qualification_changes(moves),
        proposals=school.proposals,
        possible=possible(used, known.levels, standards, school, rule),
        boxes=talent.box_counts(staff),
        box_check=talent.box_check(staff, data.table("pegawai").set_index("person_id")["talent_box"]),
        professionalism=talent.professionalism(data, staff, school, profile),
        assessments=talent.assessment_ages(staff, moves),
        gaps=learning.unit_gaps(data, profile, staff, held),
        training=learning.training_needs(destination),
        learning=learning.training_before(used),
        careers=learning.careers(data, moves, profile.as_of),
        wishes=learning.wishes(data, moves.assign(change=moves["change"].where(moves["reason"] == "used"))),
    )


def _described(moves: pd.DataFrame, data: RegionData) -> pd.DataFrame:
    """The moves with sector and name of the unit of destination, and the level of the post got. Outside the region is no sector."""
    units, posts = data.table("unit_kerja").set_index("unit_id"), data.table("jabatan").set_index("jabatan_id")
    level = posts["job_level"].fillna(posts["job_class"])
    got = moves["to_unit_id"]
    return moves.assign(
        sector=got.map(sectors(data.table("unit_kerja"))),
        to_unit_name=got.map(units["unit_name"]),
        job_level=moves["to_jabatan_id"].map(level),
    )


def _reason(moves: pd.DataFrame, known: Assessed, standards: pd.DataFrame) -> pd.Series:
    posts = set(standards["jabatan_id"])
    checks = {
        "no_post": moves["from_jabatan_id"].isna() | moves["to_jabatan_id"].isna(),
        "no_standard": ~(moves["from_jabatan_id"].isin(posts) & moves["to_jabatan_id"].isin(posts)),
        "no_assessment": ~moves.index.isin(known.levels["case"]),
        "incomplete_assessment": moves["jpm_from"].isna() | moves["jpm_to"].isna(),
        "stale_assessment": ~known.valid.reindex(moves.index, fill_value=False).astype(bool),
    }
    conditions = [np.asarray(checks[name], dtype=bool) for name in REASONS]
    return pd.Series(np.select(conditions, list(REASONS), default="used"), index=moves.index)


def _summary(moves: pd.DataFrame) -> pd.DataFrame:
    rows = [_row("all", "all", moves)]
    for grouping in ("move_kind", "sector"):
        rows += [_row(grouping, str(group), part) for group, part in moves.groupby(grouping, sort=True)[list(MATCHED)]]
    return pd.DataFrame(rows)


def _posts(moves: pd.DataFrame) -> pd.DataFrame:
    rows = [_row("post", str(post), part) for post, part in moves.groupby("post", sort=True)[list(MATCHED)]]
    return pd.DataFrame(rows, columns=["group", "n", *MATCH_NUMBERS]).rename(columns={"group": "post"})


def _row(grouping: str, group: str, moves: pd.DataFrame) -> dict[str, object]:
    from scipy.special import stdtrit

    n, numbers = len(moves), {name: moves[name].to_numpy(dtype=float) for name in MATCHED}
    change = numbers["change"]
    estimated = n > 1 and (np.abs(change) > TINY).any()  # no interval where no match changed: there is no spread to take it from
    half = float(stdtrit(n - 1, 0.975) * change.std(ddof=1) / np.sqrt(n)) if estimated else float("nan")
    shares = {"share_improved": change > TINY, "share_same": np.abs(change) <= TINY, "share_lower": change < -TINY}
    found = {name: float(values.mean()) if n else float("nan") for name, values in {**numbers, **shares}.items()}
    found |= {"conf_low": found["change"] - half, "conf_high": found["change"] + half}
    return {"grouping": grouping, "group": group, "n": n, **{name: found[name] for name in MATCH_NUMBERS}}


def _by_unit(moves: pd.DataFrame) -> pd.DataFrame:
    change = moves["change"]
    told = moves[["to_unit_id", "to_unit_name", "jpm_from", "jpm_to", "change"]].assign(
        share_improved=change > TINY, share_same=change.abs() <= TINY, share_lower=change < -TINY
    )
    grouped = told.groupby(["to_unit_id", "to_unit_name"], sort=True)
    rows = grouped.mean().assign(n=grouped.size()).rename_axis(["unit_id", "unit_name"]).reset_index()
    return rows[["unit_id", "unit_name", "n", "jpm_from", "jpm_to", "change", "share_improved", "share_same", "share_lower"]]


def _rules(sides: dict[str, pd.DataFrame], used: pd.DataFrame) -> pd.DataFrame:
    """The same moves by every rule; n_hidden: with deficits in the new post that this rule shows as 100 or more."""
    rows, judged = [], {side: found.loc[found["case"].isin(used.index)] for side, found in sides.items()}
    for rule in RULES:
        jpm = {side: match(found, rule).reindex(used.index) for side, found in judged.items()}
        hidden = (jpm["to"] >= 100 - TINY) & (used["missing_levels"] > 0)
        change = jpm["to"] - jpm["from"]
        rows.append([rule, len(used), jpm["from"].mean(), jpm["to"].mean(), change.mean(), int(hidden.sum())])
    return pd.DataFrame(rows, columns=["rule", "n", "jpm_from", "jpm_to", "change", "n_hidden"])


def _bands(moves: pd.DataFrame, scheme: str) -> pd.DataFrame:
    rows = []
    for state, column in (("before", "jpm_from"), ("after", "jpm_to")):
        counts = pd.Series(match_of.match_band(moves[column], scheme=scheme), dtype="object").value_counts()
        rows += [{"state": state, "band": band, "n": int(n), "share": n / max(len(moves), 1)} for band, n in counts.items()]
    return pd.DataFrame(rows, columns=["state", "band", "n", "share"])


def _deficits(found: pd.DataFrame) -> pd.DataFrame:
    gap = (found["level"].astype("float64") - found["required_level"].astype("float64")).rename("gap")
    grouped = pd.DataFrame({"gap": gap, "n_deficit": gap < 0}).groupby(found["competency"])
    frame = pd.DataFrame({"n": grouped.size(), "n_deficit": grouped["n_deficit"].sum(), "mean_gap": grouped["gap"].mean()})
    frame["share_deficit"] = frame["n_deficit"] / frame["n"]
    frame = frame.rename_axis("competency").reset_index()[["competency", "n", "n_deficit", "share_deficit", "mean_gap"]]
    return frame.sort_values(["share_deficit", "competency"], ascending=[False, True], ignore_index=True)
