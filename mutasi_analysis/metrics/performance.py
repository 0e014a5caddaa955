"""Individual performance on a scale that survives changes of regime: predicate, ridit, share of the top, paired difference.

Regimes: PP 46/2011 (2014–June 2021), PP 30/2019 (July–December 2021), PermenPANRB 6/2022 (from 2022, predicate only). Raw numbers
of two regimes are never mixed. Everything here describes; only `causal` claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.metrics.bands import classify
from mutasi_analysis.metrics.inputs import FloatOrSeries, Floats, Numbers, WordOrSeries, align, floats, is_scalar, known_word
from mutasi_analysis.norms import load_family, load_norm

TOP = "Sangat Baik"


@dataclass(frozen=True, slots=True)
class Delta:
    """A paired difference after − before. A description, never an effect: who was moved was not drawn by lot.

    n: complete pairs; n_missing: pairs without a before or an after, left out; conf_low, conf_high: 95 % interval by Student's t
    (NaN below two pairs).
    """

    n: int
    n_missing: int
    mean_before: float
    mean_after: float
    difference: float
    std_error: float
    conf_low: float
    conf_high: float


def predicate_from_matrix(results: Any, behaviour: Any) -> WordOrSeries:
    """Predicate of PermenPANRB 6/2022 from results (hasil kerja) and behaviour (perilaku).

    Words: below, met, above (or "di bawah ekspektasi", "sesuai ekspektasi", "di atas ekspektasi"). Bad behaviour cannot be made up
    for: below on behaviour is at best Kurang. Missing stays missing; an unknown word raises ValueError with the nearest.
    """
    norm = _table("performance_matrix", "permenpanrb-6-2022")
    given = align({}, {"results": results, "behaviour": behaviour})
    keys = [given.words[name].looked_up(norm["words"], name) for name in ("results", "behaviour")]
    cells = [norm["cells"].get(f"{result}-{conduct}") for result, conduct in zip(*keys, strict=True)]
    return given.give_words(np.array(cells, dtype=object))


def predicate_from_score(score: Numbers, *, regime: str, innovation: Any = False) -> WordOrSeries:
    """Predicate from a score of 0–120 under "pp-46-2011" or "pp-30-2019"; 6/2022 has no scores.

    innovation: under PP 30/2019 the top needs a score from 110 AND a new idea (Pasal 41); one bool or one per score; missing counts as
    none. PP 46/2011 ignores it. Bands by lower edges (90.5 under PP 46 is Baik). Raises ValueError outside 0–120.
    """
    rules = {name: norm.value for name, norm in load_family("predicate_scores").items() if isinstance(norm.value, Mapping)}
    known_word(regime, rules, "regime")
    given = align({"score": score}, {"innovation": innovation})
    given.require("score", at_least=0, at_most=120)
    words = classify(given["score"], rules[regime]["bands"]).fillna("").to_numpy(dtype=object)
    new_idea = np.array([idea is not None and bool(idea) for idea in given.words["innovation"].spelled()], dtype=bool)
    without = rules[regime].get("without_innovation", TOP)
    words[(words == TOP) & ~new_idea] = without
    words[words == ""] = None
    return given.give_words(words)


def ordinal(predicate: Any) -> FloatOrSeries:
    """Predicates of all regimes as 1–5 (Buruk = Sangat Kurang = 1, Cukup = Butuh Perbaikan = 3); missing is NaN."""
    given = align({}, {"predicate": predicate})
    return given.give(given.words["predicate"].numbered(_ordinals(), "predicate"))


def coded(predicate: Any, *, coding: str) -> FloatOrSeries:
    """Predicates as numbers of a declared coding of parameters/norms/predicate_codings.toml; missing is NaN.

    A conclusion that depends on the coding is none: compare several.
    """
    given = align({}, {"predicate": predicate})
    return given.give(given.words["predicate"].numbered(_table("predicate_codings", coding), "predicate"))


def ridit(predicate: Any, cell: Any = "all") -> FloatOrSeries:
    """Ridit (0–1) of each rating among everybody rated in its cell: share below + half the share equal.

    predicate: words of any regime; numbers and ordered categories are taken in their own order, higher is better. cell: one label per
    rating (regime × year × job class), a frame whose columns make the cell together, or one word for all. The mean of a whole cell is
    0.5, so ratings of different regimes stand on one scale. Missing predicate or cell stays missing; an unknown word raises ValueError.
    Source: Bross 1958.
    """
    rank = _rank(predicate)
    ranks = np.atleast_1d(np.asarray(rank, dtype="float64"))
    cells = _cells(cell, len(ranks), predicate)
    known = ~np.isnan(ranks) & (cells >= 0)
    result = np.full(len(ranks), np.nan)
    result[known] = _ridits(ranks[known], cells[known])
    return pd.Series(result, index=rank.index) if isinstance(rank, pd.Series) else float(result[0])


def top_share(predicate: Any, cell: Any = None, *, top: str = TOP) -> FloatOrSeries:
    """Share (0–1) of the top category among those rated; per cell (Series) where cells are given. NaN where nobody is rated."""
    rank = floats(ordinal(predicate), "predicate")
    best = np.where(np.isnan(rank), np.nan, rank == _ordinals()[known_word(top, _ordinals(), "top")])
    if cell is None:
        return float(np.nanmean(best)) if (~np.isnan(best)).any() else float("nan")
    labels = align({}, {"predicate": predicate, "cell": cell}).words["cell"].spelled()
    return pd.Series(best).groupby(labels, sort=True).mean()


def delta(before: Numbers, after: Numbers) -> Delta:
    """Paired difference after − before with its 95 % interval: descriptive, whatever caused it.

    Series are paired by index; who is in one of them only is a pair with a missing side. Those are left out and counted. No pairs: NaN.
    """
    if isinstance(before, pd.Series) and isinstance(after, pd.Series) and before.index.is_unique and after.index.is_unique:
        everybody = before.index.union(after.index)
        before, after = before.reindex(everybody), after.reindex(everybody)
    given = align({"before": before, "after": after})
    pairs = np.stack([given["before"], given["after"]])
    known = pairs[:, ~np.isnan(pairs).any(axis=0)]
    n = known.shape[1]
    if n == 0:
        return Delta(0, pairs.shape[1], *([float("nan")] * 6))
    gap = known[1] - known[0]
    error = float(gap.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
    reach = _student(n - 1) * error if n > 1 else float("nan")
    mean = float(gap.mean())
    return Delta(n, pairs.shape[1] - n, float(known[0].mean()), float(known[1].mean()), mean, error, mean - reach, mean + reach)


def _rank(predicate: Any) -> FloatOrSeries:
    """Places of ratings in their order, as float or Series; missing is NaN."""
    kind = getattr(predicate, "dtype", None)
    if isinstance(kind, pd.CategoricalDtype) and kind.ordered and not set(kind.categories) <= set(_ordinals()):
        codes = pd.Series(predicate).cat.codes
        return codes.astype("float64").where(codes >= 0)
    values = [predicate] if is_scalar(predicate) else [] if kind is not None else list(predicate)
    in_list = [value for value in values if not pd.isna(value)]
    numbers = kind is not None and pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
    if numbers or (in_list and all(isinstance(value, Real) and not isinstance(value, bool) for value in in_list)):
        given = align({"predicate": predicate})
        return given.give(given["predicate"])
    return ordinal(predicate)


def _ridits(ranks: Floats, cells: Any) -> Floats:
    """Share below + half the share equal inside each cell, by counting each cell's distinct ranks."""
    level, levels = pd.factorize(ranks, sort=True)
    place, keys = pd.factorize(cells.astype(np.int64) * max(len(levels), 1) + level, sort=True)
    count = np.bincount(place, minlength=len(keys))
    cell_of = keys // max(len(levels), 1)
    size = np.bincount(cell_of, weights=count)
    below = np.cumsum(count) - count - (np.cumsum(size) - size)[cell_of]
    return np.asarray(((below + count / 2) / size[cell_of])[place])


def _student(df: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.975))


def _ordinals() -> dict[str, int]:
    """Predicate → 1–5 over all regimes."""
    tables = (norm.value for norm in load_family("predicates").values())
    return {word: rank for words in tables if isinstance(words, list) for rank, word in enumerate(words, start=1)}


def _table(family: str, scheme: str) -> Mapping[str, Any]:
    value = load_norm(family, scheme).value
    if not isinstance(value, Mapping):
        raise ValueError(f"norm {family}/{scheme} must be a table")
    return value


def _cells(cell: Any, size: int, predicate: Any) -> Any:
    if isinstance(cell, pd.DataFrame):
        if len(cell) != size:
            raise ValueError(f"cell has {len(cell)} rows where {size} are expected")
        aligned = cell.reindex(predicate.index) if isinstance(predicate, pd.Series) and not cell.index.equals(predicate.index) else cell
        return aligned.groupby(list(aligned.columns), dropna=True, sort=False).ngroup().to_numpy()
    return align({}, {"predicate": predicate, "cell": cell}).words["cell"].codes
