"""reports/index.html: every report with its answer in one line, and from what it was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.failure import FAILURES, failure_of
from mutasi_analysis.publish.html import render
from mutasi_analysis.publish.manifest import read_manifest
from mutasi_analysis.publish.places import COMPARISON, Project, report_stem
from mutasi_analysis.publish.swap import write_file
from mutasi_analysis.wording.words import Words


def write_index(project: Project, language: str) -> Path:
    """Write the overview from the manifests that stand; its path."""
    path = project.reports / "index.html"
    write_file(path, index_page(project, language).encode())
    return path


def index_page(project: Project, language: str) -> str:
    """The overview as HTML: regions by name, the comparison first, failures told."""
    cards = _cards(project, language)
    comparison = [card for card in cards if card["slug"] == COMPARISON]
    regions = [card for card in cards if card["slug"] != COMPARISON]
    synthetic = any(card["synthetic"] for card in cards)
    return render("index.html.j2", language, comparison=comparison, regions=regions, synthetic=synthetic)


def _cards(project: Project, language: str) -> list[dict[str, Any]]:
    """One card a region: the manifest in the page's language where there is one, links to every language."""
    by_slug: dict[str, list[dict[str, Any]]] = {}
    for folder in sorted(path.parent for path in project.reports.glob("*/manifest.json")):
        manifest = read_manifest(folder)
        if manifest is not None and not folder.name.startswith("."):
            by_slug.setdefault(manifest["slug"], []).append(manifest)
    for path in sorted((project.reports / FAILURES).glob("*.json")):
        by_slug.setdefault(path.stem.partition(".")[0], [])
    words = Words(language)
    cards = [_card(project, slug, manifests, words) for slug, manifests in by_slug.items()]
    return sorted(cards, key=lambda card: (card["title"], card["slug"]))


def _card(project: Project, slug: str, manifests: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    ordered = sorted(manifests, key=lambda m: (m["language"] != words.language, m["language"]))
    links = [
        {
            "href": f"{m['name']}/{report_stem(slug, m['language'])}.html",
            "text": words(f"frame.in_{m['language']}"),
            "language": m["language"],
            "others": [
                {"href": f"{m['name']}/{report_stem(slug, m['language'])}.{form}", "text": words(f"documents.{form}")}
                for form in m.get("formats", ())
                if form != "html"
            ],
        }
        for m in ordered
    ]
    failed = any(failure_of(project, name) for name in {slug, *(f"{slug}.{code}" for code in ("en",))})
    card = {
        "slug": slug,
        "title": slug,
        "summary": "",
        "verdicts": [],
        "made": "",
        "source": "",
        "synthetic": False,
        "links": links,
        "failed": failed,
    }
    if not ordered:
        return card
    first = ordered[0]
    rows = sum(entry.get("rows") or 0 for entry in first["inputs"])
    source = words("frame.index_from", files=words.number(len(first["inputs"]), 0), rows=words.number(rows, 0))
    made = words("frame.made", day=words.date(date.fromisoformat(first["made_at"][:10])))
    return {
        **card,
        "title": _title(first, words),
        "language": first["language"],
        "summary": first["summary"],
        "verdicts": first.get("verdicts", []),
        "made": made,
        "source": source if rows else "",
        "synthetic": first["synthetic"],
    }


def _title(manifest: dict[str, Any], words: Words) -> str:
    """The region's name; a kecamatan's says that it is one."""
    if manifest["region"].get("level") != "kecamatan":
        return str(manifest["title"])
    return f"{words.label('level', 'kecamatan').capitalize()} {manifest['title']}"
