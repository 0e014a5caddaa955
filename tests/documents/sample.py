"""A small report as payloads: every kind of block, with one text put wherever data can put a name."""

from __future__ import annotations

import base64
import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from mutasi_analysis.publish.documents.content import Document, build

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="460pt" height="200pt" viewBox="0 0 460 200">'
    b'<rect x="10" y="10" width="300" height="80" fill="#0072B2"/></svg>'
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def escaped(text: str) -> str:
    """As the wording writes a name from data into Markdown."""
    from mutasi_analysis.wording.words import plain

    return plain(text)


def prose(markdown: str, role: str = "text") -> dict[str, Any]:
    return {"kind": "prose", "role": role, "markdown": markdown}


def table(name: str, *, rows: int = 3, key: str = "units", columns: int = 3) -> dict[str, Any]:
    more = [{"name": f"m{n}", "label": f"Kolom {n}", "unit": "", "numeric": True} for n in range(columns - 3)]
    return {
        "kind": "table", "key": key, "caption": f"Beban kerja {name}", "note": "* = disembunyikan", "folded": rows > 12,
        "columns": [{"name": "unit", "label": "Unit", "unit": "", "numeric": False},
                    {"name": "need", "label": "Kebutuhan", "unit": "orang", "numeric": True},
                    {"name": "change", "label": "Selisih", "unit": "orang", "numeric": True}, *more],
        "rows": [[name if n == 0 else f"Unit {n}", "1.234,5", "*" if n == 1 else "+2,0", *("1" for _ in more)] for n in range(rows)],
    }  # fmt: skip


def picture(name: str) -> dict[str, Any]:
    image = base64.b64encode(SVG).decode()
    words = {"title": f"Temuan {name}", "caption": f"Gambar {name}", "alt": f"Alternatif {name}"}
    return {"kind": "picture", "key": "kebutuhan", **words, "svg_base64": image, "table": table(name, key="behind")}


def document(name: str = "Dinas Satu", *, language: str = "id", rows: int = 3, columns: int = 3) -> Document:
    """The report; `name` stands in headings, prose, tables, captions and alternative texts."""
    safe = escaped(name)
    blocks = [
        prose(f"# Evaluasi {safe}", "heading"), prose(f"**Pertanyaan:** apakah {safe} cukup?"),
        prose(f"## Jawaban {safe}", "page"), prose(f"{safe} kekurangan 3 orang.\n\nHal lain: {safe}.", "answer"),
        prose(f"Hati-hati {safe}", "warning"), picture(name),
        prose(f"## Rincian\n\n- butir {safe}\n- butir dua\n\n1. satu\n2. dua"), table(name, rows=rows, columns=columns),
    ]  # fmt: skip
    appendix = [prose("## Lampiran", "heading"), table(name, key="inputs")]
    return build(
        blocks,
        appendix,
        language=language,
        title="x",
        about=("Dibuat 1 Januari 2026",),
        synthetic=True,
        made_at="2026-01-01T08:00:00+07:00",
    )


def xml_of(archive: bytes, part: str) -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(archive)) as parts:
        return ElementTree.fromstring(parts.read(part))


def parts_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(archive)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def word_text(docx: bytes) -> list[str]:
    """The text of every paragraph."""
    root = xml_of(docx, "word/document.xml")
    return ["".join(node.text or "" for node in paragraph.iter(f"{W}t")) for paragraph in root.iter(f"{W}p")]


def pdf_text(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
