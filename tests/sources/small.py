"""A small region by hand: eight persons, three units, every table. Every value is written here and nowhere computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd

from mutasi_analysis.entities import TABLES
from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.schema import conform

PERSONS = (
    "198609262015051001", "199001012015032001", "197805172003121002", "198812242014012003",
    "199009132025242014", "196903041994031005", "198205052006042006", "199311302019031007",
)  # fmt: skip

PROFILE = RegionProfile(
    slug="alak", code="53.71.01", name="Kecamatan Alak", level="kecamatan", parent="Kota Kupang", timezone="Asia/Makassar",
    question="programme", question_id="", question_en="", first_year=2020, last_year=2025, as_of=date(2025, 12, 31),
    programme_first=date(2022, 1, 1), programme_last=date(2024, 12, 31), schemes=(), primary=(), secondary=(),
    anticipation_years=1, minimum_cell=5,
)  # fmt: skip


def profile(slug: str = "alak", code: str = "53.71.01") -> RegionProfile:
    return replace(PROFILE, slug=slug, code=code)


Frames = dict[str, dict[str, list[object]]]


def _frames(code: str) -> Frames:
    return {**_posts(code), **_people(), **_demand(), **_moves(), **_outcomes()}


def _posts(code: str) -> Frames:
    na = pd.NA
    return {
        "unit_kerja": {
            "unit_id": ["PKM-01", "SD-07", "DINKES", "LUAR"],
            "unit_name": ["Puskesmas Alak", "SD Negeri 7 Namosain", "Dinas Kesehatan", "Luar wilayah"],
            "unit_kind": ["puskesmas", "sekolah", "dinas", "luar"],
            "sector": ["kesehatan", "pendidikan", "kesehatan", "umum"],
            "kecamatan_code": [f"{code[:5]}.01", f"{code[:5]}.02", f"{code[:5]}.01", na],
        },
        "jabatan": {
            "jabatan_id": ["perawat", "guru_kelas", "analis"],
            "jabatan_name": ["Perawat Ahli Pertama", "Guru Kelas Ahli Muda", "Analis SDM Aparatur"],
            "job_class": ["fungsional", "fungsional", "pelaksana"],
            "job_level": ["ahli_pertama", "ahli_muda", na],
            "job_family": ["kesehatan", "guru_kelas", "umum"],
            "required_education": ["Keperawatan", "Pendidikan Guru Sekolah Dasar;Pendidikan", na],
        },
    }  # fmt: skip


def _people() -> Frames:
    p = PERSONS
    na = pd.NA
    return {
        "pegawai": {
            "person_id": list(p),
            "sex": ["L", "P", "L", "P", "P", "L", "P", "L"],
            "birth_year": [1986, 1990, 1978, 1988, 1990, 1969, 1982, 1993],
            "asn_kind": ["PNS", "PNS", "PNS", "PNS", "PPPK", "PNS", "PNS", "PNS"],
            "golongan": ["III/c", "III/b", "IV/a", "III/d", "IX", "IV/b", na, "II/d"],
            "education": ["S-1 Keperawatan", "S-1 PGSD", "S-2 Kesehatan Masyarakat", na, "D-III Keperawatan", "S-1", "S-1, PGSD", "D-IV"],
            "unit_id": ["PKM-01", "SD-07", "DINKES", "PKM-01", "PKM-01", "DINKES", "SD-07", "DINKES"],
            "jabatan_id": ["perawat", "guru_kelas", "analis", "perawat", "perawat", "analis", "guru_kelas", "analis"],
            "tmt_jabatan": ["2022-07-01", "2019-03-01", na, "2016-02-01", "2025-01-01", "2010-11-27", "2023-01-01", "2020-08-01"],
            "tmt_cpns": ["2015-05-01", "2015-03-01", "2003-12-01", "2014-01-01", "2025-01-01", "1994-03-01", "2006-04-01", "2019-03-01"],
            "exit_date": [na, na, na, na, na, "2025-04-01", na, na],
            "talent_box": [5, 8, na, 9, na, na, 2, na],
            "main_training": [True, False, True, na, na, na, True, na],
            "technical_hours": [20.0, 0.0, 32.5, na, na, na, 8.0, na],
            "seminar": [True, True, False, na, na, na, False, na],
            "sanction": ["tidak pernah", "ringan", na, na, na, na, "berat", na],
        },
    }  # fmt: skip


def _demand() -> Frames:
    na = pd.NA
    return {
        "standar_kompetensi": {
            "jabatan_id": ["perawat", "perawat", "analis"],
            "competency": ["pelayanan_publik", "kerja_sama", "integritas"],
            "required_level": [2, 3, 2],
        },
        "beban_kerja": {
            "unit_id": ["PKM-01", "PKM-01", "DINKES", "PKM-01"],
            "jabatan_id": ["perawat", "perawat", "analis", "perawat"],
            "year": [2024, 2024, 2024, 2023],
            "task": ["Melayani pasien", "Mencatat, melapor", "Menyusun laporan", "Melayani pasien"],
            "output_unit": ["pasien", "laporan", na, "pasien"],
            "volume": [40.0, 1250.5, 12.0, 38.125],
            "basis": ["day", "year", "month", "day"],
            "norm_time": [15.0, 2.5, 10.0, 15.0],
            "norm_unit": ["menit", "jam", "jam", "menit"],
            "is_support": [False, True, False, False],
        },
        "sekolah": {
            "unit_id": ["SD-07", "SD-07"], "year": [2023, 2024], "school_level": ["SD", "SD"], "classes": [6, 7],
            "pupils": [1160, 165], "teachers": [8, na], "lesson_hours_w": [48.0, 50.5],
        },
    }  # fmt: skip


def _moves() -> Frames:
    p = PERSONS
    na = pd.NA
    return {
        "kompetensi": {
            "person_id": [p[0], p[0], p[2]], "competency": ["integritas", "kerja_sama", "teknis"], "level": [3, 2, 4],
            "assessed_on": ["2022-05-10", "2022-05-10", "2023-04-03"],
        },
        "mutasi": {
            "person_id": [p[0], p[6], p[2]], "from_unit_id": ["DINKES", "LUAR", "PKM-01"], "to_unit_id": ["PKM-01", "SD-07", "DINKES"],
            "from_jabatan_id": ["perawat", na, "analis"], "to_jabatan_id": ["perawat", "guru_kelas", "analis"],
            "from_tmt": ["2018-02-01", "2015-05-04", na],
            "tmt": ["2022-07-01", "2023-01-01", "2024-03-01"], "move_kind": ["rotasi", "permintaan_sendiri", "promosi"],
            "reason": ["Penyesuaian beban kerja", na, "Seleksi, terbuka"],
            "need_analysed_on": ["2022-02-10", na, "2023-11-01"], "proposed_on": ["2022-03-14", "2022-10-03", "2023-12-04"],
            "assessed_on": ["2022-04-20", "2022-11-01", "2024-01-10"], "decided_on": ["2022-06-10", "2022-12-12", "2024-02-20"],
            "reported_on": ["2022-07-04", na, "2024-03-04"], "documents_complete": [10, 8, na],
            "socialised": [True, False, na], "training_hours": [20.0, 0.0, 12.5],
        },
    }  # fmt: skip


def _outcomes() -> Frames:
    p = PERSONS
    na = pd.NA
    return {
        "kinerja": {
            "person_id": [p[0], p[0], p[0], p[0], p[2], p[2]], "year": [2020, 2021, 2021, 2023, 2023, 2024], "half": [0, 1, 2, 0, 0, 0],
            "regime": ["pp-46-2011", "pp-46-2011", "pp-30-2019", "permenpanrb-6-2022", "permenpanrb-6-2022", "permenpanrb-6-2022"],
            "predicate": ["Baik", "Sangat Baik", "Baik", "Baik", na, "Butuh Perbaikan"],
            "score": [87.25, 91.0, 99.125, na, na, na], "output_percent": [98.5, 100.0, 101.75, 97.625, na, 88.0],
        },
        "layanan": {
            "unit_id": ["PKM-01", "PKM-01", "SD-07", "PKM-01"], "month": ["2023-03-01", "2023-04-01", "2023-03-01", "2023-03-01"],
            "indicator": ["ikm", "ikm", "kehadiran", "hari_pengaduan"], "value": [81.25, 82.125, 96.0, 4.5], "n": [120, 1015, na, 3],
        },
        "survei": {
            "person_id": [p[0], p[0], p[2]], "wave": [0, 1, 1], "item": ["siap_tugas_baru", "siap_tugas_baru", "beban_wajar"],
            "answer": [2, 3, 4],
        },
        "aspirasi": {
            "person_id": [p[1], p[1]], "rank": [1, 2], "wished_unit_id": ["PKM-01", na], "wished_jabatan_id": [na, "analis"],
        },
        "relasi": {"person_id": [p[0]], "related_person_id": [p[1]], "relation": ["pasangan"]},
    }  # fmt: skip


def region(code: str = "53.71.01") -> SimpleNamespace:
    """Tables conformed to entities, NIP → name with titles and commas."""
    tables = {}
    for name, columns in _frames(code).items():
        done = conform(pd.DataFrame(columns), TABLES[name])
        assert done.faults == (), done.faults
        tables[name] = done.frame
    names = {person: f"Drs. Contoh Pegawai {n}, M.Si." for n, person in enumerate(PERSONS, start=1)}
    return SimpleNamespace(tables=tables, names=names, truth={})
