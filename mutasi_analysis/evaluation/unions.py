"""What is told of several kinds together: beside the kinds themselves it must not give a hidden one back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from mutasi_analysis.disclosure import FITTING_SHARES, MATCH_SHARES, sums_told
from mutasi_analysis.evaluation.qualification import FITTING
from mutasi_analysis.evaluation.result import Competency


def without_open_parts(section: Competency, k: int) -> Competency:
    """The section without what would give back few transfers: see `without_open_unions` and `without_open_posts`."""
    return replace(without_open_unions(section, k), posts=without_open_posts(section.posts, section.summary, k))


def without_open_posts(posts: pd.DataFrame, summary: pd.DataFrame, k: int) -> pd.DataFrame:
    """The posts without their numbers where, beside the shares of all, they would count the few transfers whose post changed and whose
    match stayed the same: these are all that stayed the same, less those that kept their post."""
    changed, whole = posts.loc[posts["post"] == "changed"], summary.loc[summary["grouping"] == "all"]
    same = round(float((changed["n"] * changed["share_same"]).sum()))
    parts = [round(float((whole["n"] * whole[name]).sum())) for name in MATCH_SHARES]
    if not 0 < same < k or any(0 < part < k for part in parts):
        return posts
    return posts.assign(**dict.fromkeys(posts.columns.drop("post"), np.nan))


def without_open_unions(section: Competency, k: int) -> Competency:
    """The section without the shares of those whose field fits (the required field and the same narrow one together), wherever these,
    or what they leave, would give back a kind of match that is hidden because it is of few transfers."""
    counts = section.qualifications
    fitting, known = counts["match"].isin(FITTING), counts["match"] != "unknown"
    if sums_told(counts, "n", k, ("state",), (fitting, known & ~fitting)):
        return section
    hidden = section.qualification_changes.assign(**dict.fromkeys(FITTING_SHARES, np.nan))
    return replace(section, qualification_changes=hidden)
