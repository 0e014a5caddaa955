"""Whole files that are wrong: each a sentence, or read all the same where the content is sound."""

from __future__ import annotations

import random

import pytest

from mutasi_analysis.errors import DataError, MissingDataError, UsageError
from mutasi_analysis.sources import load_region, read_file
from tests.sources.broken import Folder, workbook
from tests.sources.small import profile

JUNK = random.Random(7).randbytes(4000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILES = {
    "empty": ("relasi.csv", b"", "berkas kosong"),
    "blank": ("relasi.csv", b"\n  \n\n", "berkas kosong"),
    "junk": ("relasi.csv", JUNK, "bukan berkas teks atau buku kerja Excel"),
    "junk without zeros": ("relasi.csv", JUNK.replace(b"\x00", b"\x01"), "bukan berkas teks atau buku kerja Excel"),
    "junk workbook": ("relasi.xlsx", JUNK, "bukan berkas teks atau buku kerja Excel"),
    "broken zip": ("relasi.xlsx", b"PK\x03\x04" + JUNK, "buku kerja Excel rusak; buka di Excel lalu simpan ulang sebagai .xlsx"),
    "password": ("relasi.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + JUNK, "terkunci kata sandi; simpan tanpa kata sandi"),
    "broken xls": ("relasi.xls", OLE + JUNK, "buku kerja Excel rusak; buka di Excel lalu simpan ulang sebagai .xlsx"),
    "header only": ("relasi.csv", b"person_id,related_person_id,relation\n", "hanya ada judul kolom, tidak ada baris data"),
}


@pytest.mark.parametrize("name", FILES)
def test_an_unreadable_file_is_one_sentence(name, tmp_path):
    file, content, reason = FILES[name]
    folder = Folder(tmp_path)
    folder.path("relasi.csv").unlink()
    folder.path(file).write_bytes(content)
    assert folder.faults() == [f"raw/alak/{file}: berkas tidak dapat dibaca: {reason}"]


def test_an_unknown_kind_names_what_is_known(tmp_path):
    folder = Folder(tmp_path)
    folder.path("cuaca.csv").write_text("tanggal,hujan_mm\n2024-01-01,3\n", "utf-8")
    assert folder.faults() == [
        "raw/alak/cuaca.csv: jenis berkas tidak dikenali; judul kolomnya tidak cocok dengan tabel mana pun (pegawai, unit_kerja, jabatan, "
        "beban_kerja, sekolah, kompetensi, standar_kompetensi, mutasi, kinerja, layanan, survei, aspirasi, relasi, "
        "pengaduan)"
    ]


def test_a_missing_required_column(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("pegawai.csv", "asn_kind", "warna")
    assert folder.faults() == ["raw/alak/pegawai.csv, kolom asn_kind (Jenis ASN): kolom wajib ini tidak ada"]


def test_a_region_without_files_and_without_a_required_table(tmp_path):
    with pytest.raises(MissingDataError, match="Kecamatan Alak: tidak ada berkas csv atau xlsx di folder data/raw/alak"):
        load_region(profile(), tmp_path)
    folder = Folder(tmp_path)
    folder.path("mutasi.csv").unlink()
    with pytest.raises(MissingDataError) as caught:
        load_region(profile(), tmp_path)
    assert str(caught.value) == (
        'raw/alak: "mutasi" tabel wajib ini tidak ada di folder (satu perpindahan seorang pegawai); contoh isian: mutasi dictionary'
    )


def test_a_missing_optional_table_is_no_fault(tmp_path):
    folder = Folder(tmp_path)
    folder.path("survei.csv").unlink()
    assert "survei" in load_region(profile(), tmp_path).missing()


def test_a_workbook_renamed_to_csv_is_read_by_its_content(tmp_path):
    path = workbook(tmp_path / "relasi.xlsx", [["NIP", "NIP Pasangan", "Hubungan"], ["198609262015051001", "199001012015032001", "Suami"]])
    table = read_file(path.rename(tmp_path / "relasi.csv"))
    assert table["relation"].tolist() == ["pasangan"]


def test_a_numeric_nip_in_a_workbook_is_damaged(tmp_path):
    path = workbook(
        tmp_path / "duk.xlsx", [["DAFTAR"], ["NIP", "NIP Pasangan", "Hubungan"], [198609262015051001, "199001012015032001", "Istri"]]
    )
    with pytest.raises(DataError) as caught:
        read_file(path)
    (fault,) = caught.value.faults
    assert fault.sentence() == (
        'duk.xlsx, lembar Data, baris 3, kolom NIP: "(disembunyikan)" NIP rusak oleh Excel (tersimpan sebagai angka, nomor urut hilang); '
        "simpan ulang kolom sebagai teks"
    )
    assert fault.cell == "A3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(encoding, delimiter, tmp_path):
    rows = [["Kode Unit Kerja", "Nama Unit Kerja", "Jenis Unit", "Bidang"], ["0001", "Kantor “Señor”", "Dinas", "Umum"]]
    (tmp_path / "unit.csv").write_bytes("\n".join(delimiter.join(row) for row in rows).encode(encoding))
    table = read_file(tmp_path / "unit.csv")
    assert table["unit_id"].tolist() == ["0001"]
    assert table["unit_name"].tolist() == ["Kantor “Señor”"]


def test_an_excel_percent_column_is_refused(tmp_path):
    rows = [
        ["NIP", "Tahun", "Capaian Hasil Kerja (%)", "Predikat"],
        ["198609262015051001", 2023, 0.985, "Baik"],
        ["199001012015032001", 2023, 1.02, "Baik"],
    ]
    with pytest.raises(DataError) as caught:
        read_file(workbook(tmp_path / "kinerja.xlsx", rows))
    assert str(caught.value) == (
        "kinerja.xlsx, lembar Data, kolom Capaian Hasil Kerja (%): di luar batas; yang diterima: persen ditulis 98,5, bukan "
        "0,985 atau sel berformat persen"
    )


def test_a_link_out_of_the_data_folder_is_not_followed(tmp_path):
    folder = Folder(tmp_path / "root")
    outside = tmp_path / "outside.csv"
    outside.write_bytes(folder.path("relasi.csv").read_bytes())
    folder.path("relasi.csv").unlink()
    folder.path("relasi.csv").symlink_to(outside)
    assert folder.faults() == ["raw/alak/relasi.csv: berkas tidak dapat dibaca: tautan ini menunjuk ke luar folder data"]


def test_wrong_uses_of_read_file(tmp_path):
    folder = Folder(tmp_path)
    with pytest.raises(UsageError, match='jenis berkas "pegawia" tidak dikenal; mungkin maksudnya pegawai'):
        read_file(folder.path("pegawai.csv"), kind="pegawia")
    with pytest.raises(DataError, match="judul kolom untuk mutasi tidak ditemukan"):
        read_file(folder.path("unit_kerja.csv"), kind="mutasi")
    with pytest.raises(DataError, match="tidak dapat dibuka"):
        read_file(tmp_path / "tidak_ada.csv")
