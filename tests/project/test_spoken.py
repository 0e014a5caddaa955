"""Errors in the language of a run: every sentence that readers of files raise has its English one, and equal faults are one line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import mutasi_analysis.sources
from mutasi_analysis.entities import TABLES
from mutasi_analysis.errors import HIDDEN, DataError, Fault, fault_lines
from mutasi_analysis.publish.tasks import death_sentence
from mutasi_analysis.sources import days, nip, references
from mutasi_analysis.sources.figures import NUMBER_FORMS
from mutasi_analysis.sources.kinds import KINDS
from mutasi_analysis.spoken import LANGUAGE, SENTENCES, in_language

#: words that Indonesian sentences about faults are made of
INDONESIAN = re.compile(r"\b(yang|tidak|dengan|atau|bukan|baris|berkas|kolom|lihat|harus|tahun|angka|kode|mungkin|lembar|seperti)\b")
SOURCES = Path(mutasi_analysis.sources.__file__).parent


def _sample(node: ast.expr) -> str | None:
    """A written text with 7 for everything that is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(piece.value) if isinstance(piece, ast.Constant) else "7" for piece in node.values)
    return None


def written() -> set[str]:
    """Texts written in a call that makes a fault, or given to a variable that such a call takes."""
    found = set()
    for path in SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in {"Fault", "fault", "_file_fault", "CellError", "UnreadableFileError", "MissingDataError"}:
                    found |= {text for arg in node.args if (text := _sample(arg))}
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {"allowed", "start", "_CODES"}:
                found |= set(_whole(node.value))
    return {text for text in found if INDONESIAN.search(text)} - {"ya, tidak"}


def _whole(node: ast.expr) -> list[str]:
    """The texts of an expression, each with its pieces."""
    if (text := _sample(node)) is not None:
        return [text]
    return [text for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr) for text in _whole(part)]


def test_texts_are_found_where_faults_are_made() -> None:
    assert {"berkas kosong", "hanya ada judul kolom, tidak ada baris data"} & written()
    assert len(written()) > 10


@pytest.mark.parametrize("text", sorted(written()))
def test_what_readers_of_files_say_has_english(text: str) -> None:
    filled = {"7; untuk PNS": nip.NIP_FORM, "sama dengan 7": "baris 7"}  # what is filled in is a sentence itself
    text = next((text.replace("7", piece, 1) for start, piece in filled.items() if start in text), text)
    assert not INDONESIAN.search(in_language(text, "en")), text


@pytest.mark.parametrize("parent", ["15.09", None])
@pytest.mark.parametrize("value", ["1508010", "6472010"])
def test_hints_about_codes_have_english(value: str, parent: str | None) -> None:
    hints = [references._bps_hint(value, parent), references._other_region("15.08.01", parent or "64.72")]
    for hint in (*hints, references._other_region("52.71.01", "64.72")):
        english = in_language(hint, "en")
        assert re.match("a Kemendagri code (that begins with|like) ", english) and not INDONESIAN.search(english)


@pytest.mark.parametrize("text", [nip.NIP_FORM, days.DATE_FORMS, days.MONTH_FORMS, NUMBER_FORMS])
def test_forms_have_english(text: str) -> None:
    assert in_language(text, "en") != text and in_language(text, "id") == text


def test_units_and_required_tables_have_the_english_of_their_declaration() -> None:
    for table in TABLES.values():
        if not table.optional:
            assert in_language(table.row_id, "en") == table.row_en
    for column in (column for table in KINDS.values() for column in table.columns if column.unit):
        if column.minimum is not None or column.maximum is not None:
            accepted = column.accepted()
            english = in_language(accepted, "en")
            assert english.split(" … ")[0] == accepted.split(" … ")[0]
            assert column.unit in ("1–9", "1–5") or column.unit not in english


@pytest.mark.parametrize("code", [None, 0, 3, -6, -9, -11, -99])
def test_ends_of_processes_have_english(code: int | None) -> None:
    english = in_language(death_sentence(code), "en")
    assert english.startswith("the process ") and not INDONESIAN.search(english)


def test_fields_are_taken_over_and_unknown_sentences_stay() -> None:
    assert in_language("sama dengan baris 7 lembar A {x}", "en") == "the same as row 7 of sheet A {x}"
    assert in_language("harus pada atau sesudah proposed_on (01-02-2024)", "en") == "must be on or after proposed_on (01-02-2024)"
    assert in_language("kalimat lain", "en") == "kalimat lain"


def test_both_sides_have_the_same_fields() -> None:
    for own, english in SENTENCES:
        assert set(re.findall(r"\{\w+\}", own)) == set(re.findall(r"\{\w+\}", english)), own


def _faults(rows: range, column: str = "golongan", value: str | None = "9z", allowed: str = "ya, tidak") -> list[Fault]:
    return [Fault("a.csv", None, row, column, value, "not_allowed", allowed) for row in rows]


def test_equal_faults_are_one_line_with_count_and_first_rows() -> None:
    lines = fault_lines([*_faults(range(2, 10)), *_faults(range(4, 5), "unit")], "id")
    assert lines == [
        'a.csv, kolom golongan: 8 sel, baris 2, 3, 4, 5, 6, …: "9z" nilai tidak dikenal; yang diterima: ya, tidak',
        'a.csv, baris 4, kolom unit: "9z" nilai tidak dikenal; yang diterima: ya, tidak',
    ]


def test_faults_that_expect_different_things_give_an_example() -> None:
    pair = [*_faults(range(2, 3), value="x", allowed="A"), *_faults(range(3, 4), value="y", allowed="B")]
    assert fault_lines(pair, "en") == ['a.csv, column golongan: 2 cells, rows 2, 3: for example row 2: "x" unknown value; accepted: A']


def test_sheets_and_whole_files_are_not_joined() -> None:
    absent = [Fault("raw/x", None, None, None, name, "missing_table", "satu unit kerja") for name in ("unit_kerja", "mutasi")]
    sheets = [Fault("a.xlsx", sheet, 2, "c", None, "missing_value") for sheet in ("A", "B")]
    assert len(fault_lines([*absent, *sheets], "id")) == 4


def test_the_run_names_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    error = DataError((Fault("a.csv", "S", 2, "nip", HIDDEN, "nip_invalid", nip.NIP_FORM),))
    assert str(error).startswith('a.csv, lembar S, baris 2, kolom nip: "(disembunyikan)" NIP tidak sah')
    monkeypatch.setenv(LANGUAGE, "en")
    assert str(error).startswith('a.csv, sheet S, row 2, column nip: "(hidden)" invalid NIP; accepted: 18 digits as text')
    monkeypatch.setenv(LANGUAGE, "xx")
    assert "baris 2" in str(error)


def test_an_absent_column_is_named_without_its_indonesian_meaning() -> None:
    fault = Fault("a.csv", None, None, "golongan (Golongan/ruang)", None, "missing_column")
    assert fault.sentence("en") == "a.csv, column golongan: this required column is absent"
    assert "golongan (Golongan/ruang)" in fault.sentence("id")
