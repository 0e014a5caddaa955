"""Tables about what came of it: kinerja, layanan, survei."""

from mutasi_analysis.entities.organisation import UNIT, YEAR
from mutasi_analysis.entities.people import PERSON
from mutasi_analysis.indicators import INDICATORS
from mutasi_analysis.schema import Column, Table

REGIMES = ("pp-46-2011", "pp-30-2019", "permenpanrb-6-2022")
PREDICATES = ("Sangat Kurang", "Buruk", "Kurang", "Butuh Perbaikan", "Cukup", "Baik", "Sangat Baik")

KINERJA = Table(
    "kinerja",
    "satu penilaian kinerja seorang pegawai",
    "one rating of a person",
    ("person_id", "year", "half"),
    (
        PERSON,
        YEAR,
        Column(
            "half",
            "integer",
            "Semester yang dinilai (2021 dinilai dua kali); 0 = setahun penuh",
            "Half-year rated (2021 was rated twice); 0 = whole year",
            required=True,
            minimum=0,
            maximum=2,
            example="0",
        ),
        Column("regime", "category", "Aturan penilaian", "Rating regime", required=True, allowed=REGIMES, example="permenpanrb-6-2022"),
        Column("predicate", "category", "Predikat", "Predicate", allowed=PREDICATES, example="Baik"),
        Column("score", "number", "Nilai angka (tidak ada sejak 2022)", "Score (none since 2022)", minimum=0, maximum=120, example=""),
        Column(
            "output_percent",
            "number",
            "Capaian hasil kerja terhadap target setahun",
            "Output achieved against the year's target",
            unit="persen",
            minimum=0,
            maximum=300,
            example="98,5",
        ),
    ),
)

LAYANAN = Table(
    "layanan",
    "satu ukuran pelayanan sebuah unit dalam satu bulan",
    "one service measure of a unit in a month",
    ("unit_id", "month", "indicator"),
    (
        UNIT,
        Column("month", "date", "Bulan (tanggal 1)", "Month (its first day)", required=True, example="2023-05-01"),
        Column(
            "indicator",
            "category",
            "Ukuran: IKM 25–100; hari kerja menyelesaikan pengaduan; nilai hasil belajar; kehadiran persen",
            "Measure: satisfaction index 25–100; working days to settle a complaint; learning score; attendance percent",
            required=True,
            allowed=INDICATORS,
            example="ikm",
        ),
        Column("value", "number", "Nilai", "Value", required=True, minimum=0, example="81,25"),
        Column("n", "integer", "Banyaknya responden atau kasus", "Number of respondents or cases", minimum=0, example="120"),
    ),
)

COMPLAINT_KINDS = ("ringan", "normatif", "tidak_berkadar_pengawasan", "berkadar_pengawasan")
PENGADUAN = Table(
    "pengaduan",
    "satu pengaduan masyarakat pada register (misalnya ekspor SP4N-LAPOR!); dijadikan ukuran hari_pengaduan, pelapor tidak dibaca",
    "one complaint of a register (for example an export of SP4N-LAPOR!); becomes the measure hari_pengaduan, complainants are not read",
    ("complaint_id",),
    (
        Column("complaint_id", "text", "Nomor pengaduan, untuk menemukan baris ganda", "Number of the complaint", example="LPR-2023-00017"),
        UNIT,
        Column("received_on", "date", "Tanggal pengaduan diterima", "Day of receipt", required=True, example="2023-08-14"),
        Column("answered_on", "date", "Tanggal selesai ditanggapi; kosong = belum selesai", "Day settled; empty = still open",
               example="2023-08-21"),
        Column("complaint_kind", "category", "Jenis pengaduan menurut batas waktunya; kosong = tidak berkadar pengawasan",
               "Kind of complaint by its limit; empty = tidak_berkadar_pengawasan", allowed=COMPLAINT_KINDS,
               example="tidak_berkadar_pengawasan"),
    ),
)  # fmt: skip

ITEMS = ("siap_tugas_baru", "sosialisasi_jelas", "sesuai_keahlian", "puas_penempatan", "dukungan_atasan", "beban_wajar")
SURVEI = Table(
    "survei",
    "satu jawaban seorang pegawai pada satu gelombang survei",
    "one answer of a person in one wave",
    ("person_id", "wave", "item"),
    (
        PERSON,
        Column(
            "wave",
            "integer",
            "Gelombang: 0 sebelum pindah, 1 enam bulan, 2 dua belas bulan sesudahnya",
            "Wave: 0 before the move, 1 six months, 2 twelve months after",
            required=True,
            minimum=0,
            maximum=9,
            example="1",
        ),
        Column("item", "category", "Pertanyaan", "Item", required=True, allowed=ITEMS, example="siap_tugas_baru"),
        Column(
            "answer",
            "integer",
            "Jawaban 1 (sangat tidak setuju) – 4 (sangat setuju)",
            "Answer 1 (strongly disagree) – 4",
            required=True,
            minimum=1,
            maximum=4,
            example="3",
        ),
    ),
)
__all__ = ["KINERJA", "LAYANAN", "PENGADUAN", "SURVEI"]
