"""A report's first chapters in print, and on which of its pages the page for who reads only one begins and ends."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

from mutasi_analysis import pages
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.publish.documents.content import Document, build
from mutasi_analysis.wording import Words

PARTS = ("opening", "answer", "main_numbers", "workload")
BEGINS = {"id": "Jawaban singkat", "en": "The answer in brief"}
BOX = {"id": "Yang tidak ditunjukkan halaman ini", "en": "What this page does not show"}
LAST = {"id": "dengan daerah lain.", "en": "with other regions."}
NEXT = {"id": "Beban kerja", "en": "Workload"}


def first_chapters(evaluation: Evaluation, language: str) -> Document:
    words = Words(language)
    payloads = [block.payload() for part in PARTS for block in getattr(pages, part)(evaluation, words)]
    made_at = "2026-01-01T08:00:00+07:00"
    return build(payloads, (), language=language, title="x", about=("Dibuat 1 Januari 2026",), synthetic=True, made_at=made_at)


def page_texts(pdf: bytes) -> list[str]:
    from pypdf import PdfReader

    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def extent(texts: list[str], language: str) -> tuple[int, int, int]:
    """Pages (from 0) on which the section begins, on which its last words stand, and on which the next chapter begins; behind the
    title page and the contents."""
    own = list(enumerate(texts))[2:]
    begins = next(n for n, text in own if BEGINS[language] in text[:300])
    ends = next(n for n, text in own if n >= begins and LAST[language] in text)
    following = next(n for n, text in own if n > begins and NEXT[language] in text)
    return begins, ends, following


def as_pdf(files: list[Path], folder: Path) -> None:
    """Word files as LibreOffice prints them."""
    office = shutil.which("soffice")
    assert office is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
