"""Layouts of real sheets (domain 8b): titles, blocks, two-level and merged headers, numbering, sums, signatures, instruction sheets."""

from __future__ import annotations

import openpyxl
import pytest
import xlsxwriter

from mutasi_analysis.dictionary import HEADER_ROW, write_template_workbook
from mutasi_analysis.errors import DataError
from mutasi_analysis.sources import load_region, read_file
from mutasi_analysis.synthetic.writers.layout import column_cells
from tests.sources.broken import workbook
from tests.sources.small import profile, region

HEAD = ["NO", "RINCIAN TUGAS/KEGIATAN", "SATUAN", "JUMLAH VOLUME KERJA", "NORMA WAKTU", "PERALATAN", "KET"]
FORM_A = [
    ["FORM A PENGUMPULAN DATA BEBAN KERJA"],
    ["1. NAMA JABATAN", None, ":", "Pengadministrasi Umum"],
    ["2. UNIT ORGANISASI : Bidang Mutasi"],
    ["3. SATUAN KERJA : BKPSDM"],
    [],
    HEAD,
    [1, 2, 3, 4, 5, 6, 7],
    [1, "Mengagenda surat", "surat", 2400, "10 menit", "komputer", None],
    [2, "Menyusun laporan", "laporan", "1.250", "2 jam", ":", "lihat"],
    ["JUMLAH", "JUMLAH", None, 3650],
    [],
    [None, None, None, None, None, "Responden,"],
    [None, None, None, None, None, "NIP. 198609262015051001"],
]


def test_form_a_of_permendagri_12_2008(tmp_path):
    """Columns and labels of the form as Pacitan prints it (vdokumen.com, "form semua abk dan petunjuk", Lampiran III)."""
    tasks = read_file(workbook(tmp_path / "form_a.xlsx", FORM_A, "Sheet1"))
    assert tasks["task"].tolist() == ["Mengagenda surat", "Menyusun laporan"]
    assert tasks["volume"].tolist() == [2400, 1250]
    assert tasks["norm_time"].tolist() == [10, 2]
    assert tasks["norm_unit"].tolist() == ["menit", "jam"]
    assert tasks["basis"].tolist() == ["year", "year"]
    assert tasks["unit_id"].tolist() == ["Bidang Mutasi"] * 2
    assert tasks["jabatan_id"].tolist() == ["Pengadministrasi Umum"] * 2


def test_a_norm_time_without_a_unit_is_refused(tmp_path):
    rows = [HEAD, [1, "Mengagenda surat", "surat", 2400, 10, None, None], [2, "Menyusun laporan", "laporan", 12, "2 jam", None, None]]
    with pytest.raises(DataError) as caught:
        read_file(workbook(tmp_path / "form_a.xlsx", rows))
    assert [fault.sentence() for fault in caught.value.faults] == [
        "form_a.xlsx, lembar Data, kolom norm_unit (Satuan norma waktu): kolom wajib ini tidak ada",
        'form_a.xlsx, lembar Data, baris 3, kolom NORMA WAKTU: "2 jam" bukan angka; yang diterima: angka seperti 1250 atau 1.250,5',
    ]


def test_form_b_and_form_c(tmp_path):
    title = [["FORM B INVENTARISASI JUMLAH PEMANGKU JABATAN"], ["1. UNIT ORGANISASI : Bidang Mutasi"], []]
    rows = [*title, ["NO", "NAMA JABATAN", "GOLONGAN", "JUMLAH", "KET"], [1, "Analis", "III/b", 2, None], [None, "Analis", "IIIc", 1, None]]
    holders = read_file(workbook(tmp_path / "form_b.xlsx", rows))
    assert holders[["unit_id", "jabatan_id", "golongan", "incumbents"]].to_numpy().tolist() == [
        ["Bidang Mutasi", "Analis", "III/b", 2],
        ["Bidang Mutasi", "Analis", "III/c", 1],
    ]
    rows = [["FORM C"], ["NO", "NAMA JABATAN", "JUMLAH BEBAN KERJA JABATAN (JAM)"], [1, "Analis", 1250], [None, "JUMLAH", 1250]]
    loads = read_file(workbook(tmp_path / "form_c.xlsx", rows))
    assert loads["jabatan_id"].tolist() == ["Analis"]
    assert loads["load_hours_y"].tolist() == [1250]


def test_blocks_two_level_headers_and_merged_units(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "abk.xlsx"))
    book.add_worksheet("Petunjuk").write_column(0, 0, ["URAIAN TUGAS diisi tugas", "VOLUME KERJA diisi angka", "lihat petunjuk"])
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, ["TAHUN 2024"])
    for top, post in ((1, "Perawat"), (6, "Bidan")):
        sheet.write(top, 0, f"Nama Jabatan : {post}")
        for column, text in enumerate(("NO", "UNIT KERJA", "URAIAN TUGAS")):
            sheet.merge_range(top + 1, column, top + 2, column, text)
        sheet.merge_range(top + 1, 3, top + 1, 4, "BEBAN KERJA")
        sheet.merge_range(top + 1, 5, top + 1, 6, "NORMA WAKTU")
        sheet.write_row(top + 2, 3, ["JUMLAH", "PER", "WAKTU", "SATUAN"])
        sheet.merge_range(top + 3, 1, top + 4, 1, "Puskesmas A")
        sheet.write_row(top + 3, 2, ["Periksa", 10, "hari", 15, "menit"])
        sheet.write_row(top + 4, 2, ["Lapor", 1, "bulan", "1,5", "jam"])
    book.close()
    tasks = read_file(tmp_path / "abk.xlsx")
    assert tasks["jabatan_id"].tolist() == ["Perawat", "Perawat", "Bidan", "Bidan"]
    assert tasks["unit_id"].eq("Puskesmas A").all()
    assert tasks["year"].eq(2024).all()
    assert tasks["volume"].tolist() == [10, 1, 10, 1]
    assert tasks["basis"].tolist() == ["day", "month"] * 2
    assert tasks["norm_time"].tolist() == [15, 1.5] * 2


def test_the_template_workbook_is_read_once_it_is_filled(tmp_path):
    path = tmp_path / "raw" / "alak" / "isian.xlsx"
    path.parent.mkdir(parents=True)
    write_template_workbook(path)
    book = openpyxl.load_workbook(path)
    tables = region().tables
    for name, table in tables.items():
        for column, head in enumerate(book[name][HEADER_ROW + 1], start=1):
            for row, value in enumerate(column_cells(table[head.value]) if head.value else [], start=HEADER_ROW + 2):
                book[name].cell(row, column, {True: "ya", False: "tidak"}.get(value, value) if isinstance(value, bool) else value)
    book.save(path)
    data = load_region(profile(), tmp_path)
    assert {name: len(table) for name, table in data.tables.items()} == {name: len(table) for name, table in tables.items()}
    assert data.notes == ("raw/alak/isian.xlsx, lembar pengaduan: tidak berisi baris data, tidak dibaca.",)
    assert not data.synthetic


def test_a_title_with_the_year_of_a_law_is_not_the_year_of_the_data(tmp_path):
    rows = [["PENILAIAN MENURUT PP 30 TAHUN 2019, TAHUN 2021"], ["NIP", "Semester", "Predikat"], ["198609262015051001", "II", "BAIK"]]
    rating = read_file(workbook(tmp_path / "skp.xlsx", rows))
    assert rating[["year", "half", "regime", "predicate"]].to_numpy().tolist() == [[2021, 2, "pp-30-2019", "Baik"]]


def test_the_month_of_a_recapitulation_comes_from_its_title_or_its_name(tmp_path):
    rows = [["UNIT PELAYANAN", "JUMLAH RESPONDEN", "NILAI IKM"], ["Dukcapil", 120, "81,25"]]
    by_name = read_file(workbook(tmp_path / "ikm_2023_03_Maret.xlsx", rows))
    by_title = read_file(workbook(tmp_path / "rekap.xlsx", [["BULAN MARET 2023"], *rows]))
    for table in (by_name, by_title):
        assert table[["indicator", "value", "n"]].to_numpy().tolist() == [["ikm", 81.25, 120]]
        assert table["month"].dt.strftime("%Y-%m-%d").tolist() == ["2023-03-01"]


def test_every_row_is_kept_or_named(tmp_path):
    """A half-filled record below a blank row is a record with faults, not a footer."""
    rows = [["Kode Unit", "Nama Unit", "Jenis Unit", "Bidang"], ["A", "Dinas A", "dinas", "umum"], [], ["B", "Dinas B", "dinas", None]]
    with pytest.raises(DataError) as caught:
        read_file(workbook(tmp_path / "unit.xlsx", rows))
    assert [fault.sentence() for fault in caught.value.faults] == ["unit.xlsx, lembar Data, baris 4, kolom Bidang: sel ini wajib diisi"]
