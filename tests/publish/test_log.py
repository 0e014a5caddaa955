"""Events as JSON lines, time left, workers that a machine bears, fingerprints remembered."""

from __future__ import annotations

import io
import json
import os
import time
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace

import pytest

from mutasi_analysis.cli import main
from mutasi_analysis.cli.report import _told
from mutasi_analysis.errors import RunError
from mutasi_analysis.publish.hashes import Hashes, sha256
from mutasi_analysis.publish.pace import Pace
from mutasi_analysis.publish.progress import Lines, clock
from mutasi_analysis.publish.resources import WORKER_MB, jobs_for
from mutasi_analysis.publish.run import run_regions
from mutasi_analysis.publish.tasks import Outcome
from tests.publish.notebooks import GOOD, options, project

NAME = "Siti Rahmawati"


def test_every_event_is_a_line_of_json_without_persons(tmp_path: Path) -> None:
    bad = f"if region == 'bungo':\n    raise ValueError('{NAME}')"
    place = project(tmp_path, *GOOD, bad, regions=("alak", "bungo"))
    stream = io.StringIO()
    run_regions(place, ["alak", "bungo"], options(), Lines(stream))
    assert NAME not in stream.getvalue() and "Traceback" not in stream.getvalue()
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert events[0] | {"time": ""} == {"time": "", "event": "planned", "reports": ["alak", "bungo"], "jobs": 2}
    alak = [event for event in events if event.get("report") == "alak"]
    assert [e["cell"] for e in alak if e["event"] == "cell"] == list(range(1, alak[1]["cells"] + 1))
    assert [e["event"] for e in alak if e["event"] != "cell"] == ["started", "stage", "ended"]
    ended = {e["report"]: e for e in events if e["event"] == "ended"}
    assert ended["alak"]["status"] == "done"
    assert (ended["bungo"]["status"], ended["bungo"]["kind"], ended["bungo"]["cell"]) == ("failed", "error", len(GOOD) + 3)
    again = io.StringIO()
    run_regions(place, ["alak"], options(), Lines(again))
    assert [json.loads(line).get("status") for line in again.getvalue().splitlines()] == [None, "current"]


def test_every_form_is_a_stage_and_one_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    place = project(tmp_path, *GOOD)
    stream = io.StringIO()
    (outcome,) = run_regions(place, ["bungo"], options(formats=("xlsx", "md")), Lines(stream))
    stages = [event["stage"] for line in stream.getvalue().splitlines() if (event := json.loads(line))["event"] == "stage"]
    assert stages == ["xlsx", "md", "html"]
    assert outcome.warnings == ()


def test_stderr_holds_nothing_but_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, *GOOD[:2], "1 / 0")
    monkeypatch.chdir(tmp_path)
    assert main(["report", "bungo", "--log", "json"]) == 4
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[-1]["event"] == "error"
    assert (lines[-1]["exit_code"], lines[-1]["message"]) == (4, "1 dari 1 laporan gagal: bungo.")


def test_time_left_by_hand() -> None:
    pace = Pace(("a", "b", "c"), 2, {})
    assert pace.seconds_left() is None
    pace.ended("a", 10.0, well=True)
    assert pace.seconds_left() == pytest.approx(10.0)  # two reports of 10 s on two workers
    pace.cell("b", 5, 10)
    assert pace.seconds_left() == pytest.approx(10.0)  # b: 1 - 0.9 · 5/10 = 0.55 → 5.5 s, but c alone takes 10 s
    pace.ended("c", 1.0, well=False)
    assert pace.seconds_left() == pytest.approx(5.5)  # a failed report says nothing of how long others take
    pace.stage("b")
    assert pace.seconds_left() == pytest.approx(1.0)  # a tenth is left for writing pages


def test_time_left_from_last_time_scaled_by_this_time() -> None:
    pace = Pace(("a", "b"), 1, {"a": 4.0, "b": 6.0})
    assert pace.seconds_left() == pytest.approx(10.0)
    pace.ended("a", 8.0, well=True)
    assert pace.seconds_left() == pytest.approx(12.0)  # twice as slow as last time


def test_clock() -> None:
    assert [clock(7.4), clock(750), clock(3723)] == ["0:07", "12:30", "1:02:03"]


@pytest.mark.parametrize(
    ("tasks", "cores", "free", "jobs"),
    [(5, 2, None, 2), (1, 8, None, 1), (50, 8, 3 * WORKER_MB, 3), (50, 8, 10, 1), (50, 4, 10**6, 4)],
)
def test_workers_are_bounded_by_cores_memory_and_tasks(tasks: int, cores: int, free: int | None, jobs: int) -> None:
    assert jobs_for(tasks, cores=cores, free_mb=free) == jobs


def _settled(path: Path, text: str) -> Path:
    """A file that changed some time ago, as far as the fingerprints can tell: they are asked later than it was written."""
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.skipif(os.name != "posix", reason="change times are those of the system only on POSIX")
def test_a_remembered_fingerprint_is_believed_only_while_nothing_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, path = tmp_path / "store", _settled(tmp_path / "a.csv", "eins")
    monkeypatch.setattr("mutasi_analysis.publish.hashes.time.time", lambda: path.stat().st_ctime + 10.0)
    first = Hashes(store)
    assert first.of(path) == sha256(path)
    first.save()
    read: list[Path] = []
    monkeypatch.setattr("mutasi_analysis.publish.hashes.sha256", lambda p: (read.append(p), sha256(p))[1])
    assert Hashes(store).of(path) == sha256(path)
    assert read == []
    before = path.stat()
    path.write_text("zwei", encoding="utf-8")  # the same length …
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # … and the old time put back
    assert Hashes(store).of(path) == sha256(path)
    assert read == [path]


def test_a_file_written_a_moment_ago_is_not_remembered(tmp_path: Path) -> None:
    store, path = tmp_path / "store", _settled(tmp_path / "a.csv", "eins")
    hashes = Hashes(store)
    hashes.of(path)
    hashes.save()
    assert not store.exists() or str(path) not in json.loads(store.read_text(encoding="utf-8"))


def test_a_broken_store_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "store").write_text('{"x": ', encoding="utf-8")
    path = _settled(tmp_path / "a.csv", "eins")
    assert Hashes(tmp_path / "store").of(path) == sha256(path)


def test_fifty_unchanged_reports_are_looked_at_in_less_than_a_second(tmp_path: Path) -> None:
    regions = tuple(f"wilayah-{n:02d}" for n in range(50))
    place = project(tmp_path, *GOOD[:3], regions=regions)
    run_regions(place, regions[:1], options())
    made = place.reports / regions[0]
    for region in regions[1:]:
        manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
        target = place.reports / region
        target.mkdir()
        for name in (entry["path"] for entry in manifest["outputs"]):
            (target / name).write_bytes((made / name).read_bytes())
        entry = {"path": f"raw/{region}/pegawai.csv", "sha256": sha256(place.raw(region) / "pegawai.csv")}
        own = {"name": region, "slug": region, "inputs": [entry], "parameters": {**manifest["parameters"], "region": region}}
        (target / "manifest.json").write_text(json.dumps({**manifest, **own}), encoding="utf-8")
    began = time.process_time()
    outcomes = run_regions(place, regions, options())
    assert {outcome.status for outcome in outcomes} == {"current"}
    assert time.process_time() - began < 1.0


def test_a_form_that_could_not_be_made_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Outcome("bungo", "done", 1.0, warnings=("XLSX gagal dibuat (ValueError)",))
    stream = io.StringIO()
    Lines(stream).ended(SimpleNamespace(name="bungo"), outcome)  # type: ignore[arg-type]
    assert json.loads(stream.getvalue())["warnings"] == ["XLSX gagal dibuat (ValueError)"]
    for log, told in (("text", "bungo: XLSX gagal dibuat (ValueError)\n"), ("json", "")):
        with pytest.raises(RunError, match=r"^Tidak semua bentuk yang diminta dapat dibuat: bungo\.$"):
            _told(project(tmp_path / log), [outcome], Namespace(log=log, debug=False, language="id"))
        assert capsys.readouterr().err == told
