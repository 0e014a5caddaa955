"""Columns that a file says in another way: minutes in the header, month and year apart, birth date, the year's rating rule."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from mutasi_analysis.schema import Coded
from mutasi_analysis.sources.cells import CellError, is_missing, plain, squeeze
from mutasi_analysis.sources.days import month_number, parse_date
from mutasi_analysis.sources.extracts import Extract
from mutasi_analysis.sources.nip import parse_nip

#: headers that mean a yearly volume when no basis is given (forms of PermenPANRB 1/2020 and KepMenPAN 75/2004)
_TIMED = re.compile(r"([\d.,]+) ?(menit|mnt|jam)\.?", re.IGNORECASE)
_DAPODIK_NO_DAY = ("1910-01-01", "1900-01-01")
_YEARLY = frozenset(
    {"VOLUME KERJA", "BEBAN KERJA", "JUMLAH HASIL", "JUMLAH BEBAN KERJA", "JUMLAH VOLUME KERJA", "JUMLAH HASIL BEBAN KERJA"}
)


def derive(found: Extract) -> Extract:
    """Add the columns that follow from helpers, headers and defaults. Files with canonical headers are left as they are."""
    if found.header.canonical:
        return found
    _dapodik(found)
    _norm_time(found)
    _basis(found)
    _month(found)
    _birth_year(found)
    _rating(found)
    _from_nip(found)
    return found


def _add(found: Extract, name: str, column: Coded, source: str | None = None) -> None:
    found.columns[name] = column
    found.origin[name] = found.origin[source] if source else (f"{name} (aturan bawaan)", None)


def _same(found: Extract, value: object) -> Coded:
    return Coded([value], np.zeros(len(found.rows), dtype=np.intp))


def _paired(first: Coded, second: Coded, change: Callable[[object, object], object]) -> Coded:
    """What follows from the cells of two columns, each different pair looked at once."""
    pairs, codes = np.unique(first.codes * len(second.cells) + second.codes, return_inverse=True)
    places = (divmod(pair, len(second.cells)) for pair in pairs.tolist())
    return Coded([change(first.cells[a], second.cells[b]) for a, b in places], codes)


def _dapodik(found: Extract) -> None:
    """Dapodik writes 1910-01-01 (or 1900-01-01) for a date and 0, 0 for a place that nobody has filled in."""
    if found.kind != "dapodik":
        return
    for name in {"founded_on", "licensed_on"} & set(found.columns):
        found.columns[name] = found.columns[name].mapped(lambda value: None if squeeze(value)[:10] in _DAPODIK_NO_DAY else value)
    if {"latitude", "longitude"} <= set(found.columns):
        latitude, longitude = found.columns["latitude"], found.columns["longitude"]
        found.columns["latitude"] = _paired(latitude, longitude, _place)
        found.columns["longitude"] = _paired(longitude, latitude, _place)


def _place(value: object, other: object) -> object:
    return None if squeeze(value) == "0" and squeeze(other) == "0" else value


def _norm_time(found: Extract) -> None:
    for helper, unit in (("norm_minutes", "menit"), ("norm_hours", "jam")):
        if helper in found.columns and "norm_time" not in found.columns:
            _add(found, "norm_time", found.columns[helper], helper)
            _add(found, "norm_unit", _same(found, unit), helper)
    if "norm_time" in found.columns and "norm_unit" not in found.columns:
        _split_norm_time(found)


def _split_norm_time(found: Extract) -> None:
    """'30 menit', '2 jam' in one cell, where no header says the unit; only when every filled cell says it."""
    column = found.columns["norm_time"]
    parts = [None if is_missing(cell) else _TIMED.fullmatch(squeeze(cell)) for cell in column.cells]
    filled = sum(not is_missing(cell) for cell in column.cells)
    if filled and sum(part is not None for part in parts) == filled:
        _add(found, "norm_unit", Coded([part and part.group(2) for part in parts], column.codes), "norm_time")
        found.columns["norm_time"] = Coded([part and part.group(1) for part in parts], column.codes)


def _basis(found: Extract) -> None:
    if found.kind not in ("beban_kerja", "abk") or "basis" in found.columns or "volume" not in found.columns:
        return
    if plain(found.origin["volume"][0].split("(")[0]) in _YEARLY:
        _add(found, "basis", _same(found, "year"))


def _month(found: Extract) -> None:
    """BULAN 'Maret' or 3 beside TAHUN 2023 → 'Maret 2023'."""
    years = found.columns.get("year")
    if found.kind != "layanan" or "month" not in found.columns or years is None:
        return
    found.columns["month"] = _paired(found.columns["month"], years, _with_year)


def _with_year(month: object, year: object) -> object:
    text, year_text = squeeze(month), squeeze(year)
    if not year_text.isdigit():
        return month
    if text.isdigit() and 1 <= int(text) <= 12:
        return f"{year_text}-{int(text):02d}"
    return f"{text} {year_text}" if month_number(text) else month


def _birth_year(found: Extract) -> None:
    dates = found.columns.get("birth_date")
    if found.kind == "pegawai" and dates is not None and "birth_year" not in found.columns:
        _add(found, "birth_year", dates.mapped(_year_of), "birth_date")


def _year_of(value: object) -> object:
    if is_missing(value):
        return None
    try:
        return parse_date(value).year
    except CellError:
        return value  # stays as it is and becomes a fault of birth_year


def _rating(found: Extract) -> None:
    if found.kind != "kinerja":
        return
    if "half" not in found.columns:
        _add(found, "half", _same(found, 0))
    if "regime" not in found.columns and "year" in found.columns:
        _add(found, "regime", _paired(found.columns["year"], found.columns["half"], _regime))


def _regime(year: object, half: object) -> object:
    """The rule in force (domain 5.1): PP 46/2011 to mid 2021, PP 30/2019 in the second half of 2021, PermenPANRB 6/2022 since."""
    text = squeeze(year)
    if not text.isdigit():
        return None
    if int(text) >= 2022:
        return "permenpanrb-6-2022"
    second_half = plain(half) in ("2", "II", "SEMESTER 2", "SEMESTER II")
    return "pp-30-2019" if int(text) == 2021 and second_half else "pp-46-2011"


def _from_nip(found: Extract) -> None:
    """Sex, birth year and kind of ASN are part of the NIP: used where the list has no such column."""
    wanted = {"sex", "birth_year", "asn_kind"} - set(found.columns)
    if found.kind != "pegawai" or not wanted or "person_id" not in found.columns:
        return
    persons = found.columns["person_id"]
    facts = [_nip_facts(value) for value in persons.cells]
    for name in sorted(wanted):
        _add(found, name, Coded([known.get(name) for known in facts], persons.codes), "person_id")


def _nip_facts(value: object) -> dict[str, object]:
    try:
        nip = parse_nip(value)
    except CellError:
        return {}
    return {"sex": nip.sex, "birth_year": nip.birth.year, "asn_kind": nip.asn_kind}
