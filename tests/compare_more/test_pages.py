"""The comparison's parts for every number and kind of regions: a sentence each, no crash, nothing invented, pictures that can be read."""

from __future__ import annotations

import re
import time

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

from mutasi_analysis import pages
from mutasi_analysis.blocks import Block, Picture, Prose, TableBlock
from mutasi_analysis.wording import Words
from tests.compare_more.saved import Saved, saved

PARTS = (
    pages.compare_effects,
    pages.compare_families,
    pages.compare_ranks,
    pages.compare_leaving,
    pages.compare_moderator,
    pages.compare_published,
)
Pairs = list[tuple[float | None, float | None]]


def shown(results: Saved, language: str = "id") -> list[Block]:
    return [block for part in PARTS for block in part(results, Words(language))]


def prose(blocks: list[Block]) -> str:
    return "\n".join(block.markdown for block in blocks if isinstance(block, Prose))


def keys(blocks: list[Block]) -> list[str]:
    return [block.key for block in blocks if isinstance(block, Picture)]


def test_one_region_is_shown_and_nothing_is_pooled_or_ranked() -> None:
    blocks = shown(saved({"output_percent": [(2.0, 0.5)]}))
    text = prose(blocks)
    assert "Hanya satu wilayah mempunyai perkiraan capaian hasil kerja; tidak ada yang digabung." in text
    assert "Belum ada wilayah dengan perkiraan indeks kepuasan masyarakat (IKM)." in text
    assert "Peringkat capaian hasil kerja tidak dibuat" in text
    assert "kurang dari tiga wilayah dapat digabung" in text
    assert "Garis untuk capaian hasil kerja tidak dibuat" in text
    assert "forest_output_percent" in keys(blocks)
    assert not any(key.startswith(("ranks", "leaving", "moderator", "funnel")) for key in keys(blocks))


def test_two_regions_are_pooled_and_ranked_but_none_is_left_out() -> None:
    blocks = shown(saved({"output_percent": [(2.0, 0.5), (9.0, 0.5)]}))
    assert "Digabung dari 2 wilayah" in prose(blocks)
    assert "1 dari 1 pasang wilayah dapat dibedakan" in prose(blocks)
    assert "Pasangan itu: Wilayah 000 dan Wilayah 001." in prose(blocks)
    assert "leaving_output_percent" not in keys(blocks)


@pytest.mark.parametrize("third", [(None, None), (2.0, 0.0), (2.0, float("nan"))])
def test_a_region_without_estimate_or_error_is_named_and_not_pooled(third: tuple[float | None, float | None]) -> None:
    text = prose(shown(saved({"output_percent": [(2.0, 0.5), (3.0, 0.5), third]})))
    assert "Digabung dari 2 wilayah" in text
    assert "Tidak ikut digabung karena perkiraan atau galat bakunya tidak ada atau nol: Wilayah 002." in text


def test_identical_regions_have_an_interval_and_no_ranking() -> None:
    blocks = shown(saved({"output_percent": [(2.0, 0.5)] * 4}))
    text = prose(blocks)
    assert "Tidak terlihat bahwa wilayah berbeda satu sama lain" in text
    assert "sama mungkinnya" not in text  # τ = 0 comes from few regions, not from equal ones
    assert re.search(r"diperkirakan nol \(selang 95%: 0,0 sampai \d+,\d poin persen\), jadi model ini tidak dapat membedakan", text)
    assert "selang bagi wilayah baru sama dengan selang gabungan" in text
    assert "0 dari 6 pasang wilayah dapat dibedakan" in text
    assert not re.search(r"\bnan\b", text.lower())


def test_no_estimate_anywhere_is_a_sentence() -> None:
    results = saved({"output_percent": [(None, None), (None, None)]})
    text = prose(shown(results))
    assert "Belum ada wilayah dengan perkiraan capaian hasil kerja." in text
    assert "Tidak ikut digabung" in text
    empty = Saved(results.regions, {"facts": results.frames["facts"]})
    assert prose(shown(empty)).count("Belum ada perkiraan kinerja atau pelayanan di wilayah mana pun.") == 2


def test_every_rank_stands_with_its_range_and_every_estimate_with_its_interval() -> None:
    blocks = shown(saved({"output_percent": [(2.0, 0.5), (3.0, 0.5), (1.0, 0.5)]}))
    tables = [block for block in blocks if isinstance(block, TableBlock)] + [b.table for b in blocks if isinstance(b, Picture) and b.table]
    for table in tables:
        names = [column.name for column in table.columns]
        if "estimate" in names and table.key != "published":
            assert "interval" in names, table.key
        if "rank_median" in names:
            assert "rank_span" in names


def test_few_regions_bear_a_warning_at_the_line() -> None:
    blocks = shown(saved({"output_percent": [(2.0, 0.5), (3.0, 0.5), (1.0, 0.5)]}))
    assert "Dengan 3 wilayah garis ini hanya gambar, bukan temuan" in prose(blocks)
    picture = next(block for block in blocks if isinstance(block, Picture) and block.key == "moderator_output_percent")
    assert "bukan temuan" in picture.caption
    twelve = shown(saved({"output_percent": [(2.0 + i, 0.5) for i in range(12)]}))
    assert "bukan temuan" not in prose(twelve)


def test_the_region_whose_own_report_cannot_tell_is_named_at_the_ranks() -> None:
    results = saved({"output_percent": [(2.0, 0.5), (3.0, 0.5), (1.0, 0.5)]})
    verdicts = results.frames["performance_verdicts"].assign(verdict=["found", "cannot_tell", "found"])
    doubted = Saved(results.regions, {**results.frames, "performance_verdicts": verdicts})
    text = prose(shown(doubted))
    assert "1 dari 3 wilayah yang digabung" in text
    assert 'Putusan laporan Wilayah 001 sendiri "belum dapat dijawab"' in text


def test_a_region_whose_own_report_cannot_tell_has_an_open_mark_in_every_picture() -> None:
    results = saved({"output_percent": [(2.0, 0.5), (3.0, 0.5), (1.0, 0.5)]})
    verdicts = results.frames["performance_verdicts"].assign(verdict=["found", "cannot_tell", "found"])
    blocks = shown(Saved(results.regions, {**results.frames, "performance_verdicts": verdicts}))
    pictures = {block.key: block for block in blocks if isinstance(block, Picture)}
    for key in ("forest", "moderator", "published"):
        picture = pictures[f"{key}_output_percent"]
        marks = [mark for mark in picture.figure.axes[-1 if key == "published" else 0].collections if isinstance(mark, PathCollection)]
        faces = [tuple(mark.get_facecolor()[0]) for mark in marks if len(mark.get_offsets())]
        assert faces.count((1.0, 1.0, 1.0, 1.0)) == 1, key
        assert "Titik terbuka" in picture.caption


def test_published_percent_and_our_points_have_an_axis_each() -> None:
    blocks = shown(saved({"output_percent": [(2.0, 0.5), (3.0, 0.5), (1.0, 0.5)]}), "en")
    picture = next(block for block in blocks if isinstance(block, Picture) and block.key == "published_output_percent")
    upper, lower = picture.figure.axes
    assert (upper.get_xlabel(), lower.get_xlabel()) == ("Published: percent of the starting level", "Our regions: percentage points")
    assert upper.get_xlim()[1] > 26 > 5 > lower.get_xlim()[1]  # the largest published figure is 26 %, our largest end 3 + 1.96 · 0.5
    assert "…" not in "".join(label.get_text() for label in upper.get_yticklabels())
    assert "only the unit is the same" not in prose(blocks)


def test_verdict_and_corrected_p_that_read_otherwise_are_told_with_the_reason() -> None:
    """Three primary rows with p = .04: Holm gives .12 to each, so "found" reads otherwise; a row of another outcome with p = .04 that
    cannot tell keeps .04 by Benjamini and Hochberg and is told with its reason."""
    results = saved({"output_percent": [(2.0, 0.5), (3.0, 0.5), (1.0, 0.5)], "ikm": [(1.0, 0.5)]})
    open_row = results.frames["service_verdicts"].assign(verdict="cannot_tell", reason="pretrend")
    blocks = list(pages.compare_families(Saved(results.regions, {**results.frames, "service_verdicts": open_row}), Words("id")))
    text = prose(blocks)
    assert "capaian hasil kerja di Wilayah 000 (p terkoreksi 0,120)" in text
    assert "(IKM) di Wilayah 000 (belum dapat dijawab: yang terkena mutasi dan pembandingnya sudah bergerak berbeda" in text
    table = next(block for block in blocks if isinstance(block, TableBlock) and block.key == "families")
    assert sorted(table.shown["verdict"]) == ["Belum dapat dijawab", *["Ditemukan"] * 3]


def test_pairs_of_regions_are_differences_of_regions_with_their_unit() -> None:
    blocks = shown(saved({"ikm": [(2.0, 0.5), (9.0, 0.5)]}))
    pairs = next(block for block in blocks if isinstance(block, TableBlock) and block.key == "pairs_ikm")
    heads = {column.name: (column.label, column.unit) for column in pairs.columns}
    assert heads["estimate"] == ("Selisih antara kedua wilayah", "poin IKM")
    assert heads["interval"][1] == "poin IKM"


def test_published_results_are_never_set_beside_another_unit() -> None:
    blocks = shown(saved({"ikm": [(2.0, 0.5), (3.0, 0.5)]}))
    assert not any(key.startswith("published_") for key in keys(blocks))
    other = next(block for block in blocks if isinstance(block, TableBlock) and block.key == "published_other")
    assert (other.shown["not_comparable"].str.len() > 10).all()


@pytest.mark.parametrize("language", ["id", "en"])
def test_numbers_are_written_in_the_language_and_no_place_is_left_open(language: str) -> None:
    blocks = shown(saved({"output_percent": [(2.5, 0.5), (3.5, 0.5), (1.5, 0.5)], "ikm": [(1.5, 0.4)] * 3}), language)
    wrong = r"\d\.\d\d?\b(?!\d)" if language == "id" else r"\d,\d\d?\b(?!\d)"
    for block in blocks:
        texts = [block.markdown] if isinstance(block, Prose) else []
        texts += [block.title, block.caption, block.alt] if isinstance(block, Picture) else []
        assert not any("{" in text for text in texts)
        assert not any(re.search(wrong, text) for text in texts), texts


def many(n: int) -> Saved:
    rng = np.random.default_rng(0)
    errors = rng.uniform(0.3, 2, n)
    pairs: Pairs = [(float(y), float(s)) for y, s in zip(2 + rng.standard_normal(n) + errors * rng.standard_normal(n), errors, strict=True)]
    return saved({"output_percent": pairs, "ikm": pairs})


def test_all_of_indonesia_in_reasonable_time_and_height() -> None:
    """514 regions: both ends and a funnel instead of 514 rows; a page a minute at the very most on a busy machine."""
    results = many(514)
    began = time.process_time()
    blocks = shown(results)
    assert time.process_time() - began < 60
    pictures = {block.key: block for block in blocks if isinstance(block, Picture)}
    assert {"forest_output_percent", "funnel_output_percent", "ranks_output_percent", "moderator_output_percent"} <= set(pictures)
    assert all(picture.figure.get_figheight() < 12 for picture in pictures.values())
    assert "490" in "".join(text.get_text() for text in pictures["forest_output_percent"].figure.axes[0].texts)
    assert "24 di kedua ujung" in pictures["forest_output_percent"].alt
    assert len(pictures["forest_output_percent"].table.frame) == 514 + 2  # the pool and a new region
    assert "verdict_counts" in [block.key for block in blocks if isinstance(block, TableBlock)]
    assert max(len(block.frame) for block in blocks if isinstance(block, TableBlock)) < 60


def test_small_groups_of_persons_have_no_number_in_the_comparison() -> None:
    results = saved({"output_percent": [(2.0, 0.5), (3.0, 0.5), (7.77, 0.5)]})
    effects = results.frames["performance_effects"]
    hidden = effects.assign(n_units=effects["n_units"].where(effects["slug"] != "w002", 4.0))
    blocks = shown(Saved(results.regions, {**results.frames, "performance_effects": hidden}))
    assert "Digabung dari 2 wilayah" in prose(blocks)
    pictured = [block.table.frame for block in blocks if isinstance(block, Picture) and block.table is not None]
    assert not any(pd.to_numeric(frame["estimate"], errors="coerce").eq(7.77).any() for frame in pictured if "estimate" in frame)
