"""Raw files of an agency → conformed tables. Names and NIP stop here: what leaves carries pseudonyms."""

from mutasi_analysis.sources.region import load_region

__all__ = ["load_region"]
