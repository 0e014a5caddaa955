"""The attacked report, made once for all attacks."""

from __future__ import annotations

import pytest

from tests.attack import outputs, region
from tests.attack.outputs import Table


@pytest.fixture(scope="package")
def report(tmp_path_factory: pytest.TempPathFactory) -> region.Report:
    pytest.importorskip("typst", reason="the extra documents is not installed")
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    return region.made(tmp_path_factory.mktemp("attack"))


@pytest.fixture(scope="package")
def notebook(report: region.Report) -> list[Table]:
    return outputs.notebook_tables(report.stem.with_suffix(".ipynb"))


@pytest.fixture(scope="package")
def processed(report: region.Report) -> list[Table]:
    return outputs.processed_tables(report.processed)
