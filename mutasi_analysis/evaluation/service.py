"""Service of units that received transferred staff against units that did not. The unit of analysis is the service unit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.effects import cohort_of, estimate_effects, named_first
from mutasi_analysis.evaluation.few_units import exact_rows, spillover
from mutasi_analysis.evaluation.naive import naive_difference
from mutasi_analysis.evaluation.result import COMPLAINTS, Service
from mutasi_analysis.evaluation.staffing import programme_of
from mutasi_analysis.metrics.service import satisfaction_letter
from mutasi_analysis.profiles import RegionProfile


def evaluate_service(data: RegionData, profile: RegionProfile, *, seed: int, moves: pd.DataFrame | None = None) -> Service | None:
    """The service section, or None where no service was measured in the profile's years. moves: the programme's, where known already."""
    if not data.has("layanan"):
        return None
    monthly = data.table("layanan")
    first, last = pd.Timestamp(profile.first_year, 1, 1), pd.Timestamp(profile.last_year, 12, 31)
    monthly = monthly.loc[monthly["month"].between(first, last)]
    if monthly.empty:
        return None
    moves = programme_of(data, profile) if moves is None else moves
    arrivals = moves.loc[moves["from_unit_id"] != moves["to_unit_id"]]
    cohort = cohort_of(arrivals, "to_unit_id")
    wide = wide_values(monthly)
    panel = unit_panel(wide, cohort)
    outcomes = tuple(sorted(monthly["indicator"].dropna().unique()))
    primary = tuple(name for name in outcomes if name in profile.primary)
    firm = named_first(outcomes, profile)
    found = estimate_effects(panel, outcomes, anticipation=profile.anticipation_years, seed=seed, primary=firm)
    exact, missed = exact_rows(panel, found.exact, primary, anticipation=profile.anticipation_years, seed=seed)
    losing = spillover(losing_panel(wide, moves), outcomes, anticipation=profile.anticipation_years, seed=seed)
    return Service(
        monthly=_monthly(monthly, cohort),
        effects=found.effects,
        pretests=found.pretests,
        verdicts=found.verdicts.assign(n_losing=_losing(found.verdicts, losing)),
        naive=naive_difference(wide, cohort - 1, outcomes, unit="unit"),
        letters=_letters(data, monthly, profile),
        notes=found.other.notes + missed,
        dropped=found.dropped,
        robustness=found.other.robustness,
        bacon=found.other.bacon,
        breakdown=found.breakdown,
        matched_balance=found.other.matched_balance,
        pseudo=found.other.pseudo,
        exact=exact,
        complaints=_complaints(data, profile),
        spillover=losing,
    )


def yearly_values(monthly: pd.DataFrame) -> pd.DataFrame:
    """Value of each unit, indicator and year: unit_id indicator year value n, months weighted by respondents or cases."""
    rows = monthly.assign(year=monthly["month"].dt.year, weight=monthly["n"].astype("float64").fillna(1.0))
    rows["mass"] = rows["value"] * rows["weight"]
    total = rows.groupby(["unit_id", "indicator", "year"])[["mass", "weight"]].sum().reset_index()
    total["value"] = total["mass"] / total["weight"].where(total["weight"] > 0)
    return total.rename(columns={"weight": "n"})[["unit_id", "indicator", "year", "value", "n"]]


def wide_values(monthly: pd.DataFrame) -> pd.DataFrame:
    """One row per unit and year with a column per indicator: unit, year, indicators."""
    wide = yearly_values(monthly).pivot(index=["unit_id", "year"], columns="indicator", values="value").reset_index()
    return wide.rename(columns={"unit_id": "unit"}).rename_axis(columns=None)


def unit_panel(wide: pd.DataFrame, cohort: pd.Series) -> pd.DataFrame:
    """The wide values with the cohort of each unit, 0 = received nobody."""
    return wide.assign(cohort=wide["unit"].map(cohort).fillna(0.0))


def losing_panel(wide: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """The panel of units that received nobody, with the first full year after the first loss as cohort (0 = lost nobody either)."""
    changed = moves.loc[moves["from_unit_id"] != moves["to_unit_id"]]
    panel = unit_panel(wide, cohort_of(changed, "from_unit_id"))
    return panel.loc[~panel["unit"].isin(changed["to_unit_id"])].reset_index(drop=True)


def _losing(verdicts: pd.DataFrame, losing: pd.DataFrame) -> pd.Series:
    """How many of the units compared lost staff; missing where those who lost and those who did not are not together the compared."""
    counts = losing.set_index("outcome")[["n_moved", "n_compared"]].reindex(verdicts["outcome"]).reset_index(drop=True).astype("Int64")
    together = counts.sum(axis=1, skipna=False) == verdicts["n_compared"].reset_index(drop=True)
    found: pd.Series = counts["n_moved"].where(together.fillna(False).astype(bool))
    return found.set_axis(verdicts.index)


def _monthly(monthly: pd.DataFrame, cohort: pd.Series) -> pd.DataFrame:
    """Means over units by group and month, with Student's 95 % interval of a mean of so many units; none for one unit."""
    from scipy.special import stdtrit

    group = np.where(monthly["unit_id"].isin(cohort.index), "receiving", "other")
    grouped = monthly.assign(unit=pd.factorize(monthly["unit_id"])[0]).groupby(["indicator", pd.Series(group, monthly.index), "month"])
    value = grouped["value"]
    columns = {"value": value.mean(), "spread": value.std(), "told": value.count(), "n_units": grouped["unit"].nunique()}
    frame = pd.DataFrame({**columns, "n": grouped["n"].sum()}).rename_axis(["indicator", "group", "month"]).reset_index()
    told = frame["told"].astype("float64")
    student = pd.Series(np.asarray(stdtrit(told.where(told > 1).to_numpy() - 1, 0.975)), index=frame.index, dtype="float64")
    reach: pd.Series = student * frame["spread"].astype("float64") / told.pow(0.5)
    frame = frame.assign(conf_low=frame["value"] - reach, conf_high=frame["value"] + reach)
    return frame[["indicator", "group", "month", "value", "conf_low", "conf_high", "n_units", "n"]]


def _complaints(data: RegionData, profile: RegionProfile) -> pd.DataFrame:
    """Counts of complaint registers by year of receipt, within the profile's years."""
    counts = data.complaints
    if counts.empty:
        return pd.DataFrame(columns=list(COMPLAINTS))
    years = pd.to_datetime(counts["month"]).dt.year.rename("year")
    sums = dict.fromkeys(("received", "open", "judged", "in_time", "unstated"), "sum")
    yearly = counts.groupby(years).agg({**sums, "unstated_limit": "max", "drawn_on": "max"})
    yearly = yearly.loc[profile.first_year : profile.last_year].reset_index()
    share = yearly["in_time"] / yearly["judged"].where(yearly["judged"] > 0)
    return yearly.assign(share_in_time=share.astype("float64"))[list(COMPLAINTS)]


def _letters(data: RegionData, monthly: pd.DataFrame, profile: RegionProfile) -> pd.DataFrame:
    columns = ["unit_id", "unit_name", "year", "value", "letter", "n"]
    satisfaction = yearly_values(monthly.loc[monthly["indicator"] == "ikm"])
    if satisfaction.empty:
        return pd.DataFrame(columns=columns)
    names = data.table("unit_kerja").set_index("unit_id")["unit_name"]
    letters = satisfaction_letter(satisfaction["value"], rule=profile.scheme("satisfaction"))
    frame = satisfaction.assign(unit_name=satisfaction["unit_id"].map(names), letter=letters)
    return frame[columns]
