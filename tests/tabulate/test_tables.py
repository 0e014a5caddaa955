"""Tables: labels, masks and what their notes say; small units merged in pictures' data."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis import tabulate
from mutasi_analysis.entities import DECLARED
from mutasi_analysis.sources.confirmed import CONFIRMED_FILE
from mutasi_analysis.tabulate.build import Shown, Small, build, integer, percent, plus, probability, starred, text
from mutasi_analysis.tabulate.pictures import merged_units
from mutasi_analysis.tabulate.workload import contribution_by_unit
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.report import table_names
from tests.wording import invented

ID = Words("id")


def test_hidden_cells_are_starred_counted_and_missing_ones_are_a_dash() -> None:
    frame = pd.DataFrame({"unit_name": ["a", "b", None], "n": [3, 40, None]})
    block = build("t", frame, (Shown("unit_name", text), Shown("n", integer)), ID, caption="c", small=(Small(5, ("n",)),))
    assert block.shown["n"].tolist() == ["*", "40", "–"]
    assert block.shown["unit_name"].tolist() == ["a", "b", "–"]
    assert pd.isna(block.frame["n"].iloc[0])
    assert block.note == "* = disembunyikan: 1 sel dari kelompok di bawah 5 orang."
    two = build("t", frame.assign(n=[3, 4, 40]), (Shown("n", integer),), ID, caption="c", small=(Small(5, ("n",)),))
    assert two.note == "* = disembunyikan: 2 sel dari kelompok di bawah 5 orang, dan sel lain yang akan membukanya."


def test_p_values_and_starred_columns_are_numbers_for_a_workbook() -> None:
    frame = pd.DataFrame({"p_value": [0.0421, 1e-6, None], "n": [12, None, 8], "estimate": [1.25, None, -3.0]})
    columns = (Shown("p_value", probability), Shown("n", starred(integer)), Shown("estimate", starred(plus(1))))
    block = build("t", frame, columns, ID, caption="c")
    assert block.shown["p_value"].tolist() == ["0,042", "<\u00a00,001", "–"]
    assert block.shown["n"].tolist() == ["12", "*", "8"]
    assert all(column.numeric for column in block.columns)
    assert not Shown("x", starred(text)).numeric


def test_a_share_is_zero_or_all_only_where_it_is() -> None:
    frame = pd.DataFrame({"share": [0.0, 0.002, 0.0049, 0.005, 0.5, 0.9951, 1.0, None]})
    block = build("t", frame, (Shown("share", percent),), ID, caption="c")
    assert block.shown["share"].tolist() == ["0", "< 1", "< 1", "< 1", "50", "> 99", "100", "–"]


def test_units_of_few_persons_keep_their_name_and_lose_their_numbers() -> None:
    block = tabulate.units_table(invented.units(), ID, minimum_cell=5)
    row = block.shown.loc[block.shown["unit_name"] == "Puskesmas Kecil"].iloc[0]
    assert row["available_after"] == row["gap_after"] == row["index_before"] == "*"


def test_units_measured_in_part_are_marked_and_what_is_left_out_is_told_by_group() -> None:
    rows = [["A", "Dinas <Satu>", "no_need_for_umum", 7], ["E", "UPTD Lima", "no_need_for_kesehatan", 2]]
    left_out = pd.DataFrame(rows, columns=["unit_id", "unit_name", "reason", "persons"])
    block = tabulate.units_table(invented.units(), ID, minimum_cell=5, unmeasured=left_out)
    assert [name for name in block.shown["unit_name"] if "†" in name] == ["Dinas <Satu>\u00a0†"]
    assert "† =" in block.note and "†" not in tabulate.units_table(invented.units(), ID, minimum_cell=5).note
    assert "campuran" in block.note and "Sangat Baik" in block.note
    told = tabulate.unmeasured_table(left_out, invented.units(), ID, minimum_cell=5)
    assert told.shown["left_out"].tolist() == ["pegawai umum", "tenaga kesehatan"]
    assert told.shown["unit_measured"].tolist() == ["sebagian", "tidak"]
    assert told.shown["persons"].tolist() == ["*", "*"]  # 2 are few, and 9 less 7 would tell them
    many = tabulate.unmeasured_table(left_out.assign(persons=[7, 8]), invented.units(), ID, minimum_cell=5)
    assert many.shown["persons"].tolist() == ["7", "8"]


def test_one_small_unit_in_a_kecamatan_takes_a_neighbour_with_it() -> None:
    block = tabulate.units_table(invented.units(), ID, minimum_cell=5)
    hidden = set(block.shown.loc[block.shown["available_after"] == "*", "unit_name"])
    assert hidden == {"Puskesmas Kecil", "SD $Empat_"}  # both of 15.04.02, or the kecamatan's total would tell


def test_shares_that_are_a_few_persons_are_hidden() -> None:
    summary = invented.competency().summary.iloc[[0]].assign(n=40, share_improved=0.05, share_same=0.9, share_lower=0.05)
    block = tabulate.match_table(summary, ID, minimum_cell=5)  # 0.05 × 40 = 2 persons
    assert block.shown[["share_improved", "share_same", "share_lower"]].iloc[0].tolist() == ["*", "*", "*"]
    assert block.shown["jpm_to"].iloc[0] == "84,5"


def test_before_after_is_labelled_as_no_evidence() -> None:
    section = invented.performance("found")
    block = tabulate.verdicts_table("performance", section.verdicts, section.naive, ID, minimum_cell=5)
    label = next(column.label for column in block.columns if column.name == "difference")
    assert "bukan bukti" in label
    assert block.shown["difference"].iloc[0] == "+7,5"
    assert block.shown["interval"].iloc[0] == "1,0\u00a0sampai\u00a03,0"


def test_transfers_are_told_by_unit_and_add_up() -> None:
    transfers = invented.workload().transfers
    by_unit = contribution_by_unit(transfers)
    assert by_unit["contribution"].sum() == pytest.approx(transfers["contribution"].sum())  # 4 − 1 = 3
    shown = tabulate.transfers_table(transfers, ID, minimum_cell=5)
    assert set(shown.frame["unit_name"]) == {"Dinas <Satu>", "Puskesmas Dua"}
    assert "1 unit dengan kurang dari 5 mutasi" in shown.note


def test_hashes_are_shortened() -> None:
    block = tabulate.sources_table(invented.evaluation().sources, ID)
    assert block.shown["fingerprint"].iloc[0] == "ab" * 6


def test_tables_of_a_file_are_called_as_readers_call_them() -> None:
    assert tabulate.sources_table(invented.evaluation().sources, ID).shown["tables"].iloc[0] == "data pegawai"
    assert table_names(["unit_kerja", "beban_kerja"], Words("en")) == "units, workload by task"
    assert table_names("unit_kerja, tabel_lain", ID) == "daftar unit kerja, tabel_lain"
    assert table_names(None, ID) == ""


@pytest.mark.parametrize("name", [*DECLARED, Path(CONFIRMED_FILE).stem])
@pytest.mark.parametrize("words", [ID, Words("en")])
def test_every_table_that_can_be_read_has_a_name_for_readers(name: str, words: Words) -> None:
    assert words.knows("table", name)
    shown = table_names([name], words)
    assert "_" not in shown and "(" not in shown


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError, match=r"column\.nonsense"):
        build("t", pd.DataFrame({"nonsense": [1]}), (Shown("nonsense", integer),), ID, caption="c")


def test_no_table_changes_its_frame() -> None:
    units = invented.units()
    before = units.copy(deep=True)
    tabulate.units_table(units, ID, minimum_cell=5)
    merged_units(units, ID, minimum_cell=5)
    pd.testing.assert_frame_equal(units, before)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=30), st.integers(1, 8))
def test_merging_loses_nobody_and_shows_no_small_unit(people: list[int], k: int) -> None:
    frame = pd.DataFrame({"unit_name": [f"u{i}" for i in range(len(people))], "required_fte": 6.0, "available_after": people})
    units = frame.assign(available_before=people, moved_in=0, moved_out=0)
    merged = merged_units(units, ID, minimum_cell=k)
    assert merged["available_after"].sum() == sum(people)
    assert merged["required_fte"].sum() == pytest.approx(6.0 * len(people))
    shown = merged["available_after"]
    enough = sum(people) >= k
    assert not enough or not ((shown > 0) & (shown < k)).any()


def test_need_by_other_rules_says_whose_need_is_computed_anew() -> None:
    told = tabulate.sensitivity_table(invented.workload().sensitivity, ID)
    assert "pegawai umum saja" in told.note and told.note.endswith("belum dicocokkan dengan naskah aturan.")
    assert "atau praktik" in told.caption
