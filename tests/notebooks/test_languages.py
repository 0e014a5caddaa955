"""A page speaks one language: no sentence, label or note of the other, and no plural of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mutasi_analysis.blocks import Picture, Prose, TableBlock
from mutasi_analysis.norms import families, load_family, norms_table, titles
from mutasi_analysis.publish.collect import in_language
from mutasi_analysis.publish.results import load_results, save_results
from mutasi_analysis.wording import Words
from tests.languages import foreign
from tests.notebooks.test_pages import COMPARED, PARTS
from tests.wording import invented

#: official words and titles of papers, which stay as they are; files and commands
NAMES = (
    *titles(), "Peraturan menteri", "Journal of Business and Economic Statistics", "Quarterly Journal of Economics",
    "Journal of Econometrics", "Review of Economic Studies", "Sekretariat Daerah", "Tidak Baik", "raw/contoh/pegawai.csv",
    "mutasi report", "mutasi dictionary", "mutasi export", "usulan_pendidikan.csv", "(kompetensi)", "(kinerja)", "(pegawai)",
    "praktik-3-tahun", "usulan-10-persen", "permendiknas-15-2010-khusus", "kelas-saja", "kkp-39-2023-other",
    "usulan-pp30-ke-pp46", "angka-kredit",
    "di bawah ekspektasi", "sesuai ekspektasi", "di atas ekspektasi",
)  # fmt: skip
_MANY = "regions|units|persons|transfers|employees|ratings|pairs|rows|methods|groups|intervals|days|tests"
ONE = re.compile(rf"(?<![\d.,/–-])\b1 (?:{_MANY})\b")


def texts(block: Prose | Picture | TableBlock) -> Iterator[str]:
    """Everything of a block that a reader sees or hears."""
    if isinstance(block, Prose):
        yield block.markdown
    elif isinstance(block, Picture):
        yield from (block.title, block.caption, block.alt)
        yield from (text.get_text() for text in block.figure.findobj(match=lambda part: hasattr(part, "get_text")))
        if block.table is not None:
            yield from texts(block.table)
    else:
        yield from (block.caption, block.note, *(f"{column.label} {column.unit}" for column in block.columns))
        yield from (str(cell) for row in block.shown.to_numpy().tolist() for cell in row)


def wrong(shown: list[Any], language: str) -> set[tuple[str, ...]]:
    told = {text for block in shown for text in texts(block)}
    found = {(text[:120], *sorted(foreign(text, language, besides=NAMES))) for text in told}
    plural = {(text[:120], "1") for text in told if language == "en" and ONE.search(text)}
    return {entry for entry in found if len(entry) > 1} | plural


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_report_speaks_one_language(language: str) -> None:
    every = norms_table(tuple(norm for family in families() for norm in load_family(family).values()))
    evaluation = invented.evaluation(norms=every, name="Contoh", missing=("pegawai", "kinerja", "survei"))
    assert wrong([block for part in PARTS for block in part(evaluation, Words(language))], language) == set()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("n", [1, 3])
def test_a_comparison_speaks_one_language_and_counts_one_region(n: int, language: str, tmp_path: Path) -> None:
    for i in range(n):
        save_results(invented.evaluation(slug=f"w{i}", name=f"Contoh {i}"), tmp_path)
    results = load_results(tmp_path)
    assert wrong([block for part in COMPARED for block in part(results, Words(language))], language) == set()


@pytest.mark.parametrize("name", ["region_report.ipynb", "compare_regions.ipynb"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_kept_notebook_explains_itself_in_its_language(name: str, language: str) -> None:
    import nbformat

    source = (Path(__file__).parents[2] / "notebooks" / name).read_text(encoding="utf-8")
    kept = in_language(nbformat.reads(source, as_version=4), language)  # type: ignore[no-untyped-call]
    explained = [cell.source for cell in kept.cells if cell.cell_type == "markdown"]
    assert len(explained) == 1 and foreign(re.sub(r"`[^`]*`", "", explained[0]), language) == set()
