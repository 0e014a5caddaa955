"""Units and posts by name or code; codes of Jambi; order of process dates; what is counted in the notes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mutasi_analysis.errors import DataError
from mutasi_analysis.sources import load_region, read_file
from mutasi_analysis.synthetic.files import write_region
from tests.sources.broken import Folder
from tests.sources.small import profile, region


def test_a_name_stands_for_its_code_whatever_the_case_and_punctuation(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("mutasi.csv", "DINKES,PKM-01,perawat", '"DINAS  KESEHATAN",Puskesmas-Alak,perawat')
    moves = load_region(profile(), tmp_path).tables["mutasi"]
    assert moves.loc[0, ["from_unit_id", "to_unit_id"]].tolist() == ["DINKES", "PKM-01"]


def test_a_name_of_two_units_needs_the_code(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("unit_kerja.csv", "DINKES,Dinas Kesehatan", "DINKES,Puskesmas Alak")
    folder.edit("mutasi.csv", "DINKES,PKM-01,perawat", "DINKES,Puskesmas Alak,perawat")
    assert folder.faults() == [
        'raw/alak/mutasi.csv, baris 3, kolom to_unit_id: "Puskesmas Alak" tidak ada di tabel rujukan; '
        "nama ini dipakai dua unit_id; tulis kodenya"
    ]


def test_a_misspelt_name_gets_the_nearest(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("mutasi.csv", "DINKES,PKM-01,perawat", "DINKES,Puskemas Alak,perawat")
    assert folder.faults() == [
        'raw/alak/mutasi.csv, baris 3, kolom to_unit_id: "Puskemas Alak" tidak ada di tabel rujukan; mungkin maksudnya "Puskesmas Alak"'
    ]


@pytest.mark.parametrize(
    ("written", "allowed"),
    [
        (
            "1509010",
            "ini bentuk kode BPS, bukan kode Kemendagri; yang diterima: kode Kemendagri berawalan 15.08, misalnya 15.08.01 "
            "(BPS 1509 adalah Bungo, yang kode Kemendagri-nya 15.08)",
        ),
        (
            "1508",
            "ini bentuk kode BPS, bukan kode Kemendagri; yang diterima: kode Kemendagri berawalan 15.08, misalnya 15.08.01 "
            "(BPS 1508 adalah Tebo, yang kode Kemendagri-nya 15.09)",
        ),
        (
            "15.09.01",
            "nilai tidak dikenal; yang diterima: kode Kemendagri berawalan 15.08; menurut Kemendagri 15.09 adalah Tebo, "
            "mungkin tertukar dengan kode BPS",
        ),
    ],
)
def test_the_codes_of_bungo_and_tebo(written, allowed, tmp_path):
    write_region(region("15.08"), profile("bungo", "15.08"), tmp_path / "raw")
    path = tmp_path / "raw" / "bungo" / "unit_kerja.csv"
    path.write_text(path.read_text("utf-8").replace("15.08.02", written), "utf-8")
    with pytest.raises(DataError) as caught:
        load_region(profile("bungo", "15.08"), tmp_path)
    assert str(caught.value) == f'raw/bungo/unit_kerja.csv, baris 4, kolom Kode Kecamatan: "{written}" {allowed}'


def test_a_bps_code_is_seen_without_knowing_the_region(tmp_path):
    (tmp_path / "unit.csv").write_text("unit_id,unit_name,unit_kind,sector,kecamatan_code\nA,A,dinas,umum,1509010\n", "utf-8")
    with pytest.raises(DataError) as caught:
        read_file(tmp_path / "unit.csv")
    assert [fault.rule for fault in caught.value.faults] == ["bps_code"]


def test_every_step_is_compared_with_the_latest_before_it(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("mutasi.csv", "2022-03-14", "2022-07-14")
    assert folder.faults() == [
        f'raw/alak/mutasi.csv, baris 3, kolom {step}: "{day}" urutan tanggal terbalik; harus pada atau sesudah proposed_on (14-07-2022)'
        for step, day in (("assessed_on", "2022-04-20"), ("decided_on", "2022-06-10"), ("reported_on", "2022-07-04"))
    ]


def test_disagreement_with_the_nip_is_counted_not_refused(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("pegawai.csv", "L,1986", "P,1986")
    assert load_region(profile(), tmp_path).notes == (
        "1 pegawai: jenis kelamin atau tahun lahir di daftar tidak sama dengan yang tersirat dalam NIP.",
    )


def test_importing_sources_loads_nothing_heavy():
    heavy = ("openpyxl", "xlsxwriter", "python_calamine", "matplotlib", "papermill")
    code = f"import sys, mutasi_analysis.sources; print([name for name in {heavy!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
