"""The tables an evaluation is made from, each declared once, and the frozen data of one region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from mutasi_analysis.entities.moves import MUTASI
from mutasi_analysis.entities.organisation import BEBAN_KERJA, JABATAN, SEKOLAH, STANDAR_KOMPETENSI, UNIT_KERJA
from mutasi_analysis.entities.outcomes import KINERJA, LAYANAN, PENGADUAN, SURVEI
from mutasi_analysis.entities.people import ASPIRASI, KOMPETENSI, PEGAWAI, RELASI
from mutasi_analysis.schema import Table

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            PEGAWAI,
            UNIT_KERJA,
            JABATAN,
            BEBAN_KERJA,
            SEKOLAH,
            KOMPETENSI,
            STANDAR_KOMPETENSI,
            MUTASI,
            KINERJA,
            LAYANAN,
            SURVEI,
            ASPIRASI,
            RELASI,
        )
    }
)


#: registers an agency may send instead of ready-made rows: they become rows of a table while they are read and go no further
REGISTERS: Mapping[str, Table] = MappingProxyType({PENGADUAN.name: PENGADUAN})
#: everything an agency may fill in or send
DECLARED: Mapping[str, Table] = MappingProxyType({**TABLES, **REGISTERS})

#: columns of RegionData.complaints
COMPLAINTS = ("month", "received", "open", "judged", "in_time", "unstated", "unstated_limit", "drawn_on")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file as read: path relative to the data root, sha256 (hex), rows used, kinds of table found in it."""

    path: str
    sha256: str
    rows: int
    tables: tuple[str, ...]


@dataclass(frozen=True)
class RegionData:
    """Everything known about one region, conformed.

    code: Kemendagri code; tables: name → frame with the columns of `TABLES[name]` (only tables that were supplied);
    synthetic: demonstration data, to be said in every report; sources: the files; notes: sentences about what was
    counted or set aside while reading (never with personal data). confirmed_education: codes of education strings that a
    person confirmed (columns text, field, confirmed; empty where none were). complaints: what complaint registers held, by month of
    receipt over all units: received, open (not yet answered), judged (their limit had run out when the register was drawn), in_time.
    """

    code: str
    tables: Mapping[str, pd.DataFrame]
    synthetic: bool = False
    sources: tuple[SourceFile, ...] = ()
    notes: tuple[str, ...] = field(default=())
    confirmed_education: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["text", "field", "confirmed"], dtype="string"))
    complaints: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COMPLAINTS)))

    def has(self, *names: str) -> bool:
        """Whether every named table was supplied and has rows."""
        return all(name in self.tables and len(self.tables[name]) > 0 for name in names)

    def table(self, name: str) -> pd.DataFrame:
        """A table; empty with its columns where it was not supplied."""
        return self.tables[name] if name in self.tables else TABLES[name].empty()

    def missing(self) -> tuple[str, ...]:
        """Names of tables that were not supplied, in the order of declaration."""
        return tuple(name for name in TABLES if not self.has(name))


__all__ = ["COMPLAINTS", "DECLARED", "REGISTERS", "TABLES", "RegionData", "SourceFile"]
