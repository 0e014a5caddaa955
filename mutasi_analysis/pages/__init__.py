"""The parts of a report as tuples of blocks, one function a part: what a notebook shows with `display(*part)`.

A part without data is its heading and the sentence that says which tables are missing and how to supply them.
"""

from mutasi_analysis.pages.comparison import compare_data, compare_match, compare_opening
from mutasi_analysis.pages.differences import compare_effects, compare_families, compare_published
from mutasi_analysis.pages.doubt import compare_leaving, compare_moderator, compare_ranks
from mutasi_analysis.pages.opening import answer, main_numbers, opening
from mutasi_analysis.pages.sections import competency, performance, process, service, workload
from mutasi_analysis.pages.trailer import limits, methods, missing, sources

__all__ = [
    "answer",
    "compare_data",
    "compare_effects",
    "compare_families",
    "compare_leaving",
    "compare_match",
    "compare_moderator",
    "compare_opening",
    "compare_published",
    "compare_ranks",
    "competency",
    "limits",
    "main_numbers",
    "methods",
    "missing",
    "opening",
    "performance",
    "process",
    "service",
    "sources",
    "workload",
]
