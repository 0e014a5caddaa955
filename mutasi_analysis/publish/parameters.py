"""The parameters of a notebook: typed here, compared with what the notebook itself declares before any kernel starts."""

from __future__ import annotations

import ast
import difflib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mutasi_analysis.errors import UsageError

Value = str | int


@dataclass(frozen=True, slots=True)
class ReportParameters:
    """What one region's notebook is given. region: slug; data_root: absolute folder; as_of: ISO day, "" for the
    profile's own; language: "id" or "en"; seed: of everything random."""

    region: str
    data_root: str
    as_of: str
    language: str
    seed: int

    def values(self) -> dict[str, Value]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class CompareParameters:
    """What the comparison notebook is given."""

    data_root: str
    language: str
    seed: int

    def values(self) -> dict[str, Value]:
        return asdict(self)


def declared_parameters(notebook: Path) -> dict[str, Any]:
    """Names and default values assigned in the cell tagged `parameters` (value None where it is no literal).

    Raises UsageError when the file is no notebook or has no such cell."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise UsageError(f"{notebook.name} bukan buku catatan (notebook) Jupyter yang dapat dibaca.") from problem
    for cell in cells:
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            return _assignments("".join(cell["source"]), notebook.name)
    raise UsageError(f"{notebook.name} tidak mempunyai sel bertanda 'parameters'.")


def _assignments(source: str, name: str) -> dict[str, Any]:
    try:
        statements = ast.parse(source).body
    except SyntaxError as problem:
        raise UsageError(f"{name}: sel 'parameters' bukan Python yang sah (baris {problem.lineno}).") from problem
    found: dict[str, Any] = {}
    for statement in statements:
        targets: list[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets = [statement.target]
        for target in targets:
            if isinstance(target, ast.Name):
                found[target.id] = _literal(statement.value)  # type: ignore[attr-defined]
    return found


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def check_parameters(given: dict[str, Value], notebook: Path) -> None:
    """Raise UsageError when a parameter is unknown to the notebook (with the nearest name), has another type than the
    notebook's default, or is not plain text or a whole number (papermill would change it silently)."""
    declared = declared_parameters(notebook)
    for name, value in given.items():
        if name not in declared:
            near = difflib.get_close_matches(name, declared, n=1)
            hint = f" Maksud Anda '{near[0]}'?" if near else ""
            raise UsageError(f"{notebook.name} tidak mengenal parameter '{name}'.{hint} Yang dikenal: {', '.join(declared)}.")
        default = declared[name]
        if type(value) not in (str, int):
            raise UsageError(f"Parameter '{name}' harus teks atau bilangan bulat, bukan {type(value).__name__}.")
        if default is not None and type(default) is not type(value):
            wanted, got = type(default).__name__, type(value).__name__
            raise UsageError(f"Parameter '{name}' bertipe {got}, sedangkan {notebook.name} memakai {wanted}.")
