"""Names and codes of Indonesia's regions: the official list, spelling variants, and the codes BPS uses differently."""

from __future__ import annotations

import csv
import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from mutasi_analysis.errors import UsageError

TIMEZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
_PREFIXES = {
    "kota": "kota", "kab": "kabupaten", "kabupaten": "kabupaten", "kec": "kecamatan", "kecamatan": "kecamatan",
    "prov": "provinsi", "provinsi": "provinsi", "kel": "kelurahan", "kelurahan": "kelurahan", "desa": "desa",
}  # fmt: skip
_SPELLINGS = {"bathin": "batin", "muaro": "muara", "kep": "kepulauan"}


@dataclass(frozen=True, slots=True)
class Region:
    """One line of the official list. code: Kemendagri ("64.72.09"); level: provinsi, kota, kabupaten or kecamatan."""

    code: str
    name: str
    level: str

    @property
    def parent_code(self) -> str:
        """Code of the region it lies in; "" for a province."""
        return self.code.rpartition(".")[0]

    @property
    def short_name(self) -> str:
        """The name without Kota or Kabupaten."""
        return self.name.partition(" ")[2] if self.level in ("kota", "kabupaten") else self.name


@dataclass(frozen=True, slots=True)
class NameQuery:
    """A typed name taken apart. full: the key of all of it; level: what a first word says it is, or ""; bare: the key without that word."""

    full: str
    level: str
    bare: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A name that is not a region of the list but points at one. what: what it really is, in Indonesian."""

    code: str
    what: str


def _text(name: str) -> str:
    return (files("mutasi_analysis") / "parameters" / "wilayah" / name).read_text(encoding="utf-8")


def _level(code: str, name: str) -> str:
    if len(code) == 5:
        return "kota" if name.startswith("Kota ") else "kabupaten"
    return {2: "provinsi", 8: "kecamatan"}[len(code)]


@cache
def code_list() -> Mapping[str, Region]:
    """Every province, kabupaten, kota and kecamatan by Kemendagri code (Kepmendagri 300.2.2-2430/2025)."""
    rows = csv.DictReader(_text("kode.csv").splitlines())
    return MappingProxyType({row["code"]: Region(row["code"], row["name"], _level(row["code"], row["name"])) for row in rows})


@cache
def bps_differences() -> Mapping[str, Region]:
    """Four digits → the region BPS means by them, only where Kemendagri means another one or none."""
    rows = csv.DictReader(_text("kode_bps_berbeda.csv").splitlines())
    return MappingProxyType({row["bps_code"]: code_list()[row["kemendagri_code"]] for row in rows})


@cache
def _hints() -> Mapping[str, Hint]:
    return MappingProxyType({h["key"]: Hint(h["code"], h["what"]) for h in tomllib.loads(_text("petunjuk.toml"))["name"]})


def hint(text: str) -> Hint | None:
    """What a name points at that is commonly taken for a region, e.g. the capital of a kabupaten."""
    query = parse_name(text)
    return _hints().get(query.full) or _hints().get(query.bare)


@cache
def _zones() -> Mapping[str, str]:
    zones: dict[str, list[str]] = tomllib.loads(_text("zona_waktu.toml"))
    return MappingProxyType({province: zone for zone, provinces in zones.items() for province in provinces})


def timezone(code: str) -> str:
    """IANA time zone of the province that a code lies in (Keppres 41/1987)."""
    return _zones()[code[:2]]


def name_key(text: str) -> str:
    """Letters and digits only, lower case, common spelling variants made one: "Batang Hari" and "batanghari" are equal."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(_SPELLINGS.get(word, word) for word in re.findall(r"[a-z0-9]+", plain))


@lru_cache(maxsize=20_000)
def parse_name(text: str) -> NameQuery:
    """Take a typed name apart: "Kab. Batang Hari" → full "kabbatanghari", level "kabupaten", bare "batanghari"."""
    words = re.findall(r"[^\W_]+", text)
    level = _PREFIXES.get(words[0].lower(), "") if len(words) > 1 else ""
    rest = words[1:] if level else words
    if level and len(rest) > 1 and rest[0].lower() in ("adm", "administrasi"):
        rest = rest[1:]
    return NameQuery(name_key(text), level, name_key(" ".join(rest)))


def name_matches(query: NameQuery, name: str, level: str) -> bool:
    """Whether a typed name means the region with this official name and level. A level that was typed must agree."""
    own = parse_name(name)
    bare = own.bare if own.level == level else own.full
    return query.full in (own.full, bare) or (query.level == level and query.bare == bare)


@cache
def find_by_name(text: str) -> tuple[Region, ...]:
    """Every region a typed name may mean. After a comma stands the region it lies in: "Alak, Kota Kupang"."""
    first, *outer = [part.strip() for part in text.split(",") if part.strip()] or [""]
    if not name_key(first):
        return ()
    query = parse_name(first)
    found = [region for region in code_list().values() if name_matches(query, region.name, region.level)]
    return tuple(region for region in found if all(_lies_in(region, name) for name in outer))


def _lies_in(region: Region, name: str) -> bool:
    query = parse_name(name)
    parents = [code_list()[region.code[:length]] for length in (2, 5) if length < len(region.code)]
    return any(name_matches(query, parent.name, parent.level) for parent in parents)


def parse_code(text: str) -> str | None:
    """A typed Kemendagri code with its dots ("6472" → "64.72"); None where the text is not a code at all.

    Raises UsageError for a bare four- or six-digit number that BPS and Kemendagri give to different regions, and for
    numbers of another length (BPS writes a kecamatan with seven digits).
    """
    if not re.fullmatch(r"\d[\d.\s]*", text.strip()):
        return None
    digits = re.sub(r"\D", "", text)
    if len(digits) not in (2, 4, 6):
        raise UsageError(f"'{text}' bukan kode Kemendagri: provinsi 2 angka, kota/kabupaten 4 (64.72), kecamatan 6 (52.71.01).")
    code = ".".join(digits[start : start + 2] for start in range(0, len(digits), 2))
    if "." not in text and digits[:4] in bps_differences():
        raise UsageError(f"Kode '{text}' punya dua arti: {both_meanings(digits[:4])} Tulis kode Kemendagri dengan titik, atau namanya.")
    return code


def both_meanings(digits: str) -> str:
    """The sentence that tells what BPS and Kemendagri mean by the same four digits."""
    bps = bps_differences()[digits]
    own = code_list().get(f"{digits[:2]}.{digits[2:]}")
    ours = f"di Kemendagri {own.code} adalah {own.name}" if own else "Kemendagri tidak memakainya"
    return f"{digits} di BPS adalah {bps.name} (Kemendagri {bps.code}), sedangkan {ours}."


def nearest(text: str, names: Iterable[str]) -> str | None:
    """The known name most like a typed one, or None where nothing is near."""
    known = {name_key(name): name for name in names}
    query = parse_name(text)
    for key in (query.bare, query.full):
        close = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
        if close:
            return known[close[0]]
    return None
