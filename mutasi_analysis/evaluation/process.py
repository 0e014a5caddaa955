"""How the transfers were carried out: time between the steps, rules kept, what the moved said."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.result import Process
from mutasi_analysis.evaluation.staffing import programme_of
from mutasi_analysis.evaluation.wished import wish_met
from mutasi_analysis.metrics.process import in_blackout, tenure_check
from mutasi_analysis.norms import load_norm
from mutasi_analysis.profiles import RegionProfile

STEPS = {
    "analysis_to_proposal": ("need_analysed_on", "proposed_on"),
    "proposal_to_assessment": ("proposed_on", "assessed_on"),
    "assessment_to_decision": ("assessed_on", "decided_on"),
    "decision_to_report": ("decided_on", "reported_on"),
    "proposal_to_report": ("proposed_on", "reported_on"),
}
AGREE = 3


def evaluate_process(data: RegionData, profile: RegionProfile, *, moves: pd.DataFrame | None = None) -> Process | None:
    """The process section, or None where no transfer falls in the programme's window. moves: the programme's, where known already."""
    moves = programme_of(data, profile) if moves is None else moves
    if moves.empty:
        return None
    kinds = moves.assign(year=moves["tmt"].dt.year).groupby(["year", "move_kind"]).size().rename("n").reset_index()
    return Process(durations=_durations(moves), checks=_checks(data, profile, moves), kinds=kinds, survey=_survey(data, moves))


def _durations(moves: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for step, (start, end) in STEPS.items():
        days = (moves[end] - moves[start]).dt.days.dropna()
        quartiles = days.quantile([0.5, 0.25, 0.75]).tolist() if len(days) else [np.nan] * 3
        rows.append([step, len(days), *quartiles])
    return pd.DataFrame(rows, columns=["step", "n", "median_days", "p25_days", "p75_days"])


def _checks(data: RegionData, profile: RegionProfile, moves: pd.DataFrame) -> pd.DataFrame:
    tenure = tenure_check(_previous_start(data, moves), moves["tmt"], scheme=profile.scheme("tenure"))
    structural = _is_structural(data, moves)
    blackout = pd.Series(in_blackout(moves["tmt"], scheme=profile.scheme("election_blackout")), index=moves.index) & structural
    wish = ~wish_met(data, moves, "unit")
    known = tenure.notna()
    law = {family: load_norm(family, profile.scheme(family)) for family in ("tenure", "election_blackout", "transfer_documents")}
    needed = float(str(law["transfer_documents"].value))
    documents, socialised, training = moves["documents_complete"], moves["socialised"], moves["training_hours"]
    rows = [
        ["tenure_under_2", known.sum(), (tenure == "too_short").sum(), law["tenure"].reference],
        ["tenure_over_5", known.sum(), (tenure == "too_long").sum(), law["tenure"].reference],
        ["blackout", structural.sum(), blackout.sum(), law["election_blackout"].reference],
        ["documents_incomplete", documents.notna().sum(), (documents < needed).sum(), law["transfer_documents"].reference],
        ["not_socialised", socialised.notna().sum(), (~socialised.astype("boolean")).sum(), ""],
        ["no_training", training.notna().sum(), (training == 0).sum(), ""],
        ["wish_unmet", wish.notna().sum(), wish.sum(), ""],
    ]
    frame = pd.DataFrame(rows, columns=["check", "n", "flagged", "reference"]).astype({"n": int, "flagged": int})
    frame["share"] = frame["flagged"] / frame["n"].where(frame["n"] > 0)
    return frame.loc[frame["n"] > 0, ["check", "n", "flagged", "share", "reference"]].reset_index(drop=True)


def _previous_start(data: RegionData, moves: pd.DataFrame) -> pd.Series:
    """Start of the post each move ends: as supplied, else the person's move before it; unknown (or the same day) is missing."""
    if moves["from_tmt"].notna().all():
        return moves["from_tmt"].where(moves["from_tmt"] < moves["tmt"])
    mutasi = data.table("mutasi").sort_values("tmt")
    earlier = mutasi.assign(previous=mutasi.groupby("person_id")["tmt"].shift())[["person_id", "tmt", "previous"]]
    found = moves[["person_id", "tmt"]].merge(earlier, on=["person_id", "tmt"], how="left")["previous"]
    start = moves["from_tmt"].fillna(found)
    return start.where(start < moves["tmt"])


def _is_structural(data: RegionData, moves: pd.DataFrame) -> pd.Series:
    job_class = data.table("jabatan").set_index("jabatan_id")["job_class"]
    return (moves["to_jabatan_id"].map(job_class) == "struktural").fillna(False)


def _survey(data: RegionData, moves: pd.DataFrame) -> pd.DataFrame:
    columns = ["wave", "item", "n", "mean", "conf_low", "conf_high", "share_agree"]
    answers = data.table("survei")
    answers = answers.loc[answers["person_id"].isin(moves["person_id"])]
    if answers.empty:
        return pd.DataFrame(columns=columns)
    value = answers.assign(answer=answers["answer"].astype("float64"), agree=(answers["answer"] >= AGREE).astype("float64"))
    grouped = value.groupby(["wave", "item"])
    frame = grouped.agg(n=("answer", "size"), mean=("answer", "mean"), sd=("answer", "std"), share_agree=("agree", "mean")).reset_index()
    half = 1.96 * frame["sd"] / np.sqrt(frame["n"])
    return frame.assign(conf_low=frame["mean"] - half, conf_high=frame["mean"] + half)[columns]
