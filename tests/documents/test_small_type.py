"""Tables with many columns: the type gets smaller before a word is broken; an interval stays on one line."""

from __future__ import annotations

from mutasi_analysis.publish.documents.content import Column, Grid, _line
from mutasi_analysis.publish.documents.pandoc_tree import _grid
from mutasi_analysis.publish.documents.pdf import UPRIGHT
from mutasi_analysis.publish.documents.pdf import _grid as pdf_grid
from mutasi_analysis.publish.documents.widths import column_widths, least_width
from mutasi_analysis.wording import Words

INTERVAL = "−2,0\u00a0sampai\u00a0−0,8"


def grid(columns: int) -> Grid:
    heads = tuple(Column("Pembanding", "", numeric=False) for _ in range(columns))
    return Grid(1, "wide", "Tabel lebar", (), heads, (("penyelesaian",) * columns,))


def test_a_table_that_fits_keeps_its_type_and_one_that_does_not_gets_a_smaller_one() -> None:
    fits, wide = grid(4), grid(9)
    assert least_width(fits) < UPRIGHT[fits.wide][1]
    assert pdf_grid(fits, Words("id"))["size"] == UPRIGHT[fits.wide][0]
    assert pdf_grid(wide, Words("id"))["size"] < UPRIGHT[wide.wide][0]
    assert "Table Cell Small" not in str(_grid(fits, Words("id")))
    assert "Table Cell Small" in str(_grid(wide, Words("id")))


def test_spaces_that_must_not_break_reach_the_page_and_the_column_has_room_for_the_whole_interval() -> None:
    assert _line(f" {INTERVAL}\n") == INTERVAL
    table = Grid(1, "interval", "Selang", (), (Column("Selang", "", numeric=False),), ((INTERVAL,),))
    assert column_widths(table, 114.0)[0] >= len(INTERVAL)
