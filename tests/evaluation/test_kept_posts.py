"""Where only the unit changed and the post stayed the same: no match can change, no wish for a post is met, and outside is no sector."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from mutasi_analysis.evaluation.competency import evaluate_competency
from mutasi_analysis.evaluation.doses import move_facts
from mutasi_analysis.evaluation.process import evaluate_process
from mutasi_analysis.evaluation.unions import without_open_posts
from mutasi_analysis.evaluation.wished import wish_met
from mutasi_analysis.evaluation.workload import evaluate_workload
from mutasi_analysis.tabulate.competency import match_table
from mutasi_analysis.tabulate.talent import match_units_table
from mutasi_analysis.wording import Words
from tests.evaluation.test_talent import STANDARDS, levels
from tests.evaluation.tiny import move, person, profile, region, task

K = 5
ID = Words("id")
#: 1 to 6 keep the post adm (asks 2 and 2) and go to B or outside; 7 and 8 become kabid (asks 4 and 2) with levels 2 and 2: 100 to (2 + 2)/6
KEPT = [move(str(i), "A", "B" if i < 6 else "X", "2022-07-01", move_kind="permintaan_sendiri" if i < 6 else "rotasi") for i in range(1, 7)]
CHANGED = [move(str(i), "A", "B", "2022-07-01", to_jabatan_id="kabid") for i in (7, 8)]
MOVES = [*KEPT, *CHANGED]
ASSESSED = [row for i in range(1, 9) for row in levels(str(i), 2, 2, "2022-01-01")]


def of(moves, **more):
    people = [person(str(i), "B", "kabid" if i > 6 else "adm") for i in range(1, 9)]
    return region(pegawai=people, kompetensi=ASSESSED, standar_kompetensi=STANDARDS, mutasi=moves, **more)


def test_those_who_kept_their_post_stand_apart_and_their_change_has_no_interval():
    section = evaluate_competency(of(MOVES), profile())
    assert section is not None
    posts = section.posts.set_index("post")
    assert posts["n"].to_dict() == {"changed": 2, "kept": 6}
    assert posts["change"].to_dict() == pytest.approx({"changed": 400 / 6 - 100, "kept": 0})
    groups = section.summary.set_index("group")
    assert groups.loc["permintaan_sendiri", ["conf_low", "conf_high"]].isna().all() and groups.loc["permintaan_sendiri", "change"] == 0
    assert groups.loc["all", "conf_low"] < groups.loc["all", "change"] < 0


def test_a_group_without_any_change_is_told_with_a_dash_and_why_but_not_where_it_is_hidden():
    section = evaluate_competency(of(MOVES), profile())
    assert section is not None
    shown = match_table(section.summary, ID, minimum_cell=1)
    assert "tidak satu pun kecocokan berubah" in shown.note
    assert shown.shown.set_index("name").loc["permintaan sendiri", "interval"] == "–"
    hidden = match_table(section.summary, ID, minimum_cell=K)  # 3 rotations are few: both kinds go
    assert (hidden.shown.loc[hidden.shown["grouping"] == "jenis mutasi", "interval"] == "*").all()
    assert "kecocokan berubah" not in hidden.note


@pytest.mark.parametrize(("same", "improved", "told"), [(2, 20, False), (5, 20, True), (0, 20, True), (2, 3, True)])
def test_the_number_that_kept_is_not_told_where_it_counts_the_few_who_changed_and_stayed_the_same(same, improved, told):
    """All that stayed the same, less those who kept their post. With few improved the shares of all are hidden and give nothing back."""
    n, changed = 60, 60 - 30
    shares = {"share_improved": improved, "share_same": 30 + same, "share_lower": n - 30 - same - improved}
    whole = pd.DataFrame([{"grouping": "all", "group": "all", "n": n, **{name: count / n for name, count in shares.items()}}])
    rows = [["changed", changed, improved / changed, same / changed], ["kept", 30, 0.0, 1.0]]
    posts = without_open_posts(pd.DataFrame(rows, columns=["post", "n", "share_improved", "share_same"]), whole, K)
    assert posts["n"].notna().all() == told and posts["post"].tolist() == ["changed", "kept"]


def test_outside_the_region_is_no_sector():
    section = evaluate_competency(of(MOVES), profile())
    assert section is not None
    sectors = section.summary.loc[section.summary["grouping"] == "sector"].set_index("group")["n"]
    assert sectors.to_dict() == {"luar": 1, "sosial": 7}
    fields = section.qualification_changes
    assert "umum" not in set(fields.loc[fields["grouping"] == "sector", "group"])  # what the unit outside is filed under
    assert set(move_facts(of(MOVES), profile(), of(MOVES).table("mutasi"), None)["sector"]) == {"luar", "sosial"}


def test_units_left_out_have_few_transfers_judged_be_they_many_in_all():
    section = evaluate_competency(of(MOVES), profile())
    assert section is not None
    table = match_units_table(section.units, ID, minimum_cell=K)
    assert table is not None and table.note.endswith("Tidak tampil: 1 unit dengan kurang dari 5 mutasi yang dinilai.")


WISHED = [("1", "wished_jabatan_id", "adm"), ("2", "wished_jabatan_id", "kabid"), ("7", "wished_jabatan_id", "adm"),
          ("7", "wished_jabatan_id", "kabid"), ("1", "wished_unit_id", "A"), ("1", "wished_unit_id", "B"), ("3", "wished_unit_id", "A"),
          ("4", "wished_unit_id", "S")]  # fmt: skip


def test_what_is_held_already_is_no_wish_that_could_be_met():
    """Posts: 1 named his own and kept it, 2 kabid in vain, 7 his own and kabid. Units: 3 named only the unit that he left."""
    data = of(MOVES, aspirasi=[{"person_id": who, "rank": rank, column: what} for rank, (who, column, what) in enumerate(WISHED, start=1)])
    moves = data.table("mutasi")
    post, unit = (wish_met(data, moves, wish).set_axis(moves["person_id"]).dropna().to_dict() for wish in ("post", "unit"))
    assert post == {"2": False, "7": True} and unit == {"1": True, "4": False}
    section, process = evaluate_competency(data, profile()), evaluate_process(data, profile())
    assert section is not None and process is not None
    wishes = section.wishes.set_index("wish")
    assert wishes.loc["post", ["n", "met", "judged_met", "judged_unmet"]].tolist() == [2, 1, 1, 1]
    assert process.checks.set_index("check").loc["wish_unmet", ["n", "flagged"]].tolist() == wishes.loc["unit", ["n", "unmet"]].tolist()


def test_an_origin_whose_need_is_not_known_cannot_become_worse():
    people = [person("1", "A"), person("2", "B"), person("3", "B")]
    moves = [move("2", "X", "B", "2022-07-01"), move("3", "A", "B", "2022-07-01")]
    section = evaluate_workload(region(pegawai=people, mutasi=moves, beban_kerja=[task("A", 2), task("B", 3)]), profile())
    assert section is not None
    worse = section.transfers.set_index("from_unit_id")["origin_worse"]
    assert worse["A"] and pd.isna(worse["X"])
    assert dataclasses.replace(section).transfers["at_origin"].sum() == pytest.approx(1)  # nothing is added for X
