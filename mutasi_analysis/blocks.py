"""What a page is made of: prose, pictures and tables. Frozen; they show themselves in JupyterLab and carry themselves,
complete, in the executed notebook, so that every format of a report is made from one execution.

A picture without caption and alt text, and a table without caption, cannot be made; the caption is not the alt text.
"""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

MIME = "application/vnd.mutasi.block+json"


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown text. role: "text", "answer" (the region's answer), "warning", "method", "heading", "page" (a
    heading that begins the page for who reads only one)."""

    markdown: str
    role: str = "text"

    def payload(self) -> dict[str, Any]:
        return {"kind": "prose", "role": self.role, "markdown": self.markdown}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        return {"text/markdown": self.markdown, "text/plain": self.markdown, MIME: self.payload()}


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its words. figure: matplotlib Figure; title: the finding; caption: what is drawn, n and source;
    alt: what a reader who cannot see it must know; table: the numbers behind it."""

    key: str
    figure: Any
    title: str
    caption: str
    alt: str
    table: TableBlock | None = None

    def __post_init__(self) -> None:
        for name in ("title", "caption", "alt"):
            if not getattr(self, name).strip():
                raise ValueError(f"picture {self.key!r} has no {name}")
        if self.alt.strip() == self.caption.strip():
            raise ValueError(f"picture {self.key!r}: the alt text repeats the caption; say the finding instead")

    def image(self, form: str) -> bytes:
        """The drawing as bytes of "png" or "svg", without time stamp or random ids."""
        from mutasi_analysis.drawing import svg

        if form == "svg":
            return svg(self.figure, salt=self.key)
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format=form, dpi=150, metadata={"Software": None})
        return buffer.getvalue()

    def payload(self) -> dict[str, Any]:
        image = base64.b64encode(self.image("svg")).decode("ascii")
        table = self.table.payload() if self.table is not None else None
        words = {"key": self.key, "title": self.title, "caption": self.caption, "alt": self.alt}
        return {"kind": "picture", **words, "svg_base64": image, "table": table}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        payload = self.payload()
        shown = (
            f'<figure><img alt="{html.escape(self.alt)}" src="data:image/svg+xml;base64,{payload["svg_base64"]}">'
            f"<figcaption><b>{html.escape(self.title)}</b> {html.escape(self.caption)}</figcaption></figure>"
        )
        return {"text/html": shown, "text/plain": f"[{self.title}] {self.alt}", MIME: payload}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a shown table: its name in the frame, its label, unit and whether its cells are numbers. kind: what a workbook
    writes the cells of a column of words as: "year", "month", "date", "value" (a number where the cell is one), "interval" (a number
    for each end), "" for text."""

    name: str
    label: str
    unit: str = ""
    numeric: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table as shown. frame: the numbers, masked already; shown: the same cells as text in the report's language;
    columns: label and unit of each; folded: long, so folded on the web page and complete in the workbook."""

    key: str
    caption: str
    frame: pd.DataFrame
    shown: pd.DataFrame
    columns: tuple[TableColumn, ...]
    note: str = ""
    folded: bool = False
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.caption.strip():
            raise ValueError(f"table {self.key!r} has no caption")
        names = [column.name for column in self.columns]
        if list(self.frame.columns) != names or list(self.shown.columns) != names:
            raise ValueError(f"table {self.key!r}: frame, shown and columns must have the same columns in the same order")

    def payload(self) -> dict[str, Any]:
        columns = [{"name": c.name, "label": c.label, "unit": c.unit, "numeric": c.numeric, "kind": c.kind} for c in self.columns]
        return {
            "kind": "table",
            "key": self.key,
            "caption": self.caption,
            "note": self.note,
            "folded": self.folded,
            "columns": columns,
            "rows": self.shown.to_numpy(dtype=object, na_value="").tolist(),
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        head = "".join(f'<th scope="col">{html.escape(c.label)}</th>' for c in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in self.shown.to_numpy().tolist()
        )
        shown = f"<table><caption>{html.escape(self.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return {"text/html": shown, "text/plain": self.caption, MIME: self.payload()}


Block = Prose | Picture | TableBlock
