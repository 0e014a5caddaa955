"""Tasks of every post and classes of every school, sized so that units are over- and understaffed at the start as planned."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.facts import shared
from mutasi_analysis.synthetic.organisation import Organisation

MINUTES = {"menit": 1.0, "jam": 60.0}


def task_table(org: Organisation, years: tuple[int, ...], rng: np.random.Generator) -> pd.DataFrame:
    """`beban_kerja` of the posts counted by tasks (families umum and kesehatan), for each of `years`.

    The first year gives required FTE = heads at the start × planned index of the unit (× a little noise by post); later
    years grow or shrink by a few per cent. Structural posts have about one full load each.
    """
    numbers = shared("process")["workload"]
    posts, index = list(org.posts.to_dict("records")), org.units["index"].to_numpy()
    unit_id = org.units["unit_id"].to_numpy(dtype=object)
    rows: list[dict[str, object]] = []
    demand = np.exp(rng.normal(0, 0.06, org.seats.shape))
    for year in years:
        for unit, post in zip(*np.nonzero(org.seats), strict=True):
            if posts[post]["job_family"] in ("umum", "kesehatan"):
                planned = 1.0 if posts[post]["job_class"] == "struktural" else index[unit]
                load = float(org.seats[unit, post] * planned * demand[unit, post])
                base = {"unit_id": unit_id[unit], "jabatan_id": posts[post]["jabatan_id"], "year": year}
                rows += _post_tasks(base, posts[post], load, numbers)
        demand = demand * np.exp(rng.normal(0.01, 0.03, (org.seats.shape[0], 1)))
    return pd.DataFrame(rows)


def _post_tasks(
    base: Mapping[str, object], post: Mapping[Hashable, Any], load: float, numbers: Mapping[str, Any]
) -> list[dict[str, object]]:
    """The tasks of one post in one unit, together `load` full-time people."""
    health = post["job_family"] == "kesehatan"
    available = numbers["minutes_kesehatan"] if health else numbers["minutes_umum"]
    support = numbers["support_percent"] / 100.0 if health else 0.0
    tasks = numbers["tasks"]["kesehatan" if health else post["job_class"]]
    found = [_task(base, task, load * available * (1.0 - support), False, numbers) for task in tasks]
    if health:
        found += [_task(base, task, support * available, True, numbers) for task in numbers["tasks"]["penunjang"]]
    return found


def _task(base: Mapping[str, object], task: list[Any], minutes: float, support: bool, numbers: Mapping[str, Any]) -> dict[str, object]:
    """One task: the volume that, at the norm time, takes its share of the minutes."""
    name, output, basis, norm, norm_unit, share = task
    volume = minutes * share / (norm * MINUTES[norm_unit]) / numbers["annual_factor"][basis]
    return {**base, "task": name, "output_unit": output, "volume": round(volume, 2), "basis": basis, "norm_time": float(norm),
            "norm_unit": norm_unit, "is_support": support}  # fmt: skip


def school_table(org: Organisation, teachers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """`sekolah`: classes, pupils and lesson hours by year, from the planned index; `teachers`: units × years, heads in December.

    SD: one class teacher per class, PE and religion 4 lesson hours each a week and class. SMP: 38 lesson hours a week and
    class (Permendikbud 22/2016-type timetable; the demonstration's own choice), divided by 24 for the need.
    """
    schools = org.units.index[org.units["unit_kind"] == "sekolah"]
    index = org.units["index"]
    rows: list[dict[str, object]] = []
    for unit in schools:
        level = "SD" if org.units["template"][unit] == "sd" else "SMP"
        family = "guru_kelas" if level == "SD" else "guru_mapel"
        heads = org.seats[unit, (org.posts["job_family"] == family).to_numpy()].sum()
        hours = 8.0 if level == "SD" else 38.0
        start = heads * index[unit] if level == "SD" else heads * index[unit] * 24.0 / hours
        size = rng.normal(26, 3)
        drift = np.cumsum(rng.normal(0, 0.15, teachers.shape[1]))
        for column, year in enumerate(teachers.columns):
            classes = max(3, round(start + drift[column]))
            rows.append({"unit_id": org.units["unit_id"][unit], "year": int(year), "school_level": level, "classes": classes,
                         "pupils": max(20, round(classes * size)), "teachers": int(teachers.iloc[unit, column]),
                         "lesson_hours_w": classes * hours})  # fmt: skip
    return pd.DataFrame(rows)
