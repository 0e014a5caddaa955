"""From saved results to the frames of the comparison: hand cases and every kind of region a real comparison meets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis import across
from mutasi_analysis.tabulate.extremes import extremes
from tests.compare_more.saved import Saved, saved

FOUR = {"output_percent": [(4.0, 1.0), (0.0, 1.0), (2.0, 1.0), (None, None)], "ikm": [(1.0, 0.5), (1.0, 0.5), (1.0, 0.5), (1.0, 0.5)]}


def test_primary_is_what_the_profiles_declared_and_nothing_else() -> None:
    effects = across.headline_effects(saved(FOUR))
    assert effects.groupby("outcome")["primary"].all().to_dict() == {"ikm": False, "output_percent": True}
    assert set(effects.loc[effects["primary"], "correction"]) == {"holm"}
    assert set(effects.loc[~effects["primary"], "correction"]) == {"bh"}


def test_holm_over_the_primary_rows_by_hand() -> None:
    """Three primary rows with p = .04 each: Holm gives 3 · .04 = .12 to all; four others with .04: Benjamini-Hochberg keeps .04."""
    effects = across.headline_effects(saved(FOUR))
    primary = effects.loc[effects["primary"] & effects["usable"], "p_adjusted"]
    assert primary.tolist() == pytest.approx([0.12] * 3)
    assert effects.loc[~effects["primary"], "p_adjusted"].tolist() == pytest.approx([0.04] * 4)


def test_a_region_without_an_estimate_stays_in_the_list_and_out_of_the_pool() -> None:
    effects = across.headline_effects(saved(FOUR))
    row = effects.loc[(effects["slug"] == "w003") & (effects["outcome"] == "output_percent")].iloc[0]
    assert (row["usable"], row["reason"], np.isnan(row["p_adjusted"])) == (False, "no_comparators", True)
    table = across.pooled_outcomes(effects).set_index("outcome")
    assert (table.loc["output_percent", "regions"], table.loc["output_percent", "k"]) == (4, 3)
    assert table.loc["output_percent", "estimate"] == pytest.approx(2.0)


@pytest.mark.parametrize("pair", [(1.0, 0.0), (1.0, np.nan), (np.nan, 1.0)])
def test_an_error_of_zero_or_none_is_not_pooled(pair: tuple[float, float]) -> None:
    rows = across.of_outcome(across.headline_effects(saved({"ikm": [(1.0, 0.5), (3.0, 0.5), pair]})), "ikm")
    found = across.pooled(rows)
    assert found is not None
    assert (found.k, found.estimate) == (2, pytest.approx(2.0))


def test_one_region_is_not_pooled_ranked_or_left_out() -> None:
    effects = across.headline_effects(saved({"ikm": [(1.0, 0.5)]}))
    rows = across.of_outcome(effects, "ikm")
    assert across.pooled(rows) is None
    assert across.ranking(rows) is None
    assert across.left_out(rows).empty
    assert across.pooled_outcomes(effects)["estimate"].isna().all()


def test_no_region_with_effects_gives_empty_frames_with_their_columns() -> None:
    empty = Saved(saved({"ikm": [(1.0, 0.5)]}).regions, {})
    effects = across.headline_effects(empty)
    assert effects.empty and "p_adjusted" in effects.columns
    assert across.pooled_outcomes(effects).empty


def test_old_results_without_a_declaration_are_all_exploratory() -> None:
    results = saved({"ikm": [(1.0, 0.5), (2.0, 0.5)]})
    old = Saved(results.regions.drop(columns=["primary", "missing"]), results.frames)
    assert not across.headline_effects(old)["primary"].any()


def test_fewer_complaint_days_rank_first() -> None:
    rows = across.of_outcome(across.headline_effects(saved({"hari_pengaduan": [(-9.0, 0.3), (0.0, 0.3), (9.0, 0.3)]})), "hari_pengaduan")
    found = across.ranking(rows, lower_is_better=True)
    assert found is not None
    assert found.table["rank_median"].tolist() == [1, 2, 3]
    assert found.apart == 3


def test_ranks_have_their_range_and_identical_regions_share_all_of_it() -> None:
    found = across.ranking(across.of_outcome(across.headline_effects(saved(FOUR)), "ikm"))
    assert found is not None
    assert found.table["rank_low"].tolist() == [1] * 4
    assert found.table["rank_high"].tolist() == [4] * 4
    assert found.apart == 0


def test_leaving_out_the_middle_of_three_leaves_the_mean_of_the_others() -> None:
    table = across.left_out(across.of_outcome(across.headline_effects(saved(FOUR)), "output_percent"))
    assert table["estimate"].tolist() == pytest.approx([1.0, 3.0, 2.0])


def test_the_moderator_is_transfers_per_hundred_staff() -> None:
    results = saved({"ikm": [(1.0, 0.5), (2.0, 0.5), (3.0, 0.5)]})
    found = across.regression(results, across.of_outcome(across.headline_effects(results), "ikm"))
    assert found.rows["moderator"].tolist() == pytest.approx([100 * m / 2000 for m in (100, 107, 114)])
    assert found.fit.slope == pytest.approx(1 / (100 * 7 / 2000))


def test_extremes_keep_both_ends() -> None:
    rows = pd.DataFrame({"region": [f"r{i:02d}" for i in range(50)], "estimate": range(50)})
    found = extremes(rows, most=40, each=3)["estimate"].tolist()
    assert found == [49, 48, 47, 2, 1, 0]
    assert extremes(rows.head(10)).equals(rows.head(10))


def test_no_region_is_surer_here_than_in_its_own_report() -> None:
    """A region whose exact interval is 2 ± 3.92 counts with an error of 3.92 / 1.96 = 2, not with its small-cluster error of .5, and
    with p = 2 Φ(−1) = .317 at least; one without end leaves the pool; the others keep theirs."""
    results = saved({"ikm": [(2.0, 0.5), (2.0, 0.5), (2.0, 0.5)]})
    verdicts = results.frames["service_verdicts"].set_index("slug")
    verdicts.loc["w000", ["conf_low", "conf_high"]] = [2 - 3.919928, 2 + 3.919928]
    verdicts.loc["w001", ["conf_low", "conf_high"]] = [-np.inf, np.inf]
    wide = Saved(results.regions, {**results.frames, "service_verdicts": verdicts.reset_index()})
    effects = across.headline_effects(wide).set_index("slug")
    assert effects["std_error"].tolist()[::2] == pytest.approx([2.0, 0.5], abs=1e-6)
    assert effects["usable"].tolist() == [True, False, True]
    assert effects.loc["w000", "p_value"] == pytest.approx(0.3173, abs=1e-4)
    assert effects.loc["w002", "p_value"] == across.headline_effects(results).set_index("slug").loc["w002", "p_value"]


def test_the_p_value_is_that_of_the_test_that_made_the_verdict() -> None:
    """Where a region's verdict rests on the exchange test its p-value counts here too, .003 instead of the estimator's .04; rows of
    another method and other outcomes leave it, and so does a region without such a test."""
    results = saved({"ikm": [(2.0, 0.5), (2.0, 0.5)], "hari_pengaduan": [(2.0, 0.5), (2.0, 0.5)]})
    exact = pd.DataFrame(
        [["w000", "ikm", "permutation", 0.003], ["w000", "ikm", "synthetic_did", np.nan], ["w001", "ikm", "synthetic_did", 0.9]],
        columns=["slug", "outcome", "method", "p_value"],
    )
    effects = across.headline_effects(Saved(results.regions, {**results.frames, "service_exact": exact}))
    found = effects.set_index(["slug", "outcome"])["p_value"]
    assert found.to_dict() == pytest.approx(
        {("w000", "ikm"): 0.003, ("w001", "ikm"): 0.04, ("w000", "hari_pengaduan"): 0.04, ("w001", "hari_pengaduan"): 0.04}
    )


def test_comparisons_and_those_that_lost_staff_are_kept_but_few_persons_are_not_told() -> None:
    """60 comparisons a row; of the units compared 41 lost staff. With 4 persons compared, under the smallest cell of 5, no number."""
    results = saved({"output_percent": [(2.0, 0.5), (2.0, 0.5)], "ikm": [(2.0, 0.5), (2.0, 0.5)]})
    persons = results.frames["performance_verdicts"].assign(n_compared=[60.0, 4.0])
    units = results.frames["service_verdicts"].assign(n_compared=[60.0, 4.0], n_losing=[41.0, 4.0])
    effects = across.headline_effects(
        Saved(results.regions, {**results.frames, "performance_verdicts": persons, "service_verdicts": units})
    )
    told = effects.set_index(["outcome", "slug"])[["n_compared", "n_losing"]]
    assert told.loc["ikm"].to_numpy().tolist() == [[60.0, 41.0], [4.0, 4.0]]
    assert told.loc[("output_percent", "w000"), "n_compared"] == 60.0
    assert np.isnan(told.loc[("output_percent", "w001"), "n_compared"]) and told.loc["output_percent", "n_losing"].isna().all()
