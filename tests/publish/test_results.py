"""Results of a region as files: masked, the same bytes twice, and read back as what they were."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from mutasi_analysis import evaluate
from mutasi_analysis.errors import MissingDataError
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.publish.results import load_results, save_results
from tests.evaluation import tiny


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """Ten persons, two of whom moved from A to B: a group smaller than five."""
    people = [tiny.person(f"p{n}", "A" if n < 6 else "B") for n in range(10)]
    moves = [tiny.move("p7", "A", "B", "2023-03-01"), tiny.move("p8", "A", "B", "2023-03-01")]
    tasks = [tiny.task("A", 7.0), tiny.task("B", 3.0)]
    return evaluate(tiny.region(pegawai=people, mutasi=moves, beban_kerja=tasks), tiny.profile())


def test_every_frame_is_a_file_and_no_file_holds_a_person(evaluation: Evaluation, tmp_path: Path) -> None:
    folder = save_results(evaluation, tmp_path)
    assert folder == tmp_path / "processed" / "contoh"
    assert {path.stem for path in folder.glob("*.csv")} == set(evaluation.frames())
    assert "competency_moves" not in evaluation.frames()
    for path in folder.glob("*.csv"):
        assert "person_id" not in path.read_text(encoding="utf-8"), path.name


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation, tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in save_results(evaluation, tmp_path).iterdir()}
    second = {path.name: path.read_bytes() for path in save_results(evaluation, tmp_path).iterdir()}
    assert first == second


def test_small_groups_are_masked_and_counted(evaluation: Evaluation, tmp_path: Path) -> None:
    folder = save_results(evaluation, tmp_path)
    facts = json.loads((folder / "region.json").read_text(encoding="utf-8"))
    assert facts["hidden_cells"] == sum(frame["hidden_cells"] for frame in facts["frames"].values()) > 0
    transfers = pd.read_csv(folder / "workload_transfers.csv")
    assert evaluation.workload is not None
    true = evaluation.workload.transfers["n_moves"]
    assert true.between(1, evaluation.minimum_cell - 1).any()
    assert sorted(transfers["n_moves"]) == sorted(true[true >= evaluation.minimum_cell])  # pairs of few are not even listed


def test_results_come_back_with_their_region_and_codes_as_text(evaluation: Evaluation, tmp_path: Path) -> None:
    save_results(evaluation, tmp_path)
    results = load_results(tmp_path)
    assert results.regions[["slug", "code", "level"]].to_numpy().tolist() == [["contoh", "15.08", "kabupaten"]]
    units = results.frame("workload_units")
    assert list(units.columns[:3]) == ["slug", "region", "level"]
    assert units["kecamatan_code"].tolist() == evaluation.workload.units["kecamatan_code"].tolist()  # type: ignore[union-attr]
    assert units["required_fte"].isna().all()  # fewer than 5 persons in each unit
    facts = results.frame("facts").set_index("fact")["value"]
    assert facts["required"] == pytest.approx(10.0)  # 7 + 3
    with pytest.raises(KeyError, match="no frame 'units'"):
        results.frame("units")


def test_a_column_named_as_a_column_of_the_region_goes_on_beside_it(evaluation: Evaluation, tmp_path: Path) -> None:
    folder = save_results(evaluation, tmp_path)
    facts = json.loads((folder / "region.json").read_text(encoding="utf-8"))
    (folder / "doses.csv").write_text("level,dose\nguru,0.5\n", encoding="utf-8")
    facts["frames"]["doses"] = {"columns": {"level": "text", "dose": "number"}, "hidden_cells": 0}
    (folder / "region.json").write_text(json.dumps(facts), encoding="utf-8")
    row = load_results(tmp_path).frame("doses").iloc[0]
    assert row.to_dict() == {"slug": "contoh", "region": facts["name"], "level": "kabupaten", "own_level": "guru", "dose": 0.5}


def test_no_results_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="jalankan dahulu: mutasi report --all"):
        load_results(tmp_path)
