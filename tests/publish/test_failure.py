"""The page of a report that could not be made, and the notebook as far as it came: both say enough, neither says who."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import nbformat
import pytest

from mutasi_analysis.publish.failure import failure_of, title_of
from mutasi_analysis.publish.partial import note_cell, note_cells, partial_notebook
from mutasi_analysis.publish.places import REGION_NOTEBOOK, Project
from mutasi_analysis.publish.run import run_regions
from mutasi_analysis.publish.tasks import ENGINES, Limits
from mutasi_analysis.wording.words import Words
from tests.publish.notebooks import GOOD, notebook, options, project
from tests.publish.test_html import _Page

NIP, NAME = "198501012010011001", "Siti Rahmawati"
#: prints a person, warns of a person, returns a person, then stops with a person in the error
TALKS = f"import warnings\nprint('{NIP} {NAME}')\nwarnings.warn('{NAME}')\n'{NIP}'"
RAISES = f"raise ValueError('{NIP} {NAME}')"


def _texts(place: Project) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (place.reports / "bungo.gagal").iterdir()}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_notebook_as_far_as_it_came_without_persons(tmp_path: Path, engine: str) -> None:
    place = project(tmp_path, *GOOD, TALKS, RAISES, "'never'")
    (outcome,) = run_regions(place, ["bungo"], options(engine))
    texts = _texts(place)
    assert sorted(texts) == ["gagal.html", "sebagian-bungo.ipynb"]
    for name, text in (*texts.items(), ("record", json.dumps(failure_of(place, "bungo"))), ("message", outcome.message)):
        shown = text.replace(json.dumps(TALKS)[1:-1], "").replace(json.dumps(RAISES)[1:-1], "")  # the cells' own source
        assert NIP not in shown and NAME not in shown and str(tmp_path) not in shown, name
    found = nbformat.reads(texts["sebagian-bungo.ipynb"], as_version=4)
    nbformat.validate(found)
    sources = [cell.source for cell in found.cells]
    place_of_note = next(n for n, source in enumerate(sources) if source.startswith("**GAGAL"))
    assert sources[place_of_note + 1] == RAISES
    assert [out.ename for out in found.cells[place_of_note + 1].outputs] == ["ValueError"]
    shown_blocks = [
        cell for cell in found.cells if any("application/vnd.mutasi" in kind for o in cell.get("outputs", []) for kind in o.get("data", {}))
    ]
    assert len(shown_blocks) == 5  # two headings, the answer, the picture, the table of GOOD
    assert outcome.cell == place_of_note + 1


def test_the_page_says_what_where_and_how(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    run_regions(place, ["bungo"], options())
    page_before = (place.reports / "bungo" / "laporan-bungo.html").read_bytes()
    notebook(place.notebooks / REGION_NOTEBOOK, *GOOD[:2], "1 / 0")
    run_regions(place, ["bungo"], options())
    text = unescape(_texts(place)["gagal.html"])
    for sentence in (
        "Kabupaten Bungo: laporan gagal dibuat",
        "Percobaan 2 Januari 2026, pukul 03.04",
        "ZeroDivisionError di sel 5",
        "mutasi report bungo --debug",
        "Laporan baik terakhir, dibuat 2 Januari 2026",
    ):
        assert sentence in text
    links = [a["href"] for a in _Page(text).all("a")]
    assert links == ["#isi", "../index.html", "../bungo/laporan-bungo.html", "sebagian-bungo.ipynb"]
    assert (place.reports / "bungo" / "laporan-bungo.html").read_bytes() == page_before
    index = (place.reports / "index.html").read_text(encoding="utf-8")
    assert 'href="bungo.gagal/gagal.html"' in index and 'href="bungo/laporan-bungo.html"' in index
    notebook(place.notebooks / REGION_NOTEBOOK, *GOOD)
    run_regions(place, ["bungo"], options())
    assert not (place.reports / "bungo.gagal").exists()
    assert "gagal.html" not in (place.reports / "index.html").read_text(encoding="utf-8")


FAULTS = [
    *[f"Fault('raw/bungo/a.csv', None, {row}, 'nip', HIDDEN, 'nip_invalid', '18 angka')" for row in range(3, 12)],
    "Fault('raw/bungo/b.csv', None, 4, 'unit', 'X', 'unknown_reference', 'lihat daftar unit_kerja')",
]
FAULTY = f"from mutasi_analysis.errors import HIDDEN, DataError, Fault\nraise DataError(({', '.join(FAULTS)}))"


@pytest.mark.parametrize("engine", ENGINES)
def test_faults_of_files_are_a_short_list_in_the_language_of_the_run(tmp_path: Path, engine: str) -> None:
    place = project(tmp_path, FAULTY)
    (outcome,) = run_regions(place, ["bungo"], options(engine, language="en"))
    assert (outcome.kind, outcome.name) == ("data", "bungo.en")
    text = unescape((place.reports / "bungo.en.gagal" / "gagal.html").read_text(encoding="utf-8"))
    assert text.count("<li>raw/bungo/") == 2
    assert 'raw/bungo/a.csv, column nip: 9 cells, rows 3, 4, 5, 6, 7, …: "(hidden)" invalid NIP' in text
    assert 'raw/bungo/b.csv, row 4, column unit: "X" not in the referenced table; see the list unit_kerja' in text
    assert "Run mutasi check bungo: faults.xlsx points to every wrong cell." in text
    assert not [a for a in _Page(text).all("ul") if a.get("lang")]
    (outcome,) = run_regions(place, ["bungo"], options(engine))
    text = unescape(_texts(place)["gagal.html"])
    assert "raw/bungo/a.csv, kolom nip: 9 sel, baris 3, 4, 5, 6, 7, …:" in text


ENDS = {
    "1 / 0": "ZeroDivisionError in cell {cell}; run with --debug to see the traceback",
    "import sys\nsys.exit(0)": "the notebook stopped before its last cell (for example by sys.exit)",
    "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)": "the process died by SIGKILL (killed, perhaps for lack of memory)",
    "from mutasi_analysis.errors import MissingDataError\n"
    "raise MissingDataError('Bungo: tidak ada berkas csv atau xlsx di folder data/raw/bungo')": (
        "Bungo: there is no csv or xlsx file in the folder data/raw/bungo"
    ),
}


@pytest.mark.parametrize("source", ENDS)
def test_an_english_page_is_english(tmp_path: Path, source: str) -> None:
    place = project(tmp_path, source)
    (outcome,) = run_regions(place, ["bungo"], options(language="en"))
    text = unescape((place.reports / "bungo.en.gagal" / "gagal.html").read_text(encoding="utf-8"))
    sentence = ENDS[source].replace("{cell}", str(outcome.cell))
    assert f"<p>{sentence}</p>" in text
    record = failure_of(place, "bungo.en")
    assert record is not None and record["message"] == sentence


def test_a_killed_notebook_leaves_what_it_had_shown(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    (outcome,) = run_regions(place, ["bungo"], options(limits=Limits(60.0)))
    assert outcome.kind == "died"
    found = nbformat.reads(_texts(place)["sebagian-bungo.ipynb"], as_version=4)
    assert "Jawaban **wilayah** ini." in json.dumps(found, ensure_ascii=False)
    assert found.cells[outcome.cell - 1].source.startswith("**GAGAL")
    assert "os.kill" in found.cells[outcome.cell].source


def test_an_unfinished_last_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "partial.jsonl"
    assert partial_notebook(path, 1, "x", {}) is None
    note_cells(path, [{"cell_type": "code", "metadata": {}, "source": "a"}])
    note_cell(path, 0, {"cell_type": "code", "metadata": {}, "source": "a", "execution_count": 1, "outputs": []})
    with path.open("a", encoding="utf-8") as handle:
        handle.write('{"cell": 0, "outp')
    text = partial_notebook(path, 1, "<b> *x* /secret/place", {"/secret/place": "."})
    assert text is not None
    assert [cell["source"] for cell in json.loads(text)["cells"]] == ["**GAGAL / FAILED:** \\<b\\> \\*x\\* .", "a"]


def test_a_region_that_never_had_a_report_is_called_by_its_name(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    assert title_of(place, "bungo", Words("id")) == "Kabupaten Bungo"
    assert title_of(place, "tak-dikenal", Words("id")) == "tak-dikenal"
    assert title_of(place, "perbandingan", Words("en")) == "Comparison of regions"
