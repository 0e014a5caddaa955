"""Parameters are compared with the notebook's own before any kernel starts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mutasi_analysis.errors import UsageError
from mutasi_analysis.publish.parameters import ReportParameters, check_parameters, declared_parameters
from tests.publish.notebooks import PARAMETERS, notebook

GIVEN = ReportParameters("bungo", "/data", "", "id", 0).values()


def test_declared_names_and_defaults_are_read_without_running_anything(tmp_path: Path) -> None:
    path = notebook(tmp_path / "n.ipynb", parameters='region: str = "a"  # a comment\nseed = 3\nfolder = str(1)\nprint("never")')
    assert declared_parameters(path) == {"region": "a", "seed": 3, "folder": None}


def test_declared_names_are_those_that_papermill_finds(tmp_path: Path) -> None:
    import papermill

    path = notebook(tmp_path / "n.ipynb")
    assert set(declared_parameters(path)) == set(papermill.inspect_notebook(path))


def test_the_report_parameters_fit(tmp_path: Path) -> None:
    check_parameters(GIVEN, notebook(tmp_path / "n.ipynb"))


def test_unknown_parameter_names_the_nearest(tmp_path: Path) -> None:
    path = notebook(tmp_path / "n.ipynb", parameters=PARAMETERS.replace("region", "regions"))
    with pytest.raises(UsageError, match=r"^n\.ipynb tidak mengenal parameter 'region'\. Maksud Anda 'regions'\? Yang dikenal: regions, "):
        check_parameters(GIVEN, path)


@pytest.mark.parametrize("value", [101, ("a",), ["a"], None, 1.5, True, date(2025, 1, 31), np.int64(3)])
def test_codes_stay_text_and_nothing_else_passes(tmp_path: Path, value: object) -> None:
    path = notebook(tmp_path / "n.ipynb")
    with pytest.raises(UsageError, match="Parameter 'region'"):
        check_parameters({**GIVEN, "region": value}, path)  # type: ignore[dict-item]


def test_leading_zeros_reach_the_notebook_as_text(tmp_path: Path) -> None:
    check_parameters({**GIVEN, "region": "0101"}, notebook(tmp_path / "n.ipynb"))
    assert {**GIVEN, "region": "0101"}["region"] == "0101"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("not json", r"bukan buku catatan \(notebook\) Jupyter"),
        ("[]", r"bukan buku catatan \(notebook\) Jupyter"),
        ('{"cells": []}', "tidak mempunyai sel bertanda 'parameters'"),
        ('{"cells": [{"metadata": {"tags": ["parameters"]}, "source": ["a = ("]}]}', r"bukan Python yang sah \(baris 1\)"),
    ],
)
def test_files_that_are_no_usable_notebook(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=sentence):
        declared_parameters(path)
