"""Kill -9 at ten random moments of `mutasi report --all`; each time the next run goes on and ends with the same reports.

The real notebooks on the demonstration regions are killed the same way by benchmarks/kill_at_random.py.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from mutasi_analysis.publish.manifest import output_files
from tests.publish.notebooks import project

ROOT = Path(__file__).parents[2]
REGIONS = ("alak", "bungo", "samarinda")
#: small cells that load nothing, so that ten runs and ten more cost little
CELLS = (
    "from mutasi_analysis.blocks import Prose",
    "Prose(f'# Laporan {region}', role='heading')",
    "import time\ntime.sleep(0.05)",
    "Prose(f'Jawaban **{region}**, angka acak {seed}.', role='answer')",
)
COMPARE = ("from mutasi_analysis.blocks import Prose", "import time\ntime.sleep(0.05)\nProse('# Banding', role='heading')")
#: the imports that real notebooks need are left out: these do without, and ten runs need not wait for them
RUN = """
import sys
from mutasi_analysis.publish import pool
pool.PRELOAD = "tests.publish.light"
from mutasi_analysis.cli import main
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
#: time stamps, and the fingerprint of the package, which moves when somebody edits it while the tests run
MOVING = ("made_at", "seconds", "code")


def _start(root: Path, seed: int) -> subprocess.Popen[bytes]:
    """`mutasi report --all` in a process of its own, without a look at git, whose state may change meanwhile."""
    (root / "run.py").write_text(RUN, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GIT_DIR": str(root / "none")}
    words = [sys.executable, str(root / "run.py"), "report", "--all", "--seed", str(seed), "--jobs", "2"]
    return subprocess.Popen(words, env=environment, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def _found(reports: Path) -> dict[str, Any]:
    """Report → its manifest without what moves by itself; every file must agree with it."""
    found = {}
    for path in reports.glob("*/manifest.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        assert output_files(path.parent) == manifest["outputs"], path.parent.name
        found[path.parent.name] = {key: value for key, value in manifest.items() if key not in MOVING}
    return found


def _workers(reports: Path) -> list[str]:
    """Processes that still write below .work: workers of a run that was killed a moment ago."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if str(reports / ".work") in str((entry / "fd" / "1").readlink()):
                found.append(entry.name)
        except OSError:
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_killed_at_ten_random_moments_the_next_run_ends_with_the_same_reports(tmp_path: Path) -> None:
    reports = project(tmp_path, *CELLS, regions=REGIONS, compare=COMPARE).reports
    truth, took = {}, {}
    for seed in (0, 1):
        began = time.monotonic()
        assert _start(tmp_path, seed).wait() == 0
        truth[seed], took[seed] = _found(reports), time.monotonic() - began
        assert set(truth[seed]) == {*REGIONS, "perbandingan"}
    assert truth[0] != truth[1]
    draw = random.Random(20261121)
    for number in range(10):
        seed = number % 2  # the other one stands, so that everything must be made
        run = _start(tmp_path, seed)
        time.sleep(draw.uniform(0.05, 1.0) * took[seed])
        if run.poll() is None:
            os.kill(run.pid, signal.SIGKILL)
        run.wait()
        for name, manifest in _found(reports).items():
            assert manifest in (truth[0][name], truth[1][name]), name
        while _workers(reports):
            time.sleep(0.01)
        again = _start(tmp_path, seed)
        assert again.wait() == 0, again.stderr.read().decode() if again.stderr else ""
        assert _found(reports) == truth[seed]
        assert sorted(path.name for path in (reports / ".work").iterdir()) == ["lock"]
        assert not list(reports.glob("*.gagal"))
