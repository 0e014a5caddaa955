"""What a ranking of regions is worth: probabilities of ranks, 95 % range of each rank, pairs that can be told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi_analysis.comparison import distinguishable_pairs, rank_probabilities, shrunken_effects

DRAWS = 10_000
DRAWS_MANY = 2_000


@dataclass(frozen=True, slots=True)
class Ranking:
    """table: slug region level outcome estimate conf_low conf_high shrunken shrunken_low shrunken_high rank_low rank_median rank_high
    p_first p_last, one row a usable region; probabilities: same rows, columns 1 … k (1 = best); pairs: first second (names) difference
    std_error p_value p_holm apart, every pair."""

    table: pd.DataFrame
    probabilities: pd.DataFrame
    pairs: pd.DataFrame

    @property
    def apart(self) -> int:
        """How many pairs can be told apart."""
        return int(self.pairs["apart"].sum())


def ranking(rows: pd.DataFrame, *, lower_is_better: bool = False, seed: int = 0) -> Ranking | None:
    """Ranks of the regions in one outcome, 1 = best. None under two usable estimates."""
    kept = rows.loc[rows["usable"].astype(bool)].reset_index(drop=True)
    if len(kept) < 2:
        return None
    better = -1.0 if lower_is_better else 1.0
    draws = DRAWS if len(kept) <= 100 else DRAWS_MANY
    chances = rank_probabilities(better * kept["estimate"], kept["std_error"], draws=draws, seed=seed)
    shrunken = shrunken_effects(kept["estimate"], kept["std_error"])
    summed = chances.to_numpy().cumsum(axis=1)
    table = kept[["slug", "region", "level", "outcome", "estimate", "conf_low", "conf_high"]].assign(
        shrunken=shrunken["estimate"], shrunken_low=shrunken["conf_low"], shrunken_high=shrunken["conf_high"],
        rank_low=_first_rank(summed, 0.025), rank_median=_first_rank(summed, 0.5), rank_high=_first_rank(summed, 0.975),
        p_first=chances.iloc[:, 0], p_last=chances.iloc[:, -1],
    )  # fmt: skip
    pairs = distinguishable_pairs(kept["estimate"], kept["std_error"])
    names = kept["region"].to_numpy()
    return Ranking(table, chances, pairs.assign(first=names[pairs["first"]], second=names[pairs["second"]]))


def _first_rank(summed: np.ndarray, share: float) -> np.ndarray:
    """The smallest rank with at least this cumulative probability; a hair of tolerance for sums of tenths of thousandths."""
    return np.asarray((summed < share - 1e-9).sum(axis=1) + 1)
