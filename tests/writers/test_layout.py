"""The writers say every column of every table, and their cells read back to the last digit."""

from __future__ import annotations

import pytest

from mutasi_analysis.entities import TABLES
from mutasi_analysis.synthetic.writers.headers import DUK, INDONESIAN, SIASN
from mutasi_analysis.synthetic.writers.layout import indonesian_number, plain_number
from tests.sources.small import region


@pytest.mark.parametrize("headers", [INDONESIAN, SIASN, DUK])
def test_every_column_has_a_header_of_its_own(headers):
    for name, table in TABLES.items():
        if name not in headers or (headers is SIASN and name == "kompetensi"):  # written wide
            continue
        assert set(headers[name]) == set(table.names), name
        assert len(set(headers[name].values())) == len(headers[name]), name


def test_the_small_region_fills_every_column_of_every_table():
    tables = region().tables
    assert set(tables) == set(TABLES)
    for name, table in tables.items():
        assert table.notna().any().all(), name


@pytest.mark.parametrize(
    ("value", "indonesian", "plain"),
    [(1250.5, "1.250,5", "1250.5"), (1250, "1.250", "1250"), (0.25, "0,25", "0.25"), (-0.5, "-0,5", "-0.5"), (81.125, "81,125", "81.1250"),
     (1234567.0, "1.234.567", "1234567"), (-1250.75, "-1.250,75", "-1250.75")],
)  # fmt: skip
def test_numbers_as_text(value, indonesian, plain):
    assert indonesian_number(value) == indonesian
    assert plain_number(value) == plain
