"""A new region: its profile, its folder and the workbook its agency fills."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from mutasi_analysis import regions
from mutasi_analysis.dictionary import write_template_workbook
from mutasi_analysis.errors import UsageError
from mutasi_analysis.profile_file import LEVELS
from mutasi_analysis.profiles import PROFILE_FILE, TEMPLATE_FILE, RegionProfile, parse_profile, profile_codes
from mutasi_analysis.regions import Region


@dataclass(frozen=True, slots=True)
class NewRegion:
    """What was made. profile: as it will be read; folder: where the files of the agency go; files: what lies there now."""

    profile: RegionProfile
    folder: Path
    files: tuple[Path, ...]


def create_region(code_or_name: str, data_root: str | Path, *, force: bool = False) -> NewRegion:
    """Make `<data_root>/raw/<slug>/` with profile and template workbook for any kota, kabupaten or kecamatan.

    code_or_name: Kemendagri code ("64.74") or name ("Kota Bontang"; "Alak, Kota Kupang" where a name repeats).
    force: write profile and template anew where the region has them; other files are never touched.
    Raises UsageError for a province, an unknown or ambiguous name, and a region that has a profile already.
    """
    region = find_region(code_or_name)
    taken = {code: slug for slug, code in profile_codes(data_root).items()}
    if region.code in taken and not force:
        has = f"{region.code} {region.name} sudah punya profil: '{taken[region.code]}'"
        raise UsageError(f"{has}. Pakai --force untuk menulis ulang profil dan isiannya.")
    slug = taken.get(region.code) or unique_slug(region, frozenset(taken.values()))
    folder = Path(data_root) / "raw" / slug
    text = profile_text(region, slug, last_year=date.today().year - 1)
    profile = parse_profile(text, f"raw/{slug}/{PROFILE_FILE}", slug)
    return NewRegion(profile, folder, _write(folder, text))


def find_region(code_or_name: str) -> Region:
    """The one kota, kabupaten or kecamatan that a code or name means. Raises UsageError with what is near or possible."""
    text = " ".join(code_or_name.split())
    code = regions.parse_code(text)
    found = regions.find_by_name(text) if code is None else tuple(r for r in [regions.code_list().get(code)] if r)
    if len(found) > 1:
        shown = "; ".join(f"{region.code} {_described(region)}" for region in found[:6])
        more = f"; dan {len(found) - 6} lain" if len(found) > 6 else ""
        raise UsageError(f"'{text}' nama beberapa wilayah: {shown}{more}. Tulis kodenya.")
    if found and found[0].level not in LEVELS:
        raise UsageError(f"{found[0].code} {found[0].name} adalah provinsi; yang dapat dibuat kota, kabupaten, atau kecamatan.")
    if found:
        return found[0]
    if code:
        raise UsageError(f"Kode wilayah {code} tidak ada dalam daftar Kemendagri.{_near_code(code)}")
    raise UsageError(f"Wilayah '{text}' tidak ada dalam daftar Kemendagri.{_near_name(text)}")


def _described(region: Region) -> str:
    if region.level == "kecamatan":
        return f"{region.name} (kecamatan di {regions.code_list()[region.parent_code].name})"
    return f"Provinsi {region.name}" if region.level == "provinsi" else region.name


def _near_code(code: str) -> str:
    parent = regions.code_list().get(code.rpartition(".")[0])
    if parent is None:
        return " Dua angka pertama adalah provinsi, mis. 64.74 Kota Bontang."
    inside = [region for region in regions.code_list().values() if region.parent_code == parent.code]
    return f" Di {parent.name} kodenya {inside[0].code} sampai {inside[-1].code}."


def _near_name(text: str) -> str:
    hint = regions.hint(text) if text else None
    if hint:
        return f" '{text}' adalah {hint.what}. Maksud Anda {hint.code} {regions.code_list()[hint.code].name}?"
    names = {region.short_name: region for region in regions.code_list().values() if region.level in LEVELS}
    near = regions.nearest(text, names)
    return f" Maksud Anda {names[near].code} {_described(names[near])}?" if near else ""


def base_slug(name: str) -> str:
    """A name as a folder name: lower case letters and digits with single hyphens, nothing else."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def unique_slug(region: Region, taken: frozenset[str] = frozenset()) -> str:
    """The slug of a region: its short name where that is its own, else what tells it apart.

    A kota or kabupaten has the short name to itself unless another kota or kabupaten has it ("kota-bogor"); a kecamatan
    unless any other region has it ("mataram-527102"). taken: slugs of other regions.
    """
    rivals = LEVELS if region.level == "kecamatan" else ("kota", "kabupaten")
    slug = base_slug(region.short_name)
    shared = any(base_slug(o.short_name) == slug for o in regions.code_list().values() if o.level in rivals and o.code != region.code)
    if shared and region.level != "kecamatan":
        slug, shared = base_slug(region.name), False
    return f"{slug}-{region.code.replace('.', '')}" if shared or slug in taken else slug


def profile_text(region: Region, slug: str, *, last_year: int) -> str:
    """The TOML of a new profile: the packaged template with the facts of the region, to be edited by the agency.

    Six years of data up to last_year; the programme is the three years before last_year, so that a year after it is seen.
    """
    template = (files("mutasi_analysis") / "parameters" / "wilayah" / "profil_baru.txt").read_text(encoding="utf-8")
    parent = regions.code_list()[region.parent_code].name if region.level == "kecamatan" else ""
    facts = {"slug": slug, "code": region.code, "name": region.name, "level": region.level, "parent": parent,
             "timezone": regions.timezone(region.code), "first_year": str(last_year - 5), "last_year": str(last_year),
             "programme_first": str(last_year - 3), "programme_last": str(last_year - 1)}  # fmt: skip
    return re.sub(r"<(\w+)>", lambda match: facts[match[1]], template)


def _write(folder: Path, text: str) -> tuple[Path, ...]:
    """Write both files beside and move them into place, so that a stopped run leaves no half file."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"raw/{folder.name} sudah ada tetapi bukan folder; pindahkan dahulu.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".baru-") as beside:
        (Path(beside) / PROFILE_FILE).write_text(text, encoding="utf-8")
        write_template_workbook(Path(beside) / TEMPLATE_FILE)
        return tuple(Path(shutil.move(Path(beside) / name, folder / name)) for name in (PROFILE_FILE, TEMPLATE_FILE))
