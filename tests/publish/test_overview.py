"""The overview of all reports: every form linked, failures beside the reports that stand, search and order in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mutasi_analysis.publish.html import PageFacts, report_page
from mutasi_analysis.publish.index import index_page
from mutasi_analysis.publish.places import Project
from tests.publish.test_html import EVIL, _Page

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


def _place(root: Path) -> Project:
    return Project(root, root / "notebooks", root / "data", root / "reports")


def _report(place: Project, name: str, title: str, made: str, **changes: Any) -> None:
    slug, _, language = name.partition(".")
    manifest = {
        "name": name,
        "slug": slug,
        "language": language or "id",
        "title": title,
        "made_at": f"{made}T01:00:00+07:00",
        "region": {"code": "15.08", "level": "kabupaten"},
        "summary": "Kepuasan masyarakat: belum dapat dijawab. Program ini menjalankan 68 mutasi.",
        "verdicts": [],
        "synthetic": False,
        "inputs": [{"path": "raw/a.csv", "rows": 1234}],
        "formats": ["html", "pdf", "xlsx"],
        **changes,
    }
    (place.reports / name).mkdir(parents=True)
    (place.reports / name / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _failed(place: Project, name: str) -> None:
    (place.reports / ".status").mkdir(parents=True, exist_ok=True)
    record = {"name": name, "slug": name.partition(".")[0], "message": "x", "kind": "data", "at": "2026-03-01T01:00:00+07:00"}
    (place.reports / ".status" / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path) -> Project:
    place = _place(tmp_path)
    _report(place, "bungo", "Kabupaten Bungo", "2026-01-02")
    _report(place, "bungo.en", "Kabupaten Bungo", "2026-01-03", formats=["html"])
    _report(place, "ampenan", "Ampenan", "2026-02-03", region={"code": "52.71.01", "level": "kecamatan"})
    _failed(place, "bungo")
    _failed(place, "alak")
    return place


def test_every_form_that_exists_is_linked_and_failures_stand_beside_them(place: Project) -> None:
    text = index_page(place, "id")
    links = [a["href"] for a in _Page(text).all("a")]
    assert links == [
        "#isi",
        "index.en.html",
        "alak.gagal/gagal.html",
        *(f"ampenan/laporan-ampenan.{form}" for form in ("html", "pdf", "xlsx")),
        "bungo.gagal/gagal.html",
        *(f"bungo/laporan-bungo.{form}" for form in ("html", "pdf", "xlsx")),
        "bungo.en/report-bungo.html",
    ]
    assert "<strong>Kepuasan masyarakat: belum dapat dijawab.</strong> Program ini menjalankan 68 mutasi." in text
    assert "Dibuat 2 Januari 2026 · dari 1 berkas, 1.234 baris" in text
    assert "Laporan terakhir gagal dibuat (1 Maret 2026)" in text
    assert "<h3>Alak</h3>" in text  # that never had a report, as its report would call it
    assert "<h3>Ampenan</h3>" in text and '<p class="small">Kecamatan · Dibuat 3 Februari 2026' in text


def test_each_edition_stands_in_a_line_of_its_own_with_its_forms(place: Project) -> None:
    lists = re.findall(r'<ul class="links">(.*?)</ul>', index_page(place, "id"), re.DOTALL)
    lines = [[re.findall(r'href="([^"]+)"', line) for line in re.findall(r"<li>(.*?)</li>", text, re.DOTALL)] for text in lists]
    assert lines == [
        [[f"ampenan/laporan-ampenan.{form}" for form in ("html", "pdf", "xlsx")]],
        [[f"bungo/laporan-bungo.{form}" for form in ("html", "pdf", "xlsx")], ["bungo.en/report-bungo.html"]],
    ]  # Alak has no report and no list


def test_the_only_script_is_the_one_that_the_policy_names(place: Project) -> None:
    _report(place, "jahat", EVIL, "2026-01-02", summary=f"{EVIL}: {EVIL}. {EVIL}")
    text = index_page(place, "en")
    assert len(_Page(text).all("script")) == 1
    found = re.search(r"<script>(.*?)</script>", text, re.DOTALL)
    assert found is not None
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    policy = next(meta["content"] for meta in _Page(text).all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and f"script-src 'sha256-{digest}';" in policy
    assert [name for tag, a in _Page(text).elements for name in a if name.startswith("on")] == []


def test_without_the_script_everything_is_there_and_no_dead_control_is_shown(place: Project) -> None:
    tools = next(a for tag, a in _Page(index_page(place, "id")).elements if a.get("id") == "alat")
    assert "hidden" in tools
    assert "hidden" not in {name for tag, a in _Page(index_page(place, "id")).elements if tag == "li" for name in a}


def _in_browser(page: str, folder: Path, steps: str) -> str:
    """The page after steps in headless Chromium; the policy, under which no further script would run, is taken out."""
    asking = f"<script>window.addEventListener('load', () => {{ {steps} }});</script></body>"
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page).replace("</body>", asking) if steps else page
    (folder / "page.html").write_text(text, encoding="utf-8")
    words = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chromium'}", "--dump-dom"]
    words += ["--virtual-time-budget=10000", "--run-all-compositor-stages-before-draw"]
    done = subprocess.run([*words, (folder / "page.html").as_uri()], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_search_and_order_in_a_browser(place: Project, tmp_path: Path) -> None:
    page = index_page(place, "id")
    assert "hidden" not in next(a for _, a in _Page(_in_browser(page, tmp_path, "")).elements if a.get("id") == "alat")
    typed = "cari.value = '52.71 KÉCAMATAN'; cari.dispatchEvent(new Event('input'));"
    chosen = "urut.value = 'made'; urut.dispatchEvent(new Event('change'));"
    found = _in_browser(page, tmp_path, typed + chosen)
    rows = [a for tag, a in _Page(found).elements if tag == "li" and "data-name" in a]
    assert [(row["data-code"], "hidden" in row) for row in rows] == [("52.71.01", False), ("15.08", True), ("", True)]
    assert "1 dari 3 wilayah ditampilkan" in found


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_table_says_that_it_goes_on_at_the_side_only_where_it_does(tmp_path: Path) -> None:
    def table(number: int, cell: str) -> dict[str, object]:
        columns = [{"name": f"c{n}", "label": "Selisih terhadap pembanding", "unit": "", "numeric": True} for n in range(number)]
        return {"kind": "table", "key": "t", "caption": "T", "note": "", "folded": False, "columns": columns, "rows": [[cell] * number]}

    text = report_page([table(4, "1"), table(20, "123.456,7 sampai 234.567,8")], PageFacts("id", "Judul"))
    seen = "document.title = [...document.querySelectorAll('.sideways>.hint')].map(h => getComputedStyle(h).visibility).join();"
    # a frame has to be drawn before the place of a scrolled box is known: the last of many looks counts; where a busy machine drew but
    # one, nothing was seen
    look = f"let frames = 0; const look = () => {{ {seen} document.title += ` ${{frames++}}`; requestAnimationFrame(look); }}; look();"
    titles = (re.search(r"<title>(\S+) (\d+)</title>", _in_browser(text, tmp_path, look)) for _ in range(6))
    assert next(title[1] for title in titles if title and int(title[2]) > 1) == "hidden,visible"
