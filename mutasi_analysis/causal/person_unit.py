"""What share of performance belongs to persons, to units, and to who sits where: two-way fixed effects with leave-one-out correction.

Abowd, Kramarz and Margolis (1999), Econometrica 67, 251-333; plug-in variances count sampling noise as differences between units, so
they are corrected by Kline, Saggio and Sølvsten (2020), Econometrica 88, 1859-1898 (KSS), with exact leverages: persons are swept out
and the units' Laplacian is inverted, which serves up to a few thousand units. Rows of one person are taken as independent given the
effects; autocorrelated ratings would leave some noise in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.refusal import NotEstimable
from mutasi_analysis.estimate import normal_p

Integers = NDArray[np.int64]
MOST_UNITS = 5000


@dataclass(frozen=True, slots=True)
class PersonUnit:
    """Variance components of one outcome.

    shares: component (person unit sorting residual) plug_in corrected share: variances in outcome units², sorting = 2 · covariance,
      share = corrected / variance of the outcome (the shares add up to 1).
    units: unit effect n_rows (mean zero over rows; noisy for small units, never to be shown as a ranking).
    symmetry: direction (up down) n change std_error: mean change of the outcome of persons who moved to a unit whose other people do
      better, or worse; sum_p_value: p of "the two are opposite", NaN where a side has fewer than 2.
    variance: of the outcome in the set; n_rows, n_persons, n_units, n_movers: of the leave-one-out connected set; dropped: reason →
      rows.
    """

    shares: pd.DataFrame
    units: pd.DataFrame
    symmetry: pd.DataFrame
    sum_p_value: float
    variance: float
    n_rows: int
    n_persons: int
    n_units: int
    n_movers: int
    dropped: tuple[tuple[str, int], ...]


def person_unit_shares(panel: pd.DataFrame, *, outcome: str, person: str, unit: str, period: str) -> PersonUnit:
    """Variance shares of a long frame, one row per person and period with the unit of that period.

    Period means are taken out first. Kept: rows with an outcome, persons with two rows or more, then the largest set of units that stays
    connected when any single mover is left out. Raises NotEstimable where no set of two units is connected twice (`no_treated`: nobody
    moved enough) and ValueError over MOST_UNITS units.
    """
    rows = panel[[person, unit, period, outcome]].dropna()
    dropped = [("missing", len(panel) - len(rows))]
    who, _ = pd.factorize(rows[person], sort=True)
    several = np.flatnonzero(np.bincount(who)[who] >= 2) if who.size else who
    dropped.append(("single_row", len(rows) - several.size))
    several = several[np.lexsort((rows[period].to_numpy()[several], who[several]))]
    who, (where, names) = pd.factorize(who[several])[0], pd.factorize(rows[unit].array[several])
    inside = leave_one_out_set(who, where)
    dropped.append(("not_connected", int((~inside).sum())))
    if not inside.any():
        raise NotEstimable("no_treated", "no two units are joined by two movers: effects of units cannot be told from those of persons")
    kept, labels = rows[[period, outcome]].iloc[several[inside]], names[np.unique(where[inside])]
    who, where = pd.factorize(who[inside])[0], np.searchsorted(np.unique(where[inside]), where[inside])
    y = (kept[outcome] - kept.groupby(period)[outcome].transform("mean")).to_numpy(dtype=float)
    if len(labels) > MOST_UNITS:
        raise ValueError(f"{len(labels)} units; allowed: up to {MOST_UNITS} with exact leverages")
    solution = _solve(y, who, where)
    symmetry, p_value = _symmetry(y, who, where)
    movers = int((np.bincount(solution.pair_who) > 1).sum())
    return PersonUnit(
        shares=_shares(y, solution),
        units=pd.DataFrame({"unit": labels, "effect": solution.psi, "n_rows": np.bincount(where)}),
        symmetry=symmetry,
        sum_p_value=p_value,
        variance=float(y.var()),
        n_rows=y.size,
        n_persons=int(who.max()) + 1,
        n_units=len(labels),
        n_movers=movers,
        dropped=tuple(count for count in dropped if count[1]),
    )


def leave_one_out_set(who: Integers, where: Integers) -> NDArray[np.bool_]:
    """Rows of the largest connected set in which no single person is the only bridge between units.

    Persons who are articulation points of the graph of movers and units leave, the largest component stays; then persons left with one
    row leave (KSS 2020, appendix).
    """
    inside = _largest(who, where, np.ones(who.size, dtype=bool))
    while inside.any():
        bridge = _bridging(who[inside], where[inside])
        if not bridge.size:
            break
        inside = _largest(who, where, inside & ~np.isin(who, bridge))
    return inside if np.unique(where[inside]).size > 1 else np.zeros_like(inside)


def _largest(who: Integers, where: Integers, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if not inside.any():
        return inside
    persons, count = int(who.max()) + 1, int(where.max()) + 1
    edges = (np.ones(int(inside.sum())), (who[inside], persons + where[inside]))
    label = connected_components(coo_matrix(edges, shape=(persons + count,) * 2), directed=False)[1]
    rows = np.bincount(label[who[inside]])
    return np.asarray(inside & (label[who] == int(rows.argmax())))


def _bridging(who: Integers, where: Integers) -> Integers:
    """Movers whose leaving would part the units: articulation points, by an iterative depth-first search (Tarjan 1972)."""
    start = int(where.max()) + 1
    persons, units = np.divmod(np.unique(who.astype(np.int64) * start + where), start)
    moved = np.bincount(persons)[persons] > 1
    neighbours: dict[int, list[int]] = {}
    for person, unit in zip((persons[moved] + start).tolist(), units[moved].tolist(), strict=True):
        neighbours.setdefault(person, []).append(unit)
        neighbours.setdefault(unit, []).append(person)
    found = _articulation(neighbours)
    return np.array(sorted(node - start for node in found if node >= start), dtype=np.int64)


def _articulation(neighbours: dict[int, list[int]]) -> set[int]:
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    found: set[int] = set()
    for root in neighbours:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        stack, children = [(root, -1, iter(neighbours[root]))], 0
        while stack:
            node, parent, rest = stack[-1]
            child = next(rest, None)
            if child is None:
                stack.pop()
                if stack:
                    low[parent] = min(low[parent], low[node])
                    if parent != root and low[node] >= order[parent]:
                        found.add(parent)
            elif child not in order:
                order[child] = low[child] = len(order)
                children += node == root
                stack.append((child, node, iter(neighbours[child])))
            elif child != parent:
                low[node] = min(low[node], order[child])
        if children > 1:
            found.add(root)
    return found


@dataclass(frozen=True, slots=True)
class _Solution:
    """psi: J unit effects; alpha: by person; who, where: rows; noise: N leave-one-out error variances; pair: of each row, rows of one
    person in one unit being alike; pair_who: Q; loading: Q × J of each pair's rows on psi; mean_unit: sparse P × J, share of each person's
    rows in each unit."""

    psi: Floats
    alpha: Floats
    who: Integers
    where: Integers
    noise: Floats
    pair: Integers
    pair_who: Integers
    loading: Floats
    mean_unit: Any


def _solve(y: Floats, who: Integers, where: Integers) -> _Solution:
    from scipy.sparse import coo_matrix, csr_matrix, diags_array

    n, units, count = y.size, int(where.max()) + 1, np.bincount(who)
    pairs, pair = np.unique(who.astype(np.int64) * units + where, return_inverse=True)
    pair_who, pair_where = np.divmod(pairs, units)
    design = csr_matrix((np.ones(pairs.size), (np.arange(pairs.size), pair_where)), shape=(pairs.size, units))
    mean_unit = coo_matrix((1 / count[who], (who, where)), shape=(count.size, units)).tocsr()
    swept = design - mean_unit[pair_who]
    laplacian = (swept.T @ diags_array(np.bincount(pair).astype(float)) @ swept).toarray()
    mass = np.bincount(where) / n
    inverse = np.linalg.pinv(laplacian, hermitian=True)
    inverse = inverse - np.outer(np.ones(units), mass @ inverse)  # effects average to zero over rows
    loading = np.asarray(swept @ inverse.T)
    psi = np.asarray(loading.T @ np.bincount(pair, y), dtype=float)
    alpha = np.bincount(who, weights=y - psi[where]) / count
    leverage = 1 / count[who] + np.asarray(swept.multiply(loading).sum(axis=1)).ravel()[pair]
    residual = y - alpha[who] - psi[where]
    noise = (y - y.mean()) * residual / np.maximum(1 - leverage, 1e-9)
    return _Solution(psi, alpha, who, where, noise, pair, pair_who, loading, mean_unit)


def _shares(y: Floats, solution: _Solution) -> pd.DataFrame:
    """Plug-in and corrected variances, weighted by rows: θ̂ − Σ B_ii σ̂²_i (KSS equation 2)."""
    psi, alpha = solution.psi[solution.where], solution.alpha[solution.who]
    plug = {"person": alpha.var(), "unit": psi.var(), "sorting": 2 * float(np.cov(alpha, psi, bias=True)[0, 1])}
    own, cross, unit = _bias_terms(y.size, solution)
    noise = np.bincount(solution.pair, solution.noise)
    bias = {name: float(term @ noise) for name, term in (("person", own), ("unit", unit), ("sorting", 2 * cross))}
    plug["residual"] = y.var() - sum(plug.values())
    bias["residual"] = -sum(bias.values())
    rows = [
        [name, plug[name], plug[name] - bias[name], (plug[name] - bias[name]) / y.var()]
        for name in ("person", "unit", "sorting", "residual")
    ]
    return pd.DataFrame(rows, columns=["component", "plug_in", "corrected", "share"])


def _bias_terms(n: int, solution: _Solution) -> tuple[Floats, Floats, Floats]:
    """B_ii of Var(alpha), Cov(alpha, psi) and Var(psi) of the rows i of every pair: quadratic forms of their loadings on all rows' effects.

    Row i loads on alpha of person p with 1{p = p(i)} / T_p − mean_unit[p] · q_i and on psi with q_i.
    """
    mean_unit, loading, who = solution.mean_unit, solution.loading, solution.pair_who
    count = np.bincount(solution.who)
    share, mass = count / n, np.bincount(solution.where) / n
    weighted = mean_unit.T.multiply(share).tocsr()
    gram = (weighted @ mean_unit).toarray()
    at_own = np.asarray(mean_unit[who].multiply(loading).sum(axis=1)).ravel()
    own_mass = 1 / n  # share of the person times 1 / T_p
    level_alpha = own_mass - loading @ np.asarray(weighted.sum(axis=1)).ravel()
    level_psi = loading @ mass
    inner = np.einsum("ij,ij->i", loading @ gram, loading)
    alpha = own_mass / count[who] - 2 * own_mass * at_own + inner - level_alpha**2
    psi = (loading**2) @ mass - level_psi**2
    cross = own_mass * at_own - inner - level_alpha * level_psi
    return np.asarray(alpha), np.asarray(cross), np.asarray(psi)


def _symmetry(y: Floats, who: Integers, where: Integers) -> tuple[pd.DataFrame, float]:
    """First moves only: mean outcome after less before, by whether the mean of everybody else's rows is higher at the destination."""
    rows = pd.DataFrame({"who": who, "where": where, "y": y})
    first = where[np.unique(who, return_index=True)[1]]
    moved = rows.loc[(np.bincount(who, where != first[who]) > 0)[who]]
    sides = moved.groupby(["who", "where"], sort=False)["y"].agg(["mean", "sum", "size"]).reset_index()
    pair = sides.groupby("who").head(2)
    origin, target = (pair.groupby("who").nth(k).reset_index(drop=True) for k in (0, 1))
    total = rows.groupby("where")["y"].agg(["sum", "size"])
    others = [
        ((total["sum"][s["where"]].to_numpy() - s["sum"]) / (total["size"][s["where"]].to_numpy() - s["size"])) for s in (origin, target)
    ]
    change = (target["mean"] - origin["mean"]).to_numpy()
    gap = (others[1] - others[0]).to_numpy()
    found = []
    for name, chosen in (("up", gap > 0), ("down", gap < 0)):
        part = change[chosen]
        error = float(part.std(ddof=1) / math.sqrt(part.size)) if part.size > 1 else math.nan
        found.append([name, part.size, float(part.mean()) if part.size else math.nan, error])
    table = pd.DataFrame(found, columns=["direction", "n", "change", "std_error"])
    error = float(np.sqrt((table["std_error"] ** 2).sum(skipna=False)))
    return table, normal_p(float(table["change"].sum()) / error) if error > 0 else math.nan
