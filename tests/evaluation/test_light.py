"""The light form of the tables: the same values and missing ones, by another storage."""

from __future__ import annotations

from importlib import import_module

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutasi_analysis.entities import RegionData

pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
module = import_module("mutasi_analysis.evaluation.light")


def lightened(frame: pd.DataFrame) -> pd.DataFrame:
    return module.light(RegionData("15.08", tables={"any": frame})).tables["any"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.sampled_from(["", "a", "b", "NA", "é", "a" * 70])), max_size=12))
def test_text_is_equal_to_a_cast_and_the_rest_is_untouched(values: list[str | None]) -> None:
    frame = pd.DataFrame({"text": pd.array(values, dtype="string[pyarrow]"), "n": range(len(values))})
    found = lightened(frame)
    pd.testing.assert_series_equal(found["text"], frame["text"].astype(pd.StringDtype("python")))
    assert found["text"].dtype.storage == "python" and found["n"].dtype == frame["n"].dtype
    assert found["text"].isna().tolist() == [value is None for value in values]


def test_the_given_tables_stay_as_they_were() -> None:
    frame = pd.DataFrame({"text": pd.array(["a", None, "a"], dtype="string[pyarrow]")})
    found = lightened(frame)
    assert frame["text"].dtype.storage == "pyarrow" and found["text"].iloc[0] is found["text"].iloc[2]
    with pytest.raises(AssertionError):
        pd.testing.assert_frame_equal(frame, found)
