"""axe-core in headless Chromium, without a driver: the page carries the checker and writes what it found into itself."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--virtual-time-budget=20000", "--dump-dom",
)  # fmt: skip
RUN = (
    "axe.run(document,{resultTypes:['violations']}).then(r=>{const p=document.createElement('pre');p.id='axe-found';"
    "p.textContent=JSON.stringify(r.violations.map(v=>[v.id,v.nodes.length,v.nodes[0].html.slice(0,300),v.nodes[0].failureSummary]));document.body.append(p)})"
)


def browser() -> str | None:
    return next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


def checker() -> Path | None:
    """axe.min.js: named by AXE_CORE, or installed by npm in the project or the folder above it."""
    named = [Path(os.environ["AXE_CORE"])] if os.environ.get("AXE_CORE") else []
    places = [folder / "node_modules" / "axe-core" / "axe.min.js" for folder in (ROOT, ROOT.parent)]
    return next((path for path in (*named, *places) if path.is_file()), None)


def violations(page: str) -> list[list[object]]:
    """Every rule of axe-core that the page breaks: rule, how often, first place, how to mend it."""
    script = checker()
    program = browser()
    assert script is not None and program is not None
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    page = page.replace("<details", "<details open").replace(
        "</body>", f"<script>{script.read_text(encoding='utf-8')}</script><script>{RUN}</script></body>"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        command = [program, *FLAGS, "--window-size=1280,1600", f"--user-data-dir={folder}/profile", path.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    found = re.search(r'<pre id="axe-found">(.*?)</pre>', done.stdout, re.S)
    if found is None:
        raise RuntimeError(f"axe-core gave no result: {done.stderr[-400:]}")
    return list(json.loads(html.unescape(found[1])))
