"""Talent map and heatmap of gaps, their tables and sentences, on invented counts: few persons are hidden everywhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd
import pytest

from mutasi_analysis import pages
from mutasi_analysis.blocks import Picture, Prose, TableBlock
from mutasi_analysis.evaluation.learning import TRAINING_COLUMNS, load_training
from mutasi_analysis.evaluation.result import Competency
from mutasi_analysis.figures.talent import gap_heatmap, nine_box
from mutasi_analysis.tabulate import talent as tables
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.talent import Told, possible_sentence
from tests.wording import invented

K = invented.K
CHECK = ["supplied", "recomputed", "n"]
CELLS = {1: ("below", "below"), 2: ("met", "below"), 3: ("below", "met"), 4: ("above", "below"), 5: ("met", "met"),
         6: ("below", "above"), 7: ("above", "met"), 8: ("met", "above"), 9: ("above", "above")}  # fmt: skip


def boxes(**counts: int) -> pd.DataFrame:
    rows = [[box, *axes, counts.get(f"b{box}", 0)] for box, axes in CELLS.items()]
    frame = pd.DataFrame(rows, columns=["box", "performance", "potential", "n"])
    return frame.assign(share=frame["n"] / max(frame["n"].sum(), 1))


def gaps(units: int, n: int = 8) -> pd.DataFrame:
    rows = [[f"U{i}", f"Unit {i:02d}", "umum", code, n, 0.1 * i if code == "teknis" else 0.05]
            for i, code in product(range(units), ("teknis", "komunikasi"))]  # fmt: skip
    return pd.DataFrame(rows, columns=["unit_id", "unit_name", "sector", "competency", "n", "shortfall"])


def section(**changes: Any) -> Competency:
    training = load_training()["komunikasi"]
    parts: dict[str, pd.DataFrame] = {
        "possible": pd.DataFrame([[40, 0, 80.0, 84.5, 89.0, 0.5, "ok"]],
                                 columns=["n", "excluded", "before", "realised", "best", "share", "reason"]),
        "boxes": boxes(b5=20, b8=60, b9=3, b2=2, b7=9),
        "box_check": pd.DataFrame([[8, 7, 6], [6, 8, 2]], columns=["supplied", "recomputed", "n"]),
        "gaps": gaps(3),
        "training": pd.DataFrame([["komunikasi", 12, 14.0, training["id"], training["en"], 24.0, 336.0, "usulan"],
                                  ["teknis", 3, 3.0, "x", "y", 40.0, 120.0, "usulan"]],
                                 columns=TRAINING_COLUMNS),
        "education": pd.DataFrame([["rule", 90, 0.9], ["confirmed", 6, 0.06], ["proposal", 0, 0.0], ["none", 0, 0.0], ["blank", 4, 0.04]],
                                  columns=["how", "n", "share"]),
        "wishes": pd.DataFrame([["unit", 30, 20, 10, 2 / 3, 5.0, 1.0, 20, 10], ["post", 30, 28, 2, 28 / 30, 5.0, -9.0, 20, 2]],
                               columns=["wish", "n", "met", "unmet", "share", "change_met", "change_unmet", "judged_met", "judged_unmet"]),
        "professionalism": pd.DataFrame([["qualification", 25, 90, 14.5, "ok"], ["discipline", 5, 0, float("nan"), "missing"],
                                         ["total", 100, 0, float("nan"), "missing"]],
                                        columns=["dimension", "maximum", "n", "mean_points", "state"]),
    }  # fmt: skip
    return replace(invented.competency(), **{**parts, **changes})


def shown(found: Competency, language: str = "id") -> list[Any]:
    return list(pages.competency(invented.evaluation(competency=found), Words(language)))


def test_small_boxes_are_hidden_in_the_picture_and_a_neighbour_guards_them() -> None:
    """2 and 3 persons are too few; together 5, but the total would give them away only as a sum of two, so no third is hidden."""
    picture = nine_box(boxes(b5=20, b8=60, b9=3, b2=2, b7=9), Words("id"), minimum_cell=K)
    assert picture is not None and picture.table is not None
    counts = picture.table.frame.set_index("box")["n"]
    assert counts[counts.isna()].index.tolist() == [2, 9]
    assert counts[8] == 60 and counts[1] == 0
    one = nine_box(boxes(b5=20, b8=60, b9=3), Words("id"), minimum_cell=K)
    assert one is not None and one.table is not None
    assert one.table.frame.set_index("box")["n"].isna().sum() == 2  # 3 alone would come back from the total


def test_the_map_names_the_fullest_box_and_the_share_at_the_top() -> None:
    picture = nine_box(boxes(b5=20, b8=60, b9=20), Words("en"), minimum_cell=K)
    assert picture is not None
    assert picture.title == "80% of 100 employees are in boxes 7 to 9"
    assert "Box 8 holds most: 60 of 100" in picture.alt


@pytest.mark.parametrize("frame", [boxes(), boxes(b5=9), boxes().iloc[:0]])
def test_no_map_of_hardly_anybody(frame: pd.DataFrame) -> None:
    assert nine_box(frame, Words("id"), minimum_cell=K) is None


def test_the_heatmap_shows_the_units_that_lack_most_and_no_small_unit() -> None:
    frame = pd.concat([gaps(20), gaps(1, n=4).assign(unit_id="kecil", unit_name="Unit Kecil", shortfall=3.0)], ignore_index=True)
    picture = gap_heatmap(frame, Words("id"), minimum_cell=K)
    assert picture is not None and picture.table is not None
    drawn = set(picture.table.frame["unit_name"])
    assert len(drawn) == 15 and "Unit 19" in drawn and "Unit 00" not in drawn and "Unit Kecil" not in drawn
    assert picture.title == "Kekurangan terbesar: Teknis di Unit 19, rata-rata 1,9 tingkat"
    assert picture.image("svg") == gap_heatmap(frame, Words("id"), minimum_cell=K).image("svg")  # type: ignore[union-attr]


def test_two_units_of_one_name_are_two_rows() -> None:
    picture = gap_heatmap(gaps(2).assign(unit_name="SD Negeri 1"), Words("id"), minimum_cell=K)
    assert picture is not None and picture.table is not None and len(picture.table.frame) == 4


def test_a_heatmap_without_deficits_says_so_and_without_units_is_none() -> None:
    picture = gap_heatmap(gaps(2).assign(shortfall=0.0), Words("id"), minimum_cell=K)
    assert picture is not None and picture.title.startswith("Tidak ada kekurangan")
    assert gap_heatmap(gaps(2, n=4), Words("id"), minimum_cell=K) is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_section_shows_its_pictures_tables_and_sentences(language: str) -> None:
    blocks = shown(section(), language)
    keys = [block.key for block in blocks if isinstance(block, (Picture, TableBlock))]
    assert {"nine_box", "gap_heatmap", "training", "professionalism", "wishes", "education"} <= set(keys)
    assert len(keys) == len(set(keys))
    said = " ".join(block.markdown for block in blocks if isinstance(block, Prose))
    assert {"id": "50% dari perbaikan yang mungkin", "en": "50% of the possible improvement"}[language] in said
    assert {"id": "data disiplin belum ada", "en": "data on discipline are absent"}[language] in said
    assert {"id": "67% dari 30 mutasi", "en": "67% of 30 transfers"}[language] in said
    assert "{" not in said


def test_small_groups_are_hidden_in_the_tables() -> None:
    words = Words("id")
    training = tables.training_table(section().training, words, minimum_cell=K).shown.set_index("competency")
    assert training.loc["Komunikasi", ["n_deficit", "levels", "hours"]].tolist() == ["12", "14", "336"]
    assert training.loc["Teknis", ["n_deficit", "levels", "hours"]].tolist() == ["*", "*", "*"]
    wishes = tables.wishes_table(section().wishes, words, minimum_cell=K)
    assert wishes is not None and wishes.shown.iloc[1].tolist()[1:] == ["30", *["*"] * 6]  # 28 of 30 met: two were not
    check = tables.box_check_table(pd.DataFrame([[8, 7, 6], [6, 8, 2], [5, 8, 9]], columns=CHECK), words, minimum_cell=K)
    assert check is not None and check.shown["n"].tolist() == ["*", "*", "9"]


@pytest.mark.parametrize(("counts", "n"), [((6, 2), "8"), ((1, 2), "kurang dari 5")])
def test_a_table_of_asterisks_is_left_out_and_one_sentence_says_why(counts: tuple[int, int], n: str) -> None:
    check = pd.DataFrame([[8, 7, counts[0]], [6, 8, counts[1]]], columns=CHECK)
    blocks = shown(section(box_check=check))
    said = " ".join(block.markdown for block in blocks if isinstance(block, Prose))
    assert "box_check" not in [block.key for block in blocks if isinstance(block, TableBlock)]
    assert f"berbeda dari hitungan ulang pada {n} pegawai; tabelnya tidak ditampilkan" in said and "lihat tabelnya" not in said


def test_the_state_of_a_dimension_is_a_column_only_where_one_is_missing() -> None:
    table = section().professionalism
    assert "state" in tables.professionalism_table(table, Words("id"), minimum_cell=K).frame.columns
    assert "state" not in tables.professionalism_table(table.assign(state="ok"), Words("id"), minimum_cell=K).frame.columns


def test_of_equal_deficits_none_is_named_and_all_units_are_all() -> None:
    frame = gaps(3).assign(shortfall=0.5)
    picture = gap_heatmap(frame, Words("id"), minimum_cell=K)
    assert picture is not None and picture.title == "Kekurangan terbesar: rata-rata 0,5 tingkat, di 6 pasangan unit dan kompetensi"
    assert "semua 3 unit yang paling sedikit" in picture.caption and "Unit 0" not in picture.alt
    assert "Kompetensi yang paling kurang: Komunikasi dan Teknis." in picture.alt
    single = gap_heatmap(frame.assign(shortfall=[0.5, 0.5, 1.0, 0.5, 0.5, 0.5]), Words("en"), minimum_cell=K)
    assert single is not None and single.title.endswith("in Unit 01, 1.0 levels on average")
    many = gap_heatmap(
        pd.concat([gaps(16).assign(shortfall=0.5), gaps(17).iloc[-2:].assign(shortfall=[1.0, 0.0])]), Words("id"), minimum_cell=K
    )
    assert many is not None and "di Unit 16, rata-rata 1,0" in many.title  # its own mean is no higher than that of the others
    assert "15 unit dengan kekurangan terbesar dari 17 unit" in many.caption


def test_shares_that_do_not_add_up_say_that_they_are_rounded() -> None:
    rows = [["moved", state, n, n / 68] for state, n in (("valid", 45), ("stale", 9), ("none", 14))]  # 66, 13 and 21 percent
    ages = pd.DataFrame(rows, columns=["group", "state", "n", "share"]).assign(jpm_from=90.0, jpm_to=91.0, change=1.0)
    coverage = pd.DataFrame({"reason": ["used", "no_assessment", "stale_assessment"], "n": [45, 14, 9]})
    note = tables.assessments_table(ages, coverage, Words("id"), minimum_cell=K).note
    assert "dibulatkan" not in note
    thirds = ages.assign(n=[20, 20, 20], share=1 / 3)
    even = coverage.assign(n=20)
    assert tables.assessments_table(thirds, even, Words("id"), minimum_cell=K).note.startswith("Bagian dibulatkan")


def test_a_match_of_qualification_stands_before_and_after_side_by_side() -> None:
    rows = [["before", "exact", 30, 0.6], ["before", "other", 20, 0.4], ["before", "stop", 0, 0.0],
            ["after", "exact", 40, 0.8], ["after", "other", 10, 0.2], ["after", "stop", 0, 0.0]]  # fmt: skip
    block = tables.qualification_table(pd.DataFrame(rows, columns=["state", "match", "n", "share"]), Words("en"), minimum_cell=K)
    assert block.shown.to_numpy().tolist() == [["required field", "30", "60", "40", "80"], ["other field", "20", "40", "10", "20"]]


@pytest.mark.parametrize(
    ("row", "said"),
    [([4, 0, 80.0, 84.0, 90.0, 0.4, "ok"], ""), ([40, 0, 90.0, 90.0, 90.0, float("nan"), "nothing_possible"], "could not have been raised"),
     ([0, 3, float("nan"), float("nan"), float("nan"), float("nan"), "no_moves"], "")],
)  # fmt: skip
def test_what_was_possible_is_only_said_of_enough_people(row: list[Any], said: str) -> None:
    text = possible_sentence(pd.DataFrame([row], columns=section().possible.columns), Words("en"), Told(K))
    assert (said in text) if said else text == ""


def test_an_evaluation_without_the_new_parts_still_has_its_page() -> None:
    keys = [block.key for block in shown(invented.competency()) if isinstance(block, (Picture, TableBlock))]
    assert "match" in keys and "nine_box" not in keys
