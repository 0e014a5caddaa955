"""Every tutorial runs from the first cell to the last on demonstration data."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from mutasi_analysis import load_profile
from mutasi_analysis.synthetic import synthesize
from mutasi_analysis.synthetic.files import write_region

TUTORIALS = sorted((Path(__file__).parents[2] / "notebooks" / "tutorials").glob("*.ipynb"))


@pytest.fixture(scope="module")
def data_root(tmp_path_factory) -> Path:
    root, profile = tmp_path_factory.mktemp("tutorials"), load_profile("alak")
    write_region(synthesize(profile, seed=4), profile, root / "raw")
    return root


def test_there_is_a_tutorial_of_workload():
    assert "workload.ipynb" in {path.name for path in TUTORIALS}


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_the_tutorial_runs(path, data_root):
    notebook = nbformat.read(path, as_version=4)
    tagged = [place for place, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    for place in tagged:
        notebook.cells.insert(place + 1, new_code_cell(f'region, data_root = "alak", {str(data_root)!r}'))
    NotebookClient(notebook, timeout=240, kernel_name="python3").execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    assert all(cell.execution_count for cell in code)
