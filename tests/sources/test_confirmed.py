"""Bad competency cells are named and counted, never a zero; confirmed education codes are read, and what is wrong in them is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mutasi_analysis.evaluation.competency import evaluate_competency
from mutasi_analysis.evaluation.qualification import schooling
from mutasi_analysis.sources import load_region
from mutasi_analysis.sources.confirmed import CONFIRMED_FILE
from tests.evaluation.tiny import SCHEMES
from tests.sources.broken import Folder
from tests.sources.small import profile


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.mark.parametrize("level", ["6", "0"])
def test_a_level_outside_one_to_five_is_a_fault_with_its_place(folder, level):
    folder.edit("kompetensi.csv", ",integritas,3,", f",integritas,{level},")
    place = "raw/alak/kompetensi.csv, baris 3, kolom level"
    assert folder.faults() == [f'{place}: "{level}" di luar batas; yang diterima: 1 … 5 1–5']


def test_a_standard_of_level_six_is_a_fault_too(folder):
    folder.edit("standar_kompetensi.csv", "pelayanan_publik,2", "pelayanan_publik,6")
    assert ['"6" di luar batas' in sentence for sentence in folder.faults()] == [True]


def test_a_known_misspelling_is_read_and_an_unknown_one_names_what_is_allowed(folder):
    folder.edit("kompetensi.csv", ",kerja_sama,2,", ",Orintasi pada hasil,2,")
    levels = load_region(profile(), folder.root).table("kompetensi")
    assert levels.loc[levels["level"] == 2, "competency"].tolist() == ["orientasi_pada_hasil"]
    folder.edit("kompetensi.csv", ",Orintasi pada hasil,2,", ",Orientasi pada apa,2,")
    (sentence,) = folder.faults()
    assert '"Orientasi pada apa" nilai tidak dikenal' in sentence and "orientasi_pada_hasil" in sentence


def test_a_post_without_standard_and_levels_not_assessed_are_counted_and_never_a_zero(folder):
    """Three moves: one without origin post; a nurse of whom one of two competencies was assessed; an analyst whose post has no standard."""
    folder.edit("standar_kompetensi.csv", "analis,integritas", "guru_kelas,integritas")
    who = replace(profile(), schemes=SCHEMES)
    section = evaluate_competency(load_region(who, folder.root), who)
    assert section.coverage.set_index("reason")["n"].to_dict() == {"no_post": 1, "no_standard": 1, "incomplete_assessment": 1}
    assert section.moves.empty and section.summary["n"].tolist() == [0]


@pytest.mark.parametrize("typed", ["-", "", "nihil"])
def test_education_left_blank_is_counted_as_blank(folder, typed):
    folder.edit("pegawai.csv", "S-1 Keperawatan", typed)
    how = schooling(load_region(profile(), folder.root)).people["how"].value_counts()
    assert how["blank"] == 2  # one person of the small region has none already


def confirmed(folder: Folder, *rows: str, header: str = "text,n,field,similar_to,similarity,regulated,confirmed") -> None:
    folder.path(CONFIRMED_FILE).write_text("\n".join([header, *rows]) + "\n", "utf-8-sig")


def test_only_what_a_person_confirmed_is_read_and_the_file_is_a_source_but_no_data(folder):
    confirmed(folder, "D-IV,,0413,S-1 Administrasi,0.4,False,ya", "S-1,,0111,S-1 Pendidikan,0.4,False,", "Lain,,413,x,0.4,False,YA")
    data = load_region(profile(), folder.root)
    assert data.confirmed_education.to_numpy().tolist() == [["D-IV", "0413", "ya"], ["Lain", "0413", "ya"]]
    assert f"raw/alak/{CONFIRMED_FILE}" in [source.path for source in data.sources]
    assert any("2 teks pendidikan dikodekan" in note for note in data.notes)


def test_a_semicolon_file_with_indonesian_headers_is_read(folder):
    confirmed(folder, "D-IV;0413;ya", header="Teks;Kode;Dikonfirmasi")
    assert load_region(profile(), folder.root).confirmed_education["field"].tolist() == ["0413"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["D-IV,,1234,x,0.4,False,ya"], 'baris 2, kolom field: "1234" nilai tidak dikenal; yang diterima: kode rinci ISCED-F 2013'),
        (
            ["D-IV,,0413,x,0.4,False,ya", "d-iv,,0411,x,0.4,False,ya"],
            'baris 3, kolom text: "d-iv" baris ganda: kunci ini sudah ada; baris 2',
        ),
    ],
)
def test_what_is_wrong_in_the_confirmed_file_is_said_with_its_row(folder, rows, said):
    confirmed(folder, *rows)
    (sentence,) = folder.faults()
    assert sentence.startswith(f"raw/alak/{CONFIRMED_FILE}, ") and said in sentence


def test_a_confirmed_file_without_its_columns_names_them(folder):
    confirmed(folder, "D-IV,0413", header="text,field")
    assert folder.faults()[0].startswith(f"raw/alak/{CONFIRMED_FILE}, kolom confirmed:")
