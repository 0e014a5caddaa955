"""Measures over all units tell no hidden head count, however well somebody knows the need: they do not depend on who has how many."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from mutasi_analysis.disclosure import hidden_units
from mutasi_analysis.evaluation.protected import balance_frame, lorenz_frame, protected
from mutasi_analysis.evaluation.result import Workload
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import required_words
from mutasi_analysis.wording.second_half import kinds_imbalance
from mutasi_analysis.wording.workload import by_gap, gaps, need_sentence, workload_paragraphs
from tests.attack import region, trial

K = 5
WORDS = Words("id")


def _workload(report: region.Report) -> Workload:
    assert report.truth.workload is not None
    return report.truth.workload


def _told(section: Workload, units: pd.DataFrame) -> tuple[object, ...]:
    """Everything that a report says of all units together."""
    told = protected(replace(section, units=units), K)
    said = (need_sentence(units, WORDS, minimum_cell=K), required_words(units, 16, WORDS, minimum_cell=K))
    lists = (tuple(by_gap(units, minimum_cell=K)["unit_id"]), workload_paragraphs(told, WORDS, minimum_cell=K))
    kinds = kinds_imbalance(units, K)
    assert len(kinds), "no kind of units is told apart: try another region"
    return (told.balance.to_csv(), told.lorenz.to_csv(), kinds.to_csv(), gaps(units, minimum_cell=K), *said, *lists)


def test_nothing_told_of_all_units_depends_on_who_of_the_hidden_has_how_many(report: region.Report) -> None:
    section = _workload(report)
    others = list(trial.rearranged(section.units, K))
    assert others
    told = _told(section, section.units)
    assert {_told(section, other) == told for other in others} == {True}


def test_the_saved_measures_are_those_of_levelled_units_and_rounded(report: region.Report) -> None:
    saved = pd.read_csv(report.processed / "workload_balance.csv")
    told = protected(_workload(report), K).balance
    assert saved["value"].tolist() == told["value"].tolist()
    assert all(round(value, 1 if unit == "orang" else 3) == value for value, unit in zip(saved["value"], saved["unit"], strict=True))
    assert (
        pd.read_csv(report.processed / "workload_lorenz.csv")["cumulative_load"].tolist()
        == _workload(report).lorenz["cumulative_load"].tolist()
    )


def test_measures_over_the_head_counts_themselves_give_them_away() -> None:
    """Two hidden units with 7 persons together: six measures rounded as a report rounds leave one of six ways, the truth."""
    needs = [5.108, 6.642, 6.127, 9.2, 11.7, 18.3, 19.6, 23.9]
    heads = [3.0, 4.0, 5.0, 9.0, 12.0, 23.0, 15.0, 24.0]
    units = pd.DataFrame({"unit_id": list("abcdefgh"), "unit_name": list("ABCDEFGH"), "sector": "umum", "kecamatan_code": "1"})
    units = trial.consistent(units.assign(required_fte=needs, **{f"available_{state}": heads for state in ("before", "after", "without")}))
    assert units.loc[hidden_units(units, K), "available_after"].tolist() == [3.0, 4.0]

    def rounded(tried: pd.DataFrame) -> trial.Numbers:
        after = balance_frame(tried).query("state == 'after'")
        return tuple(after["value"].round(3))

    def levelled(tried: pd.DataFrame) -> trial.Numbers:
        section = Workload(tried, balance_frame(tried), units, lorenz_frame(tried), units, units)
        return tuple(protected(section, K).balance.query("state == 'after'")["value"])

    assert trial.heads_that_fit(units, K, rounded) == [(3, 4)]
    assert trial.heads_that_fit(units, K, levelled) == [(1, 6), (2, 5), (3, 4), (4, 3), (5, 2), (6, 1)]


def test_the_notebook_holds_numbers_only_as_they_are_shown(report: region.Report) -> None:
    """A share of 0.0294 beside n = 68 is two persons; shown it is 3."""
    import json

    from tests.attack.outputs import MIME

    cells = json.loads(report.stem.with_suffix(".ipynb").read_text(encoding="utf-8"))["cells"]
    blocks = [output["data"][MIME] for cell in cells for output in cell.get("outputs", []) if MIME in output.get("data", {})]
    grids = [grid for block in blocks for grid in (block, block.get("table")) if grid and "rows" in grid]
    assert grids and {key for grid in grids for key in grid} <= {"kind", "key", "caption", "note", "folded", "columns", "rows"}
    assert all(isinstance(cell, str) for grid in grids for row in grid["rows"] for cell in row)
