"""A bar of a picture is as exact as the number behind it: beside what tables and results show it must not give a hidden rating back."""

from __future__ import annotations

import json
import re

import pandas as pd

from mutasi_analysis.disclosure import mask_small
from mutasi_analysis.publish.results import masked_frame
from tests.attack import deduction, outputs, region
from tests.attack.outputs import Table

K = 5
TOP, BLUE = "Sangat Baik", "#0072b2"
YEAR = ["year", "half", "regime"]


def _bars(report: region.Report) -> tuple[list[float], float]:
    """Heights of the bars of the best rating, and of 100 percent: the axes reach from 0 to 110."""
    cells = json.loads(report.stem.with_suffix(".ipynb").read_text(encoding="utf-8"))["cells"]
    blocks = [
        output["data"][outputs.MIME] for cell in cells for output in cell.get("outputs", []) if outputs.MIME in output.get("data", {})
    ]
    drawing = deduction.drawings(blocks)["rating_shares"]
    frames = re.findall(r'<path d="M [\d.]+ ([\d.]+) [^"]*?L [\d.]+ ([\d.]+) \s*z?\s*" style="fill: #ffffff"', drawing)
    low, high = min(((float(a), float(b)) for a, b in frames), key=lambda ends: ends[0] - ends[1])
    return deduction.bars_of(drawing, BLUE), (low - high) / 1.1


def _rows(frame: pd.DataFrame) -> deduction.Rows:
    return [{name: "" if pd.isna(cell) else str(cell) for name, cell in row.items()} for row in frame.to_dict("records")]


def test_the_bars_are_read_exactly(report: region.Report) -> None:
    assert report.truth.performance is not None
    ratings = report.truth.performance.ratings
    bars, scale = _bars(report)
    share = ratings.loc[ratings["predicate"] == TOP].set_index(["year", "half"])["share"].sort_index()
    assert len(bars) == len(share) and max(abs(bar / scale - true) for bar, true in zip(bars, share, strict=True)) < 1e-4


def test_no_bar_and_table_give_a_rating_of_few_back(report: region.Report, processed: list[Table]) -> None:
    bars, scale = _bars(report)
    rows = deduction.rows_of(processed, "performance_ratings")
    assert any(row["n"] == "" for row in rows)
    assert deduction.ratings_by_bars(bars, scale, rows, TOP, K) == {}


def test_with_the_smallest_neighbour_hidden_the_bars_give_it_back(report: region.Report) -> None:
    """Three lowest ratings of a year were hidden with their smallest neighbour, the best rating, whose bar is drawn."""
    assert report.truth.performance is not None
    ratings = report.truth.performance.ratings
    old = mask_small(ratings, ("n",), ("share",), K, within=YEAR).frame
    bars, scale = _bars(report)
    found = deduction.ratings_by_bars(bars, scale, _rows(old), TOP, K)
    below = ratings.loc[~ratings["predicate"].isin([TOP, "Baik"])]
    true = below.groupby(["year", "half"])["n"].sum()
    assert found or report.slug != "alak"  # other regions need not have such a year
    assert all(abs(left[0] - true[tuple(map(int, year.split("/")))]) < 0.2 for year, left in found.items())


def test_ratings_below_the_best_are_closed_among_themselves() -> None:
    rows = [
        (2024, 0, "x", "Baik", 300),
        (2024, 0, "x", "Cukup", 3),
        (2024, 0, "x", TOP, 40),
        (2025, 0, "x", "Baik", 300),
        (2025, 0, "x", TOP, 40),
    ]
    frame = pd.DataFrame(rows, columns=[*YEAR, "predicate", "n"]).assign(share=0.5)
    saved, _ = masked_frame("performance_ratings", frame, K)
    assert saved["n"].isna().tolist() == [True, True, False, False, False]
    few, _ = masked_frame("performance_ratings", frame.assign(n=[300, 30, 3, 300, 40]), K)
    assert few["n"].isna().tolist() == [False, True, True, False, False]
