"""Tables about persons: pegawai, kompetensi, aspirasi, relasi."""

from mutasi_analysis.schema import Column, Table

PNS_GRADES = tuple(f"{rank}/{room}" for rank, rooms in (("I", "abcd"), ("II", "abcd"), ("III", "abcd"), ("IV", "abcde")) for room in rooms)
PPPK_GRADES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
COMPETENCIES = (
    "integritas",
    "kerja_sama",
    "komunikasi",
    "orientasi_pada_hasil",
    "pelayanan_publik",
    "pengembangan_diri_dan_orang_lain",
    "mengelola_perubahan",
    "pengambilan_keputusan",
    "perekat_bangsa",
    "teknis",
)

SANCTIONS = ("tidak pernah", "ringan", "sedang", "berat")

PERSON = Column(
    "person_id",
    "text",
    "Pengenal pegawai (NIP di berkas mentah; nama samaran sesudah dibaca)",
    "Person identifier (NIP in raw files; a pseudonym once read)",
    required=True,
    personal=True,
    example="199001012015031001",
    references="pegawai.person_id",
)

PEGAWAI = Table(
    "pegawai",
    "satu pegawai, keadaan pada tanggal data",
    "one person, as of the date of the data",
    ("person_id",),
    (
        Column(
            "person_id", "text", PERSON.description_id, PERSON.description_en, required=True, personal=True, example="199001012015031001"
        ),
        Column("sex", "category", "Jenis kelamin", "Sex", allowed=("L", "P"), example="P"),
        Column("birth_year", "integer", "Tahun lahir", "Year of birth", unit="tahun", minimum=1940, maximum=2015, example="1990"),
        Column("asn_kind", "category", "Jenis ASN", "Kind of civil servant", required=True, allowed=("PNS", "PPPK"), example="PNS"),
        Column(
            "golongan", "category", "Golongan/ruang (PNS) atau golongan (PPPK)", "Grade", allowed=PNS_GRADES + PPPK_GRADES, example="III/b"
        ),
        Column(
            "education",
            "text",
            "Pendidikan terakhir, seperti ditulis instansi",
            "Last education, as typed by the agency",
            example="S-1 Kesehatan Masyarakat",
        ),
        Column(
            "unit_id",
            "text",
            "Unit kerja pada tanggal data",
            "Unit at the date of the data",
            required=True,
            references="unit_kerja.unit_id",
            example="PKM-03",
        ),
        Column(
            "jabatan_id",
            "text",
            "Jabatan pada tanggal data",
            "Post at the date of the data",
            required=True,
            references="jabatan.jabatan_id",
            example="perawat",
        ),
        Column("tmt_jabatan", "date", "TMT jabatan sekarang", "Start of the present post", example="2021-03-01"),
        Column("tmt_cpns", "date", "TMT CPNS atau pengangkatan PPPK", "Start of service", example="2015-03-01"),
        Column(
            "exit_date",
            "date",
            "Tanggal berhenti atau pensiun; kosong bila masih bekerja",
            "Date of leaving or retirement; empty while serving",
            example="",
        ),
        Column(
            "talent_box",
            "integer",
            "Kotak talenta menurut instansi (PermenPANRB 3/2020)",
            "Box of the talent map as the agency states it",
            unit="1–9",
            minimum=1,
            maximum=9,
            example="5",
        ),
        Column(
            "main_training",
            "boolean",
            "Sudah mengikuti diklat kepemimpinan atau fungsional (IP ASN)",
            "Leadership or functional course done (IP ASN)",
            example="ya",
        ),
        Column(
            "technical_hours",
            "number",
            "Diklat teknis setahun terakhir (IP ASN)",
            "Technical training in the last year (IP ASN)",
            unit="jam pelajaran",
            minimum=0,
            maximum=2000,
            example="24",
        ),
        Column(
            "seminar",
            "boolean",
            "Mengikuti seminar atau lokakarya setahun terakhir (IP ASN)",
            "Seminar or workshop in the last year (IP ASN)",
            example="ya",
        ),
        Column(
            "sanction",
            "category",
            "Hukuman disiplin terberat yang tercatat (IP ASN)",
            "Most severe disciplinary sanction on record (IP ASN)",
            allowed=SANCTIONS,
            example="tidak pernah",
        ),
    ),
    optional=False,
)

KOMPETENSI = Table(
    "kompetensi",
    "satu kompetensi seorang pegawai pada satu penilaian",
    "one competency of a person at one assessment",
    ("person_id", "competency", "assessed_on"),
    (
        PERSON,
        Column(
            "competency",
            "category",
            "Kompetensi (PermenPANRB 38/2017)",
            "Competency",
            required=True,
            allowed=COMPETENCIES,
            example="pelayanan_publik",
        ),
        Column("level", "integer", "Tingkat yang dicapai", "Assessed level", unit="1–5", required=True, minimum=1, maximum=5, example="3"),
        Column("assessed_on", "date", "Tanggal penilaian", "Date of the assessment", required=True, example="2022-05-10"),
    ),
)

ASPIRASI = Table(
    "aspirasi",
    "satu keinginan pindah seorang pegawai, menurut urutan",
    "one wish of a person, in order",
    ("person_id", "rank"),
    (
        PERSON,
        Column("rank", "integer", "Urutan keinginan", "Rank of the wish", required=True, minimum=1, maximum=20, example="1"),
        Column("wished_unit_id", "text", "Unit yang diinginkan", "Wished unit", references="unit_kerja.unit_id", example="PKM-05"),
        Column("wished_jabatan_id", "text", "Jabatan yang diinginkan", "Wished post", references="jabatan.jabatan_id", example="perawat"),
    ),
)

RELASI = Table(
    "relasi",
    "satu hubungan keluarga antara dua pegawai",
    "one family tie between two persons",
    ("person_id", "related_person_id"),
    (
        PERSON,
        Column(
            "related_person_id",
            "text",
            "Pegawai yang berhubungan",
            "The related person",
            required=True,
            personal=True,
            references="pegawai.person_id",
            example="198805052012032002",
        ),
        Column("relation", "category", "Hubungan", "Relation", required=True, allowed=("pasangan", "kerabat"), example="pasangan"),
    ),
)
