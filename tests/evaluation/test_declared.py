"""Only distinctions that the profile declares are looked at, and the report says where they were declared."""

from __future__ import annotations

import pytest

from mutasi_analysis import pages
from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.evaluation import evaluate
from mutasi_analysis.wording import Words
from tests.evaluation.test_evaluate import PEOPLE
from tests.evaluation.tiny import move, person, profile, region


def found(**declared):
    """Ten movers of two kinds and ten stayers, rated every year; movers gain six points."""
    moved, stayed = [str(n) for n in range(100, 110)], [str(n) for n in range(200, 210)]
    people = [*PEOPLE, *(person(key, "B") for key in moved), *(person(key, "A") for key in stayed)]
    moves = [move(key, "A", "B", "2022-05-01", move_kind="rotasi" if int(key) % 2 else "promosi") for key in moved]
    rows = [
        {"person_id": key, "year": year, "half": 0, "regime": "permenpanrb-6-2022", "predicate": "Baik",
         "output_percent": 80.0 + int(key) % 7 + (year * int(key)) % 3 + 6 * (key in moved and year > 2022)}
        for key in (*moved, *stayed) for year in range(2020, 2026)
    ]  # fmt: skip
    return evaluate(region(pegawai=people, mutasi=moves, kinerja=rows), profile(**declared))


@pytest.mark.parametrize(
    ("declared", "looked_at"),
    [
        ({"groups": ("move_kind",), "doses": ()}, {"move_kind"}),
        ({"groups": ("sector",), "doses": ("workload_change",)}, {"sector"}),  # no workload was sent: that dose has no row
        ({}, {"move_kind", "sector"}),
        ({"groups": (), "doses": ()}, set()),
    ],
)
def test_only_what_was_declared_is_looked_at(declared, looked_at):
    evaluation = found(**declared)
    assert set(evaluation.performance.dose["factor"]) == looked_at
    assert evaluation.factors_declared == bool(declared)


@pytest.mark.parametrize(
    ("language", "declared", "note", "groups"),
    [
        ("id", {"groups": ("move_kind", "sector"), "doses": ()}, "Pembeda ditetapkan di profil wilayah", "jenis mutasi dan bidang tujuan"),
        ("en", {"groups": ("move_kind",), "doses": ()}, "The distinctions are declared in the region's profile", "kind of transfer"),
        (
            "en",
            {},
            "The region's profile declares no distinctions",
            "kind of transfer, sector, years in the previous post (cannot be tested",
        ),
        ("en", {"groups": (), "doses": ("match_change",)}, "The dist", "change of match (cannot be tested from these data)"),
    ],
)
def test_the_methods_show_what_was_declared_and_where(language, declared, note, groups):
    evaluation, words = found(**declared), Words(language)
    table = next(b for b in pages.methods(evaluation, words) if isinstance(b, TableBlock) and b.key == "declared")
    told = dict(table.shown.to_numpy().tolist())
    assert table.note.startswith(note)
    assert any(text.startswith(groups) for text in told.values())
    if declared:
        assert {"id": "tidak ada", "en": "none"}[language] in told.values()
    said = " ".join(str(block.payload()) for block in pages.performance(evaluation, words))
    place = {"id": "Pembeda yang ditetapkan di profil wilayah", "en": "Distinctions fixed in the region's profile"}[language]
    assert (place in said) == bool(declared.get("groups"))  # what cannot be tested has no sentence
