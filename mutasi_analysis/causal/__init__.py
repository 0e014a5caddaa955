"""Effects of transfers: the only part of the library that claims causes."""

from mutasi_analysis.causal.cohorts import CohortTable, cohort_table
from mutasi_analysis.causal.group_time import att_of_table, group_time_att
from mutasi_analysis.causal.power import degrees_behind, minimum_detectable_effect
from mutasi_analysis.causal.refusal import REASONS, NotEstimable
from mutasi_analysis.causal.streaming import cohort_table_of_batches

__all__ = [
    "REASONS",
    "CohortTable",
    "NotEstimable",
    "att_of_table",
    "cohort_table",
    "cohort_table_of_batches",
    "degrees_behind",
    "group_time_att",
    "minimum_detectable_effect",
]
