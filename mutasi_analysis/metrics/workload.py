"""One scale for the workload of every family of staff: required / available.

Relation to the official figures, for the same unit and the same effective time:
general staff      index = EJ (or EU), Permendagri 12/2008: both are load / (people × effective time);
health staff       index = 1 / WISN ratio, because the ratio is existing / required;
subject teachers   index = lesson hours / (weekly load × teachers);
class teachers     index = classes / class teachers.
The index is our own definition over these families (status "usulan"); each family's figure is official.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.bands import band_of
from mutasi_analysis.metrics.inputs import FloatOrSeries, Numbers, WordOrSeries, align

VACANT = "vacant"
EMPTY = "empty"


def workload_index(required_fte: Numbers, available_fte: Numbers) -> FloatOrSeries:
    """Required / available (ratio): 1 balanced, above 1 overloaded, below 1 underloaded; 0 where nothing is required.

    NA (NaN) where nobody is available, whatever is required: neither infinite nor 0. Where nothing is required and
    nobody is there (0/0) there is nothing to compare and the index is NA too; `workload_state` tells the two apart.
    Missing stays missing. Raises ValueError for negative numbers and texts.
    """
    given = align({"required_fte": required_fte, "available_fte": available_fte})
    given.require("required_fte", at_least=0)
    given.require("available_fte", at_least=0)
    available = given["available_fte"]
    return given.give(given["required_fte"] / np.where(available > 0, available, np.nan))


def gap(required_fte: Numbers, available_fte: Numbers) -> FloatOrSeries:
    """Available − required in persons (FTE): negative is a shortage, as in "selisih" of ABK and the WISN difference."""
    given = align({"required_fte": required_fte, "available_fte": available_fte})
    given.require("required_fte", at_least=0)
    given.require("available_fte", at_least=0)
    return given.give(given["available_fte"] - given["required_fte"])


def workload_band(index: Numbers, *, scheme: str) -> WordOrSeries:
    """One of "underloaded", "balanced" or "overloaded" by a scheme of parameters/norms/workload_bands.toml; NA stays NA."""
    align({"index": index}).require("index", at_least=0)
    return band_of(index, "workload_bands", scheme, name="index")


def workload_state(required_fte: Numbers, available_fte: Numbers, *, scheme: str) -> WordOrSeries:
    """The band, and for units without an index why: "vacant" (need, nobody there) or "empty" (no need, nobody there)."""
    given = align({"required_fte": required_fte, "available_fte": available_fte})
    band = workload_band(workload_index(required_fte, available_fte), scheme=scheme)
    words = np.array([band] if given.index is None else band, dtype=object)
    words[pd.isna(words)] = None
    nobody = given["available_fte"] == 0
    words = np.where(nobody & (given["required_fte"] > 0), VACANT, words)
    words = np.where(nobody & (given["required_fte"] == 0), EMPTY, words)
    return given.give_words(words)
