"""A region's profile: what it is, what it asks, which schemes it uses. Read from TOML, frozen, typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LEVELS = ("kecamatan", "kota", "kabupaten")
QUESTIONS = ("plan_monitor", "skills_fit", "balance", "programme", "service")


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """One region.

    slug: folder name; code: Kemendagri code ("64.72"); level: one of LEVELS; parent: name of the city of a kecamatan;
    question: one of QUESTIONS; question_id, question_en: the region's own question in words.
    first_year, last_year: years of data; as_of: the day head counts are taken; programme_first, programme_last:
    transfers whose TMT lies between these days are the programme that is evaluated.
    schemes: family → scheme of parameters/norms; primary, secondary: outcomes declared before looking.
    anticipation_years: years before the first full year after a transfer that it may touch already (the mixed year and
    the dip); minimum_cell: groups smaller than this are masked.
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

    def scheme(self, family: str) -> str:
        """The scheme that this region uses of a norm family."""
        return dict(self.schemes)[family]
