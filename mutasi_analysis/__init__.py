"""Evaluation of civil-servant transfers (mutasi ASN) from agency files to reports.

The public door: `load_profile`, `load_region`, `read_file`, `evaluate`; `cohort_table_of_parquet` for panels too large for memory.
Metrics, estimators and comparison live in `mutasi_analysis.metrics`, `.causal` and `.comparison`. Nothing heavy is imported until it
is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_DOORS = {
    "load_profile": "mutasi_analysis.profiles",
    "load_region": "mutasi_analysis.sources",
    "read_file": "mutasi_analysis.sources",
    "evaluate": "mutasi_analysis.evaluation",
    "cohort_table_of_parquet": "mutasi_analysis.sources",
    "metrics": "",
    "causal": "",
    "comparison": "",
}

__all__ = [
    "__version__",
    "causal",
    "cohort_table_of_parquet",
    "comparison",
    "evaluate",
    "load_profile",
    "load_region",
    "metrics",
    "read_file",
]


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module 'mutasi_analysis' has no attribute {name!r}")
    if not _DOORS[name]:
        return import_module(f"mutasi_analysis.{name}")
    return getattr(import_module(_DOORS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
