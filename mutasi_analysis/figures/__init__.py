"""Result frames and words → pictures. Pure: no pyplot, no globals, nothing is estimated and nothing is written."""

from mutasi_analysis.figures.competency import match_transitions
from mutasi_analysis.figures.effects import event_study, raw_paths
from mutasi_analysis.figures.process import process_durations, survey_items
from mutasi_analysis.figures.ratings import rating_shares
from mutasi_analysis.figures.regions import balance_and_match, event_multiples, forest
from mutasi_analysis.figures.service import service_monthly
from mutasi_analysis.figures.workload import index_change, kecamatan_map, lorenz, required_available

__all__ = [
    "balance_and_match",
    "event_multiples",
    "event_study",
    "forest",
    "index_change",
    "kecamatan_map",
    "lorenz",
    "match_transitions",
    "process_durations",
    "rating_shares",
    "raw_paths",
    "required_available",
    "service_monthly",
    "survey_items",
]
