"""The appendix of a report: what a manifest says, in words."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from mutasi_analysis.publish.appendix import appendix

FILES = [
    {"path": "raw/x/pegawai.csv", "rows": 12, "tables": ["pegawai"], "sha256": "ab" * 32},
    {"path": "raw/x/SINTETIS.txt", "rows": None, "tables": "", "sha256": "cd" * 32},
]


def manifest(language: str = "id") -> dict[str, Any]:
    return {
        "language": language,
        "code": {"commit": None, "dirty": False, "version": "0", "notebook": "n.ipynb", "notebook_sha256": "0" * 64},
        "packages": {}, "machine": {"python": "3.11"}, "title": "t", "parameters": {}, "hidden_cells": 2820, "warnings": [],
        "inputs": FILES, "norms": [], "region": {"code": "1.1", "level": "kota"},
    }  # fmt: skip


def keys(blocks: tuple[dict[str, Any], ...]) -> list[str]:
    return [block["key"] for block in blocks if block["kind"] == "table"]


def test_files_are_listed_once() -> None:
    told = {"kind": "table", "key": "sources"}
    assert keys(appendix(manifest(), (told,))) == ["manifest_making"]
    assert keys(appendix(manifest())) == ["manifest_making", "manifest_inputs"]
    files = appendix(manifest())[-1]
    assert files["rows"][0] == ["raw/x/pegawai.csv", "ab" * 6, "12", "data pegawai"]
    assert [column["label"] for column in files["columns"]] == ["Berkas", "Sidik jari", "Baris", "Isi"]


def test_hundreds_of_saved_results_are_a_line_for_each_region_whose_fingerprint_any_file_changes() -> None:
    files = [
        {"path": f"processed/{slug}/{n:03d}.csv", "rows": None, "tables": "", "sha256": f"{n:064x}"}
        for slug in ("b", "a")
        for n in range(150)
    ]
    told = appendix(manifest() | {"inputs": files})[-1]
    assert [row[:2] for row in told["rows"]] == [["processed/a", "150"], ["processed/b", "150"]]
    assert [column["label"] for column in told["columns"]] == ["Folder", "Banyak berkas", "Sidik jari semuanya"]
    listed = "".join(f"{entry['path']} {entry['sha256']}\n" for entry in files[150:])
    assert told["rows"][0][2] == hashlib.sha256(listed.encode()).hexdigest()[:12]
    changed = appendix(manifest() | {"inputs": [{**files[0], "sha256": "f" * 64}, *files[1:]]})[-1]
    assert [old[2] == new[2] for old, new in zip(told["rows"], changed["rows"], strict=True)] == [True, False]


@pytest.mark.parametrize(("region", "heads"), [({"code": "1.1"}, ("Wilayah", "Region")), ({}, ("Laporan", "Report"))])
def test_a_comparison_is_no_region(region: dict[str, str], heads: tuple[str, str]) -> None:
    for language, head in zip(("id", "en"), heads, strict=True):
        assert appendix(manifest(language) | {"region": region})[1]["rows"][0] == [head, "t"]


@pytest.mark.parametrize(("language", "scope"), [("id", "semua tabel yang tersimpan"), ("en", "all stored tables")])
def test_hidden_cells_are_said_to_count_all_stored_tables(language: str, scope: str) -> None:
    rows = appendix(manifest(language))[1]["rows"]
    assert [value for label, value in rows if scope in label] == ["2.820" if language == "id" else "2,820"]


def test_a_notebook_is_not_called_as_the_workbook_is() -> None:
    labels = [label for label, _ in appendix(manifest())[1]["rows"]]
    assert "Buku catatan (notebook)" in labels and "Buku kerja" not in labels
