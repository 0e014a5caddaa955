"""`mutasi workload FILE`: the figures of real files, what is refused, and a workbook whose formulas live."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mutasi_analysis.cli import main
from mutasi_analysis.publish.workload_book import write_workload_book
from mutasi_analysis.publish.workload_file import assess_file

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
real = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not beside the project")
TASKS = "unit_id,jabatan_id,year,task,volume,basis,norm_time,norm_unit\n"


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    """Case T-ABK-1 of the field's reference: 136,200 minutes a year, 1.816 persons at 75,000."""
    rows = [("agenda", 2400, 10), ("konsep", 1800, 20), ("laporan", 12, 600), ("arsip", 3000, 5), ("loket", 3600, 15)]
    text = TASKS + "".join(f"A,adm,2025,{task},{volume},year,{norm},menit\n" for task, volume, norm in rows)
    path = tmp_path / "beban_kerja.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_worked_case(tasks):
    post = assess_file(tasks, incumbents=2).posts.iloc[0]
    assert post["load_minutes_y"] == 136_200
    assert post["required_fte"] == pytest.approx(1.816) and post["index"] == pytest.approx(0.908)
    assert post["band"] == "balanced"


def test_another_scheme_of_effective_time_rebases_the_need(tasks):
    assert assess_file(tasks, effective_time="permenkes-33-2015").posts["required_fte"].iloc[0] == pytest.approx(136_200 / 72_000)


@real
def test_the_real_abk_sheet_keeps_its_own_72000_minutes():
    result = assess_file(SHARED / "abk_sheet_one_position.xlsx")
    assert result.tasks["need_fte"].tolist() == pytest.approx([1 / 12] + [1 / 6] * 5)
    assert result.posts["required_fte"].iloc[0] == pytest.approx(0.9166667, abs=5e-8)
    assert result.notes == ("Waktu kerja efektif dari lembar itu sendiri: 72.000 menit.",)


@real
def test_the_real_school_list_by_kecamatan():
    result = assess_file(SHARED / "schools_balikpapan.csv")
    assert result.areas["schools"].sum() == (result.posts["status"].notna() | result.posts["required_fte"].notna()).sum()
    assert result.areas["required"].sum() == pytest.approx(result.posts["required_fte"].sum())
    assert "8 sekolah tanpa rombel dan 9 sekolah tanpa guru tercatat; tidak dibagi." in result.notes


def cells(path: Path, *, values: bool) -> dict[str, dict[str, object]]:
    book = openpyxl.load_workbook(path, data_only=values)
    return {sheet.title: {cell.coordinate: cell.value for row in sheet for cell in row if cell.value is not None} for sheet in book}


def test_the_workbook_computes_by_itself_and_shows_the_same_numbers(tasks, tmp_path):
    result = assess_file(tasks, incumbents=2)
    write_workload_book(result, tmp_path / "hasil.xlsx")
    formulas, shown = cells(tmp_path / "hasil.xlsx", values=False), cells(tmp_path / "hasil.xlsx", values=True)
    assert formulas["Tugas"]["J4"] == "=I4/H4" and formulas["Kebutuhan"]["C4"].startswith("=SUMIF(")
    assert shown["Kebutuhan"]["C4"] == pytest.approx(1.816) and shown["Kebutuhan"]["E4"] == pytest.approx(0.908)
    assert shown["Kebutuhan"]["F4"] == "seimbang"
    assert sum(shown["Tugas"][f"I{row}"] for row in range(4, 9)) == pytest.approx(136_200)


def test_a_task_named_like_a_formula_stays_text(tmp_path):
    path = tmp_path / "beban_kerja.csv"
    path.write_text(TASKS + "A,adm,2025,=cmd|'/c calc'!A1,10,year,5,menit\n", encoding="utf-8")
    write_workload_book(assess_file(path), tmp_path / "hasil.xlsx")
    book = openpyxl.load_workbook(tmp_path / "hasil.xlsx")
    assert book["Tugas"]["B4"].data_type == "s" and book["Tugas"]["B4"].value == "=cmd|'/c calc'!A1"


def test_the_command_prints_need_index_and_band(tasks, tmp_path, capsys):
    assert main(["workload", str(tasks), "--incumbents", "1", "--xlsx", str(tmp_path / "h.xlsx")]) == 0
    printed = capsys.readouterr().out
    assert "A · adm" in printed and "1,8160000" in printed and "1,82" in printed and "kekurangan pegawai" in printed
    assert "Buku kerja: h.xlsx" in printed and (tmp_path / "h.xlsx").is_file()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("A,adm,2025,x,-5,year,5,menit", 'baris 2, kolom volume: "-5" di luar batas'),
        ("A,adm,2025,x,10,year,0,menit", 'baris 2, kolom norm_time: "0" di luar batas'),
        ("A,adm,2025,x,banyak,year,5,menit", 'baris 2, kolom volume: "banyak" bukan angka'),
        ("A,adm,2025,x,10,semester,5,menit", 'baris 2, kolom basis: "semester" nilai tidak dikenal'),
    ],
)
def test_bad_cells_are_named_with_their_place(tmp_path, capsys, row, sentence):
    path = tmp_path / "beban_kerja.csv"
    path.write_text(TASKS + row + "\n", encoding="utf-8")
    assert main(["workload", str(path)]) == 3
    assert sentence in capsys.readouterr().err


def test_a_file_without_workload_and_a_missing_file_are_refused(tmp_path, capsys):
    other = tmp_path / "unit_kerja.csv"
    other.write_text("unit_id,unit_name,unit_kind,sector\nA,Dinas A,dinas,umum\n", encoding="utf-8")
    assert main(["workload", str(other)]) == 2
    assert "bukan berkas beban kerja" in capsys.readouterr().err
    assert main(["workload", str(tmp_path / "tidak_ada.xlsx")]) == 2
    assert "tidak_ada.xlsx tidak ada" in capsys.readouterr().err


def test_incumbents_need_one_post(tmp_path, capsys):
    path = tmp_path / "beban_kerja.csv"
    path.write_text(TASKS + "A,adm,2025,x,10,year,5,menit\nB,adm,2025,x,10,year,5,menit\n", encoding="utf-8")
    assert main(["workload", str(path), "--incumbents", "2"]) == 2
    assert "berkas ini memuat 2 jabatan" in capsys.readouterr().err


def test_nobody_in_the_post_gives_no_index_but_the_need(tasks):
    post = assess_file(tasks, incumbents=0).posts.iloc[0]
    assert pd.isna(post["index"]) and post["band"] == "vacant" and post["required_fte"] == pytest.approx(1.816)
