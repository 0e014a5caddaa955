"""reports/index.html and index.en.html: every report with its answer in one line, and from what it was made."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from mutasi_analysis.publish.failure import PAGE, failed_names, failure_folder, failure_of, title_of
from mutasi_analysis.publish.html import environment, render
from mutasi_analysis.publish.manifest import read_manifest
from mutasi_analysis.publish.places import COMPARISON, STEMS, Project, index_name, report_stem
from mutasi_analysis.publish.swap import write_file
from mutasi_analysis.wording.catalogue import catalogue
from mutasi_analysis.wording.words import Words

#: from here on regions stand one below the other, a line each
MANY = 12
_TEMPLATE = "index.html.j2"
ORDERS = ("name", "code", "answer", "made", "state")


def write_index(project: Project) -> None:
    """Write the overview in every language from the manifests that stand."""
    for language in STEMS:
        write_file(project.reports / index_name(language), index_page(project, language).encode())


def get_ready() -> None:
    """Read what every overview needs: template, words, script."""
    environment().get_template(_TEMPLATE)
    script()
    catalogue()


def index_page(project: Project, language: str) -> str:
    """The overview as HTML: regions by name, then the comparison, failures told."""
    from markupsafe import Markup

    cards = _cards(project, language)
    words = Words(language)
    return render(
        _TEMPLATE,
        language,
        comparison=[card for card in cards if card["slug"] == COMPARISON],
        regions=[card for card in cards if card["slug"] != COMPARISON],
        synthetic=any(card["synthetic"] for card in cards),
        others=[(index_name(other), other, words(f"frame.in_{other}")) for other in STEMS if other != language],
        many=MANY,
        orders=[(key, words(f"overview.by_{key}")) for key in ORDERS],
        script=Markup(script()),
        script_hash=f"sha256-{base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()}",
    )


@cache
def script() -> str:
    """Search and order; the page stands without it."""
    return (files("mutasi_analysis.publish") / "templates" / "index.js").read_text(encoding="utf-8").strip()


def _cards(project: Project, language: str) -> list[dict[str, Any]]:
    """One card a region: the manifest in the page's language where there is one, links to every language."""
    by_slug: dict[str, list[dict[str, Any]]] = {}
    for folder in sorted(path.parent for path in project.reports.glob("*/manifest.json")):
        manifest = read_manifest(folder)
        if manifest is not None and not folder.name.startswith("."):
            by_slug.setdefault(manifest["slug"], []).append(manifest)
    words = Words(language)
    failures = [failure for name in failed_names(project) if (failure := failure_of(project, name)) is not None]
    told: dict[str, list[dict[str, str]]] = {}
    for failure in failures:
        told.setdefault(failure["slug"], []).append(_failure(project, failure, words))
        by_slug.setdefault(failure["slug"], [])
    cards = [_card(project, slug, manifests, words) | {"failures": told.get(slug, [])} for slug, manifests in by_slug.items()]
    return sorted(cards, key=lambda card: (card["title"], card["slug"]))


def _failure(project: Project, failure: dict[str, Any], words: Words) -> dict[str, str]:
    language = failure["name"].partition(".")[2] or "id"
    return {
        "href": f"{failure_folder(project, failure['name']).name}/{PAGE}",
        "language": language,
        "text": words(f"frame.in_{language}"),
        "day": words.date(date.fromisoformat(failure["at"][:10])),
    }


def _card(project: Project, slug: str, manifests: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    ordered = sorted(manifests, key=lambda m: (m["language"] != words.language, m["language"]))
    card: dict[str, Any] = {
        **dict.fromkeys(("code", "level", "summary", "verdict", "rest", "made", "made_at", "source"), ""),
        "slug": slug,
        "verdicts": [],
        "synthetic": False,
        "links": [_link(manifest, words) for manifest in ordered],
    }
    if not ordered:
        return {**card, "title": title_of(project, slug, words)}
    first = ordered[0]
    read = [entry for entry in first["inputs"] if entry.get("rows") is not None]
    rows = sum(entry["rows"] for entry in read)
    verdict, rest = _split(first["summary"])
    return {
        **card,
        "title": str(first["title"]),
        "level": _level(first, words),
        "code": first["region"].get("code", ""),
        "language": first["language"],
        "summary": first["summary"],
        "verdict": verdict,
        "rest": rest,
        "verdicts": first.get("verdicts", []),
        "made": words("frame.made", day=words.date(date.fromisoformat(first["made_at"][:10]))),
        "made_at": first["made_at"],
        "source": words("frame.index_from", files=words.count(len(read), "file"), rows=words.number(rows, 0)) if rows else "",
        "synthetic": first["synthetic"],
    }


def _link(manifest: dict[str, Any], words: Words) -> dict[str, Any]:
    """The report in one language, and every other form of it that exists."""
    stem = f"{manifest['name']}/{report_stem(manifest['slug'], manifest['language'])}"
    others = [{"href": f"{stem}.{form}", "text": words(f"documents.{form}")} for form in manifest.get("formats", ()) if form != "html"]
    language = manifest["language"]
    return {"href": f"{stem}.html", "text": words(f"frame.in_{language}"), "language": language, "others": others}


def _split(summary: str) -> tuple[str, str]:
    """The verdict that an answer begins with ("Outcome: verdict."), and the rest; no verdict where it has none."""
    head, dot, rest = summary.partition(". ")
    if ": " not in head:
        return "", summary
    return (f"{head}.", rest) if dot else (summary, "")


def _level(manifest: dict[str, Any], words: Words) -> str:
    """What the region is, where its name does not say it: a kecamatan is called by its bare name, here as in its report."""
    return words.label("level", "kecamatan").capitalize() if manifest["region"].get("level") == "kecamatan" else ""
