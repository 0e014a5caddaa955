"""Match of moved persons to the post they left and to the post they got."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.result import Competency
from mutasi_analysis.evaluation.staffing import programme_moves
from mutasi_analysis.metrics import competency as match_of
from mutasi_analysis.norms import load_norm
from mutasi_analysis.profiles import RegionProfile

#: why a move has no match change; in this order the first that holds is named.
REASONS = ("no_post", "no_standard", "no_assessment", "incomplete_assessment", "stale_assessment")


def evaluate_competency(data: RegionData, profile: RegionProfile) -> Competency | None:
    """The competency section, or None where levels or standards are not supplied."""
    if not data.has("kompetensi", "standar_kompetensi"):
        return None
    moves = programme_moves(data.table("mutasi"), profile.programme_first, profile.programme_last)
    levels, age_ok = _levels_before(data.table("kompetensi"), moves, profile)
    standards = data.table("standar_kompetensi")
    rule = profile.scheme("jpm_rule")
    pairs = {side: _pairs(moves[f"{side}_jabatan_id"], levels, standards) for side in ("from", "to")}
    for side in ("from", "to"):
        moves[f"jpm_{side}"] = _match(pairs[side], rule).reindex(moves.index)
    moves["reason"] = _reason(moves, levels, standards, age_ok)
    units = data.table("unit_kerja").set_index("unit_id")
    moves["sector"] = moves["to_unit_id"].map(units["sector"])
    moves["change"] = moves["jpm_to"] - moves["jpm_from"]
    usable = moves.loc[moves["reason"] == "used", ["move_kind", "sector", "jpm_from", "jpm_to", "change"]].reset_index(drop=True)
    return Competency(
        moves=usable,
        summary=_summary(usable),
        bands=_bands(usable, profile.scheme("jpm_bands")),
        deficits=_deficits(pairs["to"].loc[pairs["to"]["move"].isin(moves.index[moves["reason"] == "used"])]),
        coverage=moves["reason"].value_counts().rename_axis("reason").rename("n").reset_index(),
    )


def _levels_before(kompetensi: pd.DataFrame, moves: pd.DataFrame, profile: RegionProfile) -> tuple[pd.DataFrame, pd.Series]:
    """Each move's latest level of every competency assessed by the day of the move, and whether its latest is still valid."""
    keyed = moves[["person_id", "tmt"]].rename_axis("move").reset_index()
    seen = keyed.merge(kompetensi, on="person_id")
    seen = seen.loc[seen["assessed_on"] <= seen["tmt"]].sort_values("assessed_on")
    latest = seen.drop_duplicates(["move", "competency"], keep="last")
    years = int(float(str(load_norm("assessment_validity", profile.scheme("assessment_validity")).value)))
    last_day = latest.groupby("move")["assessed_on"].max()
    valid = last_day + pd.DateOffset(years=years) >= moves["tmt"].reindex(last_day.index)
    return latest[["move", "competency", "level"]], valid


def _pairs(post: pd.Series, levels: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """Required and achieved level of every competency of each move's post; achieved is missing where not assessed."""
    wanted = post.rename("jabatan_id").rename_axis("move").reset_index().merge(standards, on="jabatan_id")
    return wanted.merge(levels, on=["move", "competency"], how="left")


def _match(pairs: pd.DataFrame, rule: str) -> pd.Series:
    if pairs.empty:
        return pd.Series(dtype="float64")
    level, required = pairs["level"].astype("float64"), pairs["required_level"].astype("float64")
    return match_of.job_person_match_by(level, required, pairs["move"], rule=rule)


def _reason(moves: pd.DataFrame, levels: pd.DataFrame, standards: pd.DataFrame, valid: pd.Series) -> pd.Series:
    known = set(standards["jabatan_id"])
    checks = {
        "no_post": moves["from_jabatan_id"].isna() | moves["to_jabatan_id"].isna(),
        "no_standard": ~(moves["from_jabatan_id"].isin(known) & moves["to_jabatan_id"].isin(known)),
        "no_assessment": ~moves.index.isin(levels["move"]),
        "incomplete_assessment": moves["jpm_from"].isna() | moves["jpm_to"].isna(),
        "stale_assessment": ~valid.reindex(moves.index, fill_value=False).astype(bool),
    }
    conditions = [np.asarray(checks[name], dtype=bool) for name in REASONS]
    return pd.Series(np.select(conditions, list(REASONS), default="used"), index=moves.index)


def _summary(moves: pd.DataFrame) -> pd.DataFrame:
    rows = [_row("all", "all", moves)]
    for grouping in ("move_kind", "sector"):
        rows += [_row(grouping, str(group), part) for group, part in moves.groupby(grouping, sort=True)]
    return pd.DataFrame(rows)


def _row(grouping: str, group: str, moves: pd.DataFrame) -> dict[str, object]:
    from scipy.special import stdtrit

    n, change = len(moves), moves["change"]
    half = float(stdtrit(n - 1, 0.975) * change.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
    mean = float(change.mean()) if n else float("nan")
    sides = {"jpm_from": moves["jpm_from"].mean(), "jpm_to": moves["jpm_to"].mean(), "change": mean}
    shares = {
        "share_improved": (change > 1e-9).mean(),
        "share_same": (change.abs() <= 1e-9).mean(),
        "share_lower": (change < -1e-9).mean(),
    }
    return {"grouping": grouping, "group": group, "n": n, **sides, "conf_low": mean - half, "conf_high": mean + half, **shares}


def _bands(moves: pd.DataFrame, scheme: str) -> pd.DataFrame:
    rows = []
    for state, column in (("before", "jpm_from"), ("after", "jpm_to")):
        counts = pd.Series(match_of.match_band(moves[column], scheme=scheme), dtype="object").value_counts()
        rows += [{"state": state, "band": band, "n": int(n), "share": n / max(len(moves), 1)} for band, n in counts.items()]
    return pd.DataFrame(rows, columns=["state", "band", "n", "share"])


def _deficits(pairs: pd.DataFrame) -> pd.DataFrame:
    gap = (pairs["level"].astype("float64") - pairs["required_level"].astype("float64")).rename("gap")
    grouped = gap.groupby(pairs["competency"])
    frame = pd.DataFrame({"n": grouped.size(), "n_deficit": grouped.apply(lambda g: int((g < 0).sum())), "mean_gap": grouped.mean()})
    frame["share_deficit"] = frame["n_deficit"] / frame["n"]
    frame = frame.rename_axis("competency").reset_index()[["competency", "n", "n_deficit", "share_deficit", "mean_gap"]]
    return frame.sort_values(["share_deficit", "competency"], ascending=[False, True], ignore_index=True)
