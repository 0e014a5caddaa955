"""Ratings and output of moved persons against persons who stayed: description first, then the estimate and its verdict."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from mutasi_analysis.causal.dose import DOSE_COLUMNS
from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.assessments import Judged
from mutasi_analysis.evaluation.checks import event_checks
from mutasi_analysis.evaluation.doses import dose_rows, move_facts
from mutasi_analysis.evaluation.effects import Effects, cohort_of, complete_units, estimate_effects, named_first
from mutasi_analysis.evaluation.naive import naive_difference
from mutasi_analysis.evaluation.result import Performance, Workload
from mutasi_analysis.evaluation.robustness import PERSON_UNIT, person_unit_frame
from mutasi_analysis.evaluation.staffing import other_movers, posts_at_year_ends, posts_on, programme_of
from mutasi_analysis.metrics import performance as rating
from mutasi_analysis.profiles import RegionProfile

OUTCOMES = ("output_percent", "rating_ridit", "top_share")


def evaluate_performance(
    data: RegionData,
    profile: RegionProfile,
    *,
    seed: int,
    moves: pd.DataFrame | None = None,
    workload: Workload | None = None,
    judged: Judged | None = None,
) -> Performance | None:
    """The performance section, or None where nobody comparable was rated. workload: for the dose by workload of the destination; moves,
    judged: the programme's, and these against their posts, where known already."""
    if not data.has("kinerja"):
        return None
    ratings = rated_years(data, profile)
    moves = programme_of(data, profile) if moves is None else moves
    panel, set_aside = person_panel(data, profile, ratings, moves)
    panel["job_class"] = _class_at_start(data, profile, panel["unit"])
    outcomes = tuple(name for name in OUTCOMES if panel[name].notna().any())
    if not outcomes:
        return None
    firm = named_first(outcomes, profile) or outcomes[:1]
    found = estimate_effects(panel, outcomes, anticipation=profile.anticipation_years, seed=seed, primary=firm, cell="job_class")
    counted = [frame for frame in (set_aside, event_checks(data, profile, ratings, moves), found.dropped) if len(frame)]
    deeper = _deeper(profile, panel, move_facts(data, profile, moves, workload, judged), found)
    return Performance(
        naive=naive_difference(ratings, cohort_of(moves, "person_id") - 1, outcomes, unit="person_id"),
        effects=found.effects,
        pretests=found.pretests,
        verdicts=found.verdicts,
        ratings=_rating_counts(data.table("kinerja"), profile),
        paths=found.paths,
        dropped=pd.concat(counted, ignore_index=True) if counted else set_aside,
        notes=_notes(moves) + found.other.notes,
        robustness=found.other.robustness,
        bacon=found.other.bacon,
        breakdown=found.breakdown,
        matched_balance=found.other.matched_balance,
        pseudo=found.other.pseudo,
        dose=deeper[0],
        person_unit=deeper[1],
    )


def _deeper(profile: RegionProfile, panel: pd.DataFrame, facts: pd.DataFrame, found: Effects) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `dose` and `person_unit` of the outcomes that were asked of every estimator."""
    verdicts = found.verdicts.set_index("outcome")["estimate"]
    years, doses, shares = profile.anticipation_years, [], []
    for outcome in found.other.robustness["outcome"].unique():
        whole = complete_units(panel, outcome, keep=("job_class",))
        doses.append(
            dose_rows(
                whole,
                outcome,
                facts,
                groups=profile.factors("groups"),
                doses=profile.factors("doses"),
                anticipation=years,
                minimum_cell=profile.minimum_cell,
            )
        )
        effect = float(verdicts.get(outcome, float("nan")))
        shares.append(person_unit_frame(panel, outcome, effect=effect, anticipation=years))
    return _joined(doses, ("outcome", *DOSE_COLUMNS)), _joined(shares, PERSON_UNIT)


def _joined(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(columns))


def _class_at_start(data: RegionData, profile: RegionProfile, person: pd.Series) -> pd.Series:
    """Class of the post held at the end of the first year: the cell in which movers and stayers are compared."""
    places = posts_on(data.table("pegawai"), data.table("mutasi"), date(profile.first_year, 12, 31))
    job_class = places["jabatan_id"].map(data.table("jabatan").set_index("jabatan_id")["job_class"])
    found: pd.Series = person.map(job_class).astype("object").fillna("unknown")
    return found


def rated_years(data: RegionData, profile: RegionProfile) -> pd.DataFrame:
    """One row per person and year: person_id year place (unit at the end of the year) output_percent rating_ridit top_share.

    A year rated twice (2021) counts with its second half, the value in force at the year's end; the two are never
    averaged. Ridits are taken inside regime × year × half × class of the post held at the end of that year.
    """
    kinerja = data.table("kinerja")
    kinerja = kinerja.loc[kinerja["year"].between(profile.first_year, profile.last_year)]
    last = kinerja.sort_values("half").drop_duplicates(["person_id", "year"], keep="last").reset_index(drop=True)
    held = posts_at_year_ends(data.table("pegawai"), data.table("mutasi"), last["person_id"], last["year"])
    last["place"] = held["unit_id"]
    last["job_class"] = held["jabatan_id"].map(data.table("jabatan").set_index("jabatan_id")["job_class"])
    rated = last["predicate"].notna() & last["job_class"].notna()
    cells = last.loc[rated, ["regime", "year", "half", "job_class"]]
    last["rating_ridit"] = pd.Series(rating.ridit(last.loc[rated, "predicate"], cells), index=cells.index).reindex(last.index)
    top = (last["predicate"] == rating.TOP).astype("float64")
    last["top_share"] = top.where(last["predicate"].notna().to_numpy())
    last["year"] = last["year"].astype(int)
    return last[["person_id", "year", "place", *OUTCOMES]]


def person_panel(data: RegionData, profile: RegionProfile, ratings: pd.DataFrame, moves: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Panel of moved and never-moved PNS, and who was set aside and why.

    cohort is the first full year after the first programme move. PPPK may not be moved (no comparators, no cohort);
    whoever moved outside the programme's window is neither moved by it nor never moved.
    """
    pegawai = data.table("pegawai")
    code, people = pd.factorize(ratings["person_id"].array)
    pns = np.asarray(people.isin(pegawai.loc[pegawai["asn_kind"] == "PNS", "person_id"]))
    outside = np.asarray(people.isin(other_movers(data.table("mutasi"), profile.programme_first, profile.programme_last)))
    reasons = {"not_pns": ~pns, "moved_outside_programme": pns & outside}
    set_aside = [{"outcome": "all", "reason": name, "n": int(mask.sum())} for name, mask in reasons.items() if mask.any()]
    kept = np.flatnonzero((pns & ~outside)[code])
    cohort = cohort_of(moves, "person_id").reindex(people).fillna(0.0).to_numpy()[code[kept]]
    panel = ratings.iloc[kept].rename(columns={"person_id": "unit"}).assign(cohort=cohort)
    return panel.reset_index(drop=True), pd.DataFrame(set_aside, columns=["outcome", "reason", "n"])


def _rating_counts(kinerja: pd.DataFrame, profile: RegionProfile) -> pd.DataFrame:
    rated = kinerja.loc[kinerja["predicate"].notna() & kinerja["year"].between(profile.first_year, profile.last_year)]
    counts = rated.groupby(["year", "half", "regime", "predicate"]).size().rename("n").reset_index()
    counts["share"] = counts["n"] / counts.groupby(["year", "half", "regime"])["n"].transform("sum")
    return counts


def _notes(moves: pd.DataFrame) -> tuple[str, ...]:
    again = int(moves["person_id"].duplicated().sum())
    return (f"second_moves:{again}",) if again else ()
