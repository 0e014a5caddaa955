"""Service results by unit and month, with a known effect of receiving people through the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.facts import RegionFacts, shared
from mutasi_analysis.synthetic.organisation import Organisation


@dataclass(frozen=True)
class Service:
    """table: `layanan`; measured: outcome → row numbers of the units that report it; first_year: year of the first programme
    arrival by unit (0 = never)."""

    table: pd.DataFrame
    measured: Mapping[str, np.ndarray]
    first_year: np.ndarray


def draw_service(org: Organisation, moves: pd.DataFrame, facts: RegionFacts, years: np.ndarray, rng: np.random.Generator) -> Service:
    """Draw every indicator the region reports.

    A unit's effect starts with its first programme arrival (a share of that year, all of every later one); the year before
    is a bad year for certain, any other unit-year at the constant rate of the process.
    """
    arrivals = moves[moves["in_programme"]].groupby("to_unit")["tmt"].min().reindex(range(len(org.units)))
    first_year = arrivals.dt.year.fillna(0).astype(int).to_numpy()
    partial = ((13 - arrivals.dt.month) / 12.0).fillna(0.0).to_numpy()
    after = (first_year[:, None] > 0) & (years[None, :] > first_year[:, None])
    exposure = np.where(years[None, :] == first_year[:, None], partial[:, None], after.astype(float))
    dipped = rng.random(exposure.shape) < shared("process")["dip"]["rate"]
    dipped |= (first_year[:, None] > 0) & (years[None, :] == first_year[:, None] - 1)
    measured = {name: units_measured(org, facts, name) for name in facts.indicators}
    processes = shared("process")["service"]
    parts = []
    for name, units in measured.items():
        yearly = facts.effects[name] * exposure[units] + processes[name]["dip"] * dipped[units]
        rows = _indicator(org, name, units, yearly, years, rng)
        parts.append(_of_whole_days(rows) if name == "hari_pengaduan" and facts.complaint_register else rows)
    return Service(pd.concat(parts, ignore_index=True), measured, first_year)


def _of_whole_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Monthly means that whole numbers of days can have; at most half a day over the number of complaints from what was drawn."""
    return rows.assign(value=(rows["value"] * rows["n"]).round() / rows["n"])


def units_measured(org: Organisation, facts: RegionFacts, indicator: str) -> np.ndarray:
    """Row numbers of the units that report an indicator."""
    kinds = shared("offices")["service"]["indicators"][indicator]
    if indicator == "hari_pengaduan" and facts.complaint_kinds:
        kinds = list(facts.complaint_kinds)
    chosen = org.units["unit_kind"].isin(kinds)
    if indicator != "kehadiran":
        chosen &= org.units["served"]
    return np.flatnonzero(chosen.to_numpy())


def _indicator(
    org: Organisation, name: str, units: np.ndarray, yearly: np.ndarray, years: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Monthly values of one indicator; yearly: units × years, effect and dip together."""
    numbers = shared("process")["service"][name]
    months = np.array(numbers["months"])
    shape = (len(units), len(years), len(months))
    yearly = yearly + rng.normal(0, numbers["unit_year_sd"], yearly.shape)
    common = rng.normal(0, numbers["common_sd"], shape[1:]) + numbers["season"] * np.sin(2 * np.pi * months / 12.0)[None, :]
    count = np.maximum(3, rng.poisson(numbers["count"] * np.exp(rng.normal(0, 0.3, (len(units), 1, 1))), shape))
    noise = rng.normal(0, 1, shape) * numbers["respondent_sd"] / np.sqrt(count)
    level = numbers["mean"] + rng.normal(0, numbers["unit_sd"], (len(units), 1, 1))
    value = np.clip(level + yearly[:, :, None] + common[None] + noise, numbers["minimum"], numbers["maximum"])
    dates = pd.to_datetime([f"{year}-{month:02d}-01" for year in years for month in months])
    return pd.DataFrame(
        {
            "unit_id": np.repeat(org.units["unit_id"].to_numpy(dtype=object)[units], len(dates)),
            "month": np.tile(dates.to_numpy(), len(units)),
            "indicator": name,
            "value": value.reshape(-1).round(2),
            "n": count.reshape(-1),
        }
    )
