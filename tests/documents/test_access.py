"""Pages that a screen reader can read: language, headings, heads of tables, alternative texts, contrast; axe-core where it is."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from mutasi_analysis import pages
from mutasi_analysis.publish.documents.word_styles import BRAND, INK, SOFT, TINT
from mutasi_analysis.publish.html import PageFacts, report_page
from mutasi_analysis.publish.index import index_page
from mutasi_analysis.publish.places import Project
from mutasi_analysis.publish.results import load_results, save_results
from mutasi_analysis.wording import Words
from tests.documents import axe
from tests.wording import invented

REPORT = (
    "opening",
    "answer",
    "main_numbers",
    "workload",
    "competency",
    "performance",
    "service",
    "process",
    "limits",
    "methods",
    "sources",
)
COMPARED = ("compare_opening", "compare_match", "compare_effects", "compare_data")
LANGUAGES = ("id", "en")


def _page(blocks: list[object], language: str) -> str:
    payloads = tuple(block.payload() for block in blocks)  # type: ignore[attr-defined]
    links = (("PDF", "laporan-contoh.pdf"), ("Word", "laporan-contoh.docx"))
    return report_page(payloads, PageFacts(language, "Contoh", ("Dibuat hari ini",), True, "../index.html", links))


def _report(language: str) -> str:
    evaluation = invented.evaluation()
    return _page([block for part in REPORT for block in getattr(pages, part)(evaluation, Words(language))], language)


def _comparison(language: str, folder: Path) -> str:
    for number in range(3):
        save_results(invented.evaluation(slug=f"w{number}", name=f"Wilayah {number}"), folder)
    results = load_results(folder)
    return _page([block for part in COMPARED for block in getattr(pages, part)(results, Words(language))], language)


def _index(language: str, folder: Path) -> str:
    """The overview of two reports that stand and one that failed."""
    import json

    for slug in ("contoh", "lain"):
        place = folder / slug
        place.mkdir(parents=True)
        manifest = {
            "name": slug, "slug": slug, "title": f"Kabupaten {slug.title()}", "language": "id", "made_at": "2026-01-01T08:00:00+07:00",
            "formats": ["html", "pdf", "docx", "xlsx", "md"], "region": {"level": "kabupaten"}, "synthetic": True, "inputs": [],
            "summary": "Ditemukan dampak mutasi.", "verdicts": ["Kinerja: ditemukan"], "engine": "fork",
        }  # fmt: skip
        (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    status = folder / ".status"
    status.mkdir()
    (status / "gagal.json").write_text(json.dumps({"name": "gagal", "message": "berkas rusak", "at": "2026-01-01T08:00:00+07:00"}))
    return index_page(Project(folder, folder, folder, folder), language)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    made = {}
    for language in LANGUAGES:
        made[f"report-{language}"] = _report(language)
        made[f"comparison-{language}"] = _comparison(language, tmp_path_factory.mktemp("data"))
        made[f"index-{language}"] = _index(language, tmp_path_factory.mktemp("reports"))
    return made


KINDS = [f"{kind}-{language}" for kind in ("report", "comparison", "index") for language in LANGUAGES]


class _Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize("kind", KINDS)
def test_language_headings_heads_of_tables_and_alternative_texts(rendered: dict[str, str], kind: str) -> None:
    page = _Elements(rendered[kind])
    assert page.all("html")[0]["lang"] == kind[-2:]
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(head.get("scope") in ("col", "row") for head in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all((image.get("alt") or "").strip() for image in page.all("img"))
    names = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(names) == len(set(names))
    assert len(page.all("main")) == 1
    assert not [a for _, a in page.found if (a.get("tabindex") or "0") not in ("0", "-1")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.skipif(axe.checker() is None, reason="axe-core is not installed: npm install axe-core, or AXE_CORE=path to axe.min.js")
@pytest.mark.skipif(axe.browser() is None, reason="no Chromium")
def test_axe_core_finds_no_violation(rendered: dict[str, str], kind: str) -> None:
    assert axe.violations(rendered[kind]) == []


@pytest.mark.skipif(axe.checker() is None or axe.browser() is None, reason="axe-core or Chromium is not installed")
def test_axe_core_does_find_what_is_wrong() -> None:
    found = axe.violations(
        '<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1><img src="data:,"></main></body></html>'
    )
    assert {rule for rule, *_ in found} >= {"html-has-lang", "image-alt"}


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    text = colour.lstrip("#")
    text = "".join(2 * sign for sign in text) if len(text) == 3 else text
    shares = [int(text[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.005)  # WCAG's own example of the darkest grey that just passes


def test_every_text_colour_of_page_pdf_and_word_has_contrast_enough() -> None:
    """4.5 to 1 for text (WCAG 2.2, 1.4.3)."""
    sheet = (files("mutasi_analysis.publish") / "templates" / "style.css").read_text(encoding="utf-8")
    variables = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", sheet))
    pairs = [
        (variables[text], variables[ground]) for text in ("ink", "soft", "brand", "link", "ok", "warn") for ground in ("paper", "tint")
    ]
    pairs += [("#4a2f00", "#ffe9b8"), (variables["ink"], "#eaf4f0"), (variables["ok"], "#eaf4f0"), (variables["ink"], "#fff4df")]
    pairs += [("#fff", variables["brand"]), ("#dcecf8", variables["brand"]), ("#e3edf5", variables["brand"])]
    typst = (files("mutasi_analysis.publish") / "templates" / "report.typ").read_text(encoding="utf-8")
    named = dict(re.findall(r'#let (\w+) = rgb\("(#[0-9a-f]{6})"\)', typst))
    pairs += [(named[text], ground) for text in ("ink", "soft", "brand") for ground in ("#ffffff", named["tint"], "#eaf4f0", "#fff4df")]
    pairs += [(text, ground) for text in (INK, SOFT, BRAND) for ground in ("FFFFFF", TINT)]
    assert {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5} == {}
