"""Where a project's notebooks, data and reports lie, and which names a report folder may have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mutasi_analysis.errors import UsageError

REGION_NOTEBOOK = "region_report.ipynb"
COMPARE_NOTEBOOK = "compare_regions.ipynb"
COMPARISON = "perbandingan"
STEMS = {"id": "laporan", "en": "report"}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Project:
    """Absolute folders of one project. data holds raw/ and processed/; reports gets the finished pages."""

    root: Path
    notebooks: Path
    data: Path
    reports: Path

    def raw(self, slug: str) -> Path:
        return self.data / "raw" / slug

    def processed(self, slug: str) -> Path:
        return self.data / "processed" / slug


def find_project(start: Path, *, data: Path | None = None, reports: Path | None = None) -> Project:
    """The project around a folder: the nearest parent with notebooks/region_report.ipynb, else `start` itself with the
    notebooks that came with the package. Relative `data` and `reports` count from `start`."""
    start = start.resolve()
    root = _root(start)
    own = root / "notebooks"
    return Project(
        root=root,
        notebooks=own if (own / REGION_NOTEBOOK).is_file() else packaged_notebooks(),
        data=find_data_root(start, data),
        reports=(start / reports).resolve() if reports else root / "reports",
    )


def find_data_root(start: Path, data: Path | None = None) -> Path:
    """The data folder alone: as given, or that of the project around `start`, or `start`/data."""
    start = start.resolve()
    if data is not None:
        return (start / data).resolve()
    return _root(start) / "data"


def _root(start: Path) -> Path:
    around = (folder for folder in (start, *start.parents) if (folder / "notebooks" / REGION_NOTEBOOK).is_file())
    return next(around, start)


def packaged_notebooks() -> Path:
    """The notebooks inside an installed package, or those of the repository in an editable install."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if (folder / REGION_NOTEBOOK).is_file():
            return folder
    raise UsageError(f"Buku catatan (notebook) {REGION_NOTEBOOK} tidak ditemukan; jalankan dari folder proyek atau pasang ulang paketnya.")


def report_name(slug: str, language: str) -> str:
    """Folder name of a report under reports/: the slug, with ".en" behind it in English.

    Raises UsageError for a name that could leave the folder or hide in it, and for an unknown language."""
    if language not in STEMS:
        raise UsageError(f"Bahasa '{language}' tidak dikenal; pilih: {', '.join(STEMS)}.")
    if not _NAME.fullmatch(slug):
        raise UsageError(f"Nama folder laporan {slug!r} tidak boleh dipakai: hanya huruf kecil, angka dan tanda hubung.")
    return slug if language == "id" else f"{slug}.{language}"


def index_name(language: str) -> str:
    """File name of the overview: "index.html", "index.en.html"."""
    return f"{report_name('index', language)}.html"


def report_stem(slug: str, language: str) -> str:
    """File name, without ending, of a report: "laporan-bungo", "report-bungo"."""
    report_name(slug, language)
    return f"{STEMS[language]}-{slug}"
