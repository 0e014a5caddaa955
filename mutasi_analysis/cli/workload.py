"""workload: need, index and band of one file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mutasi_analysis.cli.parser import ADD, command

SHOWN = 40


def _add_workload(commands: Any) -> None:
    parser = command(commands, "workload", workload, "hitung kebutuhan pegawai, indeks, dan keterangan dari satu berkas beban kerja")
    parser.add_argument("file", metavar="BERKAS", help="lembar ABK, tabel beban_kerja, atau daftar sekolah (xlsx, csv)")
    parser.add_argument("--xlsx", metavar="HASIL", help="tulis buku kerja berisi rumus hidup")
    parser.add_argument("--effective-time", metavar="SKEMA", help="waktu kerja efektif menurut skema ini (lihat parameters/norms)")
    parser.add_argument("--incumbents", type=int, metavar="N", help="banyaknya pegawai di jabatan itu (berkas satu jabatan)")


def workload(arguments: argparse.Namespace) -> int:
    """Print one line per post or school and the sums; write the workbook where asked."""
    from mutasi_analysis.errors import UsageError
    from mutasi_analysis.publish.workload_file import assess_file

    path = Path(arguments.file)
    if not path.is_file():
        raise UsageError(f"berkas {path.name} tidak ada.")
    if arguments.incumbents is not None and arguments.incumbents < 0:
        raise UsageError(f"--incumbents {arguments.incumbents}: paling kecil 0.")
    result = assess_file(path, effective_time=arguments.effective_time, incumbents=arguments.incumbents)
    for line in _lines(result):
        print(line)
    if arguments.xlsx:
        from mutasi_analysis.publish.workload_book import write_workload_book

        write_workload_book(result, Path(arguments.xlsx))
        print(f"Buku kerja: {Path(arguments.xlsx).name}")
    return 0


def _lines(result: Any) -> list[str]:
    from mutasi_analysis.publish.workload_book import BANDS
    from mutasi_analysis.wording import Words

    words = Words("id")

    def number(value: float, decimals: int) -> str:
        return "–" if value != value else words.number(value, decimals)

    digits = 7 if len(result.posts) == 1 else 2
    header = f"{'jabatan/sekolah':<44}{'kebutuhan':>12}{'yang ada':>10}{'indeks':>9}  keterangan"
    lines = [header]
    for row in result.posts.head(SHOWN).to_dict("records"):
        band = row["band"] if isinstance(row["band"], str) else ""
        figures = f"{number(row['required_fte'], digits):>12}{number(row['available'], 0):>10}{number(row['index'], 2):>9}"
        lines.append(f"{str(row['post'])[:43]:<44}{figures}  {BANDS.get(band, '')}".rstrip())
    if len(result.posts) > SHOWN:
        lines.append(f"… dan {len(result.posts) - SHOWN} baris lain; semuanya ada di buku kerja (--xlsx HASIL)")
    counted = result.posts.loc[result.posts["required_fte"].notna()]
    people = number(float(counted["available"].sum()), 0) if counted["available"].notna().any() else "–"
    lines.append(f"{f'jumlah ({len(counted)} dihitung)':<44}{number(float(counted['required_fte'].sum()), digits):>12}{people:>10}")
    lines += [_area_line(row, number) for row in result.areas.to_dict("records")]
    rules = [f"Aturan: {norm.family} {norm.scheme} ({norm.status})" for norm in result.norms]
    return [*lines, *rules, *result.notes]


def _area_line(row: dict[Any, Any], number: Any) -> str:
    figures = f"{number(row['required'], 2):>12}{number(row['existing'], 0):>10}"
    return f"{str(row['area'])[:43]:<44}{figures}  kurang {number(row['shortage'], 0)}, lebih {number(row['surplus'], 0)}"


COMMANDS: ADD = {"workload": _add_workload}
