"""status and verify: which reports still follow from their inputs, and why not."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutasi_analysis.cli.parser import ADD, command
from mutasi_analysis.cli.places import add_data_option, add_reports_option, project_of, regions_with_files

if TYPE_CHECKING:
    from mutasi_analysis.publish.status import State

#: reasons told of one report
SHOWN = 5
_WORDS = {"current": "sesuai", "stale": "usang", "failed": "gagal", "absent": "belum ada"}


def _add_status(commands: Any) -> None:
    parser = command(commands, "status", status, "tampilkan laporan mana yang sesuai, usang, gagal, atau belum ada, dan sebabnya")
    add_data_option(parser)
    add_reports_option(parser)


def status(arguments: argparse.Namespace) -> int:
    """One line a report."""
    from mutasi_analysis.publish.failure import failed_names
    from mutasi_analysis.publish.status import remembered_hashes, state_of

    project = project_of(arguments)
    made = {path.parent.name for path in project.reports.glob("*/manifest.json")}
    names = made | set(failed_names(project)) | set(regions_with_files(project.data))
    hashes = remembered_hashes(project)
    if not names:
        print("Belum ada wilayah dengan berkas di data/raw. Untuk mencoba dengan data contoh: mutasi demo")
    states = [state_of(project, name, hashes=hashes) for name in sorted(names)]
    for state in _with_behind(states):
        print(f"{state.name:<20} {_WORDS[state.state]:<10} {_minute(state.made_at):<16}{_why(state)}".rstrip())
    if project.reports.is_dir():
        hashes.save()
    return 0


def _with_behind(states: list[State]) -> list[State]:
    """A comparison that follows from the saved results says which of the regions behind them do not."""
    behind = [state.name for state in states if state.state in ("stale", "failed") and not _compares(state)]
    told = f"hasil wilayah ini sendiri usang atau gagal: {', '.join(behind)}"
    return [replace(state, reasons=(told,)) if behind and _compares(state) and state.state == "current" else state for state in states]


def _compares(state: State) -> bool:
    from mutasi_analysis.publish.places import COMPARISON

    return state.name.partition(".")[0] == COMPARISON


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _why(state: State) -> str:
    """The reasons in one line; of a failure when it was, and where its page lies."""
    if not state.reasons:
        return ""
    shown = "; ".join(state.reasons[:SHOWN])
    more = f"; … dan {len(state.reasons) - SHOWN} lagi" if len(state.reasons) > SHOWN else ""
    when = f" percobaan {_minute(state.failed_at)}, lihat {state.name}.gagal/gagal.html" if state.failed_at else ""
    return f"{when}: {shown}{more}"


def _add_verify(commands: Any) -> None:
    parser = command(commands, "verify", verify, "hitung ulang sidik jari: apakah laporan ini masih mengikuti masukannya")
    parser.add_argument("report", type=Path, metavar="LAPORAN", help="folder laporan (reports/bungo) atau nama wilayahnya")
    add_data_option(parser)
    add_reports_option(parser)


def verify(arguments: argparse.Namespace) -> int:
    """0 when the report follows from its inputs, else 3 with every reason on stderr."""
    from mutasi_analysis.errors import DataError, UsageError
    from mutasi_analysis.publish.manifest import read_manifest
    from mutasi_analysis.publish.status import reasons_to_remake

    project = project_of(arguments)
    folder = arguments.report if arguments.report.is_dir() else project.reports / arguments.report.name
    manifest = read_manifest(folder)
    if manifest is None:
        raise UsageError(f"{arguments.report} bukan folder laporan (manifest.json tidak ada).")
    reasons = reasons_to_remake(project, manifest, folder)
    if reasons:
        print(f"mutasi: {manifest['name']} tidak lagi mengikuti masukannya: {'; '.join(reasons)}.", file=sys.stderr)
        return DataError.exit_code
    counts = f"{len(manifest['inputs'])} masukan dan {len(manifest['outputs'])} berkas laporan"
    print(f"{manifest['name']}: sesuai; {counts} cocok dengan manifest.")
    return 0


COMMANDS: ADD = {"status": _add_status, "verify": _add_verify}
