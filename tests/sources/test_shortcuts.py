"""Shortcuts of reading give what the long way gives: runs of sure records, texts without odd spaces."""

from __future__ import annotations

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from mutasi_analysis.sources import extracts
from mutasi_analysis.sources.cells import squeeze
from mutasi_analysis.sources.extracts import extract
from mutasi_analysis.sources.grids import Grid

_HEAD = ["NIP", "Tahun", "Semester", "Nilai", "Predikat", ""]
_CELLS = (
    "",
    "-",
    "JUMLAH",
    "Total 3",
    "Unit Kerja : Dinas A",
    "Tahun",
    "NIP",
    "198001012005011001",
    "2021",
    "1",
    "88,5",
    "Baik",
    1.0,
    2021,
)
_SPACE = re.compile(r"[\s\u00a0\u2007\u202f\ufeff\u200b]+")


def _sheet(draw: random.Random) -> list[list[object]]:
    record: list[object] = ["198001012005011001", "2021", "1", "88,5", "Baik", "x"]
    rows: list[list[object]] = [list(_HEAD)]
    for _ in range(draw.randrange(1, 30)):
        kind = draw.random()
        if kind < 0.7:
            rows.append([draw.choice(_CELLS) if draw.random() < 0.1 else cell for cell in record])
        elif kind < 0.8:
            rows.append(list(_HEAD))
        else:
            rows.append([draw.choice(_CELLS) if draw.random() < 0.4 else "" for _ in record[: draw.randrange(1, 7)]])
    return rows


def _found(rows: list[list[object]]) -> tuple[object, ...] | None:
    found = extract(Grid("Data", rows), "kinerja.csv", kinds=("kinerja",))
    return found and (found.rows, {name: list(column) for name, column in found.columns.items()}, found.origin, found.skipped)


def test_runs_of_sure_records_are_those_found_row_by_row(monkeypatch):
    sheets = [_sheet(random.Random(seed)) for seed in range(400)]
    runs = [_found(rows) for rows in sheets]
    monkeypatch.setattr(extracts, "_surely_records", lambda heads, below: [False] * len(below.codes))
    assert runs == [_found(rows) for rows in sheets]
    assert sum(found is not None and len(found[0]) > 1 for found in runs) > 200


@given(st.text(st.one_of(st.sampled_from(" \t\n\u00a0\u200b\u3000"), st.characters(codec="utf-8")), max_size=12))
def test_squeeze_makes_every_kind_of_space_one_blank(text):
    assert squeeze(text) == _SPACE.sub(" ", text).strip()
