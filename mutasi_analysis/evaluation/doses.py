"""What came with a move (better match, needier destination, kind, sector, tenure, training) and whether the effect goes with it."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.causal import NotEstimable
from mutasi_analysis.causal.dose import DOSE_COLUMNS, by_group, dose_bins, dose_slope, person_effects, stacked
from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.assessments import Judged, judge
from mutasi_analysis.evaluation.result import Workload
from mutasi_analysis.evaluation.staffing import sectors
from mutasi_analysis.profiles import RegionProfile

TENURE_YEARS = (2, 5)


def move_facts(
    data: RegionData, profile: RegionProfile, moves: pd.DataFrame, workload: Workload | None, judged: Judged | None = None
) -> pd.DataFrame:
    """One row per moved person, index person_id, of the first programme move: move_kind sector tenure socialised trained match_change
    workload_change.

    tenure: years in the origin post (under_2, 2_to_5, over_5); trained: any training hours before the move; match_change: JPM at the new
    post less at the old, in points, of valid assessments only; workload_change: index of the destination before the programme less that of
    the origin. Missing stays missing. judged: the same moves, where known already.
    """
    earliest = moves.sort_values("tmt", kind="stable").drop_duplicates("person_id")
    first = earliest.set_index("person_id")
    years = (first["tmt"] - first["from_tmt"]).dt.days / 365.25
    tenure = pd.cut(years, [-0.001, *TENURE_YEARS, 1e9], labels=["under_2", "2_to_5", "over_5"], right=False)
    return pd.DataFrame(
        {
            "move_kind": first["move_kind"],
            "sector": first["to_unit_id"].map(sectors(data.table("unit_kerja"))),
            "tenure": tenure.astype("string"),
            "socialised": _yes_no(first["socialised"]),
            "trained": _yes_no(first["training_hours"] > 0).where(first["training_hours"].notna()),
            "match_change": _match_change(data, profile, earliest, judged).to_numpy(),
            "workload_change": _workload_change(first, workload),
        }
    )


def dose_rows(
    panel: pd.DataFrame,
    outcome: str,
    facts: pd.DataFrame,
    *,
    groups: tuple[str, ...],
    doses: tuple[str, ...],
    anticipation: int,
    minimum_cell: int,
) -> pd.DataFrame:
    """Rows of `dose`: outcome and DOSE_COLUMNS, for the groups and doses that were declared. panel: complete units with job_class.

    Rows of fewer than minimum_cell persons keep their name and lose every number: a mean of two persons is a person.
    """
    columns = ["outcome", *DOSE_COLUMNS]
    try:
        effects = person_effects(
            panel, outcome=outcome, unit="unit", period="year", cohort="cohort", anticipation=anticipation, cell="job_class"
        )
    except NotEstimable:
        return pd.DataFrame(columns=columns)
    frames = [
        frame for name in doses for frame in (dose_slope(effects, facts[name], factor=name), dose_bins(effects, facts[name], factor=name))
    ]
    frames += [by_group(effects, facts[name], factor=name) for name in groups]
    found = stacked(frames).assign(outcome=outcome)[columns]
    numbers = ["n", "dose", "estimate", "std_error", "conf_low", "conf_high", "p_value"]
    found.loc[found["n"] < minimum_cell, numbers] = pd.NA
    return found


def _yes_no(values: pd.Series) -> pd.Series:
    return values.astype("boolean").map({True: "yes", False: "no"}).astype("string")


def _match_change(data: RegionData, profile: RegionProfile, moves: pd.DataFrame, judged: Judged | None) -> pd.Series:
    if not data.has("kompetensi", "standar_kompetensi") or moves.empty:
        return pd.Series(float("nan"), index=moves.index)
    judged = judged or judge(data, moves, profile)
    valid = judged.known.valid.reindex(moves.index, fill_value=False).astype(bool)
    return judged.change.reindex(moves.index).astype("float64").where(valid)


def _workload_change(first: pd.DataFrame, workload: Workload | None) -> pd.Series:
    if workload is None:
        return pd.Series(float("nan"), index=first.index)
    index = workload.units.set_index("unit_id")["index_before"].astype("float64")
    after, before = (first[f"{side}_unit_id"].map(index).astype("float64") for side in ("to", "from"))
    return pd.Series(after - before, index=first.index)
