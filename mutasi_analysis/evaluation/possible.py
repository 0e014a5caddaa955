"""How much of the improvement of the match that the same moved people and the same posts allowed was realised."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from mutasi_analysis.evaluation.assessments import match_table
from mutasi_analysis.evaluation.qualification import Schooling, qualify
from mutasi_analysis.metrics.assignment import PossibleImprovement, possible_improvement

#: largest table of people × posts that is solved at once; more moves are solved by blocks of transfers that lie next to each other in time.
LARGEST = 800
COLUMNS = ["n", "excluded", "before", "realised", "best", "share", "reason"]


def possible(moves: pd.DataFrame, levels: pd.DataFrame, standards: pd.DataFrame, school: Schooling, rule: str) -> pd.DataFrame:
    """One row, COLUMNS: means of the match in percent before, as realised and at best, and the realised share of what was possible.

    moves: judged moves with jpm_from, jpm_to, job_level (of the post got). A person may fill the post of another move of the same level
    whose regulated profession, if any, the person's diploma grants or the person already practises; nobody is promoted or
    demoted more than the programme did, and nobody is added or left out. An upper bound: distance and wishes are not weighed.
    """
    if moves.empty:
        return pd.DataFrame([[0, 0, np.nan, np.nan, np.nan, np.nan, "no_moves"]], columns=COLUMNS)
    posts = pd.Index(moves["to_jabatan_id"].unique())
    table = match_table(levels.loc[levels["case"].isin(moves.index)], standards, posts, rule)
    open_to = _feasible(moves, posts, school)
    found = [_solve(block, table, open_to) for block in _blocks(moves)]
    n, excluded = sum(one.n for one in found), sum(one.excluded for one in found)
    before, realised, best = (sum(getattr(one, name) for one in found) for name in ("before", "realised", "best"))
    gained = best - before > 1e-9 * max(n, 1)
    reason = "no_moves" if n == 0 else "ok" if gained else "nothing_possible"
    share = (realised - before) / (best - before) if gained else np.nan
    means = [value / n if n else np.nan for value in (before, realised, best)]
    return pd.DataFrame([[n, excluded, *means, share, reason]], columns=COLUMNS)


def _blocks(moves: pd.DataFrame) -> Iterator[pd.DataFrame]:
    ordered = moves.sort_values("tmt", kind="stable")
    parts = -(-len(ordered) // LARGEST)
    for places in np.array_split(np.arange(len(ordered)), parts):
        yield ordered.iloc[places]


def _feasible(moves: pd.DataFrame, posts: pd.Index, school: Schooling) -> pd.DataFrame:
    """Moves × posts: whether the diploma, or the profession practised before, lets the person hold the post."""
    everybody = moves.loc[moves.index.repeat(len(posts)), ["person_id", "from_jabatan_id"]].reset_index(drop=True)
    wanted = pd.Series(np.tile(posts.to_numpy(dtype=object), len(moves)), dtype="string")
    fit = qualify(everybody["person_id"], wanted, everybody["from_jabatan_id"], school)
    profession = wanted.map(school.posts["profession"])
    practised = profession.eq(everybody["from_jabatan_id"].map(school.posts["profession"])).fillna(False)
    allowed = profession.isna() | fit.eq("exact") | (practised & fit.ne("stop"))
    return pd.DataFrame(allowed.to_numpy(dtype=bool).reshape(len(moves), len(posts)), index=moves.index, columns=posts)


def _solve(block: pd.DataFrame, table: pd.DataFrame, open_to: pd.DataFrame) -> PossibleImprovement:
    posts = block["to_jabatan_id"]
    score = table.reindex(index=block.index, columns=posts).to_numpy(dtype="float64", copy=True)
    allowed = open_to.reindex(index=block.index, columns=posts).to_numpy(dtype=bool)
    level = block["job_level"].fillna("").to_numpy(dtype=object)
    own = np.eye(len(block), dtype=bool) & (block["fit_to"] != "stop").to_numpy()[:, None]
    score[~((allowed & (level[:, None] == level[None, :])) | own)] = np.nan
    return possible_improvement(score, block["jpm_from"].to_numpy(dtype="float64"))
