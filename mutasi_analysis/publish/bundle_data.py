"""The tidy CSV files of the academic bundle and their codebook: person-free, small groups masked, every column described."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from mutasi_analysis import across
from mutasi_analysis.errors import RunError
from mutasi_analysis.wording import Words, capital
from mutasi_analysis.wording.outcomes import outcome

#: frames of data/processed that travel; none holds a person, a unit's name or a path.
FRAMES = (
    "facts", "norms", "performance_effects", "performance_verdicts", "performance_pretests", "performance_naive", "performance_paths",
    "service_effects", "service_verdicts", "service_pretests", "service_naive", "workload_balance", "competency_summary",
    "process_durations", "process_checks",
)  # fmt: skip
#: columns that never travel, whatever frame they stand in.
LEFT_BEHIND = ("unit_id", "unit_name", "path", "person_id", "kecamatan_code")
#: frames of persons, the column that counts them, and the columns that are not numbers of the group.
_OF_PERSONS = {"performance_effects": "n_units", "performance_paths": "n", "performance_naive": "n", "performance_verdicts": "n_moved"}
_KEYS = ("slug", "region", "level", "outcome", "term", "cohort", "period", "event_time", "group", "method", "verdict", "reason")


@dataclass(frozen=True, slots=True)
class Described:
    """One column of the codebook."""

    id: str
    en: str
    unit: str


@cache
def descriptions() -> Mapping[str, Described]:
    """Column → description in both languages and unit, from parameters/codebook.toml."""
    text = (files("mutasi_analysis") / "parameters" / "codebook.toml").read_text(encoding="utf-8")
    return {name: Described(entry["id"], entry["en"], entry.get("unit", "")) for name, entry in tomllib.loads(text).items()}


def data_frames(results: across.SavedResults, words: Words, *, seed: int) -> dict[str, pd.DataFrame]:
    """File name (without ending) → frame."""
    headline = across.headline_effects(results)
    moderators = across.moderators(results).rename("moderator").rename_axis("slug").reset_index()
    regions = _described(results.regions.rename(columns={"name": "region"}))
    found = {"regions": regions, "headline_effects": headline, "outcomes": _outcomes(headline), "moderators": moderators}
    found |= {name: _safe(name, results.frames[name], results.regions) for name in FRAMES if name in results.frames}
    return found | {"labels": _labels(headline, words), "seed": pd.DataFrame({"seed": [seed]})}


def _described(frame: pd.DataFrame) -> pd.DataFrame:
    """Only columns that the codebook describes leave."""
    return frame[[column for column in frame.columns if column in descriptions()]]


def _safe(name: str, frame: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    kept = _described(frame.drop(columns=[column for column in LEFT_BEHIND if column in frame.columns]))
    if name not in _OF_PERSONS:
        return kept
    least = kept["slug"].map(dict(zip(regions["slug"], regions["minimum_cell"], strict=True)))
    small = (kept[_OF_PERSONS[name]] < least).fillna(False)
    return kept.assign(**{column: kept[column].mask(small) for column in kept.columns if column not in _KEYS})


def _outcomes(headline: pd.DataFrame) -> pd.DataFrame:
    codes = across.outcomes_of(headline)
    rows = [[code, outcome(code).scale, outcome(code).lower_is_better, outcome(code).of_units] for code in codes]
    return pd.DataFrame(rows, columns=["outcome", "scale", "lower_is_better", "of_units"])


_COLUMN_LABELS = (
    "outcome", "region", "level", "n", "estimate", "interval", "weight", "p_value", "p_adjusted", "correction", "verdict", "primary", "k",
    "prediction", "i2", "q_p_value", "cook", "rank_median", "rank_span", "p_first", "slope", "r2",
)  # fmt: skip
_ALSO = {"interval": "conf_low", "prediction": "pi_low", "rank_span": "rank_low", "n": "n_units"}


def _labels(headline: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Words of the LaTeX and Word tables: key ("column.estimate", "outcome.ikm") and label."""
    pairs = {f"column.{_ALSO.get(name, name)}": words(f"column.{name}") for name in _COLUMN_LABELS}
    for code in across.outcomes_of(headline):
        pairs[f"outcome.{code}"] = f"{capital(words.label('outcome', code))} ({words.label('points', code)})"
    pairs |= {f"level.{code}": words.label("level", code) for code in ("kota", "kabupaten", "kecamatan")}
    pairs |= {f"correction.{code}": words.label("correction", code) for code in ("holm", "bh")}
    pairs |= {f"verdict.{code}": words.label("verdict", code) for code in ("found", "not_found", "cannot_tell", "disagree")}
    pairs |= {
        f"caption.{name}": words(f"export.table_{name}") for name in ("estimates", "pooled", "leave_one_out", "ranks", "meta_regression")
    }
    pairs |= {"flag.True": words("word.yes"), "flag.False": words("word.no"), "decimal": "," if words.language == "id" else "."}
    return pd.DataFrame({"key": list(pairs), "label": list(pairs.values())})


def codebook(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """file column type unit description_id description_en of every column. Raises RunError for a column that nobody described."""
    known = descriptions()
    missing = sorted({column for frame in frames.values() for column in frame.columns if column not in known})
    if missing:
        raise RunError(f"parameters/codebook.toml belum menjelaskan kolom: {', '.join(missing)}.")
    rows = [
        [f"data/{name}.csv", column, _kind(frame[column]), known[column].unit, known[column].id, known[column].en]
        for name, frame in frames.items()
        for column in frame.columns
    ]
    return pd.DataFrame(rows, columns=["file", "column", "type", "unit", "description_id", "description_en"])


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column.dtype):
        return "boolean"
    return "number" if pd.api.types.is_numeric_dtype(column.dtype) else "text"
