"""Worked cases: read from tests/cases, called, compared. A case without a source does not load."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis import metrics
from mutasi_analysis.norms import load_norm

FOLDER = Path(__file__).parent.parent / "cases"
ALLOWED = {"id", "function", "source", "note", "wrong", "arguments", "positional", "expected", "tolerance", "tolerance_reason",
           "reduce", "repeat", "distinct"}  # fmt: skip
TIGHT = 1e-9


@dataclass(frozen=True)
class Case:
    id: str
    function: str
    source: str
    expected: Any
    entry: dict[str, Any]


def parse(text: str) -> list[Case]:
    cases = []
    for entry in tomllib.loads(text).get("case", []):
        name = entry.get("id", "?")
        if not str(entry.get("source", "")).strip():
            raise ValueError(f"case {name} has no source")
        if set(entry) - ALLOWED:
            raise ValueError(f"case {name} has unknown keys: {sorted(set(entry) - ALLOWED)}")
        cases.append(Case(name, entry["function"], entry["source"], entry["expected"], entry))
    return cases


def load_cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.toml")) for case in parse(path.read_text(encoding="utf-8"))]


def resolve(function: str) -> Any:
    module, name = function.split(".")
    return getattr(getattr(metrics, module), name)


def call(case: Case) -> Any:
    arguments = {name: _missing(value) for name, value in case.entry.get("arguments", {}).items()}
    if isinstance(arguments.get("norm"), list):
        arguments["norm"] = load_norm(*arguments["norm"])
    if isinstance(arguments.get("steps"), dict):
        arguments["steps"] = pd.DataFrame({name: _missing(days) for name, days in arguments["steps"].items()})
    arguments = {name: pd.Series(value) if isinstance(value, dict) else value for name, value in arguments.items()}
    if "repeat" in case.entry:
        name, counts = case.entry["repeat"]["argument"], case.entry["repeat"]["counts"]
        arguments[name] = np.repeat(np.array(arguments[name], dtype=object), counts)
    result = resolve(case.function)(*case.entry.get("positional", []), **arguments)
    result = result.drop_duplicates() if case.entry.get("distinct") else result
    return {"sum": lambda: result.sum(), "values": lambda: result.tolist()}.get(case.entry.get("reduce", ""), lambda: result)()


def matches(result: Any, expected: Any, tolerance: float = TIGHT) -> bool:
    """Whether a result is the expected one: tables by column or field, words exactly, numbers within the tolerance, "NA" for missing."""
    if isinstance(expected, dict):
        fields = dataclasses.asdict(result) if dataclasses.is_dataclass(result) else dict(result.items())
        return {str(key) for key in fields} == set(expected) and all(matches(fields[key], expected[key], tolerance) for key in expected)
    if isinstance(expected, list):
        got = list(result)
        return len(got) == len(expected) and all(matches(one, other, tolerance) for one, other in zip(got, expected, strict=True))
    if expected == "NA":
        return bool(pd.isna(result))
    if isinstance(expected, (str, bool)):
        return not pd.isna(result) and bool(result == expected)
    if pd.isna(result) or np.isnan(expected):
        return bool(pd.isna(result) and np.isnan(expected))
    return bool(abs(float(result) - expected) <= tolerance)


def _missing(value: Any) -> Any:
    return [None if one == "NA" else one for one in value] if isinstance(value, list) else value
