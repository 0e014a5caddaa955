"""Education as agencies type it → level and ISCED-F 2013 field, by the ordered rules of parameters/fields_of_study/*.toml.

Nothing here guesses: a string that no rule matches keeps its level and gets no field. Similarity only proposes
(`metrics.qualification.propose`); a confirmed proposal is applied there and is never enough for a regulated profession.
A field is written as a token: the detailed code ("0413"), with a subject behind a slash where posts ask for more than
the code says ("0114/matematika", "0913/kebidanan").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from mutasi_analysis.errors import NormError

#: what agencies type for "nothing": counted, never coded.
BLANK = frozenset({"", "na", "nan", "null", "none", "nihil", "tidak ada", "kosong", "belum diisi"})


@dataclass(frozen=True, slots=True)
class Coded:
    """One education: level ("" unknown), detailed, narrow and broad field ("" none), token, how (rule none blank), rule id."""

    level: str = ""
    field: str = ""
    narrow: str = ""
    broad: str = ""
    token: str = ""
    how: str = "none"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: id, pattern on the cleaned text, field code, subject, a string it must code, and its source."""

    id: str
    pattern: re.Pattern[str]
    field: str
    subject: str
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class Level:
    """One level: rank (higher wins), ISCED 2011 and KKNI level, key of IP-ASN, patterns; keep and prefix as in levels.toml."""

    name: str
    rank: float
    isced: int
    kkni: int
    ip_asn: str
    pattern: re.Pattern[str]
    keep: bool
    prefix: str


@dataclass(frozen=True, slots=True)
class Profession:
    """A regulated profession: posts, tokens that grant it, tokens that need a second document, lowest level, law and its status."""

    name: str
    posts: re.Pattern[str]
    grants: tuple[str, ...]
    near: tuple[str, ...]
    lowest_level: str
    reference: str
    status: str


@dataclass(frozen=True, slots=True)
class Words:
    """How a string is cleaned: titles (whole strings), phrases (pattern, replacement), words."""

    titles: Mapping[str, str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    words: Mapping[str, str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("mutasi_analysis") / "parameters" / "fields_of_study" / name).read_text(encoding="utf-8"))


@cache
def isced_fields() -> pd.DataFrame:
    """The ISCED-F 2013 code list: columns code, digits (2 broad, 3 narrow, 4 detailed), title."""
    table = _read("isced_f_2013.toml")
    rows = [(code, len(code), title if isinstance(title, str) else title[0])
            for part in ("broad", "narrow", "detailed") for code, title in table[part].items()]  # fmt: skip
    return pd.DataFrame(rows, columns=["code", "digits", "title"])


@cache
def load_rules() -> tuple[Rule, ...]:
    """All rules in reading order. Raises NormError where a rule has no source, an unknown code or an id that stands twice."""
    known = set(isced_fields().query("digits == 4")["code"])
    folder = files("mutasi_analysis") / "parameters" / "fields_of_study"
    found: dict[str, Rule] = {}
    for name in sorted(path.name for path in folder.iterdir() if path.name.startswith("rules_")):
        table = _read(name)
        for raw in table["rule"]:
            place = f"parameters/fields_of_study/{name}, rule {raw.get('id', '?')}"
            source = raw.get("source", table.get("source", ""))
            if not source:
                raise NormError(f"{place}: 'source' is missing")
            if raw["field"] not in known:
                raise NormError(f"{place}: {raw['field']} is no detailed field of ISCED-F 2013")
            if raw["id"] in found:
                raise NormError(f"{place}: the id stands twice")
            found[raw["id"]] = Rule(raw["id"], re.compile(raw["pattern"]), raw["field"], raw.get("subject", ""), raw["example"], source)
    return tuple(found.values())


@cache
def load_levels() -> tuple[Level, ...]:
    """All levels of education, lowest rank first; a level with words that stay in the text stands in two entries."""
    return tuple(
        Level(raw["name"], float(raw["rank"]), raw["isced"], raw["kkni"], raw["ip_asn"], re.compile("|".join(raw["patterns"])),
              raw.get("keep", False), raw.get("prefix", ""))
        for raw in _read("levels.toml")["level"]
    )  # fmt: skip


@cache
def load_professions() -> dict[str, Profession]:
    """Regulated professions by name, in the order in which names of posts are read."""
    table = _read("professions.toml")
    found = {}
    for raw in table["profession"]:
        law, status = raw["reference"], raw.get("status", table["status"])
        found[raw["name"]] = Profession(
            raw["name"], re.compile(raw["posts"]), tuple(raw["grants"]), tuple(raw["near"]), raw["lowest_level"], law, status
        )
    return found


@cache
def _words() -> Words:
    table = _read("words.toml")
    phrases = tuple((re.compile(pattern), new) for pattern, new in table["phrases"]["list"])
    return Words(table["titles"], phrases, table["words"])


def clean(text: str) -> str:
    """Lower case, signs as spaces, single letters that stand together joined: "S.M.A. / MA" → "sma ma"."""
    bare = re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
    return re.sub(r"\b[a-z](?: [a-z]\b)+", lambda run: run.group().replace(" ", ""), bare)


def expand(text: str) -> str:
    """A cleaned text with its abbreviations and spellings replaced by the words that the rules know."""
    table = _words()
    for pattern, new in table.phrases:
        text = pattern.sub(new, text)
    text = " ".join(table.words.get(word, word) for word in text.split())
    for pattern, new in table.phrases:
        text = pattern.sub(new, text)
    return " ".join(text.split())


def split_level(text: str) -> tuple[Level | None, str]:
    """The highest level that a cleaned text names, and the text about the field that belongs to it (not yet expanded)."""
    text = _words().titles.get(text, text)
    marks = [(level, mark) for level in load_levels() for mark in level.pattern.finditer(text)]
    if not marks:
        return None, text
    level, mark = max(marks, key=lambda found: (found[0].rank, found[1].end()))
    cuts = [other.start() for found, other in marks if other.start() >= mark.end() and not found.keep]
    part = text[mark.start() if level.keep else mark.end() : min(cuts, default=len(text))].strip()
    if not part or part in ("profesi", "umum"):
        part = _without(text, [other for found, other in marks if not found.keep or other.group() == "profesi"])
    return level, f"{level.prefix} {part}".strip() if level.prefix and part else part


def _without(text: str, marks: Iterable[re.Match[str]]) -> str:
    gone = {place for mark in marks for place in range(mark.start(), mark.end())}
    return " ".join("".join(" " if place in gone else letter for place, letter in enumerate(text)).split())


def field_text(text: str) -> str:
    """What a string says about the field, without level, signs and abbreviations: "S-1 Kes. Masyarakat" → "kesehatan masyarakat"."""
    return expand(split_level(clean(text))[1])


@cache
def code_one(text: str) -> Coded:
    """One education string coded by the rule table: "D.III Kebidanan" → D-III, 0913, token "0913/kebidanan", rule "kebidanan"."""
    cleaned = clean(text)
    if cleaned in BLANK:
        return Coded(how="blank")
    level, part = split_level(cleaned)
    name = level.name if level else ""
    rest = expand(part)
    for rule in load_rules():
        if rule.pattern.search(rest):
            token = f"{rule.field}/{rule.subject}" if rule.subject else rule.field
            return Coded(name, rule.field, rule.field[:3], rule.field[:2], token, "rule", rule.id)
    return Coded(level=name)


def code_education(education: pd.Series) -> pd.DataFrame:
    """Every education of a column, coded: columns text level field narrow broad token how rule (string, NA where empty), same index.

    how: rule, none (no rule matches; level may be known), blank (missing, "-"). Each different string is coded once.
    """
    texts = education.astype("string").fillna("")
    codes, unique = pd.factorize(texts)
    coded = [code_one(str(text)) for text in unique]
    table = {entry.name: pd.array([getattr(one, entry.name) for one in coded], dtype="string") for entry in fields(Coded)}
    frame = pd.DataFrame(table).take(codes).set_axis(education.index)
    frame.insert(0, "text", education.astype("string"))
    return frame.mask(frame == "")


def code_required(required: pd.Series) -> pd.Series:
    """Required fields of posts ("Ilmu Pemerintahan; Administrasi Publik") as tokens "0312;0413"; NA where nothing is required or coded."""

    def tokens(text: str) -> str:
        found = [code_one(part).token for part in text.split(";")]
        return ";".join(dict.fromkeys(token for token in found if token))

    texts = required.astype("string").fillna("").map(tokens)
    return texts.mask(texts == "").astype("string")


def regulated_profession(posts: pd.Series) -> pd.Series:
    """The regulated profession of each post by its name ("Bidan Terampil" → "bidan"); NA for posts open to all."""

    def named(text: str) -> str:
        cleaned = clean(text)
        candidates = (cleaned, expand(cleaned))
        return next((p.name for p in load_professions().values() if any(p.posts.search(one) for one in candidates)), "")

    texts = posts.astype("string").fillna("")
    names = texts.map({text: named(str(text)) for text in texts.unique()}).astype("string")
    return names.mask(names == "")


@cache
def level_ranks() -> dict[str, float]:
    """Rank of every level of education; higher is more."""
    return {level.name: level.rank for level in load_levels()}


def level_table() -> pd.DataFrame:
    """Levels with their places in other schemes: columns level rank isced kkni ip_asn, one row a level."""
    rows = [(one.name, one.rank, one.isced, one.kkni, one.ip_asn) for one in load_levels()]
    return pd.DataFrame(rows, columns=["level", "rank", "isced", "kkni", "ip_asn"]).drop_duplicates("level", ignore_index=True)
