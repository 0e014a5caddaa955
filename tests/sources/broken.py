"""Helpers for broken inputs: a good small region on disk (tidy style), and changes to its files."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from mutasi_analysis.errors import DataError
from mutasi_analysis.sources import load_region
from mutasi_analysis.synthetic.files import write_region
from tests.sources.small import profile, region


class Folder:
    """data/raw/alak with the small region; `edit` changes a file's text, `faults` reads it and gives the sentences."""

    def __init__(self, root: Path) -> None:
        self.root = root
        write_region(region(), profile(), root / "raw")

    def path(self, name: str) -> Path:
        return self.root / "raw" / "alak" / name

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.path(name).read_text("utf-8")
        assert old in text, f"{old} not in {name}"
        self.path(name).write_text(text.replace(old, new, 1), "utf-8")

    def faults(self) -> list[str]:
        with pytest.raises(DataError) as caught:
            load_region(profile(), self.root)
        return [fault.sentence() for fault in caught.value.faults]


def workbook(path: Path, rows: list[list[object]], sheet: str = "Data") -> Path:
    """A workbook of one sheet with the cells as given (numbers as numbers)."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                page.write(row, column, cell)
    book.close()
    return path
