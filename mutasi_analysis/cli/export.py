"""export: the academic bundle."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mutasi_analysis.cli.parser import ADD, command
from mutasi_analysis.cli.places import add_data_option, add_language_option, add_reports_option, project_of


def _add_export(commands: Any) -> None:
    parser = command(
        commands, "export", export, "buat berkas untuk naskah ilmiah: CSV, kamus, tabel LaTeX dan Word, gambar, pustaka, cara kerja"
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="tempat hasilnya (bawaan: ekspor/ di folder laporan)")
    parser.add_argument("--seed", type=int, default=0, help="angka acak awal untuk peluang peringkat (bawaan: 0)")
    add_language_option(parser)
    add_data_option(parser)
    add_reports_option(parser)


def export(arguments: argparse.Namespace) -> int:
    """Write the bundle from the saved results and say where it is."""
    from mutasi_analysis.publish.bundle import write_bundle

    project = project_of(arguments)
    to = arguments.to.resolve() if arguments.to else project.reports / "ekspor"
    made = write_bundle(project.data, to, language=arguments.language, seed=arguments.seed)
    print(f"Hasil: {made}")
    print("Tabelnya dihitung ulang dari CSV di dalamnya dengan: make, atau python recompute.py")
    return 0


COMMANDS: ADD = {"export": _add_export}
