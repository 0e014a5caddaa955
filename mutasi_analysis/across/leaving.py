"""What the pooled estimate would be without each region."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.comparison import influence, leave_one_out


def left_out(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of one outcome (as `of_outcome`) → region level weight estimate conf_low conf_high tau2 i2 cook of the pool without that
    region; empty under three usable estimates, where leaving one out leaves nothing to pool."""
    kept = rows.loc[rows["usable"].astype(bool)].reset_index(drop=True)
    columns = ["slug", "region", "level", "outcome", "weight", "estimate", "conf_low", "conf_high", "tau2", "i2", "cook"]
    if len(kept) < 3:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
    without = leave_one_out(kept["estimate"], kept["std_error"])[["estimate", "conf_low", "conf_high", "tau2", "i2"]]
    cook = influence(kept["estimate"], kept["std_error"])["cook"]
    return pd.concat([kept[["slug", "region", "level", "outcome", "weight"]], without, cook], axis=1)[columns]
