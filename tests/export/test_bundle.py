"""The academic bundle: complete, the same bytes twice, recomputed by one command without this package, and nothing about a person."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from mutasi_analysis.cli import main
from mutasi_analysis.errors import MissingDataError, RunError, UsageError
from mutasi_analysis.publish import bundle
from mutasi_analysis.publish.bundle_data import codebook, descriptions
from mutasi_analysis.publish.results import save_results
from tests.wording import invented

NAMES = ("Kota Satu", "Kabupaten Dua & Tiga", "Kecamatan_Empat 50%")
LEVELS = ("kota", "kabupaten", "kecamatan")


@pytest.fixture(scope="module")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("proyek") / "data"
    for i, (name, level) in enumerate(zip(NAMES, LEVELS, strict=True)):
        save_results(invented.evaluation(slug=f"w{i}", name=name, level=level), root)
    return root


@pytest.fixture(scope="module")
def made(data_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("ekspor")
    bundle.write_bundle(data_root, to)
    return to / bundle.NAME


def text(made: Path, name: str) -> str:
    return (made / name).read_text(encoding="utf-8")


def test_everything_that_was_promised_is_there(made: Path) -> None:
    names = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert {
        "README.md", "Makefile", "recompute.py", "requirements.txt", "methods.md", "references.bib", "codebook.csv", "manifest.json",
        "tables/tables.docx", "tables/pooled.csv", "tables/pooled.tex", "tables/estimates.tex", "tables/ranks.tex",
        "tables/leave_one_out.tex",
        "tables/meta_regression.tex", "data/headline_effects.csv", "data/norms.csv", "figures/forest_output_percent.pdf",
        "figures/forest_output_percent.svg", "figures/captions.csv",
    } <= names  # fmt: skip
    with zipfile.ZipFile(made.parent / f"{bundle.NAME}.zip") as archive:
        assert {name.removeprefix(f"{bundle.NAME}/") for name in archive.namelist()} == names


def test_the_same_results_give_the_same_bytes(data_root: Path, made: Path, tmp_path: Path) -> None:
    again = bundle.write_bundle(data_root, tmp_path).parent / bundle.NAME
    differing = [
        path.relative_to(made).as_posix()
        for path in sorted(made.rglob("*"))
        if path.is_file() and path.read_bytes() != (again / path.relative_to(made)).read_bytes()
    ]
    assert [name for name in differing if name != "manifest.json"] == []
    one, other = (json.loads(text(folder, "manifest.json")) for folder in (made, again))
    assert {**one, "code": 0} == {**other, "code": 0}


def recompute(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run as a stranger would: another working folder, no environment of ours."""
    environ = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(folder / "recompute.py")]
    return subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, check=False, env=environ)


def unpacked(made: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(made.parent / f"{bundle.NAME}.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / bundle.NAME


def test_one_command_recomputes_the_tables_from_the_zip(made: Path, tmp_path: Path) -> None:
    folder = unpacked(made, tmp_path)
    ran = recompute(folder)
    assert (ran.returncode, ran.stdout.strip()) == (0, "all tables are the same as those sent"), ran.stderr
    (folder / "tables" / "pooled.csv").unlink()
    ran = recompute(folder)
    assert (ran.returncode, ran.stdout.strip()) == (1, "rewritten: pooled.csv")
    assert text(folder, "tables/pooled.csv") == text(made, "tables/pooled.csv")


def test_a_changed_number_changes_the_tables(made: Path, tmp_path: Path) -> None:
    folder = unpacked(made, tmp_path)
    path = folder / "data" / "headline_effects.csv"
    effects = pd.read_csv(path)
    effects.assign(estimate=effects["estimate"] + 1).to_csv(path, index=False)
    assert "pooled.csv" in recompute(folder).stdout


def test_the_copied_code_is_what_runs(made: Path, tmp_path: Path) -> None:
    folder = unpacked(made, tmp_path)
    (folder / "code" / "mutasi_analysis" / "across" / "journal.py").write_text("raise SystemExit(7)")
    assert recompute(folder).returncode == 7


def test_every_column_is_in_the_codebook_and_nothing_else_leaves(made: Path) -> None:
    book = pd.read_csv(made / "codebook.csv")
    for path in sorted((made / "data").glob("*.csv")):
        described = book.loc[book["file"] == f"data/{path.name}", "column"]
        assert list(pd.read_csv(path, nrows=1).columns) == list(described), path.name
    assert book[["description_id", "description_en"]].notna().all(axis=None)
    with pytest.raises(RunError, match=r"belum menjelaskan kolom: nip\."):
        codebook({"x": pd.DataFrame({"nip": [1]})})


def test_the_codebook_describes_no_column_that_never_occurs(made: Path) -> None:
    used = set(pd.read_csv(made / "codebook.csv")["column"])
    assert set(descriptions()) - used == set()


def test_nothing_about_a_person_a_unit_or_this_machine(made: Path, data_root: Path) -> None:
    units = set(invented.workload().units["unit_name"])
    for path in made.rglob("*"):
        if path.suffix in (".csv", ".tex", ".md", ".bib", ".json", ".py", ".svg"):
            content = path.read_text(encoding="utf-8")
            assert str(data_root) not in content and str(Path.home()) + "/" not in content, path.name
            assert not re.search(r"\b\d{18}\b", content) or path.suffix == ".svg", path.name
            assert not any(name in content for name in units), path.name
    assert "unit_name" not in pd.read_csv(made / "codebook.csv")["column"].tolist()


def test_small_groups_of_persons_keep_no_number(made: Path) -> None:
    for name, count in (("performance_effects", "n_units"), ("performance_naive", "n"), ("performance_verdicts", "n_moved")):
        frame = pd.read_csv(made / "data" / f"{name}.csv")
        assert not (frame[count] < invented.K).any(), name


def test_latex_is_whole_and_escaped(made: Path) -> None:
    table = text(made, "tables/estimates.tex")
    assert r"Kabupaten Dua \& Tiga" in table and r"Kecamatan\_Empat 50\%" in table
    for name in ("estimates", "pooled", "ranks", "leave_one_out", "meta_regression"):
        tex = text(made, f"tables/{name}.tex")
        rows = [line for line in tex.splitlines() if line.endswith(r"\\") and "&" in line]
        columns = re.search(r"longtable\}\{(\w+)\}", tex)
        assert columns is not None
        assert {len(re.findall(r"(?<!\\)&", row)) + 1 for row in rows} == {len(columns[1])}
        assert tex.count(r"\begin") == tex.count(r"\end{")
        assert not re.search(r"\d\.\d", "".join(rows)), "decimal comma in Indonesian"


def test_word_tables_hold_the_same_cells_as_latex(made: Path) -> None:
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(made / "tables" / "tables.docx") as archive:
        tree = ElementTree.fromstring(archive.read("word/document.xml"))
    tables = tree.findall(f".//{word}tbl")
    assert len(tables) == 5
    sizes = [len(table.findall(f"{word}tr")) - 1 for table in tables]
    frames = [
        len(pd.read_csv(made / "tables" / f"{name}.csv")) for name in ("estimates", "pooled", "leave_one_out", "ranks", "meta_regression")
    ]
    assert sizes == frames
    assert "Kabupaten Dua & Tiga" in "".join(node.text or "" for node in tree.iter(f"{word}t"))


def test_figures_are_of_journal_width_and_bear_words(made: Path) -> None:
    pdf = (made / "figures" / "forest_output_percent.pdf").read_bytes()
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ", pdf)
    assert box is not None
    assert float(box[1]) == pytest.approx(183 / 25.4 * 72, abs=0.1)
    assert b"CreationDate" not in pdf
    captions = list(csv.DictReader(io.StringIO(text(made, "figures/captions.csv"))))
    assert {row["figure"] for row in captions} == {path.stem for path in (made / "figures").glob("*.pdf")}
    assert all(row["alt"] and row["caption"] and row["alt"] != row["caption"] for row in captions)


def test_every_citation_has_its_entry_and_every_key_stands_once(made: Path) -> None:
    keys = re.findall(r"^@\w+\{([^,]+),", text(made, "references.bib"), re.MULTILINE)
    assert len(keys) == len(set(keys))
    assert set(re.findall(r"@([\w-]+)", text(made, "methods.md"))) <= set(keys)
    assert {"data-w0", "fenizia2022", "callaway2021"} <= set(keys)
    assert text(made, "references.bib").count("{") == text(made, "references.bib").count("}")


def test_the_appendix_names_every_norm(made: Path) -> None:
    methods = text(made, "methods.md")
    norms = pd.read_csv(made / "data" / "norms.csv")
    assert len(norms) > 0
    for _, norm in norms.iterrows():
        assert norm["scheme"] in methods and norm["reference"] in methods
    assert "Data contoh" in methods


def test_the_manifest_fingerprints_inputs_and_outputs(made: Path) -> None:
    manifest = json.loads(text(made, "manifest.json"))
    listed = {entry["path"] for entry in manifest["outputs"]}
    assert listed == {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()} - {"manifest.json"}
    assert {"w0/region.json", "w2/facts.csv"} <= {entry["path"] for entry in manifest["inputs"]}


def test_english(data_root: Path, tmp_path: Path) -> None:
    made = bundle.write_bundle(data_root, tmp_path, language="en").parent / bundle.NAME
    assert "Methods appendix" in text(made, "methods.md")
    assert re.search(r"\d\.\d", text(made, "tables/pooled.tex"))
    assert "Selang" not in text(made, "tables/pooled.tex")


def test_one_region_alone_can_be_exported(tmp_path: Path) -> None:
    save_results(invented.evaluation(slug="satu", name="Kota Satu", level="kota"), tmp_path / "data")
    made = bundle.write_bundle(tmp_path / "data", tmp_path / "out").parent / bundle.NAME
    assert pd.read_csv(made / "tables" / "pooled.csv")["estimate"].isna().all()
    assert recompute(made).returncode == 0


def test_a_region_without_performance_and_service_can_be_exported(tmp_path: Path) -> None:
    bare = invented.evaluation(slug="satu", name="Kota Satu", level="kota", performance=None, service=None)
    save_results(bare, tmp_path / "data")
    made = bundle.write_bundle(tmp_path / "data", tmp_path / "out").parent / bundle.NAME
    assert recompute(made).returncode == 0, recompute(made).stderr


def test_without_results_it_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MissingDataError, match="mutasi report --all"):
        bundle.write_bundle(tmp_path, tmp_path / "out")
    assert main(["export", "--data-root", str(tmp_path), "--to", str(tmp_path / "out")]) == 3
    assert "mutasi report --all" in capsys.readouterr().err


def test_a_folder_of_somebody_else_is_not_replaced(data_root: Path, tmp_path: Path) -> None:
    (tmp_path / bundle.NAME).mkdir()
    (tmp_path / bundle.NAME / "naskah.tex").write_text("punya orang")
    with pytest.raises(UsageError, match="bukan hasil ekspor"):
        bundle.write_bundle(data_root, tmp_path)
    assert (tmp_path / bundle.NAME / "naskah.tex").read_text() == "punya orang"
