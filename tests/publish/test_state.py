"""What a manifest says, and when a report no longer follows from what it was made from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mutasi_analysis.publish.manifest import git_state, input_files, read_manifest, with_rows
from mutasi_analysis.publish.places import Project
from mutasi_analysis.publish.run import run_regions
from mutasi_analysis.publish.status import reasons_to_remake, state_of
from tests.publish.notebooks import GOOD, options, project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    place = project(tmp_path_factory.mktemp("project"), *GOOD)
    run_regions(place, ["bungo"], options())
    return place


def _reasons(place: Project) -> tuple[str, ...]:
    folder = place.reports / "bungo"
    manifest = read_manifest(folder)
    assert manifest is not None
    return reasons_to_remake(place, manifest, folder)


def test_an_untouched_report_is_current(made: Project) -> None:
    assert state_of(made, "bungo").state == "current"
    assert state_of(made, "alak").state == "absent"


def test_changed_new_and_missing_inputs_are_named(made: Project) -> None:
    raw = made.raw("bungo")
    before = (raw / "pegawai.csv").read_bytes()
    (raw / "pegawai.csv").write_bytes(before + b"9,x\n")
    (raw / "baru.csv").write_text("a\n", encoding="utf-8")
    assert _reasons(made) == ("masukan baru: raw/bungo/baru.csv", "masukan berubah: raw/bungo/pegawai.csv")
    (raw / "baru.csv").unlink()
    (raw / "pegawai.csv").unlink()
    assert _reasons(made) == ("masukan hilang: raw/bungo/pegawai.csv",)
    (raw / "pegawai.csv").write_bytes(before)
    assert _reasons(made) == ()


def test_a_changed_page_and_a_changed_notebook_are_told(made: Project) -> None:
    page = made.reports / "bungo" / "laporan-bungo.html"
    before = page.read_bytes()
    page.write_bytes(before + b"<!-- more -->")
    assert _reasons(made) == ("berkas laporan berubah: laporan-bungo.html",)
    page.unlink()
    (page.parent / "tambahan.txt").write_text("x", encoding="utf-8")
    assert _reasons(made) == ("berkas laporan hilang: laporan-bungo.html", "berkas laporan baru: tambahan.txt")
    (page.parent / "tambahan.txt").unlink()
    page.write_bytes(before)
    notebook = made.notebooks / "region_report.ipynb"
    text = notebook.read_bytes()
    notebook.write_bytes(text + b"\n")
    assert _reasons(made) == ("buku catatan (notebook) berubah",)
    notebook.write_bytes(text)
    assert _reasons(made) == ()


def test_other_norms_or_code_make_a_report_stale(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mutasi_analysis.publish.status.code_fingerprint", lambda: "other")
    assert _reasons(made) == ("program atau angka peraturan berubah",)


def test_the_manifest_is_complete_and_names_no_machine(made: Project) -> None:
    text = (made.reports / "bungo" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    needed = {
        "inputs",
        "norms",
        "parameters",
        "packages",
        "machine",
        "code",
        "seconds",
        "outputs",
        "warnings",
        "hidden_cells",
        "engine",
        "made_at",
    }
    assert needed <= manifest.keys()
    assert {"version", "sha256", "notebook_sha256"} <= manifest["code"].keys()
    # of the repository that the tests run in; None for both where there is none
    assert {key: manifest["code"][key] for key in ("commit", "dirty")} == git_state()
    assert str(made.root) not in text
    assert not re.search(r"/(home|root|tmp|work|Users)/", text)
    assert [entry["path"] for entry in manifest["outputs"]] == ["laporan-bungo.html", "laporan-bungo.ipynb"]


def test_leftovers_of_people_are_no_inputs(tmp_path: Path) -> None:
    for name in ("a.csv", ".hidden", "~$a.xlsx", "faults.xlsx", "Thumbs.db"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = input_files(tmp_path, tmp_path)
    assert [entry["path"] for entry in found] == ["a.csv"]
    rows = with_rows(found, [{"sha256": found[0]["sha256"], "rows": 3, "tables": "pegawai"}])
    assert (rows[0]["rows"], rows[0]["tables"]) == (3, "pegawai")
    # sha256 of "x", as printed by `printf x | sha256sum`
    assert found[0]["sha256"] == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
