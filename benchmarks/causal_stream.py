"""Cohort table of a Parquet file in one pass: seconds as a ratio to reading its columns alone, and peak memory.

    python benchmarks/causal_stream.py --units 1000000 --periods 10

Writes a simulated panel (causal_speed.simulated, sorted by unit) to a temporary file, then reads it and streams it in a fresh process,
so that the peak is that of streaming. Prints wall and CPU seconds (best of --repeat; CPU counts all threads) and, up to 1 million
units, how far the table lies from the one made in memory. Targets: at most 6 times reading; 5 million units under 1 GB.
Needs the extra `parquet`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from causal_speed import NAMES, simulated, timed
from pyarrow import parquet

from mutasi_analysis import causal
from mutasi_analysis.causal.cohorts import CohortTable
from mutasi_analysis.sources.parquet import BATCH_ROWS, READ_BUFFER, cohort_table_of_parquet

PART = 250_000  # units simulated at a time
Seconds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds (wall, CPU) of both, and megabytes: peak of the process, and what it held before it opened the file."""

    table: CohortTable
    reading: Seconds
    streaming: Seconds
    peak: float
    before: float


def write(path: Path, units: int, periods: int, seed: int) -> None:
    writer = None
    for start in range(0, units, PART):
        part = simulated(min(PART, units - start), periods, seed + start)
        rows = pa.Table.from_pandas(part.assign(id=part["id"] + start), preserve_index=False)
        writer = writer or parquet.ParquetWriter(path, rows.schema)
        writer.write_table(rows)
    if writer is not None:
        writer.close()


def read_columns(path: Path) -> int:
    with parquet.ParquetFile(path, pre_buffer=False, buffer_size=READ_BUFFER) as file:
        return sum(batch.num_rows for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=list(NAMES.values())))


def peak_megabytes() -> float:
    """Of this process alone: getrusage would count what its parent held when it started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def measured(path: Path, repeat: int) -> Run:
    before = peak_megabytes()
    table, *streaming = timed(lambda: cohort_table_of_parquet(path, **NAMES), repeat)
    peak = peak_megabytes()
    _, *reading = timed(lambda: read_columns(path), repeat)
    return Run(table, (reading[0], reading[1]), (streaming[0], streaming[1]), peak, before)


def distance(path: Path, table: CohortTable) -> float:
    whole = causal.cohort_table(parquet.read_table(path).to_pandas(), **NAMES)
    return float(max(np.abs(table.mean - whole.mean).max(), np.abs(table.scatter / whole.scatter - 1).max()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--units", type=int, default=1_000_000)
    options.add_argument("--periods", type=int, default=10)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.parquet"
        write(path, given.units, given.periods, given.seed)
        with multiprocessing.get_context("spawn").Pool(1) as fresh:
            run = fresh.apply(measured, (path, given.repeat))
        size = path.stat().st_size / 2**20
        print(f"{int(run.table.n.sum()):,} units x {given.periods} periods, {size:,.0f} MB on disk, best of {given.repeat}")
        print(f"{'':24}{'wall s':>10}{'ratio':>8}{'CPU s':>10}{'ratio':>8}")
        for name, (wall, cpu) in (("reading the columns", run.reading), ("cohort table, streamed", run.streaming)):
            print(f"{name:24}{wall:>10.3f}{wall / run.reading[0]:>8.1f}{cpu:>10.3f}{cpu / run.reading[1]:>8.1f}")
        print(f"peak memory {run.peak:,.0f} MB, of which {run.before:,.0f} MB before the file was opened")
        if given.units <= 1_000_000:
            print(f"largest distance from the table made in memory {distance(path, run.table):.1e}")


if __name__ == "__main__":
    main()
