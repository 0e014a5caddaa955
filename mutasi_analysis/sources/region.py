"""One region's folder of raw files → RegionData, or one DataError with every fault of every file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from mutasi_analysis.entities import DECLARED, TABLES, RegionData, SourceFile
from mutasi_analysis.errors import DataError, Fault, MissingDataError
from mutasi_analysis.profiles import RegionProfile
from mutasi_analysis.sources.ahead import take
from mutasi_analysis.sources.assemble import Assembled, assemble
from mutasi_analysis.sources.cells import plain
from mutasi_analysis.sources.complaints import LIMITS, PENGADUAN, check_days, with_complaints
from mutasi_analysis.sources.confirmed import CONFIRMED_FILE, read_confirmed
from mutasi_analysis.sources.extracts import Extract, extract, is_synthetic
from mutasi_analysis.sources.grids import SUFFIXES, UnreadableFileError, grids_of, read_content
from mutasi_analysis.sources.persons import check_persons
from mutasi_analysis.sources.pseudonyms import load_key, pseudonymiser
from mutasi_analysis.sources.references import check_codes, check_order, resolve

SYNTHETIC_FILE = "SINTETIS.txt"
FAULTS_FILE = "faults.xlsx"
_IGNORED = ("readme", "petunjuk", "sintetis")


@dataclass
class Scan:
    """What was found in a folder before any value was read."""

    extracts: list[Extract] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    synthetic: bool = False


def load_region(profile: RegionProfile, data_root: str | Path) -> RegionData:
    """Read `data_root/raw/<slug>/**` (csv, xlsx, xls, ods), conformed and with pseudonyms.

    Errors: MissingDataError where the folder has no file or a required table is absent and nothing else is wrong;
    DataError with the faults of all files otherwise. Unit and post names become ids; no row is dropped in silence
    (rows of sums, header repetitions and signature blocks are set aside, the last of them counted in `notes`). A complaint register
    becomes rows of `layanan` (see `complaints`).
    """
    root = Path(data_root)
    if (waiting := take(profile, root)) is not None:
        return waiting
    data, faults = read_region(profile, root)
    if faults:
        missing = [fault for fault in faults if fault.rule == "missing_table"]
        if len(missing) == len(faults):
            raise MissingDataError("\n".join(fault.sentence() for fault in missing))
        raise DataError(tuple(faults))
    return data


def read_region(profile: RegionProfile, data_root: Path) -> tuple[RegionData, list[Fault]]:
    """Everything that can be read of a region, and every fault. Raises MissingDataError where there is no file at all."""
    folder = data_root / "raw" / profile.slug
    paths = region_files(folder)
    if not paths:
        raise MissingDataError(f"{profile.name}: tidak ada berkas csv atau xlsx di folder data/raw/{profile.slug}")
    scan = scan_files(paths, data_root)
    scan.synthetic |= (folder / SYNTHETIC_FILE).exists()
    pseudonymise = pseudonymiser(load_key(data_root))
    tables: dict[str, Assembled] = {}
    for name in DECLARED:
        found = [item for item in scan.extracts if item.kind == name]
        if found:
            tables[name] = assemble(name, found, pseudonymise)
    crossed = _cross_faults(tables, profile)
    faults = scan.faults + [fault for table in tables.values() for fault in table.faults] + crossed
    faults += [
        Fault(f"raw/{profile.slug}", None, None, None, name, "missing_table", table.row_id)
        for name, table in TABLES.items()
        if not table.optional and name not in tables
    ]
    notes = scan.notes + [note for table in tables.values() for note in table.notes]
    if days := sum(table.swappable_days for table in tables.values()):
        notes.append(f"{days} tanggal yang hari dan bulannya sama-sama ≤ 12 dibaca hari lebih dahulu (03/04 = 3 April).")
    frames = {name: table.frame for name, table in tables.items() if name in TABLES}
    data = RegionData(profile.code, frames, scan.synthetic, _sources(scan), tuple(notes))
    if PENGADUAN.name in tables:
        data = with_complaints(data, tables[PENGADUAN.name], profile.scheme(LIMITS))
    return _with_confirmed(data, faults, folder, data_root)


def _with_confirmed(data: RegionData, faults: list[Fault], folder: Path, data_root: Path) -> tuple[RegionData, list[Fault]]:
    """The data with the education codes that a person confirmed, where the region has such a file."""
    path = folder / CONFIRMED_FILE
    if not path.is_file():
        return data, faults
    name = path.relative_to(data_root).as_posix()
    found = read_confirmed(path, name)
    source = SourceFile(name, hashlib.sha256(path.read_bytes()).hexdigest(), found.rows, (path.stem,))
    note = f"{name}: {len(found.frame)} teks pendidikan dikodekan menurut konfirmasi."
    more = replace(data, confirmed_education=found.frame, sources=(*data.sources, source), notes=(*data.notes, note))
    return more, [*faults, *found.faults]


def region_files(folder: Path) -> list[Path]:
    """Files of a region that may hold data, in a stable order: no hidden or lock files, instructions, faults.xlsx or confirmed codes."""
    if not folder.is_dir():
        return []
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES
        and path.is_file()
        and not path.name.startswith((".", "~$"))
        and path.name.lower() not in (FAULTS_FILE, CONFIRMED_FILE)
        and not path.stem.lower().startswith(_IGNORED)
    ]


def scan_files(paths: list[Path], root: Path) -> Scan:
    """Find the tables in all files. A file outside `root` (through a link) is a fault and is not opened."""
    scan = Scan()
    inside = root.resolve()
    for path in paths:
        name = path.relative_to(root).as_posix()
        if not path.resolve().is_relative_to(inside):
            scan.faults.append(_file_fault(name, "unreadable_file", "tautan ini menunjuk ke luar folder data"))
            continue
        try:
            _scan_file(path, name, scan)
        except UnreadableFileError as error:
            scan.faults.append(_file_fault(name, "unreadable_file", str(error)))
    return scan


def _scan_file(path: Path, name: str, scan: Scan) -> None:
    content = read_content(path)
    grids = grids_of(content)
    scan.hashes[name] = hashlib.sha256(content).hexdigest()
    scan.synthetic |= any(is_synthetic(grid) for grid in grids)
    found = [(grid, extract(grid, name, kinds=tuple(DECLARED))) for grid in grids]
    tables = [item for _, item in found if item is not None]
    if not tables:
        expected = ", ".join(DECLARED)
        scan.faults.append(_file_fault(name, "unknown_kind", f"judul kolomnya tidak cocok dengan tabel mana pun ({expected})"))
    elif all(not item.rows for item in tables):
        scan.faults.append(_file_fault(name, "unreadable_file", "hanya ada judul kolom, tidak ada baris data"))
    scan.extracts += [item for item in tables if item.rows]
    for grid, item in found:
        instructions = plain(grid.sheet or "").startswith("PETUNJUK")
        if tables and not instructions and (item is None or not item.rows) and any(any(cell != "" for cell in row) for row in grid.rows):
            reason = "tidak dikenali sebagai tabel" if item is None else "tidak berisi baris data"
            scan.notes.append(f"{name}, lembar {grid.sheet}: {reason}, tidak dibaca.")


def _file_fault(file: str, rule: str, allowed: str) -> Fault:
    return Fault(file, None, None, None, None, rule, allowed)


def _cross_faults(tables: dict[str, Assembled], profile: RegionProfile) -> list[Fault]:
    faults = resolve(tables)
    for table in tables.values():
        faults += check_order(table)
    if "pegawai" in tables:
        faults += check_persons(tables["pegawai"])
    if PENGADUAN.name in tables:
        faults += check_days(tables[PENGADUAN.name])
    if "unit_kerja" in tables:
        faults += check_codes(tables["unit_kerja"], profile.code)
    return faults


def _sources(scan: Scan) -> tuple[SourceFile, ...]:
    result = []
    for name, digest in scan.hashes.items():
        found = [item for item in scan.extracts if item.file == name]
        kinds = tuple(dict.fromkeys(item.kind for item in found))
        result.append(SourceFile(name, digest, sum(len(item.rows) for item in found), kinds))
    return tuple(result)
