"""Result frames → table blocks: labelled, in the report's language, small groups masked."""

from mutasi_analysis.tabulate.across import counts_table, families_pooled_table, families_table, pairs_table, published_table
from mutasi_analysis.tabulate.competency import bands_table, coverage_table, deficits_table, match_table
from mutasi_analysis.tabulate.outcomes import complaints_table, dropped_table, effects_table, letters_table, verdicts_table
from mutasi_analysis.tabulate.process import checks_table, durations_table, kinds_table, survey_table
from mutasi_analysis.tabulate.regions import differences_table, outcomes_table, regions_table
from mutasi_analysis.tabulate.report import declared_table, missing_table, norms_table, numbers_table, sources_table
from mutasi_analysis.tabulate.workload import balance_table, sensitivity_table, transfers_table, units_table, unmeasured_table

__all__ = [
    "balance_table",
    "bands_table",
    "checks_table",
    "complaints_table",
    "counts_table",
    "coverage_table",
    "declared_table",
    "deficits_table",
    "differences_table",
    "dropped_table",
    "durations_table",
    "effects_table",
    "families_pooled_table",
    "families_table",
    "kinds_table",
    "letters_table",
    "match_table",
    "missing_table",
    "norms_table",
    "numbers_table",
    "outcomes_table",
    "pairs_table",
    "published_table",
    "regions_table",
    "sensitivity_table",
    "sources_table",
    "survey_table",
    "transfers_table",
    "units_table",
    "unmeasured_table",
    "verdicts_table",
]
