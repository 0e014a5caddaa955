"""The same tables in a form that many small operations go through quickly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData

#: pandas reads tables into Arrow strings, good for millions of rows; a region has thousands, on which each of the evaluation's thousands of
#: small steps pays Arrow's fixed cost again.
STORAGE: Literal["python"] = "python"
TEXT = pd.StringDtype(STORAGE)
NAMES: Any = pd.StringDtype(STORAGE, na_value=np.nan)


def light(data: RegionData) -> RegionData:
    """The same data with every text column as Python strings: equal values, equal missing ones, same dtype by name (`string`)."""
    return replace(data, tables={name: _light(table) for name, table in data.tables.items()})


def _light(table: pd.DataFrame) -> pd.DataFrame:
    found = table.assign(**{str(name): _shared(column) for name, column in table.items() if column.dtype == "string"})
    found.columns = found.columns.astype(NAMES)
    return found


def _shared(column: pd.Series) -> Any:
    """The column as Python strings, each different one made once: half the time of making one a row, and quicker to look up."""
    codes, words = pd.factorize(column.array)
    spelled = np.concatenate([words.to_numpy(dtype=object), np.array([pd.NA], dtype=object)])
    return pd.array(spelled[codes], dtype=TEXT, copy=False)
