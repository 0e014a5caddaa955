"""Options and look-ups that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutasi_analysis.profiles import RegionProfile
    from mutasi_analysis.publish.places import Project


def add_data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-root", type=Path, metavar="FOLDER", help="folder data (bawaan: data/ di folder proyek)")


def add_reports_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reports", type=Path, metavar="FOLDER", help="folder laporan (bawaan: reports/ di folder proyek)")


def add_language_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=("id", "en"), default="id", help="bahasa: id (bawaan) atau en")


def project_of(arguments: argparse.Namespace) -> Project:
    """The project around the working folder, with the folders that the options name."""
    from mutasi_analysis.publish.places import find_project

    return find_project(Path.cwd(), data=arguments.data_root, reports=getattr(arguments, "reports", None))


def data_root_of(arguments: argparse.Namespace) -> Path:
    """The data folder alone, for commands that need no notebook."""
    from mutasi_analysis.publish.places import find_data_root

    return find_data_root(Path.cwd(), arguments.data_root)


def profile_of(region: str, data_root: Path) -> RegionProfile:
    """The profile a user means. Raises UsageError with the nearest name."""
    from mutasi_analysis.profiles import load_profile

    return load_profile(region, data_root=data_root)


def regions_with_files(data_root: Path) -> list[str]:
    """Slugs of the regions that have a profile and at least one file under data/raw, in alphabetical order."""
    from mutasi_analysis.profiles import profile_slugs

    return [slug for slug in profile_slugs(data_root) if has_files(data_root / "raw" / slug)]


def has_files(folder: Path) -> bool:
    """Whether a region's folder holds any file of its agency (the profile and the empty template are none)."""
    from mutasi_analysis.profiles import PROFILE_FILE, TEMPLATE_FILE

    own = (PROFILE_FILE, TEMPLATE_FILE)
    return folder.is_dir() and any(path.is_file() and path.name not in own and not path.name.startswith(".") for path in folder.rglob("*"))
