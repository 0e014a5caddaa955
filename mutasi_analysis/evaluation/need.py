"""Staff needed and staff available by unit and family of work: ABK for general staff, ABK-Kes for health, classes for teachers."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.errors import DataError, Fault
from mutasi_analysis.metrics import abk, teachers, wisn
from mutasi_analysis.norms import Norm, load_norm
from mutasi_analysis.profiles import RegionProfile

#: family of a post → group in which need and people are set against each other, and the name of the method.
GROUPS = {"umum": "umum", "kesehatan": "kesehatan", "guru_kelas": "guru", "guru_mapel": "guru", "guru_bk": "guru"}
METHODS = {"umum": "abk", "kesehatan": "abk_kes", "guru": "sekolah"}
NEED_COLUMNS = ["unit_id", "group", "required_fte"]


def post_groups(jabatan: pd.DataFrame) -> pd.Series:
    """The group of every post, index jabatan_id."""
    return jabatan.set_index("jabatan_id")["job_family"].map(GROUPS)


def annual_tasks(data: RegionData, annualisation: Norm, last_year: int) -> pd.DataFrame:
    """Every task of each unit's latest workload year: unit_id jabatan_id group volume_y norm_minutes is_support."""
    tasks = data.table("beban_kerja")
    tasks = tasks.loc[tasks["year"] <= last_year]
    tasks = tasks.loc[tasks["year"] == tasks.groupby("unit_id")["year"].transform("max")]
    volume = abk.annual_volume(tasks["volume"], tasks["basis"], norm=annualisation)
    minutes = tasks["norm_time"] * tasks["norm_unit"].map({"menit": 1.0, "jam": 60.0}).astype("float64")
    group = tasks["jabatan_id"].map(post_groups(data.table("jabatan")))
    support = tasks["is_support"].fillna(False).astype(bool)
    return tasks[["unit_id", "jabatan_id"]].assign(group=group, volume_y=volume, norm_minutes=minutes, is_support=support)


def general_need(tasks: pd.DataFrame, effective_minutes_y: float) -> pd.DataFrame:
    """ABK: FTE of all tasks of general posts, summed by unit."""
    general = tasks.loc[tasks["group"] == "umum"]
    fte = abk.staffing_need(general["volume_y"], general["norm_minutes"], effective_minutes_y=effective_minutes_y)
    return _summed(general["unit_id"], fte, "umum")


def health_need(tasks: pd.DataFrame, available_minutes_y: float) -> pd.DataFrame:
    """ABK-Kes: main tasks of each health post, raised by the share of time its support tasks take, summed by unit.

    Raises DataError naming the posts whose support tasks take 100 % of the time or more: nothing would be left for work.
    """
    health = tasks.loc[tasks["group"] == "kesehatan"]
    need = abk.staffing_need(health["volume_y"], health["norm_minutes"], effective_minutes_y=available_minutes_y)
    parts = health[["unit_id", "jabatan_id"]].assign(
        main=need.where(~health["is_support"], 0.0), support=need.where(health["is_support"], 0.0)
    )
    posts = parts.groupby(["unit_id", "jabatan_id"]).sum()
    support_percent = 100 * posts["support"]
    _refuse_all_support(support_percent)
    required = posts["main"] * support_percent.map(wisn.allowance_factor)
    return _summed(required.index.get_level_values("unit_id").to_series(), required.to_numpy(), "kesehatan")


def _refuse_all_support(support_percent: pd.Series) -> None:
    allowed = "tugas penunjang di bawah 100 persen waktu kerja tersedia"
    faults = tuple(
        Fault("beban_kerja", None, None, "is_support", f"{unit} · {post}: {percent:.0f} persen", "out_of_range", allowed)
        for unit, post, percent in support_percent.loc[support_percent >= 100].rename("percent").reset_index().itertuples(index=False)
    )
    if faults:
        raise DataError(faults)


def teacher_need(sekolah: pd.DataFrame, weekly_load: float, last_year: int) -> pd.DataFrame:
    """Teachers each school needs in its latest year: a class teacher a class in SD, and lesson hours / weekly load."""
    schools = sekolah.loc[sekolah["year"] <= last_year]
    schools = schools.loc[schools["year"] == schools.groupby("unit_id")["year"].transform("max")]
    primary = schools["school_level"].isin(["SD", "TK", "SLB"])
    subject = teachers.subject_teacher_need(schools["lesson_hours_w"], weekly_load=weekly_load)
    classes = teachers.class_teacher_need(schools["classes"].astype("float64"), extra_per_school=0)
    return _summed(schools["unit_id"], subject + classes.where(primary, 0.0), "guru")


def required_by_group(data: RegionData, profile: RegionProfile) -> pd.DataFrame:
    """Need of every unit and group that has workload data: unit_id, group, required_fte."""
    tasks = annual_tasks(data, load_norm("annualisation", profile.scheme("annualisation")), profile.last_year)
    general = load_norm("effective_time", profile.scheme("effective_time"))
    health = load_norm("effective_time", profile.scheme("health_effective_time"))
    weekly = load_norm("teacher_hours", profile.scheme("teacher_hours"))
    parts = [
        general_need(tasks, float(str(general.value))),
        health_need(tasks, float(str(health.value))),
        teacher_need(data.table("sekolah"), float(str(weekly.value)), profile.last_year),
    ]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def rebased(need: pd.DataFrame, *, from_minutes_y: float, to_minutes_y: float) -> pd.DataFrame:
    """The same need under another effective time: general staff scale with it, health staff and teachers have their own rules."""
    factor = (from_minutes_y / to_minutes_y) if from_minutes_y != to_minutes_y else 1.0
    return need.assign(required_fte=need["required_fte"].where(need["group"] != "umum", need["required_fte"] * factor))


def available_by_group(places: pd.DataFrame, jabatan: pd.DataFrame) -> pd.Series:
    """Persons by (unit_id, group) among people at their posts (columns unit_id, jabatan_id)."""
    group = places["jabatan_id"].map(post_groups(jabatan))
    return places.assign(group=group).groupby(["unit_id", "group"]).size().astype("float64")


def _summed(unit: pd.Series, fte: object, group: str) -> pd.DataFrame:
    frame = pd.DataFrame({"unit_id": pd.Series(unit).to_numpy(), "required_fte": pd.Series(fte).to_numpy(dtype="float64")})
    total = frame.groupby("unit_id", sort=True)["required_fte"].sum(min_count=1).dropna().reset_index()
    return total.assign(group=group)[NEED_COLUMNS]
