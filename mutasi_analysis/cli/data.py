"""demo, dictionary, new-region: data to try, what the tables hold, a place for a new region."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from mutasi_analysis.cli.parser import ADD, command
from mutasi_analysis.cli.places import add_data_option, add_language_option, data_root_of, has_files, profile_of


def _add_demo(commands: Any) -> None:
    parser = command(commands, "demo", demo, "buat data contoh (sintetis) di data/raw untuk wilayah yang belum punya berkas")
    parser.add_argument("--region", action="append", metavar="WILAYAH", help="hanya wilayah ini (boleh diulang)")
    parser.add_argument("--seed", type=int, default=0, help="angka acak awal; seed sama, isi berkas sama (bawaan: 0)")
    parser.add_argument("--force", action="store_true", help="ganti data contoh yang sudah ada (berkas nyata tidak disentuh)")
    add_data_option(parser)


def demo(arguments: argparse.Namespace) -> int:
    """Demonstration data for the five regions of the package, or the named ones, where there are no files yet."""
    from mutasi_analysis.synthetic.files import own_seed

    data_root = data_root_of(arguments)
    for slug in _demo_slugs(arguments.region, data_root):
        _make_demo(profile_of(slug, data_root), data_root, own_seed(slug, arguments.seed), force=arguments.force)
    print("Data contoh bersifat sintetis: bukan data pegawai nyata.")
    return 0


def _demo_slugs(regions: list[str] | None, data_root: Path) -> list[str]:
    from mutasi_analysis.synthetic.files import STYLES

    return [profile_of(region, data_root).slug for region in regions] if regions else list(STYLES)


def _make_demo(profile: Any, data_root: Path, seed: int, *, force: bool) -> None:
    """Write into a neighbour folder first, so that an interrupted run leaves no half region."""
    from mutasi_analysis.errors import UsageError
    from mutasi_analysis.sources.region import SYNTHETIC_FILE

    folder = data_root / "raw" / profile.slug
    if has_files(folder):
        if not force:
            print(f"{profile.slug}: sudah ada berkas di data/raw/{profile.slug}, tidak diubah")
            return
        if not (folder / SYNTHETIC_FILE).is_file():
            raise UsageError(f"data/raw/{profile.slug} berisi berkas nyata; --force hanya mengganti data contoh.")
    written = _write_demo(profile, data_root / "raw", seed)
    print(f"{profile.slug}: {written} berkas contoh ditulis ke data/raw/{profile.slug}")


def _write_demo(profile: Any, raw: Path, seed: int) -> int:
    from mutasi_analysis.publish.swap import only_writer, publish_folder, work_folder
    from mutasi_analysis.synthetic import synthesize
    from mutasi_analysis.synthetic.files import write_region

    raw.mkdir(parents=True, exist_ok=True)
    with only_writer(raw):
        work = work_folder(raw) / f"demo-{profile.slug}"
        written = write_region(synthesize(profile, seed=seed), profile, work)
        own = raw / profile.slug / "region.toml"
        if own.is_file():
            shutil.copy2(own, work / profile.slug / "region.toml")
        publish_folder(work / profile.slug, raw / profile.slug)
    return len(written)


def _add_dictionary(commands: Any) -> None:
    parser = command(commands, "dictionary", dictionary, "tampilkan kamus data, atau tulis buku isian untuk instansi")
    parser.add_argument("--xlsx", type=Path, metavar="BERKAS", help="tulis buku isian Excel ke berkas ini")
    add_language_option(parser)


def dictionary(arguments: argparse.Namespace) -> int:
    """The data dictionary as Markdown on stdout, or the template workbook."""
    from mutasi_analysis.dictionary import dictionary_markdown, write_template_workbook

    if arguments.xlsx is None:
        print(dictionary_markdown(arguments.language))
        return 0
    write_template_workbook(arguments.xlsx, arguments.language)
    print(f"Buku isian ditulis ke {arguments.xlsx}")
    return 0


def _add_new_region(commands: Any) -> None:
    parser = command(commands, "new-region", new_region, "buat profil, folder, dan buku isian untuk satu kota, kabupaten, atau kecamatan")
    parser.add_argument("region", metavar="KODE", help="kode Kemendagri (64.74) atau nama resmi wilayah")
    parser.add_argument("--force", action="store_true", help="tulis ulang profil dan buku isian yang sudah ada")
    add_data_option(parser)


def new_region(arguments: argparse.Namespace) -> int:
    """Profile, folder and template workbook of a new region."""
    from mutasi_analysis.new_region import create_region

    data_root = data_root_of(arguments)
    made = create_region(arguments.region, data_root, force=arguments.force)
    print(f"{made.profile.name} ({made.profile.code}) siap di data/raw/{made.profile.slug}:")
    for path in made.files:
        print(f"  {path.name}")
    print(f"Isi atau taruh berkas instansi di folder itu, lalu jalankan: mutasi check {made.profile.slug}")
    return 0


COMMANDS: ADD = {"demo": _add_demo, "dictionary": _add_dictionary, "new-region": _add_new_region}
