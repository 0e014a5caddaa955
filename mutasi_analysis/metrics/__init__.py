"""Formulas: pure functions of Series, arrays and floats. One module per subject; `catalogue` lists every public metric."""

from mutasi_analysis.metrics import (
    abk,
    balance,
    catalogue,
    competency,
    contributions,
    performance,
    process,
    regimes,
    service,
    teachers,
    wisn,
    workload,
)

__all__ = [
    "abk",
    "balance",
    "catalogue",
    "competency",
    "contributions",
    "performance",
    "process",
    "regimes",
    "service",
    "teachers",
    "wisn",
    "workload",
]
