"""Whether a report still follows from its inputs, code and parameters, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.failure import FAILURES, failure_of
from mutasi_analysis.publish.hashes import Hashes, sha256
from mutasi_analysis.publish.manifest import code_fingerprint, input_files, output_files, package_versions, read_manifest
from mutasi_analysis.publish.parameters import Value
from mutasi_analysis.publish.places import COMPARE_NOTEBOOK, COMPARISON, REGION_NOTEBOOK, Project

HASHES = "hashes.cache"


@dataclass(frozen=True, slots=True)
class State:
    """state: "current", "stale", "failed" (the last attempt; an older report may still stand) or "absent"; reasons: one
    sentence each; made_at: of the report that stands; failed_at: of the attempt that failed."""

    name: str
    state: str
    reasons: tuple[str, ...] = ()
    made_at: str = ""
    failed_at: str = ""


def remembered_hashes(project: Project) -> Hashes:
    """Fingerprints that earlier runs took of this project's files."""
    return Hashes(project.reports / FAILURES / HASHES)


def reasons_to_remake(
    project: Project,
    manifest: dict[str, Any],
    folder: Path,
    wanted: dict[str, Value] | None = None,
    formats: tuple[str, ...] = (),
    hashes: Hashes | None = None,
) -> tuple[str, ...]:
    """Why a report no longer follows from what it was made from; empty when it does. `wanted`: parameters asked for now;
    `formats`: what the report must exist in; `hashes`: fingerprints remembered, without them every file is read."""
    found = []
    if wanted is not None:
        asked = {name: value for name, value in wanted.items() if name != "data_root"}
        if asked != manifest["parameters"]:
            found.append("parameter berubah")
    found += [f"bentuk {form} belum ada" for form in formats if form not in manifest.get("formats", ["html"])]
    found += _input_changes(project, manifest, hashes)
    notebook = project.notebooks / (COMPARE_NOTEBOOK if manifest["slug"] == COMPARISON else REGION_NOTEBOOK)
    code = manifest["code"]
    if not notebook.is_file() or sha256(notebook) != code["notebook_sha256"]:
        found.append("buku catatan (notebook) berubah")
    if code_fingerprint() != code["sha256"]:
        found.append("program atau angka peraturan berubah")
    if package_versions() != manifest["packages"]:
        found.append("versi paket berubah")
    found += _changes("berkas laporan", manifest["outputs"], output_files(folder, hashes))
    return tuple(found)


def _input_changes(project: Project, manifest: dict[str, Any], hashes: Hashes | None) -> list[str]:
    return _changes("masukan", manifest["inputs"], input_files(inputs_folder(project, manifest["slug"]), project.data, hashes))


def _changes(what: str, then: list[dict[str, Any]], today: list[dict[str, Any]]) -> list[str]:
    """One sentence for each file that is gone, new or another than it was."""
    before, now = _by_path(then), _by_path(today)
    changes = []
    for path in sorted(before.keys() | now.keys()):
        if path not in now:
            changes.append(f"{what} hilang: {path}")
        elif path not in before:
            changes.append(f"{what} baru: {path}")
        elif before[path] != now[path]:
            changes.append(f"{what} berubah: {path}")
    return changes


def inputs_folder(project: Project, slug: str) -> Path:
    """The files a report is made from: a region's raw files, or the saved results for the comparison."""
    return project.data / "processed" if slug == COMPARISON else project.raw(slug)


def _by_path(entries: list[dict[str, Any]]) -> dict[str, str]:
    return {entry["path"]: entry["sha256"] for entry in entries}


def state_of(
    project: Project,
    name: str,
    wanted: dict[str, Value] | None = None,
    formats: tuple[str, ...] = (),
    hashes: Hashes | None = None,
) -> State:
    """The state of one report folder; see `reasons_to_remake`."""
    folder = project.reports / name
    manifest = read_manifest(folder)
    made_at = str(manifest.get("made_at", "")) if manifest else ""
    failure = failure_of(project, name)
    if failure is not None:
        return State(name, "failed", tuple(str(failure["message"]).splitlines()), made_at, str(failure["at"]))
    if manifest is None:
        return State(name, "absent")
    reasons = reasons_to_remake(project, manifest, folder, wanted, formats, hashes)
    return State(name, "stale" if reasons else "current", reasons, made_at)
