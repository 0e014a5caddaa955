"""Whether a report still follows from its inputs, code and parameters, and if not, why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.manifest import code_fingerprint, input_files, output_files, package_versions, read_manifest, sha256
from mutasi_analysis.publish.parameters import Value
from mutasi_analysis.publish.places import COMPARE_NOTEBOOK, COMPARISON, REGION_NOTEBOOK, Project
from mutasi_analysis.publish.swap import write_file

FAILURES = ".status"


@dataclass(frozen=True, slots=True)
class State:
    """state: "current", "stale", "failed" (the last attempt; an older report may still stand) or "absent"; reasons: one
    sentence each; made_at: of the report that stands."""

    name: str
    state: str
    reasons: tuple[str, ...] = ()
    made_at: str = ""


def reasons_to_remake(
    project: Project,
    manifest: dict[str, Any],
    folder: Path,
    wanted: dict[str, Value] | None = None,
    formats: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Why a report no longer follows from what it was made from; empty when it does. `wanted`: parameters asked for now;
    `formats`: what the report must exist in."""
    found = []
    if wanted is not None:
        asked = {name: value for name, value in wanted.items() if name != "data_root"}
        if asked != manifest["parameters"]:
            found.append("parameter berubah")
    found += [f"bentuk {form} belum ada" for form in formats if form not in manifest.get("formats", ["html"])]
    found += _input_changes(project, manifest)
    notebook = project.notebooks / (COMPARE_NOTEBOOK if manifest["slug"] == COMPARISON else REGION_NOTEBOOK)
    code = manifest["code"]
    if not notebook.is_file() or sha256(notebook) != code["notebook_sha256"]:
        found.append("buku kerja berubah")
    if code_fingerprint() != code["sha256"]:
        found.append("program atau angka peraturan berubah")
    if package_versions() != manifest["packages"]:
        found.append("versi paket berubah")
    if _by_path(output_files(folder)) != _by_path(manifest["outputs"]):
        found.append("isi folder laporan diubah setelah dibuat")
    return tuple(found)


def _input_changes(project: Project, manifest: dict[str, Any]) -> list[str]:
    before = _by_path(manifest["inputs"])
    now = _by_path(input_files(inputs_folder(project, manifest["slug"]), project.data))
    changes = []
    for path in sorted(before.keys() | now.keys()):
        if path not in now:
            changes.append(f"masukan hilang: {path}")
        elif path not in before:
            changes.append(f"masukan baru: {path}")
        elif before[path] != now[path]:
            changes.append(f"masukan berubah: {path}")
    return changes


def inputs_folder(project: Project, slug: str) -> Path:
    """The files a report is made from: a region's raw files, or the saved results for the comparison."""
    return project.data / "processed" if slug == COMPARISON else project.raw(slug)


def _by_path(entries: list[dict[str, Any]]) -> dict[str, str]:
    return {entry["path"]: entry["sha256"] for entry in entries}


def state_of(project: Project, name: str, wanted: dict[str, Value] | None = None, formats: tuple[str, ...] = ()) -> State:
    """The state of one report folder."""
    folder = project.reports / name
    manifest = read_manifest(folder)
    made_at = str(manifest.get("made_at", "")) if manifest else ""
    failure = failure_of(project, name)
    if failure is not None:
        return State(name, "failed", (str(failure["message"]),), made_at)
    if manifest is None:
        return State(name, "absent")
    reasons = reasons_to_remake(project, manifest, folder, wanted, formats)
    return State(name, "stale" if reasons else "current", reasons, made_at)


def record_failure(project: Project, name: str, message: str, made_at: str) -> None:
    """Remember that the last attempt failed; a report that stands is left as it is."""
    folder = project.reports / FAILURES
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"name": name, "message": message, "at": made_at}, ensure_ascii=False, indent=1)
    write_file(folder / f"{name}.json", text.encode())


def forget_failure(project: Project, name: str) -> None:
    (project.reports / FAILURES / f"{name}.json").unlink(missing_ok=True)


def failure_of(project: Project, name: str) -> dict[str, Any] | None:
    try:
        found = json.loads((project.reports / FAILURES / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
