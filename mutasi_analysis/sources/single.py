"""One raw file → one conformed table; and the list of faults of files or of a region."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pandas as pd

from mutasi_analysis.entities import DECLARED
from mutasi_analysis.errors import DataError, Fault, UsageError
from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.sources.assemble import Assembled, assemble
from mutasi_analysis.sources.complaints import PENGADUAN, check_days
from mutasi_analysis.sources.extracts import Extract, extract
from mutasi_analysis.sources.grids import Grid, UnreadableFileError, read_grids
from mutasi_analysis.sources.kinds import ABK, DAPODIK, FORM_B, FORM_C, KINDS
from mutasi_analysis.sources.persons import check_persons
from mutasi_analysis.sources.pseudonyms import Pseudonymise, find_data_root, load_key, pseudonymiser, session_key
from mutasi_analysis.sources.references import check_codes, check_order
from mutasi_analysis.sources.region import read_region

_DETECTED = (*DECLARED, FORM_B.name, FORM_C.name, DAPODIK.name)

_CHECKS: dict[str, Callable[[Assembled], list[Fault]]] = {
    "unit_kerja": lambda table: check_codes(table, None),
    "pegawai": check_persons,
    PENGADUAN.name: check_days,
}


def read_file(path: str | Path, kind: str | None = None) -> pd.DataFrame:
    """One raw file (csv, xlsx, xls, ods) as a conformed table with canonical columns.

    kind: a table or register of the data dictionary, 'abk' (task sheets that do not say all of unit, post and year; 'beban_kerja' reads
    them too), 'form_b' or 'form_c' (incumbents, workload by post) or 'dapodik'; None detects it from the headers.
    Persons come back as pseudonyms: by the key of the data root when the file lies under
    `<data root>/raw/`, else by a key that lives as long as this process. References to other tables are not followed
    here: units and posts stay as the file writes them. Errors: DataError with every fault of the file; UsageError for
    an unknown kind and for a workbook with more than one kind of table.
    """
    tables, faults = _read(Path(path), kind)
    if not faults and len(tables) > 1:
        raise UsageError(f"{Path(path).name} berisi beberapa tabel ({', '.join(tables)}); sebutkan salah satu dengan kind=")
    if faults:
        raise DataError(tuple(faults))
    return next(iter(tables.values())).frame


def check(target: RegionProfile | str | Path | Iterable[str | Path], data_root: str | Path | None = None) -> list[Fault]:
    """Every fault of a region (a profile with its data root) or of files (one path or several); empty when all is well.

    Faults of a region name files relative to the data root; faults of single files name the file only. Raises
    MissingDataError where a region has no file at all.
    """
    if isinstance(target, RegionProfile):
        if data_root is None:
            raise ValueError("check: data_root is None; a region needs the folder that holds raw/")
        return read_region(target, Path(data_root))[1]
    paths = [target] if isinstance(target, str | Path) else list(target)
    return [fault for path in paths for fault in _read(Path(path), None)[1]]


def _read(path: Path, kind: str | None) -> tuple[dict[str, Assembled], list[Fault]]:
    if kind is not None and kind not in KINDS:
        close = difflib.get_close_matches(kind, KINDS, n=1)
        raise UsageError(
            f'jenis berkas "{kind}" tidak dikenal{f"; mungkin maksudnya {close[0]}" if close else ""}. Yang ada: {", ".join(KINDS)}'
        )
    name = path.name
    try:
        grids = read_grids(path)
    except UnreadableFileError as error:
        return {}, [Fault(name, None, None, None, None, "unreadable_file", str(error))]
    found = [item for grid in grids if (item := _extract(grid, name, kind)) is not None]
    if not found:
        allowed = (
            f"judul kolom untuk {kind} tidak ditemukan"
            if kind
            else f"judul kolomnya tidak cocok dengan jenis mana pun ({', '.join(KINDS)})"
        )
        return {}, [Fault(name, None, None, None, None, "unknown_kind", allowed)]
    filled = [item for item in found if item.rows]
    if not filled:
        return {}, [Fault(name, None, None, None, None, "unreadable_file", "hanya ada judul kolom, tidak ada baris data")]
    return _assemble(filled, _pseudonymiser(path))


def _extract(grid: Grid, name: str, kind: str | None) -> Extract | None:
    """The table of a sheet; a sheet of tasks that does not name all of unit, post and year is an ABK sheet."""
    found = extract(grid, name, kinds=(kind,) if kind else _DETECTED)
    if found is None or found.kind != "beban_kerja":
        return found
    if found.header.canonical or {"unit_id", "jabatan_id", "year"} <= set(found.columns):
        return found
    return extract(grid, name, kinds=(ABK.name,)) or found


def _assemble(found: Sequence[Extract], pseudonymise: Pseudonymise) -> tuple[dict[str, Assembled], list[Fault]]:
    tables: dict[str, Assembled] = {}
    faults: list[Fault] = []
    for kind in dict.fromkeys(item.kind for item in found):
        table = tables[kind] = assemble(kind, [item for item in found if item.kind == kind], pseudonymise)
        crossed = check_order(table)
        if kind in _CHECKS:
            crossed += _CHECKS[kind](table)
        faults += [*table.faults, *crossed]
    return tables, faults


def _pseudonymiser(path: Path) -> Pseudonymise:
    root = find_data_root(path)
    return pseudonymiser(load_key(root) if root else session_key())
