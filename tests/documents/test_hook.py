"""--to: what may be asked for, what is kept, and what makes a report stale."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from mutasi_analysis.cli.report import _formats as asked
from mutasi_analysis.errors import UsageError
from mutasi_analysis.publish.places import Project
from mutasi_analysis.publish.run import Options
from mutasi_analysis.publish.run import _formats as formats_of


def test_formats_are_read_in_any_case_and_an_unknown_one_is_named() -> None:
    assert asked(" XLSX, md,xlsx", "id") == ("xlsx", "md")
    assert asked("", "id") == ()
    with pytest.raises(UsageError, match="'odt' tidak dikenal; pilih: html, pdf, docx, xlsx, md"):
        asked("pdf,odt", "id")


def test_without_the_extra_the_others_are_asked_for_and_one_sentence_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "typst" else real(name, *rest))
    assert asked("html,pdf,xlsx", "id") == ("html", "xlsx")
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and "PDF tidak dibuat" in said[0] and "mutasi-analysis[documents]" in said[0]
    assert asked("pdf", "en") == ()
    said = capsys.readouterr().err
    assert "PDF" in said and "mutasi-analysis[documents]" in said and "tidak" not in said


@pytest.mark.parametrize(
    ("standing", "wanted", "made"),
    [
        (None, (), ("html",)),
        (["html", "pdf"], (), ("html", "pdf")),
        (["html", "pdf"], ("xlsx",), ("html", "xlsx")),
        (None, ("md", "pdf"), ("html", "pdf", "md")),
    ],
)
def test_a_report_made_again_keeps_its_forms_unless_others_are_asked_for(
    tmp_path: Path, standing: list[str] | None, wanted: tuple[str, ...], made: tuple[str, ...]
) -> None:
    if standing is not None:
        (tmp_path / "bungo").mkdir()
        (tmp_path / "bungo" / "manifest.json").write_text(json.dumps({"formats": standing}), encoding="utf-8")
    project = Project(tmp_path, tmp_path, tmp_path, tmp_path)
    options = Options("id", 1, "2026-01-01T08:00:00+07:00", "kernel", formats=wanted)
    assert formats_of(project, "bungo", options) == made
