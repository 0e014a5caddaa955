"""Competency assessments and the standards of the posts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.entities.people import COMPETENCIES
from mutasi_analysis.synthetic.organisation import Organisation
from mutasi_analysis.synthetic.staff import Staff


def standard_table(org: Organisation) -> pd.DataFrame:
    """`standar_kompetensi`: ten rows per post."""
    return pd.DataFrame(
        {
            "jabatan_id": np.repeat(org.posts["jabatan_id"].to_numpy(dtype=object), len(COMPETENCIES)),
            "competency": np.tile(np.array(COMPETENCIES, dtype=object), len(org.posts)),
            "required_level": org.required.reshape(-1),
        }
    )


def assessment_table(staff: Staff, first_tmt: pd.Series, years: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """`kompetensi`: ten levels per person and assessment.

    Movers (three in four) are assessed within two years before their first transfer and again in the year after; of the
    others half are assessed once and some of these again; one in ten of all first assessments is stale (before the window).
    """
    n = len(staff.frame)
    first_day = pd.Timestamp(int(years[0]), 1, 1)
    last_day = pd.Timestamp(int(years[-1]), 12, 1)
    tmt = first_tmt.reindex(range(n))
    assessed = rng.random(n) < np.where(tmt.notna(), 0.75, 0.5)
    again = rng.random(n) < np.where(tmt.notna(), 0.8, 0.3)
    anchor = tmt.fillna(first_day + pd.Timedelta(days=1100))
    before = anchor - pd.to_timedelta(rng.integers(60, 720, n), unit="D")
    stale = rng.random(n) < 0.1
    long_ago = pd.Series(first_day, index=range(n)) - pd.to_timedelta(rng.integers(30, 500, n), unit="D")
    before = before.mask(stale, long_ago)
    after = anchor + pd.to_timedelta(rng.integers(90, 365, n), unit="D")
    started, left = staff.frame["started"], staff.frame["exit"].fillna(last_day)
    parts = []
    for dates, chosen, growth in ((before, assessed, 0.0), (after, assessed & again, 0.06)):
        serving = chosen & (dates >= started).to_numpy() & (dates < left.mask(left > last_day, last_day)).to_numpy()
        parts.append(_assessments(staff, np.flatnonzero(serving), dates, growth, rng))
    return pd.concat(parts, ignore_index=True).sort_values(["person_id", "assessed_on"], kind="stable", ignore_index=True)


def _assessments(staff: Staff, who: np.ndarray, dates: pd.Series, growth: float, rng: np.random.Generator) -> pd.DataFrame:
    """Levels as assessors see them: the true level, one off in a few cases, a little higher at the second assessment."""
    shape = (len(who), len(COMPETENCIES))
    error = rng.choice([-1, 0, 1], size=shape, p=[0.05, 0.90 - growth, 0.05 + growth])
    levels = np.clip(staff.levels[who] + error, 1, 5)
    return pd.DataFrame(
        {
            "person_id": np.repeat(staff.frame["nip"].to_numpy(dtype=object)[who], shape[1]),
            "competency": np.tile(np.array(COMPETENCIES, dtype=object), shape[0]),
            "level": levels.reshape(-1),
            "assessed_on": np.repeat(dates.dt.normalize().to_numpy()[who], shape[1]),
        }
    )
