"""All commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

import mutasi_analysis

#: command → module of this package that adds it
COMMANDS = {
    "demo": "data",
    "check": "check",
    "report": "report",
    "compare": "report",
    "export": "export",
    "status": "state",
    "verify": "state",
    "dictionary": "data",
    "new-region": "data",
    "workload": "workload",
    "explore": "explore",
}

ADD = dict[str, Callable[[Any], None]]


class Parser(argparse.ArgumentParser):
    """argparse in Indonesian where it speaks, with the nearest command for an unknown one."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {_indonesian(message)}\nBantuan: {self.prog} --help\n")


def build_parser() -> argparse.ArgumentParser:
    parser = Parser(prog="mutasi", description="Evaluasi mutasi ASN: dari berkas instansi menjadi laporan.", add_help=False)
    _help_option(parser)
    parser.add_argument("--version", action="version", version=f"mutasi {mutasi_analysis.__version__}", help="tampilkan versi")
    commands = parser.add_subparsers(title="perintah", metavar="PERINTAH", dest="command", required=True, parser_class=Parser)
    for name, module in COMMANDS.items():
        adders: ADD = import_module(f"mutasi_analysis.cli.{module}").COMMANDS
        adders[name](commands)
    _titles(parser)
    return parser


def command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], summary: str) -> Parser:
    """Add one command with the options that every command has."""
    parser: Parser = commands.add_parser(name, help=summary, description=summary[:1].upper() + summary[1:] + ".", add_help=False)
    _help_option(parser)
    parser.add_argument("--debug", action="store_true", help="tampilkan jejak kesalahan secara lengkap")
    parser.set_defaults(run=run)
    _titles(parser)
    return parser


def _help_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")


def _titles(parser: argparse.ArgumentParser) -> None:
    for group in parser._action_groups:
        group.title = {"positional arguments": "isian", "options": "pilihan"}.get(group.title or "", group.title)


def _indonesian(message: str) -> str:
    """The messages of argparse that users meet, in Indonesian."""
    import difflib
    import re

    unknown = re.search(r"invalid choice: '([^']*)'", message)
    if unknown and "PERINTAH" in message:
        near = difflib.get_close_matches(unknown[1], COMMANDS, n=1)
        hint = f" Maksud Anda '{near[0]}'?" if near else f" Yang ada: {', '.join(COMMANDS)}."
        return f"perintah '{unknown[1]}' tidak dikenal.{hint}"
    for pattern, sentence in (
        (r"the following arguments are required: (.*)", r"isian ini wajib: \1"),
        (r"unrecognized arguments: (.*)", r"pilihan tidak dikenal: \1"),
        (r"argument (\S+): expected one argument", r"\1 memerlukan satu nilai"),
        (r"argument (\S+): invalid \w+ value: (.*)", r"\1: nilai \2 tidak sah"),
        (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\1: \2 tidak dikenal; pilih: \3"),
    ):
        if re.fullmatch(pattern, message):
            return re.sub(pattern, sentence, message)
    return message
