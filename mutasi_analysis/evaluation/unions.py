"""What is told of several kinds together: beside the kinds themselves it must not give a hidden one back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mutasi_analysis.disclosure import sums_told
from mutasi_analysis.evaluation.qualification import FITTING
from mutasi_analysis.evaluation.result import Competency

FITTING_SHARES = ("fitting_from", "fitting_to")


def without_open_unions(section: Competency, k: int) -> Competency:
    """The section without the shares of those whose field fits (the required field and the same narrow one together), wherever these,
    or what they leave, would give back a kind of match that is hidden because it is of few transfers."""
    counts = section.qualifications
    fitting, known = counts["match"].isin(FITTING), counts["match"] != "unknown"
    if sums_told(counts, "n", k, ("state",), (fitting, known & ~fitting)):
        return section
    hidden = section.qualification_changes.assign(**dict.fromkeys(FITTING_SHARES, np.nan))
    return replace(section, qualification_changes=hidden)
