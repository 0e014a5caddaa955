"""Complaint registers: read, counted in working days, made monthly; what is wrong in them is said; complainants go nowhere."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from mutasi_analysis.errors import DataError
from mutasi_analysis.sources import check, load_region, read_file
from tests.sources.broken import Folder, workbook
from tests.sources.small import profile

HEAD = "No. Tiket,Nama Pelapor,NIK,Isi Aduan,OPD Tujuan,Tanggal Pengaduan,Tanggal Selesai,Jenis Pengaduan"
NAME, NIK, TEXT = "Fulan bin Contoh", "5371012345670001", "Antrean loket terlalu lama"


def register(*rows: str) -> str:
    return "\n".join([HEAD, *(f"LPR-{n:03d},{NAME},{NIK},{TEXT},{row}" for n, row in enumerate(rows))]) + "\n"


#: 14 to 21 August 2023: 4 working days (the 17th is free); 11 August (Friday) to 14 August: 1; 5 to 16 April 2024 (Lebaran): 1
ROWS = (
    "Puskesmas Alak,14/08/2023,21/08/2023,",
    "Puskesmas Alak,11/08/2023,14/08/2023,ringan",
    "Dinas Kesehatan,5 April 2024,16 April 2024,",
    "Dinas Kesehatan,01/03/2024,,",
    "Dinas Kesehatan,15/04/2024,,",
)


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path)
    folder.path("pengaduan.csv").write_text(register(*ROWS), "utf-8")
    return folder


def days(data) -> dict[tuple[str, str], tuple[float, int]]:
    rows = data.tables["layanan"].query("indicator == 'hari_pengaduan'")
    return {
        (unit, f"{month:%Y-%m}"): (value, n) for unit, month, value, n in zip(rows.unit_id, rows.month, rows.value, rows.n, strict=True)
    }


def test_a_register_becomes_monthly_days_beside_what_was_sent_ready_made(folder):
    """March 2023 is the ready-made value of the small region; August is the mean of 4 and 1; the open ones have no days."""
    data = load_region(profile(), folder.root)
    assert days(data) == {("PKM-01", "2023-03"): (4.5, 3), ("PKM-01", "2023-08"): (2.5, 2), ("DINKES", "2024-04"): (1.0, 1)}
    assert "pengaduan" not in data.tables
    assert data.notes == ("complaints_read:5", "complaints_open:2")
    assert next(source for source in data.sources if source.path.endswith("pengaduan.csv")).tables == ("pengaduan",)


def test_open_complaints_are_late_once_their_limit_is_over(folder):
    """Drawn on 16 April 2024. 1 March, open: March has 21 weekdays less 11, 12 and 29 March; with 1 to 5 April far more than 14 → late.
    15 April, open, and 5 April, answered: their limit is not over. Both of August 2023 were in time (4 of 14, 1 of 2)."""
    counts = load_region(profile(), folder.root).complaints
    told = {f"{row.month:%Y-%m}": (row.received, row.open, row.judged, row.in_time) for row in counts.itertuples()}
    assert told == {"2023-08": (2, 0, 2, 2), "2024-03": (1, 1, 1, 0), "2024-04": (2, 1, 0, 0)}


def test_the_register_takes_the_place_of_a_ready_made_value_of_the_same_month_and_says_so(folder):
    folder.path("pengaduan.csv").write_text(register("Puskesmas Alak,01/03/2023,03/03/2023,"), "utf-8")
    data = load_region(profile(), folder.root)
    assert days(data) == {("PKM-01", "2023-03"): (2.0, 1)}
    assert data.notes == ("complaints_read:1", "complaints_replace:1")


def test_a_register_alone_makes_the_table_of_services(folder):
    folder.path("layanan.csv").unlink()
    assert load_region(profile(), folder.root).tables["layanan"]["indicator"].unique().tolist() == ["hari_pengaduan"]


def test_an_export_with_titles_and_excel_days_is_recognised(tmp_path):
    rows = [
        ["REKAP LAPORAN SP4N-LAPOR!"], ["Periode Januari - Desember 2023"],
        ["No", "Tracking ID", "Nama Pelapor", "Isi Laporan", "Instansi Terdisposisi", "Tanggal Laporan Masuk", "Tanggal Tindak Lanjut"],
        [1, "778812", NAME, TEXT, "Puskesmas Alak", 45152, 45159],
        [2, "778813", NAME, TEXT, "Puskesmas Alak", 45153, None],
    ]  # fmt: skip
    found = read_file(workbook(tmp_path / "rekap.xlsx", rows))
    assert list(found.columns) == ["complaint_id", "unit_id", "received_on", "answered_on", "complaint_kind"]
    assert found["received_on"].tolist() == [pd.Timestamp(2023, 8, 14), pd.Timestamp(2023, 8, 15)]
    assert found["answered_on"].tolist() == [pd.Timestamp(2023, 8, 21), pd.NaT]


FAULTS = [
    (
        "Puskesmas Alak,14/08/2023,11/08/2023,",
        'kolom Tanggal Selesai: "11/08/2023" urutan tanggal terbalik; harus pada atau sesudah received_on (14-08-2023)',
    ),
    (
        "Puskesmas Alak,14/08/1999,16/08/2023,",
        'kolom Tanggal Pengaduan: "14/08/1999" di luar batas; yang diterima: tahun 2002 sampai ',
    ),
    ("Puskesmas Alak,14/08/2023,14/08/2099,", 'kolom Tanggal Selesai: "14/08/2099" di luar batas; yang diterima: tahun 2002 sampai '),
    ("Puskesmas Alak,kemarin,,", 'kolom Tanggal Pengaduan: "kemarin" bukan tanggal; '),
    ("Puskesmas Alak,,14/08/2023,", "kolom Tanggal Pengaduan: sel ini wajib diisi"),
    ("Puskesmas Alak,14/08/2023,,gawat", 'kolom Jenis Pengaduan: "gawat" nilai tidak dikenal; yang diterima: ringan, normatif, '),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said"), FAULTS)
def test_every_fault_is_named_with_its_place_by_check_and_by_loading(folder, row, said):
    folder.path("pengaduan.csv").write_text(register(ROWS[0], row), "utf-8")
    wanted = f"baris 3, {said}"
    faults = folder.faults()
    assert len(faults) == 1 and wanted in faults[0]
    assert [fault.sentence() for fault in check(profile(), folder.root)] == faults
    alone = [fault.sentence() for fault in check(folder.path("pengaduan.csv"))]
    assert len(alone) == 1 and wanted in alone[0]


def test_a_unit_that_does_not_exist_and_a_row_that_stands_twice_are_faults(folder):
    text = register("Puskemas Alak,14/08/2023,21/08/2023,")
    folder.path("pengaduan.csv").write_text(text + text.splitlines()[1].replace("Puskemas", "Puskesmas") + "\n", "utf-8")
    twice, unknown = folder.faults()
    assert 'kolom OPD Tujuan: "Puskemas Alak" tidak ada di tabel rujukan; mungkin maksudnya "Puskesmas Alak"' in unknown
    assert "baris ganda: kunci ini sudah ada; sama dengan baris 2" in twice


def test_complainants_and_what_they_wrote_leave_no_trace(folder):
    folder.path("pengaduan.csv").write_text(register(*ROWS, "Puskesmas Alak,31/02/2023,,"), "utf-8")
    with pytest.raises(DataError) as caught:
        load_region(profile(), folder.root)
    folder.path("pengaduan.csv").write_text(register(*ROWS), "utf-8")
    data = load_region(profile(), folder.root)
    told = [str(caught.value), repr(data.notes), repr(data.sources), data.complaints.to_csv()]
    told += [frame.to_csv() for frame in (*data.tables.values(), read_file(folder.path("pengaduan.csv")))]
    for personal in (NAME, NIK, TEXT, "LPR-0"):
        assert [text for text in told if personal in text] == ([told[-1]] if personal == "LPR-0" else [])


def test_a_day_with_an_hour_is_the_day(tmp_path):
    rows = [["OPD", "Tanggal Diterima", "Tanggal Selesai"], ["Dinas", datetime(2023, 8, 14).isoformat(), "2023-08-15 07:30:00"]]
    found = read_file(workbook(tmp_path / "aduan.xlsx", rows))
    assert found.loc[0, ["received_on", "answered_on"]].tolist() == [pd.Timestamp(2023, 8, 14), pd.Timestamp(2023, 8, 15)]
