"""The joined result on a tiny region: competency, performance, service, process, and what is refused."""

from dataclasses import FrozenInstanceError
from datetime import date

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.errors import MissingDataError
from mutasi_analysis.evaluation import evaluate
from mutasi_analysis.evaluation.competency import evaluate_competency
from mutasi_analysis.evaluation.effects import raw_paths
from mutasi_analysis.evaluation.performance import evaluate_performance, rated_years
from mutasi_analysis.evaluation.process import evaluate_process
from mutasi_analysis.evaluation.service import evaluate_service, yearly_values
from tests.evaluation.tiny import move, person, profile, region, task

PEOPLE = [person("1", "B", "kabid"), person("2", "A"), person("3", "A")]
MOVE = move("1", "A", "B", "2022-07-01", to_jabatan_id="kabid")


def levels(person_id: str, day: str, **found: int) -> list[dict[str, object]]:
    return [{"person_id": person_id, "competency": name, "level": level, "assessed_on": day} for name, level in found.items()]


def standards(post: str, **needed: int) -> list[dict[str, object]]:
    return [{"jabatan_id": post, "competency": name, "required_level": level} for name, level in needed.items()]


STANDARDS = standards("adm", komunikasi=2, teknis=2) + standards("kabid", komunikasi=4, teknis=2)


def match(kompetensi, **more):
    data = region(pegawai=PEOPLE, mutasi=[MOVE], kompetensi=kompetensi, standar_kompetensi=STANDARDS, **more)
    return evaluate_competency(data, profile())


def test_match_is_taken_against_the_post_left_and_the_post_got():
    # capped: origin (min(3,2) + min(2,2)) / 4 = 100 %; destination (3 + 2) / 6 = 83.33 %
    section = match(levels("1", "2021-05-01", komunikasi=3, teknis=2))
    row = section.summary.iloc[0]
    assert (row["jpm_from"], row["jpm_to"]) == pytest.approx((100.0, 500 / 6))
    assert row["change"] == pytest.approx(500 / 6 - 100) and row["share_lower"] == 1
    assert section.deficits.set_index("competency").loc["komunikasi", ["n_deficit", "mean_gap"]].tolist() == [1, -1]


@pytest.mark.parametrize(
    ("assessment", "reason"),
    [
        (levels("1", "2021-05-01", komunikasi=3), "incomplete_assessment"),
        (levels("1", "2018-05-01", komunikasi=3, teknis=2), "stale_assessment"),
        (levels("1", "2023-05-01", komunikasi=3, teknis=2), "no_assessment"),
        (levels("2", "2021-05-01", komunikasi=3, teknis=2), "no_assessment"),
    ],
)
def test_what_cannot_be_matched_is_counted_with_its_reason_and_never_a_zero(assessment, reason):
    section = match(assessment)
    assert section.coverage.to_numpy().tolist() == [[reason, 1]]
    assert section.moves.empty and section.summary["n"].tolist() == [0] and np.isnan(section.summary["change"].iloc[0])


def ratings(**years: str) -> list[dict[str, object]]:
    regime = {"2020": "pp-46-2011"}
    rows = []
    for key, predicates in years.items():
        for year, predicate in zip(range(2020, 2020 + len(predicates)), predicates, strict=True):
            word = {"S": "Sangat Baik", "B": "Baik"}.get(predicate)
            rows.append({"person_id": key[1:], "year": year, "half": 0, "predicate": word, "output_percent": 100.0,
                         "regime": regime.get(str(year), "permenpanrb-6-2022")})  # fmt: skip
    return rows


def test_ridit_is_taken_in_cells_and_a_year_rated_twice_counts_with_its_second_half():
    rows = ratings(p2="BB", p3="BS")
    rows.append({**rows[1], "half": 2, "regime": "pp-30-2019", "predicate": "Sangat Baik"})
    data = region(pegawai=PEOPLE, mutasi=[MOVE], kinerja=rows)
    found = rated_years(data, profile()).set_index(["person_id", "year"])
    assert found.loc[("2", 2020), "rating_ridit"] == 0.5
    assert found.loc[("2", 2021), "rating_ridit"] == 0.5 and found.loc[("2", 2021), "top_share"] == 1
    assert len(found) == 4


def test_naive_difference_uses_the_year_before_and_the_year_after():
    rows = ratings(p1="BBBBBB")
    for row, value in zip(rows, [100, 90, 50, 97, 80, 80], strict=True):
        row["output_percent"] = value
    section = evaluate_performance(region(pegawai=PEOPLE, mutasi=[MOVE], kinerja=rows), profile(), seed=0)
    naive = section.naive.set_index("outcome").loc["output_percent"]
    assert (naive["before"], naive["after"], naive["difference"]) == (90, 97, 7)
    assert section.verdicts["verdict"].unique().tolist() == ["cannot_tell"]


def test_pppk_and_people_moved_outside_the_programme_are_set_aside_and_counted():
    people = [*PEOPLE, person("4", "A", asn_kind="PPPK"), person("5", "B")]
    moves = [MOVE, move("5", "A", "B", "2025-02-01")]
    rows = ratings(p1="BBBBBB", p2="BBBBBB", p3="BBBBBB", p4="BBBBBB", p5="BBBBBB")
    section = evaluate_performance(region(pegawai=people, mutasi=moves, kinerja=rows), profile(), seed=0)
    counted = section.dropped.loc[section.dropped["outcome"] == "all"].set_index("reason")["n"].to_dict()
    assert counted == {"not_pns": 1, "moved_outside_programme": 1}


def test_raw_paths_average_the_compared_over_the_cohorts():
    panel = pd.DataFrame({"unit": ["m"] * 3 + ["s"] * 3, "year": [2020, 2021, 2022] * 2, "cohort": [2022.0] * 3 + [0.0] * 3,
                          "y": [1.0, 2, 9, 5, 6, 7]})  # fmt: skip
    found = raw_paths(panel, "y").pivot(index="event_time", columns="group", values="mean")
    assert found["moved"].tolist() == [1, 2, 9] and found["compared"].tolist() == [5, 6, 7]


def service_rows(unit: str, values: dict[int, float], indicator: str = "ikm") -> list[dict[str, object]]:
    return [{"unit_id": unit, "month": f"{year}-01-01", "indicator": indicator, "value": value, "n": 50} for year, value in values.items()]


def test_yearly_service_is_weighted_by_respondents():
    rows = service_rows("A", {2020: 80.0})
    rows.append({**rows[0], "month": "2020-02-01", "value": 90.0, "n": 150})
    data = region(pegawai=PEOPLE, mutasi=[MOVE], layanan=rows)
    assert yearly_values(data.table("layanan"))["value"].tolist() == [87.5]


def test_service_says_cannot_tell_for_two_units_and_gives_the_letter():
    rows = [row for unit in "AB" for row in service_rows(unit, dict.fromkeys(range(2020, 2026), 88.305))]
    section = evaluate_service(region(pegawai=PEOPLE, mutasi=[MOVE], layanan=rows), profile(), seed=0)
    assert section.verdicts["verdict"].tolist() == ["cannot_tell"]
    assert set(section.letters["letter"]) == {"A"}
    assert section.monthly.groupby("group")["n_units"].max().to_dict() == {"other": 1, "receiving": 1}


def test_a_mean_of_a_month_has_the_interval_of_so_many_units():
    # 80 and 90: mean 85, standard deviation 7.0711, standard error 5, Student's t for one degree of freedom 12.7062 (any table)
    rows = service_rows("C", {2020: 80.0, 2021: 88.0}) + service_rows("D", {2020: 90.0})  # neither received anybody
    section = evaluate_service(region(pegawai=PEOPLE, mutasi=[MOVE], layanan=rows), profile(), seed=0)
    first, second = section.monthly.sort_values("month").itertuples()
    assert (first.value, first.n_units) == (85.0, 2)
    assert (first.conf_low, first.conf_high) == pytest.approx((85 - 63.531, 85 + 63.531), abs=1e-3)
    assert second.value == 88.0 and pd.isna(second.conf_low) and pd.isna(second.conf_high)  # one unit has no spread


def test_process_counts_days_rules_and_wishes():
    moves = [
        move("1", "A", "B", "2024-05-01", to_jabatan_id="kabid", proposed_on="2024-03-01", reported_on="2024-05-02",
             from_tmt="2022-03-01", documents_complete=9, socialised=False, training_hours=0),
        move("2", "A", "B", "2022-07-01", from_tmt="2021-07-01", documents_complete=10, socialised=True, training_hours=8),
    ]  # fmt: skip
    wishes = [{"person_id": "2", "rank": 1, "wished_unit_id": "B"}]
    section = evaluate_process(region(pegawai=PEOPLE, mutasi=moves, aspirasi=wishes), profile())
    days = section.durations.set_index("step")
    assert days.loc["proposal_to_report", ["n", "median_days"]].tolist() == [1, 62]
    flagged = section.checks.set_index("check")["flagged"].to_dict()
    assert flagged == {"tenure_under_2": 1, "tenure_over_5": 0, "blackout": 1, "documents_incomplete": 1, "not_socialised": 1,
                       "no_training": 1, "wish_unmet": 0}  # fmt: skip


def test_sections_without_tables_are_none_and_named():
    found = evaluate(region(pegawai=PEOPLE, mutasi=[MOVE], beban_kerja=[task("A", 1)]), profile())
    assert found.competency is None and found.service is None and found.performance is None
    assert {"kompetensi", "layanan", "kinerja"} <= set(found.missing)
    assert found.fact("moves") == 1
    with pytest.raises(FrozenInstanceError):
        found.name = "lain"


def test_a_table_that_every_section_needs_is_asked_for():
    with pytest.raises(MissingDataError, match="tabel wajib belum ada: mutasi"):
        evaluate(region(pegawai=PEOPLE), profile())


def test_no_frame_written_to_data_processed_holds_a_person():
    rows = ratings(p1="BBBBBB", p2="BBBBBB")
    found = evaluate(region(pegawai=PEOPLE, mutasi=[MOVE], beban_kerja=[task("A", 1)], kinerja=rows), profile())
    for name, frame in found.frames().items():
        assert not {"person_id", "related_person_id"} & set(frame.columns), name


def test_a_region_whose_transfers_all_lie_outside_the_programme_is_evaluated_without_an_effect():
    kinerja = [
        {"person_id": key, "year": year, "half": 0, "regime": "permenpanrb-6-2022", "predicate": "Baik", "output_percent": 90 + year % 3}
        for key in ("1", "2", "3")
        for year in range(2020, 2026)
    ]
    data = region(pegawai=PEOPLE, mutasi=[MOVE], kinerja=kinerja, beban_kerja=[task("A", 2), task("B", 1)])
    section = evaluate(data, profile(programme_first=date(2023, 1, 1))).performance
    assert section is not None and set(section.verdicts["verdict"]) == {"cannot_tell"}


def test_ratings_without_a_value_and_service_of_other_years_give_no_section():
    blank = {"person_id": "1", "year": 2023, "half": 0, "regime": "permenpanrb-6-2022"}
    early = {"unit_id": "A", "month": "2012-01-01", "indicator": "ikm", "value": 80, "n": 10}
    data = region(pegawai=PEOPLE, mutasi=[MOVE], kinerja=[blank], layanan=[early])
    assert evaluate_performance(data, profile(), seed=0) is None
    assert evaluate_service(data, profile(), seed=0) is None


def test_the_norms_listed_are_those_that_were_used():
    """Bungo's case: no competency data, hence no bands of match, talent map or professionalism index; all five rules of the
    table that compares working times; no schools, no satisfaction, no complaints."""
    found = evaluate(region(pegawai=PEOPLE, mutasi=[MOVE], beban_kerja=[task("A", 1)]), profile())
    listed = set(zip(found.norms["family"], found.norms["scheme"], strict=True))
    assert {scheme for family, scheme in listed if family == "effective_time"} == set(found.workload.sensitivity["scheme"])
    assert {family for family, _ in listed} >= {"annualisation", "effectiveness_bands", "election_blackout"}
    unused = {"jpm_bands", "assessment_validity", "nine_box", "nine_box_cutoffs", "predicate_axis", "professionalism", "teacher_hours",
              "professionalism_predicate", "satisfaction_bands", "complaint_days", "predicates"}  # fmt: skip
    assert not unused & {family for family, _ in listed}
    assert not found.norms.duplicated(["family", "scheme"]).any()
    uses = found.norms.set_index(["family", "scheme"])["use"]
    assert (
        uses[("effective_time", profile().scheme("effective_time"))] == "general"
        and uses[("effective_time", "kemenkeu-2002")] == "compared"
    )


def test_ratings_bring_the_norms_of_their_regimes():
    rows = ratings(p1="BBBBBB", p2="BBBBBB")
    found = evaluate(region(pegawai=PEOPLE, mutasi=[MOVE], beban_kerja=[task("A", 1)], kinerja=rows), profile())
    listed = set(found.norms.loc[found.norms["family"] == "predicates", "scheme"])
    assert listed == set(found.performance.ratings["regime"]) != set()
