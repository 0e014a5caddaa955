"""What each region does to the pooled effect: leave-one-out and the usual deletion measures."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from mutasi_analysis.comparison.pooling import Numbers, PooledEffect, pool, usable

LEFT_OUT = ("estimate", "std_error", "conf_low", "conf_high", "pi_low", "pi_high", "tau2", "i2", "q", "q_p_value", "k")


def leave_one_out(estimate: Numbers, std_error: Numbers, *, tau2: str = "REML", interval: str = "HKSJ-adhoc") -> pd.DataFrame:
    """The pooled effect without each estimate in turn: one row per estimate given (its place is the index), columns LEFT_OUT.

    NaN where the estimate was not usable in the first place, or where fewer than two would remain.
    """
    pooled = _without_each(estimate, std_error, tau2, interval)
    rows = [{name: math.nan if one is None else getattr(one, name) for name in LEFT_OUT} for one in pooled]
    return pd.DataFrame(rows, columns=list(LEFT_OUT), dtype=float)


def influence(estimate: Numbers, std_error: Numbers, *, tau2: str = "REML", interval: str = "HKSJ-adhoc") -> pd.DataFrame:
    """Deletion measures of each estimate, as R metafor's influence(): weight (percent), hat, rstudent, dffits, cook.

    rstudent: distance from the mean of the others in its own standard deviations; dffits: shift of the mean in its standard
    deviations (both with the variance of the others as the interval method stretches it); cook: squared shift in units of the mean's
    variance. One row per estimate given; NaN where it was not usable.
    """
    full = pool(estimate, std_error, tau2=tau2, interval=interval)
    given = usable(estimate, std_error)
    rows = np.full((given.mask.size, 5), np.nan)
    for i, one in enumerate(_without_each(estimate, std_error, tau2, interval)):
        if one is None or math.isnan(one.std_error):
            continue
        at = int(given.mask[:i].sum())
        y, v, hat = float(given.y[at]), float(given.v[at]), full.weights[i] / 100
        shift = full.estimate - one.estimate
        stretched = (one.tau2 + v) * one.std_error**2 * float((1 / (np.delete(given.v, at) + one.tau2)).sum())
        rstudent = (y - one.estimate) / math.sqrt(stretched + one.std_error**2)
        dffits = shift / math.sqrt(hat * stretched)
        rows[i] = (full.weights[i], hat, rstudent, dffits, (shift / full.std_error) ** 2)
    return pd.DataFrame(rows, columns=["weight", "hat", "rstudent", "dffits", "cook"])


def _without_each(estimate: Numbers, std_error: Numbers, tau2: str, interval: str) -> list[PooledEffect | None]:
    given = usable(estimate, std_error)
    y, s = np.full(given.mask.size, np.nan), np.full(given.mask.size, np.nan)
    y[given.mask], s[given.mask] = given.y, np.sqrt(given.v)
    out: list[PooledEffect | None] = []
    for i, used in enumerate(given.mask):
        rest = np.arange(given.mask.size) != i
        out.append(pool(y[rest], s[rest], tau2=tau2, interval=interval) if used and given.mask[rest].sum() > 1 else None)
    return out
