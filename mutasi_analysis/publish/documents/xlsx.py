"""A document as workbook: one table a sheet, marked as a table, with its title in A1, its notes and its units; every sheet and every
printed page says where data are synthetic.

No merged and no blank cells, no formula; a long note has several rows, so that a printed sheet is as wide
as its table; what came from data is written as text whatever it begins with.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mutasi_analysis.publish.documents.cells import day_format, number_format, shown_day, shown_number, shown_value
from mutasi_analysis.publish.documents.content import AUTHOR, Document, Figure, Grid
from mutasi_analysis.publish.documents.intervals import with_ends_apart
from mutasi_analysis.publish.documents.word_styles import SPELLING
from mutasi_analysis.wording.words import Words

#: characters of a line of the note, at least; a wide table has longer ones
NOTE = 100
#: characters of a lying page, and the widest first and other columns, tried in this order
PAGE, WIDEST = 140, ((64, 48), (48, 40), (40, 32))
#: height of a line in points
LINE = 13.0
_YEAR = re.compile(r"\d{4}")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_BRAND, _SOFT, _TINT, _LINK, _AMBER = "#0B3C5D", "#4A5866", "#EEF2F5", "#0A5A9C", "#8A4B00"
_FONT = {"font_name": "Arial", "font_size": 10}


@dataclass(frozen=True, slots=True)
class Sheet:
    """name: of the sheet; title: what stands in A1; note: below it."""

    name: str
    title: str
    note: str
    grid: Grid


def sheets_of(document: Document) -> tuple[Sheet, ...]:
    """Every table, then the numbers behind every figure."""
    words = Words(document.language)
    tables = [_table_sheet(grid, words) for grid in document.grids]
    figures = [_figure_sheet(figure, figure.grid, words) for figure in document.figures if figure.grid is not None]
    return tuple(sheet for sheet in (*tables, *figures) if sheet.grid.columns)


def _table_sheet(grid: Grid, words: Words) -> Sheet:
    note = "".join(run.text for run in grid.note) or words("documents.one_table")
    title = f"{words('frame.table', n=grid.number)}. {grid.caption}"
    return Sheet(words("documents.sheet_table", n=grid.number), title, note, with_ends_apart(grid, words))


def _figure_sheet(figure: Figure, grid: Grid, words: Words) -> Sheet:
    title = words("documents.behind_figure", n=figure.number, title=figure.title)
    note = " ".join(text for text in ("".join(run.text for run in grid.note), figure.caption) if text)
    return Sheet(words("documents.sheet_figure", n=figure.number), title, note, with_ends_apart(grid, words))


def xlsx_bytes(document: Document) -> bytes:
    """The workbook. The same document gives the same bytes."""
    import xlsxwriter

    written = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, safe) as book:
        made = datetime.fromisoformat(document.made_at).replace(tzinfo=None)
        words = Words(document.language)
        kind = words("documents.kind")
        book.set_properties({"title": document.title, "subject": kind, "author": AUTHOR, "category": kind, "created": made})
        book.set_custom_property("Language", SPELLING[document.language], "text")
        writer = _Writer(book, document, words)
        sheets = sheets_of(document)
        writer.contents(sheets)
        writer.notes()
        for number, sheet in enumerate(sheets, start=1):
            writer.table(sheet, number)
    return written.getvalue()


class _Writer:
    """One workbook being written: its formats, made once each."""

    def __init__(self, book: Any, document: Document, words: Words) -> None:
        self.book, self.document, self.words = book, document, words
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**_FONT, "valign": "top", **look})
        return self._formats[key]

    def text(self, page: Any, row: int, column: int, text: str, **look: Any) -> None:
        """Text that stays text, also when someone edits the cell."""
        risky = {"quote_prefix": True} if text.startswith(FORMULA_SIGNS) else {}
        page.write_string(row, column, text, self.format(**look, **risky))

    def contents(self, sheets: tuple[Sheet, ...]) -> None:
        words, document = self.words, self.document
        name = words("documents.sheet_contents")
        page = self.book.add_worksheet(name)
        first = self._title(page, document.title, 16, words("frame.synthetic"))
        lines = [words("documents.kind"), *document.about, words("documents.contents_hint")]
        for row, line in enumerate(lines, start=first):
            self.text(page, row, 0, line, font_color=_SOFT)
        start = first + len(lines)
        heads = [(words("documents.sheet"), False, 16), (words("documents.holds"), False, 95), (words("documents.row_count"), True, 14)]
        self._frame(page, start, len(sheets) + 1, heads, words("documents.contents_name"))
        notes = words("documents.sheet_notes")
        self._link(page, start + 1, notes)
        self.text(page, start + 1, 1, words("documents.meaning"))
        page.write_number(start + 1, 2, 4, self.format(num_format="0"))
        for row, sheet in enumerate(sheets, start=start + 2):
            self._link(page, row, sheet.name)
            self.text(page, row, 1, sheet.title, text_wrap=True)
            page.write_number(row, 2, len(sheet.grid.rows), self.format(num_format="0"))
        page.set_column(0, 0, 16)
        page.set_column(1, 1, 95)
        page.set_column(2, 2, 14)
        self._printed(page, start)

    def _link(self, page: Any, row: int, sheet: str) -> None:
        page.write_url(row, 0, f"internal:'{sheet}'!A1", self.format(font_color=_LINK, underline=1), sheet)

    def notes(self) -> None:
        words = self.words
        page = self.book.add_worksheet(words("documents.sheet_notes"))
        head = self._title(page, words("documents.sheet_notes"), 14)
        heads = [(words("documents.sign"), False, 14), (words("documents.meaning"), False, 100)]
        rows = [
            ("*", words("documents.sign_hidden")),
            ("–", words("documents.sign_missing")),
            (words("documents.brackets"), words("documents.sign_unit")),
            (words("documents.figures_sign"), words("documents.sign_rounding")),
        ]
        self._frame(page, head, len(rows), heads, words("documents.notes_name"))
        for number, row in enumerate(rows, start=head + 1):
            for column, text in enumerate(row):
                self.text(page, number, column, text, text_wrap=True)
        page.set_column(0, 0, 14)
        page.set_column(1, 1, 100)
        self._printed(page, head)

    def table(self, sheet: Sheet, number: int) -> None:
        page = self.book.add_worksheet(sheet.name)
        grid, widths = sheet.grid, _widths(sheet.grid)
        head = self._above(page, sheet, sum(widths))
        labels = _unique([column.head for column in grid.columns])
        self._frame(page, head, len(grid.rows), list(zip(labels, [c.numeric for c in grid.columns], widths, strict=True)), f"data_{number}")
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
            self._column(page, grid, column, head + 1)
        for row, cells in enumerate(grid.rows, start=head + 1):
            lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
            if lines > 1:
                page.set_row(row, LINE * lines + 2)
        page.freeze_panes(head + 1, 0 if len(grid.columns) < 2 or grid.columns[0].numeric else 1)
        self._printed(page, head)

    def _above(self, page: Any, sheet: Sheet, width: int) -> int:
        """Title, note and way back; gives the row of the table's head."""
        first = self._title(page, sheet.title, 13)
        lines = textwrap.wrap(sheet.note, max(width, NOTE), break_on_hyphens=False, break_long_words=False) or [sheet.note]
        for row, line in enumerate(lines, start=first):
            self.text(page, row, 0, line, font_color=_SOFT)
        below = first + len(lines)
        back = self.words("documents.sheet_contents")
        link = self.format(font_color=_LINK, underline=1)
        page.write_url(below, 0, f"internal:'{back}'!A1", link, self.words("documents.back"))
        page.set_row(below, LINE + 7)
        return below + 1

    def _title(self, page: Any, text: str, size: int, synthetic: str = "") -> int:
        """The title and, below it, that data are synthetic where they are; gives the first free row."""
        self.text(page, 0, 0, text, bold=True, font_size=size, font_color=_BRAND)
        page.set_row(0, 1.6 * size)
        if not self.document.synthetic:
            return 1
        self.text(page, 1, 0, synthetic or self.words("documents.synthetic_short"), bold=True, font_color=_AMBER)
        return 2

    def _column(self, page: Any, grid: Grid, column: int, first: int) -> None:
        texts = [row[column] for row in grid.rows]
        numbers = [shown_number(text, self.document.language) if grid.columns[column].numeric else None for text in texts]
        signed = any(number.signed for number in numbers if number is not None)
        for row, (text, number) in enumerate(zip(texts, numbers, strict=True), start=first):
            if number is not None:
                shape = number_format(replace(number, signed=signed), self.document.language)
                page.write_number(row, column, number.value, self.format(num_format=shape, **_place(True, column)))
            elif grid.columns[column].numeric:
                self.text(page, row, column, text, **_place(True, column))
            elif not self._worded(page, row, column, text, grid.columns[column].kind):
                self.text(page, row, column, text, text_wrap=True, **_place(False, column))

    def _worded(self, page: Any, row: int, column: int, text: str, kind: str) -> bool:
        """A year, a date or a number of a column of words as what it is, where the cell holds nothing else; whether it was."""
        language, place = self.document.language, _place(False, column)
        if kind == "year" and _YEAR.fullmatch(text):
            page.write_number(row, column, int(text), self.format(num_format="0", **place))
            return True
        if kind in ("date", "month") and (day := shown_day(text, language)):
            page.write_datetime(row, column, day, self.format(num_format=day_format(kind, language), **place))
            return True
        if kind == "value" and (number := shown_value(text, language)):
            page.write_number(row, column, number.value, self.format(num_format=number_format(number, language), **place))
            return True
        return False

    def _frame(self, page: Any, head: int, rows: int, heads: list[tuple[str, bool, int]], name: str) -> None:
        """Mark the cells as a table with a filter; the head is written as text. heads: label, whether numeric, width in characters."""
        columns = [
            {
                "header": label,
                "header_format": self.format(
                    bold=True, font_color=_BRAND, bg_color=_TINT, text_wrap=True, valign="top", **_place(right, number)
                ),
            }
            for number, (label, right, _) in enumerate(heads)
        ]
        options = {"name": name, "columns": columns, "style": "Table Style Light 1", "banded_rows": False}
        page.add_table(head, 0, head + max(rows, 1), len(heads) - 1, options)
        lines = max(_lines(label, width) for label, _, width in heads)
        page.set_row(head, LINE * (lines + 1) + 6)  # Excel's button of the filter stands below the words
        if rows == 0:
            for column in range(len(heads)):
                self.text(page, head + 1, column, "–")

    def _printed(self, page: Any, head: int) -> None:
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(head)
        page.hide_gridlines(2)
        if self.document.synthetic:
            page.set_header(f"&R&B{self.words('documents.synthetic_short')}")
        page.set_footer(f"&L{self.document.title.replace('&', '&&')}&R&P / &N")
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _place(right: bool, column: int) -> dict[str, Any]:
    """Numbers stand right, away from the head of the next ones; text left, away from the numbers before it."""
    return {"align": "right", "indent": 1} if right else {"align": "left", "indent": 1 if column else 0}


def _widths(grid: Grid) -> list[int]:
    """Width of each column in characters; the first, which names the row, may be the widest. What would make the table wider than a
    lying page has narrower columns of words, down to the last of WIDEST."""
    needed = []
    for number, column in enumerate(grid.columns):
        longest = max((len(row[number]) for row in grid.rows), default=0)
        word = max((len(piece) for piece in column.head.split()), default=0)
        needed.append(max(longest, word + 3, 9) + 3)
    tried = [[min(width, most if number else first) for number, width in enumerate(needed)] for first, most in WIDEST]
    return next((widths for widths in tried if sum(widths) <= PAGE), tried[-1])


def _lines(text: str, width: int) -> int:
    """Lines of a wrapped cell: letters are narrower than the figure that widths count by."""
    return max(len(textwrap.wrap(text, round(1.2 * width))), 1)


def _unique(labels: list[str]) -> list[str]:
    """Heads of a table must differ; a repeated one gets its number."""
    seen: Counter[str] = Counter()
    found = []
    for label in labels:
        seen[label.lower()] += 1
        found.append(label if seen[label.lower()] == 1 else f"{label} ({seen[label.lower()]})")
    return found
