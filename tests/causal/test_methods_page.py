"""The example of docs/methods.md runs as printed, and says what one frame of both files says."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis import causal

PAGE = Path(__file__).parents[2] / "docs" / "methods.md"


def region(seed: int, units: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    person, year = (a.ravel() for a in np.meshgrid(np.arange(units), np.arange(2020, 2026), indexing="ij"))
    first = np.array([0.0, 2023.0, 2024.0])[person % 3]
    ids = [f"{seed}-{n:04d}" for n in person]
    return pd.DataFrame({"person_id": ids, "year": year, "first_year": first, "output": rng.normal(size=person.size)})


def test_the_example_of_the_methods_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow", reason="extra `parquet` not installed")
    frames = {"bungo.parquet": region(1, 90), "alak.parquet": region(2, 60)}
    for name, frame in frames.items():
        frame.to_parquet(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(example, names)
    whole = causal.cohort_table(pd.concat(frames.values()), outcome="output", unit="person_id", period="year", cohort="first_year")
    expected = causal.att_of_table(whole, small_sample=True).table
    pd.testing.assert_frame_equal(names["pooled"].table, expected, rtol=1e-10, atol=1e-12)
