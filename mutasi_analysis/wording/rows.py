"""Rows of results, looked up by what a column holds."""

from __future__ import annotations

import numpy as np
import pandas as pd


def first_row(frame: pd.DataFrame, column: str, code: object) -> pd.Series | None:
    """The first row in which `column` is `code`; None without any."""
    places = np.flatnonzero((frame[column] == code).to_numpy(dtype=bool, na_value=False))
    return frame.iloc[places[0]] if len(places) else None
