"""Tables as a Word file, written part by part: no Word, no library, and the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mutasi_analysis.publish.bundle_zip import zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_BORDER = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="222222"/>'


def word_file(tables: Sequence[tuple[str, list[list[str]]]]) -> bytes:
    """A .docx with one captioned table after another. tables: caption, rows (the first is the header, repeated on every page)."""
    body = "".join(_paragraph(caption, bold=True, size=20, keep=True) + _table(rows) + _paragraph("", size=16) for caption, rows in tables)
    margins = " ".join(f'w:{side}="1134"' for side in ("top", "right", "bottom", "left"))
    section = f'<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar {margins}/></w:sectPr>'
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_W}><w:body>{body}{section}</w:body></w:document>'
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/document.xml": document}
    return zipped({name: text.encode("utf-8") for name, text in parts.items()})


#: width of the page between its margins, twentieths of a point.
_PAGE = 14570


def _table(rows: list[list[str]]) -> str:
    borders = "".join(_BORDER.format(side=side, size=8) for side in ("top", "bottom"))
    properties = f'<w:tblPr><w:tblW w:w="{_PAGE}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    widths = _widths(rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(row, widths) for row in rows[1:])
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{_row(rows[0], widths, head=True)}{body}</w:tbl>"


def _widths(rows: list[list[str]]) -> list[int]:
    """Shares of the page by the longest text of each column, cut at 40 letters, and its header's longest word."""
    longest = [max([len(word) for word in head.split()] + [min(len(row[i]), 40) for row in rows[1:]]) for i, head in enumerate(rows[0])]
    wanted = [max(6, length) for length in longest]
    return [_PAGE * length // sum(wanted) for length in wanted]


def _row(cells: list[str], widths: list[int], *, head: bool = False) -> str:
    header = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    rule = f"<w:tcBorders>{_BORDER.format(side='bottom', size=4)}</w:tcBorders>" if head else ""
    told = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{rule}</w:tcPr>{_paragraph(cell, bold=head)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{header}{told}</w:tr>"


def _paragraph(text: str, *, bold: bool = False, size: int = 16, keep: bool = False) -> str:
    run = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    properties = f'<w:pPr>{"<w:keepNext/>" if keep else ""}<w:spacing w:before="20" w:after="20"/></w:pPr>'
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
