"""The notebooks are pages, not programs: few short cells, no definitions, no loops, committed without outputs."""

from __future__ import annotations

import ast
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from mutasi_analysis.publish.parameters import CompareParameters, ReportParameters, declared_parameters

FOLDER = Path(__file__).parents[2] / "notebooks"
PAGES = ("region_report.ipynb", "compare_regions.ipynb")


def notebook(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def code_cells(name: str) -> list[dict[str, Any]]:
    return [cell for cell in notebook(name)["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("name", PAGES)
def test_at_most_twelve_cells_of_ten_lines(name: str) -> None:
    cells = code_cells(name)
    assert len(cells) <= 12
    assert max(len("".join(cell["source"]).splitlines()) for cell in cells) <= 10


@pytest.mark.parametrize("name", PAGES)
def test_no_definitions_no_loops_no_widgets(name: str) -> None:
    forbidden = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Lambda,
        ast.For,
        ast.While,
        ast.ListComp,
        ast.DictComp,
        ast.GeneratorExp,
    )
    for cell in code_cells(name):
        source = "".join(cell["source"])
        assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, forbidden)], source
        assert "ipywidgets" not in source


@pytest.mark.parametrize("name", PAGES)
def test_committed_without_outputs(name: str) -> None:
    assert [cell for cell in code_cells(name) if cell["outputs"] or cell["execution_count"] is not None] == []


@pytest.mark.parametrize(("name", "kind"), [(PAGES[0], ReportParameters), (PAGES[1], CompareParameters)])
def test_parameters_are_those_of_the_runner(name: str, kind: type) -> None:
    assert set(declared_parameters(FOLDER / name)) == {field.name for field in fields(kind)}


def test_headings_come_from_the_library_in_the_readers_language() -> None:
    for name in PAGES:
        shown = [
            c for c in notebook(name)["cells"] if c["cell_type"] == "markdown" and "notebook-only" not in c["metadata"].get("tags", [])
        ]
        assert shown == []
