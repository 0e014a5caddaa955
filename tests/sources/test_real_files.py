"""Two real files beside the project: an ABK sheet and a Dapodik list give the figures that their README states."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutasi_analysis import metrics
from mutasi_analysis.sources import check, read_file

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="shared/data does not lie beside the project")


def test_the_abk_sheet_needs_eleven_twelfths_of_a_person():
    sheet = read_file(DATA / "abk_sheet_one_position.xlsx")
    assert sheet["effective_minutes_y"].eq(72_000).all()
    assert sheet["basis"].eq("year").all()
    assert sheet["norm_unit"].eq("menit").all()
    need = metrics.abk.staffing_need(sheet["volume"], sheet["norm_time"], effective_minutes_y=72_000)
    assert need.tolist() == pytest.approx([0.0833333] + [0.1666667] * 5, abs=5e-8)
    assert need.sum() == pytest.approx(0.9166667, abs=5e-8)
    assert sheet["need_stated"].tolist() == pytest.approx(need.tolist(), abs=1e-12)


def test_the_dapodik_list_gives_the_totals_of_balikpapan():
    schools = read_file(DATA / "schools_balikpapan.csv")
    assert len(schools) == 341
    state = schools[schools["status"] == "Negeri"].groupby("school_level")[["teachers", "classes", "pupils"]].sum()
    assert state.loc["SD"].tolist() == [2428, 1922, 53467]
    assert state.loc["SMP"].tolist() == [1054, 636, 22125]
    assert schools["classes"].eq(0).sum() == 8
    assert schools["teachers"].eq(0).sum() == 9
    assert schools["founded_on"].dt.year.min() > 1910


def test_the_abk_sheet_may_be_asked_for_as_workload():
    sheet = DATA / "abk_sheet_one_position.xlsx"
    assert read_file(sheet, kind="beban_kerja").equals(read_file(sheet))


@pytest.mark.parametrize("name", ["abk_sheet_one_position.xlsx", "schools_balikpapan.csv"])
def test_check_finds_nothing_wrong(name):
    assert check(DATA / name) == []


@pytest.mark.parametrize("name", ["puskesmas_five_regions.csv", "regions.csv", "mpdta.csv", "dat.bcg.csv", "mexico_income.csv"])
def test_a_file_that_is_no_agency_table_says_so(name):
    (fault,) = check(DATA / name)
    assert fault.rule == "unknown_kind"
    assert fault.sentence().startswith(f"{name}: jenis berkas tidak dikenali")
