"""Kill -9 at random moments of `mutasi report --all` on the demonstration regions; each time the next run must end with
the same reports. The heavy twin of tests/publish/test_kill_random.py: real notebooks, real data.

    python benchmarks/kill_at_random.py [--kills 10] [--seed 1] [--data-root data]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measured import ROOT, demonstration_data, load, mutasi

MOVING = ("made_at", "seconds")


def start(data_root: Path, reports: Path, seed: int) -> subprocess.Popen[bytes]:
    """A run of everything; SOURCE_DATE_EPOCH keeps the day that the pages name."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1767225600"}
    words = [*mutasi(), "report", "--all", "--data-root", str(data_root), "--reports", str(reports), "--seed", str(seed)]
    return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)


def found(reports: Path) -> dict[str, Any]:
    """Report → its manifest without time stamps, fingerprints of its files included."""
    manifests = {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in reports.glob("*/manifest.json")}
    return {name: {key: value for key, value in one.items() if key not in MOVING} for name, one in manifests.items()}


def finished(data_root: Path, reports: Path, seed: int) -> tuple[dict[str, Any], float]:
    """Reports after a run that nobody stopped, and its seconds."""
    began = time.monotonic()
    if start(data_root, reports, seed).wait():
        raise RuntimeError("a run that nobody stopped failed")
    return found(reports), time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data-root", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data_root = (arguments.data_root or demonstration_data(Path(folder) / "data")).resolve()
        sys.exit(killed(data_root, Path(folder) / "reports", arguments.kills, random.Random(arguments.seed)))


def killed(data_root: Path, reports: Path, kills: int, draw: random.Random) -> int:
    """Number of kills after which the next run did not end with the same reports."""
    truth, took = {}, {}
    for seed in (0, 1):
        truth[seed], took[seed] = finished(data_root, reports, seed)
    print(f"a whole run takes {took[0]:.1f} s; {load()}")
    wrong = 0
    for number in range(kills):
        seed = number % 2
        run, moment = start(data_root, reports, seed), draw.uniform(0.0, took[seed])
        time.sleep(moment)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        standing = sum(one == truth[seed].get(name) for name, one in found(reports).items())
        after, seconds = finished(data_root, reports, seed)
        same = after == truth[seed]
        wrong += not same
        told = "the same reports" if same else "OTHER REPORTS"
        print(f"killed after {moment:5.1f} s with {standing} of {len(truth[seed])} new ones standing; next run {seconds:5.1f} s: {told}")
    return wrong


if __name__ == "__main__":
    main()
