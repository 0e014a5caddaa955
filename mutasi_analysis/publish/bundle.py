"""The academic bundle: everything a paper needs from the saved results, in one folder and one zip that recompute their own tables."""

from __future__ import annotations

import json
import secrets
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from mutasi_analysis.across.latex import LAYOUTS, cells
from mutasi_analysis.errors import UsageError
from mutasi_analysis.publish import bundle_recompute
from mutasi_analysis.publish.bundle_data import codebook, data_frames
from mutasi_analysis.publish.bundle_figures import bundle_pictures, drawn
from mutasi_analysis.publish.bundle_methods import bibliography, methods_text
from mutasi_analysis.publish.bundle_word import word_file
from mutasi_analysis.publish.bundle_zip import zipped
from mutasi_analysis.publish.hashes import sha256
from mutasi_analysis.publish.manifest import MANIFEST, code_fingerprint, git_state, input_files, package_versions, write_manifest
from mutasi_analysis.publish.results import ProcessedResults, load_results
from mutasi_analysis.publish.swap import only_writer, publish_folder, work_folder, write_file
from mutasi_analysis.wording import Words

NAME = "mutasi-ekspor"
#: what travels so that the tables can be recomputed without this package.
_CODE = (
    "estimate.py",
    *(f"comparison/{name}.py" for name in ("__init__", "between", "influence", "metaregression", "multiplicity", "pooling", "shrinkage")),
    *(f"across/{name}.py" for name in ("effects", "journal", "latex", "leaving", "ranking")),
)
_MAKEFILE = "PYTHON ?= python3\n\nall:\n\t$(PYTHON) recompute.py\n\n.PHONY: all\n"


def write_bundle(data_root: Path, to: Path, *, language: str = "id", seed: int = 0) -> Path:
    """Write `to/mutasi-ekspor/` and `to/mutasi-ekspor.zip`; the same results, code and language give the same bytes. Returns the zip.

    Raises MissingDataError where no results are saved, UsageError where the folder holds something else.
    """
    results = load_results(data_root)
    final = to / NAME
    if final.exists() and not (final / MANIFEST).is_file():
        raise UsageError(f"Folder {final.name} sudah ada dan bukan hasil ekspor; pilih tempat lain dengan --to.")
    to.mkdir(parents=True, exist_ok=True)
    with only_writer(to):
        work = work_folder(to) / f"{NAME}-{secrets.token_hex(4)}"
        _fill(work, results, Words(language), seed)
        write_manifest(work, _manifest(data_root, results, language, seed))
        parts = {f"{NAME}/{path.relative_to(work).as_posix()}": path.read_bytes() for path in sorted(work.rglob("*")) if path.is_file()}
        publish_folder(work, final)
        write_file(to / f"{NAME}.zip", zipped(parts))
    return to / f"{NAME}.zip"


def _fill(work: Path, results: ProcessedResults, words: Words, seed: int) -> None:
    import mutasi_analysis

    frames = data_frames(results, words, seed=seed)
    csv = {f"data/{name}.csv": _csv(frame) for name, frame in frames.items()}
    _write(work, csv | {"codebook.csv": _csv(codebook(frames))})
    _write(work, {f"tables/{name}": text.encode("utf-8") for name, text in bundle_recompute.recomputed(work).items()})
    _write(work, {"tables/tables.docx": _word(work)})
    _write(work, {f"figures/{name}": content for name, content in drawn(bundle_pictures(results, words, seed=seed)).items()})
    texts = {
        "README.md": words("export.readme", version=mutasi_analysis.__version__),
        "methods.md": methods_text(results, words, seed=seed),
        "references.bib": bibliography(results),
        "Makefile": _MAKEFILE,
        "requirements.txt": "".join(f"{name}=={package_versions()[name]}\n" for name in ("numpy", "pandas", "scipy")),
        "recompute.py": Path(bundle_recompute.__file__).read_text(encoding="utf-8"),
    }
    _write(work, {name: text.encode("utf-8") for name, text in (texts | _code()).items()})


def _code() -> dict[str, str]:
    package = files("mutasi_analysis")
    copied = {f"code/mutasi_analysis/{name}": package.joinpath(name).read_text(encoding="utf-8") for name in _CODE}
    blank = {
        f"code/mutasi_analysis/{name}": '"""The part of mutasi-analysis that recomputes the tables."""\n'
        for name in ("__init__.py", "across/__init__.py")
    }
    return copied | blank


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode("utf-8")


def _word(work: Path) -> bytes:
    labels = _pairs(work / "data" / "labels.csv", "key", "label")
    scales = _pairs(work / "data" / "outcomes.csv", "outcome", "scale")
    tables = []
    for name, layout in LAYOUTS.items():
        table = pd.read_csv(work / "tables" / f"{name}.csv")
        tables.append((labels[f"caption.{name}"], cells(table, layout, labels, scales)))
    return word_file(tables)


def _pairs(path: Path, key: str, value: str) -> dict[str, Any]:
    frame = pd.read_csv(path)
    return {str(name): found for name, found in zip(frame[key], frame[value], strict=True)}


def _write(folder: Path, parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _manifest(data_root: Path, results: ProcessedResults, language: str, seed: int) -> dict[str, object]:
    """Inputs are the saved results; each names the report run that made it by its own fingerprint."""
    import mutasi_analysis

    processed = data_root / "processed"
    inputs = [entry for slug in results.regions["slug"] for entry in input_files(processed / slug, processed)]
    regions = json.loads(results.regions.to_json(orient="records"))
    code = {
        "version": mutasi_analysis.__version__,
        "sha256": code_fingerprint(),
        "recompute_sha256": sha256(Path(bundle_recompute.__file__)),
    }
    return {
        "schema": 1, "name": NAME, "language": language, "seed": seed, "inputs": inputs, "regions": regions,
        "code": code | git_state(), "packages": package_versions(),
    }  # fmt: skip
