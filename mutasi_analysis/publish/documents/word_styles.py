# ruff: noqa: E501 (WordprocessingML is easier to read unbroken)
"""The look of the Word file: styles, page, header and footer, put into pandoc's own reference document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

FONT = "Arial"
INK, SOFT, BRAND, RULE, TINT = "1B2733", "4A5866", "0B3C5D", "C9D2DA", "EEF2F5"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
#: colour of the words that tell of invented data; space beside the text of a cell, 1/20 point
_MARK, _CELL = "8A4B00", 70
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: half points: the type of a table, and of one whose words would be broken at that size
BIG, SMALL = 16, 14
#: Word's own names of the languages, for its spell check
SPELLING = {"id": "id-ID", "en": "en-GB"}
#: 1/20 point: A4, margins 2.5 cm left and top, 2 cm right and bottom
_PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1418" w:header="680" w:footer="567" w:gutter="0"/>'
_LYING_PAGE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1134" w:left="1134" w:header="680" w:footer="567" w:gutter="0"/>'
#: width of the text of an upright and of a lying page, 1/20 point: where what stands on the right of header and footer ends
_RIGHT, _LYING_RIGHT = 9354, 14286
#: the header and footer of upright (1) and of lying (2) pages: number of the part → end of the id of its relation
_RUNNING = {1: "", 2: "Lying"}
#: part of header and footer → how the ids of their relations begin
_PARTS = {"header": "rIdHead", "footer": "rIdFoot"}


def _spacing(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _font(half_points: int, colour: str = INK, extra: str = "") -> str:
    return f'{extra}<w:color w:val="{colour}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _box(edge: str, fill: str) -> str:
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="8" w:color="{edge}"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        f'{_spacing(160, 200)}<w:ind w:left="227" w:right="113"/><w:contextualSpacing/>'
    )


_TOP = f'<w:pBdr><w:top w:val="single" w:sz="8" w:space="6" w:color="{RULE}"/></w:pBdr>'
_KEEP = "<w:keepNext/><w:keepLines/>"
#: paragraph styles: id, name, based on, paragraph, characters
_PARAGRAPHS: tuple[tuple[str, str, str, str, str], ...] = (
    ("BodyText", "Body Text", "Normal", _spacing(0, 140), ""),
    ("FirstParagraph", "First Paragraph", "BodyText", "", ""),
    ("Lead", "Lead", "BodyText", "<w:keepNext/>", ""),
    ("Compact", "Compact", "BodyText", _spacing(20, 100), ""),
    ("TableCell", "Table Cell", "Normal", _spacing(30, 30, 240), _font(BIG)),
    ("TableCellKept", "Table Cell Kept", "TableCell", "<w:keepNext/>", ""),
    ("TableHead", "Table Head", "TableCell", "<w:keepNext/>", _font(BIG, BRAND, "<w:b/>")),
    ("TableCellSmall", "Table Cell Small", "TableCell", "", _font(SMALL)),
    ("TableCellSmallKept", "Table Cell Small Kept", "TableCellSmall", "<w:keepNext/>", ""),
    ("TableHeadSmall", "Table Head Small", "TableCellSmall", "<w:keepNext/>", _font(SMALL, BRAND, "<w:b/>")),
    ("Title", "Title", "Normal", _spacing(240, 200, 240), _font(48, BRAND, "<w:b/>")),
    ("Kind", "Kind", "Normal", _spacing(3600, 0), _font(24, SOFT)),
    ("Question", "Question", "Normal", _spacing(0, 160), _font(24)),
    ("Facts", "Facts", "Normal", _spacing(120, 0), _font(20, SOFT)),
    ("Heading1", "heading 1", "Normal", f'{_KEEP}{_TOP}{_spacing(480, 160, 240)}<w:outlineLvl w:val="0"/>', _font(32, BRAND, "<w:b/>")),
    ("Heading2", "heading 2", "Normal", f'{_KEEP}{_spacing(320, 120, 240)}<w:outlineLvl w:val="1"/>', _font(25, BRAND, "<w:b/>")),
    ("Heading3", "heading 3", "Normal", f'{_KEEP}{_spacing(240, 100, 240)}<w:outlineLvl w:val="2"/>', _font(22, BRAND, "<w:b/>")),
    ("Heading4", "heading 4", "Normal", f'{_KEEP}{_spacing(200, 80, 240)}<w:outlineLvl w:val="3"/>', _font(21, BRAND, "<w:b/>")),
    ("Answer", "Answer", "Normal", _box("00664A", "EAF4F0"), _font(23)),
    ("Warning", "Warning", "Normal", _box("B36B00", "FFF4DF"), _font(21)),
    ("Brief", "Brief", "Normal", _spacing(0, 60, 252), _font(18)),
    ("BriefAnswer", "Brief Answer", "Answer", _spacing(60, 60, 252), _font(19)),
    ("BriefWarning", "Brief Warning", "Warning", _spacing(80, 0, 245), _font(16)),
    ("BriefFinding", "Brief Finding", "Finding", _spacing(140, 40, 240), _font(19, BRAND, "<w:b/>")),
    ("TableCellBrief", "Table Cell Brief", "TableCell", _spacing(10, 10, 228), _font(15)),
    ("TableCellBriefKept", "Table Cell Brief Kept", "TableCellBrief", "<w:keepNext/>", ""),
    ("TableHeadBrief", "Table Head Brief", "TableCellBrief", "<w:keepNext/>", _font(15, BRAND, "<w:b/>")),
    ("Method", "Method", "BodyText", "", _font(20, SOFT)),
    ("MethodKept", "Method Kept", "Method", "<w:keepNext/>", ""),
    ("Finding", "Finding", "Normal", f"{_KEEP}{_spacing(320, 100, 240)}", _font(22, BRAND, "<w:b/>")),
    ("Note", "Note", "Normal", "<w:keepLines/>" + _spacing(80, 280, 252), _font(17, SOFT)),
    ("AfterTable", "After Table", "Normal", '<w:spacing w:before="0" w:after="200" w:line="40" w:lineRule="exact"/>', _font(4)),
    ("Pointer", "Pointer", "Normal", _spacing(160, 200), _font(20)),
    ("PointerKept", "Pointer Kept", "Pointer", "<w:keepNext/>", ""),
    ("Caption", "caption", "Normal", "<w:keepLines/>" + _spacing(80, 280, 252), _font(18, SOFT)),
    ("TableCaption", "Table Caption", "Caption", f"{_KEEP}{_spacing(320, 100, 240)}", _font(20, INK, "<w:b/>")),
    ("ImageCaption", "Image Caption", "Caption", "", ""),
    ("BriefTableCaption", "Brief Table Caption", "TableCaption", _spacing(120, 60, 240), _font(18)),
    ("BriefImageCaption", "Brief Image Caption", "ImageCaption", _spacing(20, 0, 240), _font(15)),
    ("Figure", "Figure", "Normal", '<w:jc w:val="center"/>', ""),
    ("CaptionedFigure", "Captioned Figure", "Figure", "<w:keepNext/>", ""),
    ("TOCHeading", "TOC Heading", "Normal", f"{_KEEP}{_spacing(0, 240, 240)}", _font(32, BRAND, "<w:b/>")),
    ("TOC1", "toc 1", "Normal", f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9354"/></w:tabs>{_spacing(120, 40)}', "<w:b/>"),
    ("TOC2", "toc 2", "Normal", f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9354"/></w:tabs>{_spacing(0, 30)}<w:ind w:left="284"/>', ""),
    ("Header", "header", "Normal", f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="{_RIGHT}"/></w:tabs>', _font(17, SOFT)),
    ("Footer", "footer", "Normal", f'<w:tabs><w:tab w:val="right" w:pos="{_RIGHT}"/></w:tabs>', _font(17, SOFT)),
)  # fmt: skip
_CHARACTERS = (
    ("VerbatimChar", "Verbatim Char", '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'),
    ("Hyperlink", "Hyperlink", '<w:color w:val="0A5A9C"/><w:u w:val="single"/>'),
)


def styles_xml(language: str) -> str:
    """Every style of the file, with the language that Word checks the spelling in."""
    spelling = SPELLING[language]
    faces = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{faces}{_font(21)}<w:lang w:val="{spelling}" w:eastAsia="{spelling}" w:bidi="ar-SA"/></w:rPr>'
        f"</w:rPrDefault><w:pPrDefault><w:pPr>{_spacing(0, 0)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    plain = '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
    paragraphs = "".join(_paragraph(*row) for row in _PARAGRAPHS)
    characters = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/><w:rPr>{look}</w:rPr></w:style>'
        for key, name, look in _CHARACTERS
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:styles {_W}>{defaults}{normal}{plain}{paragraphs}{characters}{_table()}</w:styles>'


def _paragraph(key: str, name: str, parent: str, paragraph: str, characters: str) -> str:
    following = '<w:next w:val="BodyText"/>' if key.startswith("Heading") else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="{parent}"/>{following}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
    )


def _table() -> str:
    """Rules between the rows, a tinted head; no vertical lines."""
    inside = (
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    )
    edges = f'<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{BRAND}"/>{inside}</w:tblBorders>'
    margins = f'<w:tblCellMar><w:left w:w="{_CELL}" w:type="dxa"/><w:right w:w="{_CELL}" w:type="dxa"/></w:tblCellMar>'
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{BRAND}"/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" '
        f'w:space="0" w:color="{BRAND}"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/>'
        f'<w:tblPr><w:tblInd w:w="{_CELL}" w:type="dxa"/>{edges}{margins}</w:tblPr>{head}</w:style>'
    )


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on every page. left, right: of the header; marked: whether the right one must be seen (invented data); about:
    left in the footer; page: the words before the page's number and before the number of pages."""

    left: str
    right: str
    marked: bool
    about: str
    page: tuple[str, str]


def reference_document(base: bytes, language: str, running: Running) -> bytes:
    """pandoc's reference document with our styles, A4, header and footer."""
    sections = f"{_references('')}{_PAGE}<w:titlePg/>"
    replaced = {
        "word/styles.xml": styles_xml(language),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W} {_R}><w:body><w:p/><w:sectPr>{sections}</w:sectPr></w:body></w:document>',
        **_running_parts(running, _RIGHT, 1),
    }
    return _repacked(base, replaced, language)


def _repacked(base: bytes, replaced: Mapping[str, str], language: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if not name.startswith("word/media")}
    parts = _with_running(parts, 1)
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"], language)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**parts, **replaced}.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return written.getvalue()


def _settings(xml: str, language: str) -> str:
    decimal, listing = {"id": (",", ";"), "en": (".", ",")}[language]
    return (
        xml.replace('<w:proofState w:spelling="clean" w:grammar="clean" />', "")
        .replace('<w:themeFontLang w:val="en-US" />', f'<w:themeFontLang w:val="{SPELLING[language]}" />')
        .replace('<w:decimalSymbol w:val="." />', f'<w:decimalSymbol w:val="{decimal}" />')
        .replace('<w:listSeparator w:val="," />', f'<w:listSeparator w:val="{listing}" />')
    )


def with_lying_pages(parts: Mapping[str, str], running: Running) -> dict[str, str]:
    """The parts of a file with the header and footer of lying pages among them, their right side at the right margin."""
    return {**_with_running(parts, 2), **_running_parts(running, _LYING_RIGHT, 2)}


def lying_section() -> str:
    """What a section of lying pages holds."""
    return f"{_references(_RUNNING[2])}{_LYING_PAGE}"


def _references(ending: str) -> str:
    return "".join(f'<w:{name}Reference w:type="default" r:id="{begin}{ending}"/>' for name, begin in _PARTS.items())


def _with_running(parts: Mapping[str, str], number: int) -> dict[str, str]:
    """The parts with a header and a footer named in the list of kinds and among the document's relations."""
    kinds, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    told = "".join(f'<Override PartName="/word/{name}{number}.xml" ContentType="{_OFFICE}.{name}+xml"/>' for name in _PARTS)
    related = "".join(
        f'<Relationship Type="{_RELATION}/{name}" Id="{begin}{_RUNNING[number]}" Target="{name}{number}.xml"/>'
        for name, begin in _PARTS.items()
    )
    return {
        **parts,
        kinds: parts[kinds].replace("</Types>", f"{told}</Types>"),
        relations: parts[relations].replace("</Relationships>", f"{related}</Relationships>"),
    }


def _running_parts(running: Running, right: int, number: int) -> dict[str, str]:
    """right: where the line ends, 1/20 point."""
    mark = _text(running.right, f'<w:b/><w:color w:val="{_MARK}"/>' if running.marked else "")
    tab = "<w:r><w:tab/></w:r>"
    pages = f"{_text(running.page[0] + ' ')}{_field('PAGE')}{_text(f' {running.page[1]} ')}{_field('NUMPAGES')}"
    return {
        f"word/header{number}.xml": _line("hdr", "Header", right, f"{_text(running.left)}{tab}{mark}"),
        f"word/footer{number}.xml": _line("ftr", "Footer", right, f"{_text(running.about)}{tab}{pages}"),
    }


def _line(tag: str, style: str, right: int, content: str) -> str:
    moved = f'<w:tabs><w:tab w:val="clear" w:pos="{_RIGHT}"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>' if right != _RIGHT else ""
    look = f'<w:pPr><w:pStyle w:val="{style}"/>{moved}</w:pPr>'
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_W}><w:p>{look}{content}</w:p></w:{tag}>'


def _text(text: str, look: str = "") -> str:
    return f'<w:r>{look and f"<w:rPr>{look}</w:rPr>"}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
