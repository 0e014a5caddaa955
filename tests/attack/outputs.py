"""Everything that a report gives away, as text and as tables: what an attacker can read without a password."""

from __future__ import annotations

import base64
import json
import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from mutasi_analysis.blocks import MIME

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Table:
    """place: file and key or number; names: of the columns where the file tells them, else their heads; rows: as shown."""

    place: str
    key: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def texts(folder: Path) -> dict[str, str]:
    """Path inside `folder` (and inside an archive) → its text; drawings inside pages and notebooks are opened too."""
    found: dict[str, str] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as parts:
                found |= {f"{name}!{part}": _without_marks(parts.read(part).decode("utf-8", "replace")) for part in parts.namelist()}
        elif path.suffix == ".pdf":
            found[name] = _pdf(path)
        else:
            text = path.read_text(encoding="utf-8", errors="replace")
            found[name] = text
            drawings = re.findall(r"svg\+xml;base64,([A-Za-z0-9+/=]+)|\"svg_base64\": ?\"([A-Za-z0-9+/=]+)\"", text)
            found |= {f"{name}!drawing-{n}": base64.b64decode(a or b).decode("utf-8", "replace") for n, (a, b) in enumerate(drawings)}
    return found


def kinds(texts: dict[str, str]) -> set[str]:
    """Endings of the files that the texts are of."""
    return {place.partition("!")[0].rpartition(".")[2] for place in texts}


def _without_marks(xml: str) -> str:
    """XML and its bare text: a name that is cut into runs is found too."""
    return f"{xml}\n{re.sub(r'<[^>]+>', '', xml)}\n{re.sub(r'<[^>]+>', ' ', xml)}"


def _pdf(path: Path) -> str:
    from pypdf import PdfReader

    reader = PdfReader(path)
    text = "\n".join(page.extract_text() for page in reader.pages)
    catalogue: Any = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode("utf-8", "replace") if "/Metadata" in catalogue else ""
    told = "\n".join(alternatives(catalogue["/StructTreeRoot"])) if "/StructTreeRoot" in catalogue else ""
    return f"{text}\n{metadata}\n{reader.metadata}\n{told}"


def alternatives(node: Any) -> list[str]:
    """Alternative texts in the structure tree of a PDF."""
    node = node.get_object()
    if isinstance(node, list):
        return [text for child in node for text in alternatives(child)]
    if not hasattr(node, "get"):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (alternatives(node["/K"]) if "/K" in node else [])


def notebook_tables(path: Path) -> list[Table]:
    """The tables of an executed notebook, the numbers behind its figures among them."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return payload_tables([output["data"][MIME] for output in outputs if MIME in output.get("data", {})])


def payload_tables(payloads: list[dict[str, Any]]) -> list[Table]:
    """The tables of blocks, and the numbers behind their pictures."""
    found = []
    for payload in payloads:
        grid = payload if payload["kind"] == "table" else payload.get("table")
        if grid:
            rows = tuple(tuple(str(cell) for cell in row) for row in grid["rows"])
            place = "notebook" if grid is payload else "picture"
            found.append(Table(place, grid["key"], tuple(column["name"] for column in grid["columns"]), rows))
    return found


def workbook_tables(path: Path) -> list[Table]:
    """The tables of a workbook, both ends of an interval in one column again, as everywhere else."""
    import openpyxl

    found = []
    for sheet in openpyxl.load_workbook(path):
        grid = [[cell.value for cell in row] for row in sheet[next(iter(sheet.tables.values())).ref]]
        rows = tuple(tuple(_cell(cell) for cell in row) for row in grid[1:])
        upper = [place for place, name in enumerate(grid[0]) if re.search(r", (batas atas|upper end)( \(.+\))?$", str(name))]
        heads = tuple(str(name) for place, name in enumerate(grid[0]) if place not in upper)
        joined = (tuple(_with_upper(row, place, upper) for place in range(len(row)) if place not in upper) for row in rows)
        found.append(Table("workbook", sheet.title, heads, tuple(joined)))
    return found


def _with_upper(row: tuple[str, ...], place: int, upper: list[int]) -> str:
    return f"{row[place]} – {row[place + 1]}" if place + 1 in upper else row[place]


def _cell(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, float | int) else str(value or "")


def word_tables(path: Path) -> list[Table]:
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as parts:
        root = ElementTree.fromstring(parts.read("word/document.xml"))
    found = []
    for number, table in enumerate(root.iter(f"{_W}tbl"), start=1):
        rows = [tuple("".join(t.text or "" for t in cell.iter(f"{_W}t")) for cell in row.iter(f"{_W}tc")) for row in table.iter(f"{_W}tr")]
        found.append(Table("word", str(number), rows[0], tuple(rows[1:])))
    return found


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1][-1].append("")
            self.open = True

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tables[-1][-1][-1] += data


def page_tables(path: Path) -> list[Table]:
    reader = _Tables()
    reader.feed(path.read_text(encoding="utf-8"))
    return [
        Table("page", str(number), tuple(" ".join(head.split()) for head in rows[0]), tuple(map(tuple, rows[1:])))
        for number, rows in enumerate(reader.tables, start=1)
        if rows
    ]


def processed_tables(folder: Path) -> list[Table]:
    import csv

    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = [tuple(row) for row in csv.reader(handle)]
        found.append(Table("processed", path.stem, rows[0], tuple(rows[1:])))
    return found
