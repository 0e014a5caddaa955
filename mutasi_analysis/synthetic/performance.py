"""Output and ratings of every person and year, with and without a transfer: the potential outcomes behind `kinerja`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.facts import shared
from mutasi_analysis.synthetic.staff import Staff


@dataclass(frozen=True)
class Performance:
    """Persons × years. rated: whether a rating exists; exposure: share of the year worked after the first transfer;
    dipped: a bad year; output0, output1: percent of the target without and with the person's transfer; effect: mean
    output effect of a full year (per person); latent0, latent1: the scale behind the predicates; first_year: of the first
    transfer (0 = never)."""

    years: np.ndarray
    rated: np.ndarray
    first_year: np.ndarray
    exposure: np.ndarray
    dipped: np.ndarray
    effect: np.ndarray
    output0: np.ndarray
    output1: np.ndarray
    latent0: np.ndarray
    latent1: np.ndarray


def exposure_of(first_tmt: pd.Series, years: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Year of the first transfer (0 = never) and, persons × years, the share of each year that lies after it."""
    first_year = first_tmt.dt.year.fillna(0).astype(int).to_numpy()
    share = ((13 - first_tmt.dt.month) / 12.0).fillna(0.0).to_numpy()
    moved = first_year[:, None] > 0
    mixed = years[None, :] == first_year[:, None]
    after = moved & (years[None, :] > first_year[:, None])
    return first_year, np.where(mixed, share[:, None], after.astype(float))


def draw_performance(
    staff: Staff, first_moves: pd.DataFrame, effects: Mapping[str, float], years: np.ndarray, rng: np.random.Generator
) -> Performance:
    """Draw both potential outcomes of every person-year.

    first_moves: index person, columns tmt, gain (JPM points), in_programme. The effect of a person is the region's mean
    effect plus `match_slope` times the gain less the mean gain of the programme's movers, so that their mean effect is
    exactly the stated one.
    The year before a first transfer is a bad year for certain; every other person-year is one at the constant rate.
    """
    process = shared("process")
    frame, n = staff.frame, len(staff.frame)
    first_year, exposure = exposure_of(first_moves["tmt"].reindex(range(n)), years)
    usual = first_moves.loc[first_moves["in_programme"], "gain"].mean()
    centred = (first_moves["gain"] - usual).reindex(range(n)).fillna(0.0).to_numpy()
    effect = effects["output_percent"] + effects["match_slope"] * centred
    dipped = rng.random((n, len(years))) < process["dip"]["rate"]
    dipped |= years[None, :] == first_year[:, None] - 1
    output0 = _output(frame["job_class"], dipped, years, process["output"], rng)
    latent = process["latent"]
    noise_sd = np.sqrt(1.0 - latent["person_sd"] ** 2)
    latent0 = rng.normal(0, latent["person_sd"], (n, 1)) + rng.normal(0, noise_sd, output0.shape) + latent["dip"] * dipped
    return Performance(
        years=years, rated=_rated(frame, years, rng), first_year=first_year, exposure=exposure, dipped=dipped, effect=effect,
        output0=output0, output1=output0 + exposure * effect[:, None],
        latent0=latent0, latent1=latent0 + exposure * effects["latent"],
    )  # fmt: skip


def _output(
    job_class: pd.Series, dipped: np.ndarray, years: np.ndarray, numbers: Mapping[str, float], rng: np.random.Generator
) -> np.ndarray:
    codes, classes = pd.factorize(job_class)
    common = rng.normal(0, numbers["year_sd"], len(years))
    by_class = rng.normal(0, numbers["class_year_sd"], (len(classes), len(years)))
    person = rng.normal(0, numbers["person_sd"], (len(codes), 1))
    noise = rng.normal(0, numbers["noise_sd"], dipped.shape)
    return np.asarray(numbers["mean"] + person + common + by_class[codes] + noise + numbers["dip"] * dipped)


def _rated(frame: pd.DataFrame, years: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Rated in a year: in service from July at the latest until its last day; three in a thousand ratings are lost."""
    begun = frame["started"].to_numpy()[:, None] <= np.array([f"{y}-07-01" for y in years], dtype="datetime64[ns]")
    ends = np.array([f"{y}-12-31" for y in years], dtype="datetime64[ns]")
    left = frame["exit"].to_numpy()[:, None] <= ends
    return np.asarray(begun & ~left & (rng.random((len(frame), len(years))) > 0.003))


def thresholds(shares: list[float], process: Mapping[str, Any]) -> np.ndarray:
    """Cut points of the latent scale without transfer (a mixture of good and bad years) that give the predicates' shares."""
    normal, rate, dip = NormalDist(), process["dip"]["rate"], process["latent"]["dip"]
    cuts = []
    for target in np.cumsum(shares)[:-1]:
        low, high = -12.0, 12.0
        for _ in range(80):
            middle = (low + high) / 2
            below = (1 - rate) * normal.cdf(middle) + rate * normal.cdf(middle - dip)
            low, high = (middle, high) if below < target else (low, middle)
        cuts.append((low + high) / 2)
    return np.array(cuts)


def rating_table(staff: Staff, performance: Performance) -> pd.DataFrame:
    """`kinerja`: one row per person and rating; 2021 twice, by two rules; a score until 2021 only."""
    process = shared("process")
    regimes = {entry["scheme"]: entry for entry in process["regime"]}
    parts = [
        _rating_rows(staff, performance, column, half, regimes[scheme], process)
        for column, year in enumerate(performance.years)
        for half, scheme in _rules_of(int(year))
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["person_id", "year", "half"], ignore_index=True)


def _rules_of(year: int) -> list[tuple[int, str]]:
    """Halves and rating regimes of a year (domain 5.1): PP 46/2011 until June 2021, PP 30/2019 until December 2021."""
    if year < 2021:
        return [(0, "pp-46-2011")]
    return [(1, "pp-46-2011"), (2, "pp-30-2019")] if year == 2021 else [(0, "permenpanrb-6-2022")]


def _rating_rows(
    staff: Staff, performance: Performance, column: int, half: int, regime: Mapping[str, Any], process: Mapping[str, Any]
) -> pd.DataFrame:
    who = np.flatnonzero(performance.rated[:, column])
    latent = performance.latent1[who, column]
    category = np.searchsorted(thresholds(regime["shares"], process), latent)
    output = np.clip(performance.output1[who, column], 0, 300).round(1)
    return pd.DataFrame(
        {
            "person_id": staff.frame["nip"].to_numpy()[who],
            "year": int(performance.years[column]),
            "half": half,
            "regime": regime["scheme"],
            "predicate": np.array(regime["predicates"], dtype=object)[category],
            "score": _scores(latent, category, regime),
            "output_percent": np.nan if half == 1 else output,
        }
    )


def _scores(latent: np.ndarray, category: np.ndarray, regime: Mapping[str, Any]) -> np.ndarray:
    """A score inside the band of the predicate, higher for a higher latent value; NaN where the regime has none."""
    if "score_bands" not in regime:
        return np.full(len(latent), np.nan)
    bands = np.array(regime["score_bands"], dtype=float)[category]
    place = 1.0 / (1.0 + np.exp(-latent))
    return np.asarray((bands[:, 0] + place * (bands[:, 1] - bands[:, 0])).round(2))
