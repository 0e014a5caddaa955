"""The talent map of nine boxes (PermenPANRB 3/2020): performance against potential. Reached through `metrics.competency`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.bands import classify
from mutasi_analysis.metrics.inputs import Numbers, WordOrSeries, align, known_word
from mutasi_analysis.norms import load_norm

SCHEME = "permenpanrb-3-2020"
AXES = ("performance", "potential")


def nine_box(performance: Any, potential: Any) -> Any:
    """Box 1–9 of each person: int for words, Series of Int64 otherwise. Missing on an axis gives NA; an unknown word raises.

    Words on either axis: below, met, above; low, medium, high; or the Indonesian words of the regulation. Box 9 is high on both, box 1
    low on both; high performance with medium potential is 7, medium performance with high potential 8.
    """
    norm = _norm("nine_box", SCHEME)
    given = align({}, {"performance": performance, "potential": potential})
    keys = [given.words[axis].looked_up(norm["words"], axis) for axis in AXES]
    boxes = np.array([norm["cells"].get(f"{row}-{column}") for row, column in zip(*keys, strict=True)], dtype=object)
    if given.index is None:
        return pd.NA if boxes[0] is None else int(boxes[0])
    return pd.Series(boxes, index=given.index).astype("Int64")


def axis_level(score: Numbers, *, axis: str, scheme: str) -> WordOrSeries:
    """below, met or above for a score on one axis ("performance" or "potential"), by the local cut-offs of a scheme.

    Cut-offs are local (parameters/norms/nine_box_cutoffs.toml); a score on an edge belongs to the upper level.
    """
    known_word(axis, AXES, "axis")
    align({"score": score}).require("score", at_least=0)
    return classify(score, _norm("nine_box_cutoffs", scheme)[axis], name="score")


def box_differences(supplied: Numbers, performance: Any, potential: Any) -> pd.DataFrame:
    """Persons whose supplied box is not the one their axes give: columns supplied, recomputed; indexed like the input.

    Rows where the supplied box or an axis is missing cannot be compared and are left out. Boxes outside 1–9 raise ValueError.
    """
    given = align({"supplied": supplied}, {"performance": performance, "potential": potential})
    given.require("supplied", at_least=1, at_most=9)
    index = pd.RangeIndex(1) if given.index is None else given.index
    boxes = nine_box(*(pd.Series(given.words[axis].spelled(), index=index, dtype="object") for axis in AXES))
    frame = pd.DataFrame({"supplied": pd.Series(given["supplied"], index=index), "recomputed": boxes}).astype("Int64")
    return frame[(frame["supplied"] != frame["recomputed"]).fillna(False)]


def _norm(family: str, scheme: str) -> Mapping[str, Any]:
    value = load_norm(family, scheme).value
    if not isinstance(value, Mapping):
        raise ValueError(f"norm {family}/{scheme} must be a table")
    return value
