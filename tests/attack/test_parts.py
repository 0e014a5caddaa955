"""Shares: what n × share gives, what the whole less the other groups gives, and means of few levels. On an open report, plenty."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from mutasi_analysis.publish.results import masked_frame
from mutasi_analysis.tabulate.competency import match_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.talent import TOP_BOXES, shown_boxes, top_share
from tests.attack import deduction, region
from tests.attack.outputs import Table

K = 5
SHARES = ("share_improved", "share_same", "share_lower")
FITTING = ("fitting_from", "fitting_to")
#: frames with groups that add up to all, and their shares
GROUPED = {"competency_summary": SHARES, "competency_qualification_changes": (*FITTING, *SHARES)}
#: frames in which a mean may be a share of the row's n
MEANS = {"performance_naive": ("before", "after"), "performance_paths": ("mean",), "competency_careers": ("value",)}


def _rows(frame: pd.DataFrame) -> deduction.Rows:
    return [{name: "" if pd.isna(cell) else str(cell) for name, cell in row.items()} for row in frame.to_dict("records")]


def _changes(*groups: tuple[str, int, int, int, int]) -> pd.DataFrame:
    """grouping, group, n, better, same, worse → the frame of the summary's shares."""
    rows = [["all" if name == "all" else "move_kind", name, n, better / n, same / n, worse / n] for name, n, better, same, worse in groups]
    return pd.DataFrame(rows, columns=["grouping", "group", "n", *SHARES])


# 17 of 100 better over all, 8 of the rotations and 7 of the promotions: 17 − 8 − 7 = 2 of the 20 who asked, unless a neighbour goes too
HARD = (("all", 100, 18, 64, 18), ("rotasi", 60, 12, 36, 12), ("permintaan_sendiri", 20, 2, 12, 6), ("promosi", 20, 4, 16, 0))
ONE = (("all", 100, 17, 63, 20), ("rotasi", 60, 8, 42, 10), ("permintaan_sendiri", 20, 2, 13, 5), ("promosi", 20, 7, 8, 5))


@pytest.mark.parametrize("groups", [HARD, ONE])
def test_a_share_of_few_does_not_come_back_from_all_less_the_others(groups: tuple[tuple[str, int, int, int, int], ...]) -> None:
    frame = _changes(*groups)
    saved, _ = masked_frame("competency_summary", frame, K)
    assert deduction.shares_by_subtraction(_rows(saved), SHARES, K) == []
    assert saved[list(SHARES)].isna().any(axis=1).sum() >= 2 and not saved[list(SHARES)].isna().any(axis=1)[0]
    alone = frame.copy()
    alone[list(SHARES)] = alone[list(SHARES)].mask(frame["group"] == "permintaan_sendiri")
    if groups is ONE:
        assert deduction.shares_by_subtraction(_rows(alone), SHARES, K) == ["share_improved of move_kind permintaan_sendiri: 2"]


def test_the_report_hides_the_same_neighbour() -> None:
    frame = _changes(*ONE).assign(jpm_from=80.0, jpm_to=82.0, change=2.0, conf_low=1.0, conf_high=3.0)
    shown = match_table(frame, Words("id"), minimum_cell=K).shown
    assert (shown[list(SHARES)] == "*").all(axis=1).tolist() == [False, False, True, True]
    assert shown["n"].tolist() == ["100", "60", "20", "20"]


def test_no_share_of_the_region_comes_back(report: region.Report, processed: list[Table]) -> None:
    for key, shares in GROUPED.items():
        rows = deduction.rows_of(processed, key)
        assert rows == [] or any(row[share] == "" for row in rows for share in shares), key
        assert deduction.shares_by_subtraction(rows, shares, K) == [], key
    for key, columns in MEANS.items():
        for column in columns:
            assert deduction.whole_shares(deduction.rows_of(processed, key), column, K) == [], key
    two = [{"n": "67", "before": str(2 / 67)}]
    assert deduction.whole_shares(two, "before", K) == ["before 0.0299 of 67 is 2"]


def test_a_mean_of_missing_levels_does_not_tell_that_one_person_lacks_one(report: region.Report, notebook: list[Table]) -> None:
    """0.12 of 8 persons is one level, so one person; told to the half, every mean fits at least two numbers of levels."""
    tables = [deduction.rows_of([table], table.key) for table in notebook if table.key == "gap_heatmap_data"]
    gaps = report.truth.frames().get("competency_gaps", pd.DataFrame())
    assert bool(tables) == (len(gaps) > 0), "a region with assessments shows them"
    saved = [_rows(gaps)] if len(gaps) else []
    for rows, step in (*((rows, 1e-9) for rows in saved), *((rows, 0.006) for rows in tables)):
        assert rows and all(len(_levels(row, step)) >= 2 for row in rows if row["shortfall"])
    assert len(_levels({"n": "8", "shortfall": "0.125"}, 1e-9)) == 1


def _levels(row: dict[str, str], step: float) -> list[int]:
    """Sums of levels that give this mean once it is rounded: to the half below 25 persons, else to the tenth. A mean that is no such
    number was not rounded."""
    n, value = float(row["n"]), float(row["shortfall"].replace(",", "."))
    grid = 2 if n < 25 else 10
    if abs(value * grid - round(value * grid)) > step * grid:
        return [round(value * n)]
    return [levels for levels in range(int(4 * n) + 1) if round(levels / n * grid) == round(value * grid)]


def test_the_share_of_the_best_boxes_does_not_give_one_of_them_back(report: region.Report, notebook: list[Table]) -> None:
    """94 percent of 96 can only be 90; the boxes 8 and 9 with 78 and 11 leave one person in box 7."""
    assert deduction.parts_by_percent({"7": None, "8": 78.0, "9": 11.0}, 94, 96, K) == {"7": [1]}
    words = Words("id")
    few = pd.DataFrame({"box": range(1, 10), "n": [0, 0, 0, 0, 6, 0, 1, 78, 11]})
    assert top_share(shown_boxes(few, K), 96, words) == "lebih dari 92%"  # 89 of 96 are shown: 92.7
    assert top_share(shown_boxes(few.assign(n=[0, 0, 0, 0, 6, 0, 0, 79, 11]), K), 96, words) == "94%"
    boxes = report.truth.frames().get("competency_boxes")
    assert (boxes is None) == (deduction.rows_of(notebook, "nine_box_data") == [])
    if boxes is None:
        return
    shown = shown_boxes(boxes, K).set_index("box")["n"]
    told = re.match(r"(\d+)%", top_share(shown_boxes(boxes, K), float(boxes["n"].sum()), words))
    counts = {str(box): None if pd.isna(n) else float(n) for box, n in shown.items() if box in TOP_BOXES}
    assert told is None or deduction.parts_by_percent(counts, int(told[1]), int(boxes["n"].sum()), K) == {}


def test_two_means_of_nearly_the_same_persons_do_not_tell_the_rating_of_who_is_in_one_only(processed: list[Table]) -> None:
    """Told to the decimal, 67 persons with 92.3 and 65 of them with 92.4 leave two persons anywhere in more than six points."""
    low, high = deduction.mean_of_the_rest((67, 92.3, 0.05), (65, 92.4, 0.05))
    assert high - low > 6
    exact = deduction.mean_of_the_rest((67, (65 * 92.0 + 2 * 70) / 67, 1e-12), (65, 92.0, 1e-12))
    assert exact[1] - exact[0] < 1e-6 and abs(exact[0] - 70) < 1e-6
    for key, columns in {"performance_naive": ("before", "after", "difference"), "performance_paths": ("mean",)}.items():
        rows = [row for row in deduction.rows_of(processed, key) if row["outcome"] == "output_percent"]
        assert rows and all(float(row[column]) == round(float(row[column]), 1) for row in rows for column in columns if row[column])
