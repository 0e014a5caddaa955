"""The appendix of a report: what a manifest says, in words."""

from __future__ import annotations

from mutasi_analysis.publish.appendix import appendix


def test_bands_of_a_norm_are_words_not_the_text_of_a_program() -> None:
    bands = "[{'name': 'A', 'lower': 1.0, 'includes_lower': False, 'label': 'Sangat Baik'}, {'name': 'E', 'label': 'Kurang'}]"
    norm = {"family": "effective_time", "scheme": "x", "value": bands, "unit": "rasio", "reference": "r", "status": "unverified"}
    manifest = {
        "language": "id",
        "code": {"commit": None, "dirty": False, "version": "0", "notebook": "n.ipynb", "notebook_sha256": "0" * 64},
        "packages": {}, "machine": {"python": "3.11"}, "title": "t", "parameters": {}, "hidden_cells": 0, "warnings": [],
        "inputs": [], "norms": [norm],
    }  # fmt: skip
    cells = appendix(manifest)[-1]["rows"][0]
    assert cells[2].startswith("A > 1 (Sangat Baik); E ")
    assert not any("{" in cell or "False" in cell for cell in cells)
