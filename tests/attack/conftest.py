"""The attacked reports: one of every region, made once for all attacks and all processes of a run of the tests."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from mutasi_analysis.publish.swap import only_writer
from tests.attack import outputs, region
from tests.attack.outputs import Table


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the workers of pytest-xdist share."""
    pytest.importorskip("typst", reason="the extra documents is not installed")
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "attack"


def _report(shared: Path, slug: str) -> region.Report:
    """The first that asks makes the report, the others read what it kept."""
    root = shared / slug
    kept = root / "report.pickle"
    with only_writer(root, patient=True):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(region.made(root, slug)))
    found = pickle.loads(kept.read_bytes())
    assert isinstance(found, region.Report)
    return found


@pytest.fixture(scope="package", params=region.REGIONS)
def report(request: pytest.FixtureRequest, shared: Path) -> region.Report:
    return _report(shared, request.param)


@pytest.fixture(scope="package")
def everybody(shared: Path) -> tuple[region.Report, ...]:
    """The reports of all regions."""
    return tuple(_report(shared, slug) for slug in region.REGIONS)


@pytest.fixture(scope="package")
def opened(report: region.Report) -> list[dict[str, Any]]:
    return region.opened(report)


@pytest.fixture(scope="package")
def notebook(report: region.Report) -> list[Table]:
    return outputs.notebook_tables(report.stem.with_suffix(".ipynb"))


@pytest.fixture(scope="package")
def processed(report: region.Report) -> list[Table]:
    return outputs.processed_tables(report.processed)
