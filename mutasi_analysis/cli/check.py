"""check: every fault of a region's files, or of one file, before anything is computed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutasi_analysis.cli.parser import ADD, command
from mutasi_analysis.cli.places import add_data_option, add_language_option, data_root_of, profile_of, regions_with_files
from mutasi_analysis.errors import DataError, UsageError, fault_lines

if TYPE_CHECKING:
    from mutasi_analysis.errors import Fault

SHOWN = 20


def _add_check(commands: Any) -> None:
    parser = command(commands, "check", check, "periksa berkas wilayah atau satu berkas, dan tulis faults.xlsx bila ada kesalahan")
    parser.add_argument("targets", nargs="*", metavar="WILAYAH|BERKAS", help="tanpa isian: semua wilayah yang punya berkas")
    parser.add_argument("--xlsx", type=Path, metavar="BERKAS", help="tempat faults.xlsx (bawaan: folder wilayah, atau folder ini)")
    add_language_option(parser)
    add_data_option(parser)


def check(arguments: argparse.Namespace) -> int:
    """0 when nothing is wrong anywhere, else 3."""
    data_root = data_root_of(arguments)
    targets = arguments.targets or regions_with_files(data_root)
    if not targets:
        raise UsageError("Belum ada berkas di data/raw. Untuk mencoba dengan data contoh: mutasi demo")
    if arguments.xlsx is not None and len(targets) > 1:
        raise UsageError("--xlsx hanya untuk satu wilayah atau satu berkas.")
    faulty = [target for target in targets if _check_one(target, data_root, arguments)]
    return DataError.exit_code if faulty else 0


def _check_one(target: str, data_root: Path, arguments: argparse.Namespace) -> bool:
    """Whether the region or file has faults; they are listed, and written with their cells marked."""
    from mutasi_analysis import sources

    path = Path(target)
    if path.is_file():
        faults, root, name, book = sources.check(path), path.parent, path.name, Path("faults.xlsx")
    elif path.suffix:
        raise UsageError(f"Berkas '{target}' tidak ada.")
    else:
        profile = profile_of(target, data_root)
        faults, root, name = sources.check(profile, data_root), data_root, profile.slug
        book = data_root / "raw" / profile.slug / "faults.xlsx"
    book = arguments.xlsx or book
    if not faults:
        print({"id": f"{name}: tidak ada kesalahan", "en": f"{name}: no faults"}[arguments.language])
        return False
    _show(name, faults, arguments.language)
    sources.write_faults_workbook(faults, root, book, language=arguments.language)
    print({"id": f"Semua kesalahan dengan sel bertanda: {book}", "en": f"All faults, cells marked: {book}"}[arguments.language])
    return True


def _show(name: str, faults: list[Fault], language: str) -> None:
    print({"id": f"{name}: {len(faults)} kesalahan", "en": f"{name}: {len(faults)} faults"}[language])
    for line in fault_lines(faults, language, most=SHOWN):
        print(f"  {line}")


COMMANDS: ADD = {"check": _add_check}
