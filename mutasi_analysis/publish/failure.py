"""What stands beside a report that could not be made: a page that says what failed and how to mend it, and the notebook as
far as it came. The last good report stays where it is.
"""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutasi_analysis.publish.manifest import read_manifest
from mutasi_analysis.publish.places import COMPARISON, Project, index_name, report_stem
from mutasi_analysis.publish.swap import publish_folder, write_file
from mutasi_analysis.publish.tasks import KINDS, Outcome, Task, machine_paths
from mutasi_analysis.spoken import in_language

if TYPE_CHECKING:
    from mutasi_analysis.wording.words import Words

FAILURES = ".status"
PAGE = "gagal.html"


def failure_folder(project: Project, name: str) -> Path:
    """Beside the report's own folder; no region and no language has this ending."""
    return project.reports / f"{name}.gagal"


def record_failure(project: Project, task: Task, outcome: Outcome) -> None:
    """Remember that the last attempt failed, and put the page that says so beside the report that stands, if one does."""
    from mutasi_analysis.publish.partial import NOTES, partial_notebook

    made = task.work / "failure"
    made.mkdir(exist_ok=True)
    message = told_message(outcome, task.language)
    sentences = [line for line in message.splitlines() if line.strip()]
    first = sentences[0] if sentences else ""
    partial = partial_notebook(task.work / NOTES, outcome.cell, first, machine_paths(task))
    partial_name = f"sebagian-{task.slug}.ipynb" if partial else ""
    if partial:
        (made / partial_name).write_text(partial, encoding="utf-8")
    (made / PAGE).write_text(_page(project, task, outcome, sentences, partial_name), encoding="utf-8")
    publish_folder(made, failure_folder(project, task.name))
    record = {"name": task.name, "slug": task.slug, "message": message, "kind": outcome.kind, "at": task.made_at}
    folder = project.reports / FAILURES
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / f"{task.name}.json", json.dumps(record, ensure_ascii=False, indent=1).encode())


def told_message(outcome: Outcome, language: str) -> str:
    """What failed, line by line, in the language of the run."""
    return "\n".join(in_language(line, language) for line in outcome.message.splitlines())


def forget_failure(project: Project, name: str) -> None:
    shutil.rmtree(failure_folder(project, name), ignore_errors=True)
    (project.reports / FAILURES / f"{name}.json").unlink(missing_ok=True)


def failure_of(project: Project, name: str) -> dict[str, Any] | None:
    """name, slug, message, kind and time (ISO) of the last attempt, where it failed."""
    try:
        found = json.loads((project.reports / FAILURES / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or not {"message", "at"} <= found.keys():
        return None
    return {"name": name, "slug": name.partition(".")[0], "kind": "error", **found}


def failed_names(project: Project) -> list[str]:
    """Names of the reports whose last attempt failed."""
    return sorted(path.stem for path in (project.reports / FAILURES).glob("*.json"))


def title_of(project: Project, slug: str, words: Words) -> str:
    """The name of a region that may never have had a report: from its profile, else as its folder is called."""
    from mutasi_analysis.errors import MutasiError
    from mutasi_analysis.profiles import load_profile

    if slug == COMPARISON:
        return words("frame.index_comparison")
    try:
        return str(load_profile(slug, data_root=project.data).name)
    except (MutasiError, OSError):
        return slug


def _page(project: Project, task: Task, outcome: Outcome, sentences: list[str], partial: str) -> str:
    from mutasi_analysis.publish.html import render
    from mutasi_analysis.wording.words import Words

    words = Words(task.language)
    kind = outcome.kind if outcome.kind in KINDS else "error"
    at = datetime.fromisoformat(task.made_at)
    run = "mutasi compare" if task.slug == COMPARISON else f"mutasi report {task.slug}"
    commands = {"check": f"mutasi check {task.slug}", "again": run, "slow": f"{run} --jobs 1", "debug": f"{run} --debug"}
    if task.slug == COMPARISON:
        commands |= {"check": "mutasi check", "slow": run}
    return render(
        "failed.html.j2",
        task.language,
        title=words("failure.title", name=title_of(project, task.slug, words)),
        about=words("failure.about", day=words.date(at.date()), clock=f"{at:%H.%M}" if task.language == "id" else f"{at:%H:%M}"),
        kind=words(f"failure_kind.{kind}"),
        cell=outcome.cell,
        sentences=sentences,
        foreign=task.language != "id" and kind == "usage" and "\n".join(sentences) == outcome.message,
        mend=words(f"failure_mend.{kind}", **commands),
        last=_last(project, task, words),
        partial=partial,
        home=f"../{index_name(task.language)}",
    )


def _last(project: Project, task: Task, words: Words) -> dict[str, str] | None:
    manifest = read_manifest(project.reports / task.name)
    if manifest is None:
        return None
    day = words.date(datetime.fromisoformat(manifest["made_at"]).date())
    return {"href": f"../{task.name}/{report_stem(task.slug, task.language)}.html", "day": day}
