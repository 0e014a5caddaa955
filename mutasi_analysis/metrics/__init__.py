"""Formulas: pure functions of Series, arrays and floats. One module per subject; `catalogue` lists every public metric."""

from mutasi_analysis.metrics import (
    abk,
    assignment,
    balance,
    career,
    catalogue,
    competency,
    contributions,
    performance,
    process,
    qualification,
    regimes,
    service,
    teachers,
    wisn,
    workload,
)

__all__ = [
    "abk",
    "assignment",
    "balance",
    "career",
    "catalogue",
    "competency",
    "contributions",
    "performance",
    "process",
    "qualification",
    "regimes",
    "service",
    "teachers",
    "wisn",
    "workload",
]
