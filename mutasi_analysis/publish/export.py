"""From an executed notebook to the files of a report: the notebook as kept, the page, the manifest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.appendix import appendix
from mutasi_analysis.publish.collect import Answer, answer_of, collect, in_language
from mutasi_analysis.publish.documents import Made, write_documents
from mutasi_analysis.publish.execute import Executed, cleaned
from mutasi_analysis.publish.hashes import sha256
from mutasi_analysis.publish.html import PageFacts, report_page
from mutasi_analysis.publish.manifest import (
    input_files,
    machine,
    package_versions,
    with_rows,
    write_manifest,
)
from mutasi_analysis.publish.places import COMPARISON, index_name, report_stem
from mutasi_analysis.publish.tasks import Task, machine_paths
from mutasi_analysis.wording.norm_values import norms_told
from mutasi_analysis.wording.report import note_of_file
from mutasi_analysis.wording.words import Words


def write_report(
    task: Task, executed: Executed, stage: Callable[[str], None], *, seconds_notebook: float
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Write everything into `task.report_folder`. stage: told each form before it is made. The manifest, and one sentence for
    each form that could not be made."""
    import time

    import nbformat

    started = time.perf_counter()
    stem = report_stem(task.slug, task.language)
    words = Words(task.language)
    notebook, warnings = cleaned(in_language(executed.notebook, task.language), machine_paths(task))
    nbformat.write(notebook, task.report_folder / f"{stem}.ipynb")  # type: ignore[no-untyped-call]
    found = collect(notebook)
    if found.unshown:
        warnings.append(words("documents.unshown", outputs=words.count(found.unshown, "output")))
    manifest = _manifest(task, executed, warnings, answer_of(found.blocks, whole=task.slug == COMPARISON))
    facts = _page_facts(manifest)
    made = _documents(task, found.blocks, manifest, facts, stage)
    stage("html")
    manifest = {**manifest, "formats": ["html", *made.formats], "warnings": sorted({*manifest["warnings"], *made.warnings})}
    page = report_page(found.blocks, replace(facts, formats=_links(made.formats, stem, task.language)), appendix(manifest, found.blocks))
    (task.report_folder / f"{stem}.html").write_text(page, encoding="utf-8")
    seconds = {
        "notebook": round(seconds_notebook, 3),
        "cells": list(executed.seconds),
        "html": round(time.perf_counter() - started, 3),
    }
    write_manifest(task.report_folder, {**manifest, "seconds": seconds})
    return manifest, made.warnings


def _documents(
    task: Task, blocks: tuple[dict[str, Any], ...], manifest: dict[str, Any], facts: PageFacts, stage: Callable[[str], None]
) -> Made:
    """The report in the other formats that were asked for, each beside the page."""
    if not set(task.formats) - {"html"}:
        return Made((), ())
    from mutasi_analysis.publish.documents.content import build

    document = build(
        blocks,
        appendix(manifest, blocks),
        language=task.language,
        title=facts.title,
        about=facts.about,
        synthetic=facts.synthetic,
        made_at=task.made_at,
    )
    stem = report_stem(task.slug, task.language)
    return write_documents(document, task.formats, task.report_folder, stem, task.work, stage)


def _links(formats: tuple[str, ...], stem: str, language: str) -> tuple[tuple[str, str], ...]:
    words = Words(language)
    return tuple((words(f"documents.{form}"), f"{stem}.{form}") for form in formats)


def _manifest(task: Task, executed: Executed, warnings: list[str], answer: Answer) -> dict[str, Any]:
    import mutasi_analysis

    facts, words = executed.facts, Words(task.language)
    inputs = with_rows(input_files(task.inputs, task.inputs_root), facts.get("sources", []))
    return {
        "schema": 1,
        "name": task.name,
        "slug": task.slug,
        "title": facts.get("name", words("frame.index_comparison")),
        "language": task.language,
        "made_at": task.made_at,
        "parameters": {name: value for name, value in task.parameters if name != "data_root"},
        "region": {key: facts[key] for key in ("code", "level", "question", "as_of", "missing", "minimum_cell") if key in facts},
        "synthetic": facts.get("synthetic", _marked_synthetic(task.inputs)),
        "summary": answer.sentence,
        "verdicts": list(answer.verdicts),
        "inputs": inputs,
        "norms": norms_told(facts.get("norms", []), words),
        "code": {
            "version": mutasi_analysis.__version__,
            "sha256": task.code,
            "notebook": task.notebook.name,
            "notebook_sha256": sha256(task.notebook),
            "commit": task.commit,
            "dirty": task.dirty,
        },
        "packages": package_versions(),
        "machine": machine(),
        "engine": task.engine,
        "hidden_cells": facts.get("hidden_cells", 0),
        "warnings": sorted(set(warnings)),
        "notes": [note_of_file(note, words) for note in facts.get("notes", [])],
    }


def _marked_synthetic(folder: Path) -> bool:
    """Whether any saved region below a folder of results was made from demonstration data."""
    import json

    return any(json.loads(path.read_text(encoding="utf-8")).get("synthetic", False) for path in folder.glob("*/region.json"))


def _page_facts(manifest: dict[str, Any]) -> PageFacts:
    words = Words(manifest["language"])
    about = [words("frame.made", day=words.date(date.fromisoformat(manifest["made_at"][:10])))]
    as_of = manifest["region"].get("as_of")
    if as_of:
        about.insert(0, words("frame.as_of", day=words.date(date.fromisoformat(as_of))))
    return PageFacts(manifest["language"], manifest["title"], tuple(about), manifest["synthetic"], f"../{index_name(manifest['language'])}")
