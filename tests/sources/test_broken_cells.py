"""One wrong cell gives one whole sentence: file, row as Excel counts, column as the file writes it, value, what is allowed.

Line 1 of each file is the synthetic mark, line 2 the header, so the first record stands in row 3.
"""

from __future__ import annotations

import pytest

from tests.sources.broken import Folder

NUMBERS = "bukan angka; yang diterima: angka seperti 1250 atau 1.250,5"
DATES = "bukan tanggal; yang diterima: tanggal seperti 31-12-2023, 2023-12-31 atau 31 Desember 2023 (tahun 1930–2100)"
CASES = {
    "text in a number": ("beban_kerja.csv", ",40,day", ",40 orang,day", f'raw/alak/beban_kerja.csv, baris 3, kolom volume: "40 '
        f'orang" {NUMBERS}'),
    "negative volume": (
        "beban_kerja.csv", ",40,day", ",-40,day",
        'raw/alak/beban_kerja.csv, baris 3, kolom volume: "-40" di luar batas; yang diterima: 0 … ∞',
    ),
    "unknown basis": (
        "beban_kerja.csv", ",40,day", ",40,abad",
        'raw/alak/beban_kerja.csv, baris 3, kolom basis: "abad" nilai tidak dikenal; yang diterima: year (tahun), month (bulan), '
        'week (minggu), day (hari), hour (jam)',
    ),
    "unit twice": (
        "unit_kerja.csv", "SD-07,SD Negeri", "PKM-01,SD Negeri",
        'raw/alak/unit_kerja.csv, baris 4, kolom unit_id: "PKM-01" baris ganda: kunci ini sudah ada; sama dengan baris 3',
    ),
    "NIP as float": (
        "pegawai.csv", "199001012015032001", "1.99001E+17",
        "raw/alak/pegawai.csv, baris 4, kolom person_id: \"(disembunyikan)\" NIP rusak oleh Excel (tersimpan sebagai angka, nomor urut "
        "hilang); simpan ulang kolom sebagai teks",
    ),
    "impossible NIP": (
        "pegawai.csv", "199001012015032001", "199013012015032001",
        'raw/alak/pegawai.csv, baris 4, kolom person_id: "(disembunyikan)" NIP tidak sah; yang diterima: 18 angka sebagai teks: '
        'tanggal lahir '
        "(8), TMT pengangkatan (6), jenis kelamin 1/2 (1), nomor urut (3)",
    ),
    "PNS with the code of a PPPK": (
        "pegawai.csv", "P,1990,PPPK,IX", "P,1990,PNS,III/a",
        'raw/alak/pegawai.csv, baris 7, kolom person_id: "(disembunyikan)" NIP tidak sah; yang diterima: 18 angka sebagai teks: '
        'tanggal lahir '
        "(8), TMT pengangkatan (6), jenis kelamin 1/2 (1), nomor urut (3); untuk PNS angka 13–14 adalah bulan",
    ),
    "PPPK grade of a PNS": (
        "pegawai.csv", "L,1986,PNS,III/c", "L,1986,PNS,IX",
        'raw/alak/pegawai.csv, baris 3, kolom golongan: "IX" nilai tidak dikenal; yang diterima: golongan PNS dengan ruang: I/a … IV/e',
    ),
    "no date": ("mutasi.csv", "2022-07-01,rotasi", "31-02-2022,rotasi", f'raw/alak/mutasi.csv, baris 3, kolom tmt: "31-02-2022" {DATES}'),
    "dates reversed": (
        "mutasi.csv", "2022-06-10", "2022-03-01",
        'raw/alak/mutasi.csv, baris 3, kolom decided_on: "2022-03-01" urutan tanggal terbalik; harus pada atau sesudah '
        'assessed_on (20-04-2022)',
    ),
    "unknown unit": (
        "mutasi.csv", "DINKES,PKM-01,perawat", "DINKES,PKM-011,perawat",
        'raw/alak/mutasi.csv, baris 3, kolom to_unit_id: "PKM-011" tidak ada di tabel rujukan; mungkin maksudnya "PKM-01"',
    ),
    "unknown person": (
        "relasi.csv", "199001012015032001", "199001012015032002",
        'raw/alak/relasi.csv, baris 3, kolom related_person_id: "(disembunyikan)" tidak ada di tabel rujukan; NIP ini tidak ada '
        'di daftar pegawai',
    ),
    "BPS code": (
        "unit_kerja.csv", "53.71.01", "5371010",
        'raw/alak/unit_kerja.csv, baris 3, kolom kecamatan_code: "5371010" ini bentuk kode BPS, bukan kode Kemendagri; yang diterima: kode '
        "Kemendagri berawalan 53.71, misalnya 53.71.01",
    ),
    "another region's code": (
        "unit_kerja.csv", "53.71.01", "15.09.01",
        'raw/alak/unit_kerja.csv, baris 3, kolom kecamatan_code: "15.09.01" nilai tidak dikenal; yang diterima: kode Kemendagri '
        'berawalan 53.71; '
        "menurut Kemendagri 15.09 adalah Tebo, mungkin tertukar dengan kode BPS",
    ),
    "score above the scale": (
        "kinerja.csv", ",87.25,", ",870.25,",
        'raw/alak/kinerja.csv, baris 3, kolom score: "870.25" di luar batas; yang diterima: 0 … 120',
    ),
    "predicate of another rule": (
        "kinerja.csv", "permenpanrb-6-2022,Baik", "permenpanrb-6-2022,Istimewa",
        'raw/alak/kinerja.csv, baris 6, kolom predicate: "Istimewa" nilai tidak dikenal; yang diterima: Sangat Kurang, Buruk, '
        'Kurang, Butuh '
        "Perbaikan, Cukup, Baik, Sangat Baik",
    ),
    "half a pupil": ("sekolah.csv", ",6,1160,", ',"6,5",1160,', 'raw/alak/sekolah.csv, baris 3, kolom classes: "6,5" bukan bilangan bulat'),
    "neither yes nor no": (
        "mutasi.csv", ",10,ya,", ",10,mungkin,",
        'raw/alak/mutasi.csv, baris 3, kolom socialised: "mungkin" bukan ya/tidak; yang diterima: ya, tidak',
    ),
    "required cell empty": ("beban_kerja.csv", ",40,day", ",-,day", "raw/alak/beban_kerja.csv, baris 3, kolom volume: sel ini wajib diisi"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_wrong_cell_one_sentence(name, tmp_path):
    file, old, new, sentence = CASES[name]
    folder = Folder(tmp_path)
    folder.edit(file, old, new)
    found = [text for text in folder.faults() if not _follows(name, text)]
    assert found == [sentence]


def _follows(name: str, text: str) -> bool:
    """A person or unit that cannot be read is then missing where other tables name it: those sentences are true, too."""
    return name in ("NIP as float", "impossible NIP", "unit twice") and "tidak ada di tabel rujukan" in text


def test_all_faults_of_all_files_come_at_once(tmp_path):
    folder = Folder(tmp_path)
    for file, old, new, _ in (CASES["negative volume"], CASES["no date"], CASES["half a pupil"], CASES["BPS code"]):
        folder.edit(file, old, new)
    assert {CASES[name][3] for name in ("negative volume", "no date", "half a pupil", "BPS code")} == set(folder.faults())


def test_a_duplicate_person_is_named_by_rows_only(tmp_path):
    folder = Folder(tmp_path)
    line = folder.path("pegawai.csv").read_text("utf-8").splitlines()[4]
    folder.path("pegawai.csv").write_text(folder.path("pegawai.csv").read_text("utf-8") + line + "\n", "utf-8")
    assert folder.faults() == [
        'raw/alak/pegawai.csv, baris 11, kolom person_id: "(disembunyikan)" baris ganda: kunci ini sudah ada; sama dengan baris 5'
    ]


def test_a_duplicate_over_two_files_names_the_other_file(tmp_path):
    folder = Folder(tmp_path)
    text = folder.path("relasi.csv").read_text("utf-8")
    folder.path("sub").mkdir()
    folder.path("sub/relasi_2.csv").write_text(text, "utf-8")
    assert folder.faults() == [
        'raw/alak/sub/relasi_2.csv, baris 3, kolom person_id: "(disembunyikan)" baris ganda: kunci ini sudah ada; '
        "sama dengan baris 3 berkas raw/alak/relasi.csv"
    ]


def test_no_fault_ever_shows_a_nip_or_a_name(tmp_path):
    folder = Folder(tmp_path)
    text = folder.path("pegawai.csv").read_text("utf-8")
    folder.path("pegawai.csv").write_text(text.replace(",PNS,", ",198609262015051001,").replace("PKM-01", "Drs. Contoh"), "utf-8")
    folder.edit("kinerja.csv", "198609262015051001", "198609262015051009")
    sentences = "\n".join(folder.faults())
    assert "19860926" not in sentences
    assert "Contoh Pegawai" not in sentences
    assert 'kolom asn_kind: "(disembunyikan)" nilai tidak dikenal' in sentences
