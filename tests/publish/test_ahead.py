"""Regions read ahead: the same tables as when they are read in place, and never what no longer stands in the files."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from mutasi_analysis.entities import RegionData
from mutasi_analysis.errors import DataError
from mutasi_analysis.profiles import load_profile
from mutasi_analysis.publish import ahead as reading
from mutasi_analysis.publish import pool
from mutasi_analysis.publish.ahead import NOTHING, Ahead, Place, ahead_of, read_regions
from mutasi_analysis.publish.progress import Paced
from mutasi_analysis.publish.tasks import Limits, Outcome, Task
from mutasi_analysis.sources import ahead as kept
from mutasi_analysis.sources import load_region, region
from mutasi_analysis.synthetic import synthesize
from mutasi_analysis.synthetic.files import write_region

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="elsewhere than on Linux nothing is read ahead")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two demonstration regions at a tenth of their size."""
    root = tmp_path_factory.mktemp("ahead")
    for slug in ("alak", "bungo"):
        profile = load_profile(slug)
        write_region(synthesize(profile, seed=3, scale=0.1), profile, root / "raw")
    load_region(load_profile("alak"), root)  # makes the key
    return root


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    kept._kept.clear()


def _task(root: Path, slug: str, as_of: str = "") -> Task:
    parameters = (("region", slug), ("data_root", str(root)), ("as_of", as_of), ("language", "id"), ("seed", 0))
    return Task(slug, slug, "id", root, parameters, root, root / "raw" / slug, root, "", "", limits=Limits())


def _not_read(*_: object) -> RegionData:
    raise AssertionError("the files were read again")


def _equal(one: RegionData, other: RegionData) -> None:
    assert list(one.tables) == list(other.tables)
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], obj=name)
    pd.testing.assert_frame_equal(one.complaints, other.complaints)
    pd.testing.assert_frame_equal(one.confirmed_education, other.confirmed_education)
    for name in ("code", "synthetic", "sources", "notes"):
        assert getattr(one, name) == getattr(other, name), name


def _laid_down(task: Task) -> Place:
    place = Place(os.memfd_create("test"))
    place.fill(task)
    return place


def test_another_process_reads_what_this_one_would_have_read(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = (_task(made, "alak"), _task(made, "bungo"))
    direct = {task.slug: load_region(load_profile(task.slug), made) for task in tasks}
    ahead = Ahead(tasks)
    monkeypatch.setattr(region, "read_region", _not_read)
    try:
        assert ahead._process is not None
        ahead._process.join(timeout=120)
        for task in tasks:
            place = ahead.place(task)
            assert place is not None
            place.take()
            _equal(load_region(load_profile(task.slug), made), direct[task.slug])
        with pytest.raises(AssertionError, match="read again"):  # given out once
            load_region(load_profile("bungo"), made)
    finally:
        ahead.close()


def test_the_day_of_head_counts_is_part_of_the_question(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _laid_down(_task(made, "alak", as_of="2024-06-30")).take()
    monkeypatch.setattr(region, "read_region", _not_read)
    with pytest.raises(AssertionError, match="read again"):
        load_region(load_profile("alak"), made)
    load_region(replace(load_profile("alak"), as_of=date(2024, 6, 30)), made)


def test_a_file_that_changed_since_is_read_again(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = _laid_down(_task(made, "bungo"))
    path = next(path for path in sorted((made / "raw" / "bungo").rglob("*")) if path.suffix in (".csv", ".xlsx"))
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    place.take()
    monkeypatch.setattr(region, "read_region", _not_read)
    with pytest.raises(AssertionError, match="read again"):
        load_region(load_profile("bungo"), made)


def test_faults_and_warnings_are_left_to_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "raw" / "alak"
    folder.mkdir(parents=True)
    (folder / "pegawai.csv").write_text("nip;nama\n1;2\n", encoding="utf-8")
    _laid_down(_task(tmp_path, "alak")).take()
    assert not kept._kept
    with pytest.raises(DataError):
        load_region(load_profile("alak"), tmp_path)

    def warns(*_: object) -> None:
        warnings.warn("odd file", UserWarning, stacklevel=1)

    monkeypatch.setattr(region, "read_region", warns)
    _laid_down(_task(tmp_path, "alak")).take()
    assert not kept._kept


def test_a_worker_that_comes_first_reads_for_itself(made: Path) -> None:
    handle = os.memfd_create("test")
    filler = Place(os.dup(handle))
    Place(handle).take()
    filler.fill(_task(made, "alak"))
    assert os.pread(filler._handle, 10, 0) == NOTHING
    filler.close()
    assert not kept._kept


def test_nothing_is_begun_once_there_is_enough(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    monkeypatch.setattr(os, "dup2", lambda *_: None)
    monkeypatch.setattr("gc.disable", lambda: None)
    theirs, ours = multiprocessing.Pipe(duplex=False)
    ours.close()
    place = Place(os.memfd_create("test"))
    read_regions((_task(made, "alak"),), (place,), theirs)
    assert os.fstat(place._handle).st_size == 0
    place.close()


@pytest.mark.parametrize(
    ("reports", "jobs", "cores", "lasting", "displacing"),
    [
        (4, 2, 2, False, False),  # two each: nobody has time
        (5, 2, 2, True, True),  # three and two: the one with two reads first
        (5, 2, 4, True, False),  # two cores are left over
        (4, 2, 3, True, False),
        (3, 1, 2, True, False),
        (9, 4, 4, True, True),
    ],
)
def test_reading_lasts_where_somebody_has_time(
    made: Path, monkeypatch: pytest.MonkeyPatch, reports: int, jobs: int, cores: int, lasting: bool, displacing: bool
) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr(reading, "cores", lambda: cores)
    monkeypatch.setattr(reading, "Ahead", lambda tasks, **how: asked.update(how, tasks=len(tasks)))
    ahead_of((_task(made, "alak"),) * reports, jobs)
    assert asked == {"lasting": lasting, "displacing": displacing, "tasks": min(reports, 2 * jobs + 1)}


@pytest.mark.parametrize("displacing", [True, False])
def test_a_lasting_reader_reads_on_and_its_core_is_free_when_it_is_over(made: Path, displacing: bool) -> None:
    tasks = (_task(made, "alak"), _task(made, "bungo"))
    ahead = Ahead(tasks, lasting=True, displacing=displacing)
    try:
        assert (ahead.in_place_of_worker() is not None) == displacing
        ahead.imported()  # long before anything is read
        ahead._process.join(timeout=120)
        assert ahead.in_place_of_worker() is None
        places = [ahead.place(task) for task in tasks]
        assert all(place is not None and os.fstat(place._handle).st_size > len(NOTHING) for place in places)
        for place in places:
            assert place is not None
            place.close()
    finally:
        ahead.close()


def test_a_worker_waits_for_the_core_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three reports, two workers: one runs while the reader is at it, two as soon as it is over, whatever the first one does."""
    reader = 99  # never waited on here
    at_once: list[int] = []

    class Reader(Ahead):
        def in_place_of_worker(self) -> int | None:
            return reader if len(at_once) < 2 else None

    def start(_: object, task: Task, __: Ahead) -> pool._Running:
        return pool._Running(task, None, None, 0.0, 0.0)  # type: ignore[arg-type]

    def ended(running: list[pool._Running], _: object, also: tuple[int, ...]) -> list[pool._Running]:
        at_once.append(len(running))
        assert also == ((reader,) if len(at_once) <= 2 else ())
        if len(at_once) <= 2:  # the reader's news only
            return []
        running[0].outcome = Outcome(running[0].task.name, "done")
        return [running[0]]

    monkeypatch.setattr(pool, "_ahead", lambda *_: Reader(()))
    monkeypatch.setattr(pool, "_context", lambda _: None)
    monkeypatch.setattr(pool, "_start", start)
    monkeypatch.setattr(pool, "_ended", ended)
    tasks = tuple(replace(_task(Path(), "alak"), name=name) for name in ("one", "two", "three"))
    done = pool.run_tasks(tasks, jobs=2, progress=Paced(), finish=lambda _, outcome: outcome)
    assert [outcome.name for outcome in done] == ["one", "two", "three"]
    assert at_once == [1, 1, 2, 2, 1]
