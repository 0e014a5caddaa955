"""The invented people of a demonstration region: who serves from when to when, where at the start, with which competencies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.facts import RegionFacts, shared
from mutasi_analysis.synthetic.organisation import Organisation

PPPK_CODE = "21"


@dataclass(frozen=True)
class Staff:
    """frame: one row per person (position = number of the person everywhere in `synthetic`): unit and post (row numbers of
    the organisation at the start of service or of the window), home (their own seat, where unit is outside), job_class,
    field, asn_kind, sex, born, started, exit (NaT while serving), since (start of the first post), education, golongan, nip,
    name, complete (serves the whole window). levels: persons × 10 true competency levels."""

    frame: pd.DataFrame
    levels: np.ndarray


def build_staff(org: Organisation, facts: RegionFacts, window: tuple[date, date], rng: np.random.Generator) -> Staff:
    """People for every seat, retirements and other exits in the window, and hires who fill most of the seats left."""
    first, last = (pd.Timestamp(day) for day in window)
    people = _generation(org, (first, last), rng)
    generations = [people]
    for year in range(first.year, last.year + 1):
        left = people[(people["exit"].dt.year == year) & (people["job_class"] != "struktural")]
        if len(left):
            generations.append(_hires(org, left, year, (first, last), rng))
    frame = pd.concat(generations, ignore_index=True)
    frame["complete"] = (frame["started"] < first) & frame["exit"].isna()
    frame["home"] = frame["unit"]
    if facts.outside:
        frame["unit"] = _start_outside(frame, len(org.units) - 1, facts, rng)
    frame["nip"] = _nips(frame)
    numbers = rng.permutation(len(frame)) + 1
    frame["name"] = [f"Pegawai Contoh {number:04d}{title}" for number, title in zip(numbers, _titles(frame), strict=True)]
    return Staff(frame, _levels(frame, org, rng))


def _expand(seats: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    unit, post = np.nonzero(seats)
    times = seats[unit, post]
    return np.repeat(unit, times), np.repeat(post, times)


def _start_outside(frame: pd.DataFrame, outside: int, facts: RegionFacts, rng: np.random.Generator) -> pd.Series:
    """People who may come into a kecamatan during the programme start outside of it."""
    eligible = frame["complete"] & (frame["asn_kind"] == "PNS") & (frame["job_class"] != "struktural")
    chosen = eligible & (rng.random(len(frame)) < facts.programme.annual_share * 3 * facts.outside_share)
    return frame["unit"].mask(chosen, outside)


def settle(staff: Staff, movers: np.ndarray) -> Staff:
    """The staff with everybody who never moved at the unit of their own seat: nobody stays outside the region for good."""
    moved = np.isin(np.arange(len(staff.frame)), movers)
    unit = staff.frame["unit"].where(moved, staff.frame["home"])
    return replace(staff, frame=staff.frame.assign(unit=unit))


@dataclass(frozen=True)
class _Entrants:
    """People about to be described, one entry each: unit and post (row numbers), day of birth, start of service, PPPK or not."""

    unit: np.ndarray
    post: np.ndarray
    born: pd.Series
    started: pd.Series
    pppk: np.ndarray


def _generation(org: Organisation, window: tuple[pd.Timestamp, pd.Timestamp], rng: np.random.Generator) -> pd.DataFrame:
    """The staff in service on the first day of the window, one for every seat."""
    first = window[0]
    unit, post = _expand(org.seats)
    n = len(unit)
    structural = _classes(org, post) == "struktural"
    age = rng.uniform(np.where(structural, 36.0, 25.0), _retirement_age(org, post) - 0.05)
    begun = rng.uniform(20.5, np.minimum(35.0, age - 0.2))
    pppk = (rng.random(n) < shared("process")["years"]["pppk_share_at_start"]) & ~structural
    born = pd.Series(first, index=range(n)) - _years(age)
    started = pd.Series((born + _years(begun)).dt.to_period("M").dt.to_timestamp())
    started = started.mask(pppk, pd.Timestamp(first.year - 1, 3, 1))
    return _describe(org, _Entrants(unit, post, born, started, pppk), window, rng)


def _years(length: np.ndarray) -> pd.TimedeltaIndex:
    """Years as whole days."""
    return pd.to_timedelta((length * 365.25).astype(int), unit="D")


def _hires(
    org: Organisation, left: pd.DataFrame, year: int, window: tuple[pd.Timestamp, pd.Timestamp], rng: np.random.Generator
) -> pd.DataFrame:
    """One hire for each non-structural exit of a year, mostly into the same seat, starting in its last quarter."""
    unit, post = left["unit"].to_numpy().copy(), left["post"].to_numpy().copy()
    elsewhere = rng.random(len(left)) < 0.25
    unit[elsewhere] = [_another(org, p, u, rng) for u, p in zip(unit[elsewhere], post[elsewhere], strict=True)]
    pppk = rng.random(len(unit)) < shared("process")["years"]["pppk_share_of_hires"]
    age = np.where(pppk, rng.uniform(26, 42, len(unit)), rng.uniform(21.5, 33, len(unit)))
    started = pd.Series([pd.Timestamp(year, int(month), 1) for month in rng.choice([10, 11, 12], len(unit))])
    return _describe(org, _Entrants(unit, post, started - _years(age), started, pppk), window, rng)


def _another(org: Organisation, post: int, unit: int, rng: np.random.Generator) -> int:
    inside = (org.units["unit_kind"] != "luar").to_numpy()
    choices = np.flatnonzero(org.allowed[:, post] & inside)
    return int(rng.choice(choices)) if len(choices) else int(unit)


def _describe(org: Organisation, people: _Entrants, window: tuple[pd.Timestamp, pd.Timestamp], rng: np.random.Generator) -> pd.DataFrame:
    """The frame of `Staff` but for what needs all generations: nip, name, complete, home."""
    unit, post = people.unit, people.post
    fields = _fields(org, post, rng)
    education = [_pick(shared("posts")["field"][field]["typed"], rng) for field in fields]
    frame = pd.DataFrame({"unit": unit, "post": post, "job_class": _classes(org, post), "field": fields, "education": education})
    frame["asn_kind"] = np.where(people.pppk, "PPPK", "PNS")
    frame["sex"] = np.where(rng.random(len(unit)) < 0.55, "P", "L")
    frame["born"], frame["started"] = people.born.to_numpy(), people.started.to_numpy()
    frame["exit"] = _exits(frame, _retirement_age(org, post), window, rng)
    frame["since"] = _since(frame["started"], window[0].year, rng)
    level = org.posts["job_level"].to_numpy(dtype=object)[post]
    rows = zip(education, frame["asn_kind"], window[1].year - frame["started"].dt.year, level, strict=True)
    frame["golongan"] = [_grade(*row) for row in rows]
    return frame


def _since(started: pd.Series, first_year: int, rng: np.random.Generator) -> pd.Series:
    """Start of the post held at the start: within five years before the window (recent ones more often), never before the
    start of service."""
    months = 1 + (59 * rng.beta(1.0, 2.0, len(started))).astype(int)
    since = pd.Series((np.datetime64(f"{first_year}-01", "M") - months).astype("datetime64[ns]"))
    return since.where(since > started, started)


def _classes(org: Organisation, post: np.ndarray) -> np.ndarray:
    return np.asarray(org.posts["job_class"].to_numpy(dtype=object)[post])


def _retirement_age(org: Organisation, post: np.ndarray) -> np.ndarray:
    years = shared("process")["years"]
    teacher = org.posts["job_family"].str.startswith("guru").to_numpy()[post]
    return np.asarray(np.where(teacher, years["retirement_age_teacher"], years["retirement_age"]), dtype=float)


def _exits(frame: pd.DataFrame, retirement: np.ndarray, window: tuple[pd.Timestamp, pd.Timestamp], rng: np.random.Generator) -> pd.Series:
    """First day of the month after the birthday of retirement, or an earlier day for a few; NaT after the window."""
    retired = frame["born"] + _years(retirement + 0.003)
    retired = (retired.dt.to_period("M") + 1).dt.to_timestamp()
    span = shared("process")["years"]["early_exit_share"]
    first, last = window
    begin = frame["started"].where(frame["started"] > first, first)
    early = begin + _years(rng.exponential(1 / span, len(frame)).clip(0.5, 100))
    exit_date: pd.Series = retired.where(retired < early, early)
    return exit_date.where(exit_date <= last)


def _fields(org: Organisation, post: np.ndarray, rng: np.random.Generator) -> list[str]:
    """Field of study: that of the post, but for half of the general pelaksana another general field."""
    posts = org.posts
    loose = ((posts["job_class"] == "pelaksana") & (posts["job_family"] == "umum")).to_numpy()
    general = posts.loc[loose, "field"].to_numpy(dtype=object)
    own = posts["field"].to_numpy(dtype=object)[post]
    swapped = loose[post] & (rng.random(len(post)) < 0.5)
    return [str(field) for field in np.where(swapped, rng.choice(general, len(post)), own)]


def _pick(choices: list[str], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


def _rank(education: str) -> int:
    """0 school, 1 diploma, 2 bachelor or profession, 3 master: from the string as agencies type it."""
    word = education.upper().replace(".", "").replace("-", "").replace(" ", "")
    if word.startswith("S2"):
        return 3
    if word.startswith(("S1", "PROFESI", "DOKTER", "DIV")):
        return 2
    return 1 if word.startswith(("DII", "D3", "AK", "SPPH")) else 0


def _titles(frame: pd.DataFrame) -> list[str]:
    """The degree behind the name, ", S.Kep." for example; none below a bachelor."""
    fields = shared("posts")["field"]
    return [f", {fields[f]['title']}" if _rank(e) >= 2 else "" for f, e in zip(frame["field"], frame["education"], strict=True)]


def _grade(education: str, kind: str, served: int, level: str) -> str:
    """Golongan: the usual grade of entry for the education, one step every four years up to the usual last one of the
    education, between floor and ceiling of the level of the post."""
    rank = _rank(education)
    if kind == "PPPK":
        return ("V", "VII", "IX", "X")[rank]
    grades = shared("process")["grades"]
    ladder = grades["ladder"]
    floor, ceiling = (ladder.index(grades[limit][level]) for limit in ("floor", "ceiling"))
    earned = min((0, 2, 4, 5)[rank] + served // 4, (5, 7, 9, 10)[rank])
    return str(ladder[min(max(floor, earned), ceiling)])


def _nips(frame: pd.DataFrame) -> pd.Series:
    """18 digits as in domain 7.5: birth date, month of appointment (PPPK: year and code), sex, serial; unique."""
    born = frame["born"].dt.strftime("%Y%m%d")
    month = frame["started"].dt.strftime("%m").where(frame["asn_kind"] == "PNS", PPPK_CODE)
    head: pd.Series = born + frame["started"].dt.strftime("%Y") + month + frame["sex"].map({"L": "1", "P": "2"})
    serial = head.groupby(head).cumcount() + 1
    return head + serial.astype(str).str.zfill(3)


def _levels(frame: pd.DataFrame, org: Organisation, rng: np.random.Generator) -> np.ndarray:
    """True levels: near what the post of the person's own field requires (for those trained for another post, that one)."""
    posts = org.posts
    loose = ((posts["job_class"] == "pelaksana") & (posts["job_family"] == "umum")).to_numpy()
    home_of = {field: row for row, field in enumerate(posts["field"]) if loose[row]}
    post = frame["post"].to_numpy()
    home = [home_of[field] if loose[p] else p for field, p in zip(frame["field"], post, strict=True)]
    steps = rng.choice([-1, 0, 1], size=(len(frame), org.required.shape[1]), p=[0.18, 0.57, 0.25])
    return np.asarray(np.clip(org.required[home] + steps, 1, 5))
