"""Need, index and band of one workload file (an ABK sheet, a task table, a school list), without a region around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mutasi_analysis.errors import UsageError
from mutasi_analysis.metrics import abk, teachers
from mutasi_analysis.metrics.workload import workload_index, workload_state
from mutasi_analysis.norms import Norm, load_norm
from mutasi_analysis.sources import read_file

BAND = "usulan-10-persen"
ANNUALISATION = "permenpanrb-1-2020"
SCHOOL_EXTRA, SCHOOL_MINIMUM = "kelas-saja", "permendiknas-15-2010"
PRIMARY = "SD"


@dataclass(frozen=True, slots=True)
class FileWorkload:
    """What one file says about workload.

    tasks: post, task, output_unit, volume, basis, times_y, norm_minutes, effective_minutes_y, need_fte (empty for a school
      list). posts: post, load_minutes_y, required_fte, available, index, band (and status for schools). areas: sums over
      schools by kecamatan (empty for tasks). norms: what was used. notes: sentences for the reader, in Indonesian.
    """

    tasks: pd.DataFrame
    posts: pd.DataFrame
    areas: pd.DataFrame
    norms: tuple[Norm, ...]
    notes: tuple[str, ...] = ()


def assess_file(path: Path, *, effective_time: str | None = None, incumbents: int | None = None) -> FileWorkload:
    """Need, index and band of a file. effective_time: scheme; without one, an ABK sheet's own effective minutes, else PermenPANRB 1/2020.

    incumbents: people in the post, for a file about one post. Raises DataError for faults and UsageError for a file of another kind.
    """
    frame = read_file(path)
    if {"norm_time", "volume", "basis"} <= set(frame.columns):
        return _assess_tasks(frame, effective_time, incumbents)
    if {"classes", "teachers"} <= set(frame.columns):
        return _assess_schools(frame)
    raise UsageError(f"{path.name} bukan berkas beban kerja; yang diterima: lembar ABK, tabel beban_kerja, daftar sekolah.")


def _assess_tasks(frame: pd.DataFrame, effective_time: str | None, incumbents: int | None) -> FileWorkload:
    annual = load_norm("annualisation", ANNUALISATION)
    scheme = load_norm("effective_time", effective_time or ANNUALISATION)
    own = frame["effective_minutes_y"] if "effective_minutes_y" in frame and effective_time is None else None
    effective = (pd.Series(float(str(scheme.value)), index=frame.index) if own is None else own.fillna(float(str(scheme.value)))).astype(
        "float64"
    )
    factors = annual.value if isinstance(annual.value, dict) else {}
    tasks = pd.DataFrame(
        {
            "post": _post_label(frame),
            "task": frame["task"],
            "output_unit": frame["output_unit"],
            "volume": frame["volume"],
            "basis": frame["basis"],
            "times_y": frame["basis"].map(factors).astype("float64"),
            "norm_minutes": frame["norm_time"] * frame["norm_unit"].map({"menit": 1.0, "jam": 60.0}).astype("float64"),
            "effective_minutes_y": effective,
        }
    )
    volume_y = abk.annual_volume(frame["volume"], frame["basis"], norm=annual)
    tasks["need_fte"] = abk.staffing_need(volume_y, tasks["norm_minutes"], effective_minutes_y=effective)
    load = (volume_y * tasks["norm_minutes"]).groupby(tasks["post"], sort=False).sum()
    posts = pd.DataFrame({"load_minutes_y": load, "required_fte": tasks.groupby("post", sort=False)["need_fte"].sum()})
    if incumbents is not None and len(posts) != 1:
        raise UsageError(f"--incumbents hanya untuk berkas satu jabatan; berkas ini memuat {len(posts)} jabatan.")
    posts["available"] = float("nan") if incumbents is None else float(incumbents)
    minutes = [] if own is None else [f"{value:,.0f}".replace(",", ".") for value in sorted(own.dropna().unique())]
    notes = [f"Waktu kerja efektif dari lembar itu sendiri: {', '.join(minutes)} menit."] if minutes else []
    notes += _stated_differs(frame, tasks)
    norms = (annual, load_norm("workload_bands", BAND), *(() if own is not None else (scheme,)))
    return FileWorkload(tasks, _with_index(posts), pd.DataFrame(), norms, tuple(notes))


def _post_label(frame: pd.DataFrame) -> pd.Series:
    """Unit and post as far as the file names them; a sheet that names neither is about one post."""
    named = [frame[column].fillna("").astype(str) for column in ("unit_id", "jabatan_id") if column in frame]
    label = pd.Series("", index=frame.index)
    for part in named:
        label = label.str.cat(part, sep=" · ")
    return label.str.strip(" ·").replace("", "jabatan ini")


def _stated_differs(frame: pd.DataFrame, tasks: pd.DataFrame) -> list[str]:
    """A sentence for needs that the sheet prints and that its own numbers do not give."""
    if "need_stated" not in frame:
        return []
    differs = (frame["need_stated"] - tasks["need_fte"]).abs() > 5e-4
    count = int(differs.sum())
    return [f"{count} tugas mencantumkan kebutuhan yang berbeda dari hitungan volume × norma ÷ waktu efektif."] if count else []


def _assess_schools(frame: pd.DataFrame) -> FileWorkload:
    extra, minimum = load_norm("teacher_extra", SCHOOL_EXTRA), load_norm("teacher_minimum", SCHOOL_MINIMUM)
    frame = frame.reset_index(drop=True)
    primary = frame["school_level"] == PRIMARY
    classes, existing = frame["classes"].astype("float64"), frame["teachers"].astype("float64")
    need = teachers.class_teacher_need(classes, extra_per_school=float(str(extra.value))).where(primary)
    names = frame["school_name"] if "school_name" in frame else frame["unit_id"]
    posts = pd.DataFrame({"load_minutes_y": float("nan"), "required_fte": need.to_numpy(), "available": existing.to_numpy()}, index=names)
    posts = _with_index(posts)
    status = teachers.staffing_status(existing, need, minimum=float(str(minimum.value)))
    posts["status"] = pd.Series(status, index=frame.index).where(primary & need.notna()).to_numpy()
    area = frame["kecamatan"].fillna("?") if "kecamatan" in frame else pd.Series("semua", index=frame.index)
    areas = teachers.area_summary(need[primary], existing[primary], area[primary], classes=classes[primary])
    notes = [
        f"{int((~primary).sum())} sekolah bukan SD: kebutuhannya perlu jam pelajaran per mata pelajaran, yang tidak ada dalam daftar ini.",
        f"{int((classes == 0).sum())} sekolah tanpa rombel dan {int((existing == 0).sum())} sekolah tanpa guru tercatat; tidak dibagi.",
    ]
    return FileWorkload(pd.DataFrame(), posts, areas.reset_index(), (extra, minimum, load_norm("workload_bands", BAND)), tuple(notes))


def _with_index(posts: pd.DataFrame) -> pd.DataFrame:
    index = workload_index(posts["required_fte"], posts["available"])
    band = workload_state(posts["required_fte"], posts["available"], scheme=BAND)
    return posts.assign(index=index, band=band).rename_axis("post").reset_index()
