"""Words of cells: golongan (domain 7.6), predicates, yes and no, missing tokens, codes kept as text."""

from __future__ import annotations

import pytest

from mutasi_analysis.entities import TABLES
from mutasi_analysis.sources.cells import CellError, coded, convert, is_missing
from mutasi_analysis.sources.words import column_parser, parse_golongan, parse_text


def parse(table, column, cell):
    parser = column_parser(TABLES[table].column(column), [cell], comma_separated=False, pseudonymise=lambda digits: "P-" + digits[:4])
    return parser(cell)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("III/b", "III/b"),
        ("III.b", "III/b"),
        ("IIIb", "III/b"),
        ("III-B", "III/b"),
        ("III b", "III/b"),
        ("3B", "III/b"),
        ("3/b", "III/b"),
        ("Gol. III/b", "III/b"),
        ("Pengatur Muda Tk.I, II b", "II/b"),
        ("PENATA / III/c / 01-10-2013", "III/c"),
        ("Penata Muda/IIIa", "III/a"),
        ("IV/e", "IV/e"),
        ("I/a", "I/a"),
        ("Pembina Utama Muda (IV/c)", "IV/c"),
        ("IX", "IX"),
        ("XVII", "XVII"),
        ("Golongan X", "X"),
        ("V", "V"),
        ("XIV", "XIV"),
    ],
)
def test_golongan(text, grade):
    assert parse_golongan(text) == grade


@pytest.mark.parametrize("text", ["III/e", "V/a", "5A", "XVIII", "IIII", "Penata", "31", "III/bb"])
def test_no_golongan(text):
    with pytest.raises(CellError) as caught:
        parse_golongan(text)
    assert caught.value.rule == "not_allowed"


@pytest.mark.parametrize(
    ("table", "column", "cell", "value"),
    [
        ("kinerja", "predicate", "SANGAT  BAIK", "Sangat Baik"),
        ("kinerja", "predicate", "butuh\u00a0perbaikan", "Butuh Perbaikan"),
        ("kinerja", "regime", "PermenPANRB 6/2022", "permenpanrb-6-2022"),
        ("kinerja", "half", "Semester II", 2.0),
        ("kinerja", "half", "Tahunan", 0.0),
        ("pegawai", "sex", "Laki-laki", "L"),
        ("pegawai", "sex", "perempuan", "P"),
        ("pegawai", "asn_kind", "P3K", "PPPK"),
        ("mutasi", "move_kind", "Atas Permintaan Sendiri", "permintaan_sendiri"),
        ("mutasi", "socialised", "Sudah", True),
        ("mutasi", "socialised", "TIDAK", False),
        ("beban_kerja", "basis", "per hari", "day"),
        ("beban_kerja", "norm_unit", "Mnt", "menit"),
        ("unit_kerja", "sector", "Pekerjaan Umum", "pekerjaan_umum"),
        ("kompetensi", "competency", "Orintasi Pada Hasil", "orientasi_pada_hasil"),
        ("pegawai", "unit_id", 101.0, "101"),
        ("pegawai", "unit_id", "'0001", "0001"),
    ],
)
def test_words(table, column, cell, value):
    assert parse(table, column, cell) == value


@pytest.mark.parametrize(
    ("table", "column", "cell", "rule"),
    [
        ("kinerja", "predicate", "Di atas ekspektasi", "not_allowed"),
        ("beban_kerja", "basis", "per abad", "not_allowed"),
        ("mutasi", "socialised", "mungkin", "not_a_boolean"),
        ("kinerja", "half", "III", "not_a_number"),
    ],
)
def test_unknown_words_are_faults(table, column, cell, rule):
    with pytest.raises(CellError) as caught:
        parse(table, column, cell)
    assert caught.value.rule == rule


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "—", ":", "nihil", "NIHIL", "#N/A", "n/a", "null", None, float("nan"), "\u00a0"])
def test_missing_tokens(cell):
    assert is_missing(cell)
    parsed, errors = convert(coded([cell]), parse_text)
    assert (list(parsed), errors) == ([None], {})


@pytest.mark.parametrize("cell", ["0", 0, 0.0, "Nihilo", "tidak", False])
def test_these_are_not_missing(cell):
    assert not is_missing(cell)
