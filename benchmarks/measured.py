"""Seconds, CPU and peak memory of a command and everything it starts (Linux); demonstration data; the command line."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[1]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


#: seconds between two looks at a run
SAMPLED = 0.5


@dataclass(frozen=True)
class Measured:
    """seconds: wall clock; cpu: of the process and everything it started, to within a sample."""

    seconds: float
    cpu: float


def measure(words: list[str], more: Mapping[str, str] = MappingProxyType({})) -> Measured:
    """Time a command; RuntimeError when it fails. more: of its environment. Memory is not looked at meanwhile: that holds up the
    processes looked at, those that share most of it longest."""
    used: dict[int, float] = {}

    def look(alive: list[int]) -> None:
        used.update({pid: max(used.get(pid, 0.0), cpu_seconds(pid)) for pid in alive})

    seconds = _run(words, more, look)
    return Measured(seconds, sum(used.values()))


def peak_mb(words: list[str], more: Mapping[str, str] = MappingProxyType({})) -> float:
    """Highest memory (PSS) of a command and everything it started, in a run that is not timed."""
    seen = [0.0]
    _run(words, more, lambda alive: seen.append(sum(pss_mb(pid) for pid in alive)))
    return max(seen)


def _run(words: list[str], more: Mapping[str, str], look: Callable[[list[int]], None]) -> float:
    """Seconds from the start of a command to its end. look: given its processes now and then, by another thread."""
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg", **more}
    over = threading.Event()
    started = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)

    def watch() -> None:
        while not over.wait(SAMPLED):
            look(tree(process.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        process.wait()
        seconds = time.perf_counter() - started
    finally:
        over.set()
        watching.join()
    if process.returncode:
        raise RuntimeError(f"{words} ended with {process.returncode}")
    return seconds


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
