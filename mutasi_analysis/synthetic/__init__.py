"""Demonstration data with known truth: five regions with true places and invented people."""

from mutasi_analysis.synthetic.region import SyntheticRegion, synthesize
from mutasi_analysis.synthetic.truth import Truth

__all__ = ["SyntheticRegion", "Truth", "synthesize"]
