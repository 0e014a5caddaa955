"""What the order of rows, the points of a curve and two counts of one unit give away: nothing; on an open report, plenty."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd

from mutasi_analysis.publish.results import masked_frame
from mutasi_analysis.tabulate.pictures import merged_units
from mutasi_analysis.tabulate.workload import transfers_table, units_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.report import set_aside
from tests.attack import attack, deduction, outputs, region
from tests.attack.outputs import Table

K = 5
OTHERS = re.compile(r"Unit lain \(gabungan (\d+)\)")


def _units(frame: pd.DataFrame) -> Table:
    rows = tuple(tuple("" if pd.isna(cell) else str(cell) for cell in row) for row in frame.itertuples(index=False))
    return Table("x", "units", tuple(frame.columns), rows)


def _payloads(report: region.Report) -> list[dict[str, Any]]:
    cells = json.loads(report.stem.with_suffix(".ipynb").read_text(encoding="utf-8"))["cells"]
    found = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [data[outputs.MIME] for data in found if outputs.MIME in data]


def test_the_place_of_a_hidden_unit_tells_nothing(report: region.Report, notebook: list[Table], processed: list[Table]) -> None:
    assert report.truth.workload is not None
    few = report.truth.workload.units["available_after"].between(1, K - 1)
    for tables, key in ((notebook, "units"), (processed, "workload_units")):
        rows = deduction.rows_of(tables, key)
        assert sum(attack.number(row["available_after"]) is None for row in rows) >= few.sum()
        assert deduction.by_place_in_order(rows, K) == {}


def test_the_place_tells_where_only_the_heads_are_hidden(report: region.Report) -> None:
    assert report.truth.workload is not None
    units = report.truth.workload.units
    few = units["available_after"].between(1, K - 1)
    blanked = units.assign(**{column: units[column].astype("Float64").mask(few) for column in ("available_after", "index_after")})
    found = deduction.by_place_in_order(deduction.rows_of([_units(blanked)], "units"), K)
    true = units.set_index("unit_name")["available_after"]
    assert bool(found) == bool(few.any()) and all(true[unit] in fits for unit, fits in found.items())


def test_a_place_between_two_indices_and_a_step_of_a_curve_tell_heads() -> None:
    """A need of 6 between the indices 2.00 and 1.50 is 3 or 4 persons; of 3, 5 and 12 persons the first step is 3 of 20."""
    shown = (("a", "20", "2.00"), ("b", "6", ""), ("c", "15", "1.50"))
    rows = [{"unit_name": name, "required_fte": need, "index_after": index} for name, need, index in shown]
    assert deduction.by_place_in_order(rows, K) == {"b": [3, 4]}
    assert deduction.steps_of_persons([0.0, 0.15, 0.4, 1.0], 20, K) == [3]


def test_a_curve_has_no_step_of_one_unit(report: region.Report, processed: list[Table]) -> None:
    assert report.truth.workload is not None
    units = report.truth.workload.units
    total = float(units["available_after"].sum())
    points = [float(row["cumulative_staff"]) for row in deduction.rows_of(processed, "workload_lorenz") if row["state"] == "after"]
    few = units["available_after"].between(1, K - 1)
    assert (len(points) < len(units) or not few.any()) and deduction.steps_of_persons(points, total, K) == []
    drawing = deduction.drawings(_payloads(report))["lorenz"]
    assert 2 <= deduction.most_points_of_a_path(drawing) <= len(points)
    every = (units["available_after"].cumsum() / total).tolist()
    assert len(deduction.steps_of_persons([0.0, *every], total, K)) == few.sum()


def test_heads_with_and_without_transfers_do_not_tell_few_moves(report: region.Report, processed: list[Table]) -> None:
    assert report.truth.workload is not None
    pairs = deduction.rows_of(processed, "workload_transfers")
    assert deduction.moves_by_state(deduction.rows_of(processed, "workload_units"), pairs, K) == {}
    units = report.truth.workload.units
    heads_only = deduction.rows_of([_units(units.assign(moved_in=None, moved_out=None))], "units")
    true = units.set_index("unit_id")[["moved_in", "moved_out"]].sum(axis=1)
    found = deduction.moves_by_state(heads_only, deduction.rows_of([_units(report.truth.workload.transfers)], "units"), K)
    assert len(found) >= 10 and {unit: true[unit] for unit in found} == found
    guessed = deduction.moves_by_state(heads_only, pairs, K)  # as if the heads without the transfers were shown to all
    assert len([unit for unit in guessed if guessed[unit] == true[unit]]) >= 10


def test_a_guess_that_the_rest_speaks_against_is_none() -> None:
    """19 persons without and 17 with the transfers: 2 left, unless 5 came and 7 went, or a pair of 5 is listed."""
    unit = {"unit_id": "SMP-003", "available_after": "17", "available_without": "19", "moved_in": "", "moved_out": ""}
    pair = {"from_unit_id": "SMP-003", "to_unit_id": "SMP-004", "n_moves": "5"}
    assert deduction.moves_by_state([unit], [], K) == {"SMP-003": 2}
    assert deduction.moves_by_state([unit], [pair | {"n_moves": "2"}], K) == {"SMP-003": 2}
    assert deduction.moves_by_state([unit], [pair], K) == {}
    assert deduction.moves_by_state([unit], [{"from_unit_id": "SMP-001", "to_unit_id": "SMP-003", "n_moves": "1"}], K) == {}
    assert deduction.moves_by_state([unit | {"moved_in": "5", "moved_out": "7"}], [], K) == {}


def test_a_units_contribution_does_not_count_its_few_moves_one_way(
    report: region.Report, notebook: list[Table], processed: list[Table]
) -> None:
    shown = deduction.rows_of(notebook, "transfers")
    assert len(shown) > 0
    assert deduction.moves_by_contribution(shown, deduction.rows_of(processed, "workload_units"), K) == {}
    assert report.truth.workload is not None
    opened = transfers_table(report.truth.workload.transfers, Words("id"), minimum_cell=1)
    rows = deduction.rows_of(outputs.payload_tables([opened.payload()]), "transfers")
    true = report.truth.workload.units.set_index("unit_name")
    found = deduction.moves_by_contribution(rows, [], K)
    assert any(true.at[unit, way] == number for (unit, way), number in found.items())
    row = {"unit_name": "Dinas", "n_moves": "10", "as_origin": "+1,0", "as_destination": "−9,0"}
    assert deduction.moves_by_contribution([row], [], K) == {("Dinas", "moved_out"): 1}
    assert deduction.moves_by_contribution([row], [{"unit_name": "Dinas", "moved_in": "5", "moved_out": "5"}], K) == {}


def test_no_pair_of_units_comes_back_from_a_units_number_of_transfers(
    report: region.Report, notebook: list[Table], processed: list[Table]
) -> None:
    pairs = deduction.rows_of(processed, "workload_transfers")
    for row in deduction.rows_of(notebook, "transfers"):
        total = attack.number(row["n_moves"])
        own = {
            f"{p['from_unit_id']}>{p['to_unit_id']}": attack.number(p["n_moves"])
            for p in pairs
            if row["unit_name"] in (p["from_unit_name"], p["to_unit_name"])
        }
        assert total is None or attack.by_subtraction(own, total) == {}, row["unit_name"]
    assert report.truth.workload is not None
    true = report.truth.workload.transfers["n_moves"]
    assert len(pairs) == (true >= K).sum() < len(true)  # as many hidden pairs as transfers would be one person each


def test_the_line_of_merged_units_does_not_give_back_what_the_table_hides(report: region.Report, notebook: list[Table]) -> None:
    shown = {row["unit_name"]: attack.number(row["available_after"]) for row in deduction.rows_of(notebook, "units")}
    assert deduction.merged_line(deduction.rows_of(notebook, "required_available_data"), shown, OTHERS, K) == []


def test_a_small_unit_alone_in_its_kecamatan_is_merged_with_what_the_table_hides() -> None:
    """Heads 3 | 6, 20 | 30: the total over all gives the 3 back unless 6 is hidden too, and its neighbour 20 with it."""
    units = pd.DataFrame({"unit_name": list("abcd"), "kecamatan_code": ["1", "2", "2", "3"], "available_after": [3, 6, 20, 30]})
    units = units.assign(unit_kind="opd", family="ratio", required_fte=[6.0, 6.0, 20.0, 30.0], available_before=units["available_after"])
    units = units.assign(
        moved_in=0, moved_out=0, **{f"gap_{s}": units["available_after"] - units["required_fte"] for s in ("before", "after")}
    )
    units = units.assign(**{f"index_{s}": units["required_fte"] / units["available_after"] for s in ("before", "after")}, band_after="A")
    table = units_table(units, Words("id"), minimum_cell=K)
    assert dict(zip(table.shown["unit_name"], table.shown["available_after"], strict=True)) == {"a": "*", "b": "*", "c": "*", "d": "30"}
    assert set(merged_units(units, Words("id"), minimum_cell=K)["available_after"]) == {30, 29}
    saved, _ = masked_frame("workload_units", units.assign(unit_id=units["unit_name"], sector="x"), K)
    assert saved.set_index("unit_id")["available_after"].dropna().to_dict() == {"d": 30}


def test_no_note_in_the_saved_results_or_the_manifest_counts_few(report: region.Report) -> None:
    assert report.slug != "alak" or any(few_in_note(note) for note in report.truth.notes), "this region has a note on few"
    for path in (report.processed / "region.json", report.folder / "manifest.json"):
        notes = json.loads(path.read_text(encoding="utf-8"))["notes"]
        assert len(notes) == len(report.truth.notes)
        assert [note for note in notes if few_in_note(note)] == [], path.name


def test_a_note_of_the_readers_does_not_count_few_employees() -> None:
    assert set_aside(("3 pegawai: jenis kelamin tidak sama.",), Words("id"), minimum_cell=K) == (
        "kurang dari 5 pegawai: jenis kelamin tidak sama.",
    )
    assert set_aside(("13 pegawai: jenis kelamin tidak sama.",), Words("id"), minimum_cell=K) == ("13 pegawai: jenis kelamin tidak sama.",)


def few_in_note(note: str) -> bool:
    return re.search(r"(:|^)[1-4]($| pegawai)", note) is not None


def test_the_table_of_bands_does_not_give_back_cells_of_the_picture_of_transfers(report: region.Report, notebook: list[Table]) -> None:
    cells, bands = deduction.rows_of(notebook, "match_transitions_data"), deduction.rows_of(notebook, "bands")
    assert bool(cells) == bool(bands) == (report.truth.competency is not None)
    assert any(attack.number(row["n"]) is None for row in cells) or not cells
    assert deduction.transitions_by_band(cells, bands, "MS", 80) == {}
    old = [{"from_bin": "90–100", "to_bin": to, "n": n} for to, n in (("70–80", "*"), ("80–90", "*"), ("90–100", "38"))]
    shown = [{"state": state, "band": "MS", "n": n} for state, n in (("lama", "40"), ("baru", "*"))]
    assert deduction.transitions_by_band(old, shown, "MS", 80) == {
        "90–100>70–80": 1.0,
        "90–100>80–90": 1.0,
    }  # 40 − 38 = 2 persons in 2 cells
