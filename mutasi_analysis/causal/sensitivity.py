"""How far from parallel the paths would have to run before the conclusion falls, and what the pre-test could have seen.

Rambachan and Roth (2023), Review of Economic Studies 90, 2555-2591: fixed-length intervals under bounded changes of slope (smoothness);
relative magnitudes as a plug-in, labelled approximate (their C-LF set is wider). Roth (2022), AER: Insights 4, 305-322: power of the
pre-test. Everything is computed from an EffectTable with its covariance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from mutasi_analysis.causal.clock import Floats
from mutasi_analysis.causal.refusal import NotEstimable
from mutasi_analysis.estimate import EffectTable

NORMAL = NormalDist()
ROOT_HALF = math.sqrt(0.5)


@dataclass(frozen=True, slots=True)
class Path:
    """Event study against one base. event_time: positions of the estimated points (the base itself left out), rising; base: its event
    time (−1 − anticipation); estimate and covariance in that order; target: weights of the headline over the points (post only)."""

    event_time: Floats
    base: float
    estimate: Floats
    covariance: Floats
    target: Floats

    @property
    def pre(self) -> np.ndarray:
        return self.event_time < self.base

    @property
    def headline(self) -> tuple[float, float]:
        """Estimate and standard error of the target."""
        return float(self.target @ self.estimate), math.sqrt(float(self.target @ self.covariance @ self.target))


def event_path(table: EffectTable, *, anticipation: float = 0) -> Path:
    """Event-time path against the last period before anticipation, from ATT(g,t) of `group_time_att` with never-treated comparators.

    Pre-treatment cells are changes from the period before (varying base); their sums give the distance from the base, and the covariance
    follows exactly. Cohorts are weighted by their units; the target is the mean of all cells after treatment, as overall_simple with
    the cohort shares taken as given. Raises NotEstimable where no period before the base is observed.
    """
    if table.covariance is None:
        raise ValueError("table has no covariance; allowed: tables of group_time_att or att_of_table")
    cells = np.flatnonzero((table.table["term"] == "att_gt").to_numpy())
    rows = table.table.iloc[cells]
    cohort, event = rows["cohort"].to_numpy(dtype=float), rows["event_time"].to_numpy(dtype=float)
    units = rows["n_units"].to_numpy(dtype=float)
    reach = {g: _against_base(event[cohort == g], anticipation) for g in np.unique(cohort)}
    points = np.unique(np.concatenate([levels for levels, _ in reach.values()]))
    weights = np.zeros((points.size, cells.size))
    mass = np.zeros(points.size)
    for g, (levels, sums) in reach.items():
        own = np.flatnonzero(cohort == g)
        at = np.searchsorted(points, levels)
        weights[np.ix_(at, own)] = units[own[0]] * sums
        mass[at] += units[own[0]]
    weights /= mass[:, None]
    base = -1.0 - anticipation
    if not (points < base).any():
        raise NotEstimable("one_period", "no period before the base is observed: nothing can be said of the paths before treatment")
    target = np.where(points >= 0, mass, 0.0)
    covariance = table.covariance[np.ix_(cells, cells)]
    estimate = weights @ rows["estimate"].to_numpy(dtype=float)
    return Path(points, base, estimate, weights @ covariance @ weights.T, target / target.sum())


def _against_base(event: Floats, anticipation: float) -> tuple[Floats, Floats]:
    """Event times of one cohort with their distance from the base as sums of its cells: (levels, levels × cells)."""
    base = event[event < -anticipation].max(initial=-np.inf)
    before = event[event < base]
    first = event.min() - 1.0
    levels = np.concatenate([[first] if base > -np.inf else [], before, event[event > base]])
    sums = np.zeros((levels.size, event.size))
    for i, level in enumerate(levels):
        if level < base:
            sums[i] = -((event > level) & (event <= base)).astype(float)
        elif level < 0:
            sums[i] = ((event > base) & (event <= level)).astype(float)
        else:
            sums[i] = (event == level).astype(float)
    return levels, sums


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval for the target that holds for every path with changes of slope up to `bound` per period."""

    bound: float
    conf_low: float
    conf_high: float


def smoothness_interval(path: Path, bound: float, *, alpha: float = 0.05) -> Interval:
    """Shortest fixed-length interval under |δ(e+1) − 2 δ(e) + δ(e−1)| ≤ bound (Rambachan and Roth 2023, section 3.2).

    bound: in the unit of the outcome per period²; 0 allows any straight line.
    """
    if bound < 0:
        raise ValueError(f"bound={bound!r}; allowed: numbers from 0 on")
    problem = _flci(path)
    return _interval(problem, bound, alpha, _least_bias(problem) if bound else problem.calm)


def _interval(problem: _Problem, bound: float, alpha: float, flat: Floats) -> Interval:
    """flat: the z of least bias, looked at where the bound is above 0."""
    path, weights = problem.path, problem.weights(problem.calm if bound == 0 else _shortest(problem, bound, alpha, flat))
    spread = math.sqrt(float(weights @ path.covariance @ weights))
    half = _critical(bound * float(np.abs(problem.bends @ weights).sum()) / spread, alpha)[0] * spread
    centre = float(weights @ path.estimate)
    return Interval(bound, centre - half, centre + half)


def smoothness_breakdown(path: Path, *, most: float | None = None, alpha: float = 0.05) -> float:
    """Largest change of slope per period that leaves zero outside the interval (95 %: alpha 0.05).

    0 where even a straight continuation of the earlier paths holds zero; infinity where zero is outside up to `most` (default: ten
    times the headline's size).
    """
    most = 10 * abs(path.headline[0]) if most is None else most
    problem = _flci(path)
    if _holds_zero(_interval(problem, 0.0, alpha, problem.calm)):
        return 0.0
    flat = _least_bias(problem)
    if not _holds_zero(_interval(problem, most, alpha, flat)):
        return math.inf
    low, high = 0.0, most
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if _holds_zero(_interval(problem, middle, alpha, flat)) else (middle, high)
        if high - low < 1e-3 * most:
            break
    return low


def relative_breakdown(path: Path) -> float:
    """Approximate M̄ at which the interval reaches zero: a violation after treatment M̄ times the largest step before it.

    Plug-in: the largest step between neighbouring points before the base is taken as known, so the true value is smaller. Infinity
    where no step was seen, 0 where the plain interval holds zero.
    """
    estimate, error = path.headline
    room = abs(estimate) - NORMAL.inv_cdf(0.975) * error
    if room <= 0:
        return 0.0
    before = np.concatenate([path.estimate[path.pre], [0.0]])
    times = np.concatenate([path.event_time[path.pre], [path.base]])
    largest = float(np.abs(np.diff(before) / np.diff(times)).max())
    reach = float(path.target @ np.maximum(path.event_time - path.base, 0))
    return room / (largest * reach) if largest > 0 else math.inf


@dataclass(frozen=True, slots=True)
class PretestPower:
    """slope: drift per period that the joint pre-test at 5 % finds with the given power; bias: what such a drift would add to the
    headline; found_headline: chance that the test sees a drift that would produce the whole headline estimate."""

    power: float
    slope: float
    bias: float
    found_headline: float


def pretest_power(path: Path, *, power: float = 0.8) -> PretestPower:
    """What the joint Wald pre-test of the path's points before the base could have seen of a straight drift (Roth 2022)."""
    from scipy.special import chdtri

    times = path.event_time[path.pre] - path.base
    information = float(times @ np.linalg.solve(path.covariance[np.ix_(path.pre, path.pre)], times))
    critical = float(chdtri(times.size, 0.05))
    slope = math.sqrt(_needed(critical, times.size, power) / information)
    reach = float(path.target @ (path.event_time - path.base))
    drift = abs(path.headline[0]) / reach
    return PretestPower(power, slope, slope * reach, _seen(critical, times.size, drift**2 * information))


def _seen(critical: float, freedom: int, noncentrality: float) -> float:
    """Chance that a noncentral χ² exceeds the critical value."""
    from scipy.special import chndtr

    return 1.0 - float(chndtr(critical, freedom, noncentrality))


def _needed(critical: float, freedom: int, power: float) -> float:
    """Noncentrality that gives the power."""
    low, high = 0.0, 1e3
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if _seen(critical, freedom, middle) > power else (middle, high)
    return (low + high) / 2


@dataclass(frozen=True, slots=True)
class _Problem:
    """Weights w on all points with w[post] fixed at the target and w · (e − base) = 0; bends: changes of slope → bias (K × points).

    fixed, turned: w = fixed + turned · z spans the plane of unbiasedness under straight lines; calm: the z of least variance.
    """

    path: Path
    bends: Floats
    fixed: Floats
    turned: Floats
    calm: Floats

    def weights(self, z: Floats) -> Floats:
        return np.asarray(self.fixed + self.turned @ z)


def _flci(path: Path) -> _Problem:
    time = path.event_time - path.base
    steps = np.arange(time.min() + 1, time.max())
    hinge = np.where(steps[:, None] >= 0, np.maximum(time - steps[:, None], 0), np.maximum(steps[:, None] - time, 0))
    free = np.flatnonzero(path.pre)
    slope = time[free]
    start = -float(path.target @ time) * slope / float(slope @ slope)
    plane = np.linalg.svd(slope[None])[2][1:].T
    fixed = path.target.copy()
    fixed[free] = start
    turned = np.zeros((fixed.size, plane.shape[1]))
    turned[free] = plane
    return _Problem(path, hinge, fixed, turned, _least_variance(path, free, start, plane))


def _least_bias(problem: _Problem) -> Floats:
    """The z whose weights have the least sum of |bend|."""
    from scipy.optimize import linprog

    size, count = problem.turned.shape[1], problem.bends.shape[0]
    if size == 0:
        return problem.calm
    both, limit = _limits(problem)
    found = linprog(np.repeat([0.0, 1.0], [size, count]), A_ub=both, b_ub=limit, bounds=[(None, None)] * size + [(0, None)] * count)
    return np.asarray(found.x[:size])


def _limits(problem: _Problem) -> tuple[Floats, Floats]:
    """|bend| ≤ u as linear constraints on (z, u)."""
    inner, fixed, count = problem.bends @ problem.turned, problem.bends @ problem.fixed, problem.bends.shape[0]
    both = np.block([[inner, -np.eye(count)], [-inner, -np.eye(count)]])
    return both, np.concatenate([-fixed, fixed])


def _shortest(problem: _Problem, bound: float, alpha: float, flat: Floats) -> Floats:
    """The z that makes the interval shortest: convex, from the least variance and from the least bias (flat)."""
    from scipy.optimize import minimize

    if not flat.size:
        return flat
    full, turned, covariance = problem.fixed, problem.turned, problem.path.covariance
    size, count = turned.shape[1], problem.bends.shape[0]
    inner, fixed = problem.bends @ turned, problem.bends @ full
    both, limit = _limits(problem)

    def half(x: Floats) -> tuple[float, Floats]:
        """Half the length, and its gradient."""
        w = full + turned @ x[:size]
        pull = covariance @ w
        spread, reach = math.sqrt(float(w @ pull)), bound * float(x[size:].sum())
        critical, slope = _critical(reach / spread, alpha)
        inner_part = (critical - slope * reach / spread) / spread * (turned.T @ pull)
        return critical * spread, np.concatenate([inner_part, np.full(count, slope * bound)])

    def whole(z: Floats) -> Floats:
        return np.concatenate([z, np.abs(fixed + inner @ z)])

    found = [problem.calm, flat]
    edge = {"type": "ineq", "fun": lambda x: limit - both @ x, "jac": lambda _: -both}
    free = [(None, None)] * size + [(0, None)] * count
    for z in tuple(found):
        best = minimize(half, whole(z), jac=True, method="SLSQP", constraints=edge, bounds=free, options={"ftol": 1e-12, "maxiter": 300})
        found.append(best.x[:size])
    return min(found, key=lambda z: half(whole(z))[0])


def _least_variance(path: Path, free: np.ndarray, start: Floats, plane: Floats) -> Floats:
    full = path.target.copy()
    full[free] = start
    inner = plane.T @ path.covariance[np.ix_(free, free)] @ plane
    return np.asarray(-np.linalg.solve(inner, plane.T @ (path.covariance[free] @ full)))


def _critical(bias: float, alpha: float) -> tuple[float, float]:
    """Quantile 1 − alpha of |N(bias, 1)|, and its derivative by the bias; Newton's steps from below on a concave function."""
    value = bias + NORMAL.inv_cdf(1 - alpha)
    if bias > 6:
        return value, 1.0
    upper, lower = _density(value - bias), _density(value + bias)
    for _ in range(60):
        short = alpha - 0.5 * (math.erfc((value - bias) * ROOT_HALF) + math.erfc((value + bias) * ROOT_HALF))
        step = -short / (upper + lower)
        value += step
        upper, lower = _density(value - bias), _density(value + bias)
        if step < 1e-15 * value:
            break
    return value, (upper - lower) / (upper + lower)


def _density(x: float) -> float:
    return math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


def _holds_zero(interval: Interval) -> bool:
    return interval.conf_low <= 0 <= interval.conf_high
