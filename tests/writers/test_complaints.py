"""Demonstration registers: the drawn means come back from dates, what cannot be whole days stays as it is, nothing else moves."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis import load_profile
from mutasi_analysis.metrics.service import working_days
from mutasi_analysis.sources import load_region
from mutasi_analysis.synthetic import synthesize
from mutasi_analysis.synthetic.files import write_region
from mutasi_analysis.synthetic.writers.complaints import split
from mutasi_analysis.working_calendar import national_calendar


def service(*rows: tuple[str, str, float, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit_id", "month", "value", "n"])
    return frame.assign(month=pd.to_datetime(frame["month"]), indicator="hari_pengaduan")


def test_the_days_of_the_dates_sum_to_what_was_drawn():
    """4.25 days of 8 complaints are 34, 0 of 3 are 0; received in their month, on a day that is worked (17 August 2023 is not)."""
    rest, register = split(service(("A", "2023-08-01", 4.25, 8), ("B", "2023-08-01", 0.0, 3)))
    days = working_days(register["received_on"], register["answered_on"], holidays=national_calendar().holidays)
    assert rest.empty
    assert days.groupby(register["unit_id"]).agg(["sum", "count"]).to_numpy().tolist() == [[34.0, 8], [0.0, 3]]
    assert register["received_on"].dt.strftime("%Y-%m").unique().tolist() == ["2023-08"]
    assert (register["received_on"].dt.day_of_week < 5).all() and not (register["received_on"] == "2023-08-17").any()
    assert register["answered_on"].isna().sum() == 1 and register["complaint_id"].is_unique


def test_a_mean_of_no_whole_days_stays_as_it_was_sent():
    given = service(("A", "2023-08-01", 4.25, 8), ("A", "2023-09-01", 4.5, 3))
    rest, register = split(given)
    assert register.empty
    pd.testing.assert_frame_equal(rest, given)


@pytest.mark.parametrize(("slug", "file"), [("alak", "pengaduan.csv"), ("bungo", "layanan/pengaduan_2023.csv")])
def test_the_regions_that_ask_about_complaints_send_a_register(slug, file, tmp_path):
    profile = load_profile(slug)
    made = synthesize(profile, seed=3, scale=0.1)
    write_region(made, profile, tmp_path / "raw")
    assert "Pelapor " in (tmp_path / "raw" / slug / file).read_text("utf-8")
    read = load_region(profile, tmp_path)
    told = dict(note.split(":") for note in read.notes if note.startswith("complaints_"))
    drawn = made.tables["layanan"].query("indicator == 'hari_pengaduan'")
    assert set(told) == {"complaints_read", "complaints_open"}
    assert int(told["complaints_read"]) - int(told["complaints_open"]) == drawn["n"].sum()
    assert read.complaints[["received", "open"]].sum().tolist() == [int(told["complaints_read"]), int(told["complaints_open"])]
    assert not any("Pelapor" in frame.to_csv() for frame in read.tables.values())
