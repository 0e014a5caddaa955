"""Budgets of spec/design.md: files, functions and arguments stay small; a notebook is a page, not a program."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sorted(p for folder in ("mutasi_analysis", "tests", "benchmarks", ".ci") for p in (ROOT / folder).rglob("*.py"))
NOTEBOOKS = sorted(p for p in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
FORBIDDEN_IN_PAGES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def name(path):
    return str(path.relative_to(ROOT))


def test_there_is_something_to_measure():
    assert len(PYTHON) > 50


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_a_file_and_its_functions_stay_small(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 350
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno - f.lineno + 1 > 60}
    assert long == {}


@pytest.mark.parametrize("path", [p for p in PYTHON if "mutasi_analysis" in p.parts], ids=name)
def test_at_most_six_arguments_without_their_name_and_everything_typed(path):
    for function in functions(path):
        arguments = [*function.args.posonlyargs, *function.args.args]
        assert len([a for a in arguments if a.arg not in ("self", "cls")]) <= 6, function.name
        assert function.returns is not None, f"{function.name} has no return type"


def test_no_drawer_and_no_empty_file():
    assert [name(p) for p in PYTHON if p.stem in ("utils", "helpers", "misc", "common")] == []
    assert [name(p) for p in (ROOT / "mutasi_analysis").rglob("*.py") if p.stat().st_size == 0] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_is_a_page(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) <= 12
    for cell in code:
        source = "".join(cell["source"])
        assert len(source.splitlines()) <= 10, source
        assert cell["outputs"] == [] and cell["execution_count"] is None
        found = [type(node).__name__ for node in ast.walk(ast.parse(source)) if isinstance(node, FORBIDDEN_IN_PAGES)]
        assert found == [], source
        assert not re.search(r"""["'](/|[A-Z]:\\)""", source), "an absolute path"
