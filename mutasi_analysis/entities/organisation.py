"""Tables about the organisation and its work: unit_kerja, jabatan, standar_kompetensi, beban_kerja, sekolah."""

from mutasi_analysis.entities.people import COMPETENCIES
from mutasi_analysis.schema import Column, Table

SECTORS = (
    "pendidikan",
    "kesehatan",
    "kependudukan",
    "perizinan",
    "sosial",
    "pekerjaan_umum",
    "perencanaan",
    "keuangan",
    "komunikasi",
    "kewilayahan",
    "kepegawaian",
    "umum",
)
UNIT_KINDS = ("dinas", "badan", "sekretariat", "sekolah", "puskesmas", "rsud", "kecamatan", "kelurahan", "uptd", "luar")
JOB_CLASSES = ("struktural", "fungsional", "pelaksana")
JOB_LEVELS = (
    "jpt_utama",
    "jpt_madya",
    "jpt_pratama",
    "administrator",
    "pengawas",
    "pelaksana",
    "keterampilan",
    "ahli_pertama",
    "ahli_muda",
    "ahli_madya",
    "ahli_utama",
)
BASES = ("year", "month", "week", "day", "hour")

UNIT = Column("unit_id", "text", "Kode unit kerja", "Unit code", required=True, references="unit_kerja.unit_id", example="PKM-03")
JABATAN_ID = Column("jabatan_id", "text", "Kode jabatan", "Post code", required=True, references="jabatan.jabatan_id", example="perawat")
YEAR = Column("year", "integer", "Tahun", "Year", unit="tahun", required=True, minimum=2000, maximum=2100, example="2024")

UNIT_KERJA = Table(
    "unit_kerja",
    "satu unit kerja",
    "one unit",
    ("unit_id",),
    (
        Column("unit_id", "text", "Kode unit kerja", "Unit code", required=True, example="PKM-03"),
        Column("unit_name", "text", "Nama unit kerja", "Name of the unit", required=True, example="Puskesmas Contoh"),
        Column(
            "unit_kind",
            "category",
            "Jenis unit; 'luar' = di luar wilayah yang dinilai",
            "Kind of unit; 'luar' = outside the region",
            required=True,
            allowed=UNIT_KINDS,
            example="puskesmas",
        ),
        Column("sector", "category", "Bidang pelayanan", "Sector", required=True, allowed=SECTORS, example="kesehatan"),
        Column(
            "kecamatan_code",
            "text",
            "Kode Kemendagri kecamatan",
            "Kemendagri code of the kecamatan",
            pattern=r"\d{2}\.\d{2}\.\d{2}",
            example="15.04.03",
        ),
    ),
    optional=False,
)

JABATAN = Table(
    "jabatan",
    "satu nama jabatan",
    "one kind of post",
    ("jabatan_id",),
    (
        Column("jabatan_id", "text", "Kode jabatan", "Post code", required=True, example="perawat"),
        Column("jabatan_name", "text", "Nama jabatan", "Name of the post", required=True, example="Perawat Ahli Pertama"),
        Column("job_class", "category", "Jenis jabatan", "Class of post", required=True, allowed=JOB_CLASSES, example="fungsional"),
        Column("job_level", "category", "Jenjang jabatan", "Level of the post", allowed=JOB_LEVELS, example="ahli_pertama"),
        Column(
            "job_family",
            "category",
            "Rumpun: menentukan cara hitung kebutuhan",
            "Family: decides how need is computed",
            required=True,
            allowed=("umum", "kesehatan", "guru_kelas", "guru_mapel", "guru_bk"),
            example="kesehatan",
        ),
        Column(
            "required_education",
            "text",
            "Bidang pendidikan yang disyaratkan, dipisah ';'",
            "Required fields of study, ';' between",
            example="Keperawatan",
        ),
    ),
    optional=False,
)

STANDAR_KOMPETENSI = Table(
    "standar_kompetensi",
    "satu kompetensi yang disyaratkan sebuah jabatan",
    "one competency that a post requires",
    ("jabatan_id", "competency"),
    (
        JABATAN_ID,
        Column("competency", "category", "Kompetensi", "Competency", required=True, allowed=COMPETENCIES, example="pelayanan_publik"),
        Column(
            "required_level",
            "integer",
            "Tingkat yang disyaratkan",
            "Required level",
            unit="1–5",
            required=True,
            minimum=1,
            maximum=5,
            example="2",
        ),
    ),
)

BEBAN_KERJA = Table(
    "beban_kerja",
    "satu uraian tugas sebuah jabatan di sebuah unit dalam satu tahun",
    "one task of a post in a unit in a year",
    ("unit_id", "jabatan_id", "year", "task"),
    (
        UNIT,
        JABATAN_ID,
        YEAR,
        Column("task", "text", "Uraian tugas", "Task", required=True, example="Melayani pemeriksaan pasien"),
        Column("output_unit", "text", "Satuan hasil", "Unit of output", example="pasien"),
        Column("volume", "number", "Volume kerja per satuan waktu", "Volume per basis", required=True, minimum=0, example="40"),
        Column("basis", "category", "Satuan waktu dari volume", "Basis of the volume", required=True, allowed=BASES, example="day"),
        Column("norm_time", "number", "Norma waktu per hasil", "Norm time per output", required=True, minimum=0.01, example="15"),
        Column(
            "norm_unit", "category", "Satuan norma waktu", "Unit of the norm time", required=True, allowed=("menit", "jam"), example="menit"
        ),
        Column("is_support", "boolean", "Tugas penunjang (ABK-Kes) atau bukan", "Support task (ABK-Kes) or not", example="tidak"),
    ),
)

SEKOLAH = Table(
    "sekolah",
    "satu sekolah dalam satu tahun",
    "one school in a year",
    ("unit_id", "year"),
    (
        UNIT,
        YEAR,
        Column(
            "school_level",
            "category",
            "Jenjang",
            "Level of school",
            required=True,
            allowed=("SD", "SMP", "SMA", "SMK", "TK", "SLB"),
            example="SD",
        ),
        Column("classes", "integer", "Rombongan belajar", "Classes (rombel)", unit="rombel", required=True, minimum=0, example="6"),
        Column("pupils", "integer", "Peserta didik", "Pupils", unit="orang", minimum=0, example="160"),
        Column(
            "teachers", "integer", "Guru yang ada menurut sekolah", "Teachers according to the school", unit="orang", minimum=0, example="8"
        ),
        Column(
            "lesson_hours_w",
            "number",
            "Jam pelajaran per minggu untuk guru mata pelajaran (SD: PJOK dan agama)",
            "Weekly lesson hours for subject teachers (SD: PE and religion)",
            unit="JP/minggu",
            minimum=0,
            example="48",
        ),
    ),
)
