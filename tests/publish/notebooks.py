"""Notebooks and projects that the tests of the runner are made with."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from mutasi_analysis.publish.places import COMPARE_NOTEBOOK, REGION_NOTEBOOK, Project
from mutasi_analysis.publish.run import Options
from mutasi_analysis.publish.tasks import Limits

PARAMETERS = 'region = "bungo"\ndata_root = ""\nas_of = ""\nlanguage = "id"\nseed = 0'

GOOD = (
    "import pandas as pd\nfrom mutasi_analysis.blocks import Picture, Prose, TableBlock, TableColumn",
    'Prose(f"# Laporan {region}", role="heading")',
    'Prose("Jawaban **wilayah** ini.", role="answer")',
    'Prose("## Beban kerja", role="heading")',
    "from matplotlib.figure import Figure\nfigure = Figure(figsize=(4, 3))\n_ = figure.subplots().plot([1, 2, 3], [seed, 2, 1])",
    'frame = pd.DataFrame({"unit": ["a", "b"], "n": [7, 8]})\n'
    'columns = (TableColumn("unit", "Unit"), TableColumn("n", "Pegawai", "orang", numeric=True))\n'
    'table = TableBlock("t", "Pegawai per unit", frame, frame.astype(str), columns, note="Sumber: uji")',
    'Picture("p", figure, "Garis turun", "Garis dari tiga titik.", "Garis turun dari kiri ke kanan.", table)',
    "table",
)


def notebook(path: Path, *cells: str, parameters: str = PARAMETERS) -> Path:
    """Write a notebook: the parameters cell, then code cells."""
    first = new_code_cell(parameters, metadata={"tags": ["parameters"]})
    body = [new_markdown_cell(cell[3:]) if cell.startswith("md:") else new_code_cell(cell) for cell in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=[first, *body], metadata=metadata), path)
    return path


def project(root: Path, *cells: str, regions: tuple[str, ...] = ("bungo",), compare: tuple[str, ...] = ()) -> Project:
    """A project folder with a region notebook of these cells and one raw file a region."""
    notebook(root / "notebooks" / REGION_NOTEBOOK, *cells)
    if compare:
        notebook(root / "notebooks" / COMPARE_NOTEBOOK, *compare, parameters='data_root = ""\nlanguage = "id"\nseed = 0')
    for region in regions:
        folder = root / "data" / "raw" / region
        folder.mkdir(parents=True)
        (folder / "pegawai.csv").write_text(f"nip,nama\n1,{region}\n", encoding="utf-8")
    return Project(root, root / "notebooks", root / "data", root / "reports")


def options(engine: str = "fork", **changes: object) -> Options:
    values: dict[str, object] = {
        "language": "id",
        "jobs": 2,
        "made_at": "2026-01-02T03:04:05+07:00",
        "engine": engine,
        "limits": Limits(cell_seconds=60.0),
        **changes,
    }
    return Options(**values)  # type: ignore[arg-type]
