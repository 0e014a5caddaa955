"""explore: the notebooks in JupyterLab."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mutasi_analysis.cli.parser import ADD, command
from mutasi_analysis.cli.places import add_data_option, project_of, regions_with_files
from mutasi_analysis.errors import UsageError


def _add_explore(commands: Any) -> None:
    parser = command(
        commands, "explore", explore, "buka buku catatan (notebook) di JupyterLab (data contoh dibuat dahulu bila belum ada data)"
    )
    parser.add_argument("--no-browser", action="store_true", help="jangan buka peramban")
    add_data_option(parser)


def explore(arguments: argparse.Namespace) -> int:
    """Start JupyterLab on the notebooks; its own exit code."""
    if find_spec("jupyterlab") is None:
        raise UsageError('JupyterLab belum terpasang; pasang dengan: pip install "mutasi-analysis[explore]"')
    project = project_of(arguments)
    if not regions_with_files(project.data):
        from mutasi_analysis.cli.data import demo

        demo(argparse.Namespace(region=None, seed=0, force=False, data_root=project.data))
    return subprocess.run(lab_command(project.notebooks, browser=not arguments.no_browser), check=False).returncode


def lab_command(notebooks: Path, *, browser: bool) -> list[str]:
    """The command line of JupyterLab. In a container, where everybody is root, it must be told that this is meant."""
    words = [sys.executable, "-m", "jupyterlab", str(notebooks)]
    if not browser:
        words.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--allow-root")
    return words


COMMANDS: ADD = {"explore": _add_explore}
