"""The way a transfer takes: dates of every step in order, documents, socialisation, training, reason."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.facts import shared
from mutasi_analysis.synthetic.moves import match_percent
from mutasi_analysis.synthetic.organisation import Organisation
from mutasi_analysis.synthetic.staff import Staff

STEPS = ("need_analysed_on", "proposed_on", "assessed_on", "decided_on")


def describe_moves(moves: pd.DataFrame, org: Organisation, staff: Staff, as_of: pd.Timestamp, rng: np.random.Generator) -> pd.DataFrame:
    """Moves with the match gained and everything about the process; a step that an agency did not note is NaT."""
    numbers = shared("process")["moves"]
    n = len(moves)
    levels = staff.levels[moves["person"]]
    match = match_percent(levels, org.required)
    rows = np.arange(n)
    found = moves.assign(gain=match[rows, moves["to_post"]] - match[rows, moves["from_post"]])
    day = moves["tmt"]
    for step, low, high in zip(reversed(STEPS), (3, 7, 14, 20), (40, 60, 60, 150), strict=True):
        day = day - pd.to_timedelta(rng.integers(low, high + 1, n), unit="D")
        missing = rng.random(n) < (numbers["missing_step_share"] if step != "decided_on" else 0.0)
        found[step] = day.where(~missing)
    reported = moves["tmt"] + pd.to_timedelta(rng.integers(0, 15, n), unit="D")
    found["from_tmt"] = moves.groupby("person")["tmt"].shift().fillna(staff.frame["since"].reindex(moves["person"]).set_axis(moves.index))
    found["reported_on"] = reported.mask(reported > as_of, as_of)
    found["documents_complete"] = np.where(rng.random(n) < 0.62, 10, rng.integers(6, 10, n))
    found["socialised"] = rng.random(n) < numbers["socialised_share"]
    hours = rng.choice([0, 8, 16, 24, 40], n, p=[0.45, 0.2, 0.2, 0.1, 0.05]).astype(float)
    found["training_hours"] = np.where(rng.random(n) < 0.05, np.nan, hours)
    found["reason"] = [_reason(kind, rng) for kind in moves["move_kind"]]
    return found


def _reason(kind: str, rng: np.random.Generator) -> str:
    reasons: list[str] = shared("process")["moves"]["reasons"][kind]
    return reasons[int(rng.integers(len(reasons)))]


def move_table(moves: pd.DataFrame, org: Organisation, staff: Staff) -> pd.DataFrame:
    """`mutasi` from the described moves: row numbers replaced by codes."""
    unit, post = org.units["unit_id"].to_numpy(dtype=object), org.posts["jabatan_id"].to_numpy(dtype=object)
    kept = moves[[*STEPS, "reported_on", "documents_complete", "socialised", "training_hours"]]
    codes = pd.DataFrame(
        {
            "person_id": staff.frame["nip"].to_numpy(dtype=object)[moves["person"]],
            "from_unit_id": unit[moves["from_unit"]],
            "to_unit_id": unit[moves["to_unit"]],
            "from_jabatan_id": post[moves["from_post"]],
            "to_jabatan_id": post[moves["to_post"]],
            "from_tmt": moves["from_tmt"],
            "tmt": moves["tmt"],
            "move_kind": moves["move_kind"],
            "reason": moves["reason"],
        }
    )
    return pd.concat([codes, kept], axis=1)
