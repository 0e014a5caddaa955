"""Inputs that real files bring, and the sentences they get."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis import causal
from mutasi_analysis.causal import NotEstimable
from tests.causal.conftest import NAMES, staggered

PERIODS: list[float] = [2020, 2021, 2022, 2023]
SIZES: dict[float, int] = {0: 12, 2022: 8, 2023: 6}


@pytest.fixture
def panel() -> pd.DataFrame:
    return staggered(SIZES, PERIODS, seed=1)


def overall(frame: pd.DataFrame, **options: object) -> float:
    return float(causal.group_time_att(frame, **NAMES, **options).row("overall_simple").estimate)  # type: ignore[arg-type]


def refused(frame: pd.DataFrame, reason: str, sentence: str, **options: object) -> None:
    with pytest.raises(NotEstimable, match=sentence) as caught:
        causal.group_time_att(frame, **NAMES, **options)  # type: ignore[arg-type]
    assert caught.value.reason == reason
    assert reason in causal.REASONS
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("never", [0, np.nan, np.inf, None, pd.NA])
def test_never_treated_in_any_spelling(panel: pd.DataFrame, never: object) -> None:
    spelled = panel.assign(g=panel["g"].astype(object).where(panel["g"] > 0, never))
    assert overall(spelled) == overall(panel)


def test_nullable_integers(panel: pd.DataFrame) -> None:
    assert overall(panel.assign(g=panel["g"].astype("Int64").replace(0, pd.NA), t=panel["t"].astype("Int64"))) == overall(panel)


@pytest.mark.parametrize("spelling", ["19870101{:09d}", "öğr-{}", "{} "])
def test_text_ids(panel: pd.DataFrame, spelling: str) -> None:
    assert overall(panel.assign(id=panel["id"].map(spelling.format))) == pytest.approx(overall(panel), rel=1e-12)


def as_dates(years: pd.Series, month: str) -> pd.Series:
    return pd.to_datetime(years.where(years > 0).map(lambda y: None if math.isnan(y) else f"{int(y)}-{month}"))


@pytest.mark.parametrize("kind", ["datetime", "period", "text", "object"])
def test_years_as_dates(panel: pd.DataFrame, kind: str) -> None:
    t, g = as_dates(panel["t"], "01-01"), as_dates(panel["g"], "07-01")
    if kind == "period":
        t, g = t.dt.to_period("Y"), g.dt.to_period("Y")
    elif kind == "text":
        t, g = panel["t"].astype(int).astype(str), panel["g"].astype(int).astype(str)
    elif kind == "object":
        t, g = panel["t"].astype(object), panel["g"].astype(object)
    one, other = causal.group_time_att(panel, **NAMES), causal.group_time_att(panel.assign(t=t, g=g), **NAMES)
    pd.testing.assert_frame_equal(one.table, other.table, rtol=1e-10)


@pytest.mark.parametrize("kind", ["datetime", "period", "text"])
def test_months(kind: str) -> None:
    """Months from November 2023 to February 2024: event times count months, labels read YYYYMM."""
    panel = staggered({0: 12, 3: 8}, [1, 2, 3, 4], seed=2)
    months = {1: "2023-11", 2: "2023-12", 3: "2024-01", 4: "2024-02"}
    t, g = panel["t"].map(months), panel["g"].map(months)
    if kind == "datetime":
        t, g = pd.to_datetime(t), pd.to_datetime(g) + pd.Timedelta(days=14)
    elif kind == "period":
        t, g = pd.to_datetime(t).dt.to_period("M"), pd.to_datetime(g).dt.to_period("M")
    table = causal.group_time_att(panel.assign(t=t, g=g), **NAMES).table
    plain = causal.group_time_att(panel, **NAMES).table
    assert table["estimate"].to_numpy() == pytest.approx(plain["estimate"].to_numpy())
    cells = table[table["term"] == "att_gt"]
    assert cells["cohort"].tolist() == [202401.0] * 3
    assert cells["period"].tolist() == [202312.0, 202401.0, 202402.0]
    assert cells["event_time"].tolist() == [-1.0, 0.0, 1.0]


def test_days() -> None:
    panel = staggered({0: 12, 3: 8}, [1, 2, 3], seed=2)
    days = {1: "2024-02-28", 2: "2024-02-29", 3: "2024-03-02"}
    table = causal.group_time_att(panel.assign(t=panel["t"].map(days), g=panel["g"].map(days)), **NAMES).table
    assert table["period"].tolist()[:2] == [20240229.0, 20240302.0]
    assert table["event_time"].tolist()[:2] == [-2.0, 0.0]


def test_incomplete_units_leave_whole_and_are_counted(panel: pd.DataFrame) -> None:
    """A missing row, a missing value and an infinite value drop three units whole, not pairwise."""
    broken = panel.copy()
    broken.loc[(broken["id"] == 1) & (broken["t"] == 2021), "y"] = np.nan
    broken.loc[(broken["id"] == 13) & (broken["t"] == 2023), "y"] = np.inf
    broken = broken.drop(broken.index[(broken["id"] == 22) & (broken["t"] == 2020)])
    result = causal.group_time_att(broken, **NAMES)
    whole = causal.group_time_att(panel[~panel["id"].isin([1, 13, 22])], **NAMES)
    pd.testing.assert_frame_equal(result.table, whole.table)
    assert dict(result.dropped) == {"incomplete": 3}
    assert any(note.startswith("3 units lack the outcome") for note in result.notes)


def test_units_treated_from_the_start_are_counted() -> None:
    panel = staggered({0: 12, 2019: 3, 2020: 2, 2022: 8}, PERIODS)
    result = causal.group_time_att(panel, **NAMES)
    assert dict(result.dropped) == {"treated_from_start": 5}
    assert any("5 units are treated from the first period on" in note for note in result.notes)


def test_cohort_after_the_last_period_is_a_comparator() -> None:
    late = staggered({0: 12, 2022: 8, 2030: 6}, PERIODS, effect=1.0)
    result = causal.group_time_att(late, **NAMES)
    assert result.row("overall_simple").estimate == pytest.approx(overall(late.assign(g=late["g"].replace(2030, 0))), rel=1e-12)
    assert any(note.startswith("6 units are first treated after the last period") for note in result.notes)


def test_small_groups_and_few_clusters_are_said() -> None:
    result = causal.group_time_att(staggered({0: 3, 2022: 2}, PERIODS), **NAMES, cluster="region")
    joined = " | ".join(result.notes)
    for words in ("1 cohorts have fewer than 5 units", "only 3 units are never treated", "only 5 clusters"):
        assert words in joined


def test_one_period(panel: pd.DataFrame) -> None:
    refused(panel[panel["t"] == 2022], "one_period", "1 usable period")


def test_no_comparators() -> None:
    panel = staggered({2022: 8, 2023: 6}, PERIODS)
    refused(panel, "no_comparators", "no unit stays untreated.*notyettreated")
    result = causal.group_time_att(panel, **NAMES, controls="notyettreated")
    assert any("the last cohort serves as comparator" in note for note in result.notes)


@pytest.mark.parametrize("controls", ["nevertreated", "notyettreated"])
def test_everyone_moved_in_the_same_year(controls: str) -> None:
    refused(staggered({2022: 20}, PERIODS), "no_comparators", "all are treated in the same period", controls=controls)


def test_nobody_moved() -> None:
    refused(staggered({0: 20}, PERIODS), "no_treated", "no cohort is first treated inside the periods")
    refused(staggered({0: 20, 2020: 5}, PERIODS), "no_treated", "no cohort is first treated inside the periods")
    refused(staggered({0: 20, 2024: 5}, PERIODS), "no_treated", "no cohort is first treated inside the periods", anticipation=1)


def test_constant_outcome(panel: pd.DataFrame) -> None:
    refused(panel.assign(y=88.0), "constant_outcome", "never changes over time in any unit")
    refused(panel.assign(y=panel["id"] + 0.1), "constant_outcome", "never changes over time in any unit")


def test_large_differences_in_level_cost_no_digits(panel: pd.DataFrame) -> None:
    """Adding a unit's own constant of 10⁸ leaves estimates and errors alone but for the digits the sum itself loses."""
    lifted = panel.assign(y=panel["y"] + 1e8 * (panel["id"] % 5))
    for cluster in (None, "region"):
        one, other = (causal.group_time_att(d, **NAMES, cluster=cluster).table for d in (panel, lifted))
        assert other["std_error"].to_numpy() == pytest.approx(one["std_error"].to_numpy(), rel=1e-6)


def test_missing_ids(panel: pd.DataFrame) -> None:
    refused(panel.assign(id=panel["id"].where(panel.index > 2)), "missing_ids", "3 rows have no 'id'")
    refused(panel.assign(t=panel["t"].where(panel.index > 0)), "missing_ids", "1 rows have no 't'")


def test_duplicates(panel: pd.DataFrame) -> None:
    refused(pd.concat([panel, panel.iloc[:5]]), "duplicate_rows", "5 rows repeat a unit and period")
    refused(pd.concat([panel, panel]), "duplicate_rows", f"{len(panel)} rows repeat")


@pytest.mark.parametrize("shuffled", [False, True])
def test_cohort_that_varies_inside_a_unit(panel: pd.DataFrame, shuffled: bool) -> None:
    wrong = panel.assign(g=panel["g"].where(~((panel["id"] == 2) & (panel["t"] == 2023)), 2023))
    wrong = wrong.sample(frac=1, random_state=0) if shuffled else wrong
    refused(wrong, "cohort_varies", "cohort 'g' takes more than one value inside a unit for 1 units")


def test_cluster_that_varies_inside_a_unit(panel: pd.DataFrame) -> None:
    refused(panel.assign(c=range(len(panel))), "cluster_varies", "for 26 units", cluster="c")


def test_wrong_words_and_columns(panel: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="controls='never'; allowed: nevertreated, notyettreated"):
        causal.group_time_att(panel, **NAMES, controls="never")
    with pytest.raises(ValueError, match="anticipation=-1"):
        causal.group_time_att(panel, **NAMES, anticipation=-1)
    with pytest.raises(ValueError, match="no column 'regio'; nearest name: 'region'"):
        causal.group_time_att(panel, **NAMES, cluster="regio")
    with pytest.raises(ValueError, match="outcome 'y' has dtype"):
        causal.group_time_att(panel.assign(y="Baik"), **NAMES)
    with pytest.raises(ValueError, match="holds neither numbers nor dates"):
        causal.group_time_att(panel.assign(t="tahun " + panel["t"].astype(str)), **NAMES)
    refused(panel.assign(g=panel["g"].where(panel["g"] > 0, -1)), "bad_cohort", "a cohort is negative")
    refused(panel.assign(g=as_dates(panel["g"], "01-01")), "bad_cohort", "holds no numbers")
    refused(panel.iloc[:0], "no_complete_units", "no rows")
    refused(panel.assign(y=np.nan), "no_complete_units", "no unit has 'y'")


def test_tables_that_do_not_fit_together(panel: pd.DataFrame) -> None:
    one = causal.cohort_table(panel, **NAMES)
    with pytest.raises(ValueError, match="different periods"):
        one + causal.cohort_table(panel[panel["t"] < 2023], **NAMES)
    with pytest.raises(ValueError, match="one table has clusters"):
        one + causal.cohort_table(panel, **NAMES, cluster="region")


def test_inputs_are_left_alone(panel: pd.DataFrame) -> None:
    before = panel.copy()
    causal.group_time_att(panel, **NAMES, cluster="region", covariates=["region"])
    pd.testing.assert_frame_equal(panel, before)


def test_a_known_dip_is_not_a_diverging_path() -> None:
    """A dip of 3 in the period before treatment: found without anticipation; with it the pre-test asks only about the periods before."""
    frame = staggered({0: 60, 4: 50, 5: 50}, [1, 2, 3, 4, 5], effect=1.0, seed=3)
    dipped = frame.assign(y=frame["y"] - 3.0 * (frame["t"] == frame["g"] - 1))
    blind, aware = (causal.group_time_att(dipped, **NAMES, anticipation=a) for a in (0, 1))
    assert blind.pretest_df == 5
    assert blind.pretest_p < 1e-6
    assert aware.pretest_df == 3  # cohort 4: t = 2; cohort 5: t = 2, 3
    assert aware.pretest_p > 0.01
    assert blind.row("overall_simple").estimate == pytest.approx(4.0, abs=0.5)
    assert aware.row("overall_simple").estimate == pytest.approx(1.0, abs=0.5)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_numbers_in_a_column_of_objects_are_numbers(panel: pd.DataFrame, missing: object) -> None:
    kept = panel.loc[panel["id"] != panel["id"].iloc[0]]
    objects = panel.assign(y=panel["y"].astype(object).where(panel["id"] != panel["id"].iloc[0], missing))
    assert overall(objects) == overall(kept)


def test_one_covariate_may_be_named_without_a_list(panel: pd.DataFrame) -> None:
    size = panel.assign(size=panel["id"] * 7919 % 13)
    assert overall(size, covariates="size") == overall(size, covariates=("size",))
