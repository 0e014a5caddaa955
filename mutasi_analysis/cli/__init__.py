"""The command line: `mutasi <command>`. Exit codes: 0 done, 1 a bug, 2 wrong use, 3 faults in data, 4 a report failed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from mutasi_analysis.errors import MutasiError

INTERRUPTED = 130


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
    hint = "" if arguments.debug else " Jalankan lagi dengan --debug dan kirimkan keluarannya kepada pengelola program."
    return _ended(arguments, f"kesalahan di dalam program ({type(problem).__name__}).{hint}", 1)


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
