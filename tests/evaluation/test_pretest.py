"""The joint pre-test speaks of the periods before anticipation only."""

import numpy as np
import pandas as pd

from mutasi_analysis.causal import group_time_att


def dipping_panel(dip: float) -> pd.DataFrame:
    """Units moved in 2024 have a dip the year before; nothing else differs."""
    rng = np.random.default_rng(3)
    unit, year = (a.ravel() for a in np.meshgrid(np.arange(400), np.arange(2020, 2026), indexing="ij"))
    cohort = np.where(unit < 200, 2024, 0)
    y = rng.normal(0, 1, unit.size) - dip * ((cohort > 0) & (year == 2023))
    return pd.DataFrame({"unit": unit, "year": year, "cohort": cohort, "y": y})


def test_a_dip_inside_the_anticipation_window_is_not_read_as_diverging_paths():
    panel = dipping_panel(2.0)
    columns = {"outcome": "y", "unit": "unit", "period": "year", "cohort": "cohort"}
    blind, aware = group_time_att(panel, **columns), group_time_att(panel, **columns, anticipation=1)
    assert blind.pretest_p < 1e-6
    assert aware.pretest_df == 2 and aware.pretest_p > 0.01
