"""What a report was made from: fingerprints, versions, parameters. No machine path, no personal data."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.hashes import Hashes, sha256

MANIFEST = "manifest.json"
PACKAGES = (
    "numpy",
    "pandas",
    "scipy",
    "matplotlib",
    "papermill",
    "ipykernel",
    "python-calamine",
    "jinja2",
    "markdown-it-py",
    "babel",
    "xlsxwriter",
    "typst",
    "pypandoc_binary",
)
_IGNORED = (".DS_Store", "Thumbs.db", "faults.xlsx")


def input_files(folder: Path, root: Path, hashes: Hashes | None = None) -> list[dict[str, Any]]:
    """Every file under a folder: path relative to `root` with forward slashes, sha256, bytes; sorted. Files that people
    and programs leave behind (lock files of Excel, hidden files, our own faults.xlsx) are no inputs. hashes: fingerprints
    remembered; without them every file is read."""
    digest = hashes.of if hashes else sha256
    found = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.name not in _IGNORED:
            found.append({"path": path.relative_to(root).as_posix(), "sha256": digest(path), "bytes": path.stat().st_size})
    return found


def with_rows(inputs: list[dict[str, Any]], sources: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Inputs with the rows and tables that the evaluation read from them, matched by fingerprint."""
    read = {source["sha256"]: source for source in sources}
    return [
        {**entry, "rows": read.get(entry["sha256"], {}).get("rows"), "tables": read.get(entry["sha256"], {}).get("tables", "")}
        for entry in inputs
    ]


@cache
def code_fingerprint() -> str:
    """One sha256 over every Python, TOML, text, template and style file of the package, in the order of their names."""
    package = Path(__file__).resolve().parents[1]
    total = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".toml", ".txt", ".j2", ".css", ".js", ".typ") and "__pycache__" not in path.parts:
            total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


@cache
def package_versions() -> dict[str, str]:
    """Installed versions of what a report is computed with."""
    from importlib import metadata

    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def git_state() -> dict[str, Any]:
    """commit and dirty of the repository this package is run from; both None for an installed package or without git."""
    root = Path(__file__).resolve().parents[2]
    if not (root / "pyproject.toml").is_file():
        return {"commit": None, "dirty": None}
    try:
        commit = _git(root, "rev-parse", "HEAD")
        dirty = bool(_git(root, "status", "--porcelain", "--untracked-files=no"))
    except (OSError, subprocess.SubprocessError):
        return {"commit": None, "dirty": None}
    return {"commit": commit, "dirty": dirty}


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, timeout=10, check=True)
    return done.stdout.strip()


def machine() -> dict[str, str]:
    """Kind of machine, without its name."""
    return {"python": platform.python_version(), "system": sys.platform, "processor": platform.machine()}


def output_files(folder: Path, hashes: Hashes | None = None) -> list[dict[str, Any]]:
    """Fingerprints of a finished report's files, the manifest left out."""
    return [entry for entry in input_files(folder, folder, hashes) if entry["path"] != MANIFEST]


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    text = json.dumps({**manifest, "outputs": output_files(folder)}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a report; None where there is none that can be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
