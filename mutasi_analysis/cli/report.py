"""report and compare: make the pages."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from mutasi_analysis.cli.parser import ADD, command
from mutasi_analysis.cli.places import add_data_option, add_language_option, add_reports_option, profile_of, project_of, regions_with_files
from mutasi_analysis.errors import RunError, UsageError

if TYPE_CHECKING:
    from mutasi_analysis.publish.places import Project
    from mutasi_analysis.publish.progress import Paced
    from mutasi_analysis.publish.run import Options
    from mutasi_analysis.publish.tasks import Outcome


def _add_options(parser: argparse.ArgumentParser) -> None:
    add_language_option(parser)
    parser.add_argument("--seed", type=int, default=0, help="angka acak awal (bawaan: 0)")
    parser.add_argument(
        "--to",
        default="",
        metavar="BENTUK",
        help="bentuk laporan, dipisah koma: html,pdf,docx,xlsx,md (html selalu dibuat; bawaan: bentuk yang sudah ada, atau html)",
    )
    parser.add_argument(
        "--log",
        choices=("text", "json"),
        default="text",
        help="text: kemajuan di terminal (bawaan); json: satu baris JSON per kejadian di stderr",
    )
    parser.add_argument("--force", action="store_true", help="buat ulang juga yang masih sesuai dengan masukannya")
    parser.add_argument(
        "--engine", choices=("fork", "kernel"), help="cara menjalankan buku catatan (notebook; bawaan: yang tercepat di sistem ini)"
    )
    parser.add_argument("--cell-timeout", type=float, default=600.0, metavar="DETIK", help="batas waktu satu sel (bawaan: 600)")
    parser.add_argument("--memory", type=int, metavar="MB", help="batas memori satu proses (bawaan: dibagi dari memori mesin)")
    add_data_option(parser)
    add_reports_option(parser)


def _add_report(commands: Any) -> None:
    parser = command(commands, "report", report, "buat laporan satu wilayah, beberapa wilayah, atau semua")
    parser.add_argument("regions", nargs="*", metavar="WILAYAH", help="nama pendek, nama resmi, atau kode wilayah")
    parser.add_argument("--all", action="store_true", help="semua wilayah yang punya berkas di data/raw, dan perbandingannya")
    parser.add_argument("--jobs", type=int, metavar="N", help="banyak proses sekaligus (bawaan: menurut inti prosesor dan memori)")
    parser.add_argument(
        "--as-of", default="", metavar="TANGGAL", help="hari penghitungan pegawai, misalnya 2025-12-31 (bawaan: dari profil)"
    )
    _add_options(parser)


def _add_compare(commands: Any) -> None:
    parser = command(commands, "compare", compare, "buat perbandingan wilayah yang laporannya sudah ada")
    _add_options(parser)


def report(arguments: argparse.Namespace) -> int:
    """Reports of the named regions, or of all and the comparison. Raises RunError when one failed."""
    if bool(arguments.regions) == arguments.all:
        raise UsageError("Sebutkan wilayahnya (mutasi report bungo) atau pakai --all.")
    if arguments.jobs is not None and arguments.jobs < 1:
        raise UsageError(f"--jobs harus 1 atau lebih, bukan {arguments.jobs}.")
    project = project_of(arguments)
    slugs = _slugs(arguments, project)
    options = _options(arguments, len(slugs))
    outcomes = _run_regions(project, slugs, options, _shown(arguments))
    if arguments.all:
        outcomes.append(_run_comparison(project, options, _shown(arguments)))
    return _told(project, outcomes, arguments)


def compare(arguments: argparse.Namespace) -> int:
    """The comparison alone."""
    project = project_of(arguments)
    return _told(project, [_run_comparison(project, _options(arguments, 1), _shown(arguments))], arguments)


def _slugs(arguments: argparse.Namespace, project: Project) -> list[str]:
    if not arguments.all:
        return [profile_of(region, project.data).slug for region in arguments.regions]
    slugs = regions_with_files(project.data)
    if not slugs:
        raise UsageError("Belum ada berkas di data/raw. Untuk mencoba dengan data contoh: mutasi demo")
    return slugs


def _options(arguments: argparse.Namespace, tasks: int) -> Options:
    from mutasi_analysis.publish.resources import default_jobs, default_memory_mb
    from mutasi_analysis.publish.run import Options
    from mutasi_analysis.publish.tasks import Limits, default_engine

    jobs = getattr(arguments, "jobs", None) or default_jobs(tasks)
    memory = default_memory_mb(jobs) if arguments.memory is None else arguments.memory
    return Options(
        language=arguments.language,
        jobs=jobs,
        made_at=_now(os.environ.get("SOURCE_DATE_EPOCH")),
        engine=arguments.engine or default_engine(),
        seed=arguments.seed,
        as_of=_day(getattr(arguments, "as_of", "")),
        force=arguments.force,
        formats=_formats(arguments.to, arguments.language),
        limits=Limits(arguments.cell_timeout, memory),
    )


def _formats(text: str, language: str) -> tuple[str, ...]:
    """The formats of --to that can be made here; the others are told, and the rest is made."""
    from mutasi_analysis.publish.documents import FORMATS, missing_packages, missing_sentence

    asked = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    for name in asked:
        if name not in FORMATS:
            raise UsageError(f"--to '{name}' tidak dikenal; pilih: {', '.join(FORMATS)}.")
    lacking = missing_packages(asked)
    if lacking:
        print(f"mutasi: {missing_sentence(asked, language)}", file=sys.stderr)
    return tuple(name for name in asked if name not in lacking)


def _now(epoch: str | None) -> str:
    """Local time to the second; SOURCE_DATE_EPOCH instead where it is set, so that two runs give the same bytes."""
    if epoch is not None and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).isoformat(timespec="seconds")
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UsageError(f"--as-of '{text}' bukan tanggal; tulis seperti 2025-12-31.") from None


def _run_regions(project: Project, slugs: list[str], options: Options, shown: Paced) -> list[Outcome]:
    from mutasi_analysis.publish.run import run_regions

    try:
        return list(run_regions(project, slugs, options, shown))
    finally:
        shown.close()


def _run_comparison(project: Project, options: Options, shown: Paced) -> Outcome:
    from mutasi_analysis.publish.run import run_comparison

    try:
        return run_comparison(project, options, shown)
    finally:
        shown.close()


def _shown(arguments: argparse.Namespace) -> Paced:
    from mutasi_analysis.publish.progress import Bars, Lines

    return Lines() if arguments.log == "json" else Bars()


def _told(project: Project, outcomes: list[Outcome], arguments: argparse.Namespace) -> int:
    """One line for each report, then where to look. With --log json failures have been told as events already."""
    from mutasi_analysis.publish.failure import told_message
    from mutasi_analysis.publish.places import index_name

    said = _SAID[arguments.language]
    for outcome in outcomes:
        if outcome.status == "failed":
            if arguments.log != "json":
                print(f"{outcome.name}: {said['failed']}: {told_message(outcome, arguments.language)}", file=sys.stderr)
            if arguments.debug and outcome.detail:
                print(outcome.detail, file=sys.stderr)
        elif outcome.status == "current":
            print(f"{outcome.name}: {said['current']}")
        else:
            seconds = f"{outcome.seconds:.1f}"
            print(f"{outcome.name}: {said['done'].format(seconds=seconds if arguments.language == 'en' else seconds.replace('.', ','))}")
            for warning in outcome.warnings if arguments.log != "json" else ():
                print(f"{outcome.name}: {warning}", file=sys.stderr)
    print(f"{said['open']}: {project.reports / index_name(arguments.language)}")
    failed = [outcome.name for outcome in outcomes if outcome.status == "failed"]
    lacking = [outcome.name for outcome in outcomes if outcome.warnings]
    ends = []
    if failed:
        ends.append(said["ended"].format(n=len(failed), all=len(outcomes), names=", ".join(failed)))
    if lacking:
        ends.append(said["lacking"].format(names=", ".join(lacking)))
    if ends:
        others = len(outcomes) - len({*failed, *lacking})
        raise RunError(" ".join([*ends, said["others"]] if others else ends))
    return 0


#: what a run tells at its end, in the language of its reports
_SAID = {
    "id": {
        "failed": "GAGAL",
        "current": "tidak berubah sejak laporan terakhir, dilewati (--force untuk membuat ulang)",
        "done": "selesai dalam {seconds} detik",
        "open": "Buka",
        "ended": "{n} dari {all} laporan gagal: {names}.",
        "lacking": "Tidak semua bentuk yang diminta dapat dibuat: {names}.",
        "others": "Yang lain selesai.",
    },
    "en": {
        "failed": "FAILED",
        "current": "nothing changed since the last report, passed over (--force to make it again)",
        "done": "done in {seconds} seconds",
        "open": "Open",
        "ended": "{n} of {all} reports failed: {names}.",
        "lacking": "Not every form that was asked for could be made: {names}.",
        "others": "The others are done.",
    },
}


COMMANDS: ADD = {"report": _add_report, "compare": _add_compare}
