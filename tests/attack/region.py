"""A small region from generated files: its report in every format, its truth, and the same without suppression."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mutasi_analysis import evaluate, load_profile, load_region, pages
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.profiles import profile_slugs
from mutasi_analysis.publish.documents import FORMATS, write_documents
from mutasi_analysis.publish.documents.content import build
from mutasi_analysis.publish.html import PageFacts, report_page
from mutasi_analysis.publish.places import find_project, report_name, report_stem
from mutasi_analysis.publish.results import write_results
from mutasi_analysis.publish.run import Options, run_regions
from mutasi_analysis.publish.tasks import default_engine
from mutasi_analysis.sources.pseudonyms import load_key, pseudonymiser
from mutasi_analysis.synthetic import synthesize
from mutasi_analysis.synthetic.files import write_region
from mutasi_analysis.wording import Words
from tests.attack.attack import Persons

#: the regions attacked: all that ship with the package (no region of a user lies in the folder of this file)
REGIONS = profile_slugs(Path(__file__).parent)
PARTS = ("opening", "answer", "main_numbers", "workload", "competency", "performance", "service", "process", "limits", "methods", "sources")


@dataclass(frozen=True)
class Report:
    """folder: the finished report; processed: its results; persons: who is in the data; truth: nothing masked."""

    slug: str
    folder: Path
    processed: Path
    persons: Persons
    truth: Evaluation

    @property
    def stem(self) -> Path:
        return self.folder / f"laporan-{self.slug}"

    @property
    def english(self) -> Path:
        """The stem of the same report in English."""
        return self.folder.with_name(report_name(self.slug, "en")) / report_stem(self.slug, "en")


def options(language: str) -> Options:
    return Options(language, 1, "2026-01-01T08:00:00+07:00", default_engine(), formats=FORMATS)


def made(root: Path, slug: str, seed: int = 3) -> Report:
    """The region's report as `mutasi report --to …` makes it, in both languages."""
    profile = load_profile(slug, data_root=root / "data")
    region = synthesize(profile, seed=seed)
    write_region(region, profile, root / "data" / "raw")
    project = find_project(Path(__file__).parents[2], data=root / "data", reports=root / "reports")
    for language in ("id", "en"):
        outcome = run_regions(project, [slug], options(language))[0]
        assert outcome.status == "done", outcome.message
    code = pseudonymiser(load_key(root / "data"))
    nips = frozenset(str(nip) for nip in region.names.index)
    persons = Persons(nips, frozenset(str(name) for name in region.names if " " in str(name)), frozenset(code(nip) for nip in nips))
    truth = evaluate(load_region(profile, root / "data"), profile)
    return Report(slug, project.reports / slug, project.processed(slug), persons, truth)


def opened(report: Report) -> list[dict[str, Any]]:
    """The blocks of the same report with the least group set to one person: nothing is hidden."""
    open_truth, words = replace(report.truth, minimum_cell=1), Words("id")
    return [block.payload() for part in PARTS for block in getattr(pages, part)(open_truth, words)]


def unprotected(report: Report, payloads: list[dict[str, Any]], folder: Path) -> tuple[Path, Path]:
    """The same region with nothing hidden, written as a report is: report folder, results."""
    place, processed = folder / "report", folder / "processed"
    place.mkdir(parents=True)
    document = build(payloads, (), language="id", title="x", about=(), synthetic=True, made_at="2026-01-01T08:00:00+07:00")
    write_documents(document, ("xlsx", "docx"), place, report.stem.name, folder / "work")
    page = report_page(tuple(payloads), PageFacts("id", "x"))
    (place / f"{report.stem.name}.html").write_text(page, encoding="utf-8")
    write_results(replace(report.truth, minimum_cell=1), processed)
    return place, processed
