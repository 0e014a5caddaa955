"""Result frames and words → pictures. Pure: no pyplot, no globals, nothing is estimated and nothing is written."""

from mutasi_analysis.figures.competency import match_transitions
from mutasi_analysis.figures.effects import event_study, raw_paths
from mutasi_analysis.figures.forest import forest, funnel
from mutasi_analysis.figures.imbalance import imbalance
from mutasi_analysis.figures.leaving import leaving
from mutasi_analysis.figures.many import balance_many
from mutasi_analysis.figures.moderator import moderator
from mutasi_analysis.figures.process import process_durations, survey_items
from mutasi_analysis.figures.published import among_published
from mutasi_analysis.figures.ranks import ranks
from mutasi_analysis.figures.ratings import rating_shares
from mutasi_analysis.figures.regions import balance_and_match, event_multiples
from mutasi_analysis.figures.service import service_monthly
from mutasi_analysis.figures.workload import index_change, kecamatan_map, lorenz, required_available

__all__ = [
    "among_published",
    "balance_and_match",
    "balance_many",
    "event_multiples",
    "event_study",
    "forest",
    "funnel",
    "imbalance",
    "index_change",
    "kecamatan_map",
    "leaving",
    "lorenz",
    "match_transitions",
    "moderator",
    "process_durations",
    "ranks",
    "rating_shares",
    "raw_paths",
    "required_available",
    "service_monthly",
    "survey_items",
]
