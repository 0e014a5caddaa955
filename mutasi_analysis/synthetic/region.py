"""One demonstration region from a profile and a seed: tables, names and the truth behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from mutasi_analysis.entities import TABLES
from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.schema import conform
from mutasi_analysis.synthetic.facts import load_facts
from mutasi_analysis.synthetic.moves import draw_moves
from mutasi_analysis.synthetic.organisation import Organisation, build_organisation
from mutasi_analysis.synthetic.performance import Performance, draw_performance, rating_table
from mutasi_analysis.synthetic.process import describe_moves, move_table
from mutasi_analysis.synthetic.service import draw_service
from mutasi_analysis.synthetic.skills import assessment_table, standard_table
from mutasi_analysis.synthetic.staff import Staff, build_staff, settle
from mutasi_analysis.synthetic.talent import talent_columns
from mutasi_analysis.synthetic.truth import Truth, build_effects
from mutasi_analysis.synthetic.voices import kin_table, survey_table, wish_table
from mutasi_analysis.synthetic.workload import school_table, task_table

_PARTS = ("organisation", "staff", "moves", "process", "performance", "workload", "service", "skills", "voices", "talent")


@dataclass(frozen=True)
class SyntheticRegion:
    """A demonstration region. tables: name → frame as `entities` declares it, person_id = an invented NIP of 18 digits;
    only the tables this region supplies. names: NIP → invented name. truth: what is behind it (never for a notebook)."""

    tables: Mapping[str, pd.DataFrame]
    names: pd.Series
    truth: Truth


def synthesize(profile: RegionProfile, *, seed: int, scale: float = 1.0) -> SyntheticRegion:
    """Draw a demonstration region whose transfers have known effects.

    The same profile, seed and scale give the same frames. scale: 1 is the region's size, 0.1 a tenth of the staff.
    Raises UsageError for a region without demonstration facts, ValueError for a scale that is not positive.
    """
    if not scale > 0:
        raise ValueError(f"scale must be > 0, got {scale}")
    facts = load_facts(profile.slug)
    draws = _generators(profile.code, seed)
    years = np.arange(profile.first_year, profile.last_year + 1)
    as_of = pd.Timestamp(profile.as_of)
    org = build_organisation(facts, scale, draws["organisation"])
    staff = build_staff(org, facts, (date(profile.first_year, 1, 1), profile.as_of), draws["staff"])
    window = (profile.programme_first, profile.programme_last)
    moves = draw_moves(org, staff, facts, window, draws["moves"])
    staff = settle(staff, moves["person"].to_numpy())
    moves = describe_moves(moves, org, staff, as_of, draws["process"])
    first = moves[moves["is_first"]].set_index("person")[["tmt", "gain", "in_programme"]]
    performance = draw_performance(staff, first, facts.effects, years, draws["performance"])
    service = draw_service(org, moves, facts, years, draws["service"])
    unit, post = _state(staff, moves)
    ratings = rating_table(staff, performance)
    noted = talent_columns(org, staff, post, ratings, draws["talent"])
    tables = {
        "pegawai": pd.concat([_person_table(org, staff, unit, post, moves), noted], axis=1),
        "unit_kerja": org.units,
        "jabatan": org.posts,
        "beban_kerja": task_table(org, (window[0].year - 1, profile.last_year), draws["workload"]),
        "sekolah": school_table(org, _teachers(org, staff, moves, years), draws["workload"]),
        "kompetensi": assessment_table(staff, first["tmt"], years, draws["skills"]),
        "standar_kompetensi": standard_table(org),
        "mutasi": move_table(moves, org, staff),
        "kinerja": ratings,
        "layanan": service.table,
        "survei": survey_table(staff, moves, as_of, draws["voices"]),
        "aspirasi": wish_table(staff, org, post, draws["voices"]),
        "relasi": kin_table(staff, draws["voices"]),
    }
    effects = build_effects(facts, performance, moves, service)
    return SyntheticRegion(
        tables={name: _conformed(frame, name) for name, frame in tables.items() if name not in facts.absent},
        names=pd.Series(staff.frame["name"].to_numpy(), index=pd.Index(staff.frame["nip"], name="person_id"), name="name"),
        truth=Truth(effects, _potential(staff, performance), _true_moves(staff, moves), org.units[["unit_id", "index"]].copy()),
    )


def _generators(code: str, seed: int) -> dict[str, np.random.Generator]:
    """One stream of random numbers for each part, so that a change in one part leaves the others as they were."""
    digits = int(code.replace(".", ""))
    children = np.random.SeedSequence([seed, digits]).spawn(len(_PARTS))
    return {name: np.random.default_rng(child) for name, child in zip(_PARTS, children, strict=True)}


def _conformed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    result = conform(frame, TABLES[name])
    if result.faults:
        raise ValueError(f"synthetic table {name!r} breaks its declaration: {result.faults[0]}")
    return result.frame


def _state(staff: Staff, moves: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Unit and post of everybody after all moves (or on leaving)."""
    unit, post = staff.frame["unit"].to_numpy().copy(), staff.frame["post"].to_numpy().copy()
    last = moves.drop_duplicates("person", keep="last")
    unit[last["person"]], post[last["person"]] = last["to_unit"], last["to_post"]
    return unit, post


def _person_table(org: Organisation, staff: Staff, unit: np.ndarray, post: np.ndarray, moves: pd.DataFrame) -> pd.DataFrame:
    frame = staff.frame
    moved = moves.drop_duplicates("person", keep="last").set_index("person")["tmt"].reindex(range(len(frame)))
    return pd.DataFrame(
        {
            "person_id": frame["nip"],
            "sex": frame["sex"],
            "birth_year": frame["born"].dt.year,
            "asn_kind": frame["asn_kind"],
            "golongan": frame["golongan"],
            "education": frame["education"],
            "unit_id": org.units["unit_id"].to_numpy(dtype=object)[unit],
            "jabatan_id": org.posts["jabatan_id"].to_numpy(dtype=object)[post],
            "tmt_jabatan": moved.fillna(frame["since"]),
            "tmt_cpns": frame["started"],
            "exit_date": frame["exit"],
        }
    )


def _teachers(org: Organisation, staff: Staff, moves: pd.DataFrame, years: np.ndarray) -> pd.DataFrame:
    """Units × years: teachers serving on 31 December."""
    frame = staff.frame
    teacher = org.posts["job_family"].str.startswith("guru").to_numpy()[frame["post"]]
    columns = {}
    for year in years:
        day = pd.Timestamp(int(year), 12, 31)
        unit = frame["unit"].to_numpy().copy()
        done = moves[moves["tmt"] <= day].drop_duplicates("person", keep="last")
        unit[done["person"]] = done["to_unit"]
        serving = teacher & ((frame["started"] <= day) & ~(frame["exit"] <= day)).to_numpy()
        columns[int(year)] = np.bincount(unit[serving], minlength=len(org.units))
    return pd.DataFrame(columns)


def _potential(staff: Staff, performance: Performance) -> pd.DataFrame:
    n, periods = performance.output0.shape
    return pd.DataFrame(
        {
            "person_id": np.repeat(staff.frame["nip"].to_numpy(dtype=object), periods),
            "year": np.tile(performance.years, n),
            "output_0": performance.output0.reshape(-1),
            "output_1": performance.output1.reshape(-1),
            "latent_0": performance.latent0.reshape(-1),
            "latent_1": performance.latent1.reshape(-1),
            "exposure": performance.exposure.reshape(-1),
            "dipped": performance.dipped.reshape(-1),
            "first_move_year": np.repeat(performance.first_year, periods),
        }
    )


def _true_moves(staff: Staff, moves: pd.DataFrame) -> pd.DataFrame:
    nip = staff.frame["nip"].to_numpy(dtype=object)[moves["person"]]
    return moves[["tmt", "gain", "in_programme", "is_first"]].assign(person_id=nip)
