"""The manifest as blocks at the end of a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from mutasi_analysis.wording.numbers import MISSING
from mutasi_analysis.wording.report import table_names
from mutasi_analysis.wording.words import Words

#: the table of a report that lists its files; where it stands, the appendix does not list them again
_SOURCES = "sources"
#: where saved results lie, a folder a region
_SAVED = "processed/"


def appendix(manifest: dict[str, Any], blocks: Iterable[dict[str, Any]] = ()) -> tuple[dict[str, Any], ...]:
    """A heading, a sentence, how the report was made, and its input files where no table of `blocks` lists them: of a comparison,
    which reads hundreds of saved results, a line for each region."""
    words = Words(manifest["language"])
    heading = {"kind": "prose", "role": "heading", "markdown": f"## {words('frame.appendix')}\n\n{words('frame.appendix_text')}"}
    if any(block.get("key") == _SOURCES for block in blocks):
        return heading, _making(manifest, words)
    saved = bool(manifest["inputs"]) and all(entry["path"].startswith(_SAVED) for entry in manifest["inputs"])
    return heading, _making(manifest, words), (_folders if saved else _inputs)(manifest, words)


def _table(key: str, caption: str, columns: list[tuple[str, bool]], rows: list[list[str]]) -> dict[str, Any]:
    shown = [{"name": f"c{n}", "label": label, "unit": "", "numeric": numeric} for n, (label, numeric) in enumerate(columns)]
    return {"kind": "table", "key": key, "caption": caption, "note": "", "folded": True, "columns": shown, "rows": rows}


def _making(manifest: dict[str, Any], words: Words) -> dict[str, Any]:
    code = manifest["code"]
    commit = (code["commit"] or words("frame.none"))[:12]
    if code["dirty"]:
        commit = f"{commit} ({words('frame.dirty')})"
    packages = ", ".join(f"{name} {version}" for name, version in manifest["packages"].items())
    rows = [
        [words("frame.report" if manifest["region"] == {} else "frame.region"), manifest["title"]],
        [words("frame.language"), words(f"frame.in_{manifest['language']}")],
        [words("frame.seed"), str(manifest["parameters"].get("seed", ""))],
        [words("frame.version"), code["version"]],
        [words("frame.commit"), commit],
        [words("frame.notebook"), f"{code['notebook']} (SHA-256 {code['notebook_sha256'][:12]})"],
        [words("frame.python"), f"Python {manifest['machine']['python']}; {packages}"],
        [words("frame.hidden"), words.number(manifest["hidden_cells"], 0)],
        [words("frame.warnings"), "; ".join(manifest["warnings"]) or words("frame.none")],
    ]
    return _table("manifest_making", words("frame.making"), [(words("frame.item"), False), (words("frame.content"), False)], rows)


def _inputs(manifest: dict[str, Any], words: Words) -> dict[str, Any]:
    columns = [
        (words("column.path"), False),
        (words("column.fingerprint"), False),
        (words("column.rows"), True),
        (words("column.tables"), False),
    ]
    rows = [
        [entry["path"], entry["sha256"][:12], words.number(entry.get("rows"), 0), table_names(entry.get("tables"), words)]
        for entry in manifest["inputs"]
    ]
    told = [n for n in range(len(columns)) if not rows or any(row[n] not in ("", MISSING) for row in rows)]
    kept = [[row[n] for n in told] for row in rows]
    return _table("manifest_inputs", words("caption.sources"), [columns[n] for n in told], kept)


def _folders(manifest: dict[str, Any], words: Words) -> dict[str, Any]:
    """A line for each folder: how many files, and one fingerprint of them all."""
    columns = [(words("frame.folder"), False), (words("frame.files"), True), (words("frame.fingerprint_of_all"), False)]
    entries = sorted(manifest["inputs"], key=lambda entry: entry["path"])
    rows = []
    for folder, group in groupby(entries, key=lambda entry: entry["path"].rpartition("/")[0]):
        lines = [f"{entry['path']} {entry['sha256']}\n" for entry in group]
        rows.append([folder, words.number(len(lines), 0), hashlib.sha256("".join(lines).encode()).hexdigest()[:12]])
    return _table("manifest_folders", words("frame.folders"), columns, rows) | {"note": words("frame.folders_note")}
