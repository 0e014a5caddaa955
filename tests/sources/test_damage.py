"""Damage that random changes of bytes and cells brought to light: always faults with a place, never a crash, a leak or a lost row."""

from __future__ import annotations

import random

import pytest

from mutasi_analysis.errors import MutasiError
from mutasi_analysis.sources import check
from tests.sources.broken import Folder
from tests.sources.small import PERSONS, profile


def test_a_whole_number_too_large_to_be_exact(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("pegawai.csv", "L,1986", f"L,{'9' * 30}")
    assert all("kolom birth_year" in text for text in folder.faults())


def test_a_record_that_looks_like_a_header_stays_a_record(tmp_path):
    """The value 'integritas' is also the header of a wide assessment sheet."""
    folder = Folder(tmp_path)
    folder.edit("kompetensi.csv", ",competency,", ",kmp,")
    sentences = folder.faults()
    assert "raw/alak/kompetensi.csv, kolom competency (Kompetensi): kolom wajib ini tidak ada" in sentences
    assert not any(person in text for text in sentences for person in PERSONS)


def test_a_unit_of_another_region_without_a_kind(tmp_path):
    folder = Folder(tmp_path)
    folder.edit("unit_kerja.csv", "puskesmas,kesehatan,53.71.01", "warung,kesehatan,11.01.01")
    assert len(folder.faults()) == 2


@pytest.mark.parametrize("seed", range(12))
def test_random_bytes_give_faults_and_no_nip(seed, tmp_path):
    folder, draw = Folder(tmp_path), random.Random(seed)
    path = folder.path(draw.choice(["pegawai.csv", "mutasi.csv", "kompetensi.csv", "kinerja.csv"]))
    content = bytearray(path.read_bytes())
    for _ in range(10):
        content[draw.randrange(len(content))] = draw.randrange(256)
    path.write_bytes(bytes(content))
    try:
        sentences = [fault.sentence() for fault in check(profile(), tmp_path)]
    except MutasiError as error:
        sentences = [str(error)]
    assert sentences
    assert not any(person in text for text in sentences for person in PERSONS)
