"""A document as Word file through pandoc: real headings, tables with repeated heads, captions, alternative texts."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import zipfile
from datetime import datetime
from html import escape
from pathlib import Path

from mutasi_analysis.publish.documents.content import AUTHOR, Document, Figure, Grid
from mutasi_analysis.publish.documents.pandoc_tree import LYING_ENDS, UPRIGHT_ENDS, pandoc_tree
from mutasi_analysis.publish.documents.pdf import figure_images
from mutasi_analysis.publish.documents.word_styles import SPELLING, Running, lying_section, reference_document, with_lying_pages
from mutasi_analysis.wording.words import Words

SECONDS = 120


def docx_bytes(document: Document, work: Path) -> bytes:
    """The Word file; `work` is an empty folder for its pieces. Raises subprocess.CalledProcessError where pandoc fails."""
    work.mkdir(parents=True, exist_ok=True)
    names = {}
    for number, image in figure_images(document, work).items():
        names[number] = f"figure-{number}.png"
        (work / names[number]).write_bytes(image)
    words = Words(document.language)
    base = _pandoc(["--print-default-data-file", "reference.docx"], work, 0)
    running = _running(document, words)
    (work / "reference.docx").write_bytes(reference_document(base, document.language, running))
    (work / "report.json").write_text(json.dumps(pandoc_tree(document, names), ensure_ascii=False), encoding="utf-8")
    made = int(datetime.fromisoformat(document.made_at).timestamp())
    options = [
        "--from",
        "json",
        "--to",
        "docx",
        "--reference-doc",
        "reference.docx",
        "--resource-path",
        ".",
        "--output",
        "-",
        "report.json",
    ]
    return _finished(_pandoc(options, work, made), document, running)


def _running(document: Document, words: Words) -> Running:
    return Running(
        left=document.title,
        right=words("documents.synthetic_short" if document.synthetic else "documents.kind"),
        marked=document.synthetic,
        about="  ·  ".join(document.about),
        page=(words("documents.page"), words("documents.of")),
    )


def _pandoc(options: list[str], work: Path, epoch: int) -> bytes:
    import pypandoc  # type: ignore[import-untyped]

    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    command = [pypandoc.get_pandoc_path(), *options]
    return subprocess.run(command, cwd=work, env=environment, capture_output=True, check=True, timeout=SECONDS).stdout


def _finished(docx: bytes, document: Document, running: Running) -> bytes:
    """The same file with rows that do not break across pages, the title and language in its properties, and the parts
    in one order with one date, so that the same report gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode("utf-8")
    if LYING_ENDS in body:
        named = {name: parts[name].decode("utf-8") for name in ("[Content_Types].xml", "word/_rels/document.xml.rels")}
        parts |= {name: text.encode() for name, text in with_lying_pages(named, running).items()}
    body = _with_sections(body)
    body = re.sub(r"<w:tr>(?!\s*<w:trPr>)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", body)
    # LibreOffice keeps a table with its note only where the paragraphs say so themselves
    body = re.sub(r'(<w:pStyle w:val="TableCell\w*Kept" />)', r"\1<w:keepNext/>", body)
    for kind, name in ((Grid, "TableCaption"), (Figure, "ImageCaption")):
        if any(isinstance(part, kind) for part in document.first_page):  # the first of all, closer to what is around it
            body = body.replace(f'<w:pStyle w:val="{name}" />', f'<w:pStyle w:val="Brief{name}" />', 1)
    body = body.replace("<w:p><w:pPr><w:numPr>", '<w:p><w:pPr><w:pStyle w:val="Compact" /><w:numPr>')  # items have no style of pandoc's
    parts["word/document.xml"] = body.encode()
    core = parts["docProps/core.xml"].decode("utf-8")
    parts["docProps/core.xml"] = _with_properties(core, document).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return written.getvalue()


def _with_sections(body: str) -> str:
    """The section that pandoc took from the reference document also for the pages before the lying ones; only the first
    page of all is without header."""
    last = re.findall(r"<w:sectPr>(.*?)</w:sectPr>", body, re.S)[-1]
    if UPRIGHT_ENDS not in body:
        return body
    plain = re.sub(r"<w:titlePg\s*/>", "", last)
    body = body.replace(last, plain).replace(LYING_ENDS, f"<w:sectPr>{lying_section()}</w:sectPr>")
    return body.replace(UPRIGHT_ENDS, f"<w:sectPr>{last}</w:sectPr>", 1).replace(UPRIGHT_ENDS, f"<w:sectPr>{plain}</w:sectPr>")


def _with_properties(core: str, document: Document) -> str:
    facts = {
        "title": escape(document.title),
        "subject": escape(Words(document.language)("documents.kind")),
        "creator": AUTHOR,
        "language": SPELLING[document.language],
    }
    names = "|".join(facts)
    core = re.sub(rf"<dc:({names})\s*/>|<dc:({names})>.*?</dc:\2>", "", core)
    added = "".join(f"<dc:{name}>{fact}</dc:{name}>" for name, fact in facts.items())
    return core.replace("</cp:coreProperties>", f"{added}</cp:coreProperties>")
