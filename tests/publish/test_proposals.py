"""The file of proposed education codes: strings, no person, no small number; filled in, it is what the next run reads."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from mutasi_analysis.publish.results import PROPOSALS_FILE, write_results
from mutasi_analysis.sources.confirmed import read_confirmed
from tests.wording import invented

PROPOSALS = pd.DataFrame(
    [["S-1 Akuntansy", 12, "0411", "S-1 Akuntansi", 0.8, False, ""], ["D-III Kebidn", 2, "0913", "D-III Kebidanan", 0.7, True, ""]],
    columns=["text", "n", "field", "similar_to", "similarity", "regulated", "confirmed"],
)


def test_proposals_are_written_beside_the_results_and_come_back_when_confirmed(tmp_path):
    evaluation = invented.evaluation(competency=replace(invented.competency(), proposals=PROPOSALS))
    write_results(evaluation, tmp_path)
    written = pd.read_csv(tmp_path / PROPOSALS_FILE, dtype=str)
    assert written["field"].tolist() == ["0411", "0913"] and written["n"].tolist()[0] == "12"
    assert written["n"].isna().tolist() == [False, True]
    assert read_confirmed(tmp_path / PROPOSALS_FILE, "x").frame.empty
    written.assign(confirmed=["ya", ""]).to_csv(tmp_path / PROPOSALS_FILE, index=False)
    assert read_confirmed(tmp_path / PROPOSALS_FILE, "x").frame.to_numpy().tolist() == [["S-1 Akuntansy", "0411", "ya"]]


def test_without_proposals_there_is_no_file(tmp_path):
    write_results(invented.evaluation(), tmp_path)
    assert not (tmp_path / PROPOSALS_FILE).exists()
    assert not list(tmp_path.glob("*proposals*"))
