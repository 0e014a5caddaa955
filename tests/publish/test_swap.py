"""Folders appear whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mutasi_analysis.errors import UsageError
from mutasi_analysis.publish.places import report_name, report_stem
from mutasi_analysis.publish.swap import only_writer, publish_folder, repair, work_folder, write_file


def _folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    for name in ("a", "b"):
        (path / name).write_text(text, encoding="utf-8")
    return path


def _content(path: Path) -> list[str]:
    return [(path / name).read_text(encoding="utf-8") for name in ("a", "b")]


def test_new_folder_takes_the_place_of_the_old(tmp_path: Path) -> None:
    _folder(tmp_path / "bungo", "old")
    publish_folder(_folder(work_folder(tmp_path) / "x", "new"), tmp_path / "bungo")
    assert _content(tmp_path / "bungo") == ["new", "new"]
    assert list(work_folder(tmp_path).iterdir()) == []


@pytest.mark.parametrize("step", [1, 2])
def test_stopped_after_either_rename_the_next_start_finds_a_whole_folder(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder(tmp_path / "bungo", "old")
    new = _folder(work_folder(tmp_path) / "x", "new")
    done = []
    rename = Path.replace

    def stopping(self: Path, target: Path) -> Path:
        result = rename(self, target)
        done.append(target)
        if len(done) == step:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(Path, "replace", stopping)
    with pytest.raises(KeyboardInterrupt):
        publish_folder(new, tmp_path / "bungo")
    monkeypatch.undo()
    repair(tmp_path)
    assert _content(tmp_path / "bungo") == (["old", "old"] if step == 1 else ["new", "new"])
    assert list(work_folder(tmp_path).iterdir()) == []


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "index.html", b"one")
    write_file(tmp_path / "index.html", b"two")
    assert (tmp_path / "index.html").read_bytes() == b"two"


def test_only_one_writer_and_a_dead_one_lets_go(tmp_path: Path) -> None:
    hold = f"""
import os, sys, time
from pathlib import Path
from mutasi_analysis.publish.swap import only_writer
with only_writer(Path({str(tmp_path)!r})):
    print("held", flush=True)
    time.sleep(60)
"""
    other = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    with pytest.raises(UsageError, match="Proses lain sedang menulis"), only_writer(tmp_path):
        pass
    other.kill()
    other.wait()
    with only_writer(tmp_path):
        pass


@pytest.mark.parametrize("slug", ["..", "a/b", "/etc", "", ".hidden", "A", "a.b", "con\n", "a" * 65, "-x"])
def test_names_cannot_leave_the_reports_folder(slug: str) -> None:
    with pytest.raises(UsageError, match="tidak boleh dipakai"):
        report_name(slug, "id")


def test_names_of_reports() -> None:
    assert (report_name("bungo", "id"), report_name("bungo", "en")) == ("bungo", "bungo.en")
    assert (report_stem("bungo", "id"), report_stem("bungo", "en")) == ("laporan-bungo", "report-bungo")
    with pytest.raises(UsageError, match="Bahasa 'fr' tidak dikenal; pilih: id, en"):
        report_name("bungo", "fr")
