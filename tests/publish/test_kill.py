"""Kill -9 in the middle of everything; run again; everything is whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from mutasi_analysis.publish.manifest import output_files
from mutasi_analysis.publish.places import Project
from tests.publish.notebooks import GOOD, project

ROOT = Path(__file__).parents[2]
REGIONS = ("alak", "ampenan", "batanghari", "bungo", "samarinda")
SLOW = (*GOOD[:2], "import time\ntime.sleep(0.3)", *GOOD[2:])
RUN = """
import sys
from pathlib import Path
from mutasi_analysis.publish.places import Project
from mutasi_analysis.publish.run import run_regions
from tests.publish.notebooks import options

if __name__ == "__main__":
    root = Path(sys.argv[1])
    place = Project(root, root / "notebooks", root / "data", root / "reports")
    run_regions(place, sys.argv[2:], options(force=True))
"""


def _whole(place: Project) -> dict[str, dict[str, str]]:
    """Report → file → sha256 of every report that stands; each must agree with its own manifest."""
    found = {}
    for manifest in place.reports.glob("*/manifest.json"):
        files = {entry["path"]: entry["sha256"] for entry in output_files(manifest.parent)}
        assert files == {entry["path"]: entry["sha256"] for entry in json.loads(manifest.read_text(encoding="utf-8"))["outputs"]}
        found[manifest.parent.name] = files
    return found


def _running(words: str) -> list[int]:
    """Processes whose output goes to a file with these words in its path: workers, and what they started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if words in str((entry / "fd" / "1").readlink()):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _start(place: Project) -> subprocess.Popen[bytes]:
    """A run of all regions in a process of its own, without a look at git, whose state may change meanwhile."""
    script = place.root / "run.py"
    script.write_text(RUN, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GIT_DIR": str(place.root / "none")}
    return subprocess.Popen([sys.executable, str(script), str(place.root), *REGIONS], env=environment, start_new_session=True)


def test_killed_at_several_moments_the_next_run_ends_whole_and_identical(tmp_path: Path) -> None:
    place = project(tmp_path, *SLOW, regions=REGIONS)
    assert _start(place).wait() == 0
    truth = _whole(place)
    assert set(truth) == set(REGIONS)
    for finished in (0, 2, 4):
        before = {path: path.stat().st_mtime_ns for path in place.reports.glob("*/manifest.json")}
        run = _start(place)
        _wait_for(lambda least=finished, old=before: _changed(place, old) >= least and _at_work(place), run)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        for name, files in _whole(place).items():
            assert files == truth[name]
        _wait_for(lambda: not _running(str(place.reports / ".work")), None)
    assert _start(place).wait() == 0
    assert _whole(place) == truth
    assert [path.name for path in (place.reports / ".work").iterdir()] == ["lock"]


def _changed(place: Project, before: dict[Path, int]) -> int:
    return sum(1 for path, moment in before.items() if path.exists() and path.stat().st_mtime_ns != moment)


def _at_work(place: Project) -> bool:
    return any(path.is_dir() for path in (place.reports / ".work").iterdir())


def _wait_for(condition: object, process: subprocess.Popen[bytes] | None) -> None:
    end = time.monotonic() + 60
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited a minute"
        assert process is None or process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.01)
