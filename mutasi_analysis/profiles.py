"""Finding a region's profile by slug, name or Kemendagri code.

Five profiles come with the package (`parameters/regions/*.toml`); every `<data_root>/raw/<slug>/region.toml` adds one
or takes the place of a packaged one with the same slug.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from mutasi_analysis import regions
from mutasi_analysis.errors import UsageError
from mutasi_analysis.profile_file import LEVELS, OUTCOMES, QUESTIONS, RegionProfile, parse_profile

PROFILE_FILE = "region.toml"
#: the empty workbook that lies beside a new profile
TEMPLATE_FILE = "isian.xlsx"


def profile_slugs(data_root: str | Path = "data") -> tuple[str, ...]:
    """Slugs of every region that has a profile, packaged or under `<data_root>/raw`, in alphabetical order."""
    return tuple(sorted(_profile_texts(data_root)))


def profile_codes(data_root: str | Path = "data") -> dict[str, str]:
    """Slug → Kemendagri code of every profile, as written in its file."""
    return {slug: _head(slug, data_root)["code"] for slug in profile_slugs(data_root)}


def list_profiles(data_root: str | Path = "data") -> tuple[RegionProfile, ...]:
    """Every profile, by slug. Raises UsageError for the first one that cannot be read."""
    return tuple(_read(slug, data_root) for slug in profile_slugs(data_root))


def load_profile(region: str, *, data_root: str | Path = "data") -> RegionProfile:
    """The profile of a region named by slug, official name or Kemendagri code ("samarinda", "Kota Samarinda", "64.72").

    Raises UsageError with the nearest name where nothing fits, and where a name or a number means two regions.
    """
    if not isinstance(region, str):
        raise UsageError(f'Wilayah {region!r} bukan teks; tulis kode dalam tanda kutip, misalnya "64.72", atau nama seperti "samarinda".')
    text = " ".join(region.split())
    slugs = profile_slugs(data_root)
    if text in slugs:
        return _read(text, data_root)
    code = regions.parse_code(text)
    heads = {slug: _head(slug, data_root) for slug in slugs}
    if code is not None:
        found = [slug for slug, head in heads.items() if head["code"] == code]
    else:
        query = regions.parse_name(text)
        found = [slug for slug, head in heads.items() if query.full and regions.name_matches(query, head["name"], head["level"])]
    if len(found) == 1:
        return _read(found[0], data_root)
    if found:
        raise UsageError(f"'{text}' cocok dengan beberapa wilayah: {', '.join(found)}. Tulis salah satu persis seperti itu.")
    raise UsageError(_unknown_code(code) if code else _unknown_name(text, heads))


def profile_at(profile: RegionProfile, day: str) -> RegionProfile:
    """The profile with another day of head counts (ISO, "2025-06-30"); "" leaves it. Raises UsageError for what is no such day."""
    if not day:
        return profile
    try:
        return replace(profile, as_of=date.fromisoformat(day))
    except ValueError as problem:
        raise UsageError(f"as_of '{day}' bukan tanggal; tulis seperti 2025-12-31, atau kosongkan.") from problem


def _unknown_code(code: str) -> str:
    known = regions.code_list().get(code)
    digits = code.replace(".", "")[:4]
    warning = f" Awas: {regions.both_meanings(digits)}" if digits in regions.bps_differences() else ""
    if known is None:
        return f"Kode wilayah {code} tidak ada dalam daftar Kemendagri.{warning}"
    if known.level == "provinsi":
        return f"{code} adalah Provinsi {known.name}; yang dinilai kota, kabupaten, atau kecamatan."
    return f"Belum ada profil untuk {code} {known.name}. Buat dengan: mutasi new-region {code}.{warning}"


def _unknown_name(text: str, heads: dict[str, dict[str, str]]) -> str:
    known = ", ".join(heads)
    hint = regions.hint(text) if text else None
    by_code = {head["code"]: slug for slug, head in heads.items()}
    if hint and hint.code in by_code:
        return f"'{text}' adalah {hint.what}. Maksud Anda '{by_code[hint.code]}'? Wilayah yang ada: {known}."
    listed = [r for r in regions.find_by_name(text) if r.level != "provinsi"]
    if listed:
        shown = "; ".join(f"{r.code} {r.name} ({r.level})" for r in listed[:4])
        more = f" dan {len(listed) - 4} lain" if len(listed) > 4 else ""
        return (
            f"Belum ada profil untuk '{text}': {shown}{more}. Wilayah yang ada: {known}. Buat dengan: mutasi new-region {listed[0].code}."
        )
    near = regions.nearest(text, [*heads, *(head["name"] for head in heads.values())])
    slug = next((s for s, head in heads.items() if near in (s, head["name"])), None)
    meant = f" Maksud Anda '{slug}'?" if slug else ""
    return f"Wilayah '{text}' tidak dikenal.{meant} Wilayah yang ada: {known}."


def _profile_texts(data_root: str | Path) -> dict[str, Any]:
    packaged = files("mutasi_analysis") / "parameters" / "regions"
    found: dict[str, Any] = {p.name.removesuffix(".toml"): p for p in packaged.iterdir() if p.name.endswith(".toml")}
    found.update({p.parent.name: p for p in Path(data_root).glob(f"raw/[!.]*/{PROFILE_FILE}")})
    return found


def _place(slug: str, data_root: str | Path) -> str:
    own = Path(data_root) / "raw" / slug / PROFILE_FILE
    return f"raw/{slug}/{PROFILE_FILE}" if own.is_file() else f"parameters/regions/{slug}.toml"


def _read(slug: str, data_root: str | Path) -> RegionProfile:
    place = _place(slug, data_root)
    try:
        text = _profile_texts(data_root)[slug].read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{place}: berkas tidak dapat dibaca; simpan sebagai teks UTF-8.") from error
    return parse_profile(text, place, slug)


def _head(slug: str, data_root: str | Path) -> dict[str, str]:
    """Code, name and level of a profile as written, unchecked: a broken file of one region must not stop another."""
    try:
        head = tomllib.loads(_profile_texts(data_root)[slug].read_text(encoding="utf-8-sig")).get("region", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        head = {}
    return {key: str(head.get(key, "")) if isinstance(head, dict) else "" for key in ("code", "name", "level")}


__all__ = [
    "LEVELS",
    "OUTCOMES",
    "PROFILE_FILE",
    "QUESTIONS",
    "RegionProfile",
    "list_profiles",
    "load_profile",
    "parse_profile",
    "profile_codes",
    "profile_slugs",
]
