"""The workload section by hand: need, head counts in three states, contributions, sensitivity."""

from datetime import date

import pandas as pd
import pytest

from mutasi_analysis.errors import DataError
from mutasi_analysis.evaluation.protected import balance_frame
from mutasi_analysis.evaluation.workload import evaluate_workload
from tests.evaluation.tiny import move, person, profile, region, task

# A needs 2 and had 3; B needs 3 and had 1. One moves A → B, one is hired at B, and one leaves A in 2023.
PEOPLE = [
    person("1", "A"), person("2", "A", exit_date="2023-05-01"), person("3", "B"), person("4", "B"),
    person("5", "B", tmt_cpns="2024-01-01"),
]  # fmt: skip
MOVES = [move("3", "A", "B", "2022-07-01")]
TASKS = [task("A", 2), task("B", 3)]


@pytest.fixture
def section():
    return evaluate_workload(region(pegawai=PEOPLE, mutasi=MOVES, beban_kerja=TASKS), profile())


def test_need_and_head_counts(section):
    units = section.units.set_index("unit_id")
    assert units["required_fte"].to_dict() == pytest.approx({"A": 2, "B": 3})
    assert units["available_before"].to_dict() == {"A": 3, "B": 1}
    assert units["available_after"].to_dict() == {"A": 1, "B": 3}
    assert units["available_without"].to_dict() == {"A": 2, "B": 2}
    assert units["index_after"].to_dict() == pytest.approx({"A": 2.0, "B": 1.0})
    assert units["gap_after"].to_dict() == pytest.approx({"A": -1, "B": 0})
    assert units["band_after"].to_dict() == {"A": "A", "B": "B"}
    assert units.loc["B", "moved_in"] == 1 and units.loc["A", "moved_out"] == 1


def test_balance_and_the_transfer_s_contribution(section):
    imbalance = balance_frame(section.units).query("measure == 'imbalance'").set_index("state")["value"]
    assert imbalance.to_dict() == pytest.approx({"before": 3, "after": 1, "without": 1})
    transfer = section.transfers.iloc[0]
    assert transfer["contribution"] == pytest.approx(0)
    assert transfer["at_origin"] == pytest.approx(1) and transfer["at_destination"] == pytest.approx(-1)
    assert bool(transfer["origin_worse"])


def test_contributions_sum_to_the_change_against_the_counterfactual(section):
    imbalance = balance_frame(section.units).query("measure == 'imbalance'").set_index("state")["value"]
    assert section.transfers["contribution"].sum() == pytest.approx(imbalance["after"] - imbalance["without"], abs=1e-9)


def test_theil_parts_sum_to_the_total(section):
    by_state = balance_frame(section.units).pivot(index="state", columns="measure", values="value")
    assert (by_state["theil_between"] + by_state["theil_within"]).to_numpy() == pytest.approx(by_state["theil"].to_numpy())


def test_sensitivity_rebases_the_need(section):
    total = section.sensitivity.set_index("scheme")["required_total"]
    assert total["permenpanrb-1-2020"] == pytest.approx(5)
    assert total["permendagri-12-2008"] == pytest.approx(5 * 75_000 / 78_000)


def test_only_the_latest_workload_year_counts_and_an_hour_is_sixty_minutes():
    tasks = [task("A", 9, year=2021), task("A", 2, year=2024, norm_time=1, norm_unit="jam"), task("B", 3)]
    units = evaluate_workload(region(pegawai=PEOPLE, mutasi=MOVES, beban_kerja=tasks), profile()).units.set_index("unit_id")
    assert units.loc["A", "required_fte"] == pytest.approx(2)


def test_school_and_health_centre_follow_their_own_rules():
    # SD: 6 classes + 48 lesson hours / 24 = 8. Midwife: 72,000 min main × 1 / (1 − 20 %) = 1.25 of 72,000.
    people = [person("1", "S", "guru"), person("2", "P", "bidan"), person("3", "P", "adm"), person("4", "A")]
    tasks = [
        task("P", 0, "bidan", task="periksa", volume=4800, norm_time=15, is_support=False),
        task("P", 0, "bidan", task="catat", volume=1440, norm_time=10, is_support=True),
        task("A", 2),
    ]
    school = [{"unit_id": "S", "year": 2025, "school_level": "SD", "classes": 6, "lesson_hours_w": 48}]
    data = region(pegawai=people, mutasi=MOVES, beban_kerja=tasks, sekolah=school)
    section = evaluate_workload(data, profile())
    units = section.units.set_index("unit_id")
    assert units.loc["S", "required_fte"] == pytest.approx(8)
    assert units.loc["P", "required_fte"] == pytest.approx(1.25)
    assert units.loc["P", "available_after"] == 1
    assert units["family"].to_dict() == {"S": "sekolah", "P": "abk_kes", "A": "abk"}
    assert section.unmeasured[["unit_id", "reason", "persons"]].to_numpy().tolist() == [["P", "no_need_for_umum", 1]]


def test_nobody_available_gives_no_index_but_the_need():
    units = evaluate_workload(region(pegawai=[person("1", "A")], mutasi=MOVES, beban_kerja=TASKS), profile()).units.set_index("unit_id")
    assert pd.isna(units.loc["B", "index_after"]) and units.loc["B", "gap_after"] == pytest.approx(-3)


def test_moves_from_outside_count_at_the_destination_only():
    people = [person("1", "A"), person("2", "B")]
    data = region(pegawai=people, mutasi=[move("2", "X", "B", "2022-07-01")], beban_kerja=TASKS)
    section = evaluate_workload(data, profile())
    assert section.transfers["at_origin"].tolist() == [0.0]
    assert section.transfers["contribution"].tolist() == pytest.approx([-1.0])
    assert "X" not in section.units["unit_id"].tolist()


def test_a_person_moved_again_outside_the_programme_is_set_aside_and_counted():
    moves = [move("3", "A", "B", "2022-07-01"), move("3", "B", "A", "2025-03-01")]
    people = [person("1", "A"), person("3", "A"), person("4", "B")]
    section = evaluate_workload(region(pegawai=people, mutasi=moves, beban_kerja=TASKS), profile())
    assert section.units["moved_in"].sum() == 0 and section.notes == ("moves_set_aside:1",)


def test_without_any_workload_table_there_is_no_section():
    assert evaluate_workload(region(pegawai=PEOPLE, mutasi=MOVES), profile()) is None


def test_support_tasks_that_take_all_the_time_are_a_fault_with_unit_and_post():
    tasks = [task("P", 0, "bidan", task="periksa", volume=10, norm_time=15), task("P", 1.2, "bidan", task="rapat", is_support=True)]
    data = region(pegawai=[person("2", "P", "bidan")], mutasi=MOVES, beban_kerja=tasks)
    with pytest.raises(DataError, match=r"P · bidan: 125 persen.*di bawah 100 persen"):
        evaluate_workload(data, profile())


LIKE_FILES = {
    "the list of staff was not updated": ([person("1", "A")], [move("1", "A", "B", "2023-03-01")], {}, {"A": 1, "B": 0}, 1),
    "the transfer stands twice": (
        [person("1", "B")], [move("1", "A", "B", "2023-03-01"), move("1", "A", "B", "2023-03-15")], {}, {"A": 1, "B": 0}, 1,
    ),
    "heads are counted before the programme ends": (
        [person("1", "B"), person("2", "B")], [move("1", "A", "B", "2023-03-01"), move("2", "A", "B", "2024-06-01")],
        {"as_of": date(2023, 12, 31)}, {"A": 2, "B": 0}, 1,
    ),
    "a step between two transfers is missing": (
        [person("1", "A")], [move("1", "A", "B", "2022-03-01"), move("1", "P", "A", "2023-03-01")], {}, {"A": 1, "B": 0}, 2,
    ),
    "there and back": ([person("1", "A")], [move("1", "A", "B", "2022-03-01"), move("1", "B", "A", "2023-03-01")], {}, {"A": 1, "B": 0}, 0),
}  # fmt: skip


@pytest.mark.parametrize("case", LIKE_FILES)
def test_transfers_that_do_not_lead_to_the_list_of_staff_are_set_aside_and_counted(case):
    people, moves, changes, without, aside = LIKE_FILES[case]
    section = evaluate_workload(region(pegawai=people, mutasi=moves, beban_kerja=TASKS), profile(**changes))
    assert section.units.set_index("unit_id")["available_without"].to_dict() == without
    assert section.notes == ((f"moves_set_aside:{aside}",) if aside else ())
    imbalance = balance_frame(section.units).query("measure == 'imbalance'").set_index("state")["value"]
    assert section.transfers["contribution"].sum() == pytest.approx(imbalance["after"] - imbalance["without"], abs=1e-9)
