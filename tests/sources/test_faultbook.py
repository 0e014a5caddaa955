"""faults.xlsx: every fault in the list, the cell marked at its own address in a copy that holds nothing personal."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from mutasi_analysis.sources import check, write_faults_workbook
from mutasi_analysis.synthetic.files import write_region
from tests.sources.broken import Folder
from tests.sources.small import PERSONS, profile, region


@pytest.fixture
def faulty(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("beban_kerja.csv", ",40,day", ",40 orang,day")
    folder.edit("pegawai.csv", "199001012015032001", "1.99001E+17")
    folder.edit("pegawai.csv", "L,1986,PNS,III/c", "L,1986,PNS,V/a")
    faults = check(profile(), tmp_path)
    return faults, write_faults_workbook(faults, tmp_path, tmp_path / "out" / "faults.xlsx")


def test_the_list_holds_every_fault(faulty):
    faults, path = faulty
    sheet = openpyxl.load_workbook(path)["Kesalahan"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[6] for row in rows] == [fault.sentence() for fault in faults]
    assert [row[2] for row in rows] == [fault.row for fault in faults]


def test_wrong_cells_are_marked_at_their_own_address(faulty):
    faults, path = faulty
    book = openpyxl.load_workbook(path)
    copies = {(row[0], row[7]) for row in book["Kesalahan"].iter_rows(min_row=2, values_only=True)}
    tasks = book[dict(copies)["raw/alak/beban_kerja.csv"]]
    assert tasks["F3"].value == "40 orang"
    assert tasks["F3"].fill.fgColor.rgb == "FFF6B26B"
    assert tasks["F3"].comment.text == next(fault.sentence() for fault in faults if fault.column == "volume")
    assert tasks["F4"].value == "1250.5"
    assert tasks["F4"].comment is None
    people = book[dict(copies)["raw/alak/pegawai.csv"]]
    assert (people["F3"].value, people["A4"].value) == ("V/a", "(disembunyikan)")
    assert people["A4"].fill.fgColor.rgb == "FFF6B26B"


@pytest.mark.parametrize("slug", ["alak", "samarinda", "batanghari"])
def test_the_workbook_may_travel(slug, tmp_path):
    broken = region()
    broken.tables["pegawai"].loc[1, "unit_id"] = "TIDAK-ADA"
    broken.tables["unit_kerja"].loc[len(broken.tables["unit_kerja"])] = ["TIDAK-ADA", "Unit X", "dinas", "umum", "11.11.11"]
    write_region(broken, profile(slug), tmp_path / "raw")
    faults = check(profile(slug), tmp_path)
    assert [fault.value for fault in faults] == ["11.11.11"]
    broken.tables["pegawai"].loc[2, "golongan"] = "V/a"
    write_region(broken, profile(slug), tmp_path / "raw")
    path = write_faults_workbook(check(profile(slug), tmp_path), tmp_path, tmp_path / "faults.xlsx")
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml"))
    assert "V/a" in text
    assert "Contoh Pegawai" not in text
    for person in PERSONS:
        assert person not in text
        assert person[:8] not in text


def test_no_fault_gives_an_empty_list(tmp_path):
    path = write_faults_workbook([], tmp_path, tmp_path / "faults.xlsx", language="en")
    assert [cell.value for cell in openpyxl.load_workbook(path)["Faults"][1]][:3] == ["File", "Sheet", "Row"]


def test_the_workbook_in_the_region_is_not_read_as_data(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("beban_kerja.csv", ",40,day", ",-40,day")
    faults = check(profile(), tmp_path)
    write_faults_workbook(faults, tmp_path, folder.path("faults.xlsx"))
    assert check(profile(), tmp_path) == faults


def test_one_file_of_a_region_gets_its_copy_too(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("beban_kerja.csv", ",40,day", ",-40,day")
    faults = check(folder.path("beban_kerja.csv"))
    assert [fault.file for fault in faults] == ["beban_kerja.csv"]
    path = write_faults_workbook(faults, folder.path("beban_kerja.csv").parent, tmp_path / "faults.xlsx")
    assert openpyxl.load_workbook(path)["1"]["F3"].value == "-40"
