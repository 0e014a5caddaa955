"""Statutory numbers: dated, cited values read from parameters/norms/*.toml. A number without unit or reference does not load."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from mutasi_analysis.errors import NormError

if TYPE_CHECKING:
    import pandas as pd

STATUSES = ("verified", "unverified", "usulan")
_NEEDED = ("value", "unit", "scheme", "since", "reference", "status")
_MORE = ("note", "reference_en", "note_en", "title")


@dataclass(frozen=True, slots=True)
class Norm:
    """One number (or table of numbers) of the law.

    family: the file it stands in (e.g. "effective_time"); scheme: the name a profile uses; value: number, list or
    table; unit: of the value; since: first day in force, ISO; reference: law and article; status: "verified" when
    read in the text of the law, "unverified" when read elsewhere, "usulan" for our own proposal; reference_en, note_en:
    the same in English, "" where there is nothing to translate; title: the law's official title, which stays
    Indonesian in both.
    """

    family: str
    scheme: str
    value: object
    unit: str
    since: str
    reference: str
    status: str
    note: str = ""
    reference_en: str = ""
    note_en: str = ""
    title: str = ""


def parse_norms(text: str, family: str) -> dict[str, Norm]:
    """The norms of one TOML text: an array `norm` of tables. Raises NormError naming file, scheme and missing key."""
    found: dict[str, Norm] = {}
    for entry in tomllib.loads(text).get("norm", []):
        scheme = str(entry.get("scheme", "?"))
        for key in _NEEDED:
            if entry.get(key) in (None, ""):
                raise NormError(f"parameters/norms/{family}.toml, scheme {scheme}: '{key}' is missing")
        if entry["status"] not in STATUSES:
            raise NormError(f"parameters/norms/{family}.toml, scheme {scheme}: status must be one of {', '.join(STATUSES)}")
        if scheme in found:
            raise NormError(f"parameters/norms/{family}.toml: scheme {scheme} stands twice")
        found[scheme] = Norm(family, scheme, entry["value"], entry["unit"], str(entry["since"]), entry["reference"], entry["status"],
                             **{key: entry.get(key, "") for key in _MORE})  # fmt: skip
        _check_words(found[scheme])
    return found


def _check_words(norm: Norm) -> None:
    """A note has its English; a title stands in every reference."""
    where = f"parameters/norms/{norm.family}.toml, scheme {norm.scheme}"
    if bool(norm.note) != bool(norm.note_en):
        raise NormError(f"{where}: 'note' and 'note_en' belong together")
    if any(norm.title not in text for text in (norm.reference, norm.reference_en) if text):
        raise NormError(f"{where}: the title does not stand in the reference")


@cache
def load_family(family: str) -> dict[str, Norm]:
    """Every norm of one file of parameters/norms, by scheme."""
    path = files("mutasi_analysis") / "parameters" / "norms" / f"{family}.toml"
    if not path.is_file():
        raise NormError(f"parameters/norms has no {family}.toml; it has: {', '.join(families())}")
    return parse_norms(path.read_text(encoding="utf-8"), family)


def load_norm(family: str, scheme: str) -> Norm:
    """One norm. Raises NormError with the schemes that exist."""
    norms = load_family(family)
    if scheme not in norms:
        near = get_close_matches(str(scheme), norms, n=1, cutoff=0.5)
        meant = f"; did you mean '{near[0]}'?" if near else ""
        raise NormError(f"parameters/norms/{family}.toml has no scheme '{scheme}'; it has: {', '.join(norms)}{meant}")
    return norms[scheme]


@cache
def families() -> tuple[str, ...]:
    """Names of all norm files."""
    folder = files("mutasi_analysis") / "parameters" / "norms"
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


@cache
def english() -> Mapping[str, str]:
    """References and notes of every norm → the same in English; what needs no translation is not in it."""
    norms = [norm for family in families() for norm in load_family(family).values()]
    pairs = [pair for n in norms for pair in ((n.reference, n.reference_en), (n.note, n.note_en)) if all(pair)]
    return MappingProxyType(dict(pairs))


@cache
def titles() -> tuple[str, ...]:
    """Official titles of laws that references name; they stay Indonesian in every language."""
    return tuple(sorted({norm.title for family in families() for norm in load_family(family).values() if norm.title}))


def norms_table(norms: tuple[Norm, ...]) -> pd.DataFrame:
    """Norms as a tidy frame: family, scheme, value (as text), unit, since, reference, status, note."""
    import pandas as pd

    columns = ["family", "scheme", "value", "unit", "since", "reference", "status", "note"]
    rows = [[n.family, n.scheme, str(n.value), n.unit, n.since, n.reference, n.status, n.note] for n in norms]
    return pd.DataFrame(rows, columns=columns)
