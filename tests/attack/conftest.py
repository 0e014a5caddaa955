"""The attacked reports: one of every region, made once for all attacks and all processes of a run of the tests."""

from __future__ import annotations

import os
import pickle
from typing import Any

import pytest

from mutasi_analysis.publish.swap import only_writer
from tests.attack import outputs, region
from tests.attack.outputs import Table


@pytest.fixture(scope="package", params=region.REGIONS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> region.Report:
    """Under the folder that the workers of pytest-xdist share: the first that asks makes the report, the others read what it kept."""
    pytest.importorskip("typst", reason="the extra documents is not installed")
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    own = tmp_path_factory.getbasetemp()
    root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "attack" / request.param
    kept = root / "report.pickle"
    with only_writer(root, patient=True):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(region.made(root, request.param)))
    found = pickle.loads(kept.read_bytes())
    assert isinstance(found, region.Report)
    return found


@pytest.fixture(scope="package")
def opened(report: region.Report) -> list[dict[str, Any]]:
    return region.opened(report)


@pytest.fixture(scope="package")
def notebook(report: region.Report) -> list[Table]:
    return outputs.notebook_tables(report.stem.with_suffix(".ipynb"))


@pytest.fixture(scope="package")
def processed(report: region.Report) -> list[Table]:
    return outputs.processed_tables(report.processed)
