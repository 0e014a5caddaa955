"""What a worker is asked to do and what it answers. Frozen, made of plain values, safe to send between processes."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutasi_analysis.publish.parameters import Value

ENGINES = ("fork", "kernel")
#: what kinds of failure there are
KINDS = ("data", "usage", "memory", "timeout", "died", "stopped", "error")


@dataclass(frozen=True, slots=True)
class Limits:
    """cell_seconds: longest time of one cell; memory_mb: data memory of one worker (0 = no limit)."""

    cell_seconds: float = 600.0
    memory_mb: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook to run. name: folder of the report; slug: of the region or the comparison; parameters: as the
    notebook knows them; work: an own empty folder for everything that is made; inputs: folder whose files are the inputs;
    inputs_root: the folder that input paths in the manifest count from; made_at: ISO time written into the report; code:
    fingerprint of the package as the run that asks found it, and commit and dirty as `manifest.git_state` tells them; formats: what
    the report is made in."""

    name: str
    slug: str
    language: str
    notebook: Path
    parameters: tuple[tuple[str, Value], ...]
    work: Path
    inputs: Path
    inputs_root: Path
    made_at: str
    code: str
    engine: str = "fork"
    formats: tuple[str, ...] = ("html",)
    limits: Limits = field(default_factory=Limits)
    commit: str | None = None
    dirty: bool | None = None

    @property
    def report_folder(self) -> Path:
        return self.work / "report"

    @property
    def results_folder(self) -> Path:
        return self.work / "results"


@dataclass(frozen=True, slots=True)
class Outcome:
    """status: "done", "failed" or "current" (nothing changed, not run). message: one sentence for the user, never with
    a person's data; detail: the traceback, only for --debug, never written to a file; kind: of a failure, one of `KINDS`;
    cell: number from 1 of the cell that it failed in, 0 where that is not known; warnings: one sentence for each form of the
    report that could not be made."""

    name: str
    status: str
    seconds: float = 0.0
    message: str = ""
    detail: str = ""
    warnings: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    cell: int = 0


def machine_paths(task: Task) -> dict[str, str]:
    """Paths of this machine that must not stay in a notebook → what stands there instead; longest first."""
    package = Path(__file__).resolve().parents[2]
    paths = {
        str(task.work): ".",
        str(task.inputs_root): "data",
        str(task.inputs_root.parent): ".",
        str(package): ".",
        str(Path.home()): "~",
    }
    return dict(sorted(((path, shown) for path, shown in paths.items() if len(path) > 1), key=lambda item: -len(item[0])))


def default_engine() -> str:
    """ "fork" where processes can fork safely (Linux), else "kernel"."""
    import multiprocessing
    import sys

    return "fork" if sys.platform == "linux" and "forkserver" in multiprocessing.get_all_start_methods() else "kernel"


def death_sentence(exit_code: int | None) -> str:
    """Why a worker that gave no answer ended, in words."""
    if exit_code is None or exit_code >= 0:
        return f"proses berhenti sendiri tanpa menyelesaikan laporan (kode keluar {exit_code})"
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        name = f"sinyal {-exit_code}"
    reason = {"SIGSEGV": "galat memori di pustaka", "SIGKILL": "dihentikan paksa, mungkin memori habis"}.get(name, "dihentikan")
    return f"proses mati oleh {name} ({reason})"
