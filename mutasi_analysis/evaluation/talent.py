"""All serving staff in their present posts: talent map, supplied boxes recomputed, professionalism index, age of assessments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.assessments import assessed, match, mean, pairs
from mutasi_analysis.evaluation.qualification import Schooling
from mutasi_analysis.evaluation.staffing import posts_on
from mutasi_analysis.fields_of_study import level_table
from mutasi_analysis.metrics import competency as talent_of
from mutasi_analysis.metrics.professionalism import DIMENSIONS
from mutasi_analysis.norms import load_norm
from mutasi_analysis.profiles import RegionProfile

BOX_SCHEME = "permenpanrb-3-2020"
#: the class of post that the index counts by the points of its own; all others are one group.
STAFF_CLASS = "pelaksana"
MANAGER_OR_EXPERT = "manajerial_fungsional"


def present_staff(data: RegionData, profile: RegionProfile) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Serving staff on the day of the data: index person_id; unit_id jabatan_id jpm assessment predicate regime score; and the levels
    that their posts require and they have (`assessments.pairs`, case = person).

    assessment: valid, stale or none. jpm: match with the present post by the profile's rule, of valid assessments only. The rating is
    the last of the latest year that was rated at all.
    """
    staff = posts_on(data.table("pegawai"), data.table("mutasi"), profile.as_of)
    cases = pd.DataFrame({"person_id": staff.index, "day": pd.Timestamp(profile.as_of)}, index=pd.Index(staff.index, name="case"))
    known = assessed(data.table("kompetensi"), cases, profile)
    found = pairs(staff["jabatan_id"].rename_axis("case"), known.levels, data.table("standar_kompetensi"))
    valid = known.valid.reindex(staff.index)
    state = np.select([valid.isna(), valid.eq(True)], ["none", "valid"], default="stale")
    staff = staff.assign(assessment=state, jpm=match(found, profile.scheme("jpm_rule")).reindex(staff.index))
    staff["jpm"] = staff["jpm"].where(staff["assessment"] == "valid")
    return staff.join(_last_rating(data.table("kinerja"), profile)), found


def _last_rating(kinerja: pd.DataFrame, profile: RegionProfile) -> pd.DataFrame:
    rated = kinerja.loc[(kinerja["year"] <= profile.last_year) & kinerja["predicate"].notna()]
    latest = rated.loc[rated["year"] == rated["year"].max()].sort_values("half").drop_duplicates("person_id", keep="last")
    rating: pd.DataFrame = latest.set_index("person_id")[["predicate", "regime", "score"]]
    return rating


def performance_axis(predicate: pd.Series, regime: pd.Series) -> pd.Series:
    """below, met or above for the predicate of a rating regime (parameters/norms/predicate_axis.toml); missing where unrated."""
    answer = pd.Series(pd.NA, index=predicate.index, dtype="string")
    for scheme in regime.dropna().unique():
        words = _table("predicate_axis", str(scheme))
        answer = answer.mask(regime.eq(scheme).fillna(False).to_numpy(bool), predicate.map(words))
    return answer


def box_map(staff: pd.DataFrame, profile: RegionProfile) -> pd.DataFrame:
    """The staff with performance and potential (below met above; missing stays missing) and box (1–9)."""
    scheme = profile.scheme("nine_box_cutoffs")
    potential = pd.Series(talent_of.axis_level(staff["jpm"], axis="potential", scheme=scheme), index=staff.index, dtype="string")
    performance = performance_axis(staff["predicate"], staff["regime"])
    return staff.assign(performance=performance, potential=potential, box=talent_of.nine_box(performance, potential))


def box_counts(staff: pd.DataFrame) -> pd.DataFrame:
    """Always nine rows: box performance potential n share (of those placed)."""
    cells: dict[str, int] = _table("nine_box", BOX_SCHEME)["cells"]
    counts = staff["box"].value_counts()
    total = int(counts.sum())
    rows = [[box, *key.split("-"), int(counts.get(box, 0))] for key, box in sorted(cells.items(), key=lambda item: item[1])]
    frame = pd.DataFrame(rows, columns=["box", "performance", "potential", "n"])
    return frame.assign(share=frame["n"] / (total or np.nan))


def box_check(staff: pd.DataFrame, supplied: pd.Series) -> pd.DataFrame:
    """Supplied boxes against recomputed ones: columns supplied recomputed n, one row a pair that differs; empty where all agree.

    Whoever lacks a supplied box or an axis cannot be compared and is not in it.
    """
    given = supplied.reindex(staff.index)
    different = talent_of.box_differences(given.astype("float64"), staff["performance"], staff["potential"])
    return different.groupby(["supplied", "recomputed"]).size().rename("n").reset_index()


def assessment_ages(staff: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Valid, stale and no assessments of all staff and of the moved: columns group state n share jpm_from jpm_to change.

    The match of moves whose assessment was too old stands here, apart from all other results; staff rows have no match.
    """
    rows = []
    for state in ("valid", "stale", "none"):
        rows.append(["staff", state, int((staff["assessment"] == state).sum()), np.nan, np.nan, np.nan])
    for state, reason in (("valid", "used"), ("stale", "stale_assessment"), ("none", "no_assessment")):
        part = moves.loc[moves["reason"] == reason]
        means = [mean(part[name]) if reason != "no_assessment" else np.nan for name in ("jpm_from", "jpm_to", "change")]
        rows.append(["moved", state, len(part), *means])
    frame = pd.DataFrame(rows, columns=["group", "state", "n", "jpm_from", "jpm_to", "change"])
    share = frame["n"] / frame.groupby("group")["n"].transform("sum").where(lambda total: total > 0)
    return frame.assign(share=share)[["group", "state", "n", "share", "jpm_from", "jpm_to", "change"]]


def professionalism(data: RegionData, staff: pd.DataFrame, school: Schooling, profile: RegionProfile) -> pd.DataFrame:
    """IP ASN of serving staff: columns dimension maximum n mean_points state; the row "total" counts whoever has all four dimensions.

    state: ok, or missing where nobody has the dimension's inputs (nothing is taken as zero).
    """
    scheme = profile.scheme("professionalism")
    facts = data.table("pegawai").set_index("person_id").reindex(staff.index)
    job_class = staff["jabatan_id"].map(data.table("jabatan").set_index("jabatan_id")["job_class"])
    level = school.people["level"].reindex(staff.index).map(level_table().set_index("level")["ip_asn"])
    points = {
        "qualification": talent_of.qualification_points(level, scheme=scheme),
        "competency": _training_points(facts, job_class, scheme),
        "performance": _performance_points(staff, scheme),
        "discipline": talent_of.discipline_points(facts["sanction"], scheme=scheme),
    }
    total = talent_of.professionalism_index(*(points[name] for name in DIMENSIONS), scheme=scheme).total
    maximum: dict[str, float] = _table("professionalism", scheme)["maximum"]
    rows = []
    for name, values in {**points, "total": total}.items():
        known = pd.Series(values, index=staff.index).dropna()
        rows.append([name, maximum.get(name, sum(maximum.values())), len(known), mean(known), "ok" if len(known) else "missing"])
    return pd.DataFrame(rows, columns=["dimension", "maximum", "n", "mean_points", "state"])


def _performance_points(staff: pd.DataFrame, scheme: str) -> pd.Series:
    """Points of the score; where a rating has none (since 2022), of its predicate by our own table (usulan)."""
    scored = pd.Series(talent_of.performance_points(staff["score"].clip(upper=100), scheme=scheme), index=staff.index)
    named = staff["predicate"].map(_table("professionalism_predicate", scheme)).astype("float64")
    return scored.where(scored.notna(), named)


def _training_points(facts: pd.DataFrame, job_class: pd.Series, scheme: str) -> pd.Series:
    done = [facts[name].astype("object") for name in ("main_training", "seminar")]
    by_group = {
        group: talent_of.competency_points(done[0], facts["technical_hours"], done[1], job_group=group, scheme=scheme)
        for group in (STAFF_CLASS, MANAGER_OR_EXPERT)
    }
    staff = job_class.eq(STAFF_CLASS).fillna(False).to_numpy(bool)
    points: pd.Series = by_group[STAFF_CLASS].where(staff, by_group[MANAGER_OR_EXPERT])
    return points


def _table(family: str, scheme: str) -> dict[str, Any]:
    value: Any = load_norm(family, scheme).value
    return dict(value)
