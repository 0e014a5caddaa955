"""Which formats there are, what each needs, and the files of a report in the formats that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mutasi_analysis.publish.documents.content import Document

#: every format of a report; the page is always made
FORMATS = ("html", "pdf", "docx", "xlsx", "md")
#: packages of the extra `documents` that a format needs
_NEEDS = {"pdf": ("typst",), "docx": ("typst", "pypandoc")}


@dataclass(frozen=True, slots=True)
class Made:
    """formats: those whose file was written, in the order of FORMATS; warnings: one sentence for each that was not."""

    formats: tuple[str, ...]
    warnings: tuple[str, ...]


def missing_packages(formats: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Formats that cannot be made here → the packages they lack."""
    from importlib.util import find_spec

    lacking = {name: tuple(package for package in _NEEDS.get(name, ()) if find_spec(package) is None) for name in formats}
    return {name: packages for name, packages in lacking.items() if packages}


def missing_sentence(formats: Iterable[str], language: str = "id") -> str:
    """What to tell a user whose formats cannot be made; empty where all can."""
    from mutasi_analysis.wording.words import Words

    lacking = missing_packages(formats)
    words = Words(language)
    return words("documents.lacking", forms=words.listing([name.upper() for name in lacking])) if lacking else ""


def write_documents(
    document: Document, formats: Sequence[str], folder: Path, stem: str, work: Path, stage: Callable[[str], object] = str
) -> Made:
    """Write `folder`/`stem`.* in every format but the page; stage: told each one before it is made. A format that fails does
    not take the others with it."""
    from mutasi_analysis.wording.words import Words

    made, warnings = [], []
    lacking = missing_packages(formats)
    for name in FORMATS:
        if name not in formats or name == "html" or name in lacking:
            continue
        stage(name)
        try:
            _WRITERS[name](document, folder, stem, work / f"documents-{name}")
        except Exception as problem:  # a text of the library may hold a name: only its kind is told
            warnings.append(Words(document.language)("documents.failed", form=name.upper(), kind=type(problem).__name__))
        else:
            made.append(name)
    if lacking:
        warnings.append(missing_sentence(lacking, document.language))
    return Made(tuple(made), tuple(warnings))


def _pdf(document: Document, folder: Path, stem: str, work: Path) -> None:
    from mutasi_analysis.publish.documents.pdf import pdf_bytes

    (folder / f"{stem}.pdf").write_bytes(pdf_bytes(document, work))


def _docx(document: Document, folder: Path, stem: str, work: Path) -> None:
    from mutasi_analysis.publish.documents.docx import docx_bytes

    (folder / f"{stem}.docx").write_bytes(docx_bytes(document, work))


def _xlsx(document: Document, folder: Path, stem: str, work: Path) -> None:  # noqa: ARG001
    from mutasi_analysis.publish.documents.xlsx import xlsx_bytes

    (folder / f"{stem}.xlsx").write_bytes(xlsx_bytes(document))


def _md(document: Document, folder: Path, stem: str, work: Path) -> None:  # noqa: ARG001
    from mutasi_analysis.publish.documents.markdown import figure_name, markdown_text
    from mutasi_analysis.wording.words import Words

    figures = folder / f"{stem}-{Words(document.language)('documents.pictures')}"
    figures.mkdir(parents=True, exist_ok=True)
    for figure in document.figures:
        (figures / figure_name(figure)).write_bytes(figure.svg)
    (folder / f"{stem}.md").write_text(markdown_text(document, figures.name), encoding="utf-8")


_WRITERS: dict[str, Any] = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "md": _md}
