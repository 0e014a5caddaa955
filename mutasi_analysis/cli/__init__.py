"""The command line: `mutasi <command>`. Exit codes: 0 done, 1 a bug, 2 wrong use, 3 faults in data, 4 a report failed."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence

from mutasi_analysis.errors import MutasiError, UsageError

INTERRUPTED = 130
_FULL = "disk penuh atau kuota habis; kosongkan tempat lalu jalankan lagi."
_LOCKED = "tidak boleh dibaca atau ditulis; periksa izin foldernya, atau tutup berkas itu bila sedang terbuka di program lain."
_REFUSALS = {errno.EACCES: _LOCKED, errno.EPERM: _LOCKED, errno.EROFS: _LOCKED, errno.ENOSPC: _FULL, errno.EDQUOT: _FULL}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Errors are one sentence on stderr, a traceback only with --debug."""
    from mutasi_analysis.cli.parser import build_parser

    _utf8()
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return _ended(arguments, "dihentikan.", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as problem:
        return _told(problem, arguments)


def _told(problem: Exception, arguments: argparse.Namespace) -> int:
    if arguments.debug:
        import traceback

        traceback.print_exception(problem)
    if isinstance(problem, MutasiError):
        return _ended(arguments, str(problem), problem.exit_code)
    if sentence := _of_the_disk(problem):
        return _ended(arguments, sentence, UsageError.exit_code)
    hint = "" if arguments.debug else " Jalankan lagi dengan --debug dan kirimkan keluarannya kepada pengelola program."
    return _ended(arguments, f"kesalahan di dalam program ({type(problem).__name__}).{hint}", 1)


def _of_the_disk(problem: Exception) -> str:
    """What the computer refuses, not the program: a folder that may not be written, a full disk, a file open elsewhere; else empty."""
    reason = _REFUSALS.get(problem.errno or 0) if isinstance(problem, OSError) else None
    return f"{problem.filename or 'folder keluaran'}: {reason}" if reason and isinstance(problem, OSError) else ""


def _ended(arguments: argparse.Namespace, message: str, exit_code: int) -> int:
    """Tell on stderr why the command did not end well: a sentence, or an event where --log json is asked for."""
    if getattr(arguments, "log", "text") == "json":
        from mutasi_analysis.publish.progress import Lines

        Lines().write("error", exit_code=exit_code, message=message)
    else:
        print(f"mutasi: {message}", file=sys.stderr)
    return exit_code


def _utf8() -> None:
    """Windows terminals may use an old code page; sentences must not break on it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (getattr(stream, "encoding", "") or "").lower() not in ("utf-8", "utf8"):
            reconfigure(errors="backslashreplace")
