"""Seconds, CPU and peak memory of a command and everything it starts (Linux); demonstration data; the command line."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[1]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


#: seconds between two looks at memory and CPU; looking oftener slows a run of many processes itself (18 s became 25)
SAMPLED = 0.5


@dataclass(frozen=True)
class Measured:
    """seconds: wall clock; cpu: of the process and everything it started, to within a sample; peak_mb: of the whole tree."""

    seconds: float
    cpu: float
    peak_mb: float


def measure(words: list[str], more: Mapping[str, str] = MappingProxyType({})) -> Measured:
    """Run a command to its end; RuntimeError when it fails. more: of its environment."""
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg", **more}
    started = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    peak, used = 0.0, {process.pid: 0.0}
    while process.poll() is None:
        alive = tree(process.pid)
        peak = max(peak, sum(pss_mb(pid) for pid in alive))
        used |= {pid: max(used.get(pid, 0.0), cpu_seconds(pid)) for pid in alive}
        time.sleep(SAMPLED)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{words} ended with {process.returncode}")
    return Measured(seconds, sum(used.values()), peak)


def tree(pid: int) -> list[int]:
    """The process and its descendants, read from /proc."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(word) for word in task.read_text().split()]
            except OSError:
                continue
    return found


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def demonstration_data(folder: Path, region: str = "") -> Path:
    """Five regions, or the one named, in a folder that is thrown away."""
    only = ["--region", region] if region else []
    subprocess.run(
        [*mutasi(), "demo", "--data-root", str(folder), *only], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, stdout=sys.stderr
    )
    return folder


def mutasi() -> list[str]:
    return [sys.executable, "-c", "import sys; from mutasi_analysis.cli import main; sys.exit(main())"]


def load() -> str:
    """How busy the machine was: what a number is worth depends on it."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
