"""What real files hold that a reader of effects must know: counted, never dropped in silence."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.entities import RegionData
from mutasi_analysis.profiles import RegionProfile

#: code → what `n` counts; rows of `dropped` with outcome `all` in this order, only where n > 0.
CHECKS: dict[str, str] = {
    "repeated_moves": "programme moves that repeat an earlier one of the same person, year, origin and destination",
    "two_moves_in_a_year": "persons with two or more different programme moves in one calendar year",
    "moved_within_unit": "programme moves whose origin and destination are the same unit",
    "no_rating_after": "moved persons without any rating after the year of their first move",
    "no_rating_before": "moved persons without any rating before the year of their first move",
    "rated_once": "persons with a rating in one year only (moved or not)",
    "nobody_stayed": "moved persons, where no rated person stayed: there is no comparison",
    "many_moves": "programme moves, where they exceed one for every two rated persons a year: rows may be doubled",
}
MOST_MOVES_PER_PERSON_YEAR = 0.5


def event_checks(data: RegionData, profile: RegionProfile, ratings: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Rows outcome (all), reason (a key of CHECKS), n. ratings: person_id year; moves: the programme's."""
    year = moves["tmt"].dt.year
    keyed = moves.assign(year=year)
    again = keyed.duplicated(["person_id", "year", "from_unit_id", "to_unit_id", "to_jabatan_id"])
    in_year = keyed.loc[~again].groupby(["person_id", "year"]).size()
    first = keyed.groupby("person_id")["year"].min()
    rated = ratings.groupby("person_id")["year"].agg(["min", "max"])
    span = profile.programme_last.year - profile.programme_first.year + 1
    people = len(rated)
    crowded = people > 0 and len(moves) / (people * span) > MOST_MOVES_PER_PERSON_YEAR
    stayed = people - int(data.table("mutasi")["person_id"].drop_duplicates().isin(rated.index).sum())
    counts = {
        "repeated_moves": int(again.sum()),
        "two_moves_in_a_year": in_year.index[in_year > 1].get_level_values(0).nunique(),
        "moved_within_unit": int((moves["from_unit_id"] == moves["to_unit_id"]).sum()),
        "no_rating_after": int((~(rated["max"].reindex(first.index) > first)).sum()),
        "no_rating_before": int((~(rated["min"].reindex(first.index) < first)).sum()),
        "rated_once": int((rated["min"] == rated["max"]).sum()),
        "nobody_stayed": first.size if stayed == 0 else 0,
        "many_moves": len(moves) if crowded else 0,
    }
    rows = [["all", code, counts[code]] for code in CHECKS if counts[code] > 0]
    return pd.DataFrame(rows, columns=["outcome", "reason", "n"])
