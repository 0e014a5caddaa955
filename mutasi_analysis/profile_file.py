"""A region's profile: what it is, what it asks, which schemes it uses. Read from TOML, frozen, typed.

Every wrong key or value is a UsageError that names file, key, value and what is allowed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from mutasi_analysis import norms, regions
from mutasi_analysis.errors import UsageError
from mutasi_analysis.indicators import INDICATORS

LEVELS = ("kecamatan", "kota", "kabupaten")
QUESTIONS = ("plan_monitor", "skills_fit", "balance", "programme", "service")
OUTCOMES = ("output_percent", "rating_ridit", "top_share", "workload_gap", *INDICATORS)
SCHEME_FAMILIES = (
    "effective_time", "health_effective_time", "annualisation", "effectiveness_bands", "jpm_rule", "jpm_bands",
    "satisfaction", "teacher_hours", "assessment_validity", "tenure", "election_blackout", "transfer_documents",
    "nine_box_cutoffs", "professionalism", "complaint_days",
)  # fmt: skip
#: families that a profile may leave out, with the scheme it then uses: profiles written before these families came stay valid.
DEFAULT_SCHEMES: Mapping[str, str] = MappingProxyType(
    {"nine_box_cutoffs": "lokal-80-60", "professionalism": "permenpanrb-38-2018", "complaint_days": "standar-2-5-14-60"}
)
#: small letters, digits and single hyphens; not what Windows keeps for its devices
SLUG_PATTERN = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9]+(-[a-z0-9]+)*"
JPM_RULES = ("ratio_of_sums", "capped", "mean_of_capped")


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """One region.

    slug: folder name; code: Kemendagri code ("64.72"); level: one of LEVELS; parent: name of the city of a kecamatan;
    question: one of QUESTIONS; question_id, question_en: the region's own question in words, "" for the sentence of the package.
    first_year, last_year: years of data; as_of: the day head counts are taken; programme_first, programme_last:
    transfers whose TMT lies between these days are the programme that is evaluated.
    schemes: family → scheme of parameters/norms; primary, secondary: outcomes declared before looking.
    anticipation_years: years before the first full year after a transfer that it may touch already (the mixed year and
    the dip); minimum_cell: groups smaller than this are masked. groups, doses: for whom the effect may differ and on what it may depend,
    declared before looking; None where the profile says nothing: then those of parameters/verdict.toml.
    """

    slug: str
    code: str
    name: str
    level: str
    parent: str
    timezone: str
    question: str
    question_id: str
    question_en: str
    first_year: int
    last_year: int
    as_of: date
    programme_first: date
    programme_last: date
    schemes: tuple[tuple[str, str], ...]
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    anticipation_years: int
    minimum_cell: int
    groups: tuple[str, ...] | None = None
    doses: tuple[str, ...] | None = None

    def factors(self, kind: str) -> tuple[str, ...]:
        """The "groups" or "doses" that are looked at: the declared ones, else the package's."""
        declared: tuple[str, ...] | None = getattr(self, kind)
        return factor_names()[kind] if declared is None else declared

    def scheme(self, family: str) -> str:
        """The scheme that this region uses of a norm family."""
        return {**DEFAULT_SCHEMES, **dict(self.schemes)}[family]


@cache
def factor_names() -> Mapping[str, tuple[str, ...]]:
    """ "groups" and "doses" → the names a profile may declare, and the list used where it declares none."""
    text = (files("mutasi_analysis") / "parameters" / "verdict.toml").read_text(encoding="utf-8")
    return MappingProxyType({kind: tuple(names) for kind, names in tomllib.loads(text)["heterogeneity"].items()})


#: section → key → (type, True where the key may be left out)
_KEYS: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "region": {"slug": str, "code": str, "name": str, "level": str, "parent": str, "timezone": str, "reference": str},
        "question": {"key": str, "id": str, "en": str},
        "period": {"first_year": int, "last_year": int, "as_of": date, "programme_first": date, "programme_last": date},
        "schemes": dict.fromkeys(SCHEME_FAMILIES, str),
        "outcomes": {"primary": list, "secondary": list},
        "heterogeneity": {"groups": list, "doses": list},
        "estimation": {"anticipation_years": int},
        "disclosure": {"minimum_cell": int},
    }
)
_MAY_BE_ABSENT = frozenset(
    {
        "region.reference",
        "region.parent",
        "question.id",
        "question.en",
        "outcomes.secondary",
        "heterogeneity.groups",
        "heterogeneity.doses",
        *(f"schemes.{family}" for family in DEFAULT_SCHEMES),
    }
)
_MAY_BE_EMPTY = frozenset({"region.reference", "region.parent", "question.id", "question.en"})
#: families whose schemes stand in a norm file of another name
_NORM_FILES = {"health_effective_time": "effective_time", "satisfaction": "satisfaction_bands"}
_TYPE_WORDS = {str: "teks dalam tanda kutip", int: "bilangan bulat", date: "tanggal tanpa tanda kutip (2025-12-31)", list: "daftar teks"}


def parse_profile(text: str, place: str, slug: str) -> RegionProfile:
    """A profile from the text of its TOML file. place: how messages call the file; slug: the name its folder or file has.

    Raises UsageError with file, key, value and what is allowed, for the first thing that is wrong.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{place}: bukan TOML yang benar ({error}).") from error
    _check_keys(document, place)
    profile = _build({section: _typed(document.get(section, {}), section, place) for section in _KEYS})
    given = document.get("heterogeneity", {})
    profile = replace(profile, groups=_declared(given, "groups", place), doses=_declared(given, "doses", place))
    _check_region(profile, place, slug)
    _check_choices(profile, place)
    _check_period(profile, place)
    return profile


def _refuse(place: str, key: str, value: object, allowed: str) -> UsageError:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return UsageError(f"{place}: {key} = {shown} tidak diterima; yang diterima: {allowed}.")


def _check_keys(document: Mapping[str, Any], place: str) -> None:
    _known(document, _KEYS, place, "bagian ")
    for section, keys in _KEYS.items():
        given = document.get(section, {})
        if not isinstance(given, dict):
            raise _refuse(place, section, given, f"sebuah bagian [{section}]")
        _known(given, keys, place, f"{section}.")
        for key in keys:
            if key not in given and f"{section}.{key}" not in _MAY_BE_ABSENT:
                raise UsageError(f"{place}: {section}.{key} belum diisi.")


def _known(given: Iterable[str], allowed: Iterable[str], place: str, prefix: str) -> None:
    for key in given:
        if key not in tuple(allowed):
            near = regions.nearest(key, allowed)
            meant = f" Maksud Anda '{near}'?" if near else ""
            raise UsageError(f"{place}: {prefix}{key} tidak dikenal.{meant} Yang diterima: {', '.join(allowed)}.")


def _typed(given: Mapping[str, Any], section: str, place: str) -> dict[str, Any]:
    """The values of one section, each of its declared type; absent ones are empty."""
    values: dict[str, Any] = {}
    for key, kind in _KEYS[section].items():
        name = f"{section}.{key}"
        absent = DEFAULT_SCHEMES.get(key, kind()) if name in _MAY_BE_ABSENT else None
        value: Any = given.get(key, absent)
        if not _has_type(value, kind):
            raise _refuse(place, name, value, _TYPE_WORDS[kind])
        if kind is str and not value.strip() and name not in _MAY_BE_EMPTY:
            raise _refuse(place, name, value, "teks yang tidak kosong")
        values[key] = value
    return values


def _has_type(value: Any, kind: type) -> bool:
    """Exactly this type: a bool is no int, a date with a time is no date; a list holds only texts."""
    exact = type(value) is kind
    return exact and (not isinstance(value, list) or all(isinstance(word, str) for word in value))


def _build(sections: Mapping[str, Mapping[str, Any]]) -> RegionProfile:
    region, question, period = sections["region"], sections["question"], sections["period"]
    return RegionProfile(
        **{key: value for key, value in region.items() if key != "reference"},
        **period,
        question=question["key"],
        question_id=question["id"],
        question_en=question["en"],
        schemes=tuple(sections["schemes"].items()),
        primary=tuple(sections["outcomes"]["primary"]),
        secondary=tuple(sections["outcomes"]["secondary"]),
        anticipation_years=sections["estimation"]["anticipation_years"],
        minimum_cell=sections["disclosure"]["minimum_cell"],
    )


def _declared(given: Mapping[str, list[str]], kind: str, place: str) -> tuple[str, ...] | None:
    """The declared groups or doses; None where the key is absent. Raises UsageError for a name that is unknown or stands twice."""
    if kind not in given:
        return None
    _known(given[kind], factor_names()[kind], place, f"heterogeneity.{kind}: ")
    for word in given[kind]:
        if given[kind].count(word) > 1:
            raise _refuse(place, f"heterogeneity.{kind}", word, "setiap nama satu kali")
    return tuple(given[kind])


def _check_region(profile: RegionProfile, place: str, slug: str) -> None:
    if not re.fullmatch(SLUG_PATTERN, slug):
        allowed = "huruf kecil, angka, dan tanda hubung, bukan nama perangkat Windows (con, nul, …)"
        raise UsageError(f"{place}: nama folder '{slug}' tidak diterima; yang diterima: {allowed}.")
    if profile.slug != slug:
        raise _refuse(place, "region.slug", profile.slug, f'"{slug}", sama dengan nama folder atau berkasnya')
    known = regions.code_list().get(profile.code)
    if known is None or known.level not in LEVELS:
        raise _refuse(place, "region.code", profile.code, "kode Kemendagri kota, kabupaten, atau kecamatan, mis. 64.72 atau 52.71.01")
    if profile.level != known.level:
        raise _refuse(place, "region.level", profile.level, f'"{known.level}", karena {known.code} adalah {known.name}')
    if not regions.name_matches(regions.parse_name(profile.name), known.name, known.level):
        raise _refuse(place, "region.name", profile.name, f'"{known.name}", nama resmi {known.code}')
    parent = regions.code_list()[known.parent_code].name if known.level == "kecamatan" else ""
    if profile.parent != parent:
        raise _refuse(place, "region.parent", profile.parent, f'"{parent}"')
    if profile.timezone not in regions.TIMEZONES:
        raise _refuse(place, "region.timezone", profile.timezone, ", ".join(regions.TIMEZONES))


def _check_choices(profile: RegionProfile, place: str) -> None:
    if profile.question not in QUESTIONS:
        raise _refuse(place, "question.key", profile.question, ", ".join(QUESTIONS))
    for key, words in (("primary", profile.primary), ("secondary", profile.secondary)):
        for word in words:
            if word not in OUTCOMES:
                raise _refuse(place, f"outcomes.{key}", word, ", ".join(OUTCOMES))
    if not profile.primary:
        raise _refuse(place, "outcomes.primary", [], f"paling sedikit satu dari {', '.join(OUTCOMES)}")
    twice = set(profile.primary) & set(profile.secondary)
    if twice:
        raise _refuse(place, "outcomes.secondary", min(twice), "ukuran yang belum disebut di outcomes.primary")
    for family, scheme in profile.schemes:
        allowed = allowed_schemes(family)
        if allowed and scheme not in allowed:
            raise _refuse(place, f"schemes.{family}", scheme, ", ".join(allowed))


def allowed_schemes(family: str) -> tuple[str, ...]:
    """The schemes that a profile may name for a family, from parameters/norms; () where no norm file tells."""
    if family == "jpm_rule":
        return JPM_RULES
    file = _NORM_FILES.get(family, family)
    return tuple(norms.load_family(file)) if file in norms.families() else ()


def _check_period(profile: RegionProfile, place: str) -> None:
    for key, year in (("first_year", profile.first_year), ("last_year", profile.last_year)):
        if not 2000 <= year <= 2100:
            raise _refuse(place, f"period.{key}", year, "2000 … 2100")
    if profile.last_year < profile.first_year:
        raise _refuse(place, "period.last_year", profile.last_year, f"{profile.first_year} atau sesudahnya")
    if profile.programme_last < profile.programme_first:
        raise _refuse(place, "period.programme_last", profile.programme_last, f"{profile.programme_first} atau sesudahnya")
    if not 0 <= profile.anticipation_years <= 5:
        raise _refuse(place, "estimation.anticipation_years", profile.anticipation_years, "0 … 5")
    if not 2 <= profile.minimum_cell <= 100:
        raise _refuse(place, "disclosure.minimum_cell", profile.minimum_cell, "2 … 100")
