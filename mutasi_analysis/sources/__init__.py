"""Raw files of an agency → conformed tables. Names and NIP stop here: what leaves carries pseudonyms."""

from mutasi_analysis.sources.faultbook import write_faults_workbook
from mutasi_analysis.sources.kinds import KINDS
from mutasi_analysis.sources.parquet import cohort_table_of_parquet
from mutasi_analysis.sources.region import load_region
from mutasi_analysis.sources.single import check, read_file

__all__ = ["KINDS", "check", "cohort_table_of_parquet", "load_region", "read_file", "write_faults_workbook"]
