"""What a user meets: one sentence, no traceback, the right exit code."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from mutasi_analysis.cli import main
from mutasi_analysis.cli.parser import COMMANDS
from tests.publish.notebooks import GOOD, project


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project as the working folder."""
    project(tmp_path, *GOOD, regions=())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_short_help_in_indonesian(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    text = capsys.readouterr().out
    assert "tampilkan bantuan ini" in text
    assert "show this help" not in text
    assert len(text.splitlines()) < 45


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("report bung", 2, "mutasi: Wilayah 'bung' tidak dikenal. Maksud Anda 'bungo'?"),
        ("check bung", 2, "mutasi: Wilayah 'bung' tidak dikenal. Maksud Anda 'bungo'?"),
        ("report", 2, "mutasi: Sebutkan wilayahnya (mutasi report bungo) atau pakai --all."),
        ("report --all", 2, "mutasi: Belum ada berkas di data/raw. Untuk mencoba dengan data contoh: mutasi demo"),
        ("check", 2, "mutasi: Belum ada berkas di data/raw."),
        ("check tiada.csv", 2, "mutasi: Berkas 'tiada.csv' tidak ada."),
        ("repot bungo", 2, "mutasi: perintah 'repot' tidak dikenal. Maksud Anda 'report'?"),
        ("report bungo --jobs dua", 2, "mutasi report: --jobs: nilai 'dua' tidak sah"),
        ("report bungo --jobs 0", 2, "mutasi: --jobs harus 1 atau lebih, bukan 0."),
        ("report bungo --as-of 31-12-2025", 2, "mutasi: --as-of '31-12-2025' bukan tanggal; tulis seperti 2025-12-31."),
        ("report bungo --language fr", 2, "mutasi report: --language: 'fr' tidak dikenal; pilih: 'id', 'en'"),
        ("report bungo --fast", 2, "mutasi: pilihan tidak dikenal: --fast"),
        ("verify bungo", 2, "mutasi: bungo bukan folder laporan (manifest.json tidak ada)."),
        ("new-region", 2, "mutasi new-region: isian ini wajib: KODE"),
        ("", 2, "mutasi: isian ini wajib: PERINTAH"),
    ],
)
def test_wrong_use_is_one_sentence(place: Path, capsys: pytest.CaptureFixture[str], words: str, code: int, sentence: str) -> None:
    assert main(words.split()) == code
    found = capsys.readouterr()
    assert found.err.startswith(sentence)
    assert "Traceback" not in found.err + found.out
    assert not (place / "reports").exists()


def test_a_bug_is_one_sentence_and_a_traceback_only_with_debug(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(language: str) -> str:
        raise KeyError("198501012010011001")

    monkeypatch.setattr("mutasi_analysis.dictionary.dictionary_markdown", broken)
    assert main(["dictionary"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("mutasi: kesalahan di dalam program (KeyError).")
    assert "1985" not in error
    assert main(["dictionary", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "said"), [(errno.EACCES, "tidak boleh dibaca atau ditulis"), (errno.EROFS, "tidak boleh"), (errno.ENOSPC, "disk penuh")]
)
def test_what_the_disk_refuses_is_no_bug(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def refused(language: str) -> str:
        raise OSError(number, "refused", "reports/alak")

    monkeypatch.setattr("mutasi_analysis.dictionary.dictionary_markdown", refused)
    assert main(["dictionary"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("mutasi: reports/alak: ")
    assert said in error


def test_dictionary_and_new_region(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dictionary"]) == 0
    assert "pegawai" in capsys.readouterr().out
    assert main(["dictionary", "--xlsx", "isian.xlsx"]) == 0
    assert (place / "isian.xlsx").read_bytes()[:2] == b"PK"
    assert main(["new-region", "64.74"]) == 0
    assert (place / "data" / "raw" / "bontang" / "region.toml").is_file()
    assert main(["new-region", "64.74"]) == 2
    assert "sudah punya profil" in capsys.readouterr().err


def test_a_new_region_without_files_is_no_region_of_all(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new-region", "64.74"])
    capsys.readouterr()
    assert main(["report", "--all"]) == 2
    assert "Belum ada berkas di data/raw" in capsys.readouterr().err


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    heavy = ("pandas", "matplotlib", "papermill")
    code = f"import sys, mutasi_analysis.cli.parser as p; p.build_parser(); print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"
