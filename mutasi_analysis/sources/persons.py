"""What the columns of one person must agree on: kind of ASN, NIP, grade, sex, birth year (domain 7.5, 7.6)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, repeat

import numpy as np

from mutasi_analysis.errors import Fault
from mutasi_analysis.sources.assemble import Assembled
from mutasi_analysis.sources.cells import CellError
from mutasi_analysis.sources.extracts import Extract
from mutasi_analysis.sources.nip import NIP_FORM, Nip, parse_nip


def check_persons(table: Assembled) -> list[Fault]:
    """Faults between the columns of pegawai; weaker disagreements are counted in the table's notes."""
    return _nip_faults(table) + _grade_faults(table)


def _nip_faults(table: Assembled) -> list[Fault]:
    """A PNS has a month (01–12) in digits 13–14 of the NIP; a PPPK may have any code there."""
    faults: list[Fault] = []
    differing = 0
    rows = zip(*(table.frame[name].tolist() for name in ("asn_kind", "sex", "birth_year")), strict=True)
    nips = chain.from_iterable(map(_nips, table.origin.extracts))
    for position, ((kind, sex, year), nip) in enumerate(zip(rows, nips, strict=True)):
        if nip is None:
            continue
        if isinstance(kind, str) and (kind, nip.asn_kind) == ("PNS", "PPPK"):
            allowed = f"{NIP_FORM}; untuk PNS angka 13–14 adalah bulan"
            faults.append(table.origin.fault(position, "person_id", "nip_invalid", allowed, personal=True))
        differing += (isinstance(sex, str) and sex != nip.sex) or (isinstance(year, int) and year != nip.birth.year)
    if differing:
        table.notes.append(f"{differing} pegawai: jenis kelamin atau tahun lahir di daftar tidak sama dengan yang tersirat dalam NIP.")
    return faults


def _nips(found: Extract) -> Iterable[Nip | None]:
    """The NIP of each record; None where it is bad or the list has none."""
    if "person_id" not in found.columns:
        return repeat(None, len(found.rows))
    persons = found.columns["person_id"]
    nips = [_nip(cell) for cell in persons.cells]
    return (nips[code] for code in persons.codes.tolist())


def _nip(cell: object) -> Nip | None:
    try:
        return parse_nip(cell)
    except CellError:
        return None


def _grade_faults(table: Assembled) -> list[Fault]:
    """'IX' is a grade of PPPK only, 'III/b' of PNS only: one is not read for the other."""
    faults: list[Fault] = []
    grades = table.frame["golongan"]
    for kind, wrong, allowed in (
        ("PNS", grades.notna() & ~grades.str.contains("/"), "golongan PNS dengan ruang: I/a … IV/e"),
        ("PPPK", grades.str.contains("/"), "golongan PPPK tanpa ruang: I … XVII"),
    ):
        broken = (table.frame["asn_kind"] == kind) & wrong
        faults += [
            table.origin.fault(int(p), "golongan", "not_allowed", allowed)
            for p in np.flatnonzero(broken.fillna(False).to_numpy(dtype=bool))
        ]
    return faults
