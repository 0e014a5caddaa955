"""The transfers: who moves when, from where to where. Movers are drawn without regard to anything that decides an outcome."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.board import Board
from mutasi_analysis.synthetic.facts import Programme, RegionFacts, shared
from mutasi_analysis.synthetic.organisation import Organisation
from mutasi_analysis.synthetic.staff import Staff
from mutasi_analysis.synthetic.structural import rotate


def draw_moves(org: Organisation, staff: Staff, facts: RegionFacts, years: tuple[date, date], rng: np.random.Generator) -> pd.DataFrame:
    """Every move of the window, in order of date.

    Columns person, from_unit, to_unit, from_post, to_post (row numbers), tmt, move_kind, in_programme, is_first. `years`
    are the first and last day of the programme; the year before and the year after have a few moves as well. Each year
    draws the same share of the PNS of every job class, so that movers and stayers have the same mix.
    """
    first, last = years[0].year, years[1].year
    board = _board(org, staff, facts.programme.need_pull, (first, last), rng)
    for year in range(first - 1, last + 2):
        inside = first <= year <= last
        share = facts.programme.annual_share if inside else facts.programme.outside_share
        _draw_year(board, facts, year, share, rng)
        if inside and year > first + 1:
            _second_moves(board, facts.programme, year, rng)
    moves = pd.DataFrame(board.rows).sort_values(["tmt", "person"], ignore_index=True)
    moves["in_programme"] = moves["tmt"].between(pd.Timestamp(years[0]), pd.Timestamp(years[1]))
    moves["is_first"] = ~moves.duplicated("person")
    return moves


def _board(org: Organisation, staff: Staff, need_pull: float, programme_years: tuple[int, int], rng: np.random.Generator) -> Board:
    units, (first, last) = org.units, programme_years
    posts, frame = org.posts, staff.frame
    structural = (posts["job_class"] == "struktural").to_numpy()
    general = ((posts["job_class"] == "pelaksana") & (posts["job_family"] == "umum")).to_numpy()
    wave = np.zeros(len(units), dtype=int)
    served = units["served"].to_numpy()
    shown_need = need_pull * units["index"].to_numpy()[served] + rng.gumbel(size=int(served.sum()))
    wave[served] = _waves(units.loc[served, "template"].to_numpy(dtype=object), shown_need, np.arange(first, last + 1), rng)
    seats = org.seats[:, ~structural].sum(axis=1)
    return Board(
        org=org, staff=staff, unit=frame["unit"].to_numpy().copy(), post=frame["post"].to_numpy().copy(), wave=wave,
        need=seats * units["index"].to_numpy(), structural=structural, general=general, next_post=posts["next"].to_numpy(),
        started=frame["started"].to_numpy(), exit=frame["exit"].to_numpy(), moved=np.zeros(len(frame), dtype=bool),
    )  # fmt: skip


def _waves(kinds: np.ndarray, shown_need: np.ndarray, years: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A wave for each service unit: within every kind the half that shows the greater need receives, from a random year on."""
    waves = np.full(len(kinds), 9999)
    for kind in dict.fromkeys(kinds):
        members = np.flatnonzero(kinds == kind)
        half = (len(members) + int(rng.integers(2))) // 2
        receivers = members[np.argsort(-shown_need[members], kind="stable")[:half]]
        deck = np.concatenate([rng.permutation(years) for _ in range(half // len(years) + 1)])
        waves[receivers] = deck[:half]
    return waves


def _draw_year(board: Board, facts: RegionFacts, year: int, share: float, rng: np.random.Generator) -> None:
    frame = board.staff.frame
    classes = frame["job_class"].to_numpy(dtype=object)
    movable = (frame["complete"] & (frame["asn_kind"] == "PNS")).to_numpy()
    months = _months()
    for job_class in ("struktural", "fungsional", "pelaksana"):
        quota = int(np.floor(share * (movable & (classes == job_class)).sum() + rng.random()))
        pool = movable & (classes == job_class) & ~board.moved
        if job_class == "struktural":
            rotate(board, pool, quota, year, rng)
            continue
        movers = _choose(board, pool, quota, facts, year, rng)
        _send(board, movers, facts.programme, [pd.Timestamp(year, int(rng.choice(months)), 1) for _ in movers], rng)


def _months() -> list[int]:
    months: list[int] = shared("process")["moves"]["months"]
    return months


def _choose(board: Board, pool: np.ndarray, quota: int, facts: RegionFacts, year: int, rng: np.random.Generator) -> np.ndarray:
    """Movers of one class and year: those waiting outside first, the rest drawn with more weight on overstaffed units.

    A unit gives at most one in eight of its heads a year, and none when it has two or fewer.
    """
    outside = (board.org.units["unit_kind"] == "luar").to_numpy()[board.unit]
    waiting = rng.permutation(np.flatnonzero(pool & outside))[: max(0, round(quota * facts.outside_share))]
    index = board.index(year)
    candidates = np.flatnonzero(pool & ~outside)
    misfit = 1.0 - _match_now(board)[candidates] / 100.0
    log_weight = facts.programme.match_pull * misfit - facts.programme.need_pull * (index[board.unit[candidates]] - 1.0)
    order = candidates[np.argsort(-(log_weight + rng.gumbel(size=len(candidates))), kind="stable")]
    heads = board.heads(year)
    most = np.where(heads <= 2, 0, np.maximum(1, heads // 8))
    units = board.unit[order]
    drawn = order[pd.Series(units).groupby(units).cumcount().to_numpy() < most[units]]
    return rng.permutation(np.concatenate([waiting, drawn[: max(quota - len(waiting), 0)]]))


def _send(board: Board, movers: np.ndarray, programme: Programme, dates: list[pd.Timestamp], rng: np.random.Generator) -> None:
    """Destinations one after the other: first every service unit whose wave begins gets somebody who fits, then by need."""
    year = dates[0].year if dates else 0
    starting = list(rng.permutation(np.flatnonzero(board.wave == year)))
    for person, tmt in zip(movers, dates, strict=True):
        options = _options(board, person, year)
        if not options.any():
            continue
        first_calls = [unit for unit in starting if options[unit]]
        if first_calls:
            unit = int(first_calls[0])
            starting.remove(first_calls[0])
        else:
            unit = _by_need(board, options, programme, year, rng)
        post, kind = _post_at(board, person, unit, programme, rng)
        board.place(int(person), unit, post, tmt, kind)


def _options(board: Board, person: int, year: int) -> np.ndarray:
    """Units where the person has a post: the same one, or for general pelaksana any general pelaksana post."""
    post = board.post[person]
    fits = board.org.allowed[:, board.general].any(axis=1) if board.general[post] else board.org.allowed[:, post]
    options: np.ndarray = fits & board.open_units(year)
    options[board.unit[person]] = False
    return options


def _by_need(board: Board, options: np.ndarray, programme: Programme, year: int, rng: np.random.Generator) -> int:
    units = np.flatnonzero(options)
    index = np.nan_to_num(board.index(year)[units], nan=1.0)
    weights = np.exp(programme.need_pull * (np.minimum(index, 2.5) - 1.0)) * np.sqrt(np.maximum(board.org.seats[units].sum(axis=1), 1))
    return int(rng.choice(units, p=weights / weights.sum()))


def _post_at(board: Board, person: int, unit: int, programme: Programme, rng: np.random.Generator) -> tuple[int, str]:
    """The post at the destination and the kind of move."""
    shares = shared("process")["moves"]
    now = int(board.post[person])
    kind = str(rng.choice(["rotasi", "permintaan_sendiri", "sanksi"], p=_kind_shares(shares)))
    if board.general[now]:
        return _general_post(board, person, unit, programme, rng), kind
    up = int(board.next_post[now])
    if up >= 0 and board.org.allowed[unit, up] and rng.random() < shares["promotion_share"]:
        return up, "promosi"
    return now, kind


def _kind_shares(shares: dict[str, float]) -> list[float]:
    own, sanction = shares["own_request_share"], shares["sanction_share"]
    return [1.0 - own - sanction, own, sanction]


def _general_post(board: Board, person: int, unit: int, programme: Programme, rng: np.random.Generator) -> int:
    choices = np.flatnonzero(board.org.allowed[unit] & board.general)
    if rng.random() >= programme.match_care:
        return int(rng.choice(choices))
    return int(choices[match_percent(board.staff.levels[[person]], board.org.required[choices])[0].argmax()])


def _match_now(board: Board) -> np.ndarray:
    """Match of everybody with the present post, in percent."""
    required = board.org.required[board.post]
    return np.asarray(100.0 * np.minimum(board.staff.levels, required).sum(axis=1) / required.sum(axis=1))


def match_percent(levels: np.ndarray, required: np.ndarray) -> np.ndarray:
    """Persons × posts: capped match, sum of min(achieved, required) over sum required, in percent."""
    reached = np.minimum(levels[:, None, :], required[None, :, :]).sum(axis=2)
    return np.asarray(100.0 * reached / required.sum(axis=1))


def _second_moves(board: Board, programme: Programme, year: int, rng: np.random.Generator) -> None:
    """A few who moved two or more years ago move once more; no dip comes before it and no further effect after it."""
    earlier = [row for row in board.rows if row["tmt"].year <= year - 2 and not board.structural[board.post[row["person"]]]]
    chosen = [row["person"] for row in earlier if rng.random() < programme.second_share]
    last_of = pd.DataFrame(board.rows).groupby("person")["tmt"].max().dt.year
    people = np.array([p for p in dict.fromkeys(chosen) if last_of[p] <= year - 2], dtype=int)
    dates = [pd.Timestamp(year, int(rng.choice(_months())), 1) for _ in people]
    _send(board, people, programme, dates, rng)
