"""The report of a small region gives away nobody and no small group; without suppression the same attack finds plenty."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.attack import attack, outputs, region
from tests.attack.outputs import Table
from tests.documents import sample

K = 5


def _others(stem: Path, notebook: list[Table]) -> list[Table]:
    found = outputs.page_tables(stem.with_suffix(".html")) + outputs.workbook_tables(stem.with_suffix(".xlsx"))
    return attack.known_as(found + outputs.word_tables(stem.with_suffix(".docx")), notebook)


def test_no_output_holds_a_nip_a_name_or_a_pseudonym(report: region.Report) -> None:
    texts = outputs.texts(report.folder) | outputs.texts(report.processed)
    kinds = {place.partition("!")[0].rpartition(".")[2] for place in texts}
    assert kinds >= {"html", "pdf", "docx", "xlsx", "md", "ipynb", "json", "csv", "svg"}
    assert len(report.persons.nips) > 300
    assert attack.persons_found(texts, report.persons) == []


def test_no_table_shows_a_small_group_itself_by_its_share_or_by_what_is_left(report: region.Report, notebook: list[Table]) -> None:
    others = _others(report.stem, notebook)
    assert {table.place for table in others} == {"page", "workbook", "word"}
    assert attack.small_cells([*notebook, *others, *outputs.processed_tables(report.processed)], K) == []


def test_hidden_heads_of_a_unit_do_not_come_back_from_the_other_tables_and_the_total(report: region.Report, notebook: list[Table]) -> None:
    assert report.truth.workload is not None
    units = report.truth.workload.units
    shown = [*notebook, *outputs.processed_tables(report.processed)]
    known = attack.units_from_everywhere(shown)
    few = set(units.loc[units["available_after"].between(1, K - 1), "unit_name"])
    assert few and {unit for unit in few if known.get(unit) is not None} == set()
    places = units["kecamatan_code"].astype(str)
    totals = units.groupby(places)["available_after"].sum().to_dict()
    assert attack.units_of_kecamatan(known, dict(zip(units["unit_name"], places, strict=True)), totals) == {}


def _totals(report: region.Report, notebook: list[Table]) -> list[tuple[str, str, str, str | None, dict[str, float]]]:
    """Tables with hidden cells and the totals that stand elsewhere: table, label, count, group, totals."""
    section = report.truth.competency
    assert section is not None and report.truth.process is not None
    judged = float(section.coverage.loc[section.coverage["reason"] == "used", "n"].iloc[0])
    moves = float(section.coverage["n"].sum())
    groups = next({row[0] for row in table.rows} for table in notebook if table.key == "match") - {"semua"}
    years = report.truth.process.kinds.groupby("year")["n"].sum()
    return [
        ("match", "name", "n", "grouping", dict.fromkeys(groups, judged)),
        ("bands", "band", "n", "state", {"jabatan lama": judged, "jabatan baru": judged}),
        ("coverage", "reason", "n", None, {"": moves}),
        ("kinds", "move_kind", "n", "year", {str(year): float(n) for year, n in years.items()}),
    ]


def test_no_total_gives_a_hidden_cell_back(report: region.Report, notebook: list[Table]) -> None:
    by_key = {table.key: table for table in notebook}
    hidden = 0
    for key, label, count, group, totals in _totals(report, notebook):
        place = by_key[key].names.index(count)
        hidden += sum(row[place] == "*" for row in by_key[key].rows)
        assert attack.parts_of_totals(by_key[key], label, count, group, totals) == {}, key
    assert hidden > 0


def test_without_suppression_the_same_attack_finds_plenty(report: region.Report, tmp_path: Path) -> None:
    place, processed, payloads = region.unprotected(report, tmp_path)
    notebook = outputs.payload_tables(payloads)
    others = _others(place / f"laporan-{region.SLUG}", notebook)
    found = attack.small_cells([*notebook, *others, *outputs.processed_tables(processed)], K)
    for kind in ("notebook", "page", "workbook", "word", "processed"):
        assert sum(text.startswith(kind) for text in found) >= 10, kind
    units = report.truth.workload.units if report.truth.workload is not None else pd.DataFrame()
    few = units.loc[units["available_after"].between(1, K - 1)].set_index("unit_name")["available_after"].to_dict()
    known = attack.units_from_everywhere(notebook)
    assert {unit: known[unit] for unit in few} == few


def test_one_hidden_cell_alone_is_given_back_by_its_total() -> None:
    table = Table("x", "match", ("grouping", "name", "n"), (("jenis", "rotasi", "40"), ("jenis", "promosi", "*"), ("jenis", "sanksi", "0")))
    assert attack.parts_of_totals(table, "name", "n", "grouping", {"jenis": 43.0}) == {"jenis/promosi": 3.0}
    two = Table("x", "match", ("grouping", "name", "n"), (("jenis", "a", "*"), ("jenis", "b", "*"), ("jenis", "c", "9")))
    assert attack.parts_of_totals(two, "name", "n", "grouping", {"jenis": 11.0}) == {"jenis/a": 1.0, "jenis/b": 1.0}
    assert attack.parts_of_totals(two, "name", "n", "grouping", {"jenis": 16.0}) == {}


def test_shares_and_remainders_of_few_persons_are_found() -> None:
    shares = Table("x", "match", ("n", "share_improved"), (("50", "4"), ("50", "40"), ("0", "0")))
    assert attack.small_cells([shares], K) == ["x match 50 / 4: share_improved 4 of 50 is [2]"]
    left = Table("x", "checks", ("n", "flagged"), (("68", "65"), ("68", "40")))
    assert attack.small_cells([left], K) == ["x checks 68 / 65: n − flagged = 3"]


def test_a_person_is_found_wherever_one_stands(tmp_path: Path) -> None:
    pytest.importorskip("pypandoc", reason="the extra documents is not installed")
    pytest.importorskip("typst", reason="the extra documents is not installed")
    from mutasi_analysis.publish.documents import FORMATS, write_documents

    persons = attack.Persons(frozenset({"198609262015051001"}), frozenset({"Sri Wahyuni"}), frozenset({"P-0123456789ab"}))
    text = "198609262015051001 Sri Wahyuni P-0123456789ab"
    folder = tmp_path / "report"
    folder.mkdir()
    write_documents(sample.document(text), FORMATS, folder, "laporan-x", tmp_path / "work")
    found = attack.persons_found(outputs.texts(folder), persons)
    for ending in ("pdf", "docx!word/document.xml", "xlsx!xl/sharedStrings.xml", "md"):
        assert len([place for place in found if place.startswith(f"laporan-x.{ending}:")]) == 3, ending
