"""The manifest as blocks at the end of a report."""

from __future__ import annotations

from typing import Any

from mutasi_analysis.wording.norm_values import norm_text, norm_value
from mutasi_analysis.wording.numbers import MISSING
from mutasi_analysis.wording.report import table_names
from mutasi_analysis.wording.words import Words


def appendix(manifest: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """A heading, a sentence and three tables: how the report was made, its input files, its statutory numbers."""
    words = Words(manifest["language"])
    heading = {"kind": "prose", "role": "heading", "markdown": f"## {words('frame.appendix')}\n\n{words('frame.appendix_text')}"}
    tables = [_making(manifest, words), _inputs(manifest, words)]
    if manifest["norms"]:
        tables.append(_norms(manifest, words))
    return (heading, *tables)


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
        [words("frame.region"), manifest["title"]],
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
        (words("frame.file"), False),
        (words("frame.content"), False),
        (words("frame.row_count"), True),
        (words("frame.fingerprint"), False),
    ]
    rows = [
        [entry["path"], table_names(entry.get("tables"), words), words.number(entry.get("rows"), 0), entry["sha256"][:12]]
        for entry in manifest["inputs"]
    ]
    told = [n for n in range(len(columns)) if not rows or any(row[n] not in ("", MISSING) for row in rows)]
    kept = [[row[n] for n in told] for row in rows]
    return _table("manifest_inputs", words("frame.inputs"), [columns[n] for n in told], kept)


def _norms(manifest: dict[str, Any], words: Words) -> dict[str, Any]:
    fields = ("family", "scheme", "value", "unit", "reference", "status")
    columns = [(words(f"frame.{name}"), False) for name in fields]
    rows = [[_norm_cell(norm, name, words) for name in fields] for norm in manifest["norms"]]
    return _table("manifest_norms", words("frame.norms"), columns, rows)


def _norm_cell(norm: dict[str, Any], name: str, words: Words) -> str:
    text = str(norm.get(name) or "")
    if name in ("family", "status"):
        return words.label(name, text)
    if name == "unit":
        return words.label("norm_unit", text)
    if name == "value":
        return norm_value(text, words)
    if name == "reference":
        return norm_text(text, words)
    return text.replace("_", "_\u200b") if name == "scheme" else text
