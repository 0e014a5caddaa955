"""The numbers behind the pictures of the comparison: whose they are, and nothing of the picture missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis import across, pages
from mutasi_analysis.blocks import Picture, Prose, TableBlock
from mutasi_analysis.figures.moderator import sides
from mutasi_analysis.wording import Words
from tests.compare_more.saved import Saved, saved

#: the mean of any two with equal errors is plain arithmetic
THREE = {"output_percent": [(2.0, 0.5), (3.0, 0.5), (1.0, 0.5)]}


def behind(blocks: tuple[object, ...], key: str) -> TableBlock:
    picture = next(block for block in blocks if isinstance(block, Picture) and block.key == key)
    assert picture.table is not None
    return picture.table


@pytest.mark.parametrize(
    ("language", "heads", "whole"),
    [
        ("id", ("Tanpa wilayah ini", "Gabungan tanpa wilayah ini"), "semua wilayah"),
        ("en", ("Left out", "Pooled without it"), "all regions"),
    ],
)
def test_the_pool_without_a_region_is_not_shown_as_the_regions_own(language: str, heads: tuple[str, str], whole: str) -> None:
    table = behind(pages.compare_leaving(saved(THREE), Words(language)), "leaving_output_percent")
    labels = {column.name: column.label for column in table.columns}
    assert (labels["region"], labels["estimate"]) == heads
    # without the region of 2 the mean of 3 and 1, without that of 3 of 2 and 1, without that of 1 of 2 and 3; last of all three
    told = dict(zip(table.frame["region"], table.frame["estimate"].astype(float), strict=True))
    assert told == pytest.approx({"Wilayah 000": 2.0, "Wilayah 001": 1.5, "Wilayah 002": 2.5, whole: 2.0})
    assert table.frame["region"].iloc[-1] == whole
    assert "Cook" in table.note


def small() -> Saved:
    """Three found effects of output; what would matter is 1.5, so that the last, of 1, is small."""
    results = saved(THREE)
    verdicts = results.frames["performance_verdicts"].assign(worth=1.5, verdict=["cannot_tell", "found", "found"])
    return Saved(results.regions, {**results.frames, "performance_verdicts": verdicts})


def test_every_table_gives_a_row_the_same_verdict() -> None:
    words = Words("id")
    blocks = (*pages.compare_effects(small(), words), *pages.compare_families(small(), words))
    tables = {block.key: block for block in blocks if isinstance(block, TableBlock)}
    tables["forest"] = behind(blocks, "forest_output_percent")
    expected = {"Wilayah 000": "Belum dapat dijawab", "Wilayah 001": "Ditemukan", "Wilayah 002": "Ditemukan, tetapi kecil"}
    for key in ("region_outcomes", "families", "forest"):
        shown = tables[key].shown
        assert dict(zip(shown["region"][:3], shown["verdict"][:3], strict=True)) == expected, key


def test_saved_results_that_do_not_say_what_would_matter_call_nothing_small() -> None:
    table = next(block for block in pages.compare_families(saved(THREE), Words("id")) if getattr(block, "key", "") == "families")
    assert isinstance(table, TableBlock) and set(table.shown["verdict"]) == {"Ditemukan"}


def test_behind_the_forest_stand_n_the_pool_and_a_new_region() -> None:
    table = behind(pages.compare_effects(saved(THREE), Words("id")), "forest_output_percent")
    pooled = across.pooled(across.of_outcome(across.headline_effects(saved(THREE)), "output_percent"))
    assert pooled is not None
    shown = table.shown.set_index("region")
    assert [shown.loc[f"Wilayah 00{i}", "n_units"] for i in range(3)] == ["50", "51", "52"]
    assert shown.loc["Gabungan", "estimate"] == "+2,0"
    rows = table.frame.set_index("region")
    assert shown.loc["Wilayah baru (ramalan)", "estimate"] == "–"
    assert rows.loc["Wilayah baru (ramalan)", "interval"] == Words("id").interval(pooled.pi_low, pooled.pi_high)
    assert list(rows.index[-2:]) == ["Gabungan", "Wilayah baru (ramalan)"]


def test_of_two_points_close_together_the_name_of_the_one_further_left_goes_to_the_left() -> None:
    x, y = pd.Series([13.0, 13.2, 18.0]).to_numpy(), pd.Series([2.1, 2.1, 5.0]).to_numpy()
    assert sides(x, y) == [(True, False), (False, False), (False, False)]
    assert sides(x, pd.Series([2.1, 4.0, 5.0]).to_numpy()) == [(False, False)] * 3  # far enough apart in height
    crowd = sides(pd.Series([13.0, 13.1, 13.2, 18.0]).to_numpy(), pd.Series([2.1, 2.1, 2.1, 5.0]).to_numpy())
    assert len(set(crowd[:3])) == 3  # no two names at one place


def test_names_lie_inside_the_axes_and_over_the_lines() -> None:
    words = Words("id")
    blocks = pages.compare_moderator(saved({"output_percent": [(2.0, 0.5), (2.0, 0.5), (5.0, 0.5), (2.5, 0.5), (1.0, 0.5)]}), words)
    figure = next(block.figure for block in blocks if isinstance(block, Picture))
    figure.draw_without_rendering()
    axes = figure.axes[0]
    names = [text for text in axes.texts if text.get_text().startswith("Wilayah")]
    assert len(names) == 5
    assert all(name.get_path_effects() and name.get_zorder() > 3 for name in names)
    assert all(name.get_window_extent().x0 >= axes.get_window_extent().x0 for name in names)


def test_tables_say_how_many_comparisons_there_were_and_how_many_lost_staff() -> None:
    results = saved({**THREE, "ikm": [(1.0, 0.5)] * 3})
    units = results.frames["service_verdicts"].assign(n_compared=19.0, n_losing=[16.0, 0.0, np.nan])
    results, words = Saved(results.regions, {**results.frames, "service_verdicts": units}), Words("id")
    table = next(block for block in pages.compare_families(results, words) if isinstance(block, TableBlock) and block.key == "families")
    rows = table.shown.set_index(["outcome", "region"])["compared"]
    assert rows["capaian hasil kerja"].tolist() == ["60"] * 3
    assert rows["indeks kepuasan masyarakat (IKM)"].tolist() == ["19 (16)", "19 (0)", "19"]
    blocks = pages.compare_effects(results, words)
    shown = behind(blocks, "forest_ikm").shown
    assert shown[["n_compared", "n_losing"]].head(3).to_numpy().tolist() == [["19", "16"], ["19", "0"], ["19", "–"]]
    assert "n_losing" not in behind(blocks, "forest_output_percent").shown.columns  # persons are no units that lose staff
    assert any(isinstance(block, Prose) and "Dari 38 unit pembanding, 16 sendiri kehilangan pegawai" in block.markdown for block in blocks)
