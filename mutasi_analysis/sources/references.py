"""Checks that need more than one column or table: names and codes that must exist, dates in order, codes of the region."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from mutasi_analysis.errors import Fault
from mutasi_analysis.schema import Column
from mutasi_analysis.sources.assemble import Assembled
from mutasi_analysis.sources.cells import plain
from mutasi_analysis.sources.kinds import KINDS

#: table → its id and name column: other tables may use either
_NAMED = {"unit_kerja": ("unit_id", "unit_name"), "jabatan": ("jabatan_id", "jabatan_name")}
_ORDER = {
    "mutasi": (("need_analysed_on", "proposed_on", "assessed_on", "decided_on", "reported_on"), ("from_tmt", "tmt")),
    "pegawai": (("tmt_cpns", "tmt_jabatan", "exit_date"),),
    "pengaduan": (("received_on", "answered_on"),),
}
_MAX_SUGGESTIONS = 200
_BPS_CODE = re.compile(r"\d{4}(\d{3})?")
#: Jambi's codes differ between BPS and Kemendagri: BPS code → (Kemendagri code, name). Domain 8, code trap.
_BPS_TO_KEMENDAGRI = {"1508": ("15.09", "Tebo"), "1509": ("15.08", "Bungo")}
_KEMENDAGRI_NAMES = dict(_BPS_TO_KEMENDAGRI.values())


def resolve(tables: Mapping[str, Assembled]) -> list[Fault]:
    """Turn unit and post names into ids in place (of the frames made here), and list every reference that leads nowhere."""
    faults: list[Fault] = []
    lookups = {name: _lookup(tables[name], *columns) for name, columns in _NAMED.items() if name in tables}
    persons = set(tables["pegawai"].frame["person_id"].tolist()) if "pegawai" in tables else None
    for table in tables.values():
        for column in KINDS[table.kind].columns:
            target = column.references.split(".")[0]
            if target in lookups:
                faults += _replace(table, column, lookups[target], tables[target], _NAMED[target])
            elif target == "pegawai" and persons is not None:
                given = table.frame[column.name]
                unknown = set(given.unique().tolist()) - persons - {pd.NA}
                faults += [
                    table.origin.fault(row, column.name, "unknown_reference", "NIP ini tidak ada di daftar pegawai", personal=True)
                    for row in (np.flatnonzero(given.isin(unknown).to_numpy(dtype=bool)).tolist() if unknown else ())
                ]
    return faults


def _lookup(table: Assembled, key: str, name: str) -> dict[str, str | None]:
    """Code or plain name → id; None for a name that two ids share."""
    known: dict[str, str | None] = {}
    pairs = table.frame[[key, name]].dropna()
    for identifier, words in pairs.itertuples(index=False):
        known[plain(words)] = identifier if known.get(plain(words), identifier) == identifier else None
    return known | {f"\0{identifier}": identifier for identifier in table.frame[key].dropna().tolist()}


def _replace(table: Assembled, column: Column, known: Mapping[str, str | None], target: Assembled, named: tuple[str, str]) -> list[Fault]:
    values = table.frame[column.name]
    codes, distinct = pd.factorize(values)
    given = distinct.tolist()
    resolved = [known.get(f"\0{value}", known.get(plain(value))) for value in given]
    if resolved == given:
        return []
    table.frame[column.name] = pd.array([*resolved, None], dtype="string").take(codes)
    unknown = [identifier is None for identifier in resolved]
    wrong = [value for value, lost in zip(given, unknown, strict=True) if lost]
    hints = {value: _nearest(value, known, target, named) for value in wrong[:_MAX_SUGGESTIONS]}
    place = f"daftar {target.kind}"
    return [
        table.origin.fault(row, column.name, "unknown_reference", hints.get(given[codes[row]], f"lihat {place}"))
        for row in np.flatnonzero(np.array([*unknown, False])[codes]).tolist()
    ]


def _nearest(value: str, known: Mapping[str, str | None], target: Assembled, named: tuple[str, str]) -> str:
    key, name = named
    if plain(value) in known:
        return f"nama ini dipakai dua {key}; tulis kodenya"
    names = {plain(text): str(text) for text in (*target.frame[name].dropna(), *target.frame[key].dropna())}
    close = difflib.get_close_matches(plain(value), names, n=1, cutoff=0.6)
    return f'mungkin maksudnya "{names[close[0]]}"' if close else f"lihat daftar {target.kind}"


def check_order(table: Assembled) -> list[Fault]:
    """Dates of one process in the order they must have; the later step that lies before an earlier one is the fault."""
    return [fault for steps in _ORDER.get(table.kind, ()) for fault in _order_faults(table, steps)]


def _order_faults(table: Assembled, steps: tuple[str, ...]) -> list[Fault]:
    faults: list[Fault] = []
    latest = np.full(len(table.frame), np.datetime64("NaT", "ns"))
    latest_step = np.zeros(len(table.frame), dtype=np.intp)
    for number, step in enumerate(steps):
        days = table.frame[step].to_numpy()
        early = days < latest
        for row in np.flatnonzero(early).tolist():
            allowed = f"harus pada atau sesudah {steps[latest_step[row]]} ({pd.Timestamp(latest[row]):%d-%m-%Y})"
            faults.append(table.origin.fault(row, step, "wrong_order", allowed))
        newer = ~np.isnat(days) & ~early
        latest, latest_step = np.where(newer, days, latest), np.where(newer, number, latest_step)
    return faults


def check_codes(table: Assembled, code: str | None) -> list[Fault]:
    """Kecamatan codes of the units: Kemendagri's, of this kota or kabupaten (code None: of any); units 'luar' are free.

    A BPS code is named as such, instead of a fault of its form.
    """
    faults: list[Fault] = []
    codes, kinds = table.frame["kecamatan_code"], table.frame["unit_kind"]
    parent = code[:5] if code else None
    for position in np.flatnonzero(codes.notna().to_numpy()):
        value = str(codes.iloc[position])
        if _BPS_CODE.fullmatch(value):
            faults.append(table.origin.fault(int(position), "kecamatan_code", "bps_code", _bps_hint(value, parent)))
        elif (
            parent
            and not value.startswith(f"{parent}.")
            and str(kinds.iloc[position]) != "luar"
            and re.fullmatch(r"\d\d\.\d\d\.\d\d", value)
        ):
            faults.append(table.origin.fault(int(position), "kecamatan_code", "not_allowed", _other_region(value, parent)))
    told = {(fault.file, fault.sheet, fault.row) for fault in faults if fault.rule == "bps_code"}
    table.faults = [fault for fault in table.faults if fault.rule != "bad_pattern" or (fault.file, fault.sheet, fault.row) not in told]
    return faults


def _bps_hint(value: str, parent: str | None) -> str:
    start = f"kode Kemendagri berawalan {parent}, misalnya {parent}.01" if parent else "kode Kemendagri seperti 15.08.01"
    if value[:4] in _BPS_TO_KEMENDAGRI:
        right, name = _BPS_TO_KEMENDAGRI[value[:4]]
        return f"{start} (BPS {value[:4]} adalah {name}, yang kode Kemendagri-nya {right})"
    return start


def _other_region(value: str, parent: str) -> str:
    name = _KEMENDAGRI_NAMES.get(value[:5])
    bps = f"; menurut Kemendagri {value[:5]} adalah {name}, mungkin tertukar dengan kode BPS" if name else ""
    return f"kode Kemendagri berawalan {parent}{bps}"
