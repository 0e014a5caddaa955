"""Every way in which papermill 2.7 reports a notebook as complete that is not, and every way in which one can die."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from mutasi_analysis.publish.failure import failure_of
from mutasi_analysis.publish.run import run_regions
from mutasi_analysis.publish.tasks import ENGINES, Limits, Outcome
from tests.publish.notebooks import GOOD, options, project

SEGFAULT = "import ctypes\nctypes.string_at(0)"
KILLED = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
GREEDY = "import numpy as np\nblock = np.ones(3 * 2**27)"
UNPICKLABLE = "class Odd(Exception):\n    def __init__(self, a, b):\n        super().__init__()\nraise Odd(1, b=2)"
FAULT = "Fault('raw/bungo/a.csv', None, 3, 'nip', None, 'nip_invalid', 'x')"
SPEAKING = f"from mutasi_analysis.errors import DataError, Fault\nraise DataError(({FAULT},))"


def _failed(root: Path, cell: str, engine: str, **limits: float) -> Outcome:
    """The outcome of a region whose notebook ends with the cell. Beside it, where that costs little, runs a good one."""
    guarded = f"if region == 'bungo':\n    {cell.replace(chr(10), chr(10) + '    ')}"
    regions = ["alak", "bungo"] if engine == "fork" else ["bungo"]
    place = project(root, "1 + 1", guarded, "'never shown'", regions=tuple(regions))
    bounds = Limits(**{"cell_seconds": 60.0, **limits})  # type: ignore[arg-type]
    *others, bungo = run_regions(place, regions, options(engine, limits=bounds))
    assert [other.status for other in others] == ["done"] * len(others)
    assert bungo.status == "failed"
    assert not (place.reports / "bungo").exists()
    record = {"name": "bungo", "slug": "bungo", "message": bungo.message, "kind": bungo.kind, "at": options().made_at}
    assert failure_of(place, "bungo") == record
    page = (place.reports / "bungo.gagal" / "gagal.html").read_text(encoding="utf-8")
    assert escape(bungo.message.splitlines()[0]) in page
    assert "Laporan terakhir gagal" in (place.reports / "index.html").read_text(encoding="utf-8")
    return bungo


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("raise ValueError('NIP 198501012010011001')", "ValueError di sel 4; jalankan dengan --debug untuk melihat jejaknya"),
        ("import sys\nsys.exit(0)", "buku catatan (notebook) berhenti sebelum sel terakhir"),
        (UNPICKLABLE, "Odd di sel 4"),
        (SPEAKING, "raw/bungo/a.csv, baris 3, kolom nip: NIP tidak sah"),
    ],
    ids=["error", "exit", "unpicklable", "speaking"],
)
def test_cells_that_stop(tmp_path: Path, cell: str, sentence: str) -> None:
    outcome = _failed(tmp_path, cell, "fork")
    assert outcome.message.startswith(sentence)
    assert "1985" not in outcome.message


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("import sys\nsys.exit(0)", "buku catatan (notebook) berhenti sebelum sel terakhir"),
        (SPEAKING, "raw/bungo/a.csv, baris 3, kolom nip: NIP tidak sah"),
    ],
    ids=["exit", "speaking"],
)
def test_cells_that_stop_in_a_kernel(tmp_path: Path, cell: str, sentence: str) -> None:
    assert _failed(tmp_path, cell, "kernel").message.startswith(sentence)


@pytest.mark.parametrize(
    ("engine", "sentence"),
    [("fork", "proses mati oleh SIGSEGV (galat memori di pustaka)"), ("kernel", "kernel mati sebelum buku catatan (notebook) selesai")],
)
def test_a_segfault_is_told(tmp_path: Path, engine: str, sentence: str) -> None:
    assert _failed(tmp_path, SEGFAULT, engine).message == sentence


@pytest.mark.parametrize(
    ("engine", "sentence"), [("fork", "proses mati oleh SIGKILL"), ("kernel", "kernel mati sebelum buku catatan (notebook) selesai")]
)
def test_a_killed_kernel_is_told(tmp_path: Path, engine: str, sentence: str) -> None:
    assert _failed(tmp_path, KILLED, engine).message.startswith(sentence)


@pytest.mark.parametrize("cell", ["import time\ntime.sleep(600)", "while True: pass"], ids=["sleeping", "busy"])
def test_an_endless_cell_is_ended(tmp_path: Path, cell: str) -> None:
    assert _failed(tmp_path, cell, "fork", cell_seconds=3.0).message == "satu sel berjalan lebih lama dari 3 detik"


def test_an_endless_cell_in_a_kernel_is_ended(tmp_path: Path) -> None:
    assert _failed(tmp_path, "while True: pass", "kernel", cell_seconds=10.0).message == "satu sel berjalan lebih lama dari 10 detik"


@pytest.mark.parametrize("engine", ENGINES)
def test_memory_has_a_limit(tmp_path: Path, engine: str) -> None:
    outcome = _failed(tmp_path, GREEDY, engine, memory_mb=2000)
    assert (outcome.kind, outcome.message) == ("memory", "memori tidak cukup di sel 4")


@pytest.mark.parametrize(
    ("engine", "sentence"),
    [
        ("fork", "proses berhenti sendiri tanpa menyelesaikan laporan (kode keluar 0)"),
        ("kernel", "kernel mati sebelum buku catatan (notebook) selesai"),
    ],
)
def test_the_process_that_leaves_quietly_is_a_failure(tmp_path: Path, engine: str, sentence: str) -> None:
    assert _failed(tmp_path, "import os\nos._exit(0)", engine).message == sentence


@pytest.mark.parametrize("engine", ENGINES)
def test_codes_and_days_reach_the_notebook_as_text(tmp_path: Path, engine: str) -> None:
    """papermill's command line turns 0101 into 101 or 65; ours hands over what was typed, between the right kinds."""
    told = "assert (as_of, type(as_of), seed, type(seed)) == ('0101', str, 7, int), (as_of, seed)"
    place = project(tmp_path, told)
    (outcome,) = run_regions(place, ["bungo"], options(engine, as_of="0101", seed=7))
    assert outcome.status == "done", outcome.message


def test_a_failure_leaves_the_older_report_and_is_forgotten_when_mended(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    run_regions(place, ["bungo"], options())
    page = (place.reports / "bungo" / "laporan-bungo.html").read_bytes()
    broken = tmp_path / "broken"
    broken.mkdir()
    bad = project(broken, "1 / 0").notebooks / "region_report.ipynb"
    good = (place.notebooks / "region_report.ipynb").read_bytes()
    (place.notebooks / "region_report.ipynb").write_bytes(bad.read_bytes())
    assert run_regions(place, ["bungo"], options())[0].status == "failed"
    assert (place.reports / "bungo" / "laporan-bungo.html").read_bytes() == page
    (place.notebooks / "region_report.ipynb").write_bytes(good)
    assert run_regions(place, ["bungo"], options())[0].status == "done"
    assert failure_of(place, "bungo") is None
