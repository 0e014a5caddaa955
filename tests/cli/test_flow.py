"""The commands one after the other on a small project, as a user types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutasi_analysis.cli import main
from mutasi_analysis.cli.explore import lab_command
from tests.publish.notebooks import GOOD, project

COMPARE = ("from mutasi_analysis.blocks import Prose\nProse('# Banding', role='heading')",)
BROKEN = (*GOOD[:2], "from mutasi_analysis.sources import read_file\n_ = read_file(f'{data_root}/raw/{region}/pegawai.csv')")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project(tmp_path, *GOOD, regions=("alak", "bungo"), compare=COMPARE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_report_status_verify_and_again(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--all"]) == 0
    first = capsys.readouterr()
    assert [line.partition(":")[0] for line in first.out.splitlines()] == ["alak", "bungo", "perbandingan", "Buka"]
    assert first.err == ""
    for name in ("alak/laporan-alak.html", "bungo/laporan-bungo.html", "perbandingan/laporan-perbandingan.html", "index.html"):
        assert (place / "reports" / name).is_file()
    assert main(["report", "Kabupaten Bungo"]) == 0
    assert "bungo: tidak berubah sejak laporan terakhir, dilewati" in capsys.readouterr().out
    assert main(["status"]) == 0
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["alak", "sesuai"],
        ["bungo", "sesuai"],
        ["perbandingan", "sesuai"],
    ]
    assert main(["verify", "reports/bungo"]) == main(["verify", "bungo"]) == 0
    capsys.readouterr()
    (place / "data" / "raw" / "bungo" / "pegawai.csv").write_text("nip;nama\n", encoding="utf-8")
    assert main(["verify", "bungo"]) == 3
    assert "masukan berubah: raw/bungo/pegawai.csv" in capsys.readouterr().err
    assert main(["status"]) == 0
    told = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "usang" in told["bungo"] and "sesuai" in told["alak"]
    assert told["perbandingan"].endswith("hasil wilayah ini sendiri usang atau gagal: bungo")


def test_a_region_with_a_broken_file_fails_alone_with_exit_code_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guarded = (*BROKEN[:2], "if region == 'bungo':\n    " + BROKEN[2].replace("\n", "\n    "))
    place = project(tmp_path, *guarded, regions=("alak", "bungo"), compare=COMPARE)
    monkeypatch.chdir(tmp_path)
    (place.raw("bungo") / "pegawai.csv").write_text("NIP;Nama;Unit;Jabatan\n123;Budi Santoso;x;y\n", encoding="utf-8")
    assert main(["report", "alak", "bungo"]) == 4
    found = capsys.readouterr()
    assert "bungo: GAGAL: " in found.err
    assert "pegawai.csv, baris 2" in found.err
    assert "Budi" not in found.err and "Traceback" not in found.err
    assert "1 dari 2 laporan gagal: bungo. Yang lain selesai." in found.err
    assert (place.reports / "alak" / "laporan-alak.html").is_file()
    assert main(["status"]) == 0
    assert ["bungo", "gagal"] in [line.split()[:2] for line in capsys.readouterr().out.splitlines()]


def test_check_writes_the_faults_and_says_so_by_its_exit_code(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "salah.csv").write_text("NIP;Nama;Unit;Jabatan\n123;Budi Santoso;x;y\n", encoding="utf-8")
    assert main(["check", "salah.csv", "--xlsx", "faults.xlsx"]) == 3
    out = capsys.readouterr().out
    assert "salah.csv, baris 2" in out
    assert "Budi" not in out
    assert (place / "faults.xlsx").read_bytes()[:2] == b"PK"


def test_demonstration_data_is_made_once_and_never_over_real_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path, *GOOD, regions=())
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "--region", "alak"]) == 0
    raw = tmp_path / "data" / "raw" / "alak"
    first = {path.name: path.read_bytes() for path in raw.iterdir()}
    assert "SINTETIS.txt" in first
    assert main(["demo", "--region", "alak", "--force"]) == 0
    assert {path.name: path.read_bytes() for path in raw.iterdir()} == first
    assert main(["demo", "--region", "alak"]) == 0
    assert "sudah ada berkas di data/raw/alak, tidak diubah" in capsys.readouterr().out
    (raw / "SINTETIS.txt").unlink()
    assert main(["demo", "--region", "alak", "--force"]) == 2
    assert "berisi berkas nyata" in capsys.readouterr().err
    assert main(["check", "alak"]) == 0


def test_jupyterlab_opens_the_notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert lab_command(tmp_path, browser=False)[1:] == ["-m", "jupyterlab", str(tmp_path), "--no-browser"]
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    assert lab_command(tmp_path, browser=True)[-1] == "--allow-root"
