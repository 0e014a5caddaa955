"""Five reports: seconds and peak memory of `mutasi report`, against the same computation and figures as one plain process.

    python benchmarks/five_reports.py [--data-root data] [--jobs N] [--engine fork|kernel]

The plain process runs the code cells of the same notebook for one region after the other and builds every block that a
page shows (figures drawn, tables as JSON), without kernel, papermill or HTML: the least that anybody can do. The ratio
printed is ours / plain. Memory is the sum of the private and shared-in-part memory (PSS) of a process and everything it
started, sampled every 0.1 s.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Measured:
    """seconds: wall clock; cpu: of the process and everything it started, to within a sample; peak_mb: of the whole tree."""

    seconds: float
    cpu: float
    peak_mb: float


def measure(words: list[str]) -> Measured:
    """Run a command to its end; RuntimeError when it fails."""
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"}
    started = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    peak, cpu = 0.0, {process.pid: 0.0}
    while process.poll() is None:
        tree = _tree(process.pid)
        peak = max(peak, sum(_pss_mb(pid) for pid in tree))
        cpu |= {pid: max(cpu.get(pid, 0.0), _cpu(pid)) for pid in tree}
        time.sleep(0.1)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{words} ended with {process.returncode}")
    return Measured(seconds, sum(cpu.values()), peak)


def _tree(pid: int) -> list[int]:
    """The process and its descendants, read from /proc."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(word) for word in task.read_text().split()]
            except OSError:
                continue
    return found


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def plain(data_root: Path, regions: list[str]) -> None:
    """The notebook's own code for every region in this process; every block built as a page needs it."""
    cells = json.loads((ROOT / "notebooks" / "region_report.ipynb").read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    for region in regions:
        names: dict[str, Any] = {"display": _built}
        for source in sources:
            exec(source.replace("from IPython.display import display\n", ""), names)
            if "data_root =" in source:
                names.update(region=region, data_root=str(data_root))


def _built(*blocks: Any) -> None:
    for block in blocks:
        block._repr_mimebundle_()


def demonstration_data(folder: Path) -> Path:
    """Five regions in a folder that is thrown away."""
    subprocess.run(
        [*_mutasi(), "demo", "--data-root", str(folder)], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, stdout=sys.stderr
    )
    return folder


def _mutasi() -> list[str]:
    return [sys.executable, "-c", "import sys; from mutasi_analysis.cli import main; sys.exit(main())"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-root", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", default="fork", choices=("fork", "kernel"))
    parser.add_argument("--plain", nargs="+", metavar="REGION", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.plain:
        plain(arguments.data_root, arguments.plain)
        return
    with tempfile.TemporaryDirectory() as folder:
        data_root = (arguments.data_root or demonstration_data(Path(folder) / "data")).resolve()
        compare(data_root, Path(folder) / "reports", arguments.jobs, arguments.engine)


def compare(data_root: Path, reports: Path, jobs: int, engine: str) -> None:
    regions = sorted(path.name for path in (data_root / "raw").iterdir() if path.is_dir() and not path.name.startswith("."))
    places = ["--data-root", str(data_root)]
    bare = measure([sys.executable, str(Path(__file__).resolve()), *places, "--plain", *regions])
    options = [*places, "--reports", str(reports), "--force", "--engine", engine, "--jobs", str(jobs)]
    ours = measure([*_mutasi(), "report", *regions, *options])
    print(f"{len(regions)} regions: {', '.join(regions)}; engine {engine}, {jobs} jobs, {os.cpu_count()} cores")
    print(f"{'':28}{'seconds':>9}{'CPU s':>9}{'peak MB':>9}")
    for label, one in (("one plain Python process", bare), ("mutasi report", ours)):
        print(f"{label:28}{one.seconds:9.1f}{one.cpu:9.1f}{one.peak_mb:9.0f}")
    print(f"ratio of seconds (ours / plain): {ours.seconds / bare.seconds:.2f}")
    print(f"ratio of peak memory:            {ours.peak_mb / bare.peak_mb:.2f}")


if __name__ == "__main__":
    main()
