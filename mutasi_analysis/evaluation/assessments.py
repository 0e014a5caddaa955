"""Levels that persons were assessed at by a day, joined with what a post requires: the one join behind every match."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.metrics import competency as match_of
from mutasi_analysis.norms import load_norm
from mutasi_analysis.profiles import RegionProfile


@dataclass(frozen=True, slots=True)
class Assessed:
    """levels: case competency level (latest of each competency by the case's day); valid: by case, whether its latest is not stale."""

    levels: pd.DataFrame
    valid: pd.Series


def assessed(kompetensi: pd.DataFrame, cases: pd.DataFrame, profile: RegionProfile) -> Assessed:
    """What was known of each case on its day. cases: index = case, columns person_id and day."""
    keyed = cases[["person_id", "day"]].rename_axis("case").reset_index()
    seen = keyed.merge(kompetensi, on="person_id")
    seen = seen.loc[seen["assessed_on"] <= seen["day"]].sort_values("assessed_on", kind="stable")
    latest = seen.drop_duplicates(["case", "competency"], keep="last")
    last_day = latest.groupby("case")["assessed_on"].max()
    years = int(float(str(load_norm("assessment_validity", profile.scheme("assessment_validity")).value)))
    valid = last_day + pd.DateOffset(years=years) >= cases["day"].reindex(last_day.index)
    return Assessed(latest[["case", "competency", "level"]], valid)


def pairs(post: pd.Series, levels: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """Required and achieved level of every competency of each case's post; achieved is missing where not assessed."""
    wanted = post.rename("jabatan_id").rename_axis("case").reset_index().merge(standards, on="jabatan_id")
    return wanted.merge(levels, on=["case", "competency"], how="left")


def match(found: pd.DataFrame, rule: str) -> pd.Series:
    """JPM in percent by case, of the frame that `pairs` gives."""
    if found.empty:
        return pd.Series(dtype="float64")
    level, required = found["level"].astype("float64"), found["required_level"].astype("float64")
    return match_of.job_person_match_by(level, required, found["case"], rule=rule)


def missing_levels(found: pd.DataFrame) -> pd.Series:
    """Levels below the standard in all, by case; missing where a competency is not assessed."""
    if found.empty:
        return pd.Series(dtype="float64")
    level, required = found["level"].astype("float64"), found["required_level"].astype("float64")
    short = match_of.deficits_by(level, required, found["case"])
    return short["levels"].where(short["unassessed"] == 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """Moves against the post left and the post got. known: as assessed on the day of the move; by side (from, to), sides: pairs of every
    move's post, jpm: match in percent by move; change: jpm got less jpm left."""

    known: Assessed
    sides: dict[str, pd.DataFrame]
    jpm: dict[str, pd.Series]
    change: pd.Series


def judge(data: RegionData, moves: pd.DataFrame, profile: RegionProfile) -> Judged:
    """moves: person_id, tmt, from_jabatan_id, to_jabatan_id."""
    known = assessed(data.table("kompetensi"), moves[["person_id", "tmt"]].rename(columns={"tmt": "day"}), profile)
    standards, rule = data.table("standar_kompetensi"), profile.scheme("jpm_rule")
    sides = {side: pairs(moves[f"{side}_jabatan_id"], known.levels, standards) for side in ("from", "to")}
    jpm = {side: match(found, rule).reindex(moves.index) for side, found in sides.items()}
    return Judged(known, sides, jpm, jpm["to"] - jpm["from"])


def match_table(levels: pd.DataFrame, standards: pd.DataFrame, posts: pd.Index, rule: str) -> pd.DataFrame:
    """JPM of every case to every post: cases × posts; missing where a required competency is not assessed or no standard exists."""
    achieved = levels.pivot(index="case", columns="competency", values="level").astype("float64")
    required = standards.pivot(index="jabatan_id", columns="competency", values="required_level").astype("float64")
    required = required.reindex(posts.intersection(required.index))
    post, competency = np.nonzero(required.notna().to_numpy())
    level, wanted = achieved.reindex(columns=required.columns).to_numpy()[:, competency], required.to_numpy()[post, competency]
    cell = np.arange(len(achieved))[:, None] * len(required) + post
    found = match_of.job_person_match_by(level.ravel(), np.tile(wanted, len(achieved)), cell.ravel(), rule=rule)
    table = np.full((len(achieved), len(required)), np.nan)
    table.ravel()[found.index] = found
    return pd.DataFrame(table, index=achieved.index, columns=required.index).reindex(columns=posts)


def mean(values: pd.Series) -> float:
    """Mean of what is known; NaN where nothing is."""
    known = values.dropna()
    return float(known.mean()) if len(known) else float(np.nan)
