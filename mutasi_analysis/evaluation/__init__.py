"""One region's data and profile → one `Evaluation`: the only place that joins the tables with the metrics and estimates."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.errors import MissingDataError
from mutasi_analysis.evaluation.assessments import judge
from mutasi_analysis.evaluation.competency import evaluate_competency
from mutasi_analysis.evaluation.light import STORAGE, light
from mutasi_analysis.evaluation.performance import evaluate_performance
from mutasi_analysis.evaluation.process import evaluate_process
from mutasi_analysis.evaluation.result import Competency, Evaluation, Performance, Process, Service, Workload
from mutasi_analysis.evaluation.service import evaluate_service
from mutasi_analysis.evaluation.staffing import programme_of
from mutasi_analysis.evaluation.unions import without_open_parts
from mutasi_analysis.evaluation.used_norms import used_norms
from mutasi_analysis.evaluation.workload import evaluate_workload
from mutasi_analysis.norms import norms_table
from mutasi_analysis.profiles import RegionProfile

NEEDED = ("pegawai", "unit_kerja", "jabatan", "mutasi")


def evaluate(data: RegionData, profile: RegionProfile, *, seed: int = 0) -> Evaluation:
    """Everything the report says about one region.

    data: conformed tables; profile: schemes, window and outcomes; seed: for simulated quantities only. A missing optional
    table makes its section None. Raises MissingDataError where a table that every section needs is absent.
    """
    absent = [name for name in NEEDED if not data.has(name)]
    if absent:
        raise MissingDataError(f"{profile.name}: tabel wajib belum ada: {', '.join(absent)}. Lihat `mutasi dictionary`.")
    with pd.option_context("mode.string_storage", STORAGE):
        return _evaluated(light(data), profile, seed)


def _evaluated(data: RegionData, profile: RegionProfile, seed: int) -> Evaluation:
    moves = programme_of(data, profile)
    judged = judge(data, moves, profile) if data.has("kompetensi", "standar_kompetensi") else None
    workload, competency = evaluate_workload(data, profile, moves=moves), evaluate_competency(data, profile, moves=moves, judged=judged)
    found = Evaluation(
        slug=profile.slug,
        code=profile.code,
        name=profile.name,
        level=profile.level,
        question=profile.question,
        as_of=profile.as_of,
        synthetic=data.synthetic,
        minimum_cell=profile.minimum_cell,
        anticipation_years=profile.anticipation_years,
        primary=profile.primary,
        facts=_facts(data, profile, moves, workload),
        norms=norms_table(()),
        sources=pd.DataFrame(
            [[s.path, s.sha256, s.rows, ", ".join(s.tables)] for s in data.sources], columns=["path", "sha256", "rows", "tables"]
        ),
        missing=data.missing(),
        workload=workload,
        competency=None if competency is None else without_open_parts(competency, profile.minimum_cell),
        performance=evaluate_performance(data, profile, seed=seed, moves=moves, workload=workload, judged=judged),
        service=evaluate_service(data, profile, seed=seed, moves=moves),
        process=evaluate_process(data, profile, moves=moves),
        notes=data.notes,
        groups=profile.factors("groups"),
        doses=profile.factors("doses"),
        factors_declared=profile.groups is not None or profile.doses is not None,
        question_id=profile.question_id,
        question_en=profile.question_en,
        secondary=profile.secondary,
    )
    return replace(found, norms=used_norms(found, profile))


def _facts(data: RegionData, profile: RegionProfile, moves: pd.DataFrame, workload: Workload | None) -> pd.DataFrame:
    pegawai, units = data.table("pegawai"), data.table("unit_kerja")
    serving = pegawai["exit_date"].isna() | (pegawai["exit_date"] > pd.Timestamp(profile.as_of))
    facts = {
        "persons": int(serving.sum()),
        "units": int((units["unit_kind"] != "luar").sum()),
        "posts": len(data.table("jabatan")),
        "moves": len(moves),
        "movers": int(moves["person_id"].nunique()),
        "programme_first": profile.programme_first.year,
        "programme_last": profile.programme_last.year,
        "first_year": profile.first_year,
        "last_year": profile.last_year,
    } | ({} if workload is None else {"required": float(workload.units["required_fte"].sum())})
    return pd.DataFrame({"fact": list(facts), "value": [float(value) for value in facts.values()]})


__all__ = ["Competency", "Evaluation", "Performance", "Process", "Service", "Workload", "evaluate"]
