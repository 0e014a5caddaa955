"""Every picture on invented results: words present, input untouched, same bytes twice, nothing where there are no data."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PolyCollection

from mutasi_analysis import figures
from mutasi_analysis.blocks import Picture
from mutasi_analysis.comparison import pool
from mutasi_analysis.figures.competency import transition_counts
from mutasi_analysis.figures.ratings import rating_classes
from mutasi_analysis.wording import Words
from tests.wording import invented

K = invented.K
PLACES = pd.DataFrame([["15.04.01", "Satu", -1.7, 103.1], ["15.04.02", "Dua", -1.8, 103.2]], columns=["code", "name", "lat", "lng"])
WORKLOAD, COMPETENCY, PERFORMANCE = invented.workload(), invented.competency(), invented.performance("found")
SERVICE, PROCESS = invented.service("not_found"), invented.process()


def estimates(n: int, code: str = "output_percent") -> pd.DataFrame:
    rows = [[f"Wilayah {i:03d}", ("kota", "kabupaten", "kecamatan")[i % 3], code, 1.0 + i % 4, 0.5] for i in range(n)]
    frame = pd.DataFrame(rows, columns=["region", "level", "outcome", "estimate", "std_error"])
    return frame.assign(conf_low=frame["estimate"] - 1, conf_high=frame["estimate"] + 1, weight=100 / n)


def multiples(n: int) -> pd.DataFrame:
    return pd.concat([invented.effects("output_percent").assign(region=f"W{i}", level="kota") for i in range(n)], ignore_index=True)


DRAWN: dict[str, Callable[[Words], Picture | None]] = {
    "required": lambda w: figures.required_available(WORKLOAD.units, w, minimum_cell=K),
    "index": lambda w: figures.index_change(WORKLOAD.units, w, minimum_cell=K),
    "imbalance": lambda w: figures.imbalance(WORKLOAD.units, WORKLOAD.balance, w, minimum_cell=K),
    "lorenz": lambda w: figures.lorenz(WORKLOAD.lorenz, WORKLOAD.balance, w),
    "map": lambda w: figures.kecamatan_map(WORKLOAD.units, PLACES, w, minimum_cell=K, level="kota"),
    "match": lambda w: figures.match_transitions(COMPETENCY.moves, COMPETENCY.summary, w, minimum_cell=K),
    "event": lambda w: figures.event_study(PERFORMANCE.effects, PERFORMANCE.verdicts.iloc[0], w, anticipation=2, minimum_cell=K),
    "paths": lambda w: figures.raw_paths(PERFORMANCE.paths, "output_percent", w, anticipation=2, minimum_cell=K),
    "ratings": lambda w: figures.rating_shares(PERFORMANCE.ratings, w, minimum_cell=K),
    "service": lambda w: figures.service_monthly(SERVICE.monthly, "ikm", SERVICE.verdicts.iloc[0], w, programme=(2021, 2022)),
    "durations": lambda w: figures.process_durations(PROCESS.durations, w, minimum_cell=K),
    "survey": lambda w: figures.survey_items(PROCESS.survey, w, minimum_cell=K),
    "forest": lambda w: figures.forest(estimates(5), pool(estimates(5)["estimate"], estimates(5)["std_error"]), w),
    "multiples": lambda w: figures.event_multiples(multiples(5), "output_percent", w, anticipation=2),
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", DRAWN)
def test_picture_has_words_numbers_and_no_small_unit(name: str, language: str) -> None:
    picture = DRAWN[name](Words(language))
    assert picture is not None
    assert picture.table is not None
    assert len(picture.table.frame) > 0
    assert picture.alt not in (picture.caption, picture.title)
    assert "{" not in picture.title + picture.caption + picture.alt
    assert "Puskesmas Kecil" not in picture.title + picture.alt + str(picture.table.payload())


@pytest.mark.parametrize("name", ["required", "map", "event", "forest"])
def test_same_results_same_bytes(name: str) -> None:
    words = Words("id")
    first, second = DRAWN[name](words), DRAWN[name](words)
    assert first is not None and second is not None
    assert first.image("svg") == second.image("svg")


def test_drawing_leaves_no_trace() -> None:
    import matplotlib as mpl

    settings, units = dict(mpl.rcParams), WORKLOAD.units.copy(deep=True)
    DRAWN["required"](Words("id"))
    assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(WORKLOAD.units, units)


def test_nothing_is_drawn_where_there_is_nothing() -> None:
    words = Words("id")
    assert figures.required_available(WORKLOAD.units.iloc[:0], words, minimum_cell=K) is None
    assert figures.kecamatan_map(WORKLOAD.units, PLACES.iloc[:1], words, minimum_cell=K, level="kota") is None
    assert figures.match_transitions(COMPETENCY.moves.head(3), COMPETENCY.summary, words, minimum_cell=K) is None
    assert figures.raw_paths(PERFORMANCE.paths, "ikm", words, anticipation=2, minimum_cell=K) is None
    assert figures.rating_shares(PERFORMANCE.ratings.iloc[:0], words, minimum_cell=K) is None
    assert figures.service_monthly(SERVICE.monthly, "kehadiran", None, words) is None
    assert figures.survey_items(PROCESS.survey, words, minimum_cell=99) is None
    assert figures.forest(estimates(1).iloc[:0], None, words) is None


@pytest.mark.parametrize("n", [1, 2, 5, 514])
def test_the_forest_works_for_one_region_and_for_all_of_indonesia(n: int) -> None:
    frame = estimates(n)
    pooled = pool(frame["estimate"], frame["std_error"]) if n > 1 else None
    picture = figures.forest(frame, pooled, Words("id"))
    assert picture is not None and picture.table is not None
    assert len(picture.table.frame) == {1: 1, 2: 4}.get(n, n + 2)  # with the pool and a new region where there are any
    assert picture.image("png").startswith(b"\x89PNG")


def test_match_is_counted_in_classes_and_few_are_hidden() -> None:
    moves = pd.DataFrame({"jpm_from": [71.0] * 9 + [95.0] * 2 + [81.0] * 6, "jpm_to": [84.0] * 9 + [62.0] * 2 + [81.0] * 6})
    cells = transition_counts(moves, minimum_cell=5)
    found = {(row["from_bin"], row["to_bin"]): row["n"] for _, row in cells.iterrows()}
    assert found[("70–80", "80–90")] == 9
    assert pd.isna(found[("90–100", "60–70")])
    assert pd.isna(found[("80–90", "80–90")])  # or 17 − 9 − 6 would give the two away


def test_two_low_ratings_are_counted_with_good() -> None:
    classes = rating_classes(PERFORMANCE.ratings, minimum_cell=5)  # 2020: 118 top, 880 good, 2 lower of 1,000
    assert classes.loc[0, "top"] == pytest.approx(11.8)
    assert classes.loc[0, "good"] == pytest.approx(88.2)
    assert classes["lower"].isna().all()


def test_lines_by_month_say_what_they_show_and_the_verdict_stands_below() -> None:
    picture = figures.service_monthly(SERVICE.monthly, "ikm", SERVICE.verdicts.iloc[0], Words("id"))
    assert picture is not None
    assert "karena" not in picture.title
    assert "Putusan: " in picture.caption


@pytest.mark.parametrize("months", [SERVICE.monthly["month"], pd.Series(pd.to_datetime(["2020-06-01", "2021-12-01"]))])
def test_means_by_month_carry_their_intervals_and_the_note_says_what_they_are(months: pd.Series) -> None:
    monthly = SERVICE.monthly.loc[SERVICE.monthly["month"].isin(months)]
    picture = figures.service_monthly(monthly, "ikm", None, Words("id"))
    assert picture is not None and picture.table is not None
    axes = picture.figure.axes[0]
    bands = [collection for collection in axes.collections if isinstance(collection, PolyCollection | LineCollection)]
    low, high = monthly["conf_low"].min(), monthly["conf_high"].max()
    reach = [path.get_extents() for band in bands for path in band.get_paths()]
    assert len(bands) == 2  # one a group
    assert (min(box.y0 for box in reach), max(box.y1 for box in reach)) == pytest.approx((low, high))
    assert "selang 95% rata-ratanya (dari sebaran antarunit" in picture.caption
    assert "interval" in picture.table.frame.columns


def test_the_picture_of_balance_shows_what_the_table_says() -> None:
    picture = figures.imbalance(WORKLOAD.units, WORKLOAD.balance, Words("id"), minimum_cell=K)
    assert picture is not None and picture.table is not None
    assert "mencapai 21,0 orang; tanpa mutasi 19,0 orang" in picture.title  # invented.workload
    assert picture.table.shown["kind"].tolist() == ["Semua unit"]  # one school and two puskesmas are too few to be told apart
    assert "tanpa selang" in picture.caption


def test_measures_of_two_values_a_year_go_from_first_to_last_year() -> None:
    rows = [
        ["ikm", g, f"{y}-{m:02d}-01", 60.0 + (y - 2020) + m / 6, 9, 90]
        for g in ("receiving", "other")
        for y in (2020, 2021, 2022)
        for m in (6, 12)
    ]
    monthly = pd.DataFrame(rows, columns=["indicator", "group", "month", "value", "n_units", "n"])
    monthly = monthly.assign(conf_low=monthly["value"] - 1, conf_high=monthly["value"] + 1)
    picture = figures.service_monthly(monthly, "ikm", None, Words("id"))
    assert picture is not None
    assert "dari 61,5 menjadi 63,5" in picture.alt  # (61 + 62) / 2 in 2020, two more in 2022


def test_an_effect_is_only_in_the_title_when_it_was_found() -> None:
    for kind, said in (
        ("found", "membaik dibanding pembandingnya"),
        ("not_found", "Tidak terlihat"),
        ("cannot_tell", "Belum dapat dijawab"),
    ):
        verdict = pd.Series(invented.verdict("output_percent", kind))
        picture = figures.event_study(PERFORMANCE.effects, verdict, Words("id"), anticipation=2, minimum_cell=K)
        assert picture is not None
        assert said in picture.title


def _balance(rows: list[tuple[float | None, float | None, float | None]]) -> Picture:
    """rows: imbalance without and with the transfers, change of match (interval of one to each side)."""
    frame = pd.DataFrame(rows, columns=["imbalance_without", "imbalance_after", "change"], dtype="float64")
    frame = frame.assign(region=[f"Wilayah {n}" for n in range(len(rows))], level="kota", conf_low=frame["change"] - 1)
    picture = figures.balance_and_match(frame.assign(conf_high=frame["change"] + 1), Words("id"))
    assert picture is not None
    return picture


def test_the_largest_imbalance_stands_inside_its_axis_and_what_was_not_measured_says_so() -> None:
    left, right = _balance([(22.0, 15.0, 1.0), (17.0, 14.0, None)]).figure.axes
    assert left.get_xlim()[1] > 22.0
    assert [text.get_text() for text in right.texts] == ["tidak diukur"] and not left.texts
    left, _ = _balance([(None, None, 1.0)]).figure.axes
    assert [text.get_text() for text in left.texts] == ["tidak diukur"]


@pytest.mark.parametrize("seed", range(3))
def test_the_rows_under_a_picture_stand_in_one_order_whatever_that_of_the_results(seed: int) -> None:
    words = Words("id")
    paths, monthly = (frame.sample(frac=1, random_state=seed) for frame in (PERFORMANCE.paths, SERVICE.monthly))
    first = figures.raw_paths(paths, "output_percent", words, anticipation=2, minimum_cell=K)
    second = figures.service_monthly(monthly, "ikm", None, words)
    assert first is not None and first.table is not None and second is not None and second.table is not None
    assert first.table.frame["group"].tolist() == ["moved", "compared"] * 5
    assert second.table.frame["group"].tolist() == ["receiving", "other"] * 48


@pytest.mark.parametrize(("years", "begins"), [(0, None), (1, -1.5), (2, -2.5)])
def test_raw_means_shade_the_same_years_as_the_estimates(years: int, begins: float | None) -> None:
    picture = figures.raw_paths(PERFORMANCE.paths, "output_percent", Words("id"), anticipation=years, minimum_cell=K)
    assert picture is not None and ("bidang abu-abu" in picture.caption) is (begins is not None)
    axes = picture.figure.axes[0]
    spans = [patch.get_x() for patch in axes.patches if patch.get_width() > 0]
    assert spans == ([] if begins is None else [begins])


def test_a_rating_of_few_stays_in_the_table_of_its_picture_as_hidden() -> None:
    counts = [(2024, "Sangat Baik", 40), (2024, "Baik", 300), (2024, "Cukup", 3), (2025, "Sangat Baik", 3), (2025, "Baik", 300)]
    frame = pd.DataFrame(
        [[year, 0, "pp-46-2011", name, n] for year, name, n in counts], columns=["year", "half", "regime", "predicate", "n"]
    )
    frame["share"] = frame["n"] / frame.groupby("year")["n"].transform("sum")
    picture = figures.rating_shares(frame, Words("id"), minimum_cell=5)
    assert picture is not None and picture.table is not None
    assert picture.table.shown["share"].tolist() == ["12", "*", "*", "*", "*"]
    assert "* = terlalu sedikit orang" in picture.caption  # nothing is drawn of 2025
    some = figures.rating_shares(frame.loc[frame["year"] == 2024], Words("en"), minimum_cell=5)
    assert some is not None and "* =" not in some.caption
