"""Talent map, supplied boxes, IP ASN, stale assessments, gaps, training, careers and wishes on a region small enough to do by hand."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.evaluation import learning, talent
from mutasi_analysis.evaluation.competency import evaluate_competency
from mutasi_analysis.evaluation.staffing import posts_on
from mutasi_analysis.profile_file import parse_profile
from tests.evaluation.tiny import move, person, profile, region

NEEDED = {"adm": {"komunikasi": 2, "teknis": 2}, "kabid": {"komunikasi": 4, "teknis": 2}}
STANDARDS = [{"jabatan_id": p, "competency": c, "required_level": v} for p, wanted in NEEDED.items() for c, v in wanted.items()]
RECENT, OLD = "2024-05-01", "2020-05-01"


def levels(key: str, komunikasi: int, teknis: int | None = None, day: str = RECENT) -> list[dict[str, object]]:
    found = {"komunikasi": komunikasi, "teknis": teknis}
    return [{"person_id": key, "competency": c, "level": v, "assessed_on": day} for c, v in found.items() if v is not None]


def rating(key: str, predicate: str, year: int = 2025, regime: str = "permenpanrb-6-2022", **more: object) -> dict[str, object]:
    return {"person_id": key, "year": year, "half": 0, "regime": regime, "predicate": predicate, **more}


def section(people, kompetensi, moves=(), kinerja=(), minimum_cell=5, **more):
    tables = {"pegawai": list(people), "kompetensi": kompetensi, "standar_kompetensi": STANDARDS, **more}
    tables |= {name: list(rows) for name, rows in (("mutasi", moves), ("kinerja", kinerja)) if rows}
    found = evaluate_competency(region(**tables), profile(minimum_cell=minimum_cell))
    assert found is not None
    return found


PEOPLE = [person(key, "A", talent_box=box) for key, box in (("1", 9), ("2", 8), ("3", 6), ("4", 1), ("5", None))]
#: match with "adm" (2 + 2): person 1 100, 2 75, 3 50, 4 100 but stale, 5 100
ASSESSED = [*levels("1", 3, 2), *levels("2", 1, 2), *levels("3", 1, 1), *levels("4", 2, 2, OLD), *levels("5", 2, 2)]
RATED = [rating("1", "Sangat Baik"), rating("2", "Baik"), rating("3", "Butuh Perbaikan"), rating("4", "Baik"),
         rating("5", "Baik", 2024)]  # fmt: skip


def test_boxes_come_from_the_last_rating_and_the_valid_match_and_only_from_both():
    """1 above/above 9; 2 met/met 5 (75 lies in 60–80); 3 below/below 1; 4 is stale, 5 was not rated in the last year: not placed."""
    boxes = section(PEOPLE, ASSESSED, kinerja=RATED).boxes.set_index("box")
    assert boxes["n"].to_dict() == {1: 1, 2: 0, 3: 0, 4: 0, 5: 1, 6: 0, 7: 0, 8: 0, 9: 1}
    assert boxes.loc[9, ["performance", "potential"]].tolist() == ["above", "above"]
    assert boxes["share"].sum() == pytest.approx(1)


def test_a_supplied_wrong_box_is_found_and_what_cannot_be_compared_is_not():
    check = section(PEOPLE, ASSESSED, kinerja=RATED).box_check
    assert check.to_numpy().tolist() == [[6, 1, 1], [8, 5, 1]]


def test_without_supplied_boxes_nothing_differs():
    assert section([person("1", "A")], levels("1", 2, 2), kinerja=[rating("1", "Baik")]).box_check.empty


@pytest.mark.parametrize(
    ("regime", "predicate", "axis"),
    [("permenpanrb-6-2022", "Sangat Baik", "above"), ("permenpanrb-6-2022", "Baik", "met"), ("pp-30-2019", "Cukup", "below"),
     ("pp-46-2011", "Buruk", "below")],
)  # fmt: skip
def test_predicates_stand_on_the_axis_of_their_regime(regime, predicate, axis):
    assert talent.performance_axis(pd.Series([predicate]), pd.Series([regime])).tolist() == [axis]


def test_the_index_needs_all_four_dimensions_and_says_what_is_missing():
    """S-1 15, staff post: technical ≥ 20 JP 22.5 + seminar 17.5 = 40, Baik 25 (no score), never sanctioned 5: 85."""
    whole = {"main_training": False, "technical_hours": 24, "seminar": True, "sanction": "tidak pernah"}
    people = [person("1", "A", education="S-1 Akuntansi", **whole), person("2", "A", education="D.III Kebidanan")]
    found = section(people, levels("1", 2, 2), kinerja=[rating("1", "Baik"), rating("2", "Baik")]).professionalism.set_index("dimension")
    assert found.loc["total", ["n", "mean_points"]].tolist() == [1, 85]
    assert found.loc["qualification", ["n", "mean_points"]].tolist() == [2, (15 + 10) / 2]
    bare = section(people[1:], levels("2", 2, 2)).professionalism.set_index("dimension")
    assert bare["state"].to_dict() == {"qualification": "ok", "competency": "missing", "performance": "missing", "discipline": "missing",
                                       "total": "missing"}  # fmt: skip
    assert np.isnan(bare.loc["total", "mean_points"])


def test_a_printed_score_goes_before_the_predicate():
    people = [person("1", "A", education="S-1 Akuntansi")]
    rows = [rating("1", "Baik", 2020, "pp-46-2011", score=91.0)]
    assert section(people, levels("1", 2, 2), kinerja=rows).professionalism.set_index("dimension").loc["performance", "mean_points"] == 30


HOURS: dict[str, dict[str, object]] = {"1": {"training_hours": 40}, "2": {"training_hours": 0}, "3": {}, "4": {"training_hours": 8}}
MOVES = [move(key, "A", "B", "2022-07-01", to_jabatan_id="kabid", **more) for key, more in HOURS.items()]
MOVED = [person(key, "B", "kabid") for key in "1234"]
BEFORE = [
    *levels("1", 2, 2, "2022-01-01"),
    *levels("2", 3, 2, "2022-01-01"),
    *levels("3", 4, 2, "2022-01-01"),
    *levels("4", 4, 2, "2018-01-01"),
]


def test_stale_assessments_stand_apart_and_in_no_other_number():
    found = section(MOVED, BEFORE, MOVES)
    apart = found.assessments.set_index(["group", "state"])
    assert apart.loc[("moved", "stale"), ["n", "jpm_from", "jpm_to", "change"]].tolist() == [1, 100, 100, 0]
    assert apart.loc[("moved", "valid"), "n"] == 3 and apart.loc[("staff", "valid"), "n"] == 0
    assert found.summary["n"].iloc[0] == 3


def test_training_before_the_move_against_the_levels_missing():
    """Post got asks 4 and 2: person 1 lacks 2 levels (40 JP: 20 a level), 2 lacks 1 without an hour, 3 lacks none but hours unknown."""
    found = section(MOVED, BEFORE, MOVES).learning.set_index("state")
    assert found["n"].to_dict() == {"unknown": 1, "no_gap": 0, "untrained": 1, "trained": 1}
    assert found.loc["trained", ["mean_hours", "mean_levels", "hours_per_level"]].tolist() == [40, 2, 20]


def test_the_largest_deficit_stands_first_with_the_training_that_closes_it():
    """Communication: 2 + 1 levels missing of two persons, 24 JP a level: 72."""
    found = section(MOVED, BEFORE, MOVES).training
    assert found["competency"].tolist() == ["komunikasi"]
    assert found.loc[0, ["n_deficit", "levels", "hours", "status"]].tolist() == [2, 3, 72, "usulan"]


def test_every_competency_has_a_training_and_it_is_marked_as_ours():
    from mutasi_analysis.entities.people import COMPETENCIES

    table = learning.load_training()
    assert set(table) == set(COMPETENCIES)
    assert all(entry["status"] == "usulan" and entry["hours_per_level"] > 0 and entry["id"] != entry["en"] for entry in table.values())


def test_both_rules_stand_side_by_side_and_the_hidden_deficit_is_counted():
    """Post got asks 4 and 2; levels 3 and 3: sum by sum 6/6 = 100, capped (3 + 2)/6: one level is missing all the same."""
    found = section(MOVED[:1], levels("1", 3, 3, "2022-01-01"), MOVES[:1]).rules.set_index("rule")
    assert found.loc["ratio_of_sums", ["jpm_to", "n_hidden"]].tolist() == [100, 1]
    assert found.loc["capped", ["jpm_to", "n_hidden"]].tolist() == [pytest.approx(500 / 6), 0]


def test_gaps_by_unit_count_no_surplus_and_leave_small_units_out():
    """Five in A: three lack one level of communication, one has two to spare: 3/5, not 1/5, told as a half. One in B: left out."""
    people = [person(str(i), "A") for i in range(5)] + [person("9", "B")]
    known = [row for i, value in enumerate((1, 4, 1, 1, 2)) for row in levels(str(i), value, 2)] + levels("9", 1, 1)
    found = section(people, known).gaps.set_index(["unit_id", "competency"])
    assert found.loc[("A", "komunikasi"), ["n", "shortfall"]].tolist() == [5, 0.5]
    assert found.loc[("A", "teknis"), "shortfall"] == 0 and set(found.index.get_level_values(0)) == {"A"}


def test_a_gap_of_one_person_is_not_told_and_of_many_is_told_to_the_tenth():
    """One level lacking among five is 0.2, told as 0; seven levels among thirty are 0.2333, told as 0.2."""
    people = [person(str(i), "A") for i in range(5)] + [person(str(i), "B") for i in range(10, 40)]
    lacking = {"0", *(str(i) for i in range(10, 17))}
    known = [row for one in people for row in levels(one["person_id"], 1 if one["person_id"] in lacking else 2, 2)]
    found = section(people, known).gaps.set_index(["unit_id", "competency"])["shortfall"]
    assert (found["A", "komunikasi"], found["B", "komunikasi"]) == (0, 0.2)


def test_careers_count_sectors_new_to_the_person():
    """One: umum → sosial (new); the other: umum → umum → sosial → umum: only sosial is new. The region outside is no sector."""
    moves = [move("1", "A", "B", "2022-07-01", from_tmt="2020-07-01"), move("2", "A", "B", "2022-07-01"), move("2", "B", "A", "2023-07-01"),
             move("3", "X", "A", "2022-07-01")]  # fmt: skip
    people = [person("1", "B"), person("2", "A"), person("3", "A")]
    found = section(people, levels("1", 2, 2), moves).careers.set_index("measure")
    assert found.loc["new_sector", ["n", "value"]].tolist() == [3, pytest.approx(2 / 3)]
    assert found.loc["sectors_before", ["n", "value"]].tolist() == [2, 1]
    assert found.loc["sectors_after", ["n", "value"]].tolist() == [3, pytest.approx(5 / 3)]


def test_wishes_are_their_own_dimension():
    """1 named B and got it; 2 named P and did not; 3 named nothing. Posts: 1 named kabid."""
    named = (("1", "wished_unit_id", "S"), ("1", "wished_unit_id", "B"), ("2", "wished_unit_id", "P"), ("1", "wished_jabatan_id", "kabid"))
    wished = [{"person_id": key, "rank": rank, column: value} for rank, (key, column, value) in enumerate(named, start=1)]
    found = section(MOVED, BEFORE, MOVES, aspirasi=wished).wishes.set_index("wish")
    assert found.loc["unit", ["n", "met", "unmet", "share"]].tolist() == [2, 1, 1, 0.5]
    assert found.loc["unit", "change_met"] == pytest.approx(400 / 6 - 100) and found.loc["unit", "change_unmet"] == pytest.approx(
        500 / 6 - 100
    )
    assert found.loc["post", ["n", "met"]].tolist() == [1, 1]
    assert found.loc["unit", ["judged_met", "judged_unmet"]].tolist() == [1, 1]


def naive_match(data, key: str, post: str, day: pd.Timestamp) -> float:
    """The capped match of one person to one post, by walking over the rows."""
    reached = needed = 0
    for row in data.table("standar_kompetensi").itertuples():
        if row.jabatan_id != post:
            continue
        known = [r for r in data.table("kompetensi").itertuples()
                 if r.person_id == key and r.competency == row.competency and r.assessed_on <= day]  # fmt: skip
        if not known:
            return float("nan")
        reached += min(max(known, key=lambda r: r.assessed_on).level, row.required_level)
        needed += row.required_level
    return 100 * reached / needed if needed else float("nan")


@pytest.mark.parametrize("seed", range(4))
def test_the_joins_agree_with_walking_over_the_rows(seed):
    rng = np.random.default_rng(seed)
    people = [person(str(i), str(rng.choice(["A", "B"])), str(rng.choice(["adm", "kabid", "guru"]))) for i in range(12)]
    known = [row for i in range(10) for day in ("2023-02-01", "2024-03-01") if rng.random() < 0.7
             for row in levels(str(i), int(rng.integers(1, 6)), int(rng.integers(1, 6)) if rng.random() < 0.8 else None, day)]  # fmt: skip
    moves = [move(str(i), "A", "B", "2024-06-01", from_jabatan_id="adm", to_jabatan_id=str(people[i]["jabatan_id"])) for i in range(6)]
    data = region(pegawai=people, kompetensi=known, standar_kompetensi=STANDARDS, mutasi=moves)
    staff, _ = talent.present_staff(data, profile())
    held = posts_on(data.table("pegawai"), data.table("mutasi"), date(2025, 12, 31))["jabatan_id"]
    expected = [naive_match(data, key, held[key], pd.Timestamp(2025, 12, 31)) for key in staff.index]
    np.testing.assert_allclose(staff["jpm"].to_numpy(dtype=float), expected, equal_nan=True)
    found = evaluate_competency(data, profile())
    day = pd.Timestamp(2024, 6, 1)
    sides = [(naive_match(data, str(i), "adm", day), naive_match(data, str(i), str(people[i]["jabatan_id"]), day)) for i in range(6)]
    used = sorted(to - start for start, to in sides if not np.isnan(start + to))
    assert sorted(found.moves["change"]) == pytest.approx(used)


def test_a_profile_written_before_the_talent_map_uses_the_default_cut_offs():
    text = (files("mutasi_analysis") / "parameters" / "regions" / "samarinda.toml").read_text(encoding="utf-8")
    old = "\n".join(line for line in text.splitlines() if not line.startswith(("nine_box_cutoffs", "professionalism")))
    assert old != text
    found = parse_profile(old, "x.toml", "samarinda")
    assert (found.scheme("nine_box_cutoffs"), found.scheme("professionalism")) == ("lokal-80-60", "permenpanrb-38-2018")
    assert profile().scheme("nine_box_cutoffs") == "lokal-80-60"
