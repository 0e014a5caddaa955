"""Kinds of file: the tables of `entities`, and two real forms that stand for themselves: an ABK sheet and a Dapodik school list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from mutasi_analysis.entities import DECLARED, TABLES
from mutasi_analysis.entities.people import PNS_GRADES, PPPK_GRADES
from mutasi_analysis.schema import Column, Table

_TASKS = TABLES["beban_kerja"]


def _loose(column: Column) -> Column:
    return replace(column, required=False, references="")


#: sheets of tasks (Form A of Permendagri 12/2008, PermenPANRB 1/2020) that do not say all of unit, post and year
ABK = Table(
    "abk", "satu uraian tugas pada lembar ABK satu jabatan", "one task on the ABK sheet of one post", ("jabatan_id", "task"),
    (
        *(_loose(_TASKS.column(name)) for name in ("unit_id", "jabatan_id", "year")),
        *(_TASKS.column(name) for name in ("task", "output_unit", "volume", "basis", "norm_time", "norm_unit", "is_support")),
        Column("effective_minutes_y", "number", "Waktu kerja efektif setahun", "Effective working time a year", unit="menit",
               minimum=1, example="75000"),
        Column("need_stated", "number", "Pegawai yang dibutuhkan menurut lembar", "Staff needed according to the sheet", unit="orang",
               minimum=0),
    ),
)  # fmt: skip


#: Form B of Permendagri 12/2008: how many hold a post, by golongan
FORM_B = Table(
    "form_b", "jumlah pemangku satu jabatan menurut golongan", "how many hold a post, by grade", ("unit_id", "jabatan_id", "golongan"),
    (
        _loose(_TASKS.column("unit_id")),
        replace(_TASKS.column("jabatan_id"), references=""),
        Column("golongan", "category", "Golongan/ruang", "Grade", allowed=PNS_GRADES + PPPK_GRADES),
        Column("incumbents", "integer", "Jumlah pemangku", "Incumbents", unit="orang", required=True, minimum=0),
    ),
)  # fmt: skip

#: Form C of Permendagri 12/2008: the workload of every post of a unit
FORM_C = Table(
    "form_c", "jumlah beban kerja satu jabatan", "workload of one post", ("unit_id", "jabatan_id"),
    (
        _loose(_TASKS.column("unit_id")),
        replace(_TASKS.column("jabatan_id"), references=""),
        Column("load_minutes_y", "number", "Beban kerja jabatan setahun", "Workload of the post in a year", unit="menit", minimum=0),
        Column("load_hours_y", "number", "Beban kerja jabatan setahun", "Workload of the post in a year", unit="jam", minimum=0),
    ),
)  # fmt: skip


def _count(name: str, indonesian: str, english: str) -> Column:
    return Column(name, "integer", indonesian, english, unit="orang", minimum=0)


DAPODIK = Table(
    "dapodik", "satu sekolah pada daftar Dapodik", "one school of a Dapodik list", ("npsn",),
    (
        Column("npsn", "text", "Nomor Pokok Sekolah Nasional", "National school number", required=True, pattern=r"[0-9A-Z]{8}"),
        Column("school_name", "text", "Nama sekolah", "Name of the school", required=True),
        Column("kecamatan", "text", "Kecamatan", "Kecamatan"),
        Column("status", "category", "Status sekolah", "State or private", allowed=("Negeri", "Swasta")),
        Column("school_level", "category", "Bentuk pendidikan", "Kind of school", required=True),
        Column("classes", "integer", "Rombongan belajar", "Classes (rombel)", unit="rombel", minimum=0),
        _count("pupils", "Peserta didik", "Pupils"),
        _count("teachers", "Guru", "Teachers"),
        _count("teachers_male", "Guru laki-laki", "Male teachers"),
        _count("teachers_female", "Guru perempuan", "Female teachers"),
        Column("classrooms", "integer", "Ruang kelas", "Classrooms", unit="ruang", minimum=0),
        Column("accreditation", "text", "Akreditasi", "Accreditation"),
        Column("founded_on", "date", "Tanggal SK pendirian (1910-01-01 = tidak diketahui)", "Date of founding (1910-01-01 = unknown)"),
        Column("licensed_on", "date", "Tanggal SK izin operasional (1910-01-01 = tidak diketahui)", "Date of the licence"),
        Column("latitude", "number", "Lintang", "Latitude", unit="derajat", minimum=-11.5, maximum=6.5),
        Column("longitude", "number", "Bujur", "Longitude", unit="derajat", minimum=94, maximum=142),
    ),
)  # fmt: skip

KINDS: Mapping[str, Table] = MappingProxyType({**DECLARED, **{table.name: table for table in (ABK, FORM_B, FORM_C, DAPODIK)}})

#: what a person writes in a sheet or file name → kind; used only to break ties
NAME_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "PEGAWAI": "pegawai", "DATA UTAMA": "pegawai", "DUK": "pegawai", "UNIT": "unit_kerja", "UNOR": "unit_kerja",
        "SATKER": "unit_kerja", "JABATAN": "jabatan", "STANDAR": "standar_kompetensi", "BEBAN": "beban_kerja", "ABK": "beban_kerja",
        "SEKOLAH": "sekolah",
        "KOMPETENSI": "kompetensi", "ASESMEN": "kompetensi", "MUTASI": "mutasi", "KINERJA": "kinerja", "SKP": "kinerja",
        "LAYANAN": "layanan", "IKM": "layanan", "SKM": "layanan", "SURVEI": "survei", "ASPIRASI": "aspirasi", "RELASI": "relasi",
        "KELUARGA": "relasi", "DAPODIK": "dapodik", "PENGADUAN": "pengaduan", "ADUAN": "pengaduan", "LAPOR": "pengaduan",
    }
)  # fmt: skip
