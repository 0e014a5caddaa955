"""Five reports in one run: `mutasi report`, papermill's API one after the other with nbconvert, and one plain process.

    python benchmarks/five_reports.py [--data-root data] [--jobs N] [--engine fork|kernel] [--rounds N] [--bytecode found|kept|both]

papermill: `papermill.execute_notebook` with a stock kernel for each region and nbconvert's HTML of the result, in one
Python process, one region after the other: what the documentation of both shows. The plain process runs the code cells of
the same notebook and builds every block that a page shows (figures drawn, tables as JSON), without kernel, papermill or
HTML: the least that anybody can do. With several rounds the routes take turns and the fastest round of each counts. Memory is the
private and shared-in-part memory (PSS) of a process and everything it started, looked at every half second in one more run of each
route that is not timed: looking at it slows a run down, most where processes share it.

Bytecode: "found" leaves the environment as it stands and forbids writing, as container images often do: our set-up has compiled the
libraries and the package, in one that nobody compiled (uv by itself) every new process does it anew. "kept" is a machine on which all
three have run before.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import Any

from measured import ROOT, Measured, demonstration_data, load, measure, mutasi, peak_mb

NOTEBOOK = ROOT / "notebooks" / "region_report.ipynb"
TARGETS = {"papermill": 4.0, "plain": 1.25}
HEAVIEST = ("pandas", "scipy", "matplotlib", "mutasi_analysis")
#: states of compiled modules that are measured
BYTECODE = ("found", "kept")


def plain(data_root: Path, regions: list[str]) -> None:
    """The notebook's own code for every region in this process; every block built as a page needs it."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    for region in regions:
        names: dict[str, Any] = {"display": _built}
        for source in sources:
            exec(source.replace("from IPython.display import display\n", ""), names)
            if "data_root =" in source:
                names.update(region=region, data_root=str(data_root))


def _built(*blocks: Any) -> None:
    for block in blocks:
        block._repr_mimebundle_()


def stock(data_root: Path, regions: list[str]) -> None:
    """papermill and nbconvert as their documentation shows them, one region after the other."""
    import nbconvert
    import papermill

    with tempfile.TemporaryDirectory() as folder:
        for region in regions:
            done = Path(folder) / f"{region}.ipynb"
            papermill.execute_notebook(
                NOTEBOOK, done, {"region": region, "data_root": str(data_root)}, kernel_name="python3", progress_bar=False
            )
            page, _ = nbconvert.HTMLExporter(exclude_input=True).from_filename(str(done))
            done.with_suffix(".html").write_text(page, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-root", type=Path)
    parser.add_argument("--jobs", type=int, help="as `mutasi report --jobs`; by itself it takes as many as the machine bears")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bytecode", default="both", choices=(*BYTECODE, "both"))
    parser.add_argument("--engine", default="fork", choices=("fork", "kernel"))
    parser.add_argument("--plain", nargs="+", metavar="REGION", help=argparse.SUPPRESS)
    parser.add_argument("--stock", nargs="+", metavar="REGION", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.plain:
        plain(arguments.data_root, arguments.plain)
    elif arguments.stock:
        stock(arguments.data_root, arguments.stock)
    else:
        with tempfile.TemporaryDirectory() as folder:
            data_root = (arguments.data_root or demonstration_data(Path(folder) / "data")).resolve()
            compare(data_root, Path(folder) / "reports", arguments)


def compare(data_root: Path, reports: Path, arguments: argparse.Namespace) -> None:
    regions = sorted(path.name for path in (data_root / "raw").iterdir() if path.is_dir() and not path.name.startswith("."))
    places = ["--data-root", str(data_root)]
    this = [sys.executable, str(Path(__file__).resolve()), *places]
    options = [*places, "--reports", str(reports), "--force", "--engine", arguments.engine]
    options += ["--jobs", str(arguments.jobs)] if arguments.jobs else []
    routes = {
        "mutasi": [*mutasi(), "report", *regions, *options],
        "plain": [*this, "--plain", *regions],
        "papermill": [*this, "--stock", *regions],
    }
    jobs = arguments.jobs or "default"
    print(f"{len(regions)} regions: {', '.join(regions)}; engine {arguments.engine}, {jobs} jobs; {load()} at the beginning")
    for state in BYTECODE if arguments.bytecode == "both" else (arguments.bytecode,):
        with tempfile.TemporaryDirectory() as cache:
            more = {"PYTHONDONTWRITEBYTECODE": "1"}
            if state == "kept":
                more = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": cache}
            # this run writes the bytecode, too, where it is kept
            peaks = {name: peak_mb(words, more) for name, words in routes.items()}
            rounds = [{name: measure(words, more) for name, words in routes.items()} for _ in range(arguments.rounds)]
        best = {name: min((one[name] for one in rounds), key=lambda found: found.seconds) for name in routes}
        print(f"Bytecode {state}" + (f": {compiled():.0%} of the modules of {', '.join(HEAVIEST)}" if state == "found" else ""))
        _table(best, peaks)
        if arguments.rounds > 1:
            print("seconds of every round: " + "; ".join(", ".join(f"{name} {one[name].seconds:.1f}" for name in routes) for one in rounds))
    print(f"{load()} at the end")
    print("Quarto: not measured; quarto-cli fetches its program at install and does not install from a registry.")


def compiled() -> float:
    """Share of the modules of the heaviest packages that have bytecode beside them."""
    places = [Path(spec.origin).parent for name in HEAVIEST if (spec := find_spec(name)) and spec.origin]
    modules = [path for place in places for path in place.rglob("*.py") if "tests" not in path.parts]
    return sum(Path(cache_from_source(str(path))).is_file() for path in modules) / len(modules)


def _table(best: dict[str, Measured], peaks: dict[str, float]) -> None:
    labels = {"mutasi": "mutasi report", "plain": "one plain Python process", "papermill": "papermill API and nbconvert"}
    print(f"{'':28}{'seconds':>9}{'CPU s':>9}{'peak MB':>9}")
    for name, label in labels.items():
        print(f"{label:28}{best[name].seconds:9.1f}{best[name].cpu:9.1f}{peaks[name]:9.0f}")
    ours = best["mutasi"]
    faster, slower = best["papermill"].seconds / ours.seconds, ours.seconds / best["plain"].seconds
    print(f"faster than papermill one after the other: {faster:.2f} x (target: at least {TARGETS['papermill']:g})")
    print(f"seconds, ours / plain:                     {slower:.2f} (target: at most {TARGETS['plain']:g})")
    cpu = {name: best[name].cpu / ours.cpu for name in ("plain", "papermill")}
    print(f"CPU, ours / plain:                         {1 / cpu['plain']:.2f}; papermill / ours: {cpu['papermill']:.2f}")


if __name__ == "__main__":
    main()
