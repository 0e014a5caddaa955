"""Parquet files of panels too large for memory, read batch by batch. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from mutasi_analysis.causal.cohorts import CohortTable
from mutasi_analysis.causal.streaming import cohort_table_of_batches

MISSING = "reading Parquet needs the extra `parquet`: pip install 'mutasi-analysis[parquet]'"
BATCH_ROWS = 262_144  # rows enough that the overhead of a batch vanishes, few enough for 10 MB a batch

READ_BUFFER = 2**20  # bytes read at a time of each column


class ParquetMissing(ImportError):  # noqa: N818  (a state of the set-up, worded as one)
    """pyarrow is not installed."""


def cohort_table_of_parquet(
    path: Path, *, outcome: str, unit: str, period: str, cohort: str, cluster: str | None = None, batch_rows: int = BATCH_ROWS
) -> CohortTable:
    """Panel in a Parquet file, rows sorted by unit → CohortTable in one pass; only the named columns are read.

    Memory: one row group of these columns and the table. Errors as cohort_table_of_batches; ParquetMissing without pyarrow.
    Tables of files with different persons add up: `cohort_table_of_parquet(a, …) + cohort_table_of_parquet(b, …)`.
    """
    if batch_rows < 1:
        raise ValueError(f"batch_rows={batch_rows!r}; allowed: whole numbers from 1 on")
    names = list(dict.fromkeys(name for name in (unit, period, cohort, outcome, cluster) if name is not None))
    batches = _frames(Path(path), names, batch_rows)
    return cohort_table_of_batches(batches, outcome=outcome, unit=unit, period=period, cohort=cohort, cluster=cluster)


def _frames(path: Path, names: list[str], batch_rows: int) -> Iterator[pd.DataFrame]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise ParquetMissing(MISSING) from error
    # pyarrow's pre_buffer keeps every column read so far until the file is closed: the memory of the whole file
    with parquet.ParquetFile(path, pre_buffer=False, buffer_size=READ_BUFFER) as file:
        known = set(file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=batch_rows, columns=[name for name in names if name in known]):
            yield batch.to_pandas(split_blocks=True, ignore_metadata=True)
