"""A tiny region with numbers small enough to check by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from mutasi_analysis.entities import TABLES, RegionData
from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.schema import conform

SCHEMES = (
    ("effective_time", "permenpanrb-1-2020"),
    ("health_effective_time", "permenkes-33-2015"),
    ("annualisation", "permenpanrb-1-2020"),
    ("effectiveness_bands", "permendagri-12-2008"),
    ("jpm_rule", "capped"),
    ("jpm_bands", "generic-80-68"),
    ("satisfaction", "permenpanrb-14-2017"),
    ("teacher_hours", "pp-74-2008"),
    ("assessment_validity", "praktik-3-tahun"),
    ("tenure", "pp-11-2017"),
    ("election_blackout", "pilkada-2020-2024"),
    ("transfer_documents", "bkn-5-2019"),
)


def profile(**changes: object) -> RegionProfile:
    values: dict[str, object] = {
        "slug": "contoh", "code": "15.08", "name": "Contoh", "level": "kabupaten", "parent": "", "timezone": "Asia/Jakarta",
        "question": "balance", "question_id": "Apakah beban seimbang?", "question_en": "Is work balanced?",
        "first_year": 2020, "last_year": 2025, "as_of": date(2025, 12, 31),
        "programme_first": date(2022, 1, 1), "programme_last": date(2024, 12, 31),
        "schemes": SCHEMES, "primary": ("output_percent",), "secondary": (), "anticipation_years": 2, "minimum_cell": 5,
    }  # fmt: skip
    return RegionProfile(**{**values, **changes})  # type: ignore[arg-type]


def table(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Rows as the conformed table `name`; a fault is a mistake of the test."""
    result = conform(pd.DataFrame(rows), TABLES[name])
    assert not result.faults, result.faults
    return result.frame


def person(key: str, unit: str, post: str = "adm", **more: object) -> dict[str, object]:
    return {"person_id": key, "asn_kind": "PNS", "unit_id": unit, "jabatan_id": post, "tmt_cpns": "2010-01-01", **more}


def move(key: str, origin: str, destination: str, tmt: str, **more: object) -> dict[str, object]:
    given = {"person_id": key, "from_unit_id": origin, "to_unit_id": destination, "tmt": tmt, "move_kind": "rotasi"}
    return {**given, "from_jabatan_id": "adm", "to_jabatan_id": "adm", **more}


def task(unit: str, fte: float, post: str = "adm", **more: object) -> dict[str, object]:
    """A task that needs `fte` persons at 75,000 minutes a year."""
    given = {"unit_id": unit, "jabatan_id": post, "year": 2025, "task": "tugas", "volume": fte * 75_000 / 60, "basis": "year"}
    return {**given, "norm_time": 60, "norm_unit": "menit", **more}


UNITS = [
    {"unit_id": "A", "unit_name": "Dinas A", "unit_kind": "dinas", "sector": "umum", "kecamatan_code": "15.08.03"},
    {"unit_id": "B", "unit_name": "Dinas B", "unit_kind": "dinas", "sector": "sosial", "kecamatan_code": "15.08.03"},
    {"unit_id": "S", "unit_name": "SD Contoh", "unit_kind": "sekolah", "sector": "pendidikan", "kecamatan_code": "15.08.03"},
    {"unit_id": "P", "unit_name": "Puskesmas Contoh", "unit_kind": "puskesmas", "sector": "kesehatan", "kecamatan_code": "15.08.03"},
    {"unit_id": "X", "unit_name": "Di luar", "unit_kind": "luar", "sector": "umum"},
]
POSTS = [
    {"jabatan_id": "adm", "jabatan_name": "Pengadministrasi", "job_class": "pelaksana", "job_family": "umum"},
    {"jabatan_id": "kabid", "jabatan_name": "Kepala Bidang", "job_class": "struktural", "job_family": "umum"},
    {"jabatan_id": "guru", "jabatan_name": "Guru Kelas", "job_class": "fungsional", "job_family": "guru_kelas"},
    {"jabatan_id": "bidan", "jabatan_name": "Bidan", "job_class": "fungsional", "job_family": "kesehatan"},
]


def region(**tables: list[dict[str, object]]) -> RegionData:
    given = {"unit_kerja": UNITS, "jabatan": POSTS, **tables}
    return RegionData("15.08", {name: table(name, rows) for name, rows in given.items()}, synthetic=True)
