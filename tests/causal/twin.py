"""A naive twin of the core: ATT(g,t) by loops over units, standard errors from one influence number per unit, slow and plain."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

Key = tuple[str, float, float, float]
NEVER = math.inf


class Twin(NamedTuple):
    estimate: dict[Key, float]
    influence: dict[Key, dict[object, float]]
    units: dict[object, tuple[float, dict[float, float]]]

    def std_error(self, key: Key, cluster: dict[object, object] | None = None) -> float:
        """√ Σ (cluster sums)² / N²; every unit its own cluster where none is given."""
        sums: dict[object, float] = {}
        for unit, value in self.influence[key].items():
            name = unit if cluster is None else cluster[unit]
            sums[name] = sums.get(name, 0.0) + value
        return math.sqrt(sum(value**2 for value in sums.values())) / len(self.units)


def read(panel: pd.DataFrame, outcome: str, unit: str, period: str, cohort: str) -> dict[object, tuple[float, dict[float, float]]]:
    units: dict[object, tuple[float, dict[float, float]]] = {}
    for row in panel.to_dict("records"):
        g = row[cohort]
        units.setdefault(row[unit], (NEVER if not g else float(g), {}))[1][float(row[period])] = float(row[outcome])
    return units


def estimate(units: dict[object, tuple[float, dict[float, float]]], controls: str = "nevertreated", anticipation: float = 0) -> Twin:
    periods = sorted({t for _, path in units.values() for t in path})
    units = {i: (NEVER if g > periods[-1] + anticipation else g, path) for i, (g, path) in units.items()}
    latest = NEVER
    if all(g < NEVER for g, _ in units.values()):
        latest = max(g for g, _ in units.values())
        periods = [t for t in periods if t < latest - anticipation]
    units = {i: (g, path) for i, (g, path) in units.items() if g > periods[0] + anticipation}
    att: dict[Key, float] = {}
    influence: dict[Key, dict[object, float]] = {}
    for g in sorted({g for g, _ in units.values() if g < latest}):
        for at in range(1, len(periods)):
            t = periods[at]
            base = periods[at - 1] if t < g else max(s for s in periods if s + anticipation < g)
            change = {i: path[t] - path[base] for i, (_, path) in units.items()}
            treated = [i for i, (h, _) in units.items() if h == g]
            control = [i for i, (h, _) in units.items() if h == NEVER or (controls == "notyettreated" and h > t + anticipation and h != g)]
            gain, drift = (sum(change[i] for i in group) / len(group) for group in (treated, control))
            key = ("att_gt", g, t, t - g)
            att[key] = gain - drift
            influence[key] = dict.fromkeys(units, 0.0)
            for i in treated:
                influence[key][i] += len(units) / len(treated) * (change[i] - gain)
            for i in control:
                influence[key][i] -= len(units) / len(control) * (change[i] - drift)
    return _aggregated(Twin(att, influence, units))


def _aggregated(cells: Twin) -> Twin:
    out = Twin(dict(cells.estimate), dict(cells.influence), cells.units)
    keys = list(cells.estimate)
    post = [key for key in keys if key[3] >= 0]
    nan = math.nan
    share = {g: sum(h == g for h, _ in cells.units.values()) / len(cells.units) for g in {key[1] for key in keys}}
    for e in sorted({key[3] for key in keys}):
        _weighted(out, cells, ("event", nan, nan, e), [key for key in keys if key[3] == e], share)
    for g in sorted({key[1] for key in post}):
        _plain(out, out, ("cohort", g, nan, nan), [key for key in post if key[1] == g])
    for t in sorted({key[2] for key in post}):
        _weighted(out, cells, ("calendar", nan, t, nan), [key for key in post if key[2] == t], share)
    _weighted(out, cells, ("overall_simple", nan, nan, nan), post, share)
    _weighted(out, out, ("overall_group", nan, nan, nan), [key for key in out.estimate if key[0] == "cohort"], share)
    _plain(out, out, ("overall_dynamic", nan, nan, nan), [key for key in out.estimate if key[0] == "event" and key[3] >= 0])
    _plain(out, out, ("overall_calendar", nan, nan, nan), [key for key in out.estimate if key[0] == "calendar"])
    return out


def _plain(out: Twin, source: Twin, name: Key, keys: list[Key]) -> None:
    out.estimate[name] = sum(source.estimate[key] for key in keys) / len(keys)
    out.influence[name] = {i: sum(source.influence[key][i] for key in keys) / len(keys) for i in source.units}


def _weighted(out: Twin, source: Twin, name: Key, keys: list[Key], share: dict[float, float]) -> None:
    """Weights p_g / Σ p; the influence of estimating them is the derivative of that ratio, written out as in R's wif()."""
    p = np.array([share[key[1]] for key in keys])
    value = np.array([source.estimate[key] for key in keys])
    out.estimate[name] = float(p @ value / p.sum())
    out.influence[name] = {}
    for i, (g, _) in source.units.items():
        centred = np.array([(g == key[1]) - share[key[1]] for key in keys])
        weight = centred / p.sum() - centred.sum() * p / p.sum() ** 2
        own = np.array([source.influence[key][i] for key in keys])
        out.influence[name][i] = float(own @ p / p.sum() + weight @ value)


def keys_of(table: pd.DataFrame) -> list[Key]:
    return [(row.term, row.cohort, row.period, row.event_time) for row in table.itertuples()]


def same(key: Key) -> str:
    """A key that compares equal for equal NaNs."""
    return repr(tuple(float(x) if not isinstance(x, str) else x for x in key))
