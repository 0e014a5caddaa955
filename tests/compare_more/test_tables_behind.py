"""The numbers behind the pictures of the comparison: whose they are, and nothing of the picture missing."""

from __future__ import annotations

import numpy as np
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


def test_a_name_stands_where_it_covers_neither_marks_nor_intervals_nor_names() -> None:
    def placed(x: list[float], y: list[float], half: float = 0.2) -> list[tuple[bool, bool]]:
        at, height = np.array(x), np.array(y)
        return sides(at, height, (height - half, height + half), [12] * len(x))

    two = placed([13.0, 13.2, 18.0], [2.1, 2.1, 5.0])
    assert two[0][0] and not two[1][0]  # of two close together that of the one further left goes to the left
    assert placed([13.0, 14.0, 18.0], [2.1, 4.0, 5.0]) == [(False, False)] * 3  # nothing is in the way
    assert placed([13.0, 13.2, 18.0], [2.1, 4.0, 5.0], half=2.0)[0][0]  # the neighbour's interval is
    crowd = placed([13.0, 13.1, 13.2, 18.0], [2.1, 2.1, 2.1, 5.0])
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


def test_behind_the_ranks_stands_every_probability_that_is_drawn() -> None:
    words, results = Words("en"), saved(THREE)
    table = behind(pages.compare_ranks(results, words), "ranks_output_percent")
    found = across.ranking(across.of_outcome(across.headline_effects(results), "output_percent"))
    assert found is not None
    names = [f"p_rank_{rank}" for rank in (1, 2, 3)]
    assert [column.label for column in table.columns if column.name in names] == [f"Probability of rank {rank}" for rank in (1, 2, 3)]
    rows = table.frame.set_index("region")[names].astype(float)
    assert rows.sum(axis=1).tolist() == pytest.approx([100.0] * 3)  # each region has some rank
    for name, chances in zip(found.table["region"], found.probabilities.to_numpy(), strict=True):
        assert rows.loc[name].tolist() == pytest.approx([100 * chance for chance in chances])
    assert "p_first" not in table.frame  # told once
    many = behind(pages.compare_ranks(saved({"output_percent": [(float(i), 1.0) for i in range(14)]}), words), "ranks_output_percent")
    assert "p_first" in many.frame and "p_rank_1" not in many.frame  # ranges are drawn, no probabilities


def test_behind_the_line_stand_the_line_and_its_interval() -> None:
    """Estimates that lie on a line: 1, 2, 3 at 100, 107 and 114 transfers of 2,000 staff; there the line is the estimate itself."""
    blocks = pages.compare_moderator(saved({"output_percent": [(1.0, 0.5), (2.0, 0.5), (3.0, 0.5)]}), Words("id"))
    table = behind(blocks, "moderator_output_percent")
    assert table.frame["line"].astype(float).tolist() == pytest.approx([1.0, 2.0, 3.0])
    middle = table.frame.set_index("region").loc["Wilayah 001", "line_interval"]
    # at the mean of the moderator: 2 ± t(1 d.f., .975) · 0.5 / √3, the error never below that of the equal model
    assert middle == Words("id").interval(2 - 12.7062 * 0.5 / 3**0.5, 2 + 12.7062 * 0.5 / 3**0.5)


def test_every_drawn_outcome_has_its_line() -> None:
    results = saved({**THREE, "ikm": THREE["output_percent"], "hari_pengaduan": THREE["output_percent"]})
    keys = [block.key for block in pages.compare_moderator(results, Words("id")) if isinstance(block, Picture)]
    assert keys == ["moderator_output_percent", "moderator_ikm", "moderator_hari_pengaduan"]


def test_behind_the_published_results_stand_our_regions_and_their_pool() -> None:
    table = behind(pages.compare_published(small(), Words("id")), "published_output_percent")
    ours = table.shown.tail(4).set_index("paper")
    assert list(ours.index) == ["Wilayah 000", "Wilayah 001", "Wilayah 002", "gabungan wilayah kita"]
    assert ours.loc["Wilayah 001", "printed"] == "+3,0 (2,0 sampai 4,0) poin persen"  # 3 ± 1.96 · 0.5
    assert ours["status"].tolist() == ["Belum dapat dijawab", "Ditemukan", "Ditemukan, tetapi kecil", ""]
    assert ours.loc["gabungan wilayah kita", "printed"].startswith("+2,0 (")
    assert len(table.shown) > 4 and table.shown["printed"].iloc[0].endswith("persen") and "poin persen" in table.caption


@pytest.mark.parametrize(("fewer", "numbers"), [(30.0, True), (47.0, False), (50.0, None)])
def test_the_estimates_by_year_say_what_they_are_not_and_how_many_are_behind_the_later_ones(fewer: float, numbers: bool | None) -> None:
    """50 moved in year 0 of the first region, in year 1 30 (20 less), 47 (3 less, under the smallest cell of 5) or all."""
    results = saved({"output_percent": [(2.0, 0.5)]})
    rows = results.frames["performance_effects"]
    later = rows.assign(n_units=rows["n_units"].where(rows["event_time"] != 1, fewer))
    blocks = pages.compare_effects(Saved(results.regions, {**results.frames, "performance_effects": later}), Words("id"))
    picture = next(block for block in blocks if isinstance(block, Picture) and block.key.startswith("multiples"))
    assert "dirata-ratakan dulu per angkatan atas tahun-tahun sesudah mutasinya, jadi bukan titik-titik ini." in picture.caption
    assert ("hanya memuat angkatan awal" in picture.caption) is (numbers is not None)
    assert ("(n pada tahun 0, +1, dan seterusnya: Wilayah 000 50, 30)" in picture.caption) is (numbers is True)
    assert "47" not in picture.caption and picture.table is not None and "n_units" in picture.table.frame


@pytest.mark.parametrize(
    ("estimates", "said"), [((2.0, 2.0, 2.0), "Tidak ada satu wilayah"), ((9.0, 1.0, 1.0), "Wilayah 000 paling mungkin")]
)
def test_the_picture_of_ranks_names_nobody_as_first_where_all_are_alike(estimates: tuple[float, ...], said: str) -> None:
    blocks = pages.compare_ranks(saved({"output_percent": [(estimate, 0.5) for estimate in estimates]}), Words("id"))
    assert next(block for block in blocks if isinstance(block, Picture)).alt.startswith(said)
