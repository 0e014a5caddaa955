"""The report of a small region gives away nobody and no small group; without suppression the same attack finds plenty."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
    assert outputs.kinds(texts) >= {"html", "pdf", "docx", "xlsx", "md", "ipynb", "json", "csv", "svg"}
    assert len(report.persons.nips) > 300 and len(report.persons.names) > 300
    assert attack.persons_found(texts, report.persons) == []


def test_no_table_shows_a_small_group_itself_by_its_share_or_by_what_is_left(report: region.Report, notebook: list[Table]) -> None:
    others = _others(report.stem, notebook)
    counted = {table.key for table in notebook if attack.counts_persons(table)}
    read = {place: {table.key for table in others if table.place == place} for place in ("page", "workbook", "word")}
    drawn = {table.key for table in notebook if table.place == "picture"}  # a document shows the picture, not the numbers behind it
    assert counted and (counted - read["page"], counted - read["workbook"], counted - drawn - read["word"]) == (set(), set(), set())
    assert attack.small_cells([*notebook, *others, *outputs.processed_tables(report.processed)], K) == []


def test_hidden_heads_of_a_unit_do_not_come_back_from_the_other_tables_and_the_total(report: region.Report, notebook: list[Table]) -> None:
    assert report.truth.workload is not None
    units = report.truth.workload.units
    shown = [*notebook, *outputs.processed_tables(report.processed)]
    known = attack.units_from_everywhere(shown)
    few = set(units.loc[units["available_after"].between(1, K - 1), "unit_name"])
    assert {unit for unit in few if known.get(unit) is not None} == set()
    places = units["kecamatan_code"].astype(str)
    totals = units.groupby(places)["available_after"].sum().to_dict()
    assert attack.units_of_kecamatan(known, dict(zip(units["unit_name"], places, strict=True)), totals) == {}


Total = tuple[str, str, str, str | None, dict[str, float]]


def _totals(report: region.Report, tables: Mapping[str, Table]) -> list[Total]:
    """Tables with hidden cells and the totals that stand elsewhere, of reports and of results: table, label, count, group, totals.

    A region without competency standards has the tables of workload and process only; kinds of transfers that are few everywhere are
    counted together, and then there is nothing to give back.
    """
    assert report.truth.process is not None and report.truth.workload is not None
    units, section = report.truth.workload.units, report.truth.competency
    years = {str(year): float(n) for year, n in report.truth.process.kinds.groupby("year")["n"].sum().items()}
    moved: list[Total] = [
        ("workload_units", "unit_id", column, None, {"": float(units[column].sum())})
        for column in ("moved_in", "moved_out", "available_without", "available_after", "available_before")
    ]
    moved.append(("units", "unit_name", "available_after", None, {"": float(units["available_after"].sum())}))
    by_kind = [key for key in ("kinds", "process_kinds") if "move_kind" in tables[key].names]
    kinds: list[Total] = [(key, "move_kind", "n", "year", years) for key in by_kind]
    if section is None:
        return moved + kinds
    judged = float(section.coverage.loc[section.coverage["reason"] == "used", "n"].iloc[0])
    moves = float(section.coverage["n"].sum())
    groups = {key: {row[0] for row in tables[key].rows} for key in ("match", "competency_summary", "bands", "competency_bands")}
    return [
        *(*moved, *kinds),
        ("match", "name", "n", "grouping", dict.fromkeys(groups["match"] - {"semua"}, judged)),
        ("competency_summary", "group", "n", "grouping", dict.fromkeys(groups["competency_summary"] - {"all"}, judged)),
        ("bands", "band", "n", "state", dict.fromkeys(groups["bands"], judged)),
        ("competency_bands", "band", "n", "state", dict.fromkeys(groups["competency_bands"], judged)),
        ("coverage", "reason", "n", None, {"": moves}),
        ("competency_coverage", "reason", "n", None, {"": moves}),
    ]


def test_no_total_gives_a_hidden_cell_back(report: region.Report, notebook: list[Table], processed: list[Table]) -> None:
    by_key = {table.key: table for table in (*notebook, *processed)}
    hidden = {"*": 0, "": 0}
    for key, label, count, group, totals in _totals(report, by_key):
        cells = [row[by_key[key].names.index(count)] for row in by_key[key].rows]
        hidden = {sign: known + cells.count(sign) for sign, known in hidden.items()}
        assert attack.parts_of_totals(by_key[key], label, count, group, totals) == {}, key
    assert min(hidden.values()) > 0


#: tables that show every row of a frame of the evaluation, and its columns that count persons
WHOLE = {
    "units": ("workload_units", ("available_after",)),
    "kinds": ("process_kinds", ("n",)),
    "checks": ("process_checks", ("flagged",)),
    "match": ("competency_summary", ("n",)),
    "bands": ("competency_bands", ("n",)),
    "deficits": ("competency_deficits", ("n_deficit",)),
}


def test_without_suppression_the_same_attack_finds_plenty(report: region.Report, opened: list[dict[str, Any]], tmp_path: Path) -> None:
    """Every small number of the evaluation, in every format that shows it; how many there are is up to the region."""
    place, processed = region.unprotected(report, opened, tmp_path)
    notebook = outputs.payload_tables(opened)
    others = _others(place / report.stem.name, notebook)
    found = attack.small_cells([*notebook, *others, *outputs.processed_tables(processed)], K)
    assert sum(text.startswith("processed") for text in found) >= 100
    frames, told = report.truth.frames(), 0
    for key, (name, columns) in WHOLE.items():
        small = sum(int(frames[name][column].between(1, K - 1).sum()) for column in columns) if name in frames else 0
        for kind in ("notebook", "page", "workbook", "word"):
            here = [text for text in found if text.startswith(f"{kind} {key} ") and any(f": {column} = " in text for column in columns)]
            assert len(here) == small, (kind, key)
        told += small
    assert told >= 5
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
    ends = Table("x", "match", ("n", "share_improved"), (("400", "< 1"), ("400", "> 99"), ("2000", "< 1")))
    assert attack.small_cells([ends], K) == [
        "x match 400 / < 1: share_improved < 1 of 400 is [1, 2]",
        "x match 400 / > 99: share_improved > 99 of 400 is [399, 398]",
    ]
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
