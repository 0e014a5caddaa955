"""Good notebooks: what stands in a report's folder, what is skipped, and that both engines say the same."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from mutasi_analysis.errors import UsageError
from mutasi_analysis.publish.places import REGION_NOTEBOOK
from mutasi_analysis.publish.run import run_comparison, run_regions
from mutasi_analysis.publish.swap import only_writer
from mutasi_analysis.publish.tasks import ENGINES
from tests.publish.notebooks import GOOD, notebook, options, project

DISPLAYS = (
    "import sys, warnings\nprint('one')\nprint('two')\nsys.stdout.write('three')",
    "1 + 1",
    "1 + 1;",
    "from IPython.display import HTML, display\nprint('before')\ndisplay(HTML('<b>x</b>'))\nprint('after')\n{'a': [1, 2]}",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title('drawn')\nNone",
    "md:# A heading",
    "",
    "import pandas as pd\npd.DataFrame({'a': [1.5, 2.5]})",
    "get_ipython().execution_count, __name__, _",
    "await __import__('asyncio').sleep(0, 'awaited')",
    *GOOD,
)


def _notebook(root: Path) -> nbformat.NotebookNode:
    return nbformat.read(root / "reports" / "bungo" / "laporan-bungo.ipynb", as_version=4)  # type: ignore[no-untyped-call]


def test_both_engines_give_the_same_cells_whatever_the_environment_draws_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    place = project(tmp_path, *DISPLAYS)
    found = {}
    for engine in ENGINES:
        (outcome,) = run_regions(place, ["bungo"], options(engine, force=True))
        assert outcome.status == "done", outcome
        found[engine] = _notebook(tmp_path)
    fork, kernel = found["fork"], found["kernel"]
    assert len(fork.cells) == len(kernel.cells) == len(DISPLAYS) + 2
    for one, other in zip(fork.cells, kernel.cells, strict=True):
        assert one == other
    assert fork.metadata == kernel.metadata
    images = [out.data["image/png"] for cell in fork.cells for out in cell.get("outputs", []) if "image/png" in out.get("data", {})]
    assert len(images) == 1


def test_a_report_folder_is_complete_and_free_of_machine_paths(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD, "f'{data_root}'")
    (outcome,) = run_regions(place, ["bungo"], options())
    folder = place.reports / "bungo"
    assert outcome.status == "done", outcome
    assert sorted(path.name for path in folder.iterdir()) == ["laporan-bungo.html", "laporan-bungo.ipynb", "manifest.json"]
    for path in (*folder.iterdir(), place.reports / "index.html"):
        assert str(tmp_path) not in path.read_text(encoding="utf-8"), path.name
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"] == {"region": "bungo", "as_of": "", "language": "id", "seed": 0}
    assert [entry["path"] for entry in manifest["inputs"]] == ["raw/bungo/pegawai.csv"]
    assert manifest["summary"] == "Jawaban wilayah ini."
    assert len(manifest["seconds"]["cells"]) == len(GOOD) + 3
    assert not [path for path in (place.reports / ".work").iterdir() if path.name != "lock"]


def test_an_unchanged_report_is_skipped_and_a_changed_one_is_made_again(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD, regions=("alak", "bungo"))
    regions = ["alak", "bungo"]
    assert [outcome.status for outcome in run_regions(place, regions, options())] == ["done", "done"]
    before = (place.reports / "alak" / "laporan-alak.html").stat().st_mtime_ns
    (place.raw("bungo") / "pegawai.csv").write_text("nip,nama\n2,b\n", encoding="utf-8")
    assert [outcome.status for outcome in run_regions(place, regions, options())] == ["current", "done"]
    assert (place.reports / "alak" / "laporan-alak.html").stat().st_mtime_ns == before
    assert [outcome.status for outcome in run_regions(place, ["bungo"], options(seed=1))] == ["done"]
    assert [outcome.status for outcome in run_regions(place, ["bungo"], options(seed=1, force=True))] == ["done"]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    kept = []
    for _ in range(2):
        run_regions(place, ["bungo"], options(force=True))
        kept.append({path.name: path.read_bytes() for path in (place.reports / "bungo").iterdir() if path.name != "manifest.json"})
    assert kept[0] == kept[1]


def test_languages_stand_beside_each_other(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    run_regions(place, ["bungo"], options())
    run_regions(place, ["bungo"], options(language="en"))
    assert (place.reports / "bungo" / "laporan-bungo.html").is_file()
    assert '<html lang="en">' in (place.reports / "bungo.en" / "report-bungo.html").read_text(encoding="utf-8")
    for name, language, other in (("index.html", "id", "index.en.html"), ("index.en.html", "en", "index.html")):
        overview = (place.reports / name).read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in overview and f'href="{other}"' in overview and 'href="bungo.en/report-bungo.html"' in overview
    assert 'href="../index.en.html"' in (place.reports / "bungo.en" / "report-bungo.html").read_text(encoding="utf-8")
    assert 'href="../index.html"' in (place.reports / "bungo" / "laporan-bungo.html").read_text(encoding="utf-8")


def test_wrong_parameters_stop_before_anything_starts(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    notebook(place.notebooks / REGION_NOTEBOOK, *GOOD, parameters='regoin = "a"')
    with pytest.raises(UsageError, match=r"tidak mengenal parameter 'region'\. Maksud Anda 'regoin'\?"):
        run_regions(place, ["bungo"], options())
    assert not place.reports.exists()


def test_a_second_run_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    with only_writer(place.reports), pytest.raises(UsageError, match="Proses lain sedang menulis ke folder reports/"):
        run_regions(place, ["bungo"], options())


def test_the_comparison_has_its_own_notebook(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD, compare=("from mutasi_analysis.blocks import Prose\nProse('# Banding', role='heading')",))
    outcome = run_comparison(place, options())
    assert outcome.status == "done", outcome
    assert (place.reports / "perbandingan" / "laporan-perbandingan.html").is_file()
