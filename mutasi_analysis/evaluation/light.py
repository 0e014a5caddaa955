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
    found = table.astype({str(name): TEXT for name, kind in table.dtypes.items() if kind == "string"})
    found.columns = found.columns.astype(NAMES)
    return found
