"""Which numbers of the law a report used: those behind its sections, no other that the profile names."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from mutasi_analysis.evaluation.result import Competency, Evaluation, Performance, Process, Service, Workload
from mutasi_analysis.evaluation.talent import BOX_SCHEME
from mutasi_analysis.norms import load_norm, norms_table
from mutasi_analysis.profiles import RegionProfile

Pairs = list[tuple[str, str]]
#: whose working time → the scheme of the profile that says which norm holds for them
WORKING_TIMES = {"general": "effective_time", "health": "health_effective_time"}
#: checks of the process → the norm they hold the transfers against; the other checks have none
NORM_OF_CHECK = {
    "tenure_under_2": "tenure",
    "tenure_over_5": "tenure",
    "blackout": "election_blackout",
    "documents_incomplete": "transfer_documents",
}


def used_norms(found: Evaluation, profile: RegionProfile) -> pd.DataFrame:
    """The table of norms (see `norms.norms_table`) behind the sections of an evaluation, each norm once, in the order of the sections.

    Its last column, use, tells the working times apart: general, health (both where one holds for both), compared; "" for other norms.
    """
    pairs = [
        *(_of_workload(found.workload, profile, schools="sekolah" not in found.missing) if found.workload else []),
        *(_of_competency(found.competency, found.performance, profile) if found.competency else []),
        *(_of_ratings(found.performance) if found.performance else []),
        *(_of_service(found.service, profile) if found.service else []),
        *(_of_process(found.process, profile) if found.process else []),
    ]
    table = norms_table(tuple(load_norm(family, scheme) for family, scheme in dict.fromkeys(pairs)))
    own = {name: profile.scheme(scheme) for name, scheme in WORKING_TIMES.items()}
    return table.assign(use=[_use(family, scheme, own) for family, scheme in zip(table["family"], table["scheme"], strict=True)])


def _use(family: str, scheme: str, own: dict[str, str]) -> str:
    if family != "effective_time":
        return ""
    return " ".join(name for name, used in own.items() if used == scheme) or "compared"


def _named(families: Iterable[str], profile: RegionProfile) -> Pairs:
    return [(family, profile.scheme(family)) for family in families]


def _of_workload(section: Workload, profile: RegionProfile, *, schools: bool) -> Pairs:
    """Working time of the region, of health staff and of the table that compares rules; hours of teachers where schools were counted."""
    own = [("effective_time", profile.scheme(name)) for name in WORKING_TIMES.values()]
    others = [("effective_time", str(scheme)) for scheme in section.sensitivity["scheme"]]
    return [*own, *others, *_named(["annualisation", "effectiveness_bands", *(["teacher_hours"] if schools else [])], profile)]


def _of_competency(section: Competency, performance: Performance | None, profile: RegionProfile) -> Pairs:
    """Bands of match and age of assessments; talent map and professionalism index where they were computed."""
    found = _named(["jpm_bands", "assessment_validity"], profile)
    if section.boxes["n"].sum() > 0 and performance is not None:
        last = performance.ratings.loc[performance.ratings["year"] == performance.ratings["year"].max(), "regime"]
        found += [("nine_box", BOX_SCHEME), *_named(["nine_box_cutoffs"], profile)]
        found += [("predicate_axis", str(regime)) for regime in last.dropna().unique()]
    known = set(section.professionalism.loc[section.professionalism["state"] == "ok", "dimension"])
    if known:
        found += _named(["professionalism"], profile)
    if "performance" in known:
        found.append(("professionalism_predicate", profile.scheme("professionalism")))
    return found


def _of_ratings(section: Performance) -> Pairs:
    """The order of the ratings of each regime that the data hold."""
    return [("predicates", str(regime)) for regime in section.ratings["regime"].dropna().unique()]


def _of_service(section: Service, profile: RegionProfile) -> Pairs:
    letters = [("satisfaction_bands", profile.scheme("satisfaction"))] if len(section.letters) else []
    return [*letters, *_named(["complaint_days"] if len(section.complaints) else [], profile)]


def _of_process(section: Process, profile: RegionProfile) -> Pairs:
    return _named([NORM_OF_CHECK[check] for check in section.checks["check"] if check in NORM_OF_CHECK], profile)
