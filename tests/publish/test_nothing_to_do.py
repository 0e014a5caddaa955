"""A run that finds everything current ends at once, without the libraries that reports are made with; long reports go first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mutasi_analysis.publish.index_key import index_is_current
from mutasi_analysis.publish.pool import run_tasks
from mutasi_analysis.publish.run import run_regions
from tests.publish.notebooks import GOOD, options, project

UNCHANGED = """
import sys
from pathlib import Path
from mutasi_analysis.publish.places import Project
from mutasi_analysis.publish.run import run_regions
from tests.publish.notebooks import options
root = Path(sys.argv[1])
place = Project(root=root, data=root / "data", reports=root / "reports", notebooks=root / "notebooks")
assert [one.status for one in run_regions(place, ["bungo"], options())] == ["current"]
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"pandas", "matplotlib", "papermill", "jinja2", "markdown_it"}))
"""


def test_an_unchanged_run_loads_no_library_of_reports(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    run_regions(place, ["bungo"], options())
    done = subprocess.run([sys.executable, "-c", UNCHANGED, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_the_overview_is_left_alone_only_while_it_shows_what_stands(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    run_regions(place, ["bungo"], options())
    page, other = place.reports / "index.html", place.reports / "index.en.html"
    written = page.stat().st_mtime_ns
    assert index_is_current(place)
    run_regions(place, ["bungo"], options())
    assert page.stat().st_mtime_ns == written
    whole = page.read_bytes()
    page.write_text("edited", encoding="utf-8")
    assert not index_is_current(place)
    run_regions(place, ["bungo"], options())
    assert page.read_bytes() == whole
    other.unlink()
    assert not index_is_current(place)
    run_regions(place, ["bungo"], options())
    assert other.is_file()
    page.unlink()
    run_regions(place, ["bungo"], options())
    assert page.read_bytes() == whole
    run_regions(place, ["bungo"], options(force=True))
    assert page.stat().st_mtime_ns > written


def test_the_largest_inputs_are_taken_first_and_outcomes_keep_the_order_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = project(tmp_path, *GOOD)
    for slug, size in (("ampenan", 10), ("bungo", 1000), ("samarinda", 100)):
        folder = place.raw(slug)
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        (folder / "berkas.csv").write_bytes(b"x" * size)
    taken: list[str] = []

    def noted(tasks, **more):  # type: ignore[no-untyped-def]
        taken.extend(task.name for task in tasks)
        return run_tasks(tasks, **more)

    monkeypatch.setattr("mutasi_analysis.publish.run.run_tasks", noted)
    outcomes = run_regions(place, ["ampenan", "bungo", "samarinda"], options())
    assert taken == ["bungo", "samarinda", "ampenan"]
    assert [outcome.name for outcome in outcomes] == ["ampenan", "bungo", "samarinda"]
    assert {outcome.status for outcome in outcomes} == {"done"}
