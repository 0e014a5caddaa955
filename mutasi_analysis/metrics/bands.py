"""Values into named bands. A band is an entry of a norm: its name and its lower edge, included or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mutasi_analysis.metrics.inputs import Numbers, WordOrSeries, align
from mutasi_analysis.norms import Norm, load_norm

#: Decimals kept before a value is compared with an edge, so that 0.1 + 0.2 is not above 0.3.
DECIMALS = 9


def classify(value: Numbers, bands: Sequence[Mapping[str, Any]], *, name: str = "value", decimals: int = DECIMALS) -> WordOrSeries:
    """The name of the band of each value.

    bands: highest first, each {"name", "lower", "includes_lower"}; the last has no lower edge. Printed bands that leave
    gaps (…–0.89, 0.90–…) are closed by lower edges alone: a value between two belongs to the lower band. Missing
    values stay missing.
    """
    given = align({name: value})
    rounded = np.round(given[name], decimals)
    result = np.full(rounded.shape, None, dtype=object)
    todo = ~np.isnan(rounded)
    for band in bands:
        lower = band.get("lower", -np.inf)
        inside = rounded >= lower if band.get("includes_lower", True) else rounded > lower
        result[todo & inside] = band["name"]
        todo &= ~inside
    return given.give_words(result)


def band_of(value: Numbers, family: str, scheme: str, *, name: str = "value", decimals: int = DECIMALS) -> WordOrSeries:
    """`classify` with the bands of parameters/norms. Raises NormError with the schemes that exist."""
    return classify(value, norm_bands(load_norm(family, scheme)), name=name, decimals=decimals)


def norm_bands(norm: Norm) -> list[Mapping[str, Any]]:
    """The bands of a norm, highest first. Raises ValueError where its value is not a list of bands."""
    if not isinstance(norm.value, list):
        raise ValueError(f"norm {norm.family}/{norm.scheme} holds no bands")
    return norm.value
