"""A complaint register on its whole way: file → working days by month → verdict, table and notes of the report, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from mutasi_analysis import evaluate, load_region, pages
from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.evaluation.service import yearly_values
from mutasi_analysis.publish.results import masked_frame
from mutasi_analysis.tabulate import complaints_table
from mutasi_analysis.wording import Words
from tests.evaluation.tiny import SCHEMES
from tests.sources.broken import Folder
from tests.sources.small import profile

PERSON = "Fulan bin Contoh"
#: Mondays of 2022 whose week has no free day, and the Monday after: 5 working days; the week of 15 August 2022 has the 17th: 4
CALM = [("2022-09-05", "2022-09-12"), ("2022-09-12", "2022-09-19"), ("2022-09-19", "2022-09-26"), ("2022-09-26", "2022-10-03")]
AUGUST = [("2022-08-15", "2022-08-22")] * 4
OPEN = [("2022-11-14", "")] * 5


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("region"))
    folder.path("beban_kerja.csv").unlink()  # its support tasks are invented beyond what a workload can be
    lines = [f"{PERSON},Puskesmas Alak,{received},{answered}" for received, answered in [*CALM, *AUGUST, *OPEN]]
    folder.path("pengaduan.csv").write_text("\n".join(["Nama Pelapor,Unit Kerja,Tanggal Diterima,Tanggal Selesai", *lines]), "utf-8")
    who = replace(profile(), schemes=SCHEMES)
    data = load_region(who, folder.root)
    return data, evaluate(data, who)


def test_the_year_of_a_unit_is_the_mean_over_its_complaints(found):
    """(4 × 5 + 4 × 4) / 8 = 4.5 days."""
    rows = yearly_values(found[0].tables["layanan"]).query("indicator == 'hari_pengaduan' and year == 2022")
    assert rows[["value", "n"]].to_numpy().tolist() == [[4.5, 8.0]]


def test_complaints_are_counted_by_year(found):
    """Drawn on 14 November 2022, the day the five open ones came in: these are not judged, the eight others were in time."""
    drawn = pd.Timestamp(2022, 11, 14)
    assert found[1].service.complaints.to_numpy().tolist() == [[2022, 13, 5, 8, 1.0, 13, 14, drawn]]
    assert "hari_pengaduan" in found[1].service.verdicts["outcome"].tolist()


@pytest.mark.parametrize(
    ("language", "heads", "said"),
    [
        (
            "id",
            ["Tahun", "Diterima", "Belum selesai", "Dapat dinilai (batasnya sudah tiba)", "Tepat waktu, dari yang dapat dinilai"],
            "5 pengaduan belum selesai",
        ),
        ("en", ["Year", "Received", "Still open", "Due, can be judged", "In time, of those due"], "5 complaints are not yet answered"),
    ],
)
def test_the_report_shows_the_table_and_says_what_is_open(found, language, heads, said):
    words = Words(language)
    table = next(b for b in pages.service(found[1], words) if isinstance(b, TableBlock) and b.key == "complaints")
    assert [column.label for column in table.columns] == heads
    assert table.shown.to_numpy().tolist() == [["2022", "13", "5", "8", "100"]]
    assert (
        "14 hari kerja; register tidak memuat jenis" if language == "id" else "within 14 working days; the register states no"
    ) in table.note
    assert ("register, 14 November 2022;" if language == "id" else "register, 14 November 2022,") in table.note
    text = " ".join(str(block.payload()) for part in (pages.service, pages.methods, pages.sources) for block in part(found[1], words))
    assert said in text and "13 " in text and PERSON not in text


@pytest.mark.parametrize(("language", "said"), [("id", "Kurang dari 5 pengaduan belum"), ("en", "Fewer than 5 complaints are not yet")])
def test_few_open_complaints_are_not_counted_out_in_the_notes(found, language, said):
    evaluation = replace(found[1], notes=("complaints_open:3",))
    assert said in " ".join(str(block.payload()) for block in pages.methods(evaluation, Words(language)))


def test_few_open_complaints_are_hidden_where_results_are_saved(found):
    frame = found[1].service.complaints.assign(open=3, judged=4)
    masked, hidden = masked_frame("service_complaints", frame, 5)
    assert masked[["open", "judged", "share_in_time"]].isna().all(axis=None) and hidden == 3
    assert masked["received"].tolist() == [13]
    table = complaints_table(frame, Words("id"), minimum_cell=5)
    assert table.shown.to_numpy().tolist() == [["2022", "13", "*", "*", "*"]]


def test_the_note_tells_by_which_limit_complaints_are_judged(found):
    frame, words = found[1].service.complaints, Words("id")
    assert "menurut jenisnya (tabel norma)." in complaints_table(frame.assign(unstated=0), words, minimum_cell=5).note
    some = complaints_table(frame.assign(unstated=6), words, minimum_cell=5).note
    assert "menurut jenisnya" in some and "tanpa jenis dianggap tidak berkadar pengawasan (14 hari kerja)" in some
