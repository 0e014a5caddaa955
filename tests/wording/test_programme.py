"""A whole programme is answered first by the outcome its region declared first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mutasi_analysis.evaluation import evaluate
from mutasi_analysis.wording.findings import programme_section
from tests.evaluation.test_evaluate import MOVE, PEOPLE, ratings, service_rows
from tests.evaluation.tiny import profile, region


@pytest.fixture(scope="module")
def found():
    rows = [row for unit in "AB" for row in service_rows(unit, dict.fromkeys(range(2020, 2026), 8.0), "hari_pengaduan")]
    return evaluate(region(pegawai=PEOPLE, mutasi=[MOVE], kinerja=ratings(p1="BBBBBB", p2="BBBBBB"), layanan=rows), profile())


LEADS = {("hari_pengaduan",): "service", ("output_percent", "hari_pengaduan"): "performance", ("ikm",): "performance", (): "performance"}


@pytest.mark.parametrize("primary", LEADS)
def test_the_declared_outcome_leads(found, primary):
    assert programme_section(replace(found, primary=primary)) == LEADS[primary]
