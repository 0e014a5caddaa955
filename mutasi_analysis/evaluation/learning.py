"""What is lacking and what would close it: gaps by unit, training by competency, training before the move, breadth of careers, wishes."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.assessments import mean
from mutasi_analysis.evaluation.staffing import OUTSIDE, sectors
from mutasi_analysis.evaluation.wished import WISHES, wish_met
from mutasi_analysis.metrics.career import STATES, breadth, new_sector, training_against_gap
from mutasi_analysis.profiles import RegionProfile

#: assessed persons from which a mean is told to the tenth: a tenth of a level is then no single one.
MANY = 25
CAREER_MEASURES = ("new_sector", "sectors_before", "entropy_before", "sectors_after", "entropy_after")
TRAINING_COLUMNS = ["competency", "n_deficit", "levels", "training_id", "training_en", "hours_per_level", "hours", "status"]


@cache
def load_training() -> dict[str, dict[str, Any]]:
    """The training that closes a gap in each competency (parameters/training.toml): id, en, hours_per_level, status."""
    text = (files("mutasi_analysis") / "parameters" / "training.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return {name: {**entry, "status": entry.get("status", table["status"])} for name, entry in table["competency"].items()}


def unit_gaps(data: RegionData, profile: RegionProfile, staff: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Shortfall of serving staff against their present posts: columns unit_id unit_name sector competency n shortfall.

    staff, held: as `talent.present_staff` gives them.
    Only valid assessments; n persons assessed in the competency; shortfall: mean of max(0, required − achieved), levels, to the half,
    or to the tenth where there are MANY persons: a mean of 0.125 levels of 8 persons would be one level that one of them lacks. Units
    with fewer than `minimum_cell` persons are left out, not merged.
    """
    valid = staff.loc[staff["assessment"] == "valid", "unit_id"]
    found = held.loc[held["level"].notna() & held["case"].isin(valid.index)]
    short = (found["required_level"].astype("float64") - found["level"].astype("float64")).clip(lower=0)
    found = found.assign(shortfall=short, unit_id=found["case"].map(valid))
    grouped = found.groupby(["unit_id", "competency"])["shortfall"].agg(n="size", shortfall="mean").reset_index()
    steps = np.where(grouped["n"] < MANY, 2, 10)
    grouped["shortfall"] = (grouped["shortfall"] * steps).round() / steps
    enough = grouped.loc[grouped["n"] >= profile.minimum_cell]
    units = data.table("unit_kerja").set_index("unit_id")
    named = enough.assign(**{name: enough["unit_id"].map(units[name]) for name in ("unit_name", "sector")})
    return named[["unit_id", "unit_name", "sector", "competency", "n", "shortfall"]].reset_index(drop=True)


def training_needs(found: pd.DataFrame) -> pd.DataFrame:
    """Levels that the moved lack in their new posts, and the training that closes them: TRAINING_COLUMNS, largest first.

    found: pairs of the judged moves with their new posts. hours = levels × hours a level of parameters/training.toml (usulan).
    """
    short = (found["required_level"].astype("float64") - found["level"].astype("float64")).clip(lower=0)
    lacking = pd.DataFrame({"n_deficit": short > 0, "levels": short}).groupby(found["competency"]).sum()
    rows = []
    for competency, row in lacking.loc[lacking["levels"] > 0].iterrows():
        entry = load_training().get(str(competency))
        if entry is not None:
            hours = float(entry["hours_per_level"])
            rows.append(
                [competency, int(row["n_deficit"]), row["levels"], entry["id"], entry["en"], hours, hours * row["levels"], entry["status"]]
            )
    frame = pd.DataFrame(rows, columns=TRAINING_COLUMNS)
    return frame.sort_values(["levels", "competency"], ascending=[False, True], ignore_index=True)


def training_before(moves: pd.DataFrame) -> pd.DataFrame:
    """Judged moves by training against gap: columns state n mean_hours mean_levels hours_per_level; always four rows."""
    table = training_against_gap(moves["training_hours"].astype("float64"), moves["missing_levels"].astype("float64"))
    rows = []
    for state in STATES:
        part = table.loc[table["state"] == state]
        rows.append([state, len(part), *(mean(part[name]) for name in ("hours", "deficit", "hours_per_level"))])
    return pd.DataFrame(rows, columns=["state", "n", "mean_hours", "mean_levels", "hours_per_level"])


def careers(data: RegionData, moves: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Sectors and breadth of the programme's movers: columns measure n value.

    measures: new_sector (share of moves into a sector new to the person), sectors_before, sectors_after (distinct sectors up to the first
    programme move and up to `as_of`), entropy_before, entropy_after (nat, of days served). Only posts the tables know count.
    """
    if moves.empty:
        return pd.DataFrame([[measure, 0, np.nan] for measure in CAREER_MEASURES], columns=["measure", "n", "value"])
    posts = _posts_held(data, moves["person_id"], pd.Timestamp(as_of))
    fresh = pd.Series(new_sector(posts["person_id"], posts["order"], posts["sector"]), index=posts.index)
    keys = moves[["person_id", "tmt"]].merge(posts.assign(fresh=fresh), left_on=["person_id", "tmt"], right_on=["person_id", "start"])
    known = keys["fresh"].dropna().astype("float64")
    first = posts["person_id"].map(moves.groupby("person_id")["tmt"].min())
    earlier = posts.loc[(posts["start"] < first) | (posts["order"] == 0)]
    sides = {"before": earlier.assign(end=earlier["end"].clip(upper=first.reindex(earlier.index))), "after": posts}
    rows: list[list[Any]] = [["new_sector", len(known), mean(known)]]
    for side, part in sides.items():
        counted = breadth(part["person_id"], part["sector"], _days(part))
        known_people = counted.loc[counted["sectors"] > 0]
        rows += [[f"{name}_{side}", len(known_people), mean(known_people[name].astype("float64"))] for name in ("sectors", "entropy")]
    return pd.DataFrame(rows, columns=["measure", "n", "value"])


def _posts_held(data: RegionData, persons: pd.Series, last: pd.Timestamp) -> pd.DataFrame:
    """Every unit the movers served in, in order: person_id order start end sector; sectors outside the region are unknown."""
    mutasi = data.table("mutasi")
    own = mutasi.loc[mutasi["person_id"].isin(persons) & (mutasi["tmt"] <= last)].sort_values("tmt", kind="stable")
    begun = own.drop_duplicates("person_id")
    hired = begun["person_id"].map(data.table("pegawai").set_index("person_id")["tmt_cpns"])
    origin = pd.DataFrame({"person_id": begun["person_id"], "start": begun["from_tmt"].fillna(hired), "unit_id": begun["from_unit_id"]})
    later = pd.DataFrame({"person_id": own["person_id"], "start": own["tmt"], "unit_id": own["to_unit_id"]})
    posts = pd.concat([origin, later], ignore_index=True)
    posts["order"] = posts.groupby("person_id").cumcount()
    posts = posts.sort_values(["person_id", "order"], ignore_index=True)
    posts["end"] = posts.groupby("person_id")["start"].shift(-1).fillna(last)
    sector = sectors(data.table("unit_kerja"))
    posts["sector"] = posts["unit_id"].map(sector.mask(sector == OUTSIDE))
    return posts


def _days(posts: pd.DataFrame) -> pd.Series:
    return (posts["end"] - posts["start"]).dt.days.clip(lower=1).astype("float64").fillna(1.0)


def wishes(data: RegionData, moves: pd.DataFrame) -> pd.DataFrame:
    """Wishes of moved persons, a dimension of their own: columns wish (unit post) n met unmet share change_met change_unmet judged_met
    judged_unmet.

    n: moves of persons who named another unit (or post) than they held; met: the destination is one of those named; change: mean change
    of the match in points over those for whom it is known, judged: how many these are.
    """
    rows = []
    for wish in WISHES:
        met = wish_met(data, moves, wish).dropna().astype(bool)
        known = moves["change"].reindex(met.index)
        changes = [known[side].dropna() for side in (met, ~met)]
        share = met.mean() if len(met) else np.nan
        rows.append([wish, len(met), int(met.sum()), int((~met).sum()), share, *(mean(c) for c in changes), *(len(c) for c in changes)])
    columns = ["wish", "n", "met", "unmet", "share", "change_met", "change_unmet", "judged_met", "judged_unmet"]
    return pd.DataFrame(rows, columns=columns)
