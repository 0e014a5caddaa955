"""Pictures of workload: which units they show, and that what moved away is shown as well as what came nearer."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis import figures
from mutasi_analysis.figures.house import clipped
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.pictures import approach, lorenz_words
from tests.figures.test_pictures import PLACES
from tests.wording import invented

ID, EN = Words("id"), Words("en")


def units(before: list[float], after: list[float]) -> pd.DataFrame:
    """Units of 100 persons needed with these indices, each with a transfer."""
    frame = pd.DataFrame({"unit_name": [f"Unit {i:02d}" for i in range(len(before))], "index_before": before, "index_after": after})
    frame = frame.assign(unit_id=frame["unit_name"], kecamatan_code="1", required_fte=100.0, moved_in=6, moved_out=6)
    for state in ("before", "after", "without"):
        index = frame[f"index_{state if state != 'without' else 'before'}"]
        frame[f"available_{state}"] = 100.0 / index
        frame[f"gap_{state}"] = frame[f"available_{state}"] - 100.0
    return frame


NEAR = [1.3 + i / 100 for i in range(12)]
FAR = [1.0 + i / 100 for i in range(10)]


def test_as_many_that_moved_away_are_drawn_as_came_nearer_and_all_are_counted() -> None:
    frame = units([*NEAR, *FAR, 1.51, 1.511], [*[1.0] * 12, *[1.3] * 10, 1.51, 1.514])
    assert (approach(frame) == 0).sum() == 2  # 1.511 and 1.514 are both printed as 1.51
    picture = figures.index_change(frame, ID, minimum_cell=5)
    assert picture is not None and picture.table is not None
    drawn = picture.table.frame
    away = (drawn["index_after"] - 1).abs() > (drawn["index_before"] - 1).abs()
    assert (len(drawn), int(away.sum())) == (16, 8)
    assert "1,51" not in set(picture.table.shown["index_before"])
    assert picture.title == "12 dari 24 unit yang terkena mutasi kini lebih dekat ke seimbang, 10 lebih jauh"
    assert "8 unit yang paling mendekat dan 8 yang paling menjauh" in picture.caption
    assert "12 mendekat, 10 menjauh, dan 2 tetap" in picture.caption


def lines_named(picture: object) -> list[str]:
    return [text.get_text() for text in picture.figure.axes[0].get_legend().get_texts()]  # type: ignore[attr-defined]


def test_a_line_is_explained_only_where_it_is_drawn() -> None:
    better, stayed = units([1.3], [1.1]), units([1.41], [1.41])
    assert "menjauh" not in lines_named(figures.index_change(better, ID, minimum_cell=5))
    assert not {"mendekat", "menjauh"} & set(lines_named(figures.index_change(stayed, ID, minimum_cell=5)))
    both = figures.index_change(units([1.3, 1.1], [1.1, 1.3]), ID, minimum_cell=5)
    assert {"mendekat", "menjauh"} <= set(lines_named(both))
    assert both is not None and "paling" not in both.caption  # both are drawn: nothing was chosen


def test_the_line_of_merged_units_is_not_counted_as_a_unit() -> None:
    picture = figures.required_available(invented.units(), ID, minimum_cell=5)
    assert picture is not None and picture.table is not None
    merged = picture.table.frame["unit_name"].str.startswith("Unit lain")
    assert merged.sum() == 1
    assert f"{int((~merged).sum())} unit dengan selisih terbesar, dan satu baris gabungan" in picture.caption
    assert "judul menghitung semua 4 unit" in picture.caption
    assert "gabungan" not in figures.required_available(units([1.3], [1.2]), ID, minimum_cell=5).caption  # type: ignore[union-attr]


def test_the_map_speaks_of_the_region_s_own_level() -> None:
    for level, told in (
        ("kota", "(unit tingkat kota: kantor, rumah sakit)"),
        ("kabupaten", "(unit tingkat kabupaten: kantor, rumah sakit)"),
    ):
        picture = figures.kecamatan_map(invented.units(), PLACES, ID, minimum_cell=5, level=level)
        assert picture is not None and told in picture.caption and "kota atau kabupaten" not in picture.title + picture.caption
    english = figures.kecamatan_map(invented.units(), PLACES, EN, minimum_cell=5, level="kabupaten")
    assert english is not None and "regency" in english.caption and "city" not in english.title + english.caption


def test_names_on_the_map_cover_neither_another_mark_nor_each_other() -> None:
    """Five kecamatan as close as in Bungo: each name stands right below its mark or at the end of a line."""
    places = [(0, 0), (0.02, 0.03), (0, 0.06), (0.3, 0.3), (-0.3, 0)]
    rows = [[f"k{i}", f"Kecamatan {i}", -1.50 - dy, 102.1 + dx] for i, (dx, dy) in enumerate(places)]
    near = pd.DataFrame(rows, columns=["code", "name", "lat", "lng"])
    frame = units([1.1] * 5, [1.1, 1.2, 0.9, 1.3, 0.8]).assign(kecamatan_code=near["code"])
    picture = figures.kecamatan_map(frame, near, ID, minimum_cell=5, level="kabupaten")
    assert picture is not None
    texts = [note for note in picture.figure.axes[0].texts if note.get_text()]
    assert len(texts) == 5
    boxes = [text.get_window_extent() for text in texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_names_are_cut_between_words() -> None:
    assert clipped("Badan Perencanaan Pembangunan Daerah Kabupaten Bungo", 46) == "Badan Perencanaan Pembangunan Daerah…"
    assert clipped("Dinas Perhubungan", 46) == "Dinas Perhubungan"
    assert clipped("x" * 50, 10) == "x" * 9 + "…"


def curve(state: str, tenth: float, half: float, ninth: float) -> pd.DataFrame:
    """Shares of load that 10, 50 and 90 % of staff bear, the lightest load first."""
    return pd.DataFrame({"state": state, "cumulative_staff": [0.0, 0.1, 0.5, 0.9, 1.0], "cumulative_load": [0.0, tenth, half, ninth, 1.0]})


@pytest.mark.parametrize(
    ("after", "gini", "said"),
    [
        (
            (0.08, 0.44, 0.842),
            0.12,
            "10% pegawai dengan beban terberat memikul bagian beban yang lebih besar daripada tanpa mutasi (15,8% ",
        ),
        ((0.04, 0.44, 0.86), 0.12, "10% pegawai dengan beban teringan memikul bagian beban yang lebih kecil daripada tanpa mutasi (4,0% "),
        ((0.04, 0.36, 0.86), 0.19, "10% pegawai dengan beban terberat memikul bagian beban yang lebih kecil daripada tanpa mutasi (14,0% "),
        ((0.08, 0.44, 0.86), 0.12, ""),
        ((0.04, 0.36, 0.81), 0.19, ""),
        ((0.06, 0.40, 0.8496), 0.12, ""),  # not seen in three decimals
        ((0.08, 0.44, 0.842), 0.15, ""),  # nearly the same: nothing is claimed
    ],
)
def test_what_gini_says_is_qualified_where_the_curves_cross(after: tuple[float, float, float], gini: float, said: str) -> None:
    curves = pd.concat([curve("after", *after), curve("without", 0.06, 0.40, 0.85)], ignore_index=True)
    balance = pd.DataFrame(
        [["gini", "before", 0.15], ["gini", "after", gini], ["gini", "without", 0.15]], columns=["measure", "state", "value"]
    )
    caption = lorenz_words(curves, balance.assign(unit="0–1"), ID).caption
    assert f"koefisien Gini ({gini:.3f} dengan mutasi, 0.150 tanpa)".replace("0.", "0,") in caption
    assert (said in caption) if said else ("bersilangan" not in caption)
