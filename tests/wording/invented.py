"""An invented evaluation, small enough to be read: numbers are made up here and serve no other purpose."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.estimate import effect_frame
from mutasi_analysis.evaluation.result import Competency, Evaluation, Performance, Process, Service, Workload

K = 5


def units() -> pd.DataFrame:
    """Four units; Puskesmas Kecil has 3 persons, too few to be shown."""
    frame = pd.DataFrame(
        {
            "unit_id": ["A", "B", "C", "D"],
            "unit_name": ["Dinas <Satu>", "Puskesmas Dua", "Puskesmas Kecil", "SD $Empat_"],
            "unit_kind": ["dinas", "puskesmas", "puskesmas", "sekolah"],
            "sector": ["umum", "kesehatan", "kesehatan", "pendidikan"],
            "kecamatan_code": ["15.04.01", "15.04.01", "15.04.02", "15.04.02"],
            "family": ["abk", "abk_kes", "abk_kes", "sekolah"],
            "required_fte": [20.0, 30.0, 9.0, 10.0],
            "available_before": [18.0, 36.0, 3.0, 12.0],
            "available_after": [15.0, 38.0, 3.0, 12.0],
            "available_without": [17.0, 36.0, 3.0, 12.0],
            "moved_in": [1, 2, 0, 1],
            "moved_out": [3, 0, 0, 1],
        }
    )
    for state in ("before", "after", "without"):
        frame[f"index_{state}"] = frame["required_fte"] / frame[f"available_{state}"]
        frame[f"gap_{state}"] = frame[f"available_{state}"] - frame["required_fte"]
    return frame.assign(band_before="A", band_after="A")


def workload() -> Workload:
    values = {"imbalance": (18.0, 21.0, 19.0), "gini": (0.2, 0.25, 0.22)}
    states = ("before", "after", "without")
    balance = [[m, s, v, "orang" if m == "imbalance" else "0–1"] for m, row in values.items() for s, v in zip(states, row, strict=True)]
    transfers = pd.DataFrame(
        {
            "from_unit_id": ["A", "A"], "from_unit_name": ["Dinas <Satu>"] * 2, "to_unit_id": ["B", "D"],
            "to_unit_name": ["Puskesmas Dua", "SD $Empat_"], "n_moves": [6, 2], "contribution": [4.0, -1.0], "at_origin": [2.0, 0.5],
            "at_destination": [2.0, -1.5], "origin_worse": [True, True],
        }
    )  # fmt: skip
    steps = np.linspace(0, 1, 5)
    lorenz = pd.concat([pd.DataFrame({"state": s, "cumulative_staff": steps, "cumulative_load": steps**1.2}) for s in states])
    sensitivity = pd.DataFrame(
        [["permenpanrb-1-2020", 75000, 69.0, 0, 1.0, "unverified", "PermenPANRB 1/2020"]],
        columns=["scheme", "effective_minutes_y", "required_total", "units_changed_rank", "index_median", "status", "reference"],
    )
    unmeasured = pd.DataFrame([["E", "UPTD Lima", "no_need_for_umum", 7]], columns=["unit_id", "unit_name", "reason", "persons"])
    frame = pd.DataFrame(balance, columns=["measure", "state", "value", "unit"])
    return Workload(units(), frame, transfers, lorenz.reset_index(drop=True), sensitivity, unmeasured)


def competency(n: int = 40) -> Competency:
    columns = ["grouping", "group", "n", "jpm_from", "jpm_to", "change", "conf_low", "conf_high"]
    columns += ["share_improved", "share_same", "share_lower"]
    rows = [
        ["all", "all", n, 80.0, 84.5, 4.5, 2.0, 7.0, 0.5, 0.25, 0.25],
        ["move_kind", "sanksi", 2, 70.0, 71.0, 1.0, -4.0, 6.0, 0.5, 0.5, 0.0],
    ]
    moves = pd.DataFrame({"move_kind": "rotasi", "sector": "umum", "jpm_from": np.linspace(70, 99, n), "jpm_to": np.linspace(75, 99, n)})
    bands = pd.DataFrame([["before", "MS", n - 12, 0.7], ["before", "MMS", 12, 0.3]], columns=["state", "band", "n", "share"])
    deficits = pd.DataFrame(
        [["komunikasi", n, 12, 0.3, -0.4], ["teknis", n, 3, 0.075, 0.2]],
        columns=["competency", "n", "n_deficit", "share_deficit", "mean_gap"],
    )
    coverage = pd.DataFrame([["used", n], ["no_assessment", 20]], columns=["reason", "n"])
    return Competency(
        moves.assign(change=moves["jpm_to"] - moves["jpm_from"]), pd.DataFrame(rows, columns=columns), bands, deficits, coverage
    )


def verdict(outcome: str, kind: str, estimate: float = 2.0, half: float = 1.0, **more: Any) -> dict[str, Any]:
    reasons = {"found": "interval_excludes_zero", "not_found": "could_have_found", "cannot_tell": "underpowered"}
    row = {"outcome": outcome, "verdict": kind, "estimate": estimate, "conf_low": estimate - half, "conf_high": estimate + half}
    return {**row, "mde": 1.4 * half, "reason": reasons[kind], "n_moved": 120, "n_compared": 1300, "worth": float("nan"), **more}


def effects(outcome: str, estimate: float = 2.0) -> pd.DataFrame:
    times = {-4: 0.1, -3: -0.2, -2: -3.0, -1: 2.0, 0: estimate, 1: estimate}
    rows = [
        {
            "outcome": outcome,
            "term": "event",
            "event_time": t,
            "estimate": v,
            "std_error": 0.5,
            "conf_low": v - 1,
            "conf_high": v + 1,
            "n_units": 120,
        }
        for t, v in times.items()
    ]
    overall = {"estimate": estimate, "std_error": 0.5, "conf_low": estimate - 1, "conf_high": estimate + 1, "n_units": 120}
    return effect_frame([*rows, {"outcome": outcome, "term": "overall_group", **overall}])


def naive(outcome: str) -> pd.DataFrame:
    row = [outcome, 118, 91.0, 98.5, 7.5, 6.5, 8.5]
    return pd.DataFrame([row], columns=["outcome", "n", "before", "after", "difference", "conf_low", "conf_high"])


def pretests(outcome: str, p_value: float = 0.4) -> pd.DataFrame:
    return pd.DataFrame([{"outcome": outcome, "w": 2.0, "df": 2, "p_value": p_value}])


def performance(kind: str = "not_found", **more: Any) -> Performance:
    code = "output_percent"
    ratings = [
        [2020, 0, "pp-46-2011", "Baik", 880, 0.88],
        [2020, 0, "pp-46-2011", "Sangat Baik", 118, 0.118],
        [2020, 0, "pp-46-2011", "Kurang", 2, 0.002],
    ]
    ratings += [[2022, 0, "permenpanrb-6-2022", "Baik", 900, 0.9], [2022, 0, "permenpanrb-6-2022", "Sangat Baik", 100, 0.1]]
    paths = [[code, g, t, 95.0 + t * (g == "moved"), 120] for g in ("moved", "compared") for t in (-3, -2, -1, 0, 1)]
    dropped = pd.DataFrame([["all", "not_pns", 44]], columns=["outcome", "reason", "n"])
    return Performance(
        naive(code), effects(code), pretests(code), pd.DataFrame([verdict(code, kind, **more)]),
        pd.DataFrame(ratings, columns=["year", "half", "regime", "predicate", "n", "share"]),
        pd.DataFrame(paths, columns=["outcome", "group", "event_time", "mean", "n"]), dropped,
    )  # fmt: skip


def service(kind: str = "not_found", code: str = "ikm", **more: Any) -> Service:
    months = pd.date_range("2020-01-01", "2023-12-01", freq="MS")
    monthly = [[code, g, m, 80.0 + i / 12, 24, 900] for g in ("receiving", "other") for i, m in enumerate(months)]
    letters = pd.DataFrame(
        [["B", "Puskesmas Dua", 2023, 83.25, "B", 400]], columns=["unit_id", "unit_name", "year", "value", "letter", "n"]
    )
    frame = pd.DataFrame(monthly, columns=["indicator", "group", "month", "value", "n_units", "n"])
    frame = frame.assign(conf_low=frame["value"] - 0.8, conf_high=frame["value"] + 0.8)
    verdicts = pd.DataFrame([verdict(code, kind, **{"n_losing": float("nan"), **more})])
    return Service(frame, effects(code), pretests(code), verdicts, naive(code), letters)


def process() -> Process:
    durations = [
        ["proposal_to_assessment", 60, 40.0, 27.0, 51.0],
        ["decision_to_report", 60, 30.0, 19.0, 39.0],
        ["proposal_to_report", 60, 99.0, 84.0, 115.0],
    ]
    checks = [["tenure_under_2", 60, 3, 0.05, "PP 11/2017 Ps 190(3)"], ["no_training", 60, 30, 0.5, ""], ["wish_unmet", 40, 10, 0.25, ""]]
    survey = [[w, i, 44, 2.8 + 0.1 * w, 2.6, 3.1, 0.7] for w in (0, 2) for i in ("siap_tugas_baru", "beban_wajar")]
    return Process(
        pd.DataFrame(durations, columns=["step", "n", "median_days", "p25_days", "p75_days"]),
        pd.DataFrame(checks, columns=["check", "n", "flagged", "share", "reference"]),
        pd.DataFrame([[2022, "rotasi", 57], [2022, "sanksi", 3]], columns=["year", "move_kind", "n"]),
        pd.DataFrame(survey, columns=["wave", "item", "n", "mean", "conf_low", "conf_high", "share_agree"]),
    )


def evaluation(**changes: Any) -> Evaluation:
    """The whole, with parts exchanged: `evaluation(workload=None, missing=("beban_kerja", "sekolah"))`."""
    facts = {"persons": 1250, "units": 4, "posts": 9, "moves": 60, "movers": 58, "programme_first": 2021, "programme_last": 2022}
    norms = [
        ["effective_time", "permenpanrb-1-2020", "75000", "menit/tahun", "2020-01-01", "PermenPANRB 1/2020", "unverified", "", "general"]
    ]
    columns = ["family", "scheme", "value", "unit", "since", "reference", "status", "note", "use"]
    sources = pd.DataFrame([["raw/contoh/pegawai.csv", "ab" * 32, 1250, "pegawai"]], columns=["path", "sha256", "rows", "tables"])
    parts: dict[str, Any] = {
        "slug": "contoh", "code": "15.04", "name": "Kabupaten Contoh", "level": "kabupaten", "question": "balance",
        "as_of": date(2025, 12, 31), "synthetic": True, "minimum_cell": K, "anticipation_years": 2, "primary": ("output_percent", "ikm"),
        "facts": pd.DataFrame({"fact": list(facts), "value": [float(v) for v in facts.values()]}),
        "norms": pd.DataFrame(norms, columns=columns), "sources": sources, "missing": (), "workload": workload(),
        "competency": competency(), "performance": performance(), "service": service(), "process": process(),
    }  # fmt: skip
    return Evaluation(**{**parts, **changes})
