"""Reports of many regions, and the comparison: what must be made is made, each whole or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.documents import FORMATS
from mutasi_analysis.publish.failure import forget_failure, record_failure
from mutasi_analysis.publish.index_key import index_is_current, remember_index
from mutasi_analysis.publish.manifest import code_fingerprint, git_state, read_manifest
from mutasi_analysis.publish.order import in_order
from mutasi_analysis.publish.parameters import CompareParameters, ReportParameters, Value, check_parameters
from mutasi_analysis.publish.places import COMPARE_NOTEBOOK, COMPARISON, REGION_NOTEBOOK, Project, report_name
from mutasi_analysis.publish.pool import run_tasks, warm_up
from mutasi_analysis.publish.progress import Paced
from mutasi_analysis.publish.status import inputs_folder, remembered_hashes, state_of
from mutasi_analysis.publish.swap import only_writer, publish_folder, work_folder
from mutasi_analysis.publish.tasks import Limits, Outcome, Task


@dataclass(frozen=True, slots=True)
class Options:
    """language: "id" or "en"; jobs: workers at a time; as_of: ISO day or ""; force: remake what is current, too;
    engine: "fork" or "kernel"; made_at: ISO time written into the reports; formats: of the reports, empty for those that
    stand already (the page where none stands)."""

    language: str
    jobs: int
    made_at: str
    engine: str
    seed: int = 0
    as_of: str = ""
    force: bool = False
    formats: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)


def run_regions(project: Project, slugs: Sequence[str], options: Options, progress: Paced | None = None) -> tuple[Outcome, ...]:
    """Make the reports of regions; one outcome each, in their order. A failure is recorded and the others are finished.

    Raises UsageError before anything starts: a name that cannot be a folder, a parameter that the notebook lacks,
    another run that writes to the same folder."""
    asked = [_asked(project, slug, options) for slug in dict.fromkeys(slugs)]
    return _run(project, asked, options, progress or Paced())


def run_comparison(project: Project, options: Options, progress: Paced | None = None) -> Outcome:
    """Make the comparison from the saved results of the regions."""
    parameters = CompareParameters(str(project.data), options.language, options.seed).values()
    name = report_name(COMPARISON, options.language)
    asked = _Asked(COMPARISON, name, project.notebooks / COMPARE_NOTEBOOK, parameters, _formats(project, name, options))
    return _run(project, [asked], options, progress or Paced())[0]


@dataclass(frozen=True, slots=True)
class _Asked:
    slug: str
    name: str
    notebook: Path
    parameters: dict[str, Value]
    formats: tuple[str, ...]


def _asked(project: Project, slug: str, options: Options) -> _Asked:
    parameters = ReportParameters(slug, str(project.data), options.as_of, options.language, options.seed).values()
    name = report_name(slug, options.language)
    return _Asked(slug, name, project.notebooks / REGION_NOTEBOOK, parameters, _formats(project, name, options))


def _formats(project: Project, name: str, options: Options) -> tuple[str, ...]:
    """The formats asked for, else those of the report that stands: a report made again keeps its forms."""
    standing = read_manifest(project.reports / name) or {}
    wanted = options.formats or standing.get("formats", ())
    return tuple(form for form in FORMATS if form == "html" or form in wanted)


def _run(project: Project, asked: list[_Asked], options: Options, progress: Paced) -> tuple[Outcome, ...]:
    for one in asked:
        check_parameters(one.parameters, one.notebook)
    project.reports.mkdir(parents=True, exist_ok=True)
    with only_writer(project.reports):
        current = {name: Outcome(name, "current") for name in _current(project, asked, options)}
        tasks = _tasks(project, [one for one in asked if one.name not in current], options)
        expected = _expected(project, tasks)
        progress.planned(tasks, tuple(current), options.jobs, expected)
        queue = in_order(tasks, expected, options.jobs)
        done = run_tasks(
            queue,
            jobs=options.jobs,
            progress=progress,
            finish=lambda task, outcome: _finish(project, task, outcome),
            meanwhile=_overview_wanted,
        )
        _overview(project)
    outcomes = current | {outcome.name: outcome for outcome in done}
    return tuple(outcomes[one.name] for one in asked)


def _overview_wanted() -> None:
    """Get ready what writes the overview, while the last workers work."""
    from mutasi_analysis.publish.index import get_ready

    get_ready()


def _overview(project: Project) -> None:
    """The overview from what stands now; left alone when it shows that already."""
    if not index_is_current(project):
        from mutasi_analysis.publish.index import write_index

        write_index(project)
        remember_index(project)


def _current(project: Project, asked: list[_Asked], options: Options) -> set[str]:
    """Names of the reports that need not be made. As soon as one must be, the imports start, while the others are looked at."""
    hashes = remembered_hashes(project)
    found = set()
    for one in asked:
        if not options.force and state_of(project, one.name, one.parameters, one.formats, hashes).state == "current":
            found.add(one.name)
        elif options.engine == "fork":
            warm_up(len(asked))
    hashes.save()
    return found


def _expected(project: Project, tasks: tuple[Task, ...]) -> dict[str, float]:
    """Seconds that the same reports took last time."""
    found = {task.name: (read_manifest(project.reports / task.name) or {}).get("seconds", {}) for task in tasks}
    return {name: sum(part for part in parts.values() if isinstance(part, int | float)) for name, parts in found.items() if parts}


def _tasks(project: Project, asked: list[_Asked], options: Options) -> tuple[Task, ...]:
    code = {"code": code_fingerprint(), **git_state()} if asked else {}
    return tuple(_task(project, one, options, code) for one in asked)


def _task(project: Project, asked: _Asked, options: Options, code: dict[str, Any]) -> Task:
    work = work_folder(project.reports) / f"{asked.name}-{secrets.token_hex(6)}"
    work.mkdir()
    return Task(
        name=asked.name,
        slug=asked.slug,
        language=options.language,
        notebook=asked.notebook,
        parameters=tuple(asked.parameters.items()),
        work=work,
        inputs=inputs_folder(project, asked.slug),
        inputs_root=project.data,
        made_at=options.made_at,
        engine=options.engine,
        formats=asked.formats,
        limits=options.limits,
        **code,
    )


def _finish(project: Project, task: Task, outcome: Outcome) -> Outcome:
    """Put a finished report and its results in place, or record the failure. Runs in the parent, one at a time."""
    if outcome.status == "done":
        if task.results_folder.is_dir():
            _publish_results(task.results_folder, project.processed(task.slug))
        publish_folder(task.report_folder, project.reports / task.name)
        forget_failure(project, task.name)
    else:
        record_failure(project, task, outcome)
    shutil.rmtree(task.work, ignore_errors=True)
    return outcome


def _publish_results(results: Path, final: Path) -> None:
    """The reports may lie on another disk than data/processed, so the results are moved beside their place first."""
    final.parent.mkdir(parents=True, exist_ok=True)
    with only_writer(final.parent, patient=True):
        beside = work_folder(final.parent) / f"{final.name}-{secrets.token_hex(6)}"
        shutil.move(results, beside)
        publish_folder(beside, final)
