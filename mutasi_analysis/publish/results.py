"""The results of a region as plain files under data/processed, for the comparison and for whoever computes further.

No file holds a person: small groups are masked, and the same Evaluation always gives the same bytes.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.disclosure import (
    FITTING_SHARES,
    MATCH_SHARES,
    Rows,
    hidden_rows,
    hidden_shares,
    merged_kinds,
    note_without_few,
    ranked_last,
    totals_of,
)
from mutasi_analysis.errors import MissingDataError
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.publish.saved_frames import read_frames
from mutasi_analysis.publish.saved_units import closed_in_sectors, without_hidden
from mutasi_analysis.publish.swap import only_writer, publish_folder, work_folder
from mutasi_analysis.wording.competency import hidden_ages, shown_reasons

REGION_FILE = "region.json"
#: education strings for a person to confirm; sent back as data/raw/<slug>/pendidikan_dikonfirmasi.csv.
PROPOSALS_FILE = "usulan_pendidikan.csv"


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which columns of a frame count persons or moves, which are computed from them, and within what they add up.

    shares: shares of the first count, hidden together where one of them, or what it leaves, is of few persons or would come back
    from a total; parts: counts of a part of the first count, treated the same; whole: the total over the frame is published too;
    only: column and value of the rows in which `shares` are shares; apart: column and values of the rows whose sum a
    picture or a sentence tells."""

    counts: tuple[str, ...]
    values: tuple[str, ...] = ()
    within: tuple[str, ...] | None = None
    shares: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    whole: bool = False
    only: tuple[str, str] | None = None
    apart: tuple[str, tuple[str, ...]] | None = None


#: the outcome that is a share of persons.
_SHARE_OUTCOME = "top_share"
_MEAN = ("conf_low", "conf_high")
_MATCH = ("jpm_from", "jpm_to", "change")
_ESTIMATE = ("estimate", "std_error", *_MEAN, "p_value")
_WITHOUT = ("available_without", "index_without", "gap_without", "band_without")
_WORKLOAD = ("required_fte", *_WITHOUT, *(f"{measure}_{state}" for measure in ("index", "gap", "band") for state in ("before", "after")))
_WISHED = ("change_met", "change_unmet", "judged_met", "judged_unmet")
_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "workload_units": _Rule(("available_after", "available_before"), _WORKLOAD, ("kecamatan_code",), whole=True),
        "workload_transfers": _Rule(("n_moves",), ("contribution", "at_origin", "at_destination", "origin_worse"), ()),
        "workload_unmeasured": _Rule(("persons",), (), ()),
        "competency_summary": _Rule(("n",), (*_MATCH, *_MEAN), ("grouping",)),
        "competency_posts": _Rule(("n",), (*_MATCH, *_MEAN, *MATCH_SHARES), (), shares=MATCH_SHARES),
        "competency_bands": _Rule(("n",), ("share",), ("state",)),
        "competency_deficits": _Rule(("n",), ("share_deficit", "mean_gap"), shares=("share_deficit",), parts=("n_deficit",)),
        "competency_units": _Rule(("n",), (*_MATCH, *MATCH_SHARES), (), shares=MATCH_SHARES),
        "competency_rules": _Rule(("n_hidden",)),
        "competency_education": _Rule(("n",), ("share",), ()),
        "competency_qualifications": _Rule(("n",), ("share",), ("state",)),
        "competency_qualification_changes": _Rule(("n",), within=("grouping",)),
        "competency_possible": _Rule(("n",), ("before", "realised", "best", "share")),
        "competency_boxes": _Rule(("n",), ("share",), ()),
        "competency_box_check": _Rule(("n",), (), ()),
        "competency_professionalism": _Rule(("n",), ("mean_points",)),
        "competency_assessments": _Rule(("n",), ("share", *_MATCH), ("group",)),
        "competency_gaps": _Rule(("n",), ("shortfall",)),
        "competency_training": _Rule(("n_deficit",), ("levels", "hours")),
        "competency_learning": _Rule(("n",), ("mean_hours", "mean_levels", "hours_per_level"), ()),
        "competency_careers": _Rule(("n",), ("value",)),
        "competency_wishes": _Rule(("n",), ("met", "unmet", "share", *_WISHED)),
        "performance_effects": _Rule(("n_units",), _ESTIMATE),
        "performance_naive": _Rule(("n",), ("before", "after", "difference", *_MEAN)),
        "performance_ratings": _Rule(("n",), ("share",), ("year", "half", "regime"), apart=("predicate", ("Sangat Baik",))),
        "performance_paths": _Rule(("n",), ("mean",)),
        "performance_dropped": _Rule(("n",)),
        "performance_robustness": _Rule(("n_units",), ("estimate", "std_error", *_MEAN)),
        "performance_matched_balance": _Rule(("n_units",), ("moved", "compared_after", "std_gap_before", "std_gap_after")),
        "performance_pseudo": _Rule(("n_treated", "n_matched", "n_comparators"), ("moved", "pseudo", "difference", "std_error", *_MEAN)),
        "performance_dose": _Rule(("n",), ("dose", "estimate", "std_error", *_MEAN, "p_value"), ("outcome", "factor")),
        "performance_person_unit": _Rule(("n_persons", "n_movers"), ("plug_in", "corrected", "share")),
        "service_monthly": _Rule(("n",), ("value", *_MEAN)),
        "service_letters": _Rule(("n",), ("value", "letter")),
        "service_complaints": _Rule(("received",), parts=("open",)),
        "process_durations": _Rule(("n",), ("median_days", "p25_days", "p75_days")),
        "process_checks": _Rule(("n",), ("share",), shares=("share",), parts=("flagged",)),
        "process_kinds": _Rule(("n",), (), ()),
        "process_survey": _Rule(("n",), ("mean", *_MEAN, "share_agree"), shares=("share_agree",)),
    }
)
#: further rules, each for itself: what one hides is still counted by the others.
_MORE: Mapping[str, tuple[_Rule, ...]] = MappingProxyType(
    {
        "competency_careers": (_Rule(("n",), shares=("value",), only=("measure", "new_sector")),),
        "competency_deficits": (_Rule(("n_deficit",), ("mean_gap",)),),
        "competency_wishes": (
            _Rule(("met", "unmet"), ("share", *_WISHED)),
            *(_Rule((f"judged_{side}",), (f"change_{side}",)) for side in ("met", "unmet")),
            *(_Rule((side,), parts=(f"judged_{side}",)) for side in ("met", "unmet")),
        ),
        "performance_naive": (_Rule(("n",), shares=("before", "after"), only=("outcome", _SHARE_OUTCOME)),),
        "performance_paths": (_Rule(("n",), shares=("mean",), only=("outcome", _SHARE_OUTCOME)),),
        "competency_possible": (_Rule(("excluded",)),),
        "service_complaints": (_Rule(("judged",), ("share_in_time",)), _Rule(("received",), parts=("unstated",))),
        # available_after − available_without = moved_in − moved_out
        "workload_units": (_Rule(("available_without",), _WITHOUT[1:]), _Rule(("moved_in", "moved_out"), _WITHOUT)),
    }
)
#: shares of groups that add up to all; each set is hidden for itself (`disclosure.hidden_shares`).
_OF_GROUPS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {"competency_summary": (MATCH_SHARES,), "competency_qualification_changes": (MATCH_SHARES, FITTING_SHARES)}
)
#: frames whose rows are left out whole where this count is hidden: that a row stands there, and how many do, would give few persons away.
_LEFT_OUT: Mapping[str, str] = MappingProxyType({"workload_transfers": "n_moves"})
#: means of nearly the same persons, told to the decimal of the reports: in full, two of them would tell the mean of the one or two
#: persons whom only one of them counts. Columns; three decimals of what is a share or a rank from 0 to 1.
_MEANS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "performance_naive": ("before", "after", "difference", *_MEAN),
        "performance_paths": ("mean",),
        "performance_matched_balance": ("moved", "compared_before", "compared_after"),
    }
)
_FROM_0_TO_1 = (_SHARE_OUTCOME, "rating_ridit")
#: frames in the order of a measure, and the name by which rows stand whose measure is hidden.
_RANKED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "workload_units": ("index_after", "unit_id"),
        "workload_transfers": ("contribution", "from_unit_id"),
        "competency_deficits": ("share_deficit", "competency"),
        "competency_training": ("levels", "competency"),
    }
)


@dataclass(frozen=True, slots=True)
class ProcessedResults:
    """The saved results of all regions. regions: slug code name level question as_of synthetic minimum_cell primary missing
    (both as words with spaces: outcomes declared primary in the profile, tables not supplied) anticipation_years,
    one row a region, sorted by slug; frames: name as in `Evaluation.frames()` → rows of all regions with slug, region (its name), level in
    front. Cells masked for disclosure are NA."""

    regions: pd.DataFrame
    frames: Mapping[str, pd.DataFrame]

    def frame(self, name: str) -> pd.DataFrame:
        """One frame over all regions. Raises KeyError naming the frames that exist."""
        if name not in self.frames:
            raise KeyError(f"no frame {name!r}; there are: {', '.join(self.frames)}")
        return self.frames[name]


def save_results(evaluation: Evaluation, data_root: str | Path) -> Path:
    """Write `data_root/processed/<slug>/` whole: one CSV a frame and region.json. Returns the folder."""
    parent = Path(data_root) / "processed"
    parent.mkdir(parents=True, exist_ok=True)
    with only_writer(parent, patient=True):
        new = work_folder(parent) / f"{evaluation.slug}-{os.getpid()}-{secrets.token_hex(4)}"
        write_results(evaluation, new)
        publish_folder(new, parent / evaluation.slug)
    return parent / evaluation.slug


def write_results(evaluation: Evaluation, folder: str | Path) -> int:
    """Write the files into a folder of one's own; the number of masked cells."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    described: dict[str, Any] = {}
    hidden_total = 0
    for name, frame in _told_alike(evaluation.frames(), evaluation.minimum_cell).items():
        masked, hidden = masked_frame(name, frame, evaluation.minimum_cell)
        described[name] = {"rows": len(masked), "hidden_cells": hidden, "columns": {c: _kind(kept) for c, kept in masked.dtypes.items()}}
        hidden_total += hidden
        masked.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d")
    _write_proposals(evaluation, folder)
    facts = {key: value for key, value in evaluation_facts(evaluation).items() if key not in ("sources", "norms")}
    text = json.dumps({**facts, "hidden_cells": hidden_total, "frames": described}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / REGION_FILE).write_text(text + "\n", encoding="utf-8")
    return hidden_total


def _write_proposals(evaluation: Evaluation, folder: Path) -> None:
    """The proposals, where there are any: names of degrees, how often they stand in the data (small numbers left out), no person."""
    section = evaluation.competency
    if section is None or section.proposals.empty:
        return
    few = section.proposals["n"] < evaluation.minimum_cell
    shown = section.proposals.assign(n=section.proposals["n"].astype("Int64").mask(few))
    shown.to_csv(folder / PROPOSALS_FILE, index=False, encoding="utf-8-sig", lineterminator="\n")


def masked_frame(name: str, frame: pd.DataFrame, k: int) -> tuple[pd.DataFrame, int]:
    """A frame of an Evaluation with its small groups hidden, and how many cells that were."""
    rules = ([_RULES[name]] if name in _RULES else []) + list(_MORE.get(name, ()))
    given = _BEFORE[name](frame, k) if name in _BEFORE else frame
    hidden: dict[str, Rows] = {}
    for rule in rules:
        for column, rows in _hidden_by(rule, given, k).items():
            hidden[column] = hidden[column] | rows if column in hidden else rows
    for shares in _OF_GROUPS.get(name, ()):
        closed = hidden_shares(given, shares, k)
        hidden |= {column: hidden[column] | closed if column in hidden else closed for column in shares}
    masked = given.assign(**{column: given[column].mask(rows) for column, rows in hidden.items() if rows.any()})
    touched = name in _BEFORE or any(rows.any() for rows in hidden.values())
    cells = int(masked.isna().to_numpy().sum() - frame.isna().to_numpy().sum()) if touched else 0
    for column in (column for column in _MEANS.get(name, ()) if column in masked.columns):
        fine = masked["outcome"].isin(_FROM_0_TO_1)
        masked[column] = masked[column].astype("float64").round(1).where(~fine, masked[column].astype("float64").round(3))
    masked = without_hidden(name, masked)
    if name in _LEFT_OUT:
        masked = masked.loc[masked[_LEFT_OUT[name]].notna()].reset_index(drop=True)
    return (ranked_last(masked, *_RANKED[name]).reset_index(drop=True) if name in _RANKED else masked), cells


def _without_the_few_moved_twice(facts: pd.DataFrame, k: int) -> pd.DataFrame:
    """The facts without the number of those moved where it lies 1 to k − 1 under the number of moves: the difference counts persons."""
    value = facts.set_index("fact")["value"]
    few = {"moves", "movers"} <= set(value.index) and 0 < value["moves"] - value["movers"] < k
    return facts.assign(value=facts["value"].mask(facts["fact"].eq("movers") & few))


def _without_few_reasons(coverage: pd.DataFrame, k: int) -> pd.DataFrame:
    shown = shown_reasons(coverage, k)
    return coverage.assign(n=coverage["n"].astype("Int64").mask(coverage["reason"].map(shown).isna()))


def _few_kinds_together(kinds: pd.DataFrame, k: int) -> pd.DataFrame:
    return merged_kinds(kinds, "year", "move_kind", "n", k)


def _told_alike(frames: Mapping[str, pd.DataFrame], k: int) -> dict[str, pd.DataFrame]:
    """The frames, those moved by the age of their assessment hidden where the frame of who could be judged hides the same number; the
    shares of those who kept or changed their post, which add up to all, hidden where those of all are."""
    found, posts, summary = closed_in_sectors(frames, k), frames.get("competency_posts"), frames.get("competency_summary")
    ages, coverage = frames.get("competency_assessments"), frames.get("competency_coverage")
    if ages is not None and coverage is not None and hidden_ages(ages, coverage, k).any():
        found["competency_assessments"] = ages.assign(n=ages["n"].astype("Int64").mask(hidden_ages(ages, coverage, k)))
    if posts is not None and summary is not None and hidden_shares(summary, MATCH_SHARES, k)[summary["grouping"].eq("all")].any():
        found["competency_posts"] = posts.assign(**dict.fromkeys(MATCH_SHARES, np.nan))
    return found


#: frames that are first shown in a way of their own.
_BEFORE: Mapping[str, Callable[[pd.DataFrame, int], pd.DataFrame]] = MappingProxyType(
    {"facts": _without_the_few_moved_twice, "competency_coverage": _without_few_reasons, "process_kinds": _few_kinds_together}
)


def _hidden_by(rule: _Rule, frame: pd.DataFrame, k: int) -> dict[str, Rows]:
    """Column → the rows that a rule hides in it; columns that the frame lacks are passed over."""
    counts = [column for column in rule.counts if column in frame.columns]
    values = [column for column in rule.values if column in frame.columns]
    within = None if rule.within is None else [column for column in rule.within if column in frame.columns]
    apart = None if rule.apart is None else frame[rule.apart[0]].isin(rule.apart[1])
    rows = hidden_rows(frame, counts, k, totals_of(within, whole=rule.whole), apart=apart)
    hidden = dict.fromkeys((*counts, *values), rows)
    shares = [column for column in (*rule.shares, *rule.parts) if column in frame.columns]
    if not shares:
        return hidden
    few = _few_parts(rule, frame, shares, k, within)
    return hidden | {column: few | rows if column in hidden else few for column in shares}


def _few_parts(rule: _Rule, frame: pd.DataFrame, shares: list[str], k: int, within: list[str] | None) -> Rows:
    """Rows in which a part of the first count, or what it leaves, is of few persons, and those whose part a total would give back."""
    looked_at = slice(None) if rule.only is None else (frame[rule.only[0]] == rule.only[1]).to_numpy(dtype=bool)
    rows = frame.loc[looked_at]
    total = pd.to_numeric(rows[rule.counts[0]], errors="coerce").astype("float64")
    parts = {}
    for column in shares:
        value = pd.to_numeric(rows[column], errors="coerce").astype("float64")
        parts[column] = (value * total).round() if column in rule.shares else value
        parts[f"{column} left"] = total - parts[column]
    counted = rows[within or []].assign(**parts)
    few = np.zeros(len(frame), dtype=bool)
    few[looked_at] = hidden_rows(counted, list(parts), k, totals_of(within, whole=False), each=True)
    return few


def evaluation_facts(evaluation: Evaluation) -> dict[str, Any]:
    """What a manifest says about an evaluation: plain values without a person."""
    return {
        "slug": evaluation.slug,
        "code": evaluation.code,
        "name": evaluation.name,
        "level": evaluation.level,
        "question": evaluation.question,
        "as_of": evaluation.as_of.isoformat(),
        "synthetic": bool(evaluation.synthetic),
        "minimum_cell": int(evaluation.minimum_cell),
        "anticipation_years": int(evaluation.anticipation_years),
        "primary": list(evaluation.primary),
        "groups": list(evaluation.groups),
        "doses": list(evaluation.doses),
        "factors_declared": bool(evaluation.factors_declared),
        "missing": list(evaluation.missing),
        "notes": [note_without_few(note, evaluation.minimum_cell) for note in evaluation.notes],
        "sources": _records(evaluation.sources),
        "norms": _records(evaluation.norms),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", date_format="iso"))
    return rows


def _kind(kept: Any) -> str:
    """What a column of a dtype holds."""
    if pd.api.types.is_bool_dtype(kept):
        return "boolean"
    if pd.api.types.is_numeric_dtype(kept):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(kept) else "text"


def load_results(data_root: str | Path) -> ProcessedResults:
    """The saved results of every region under `data_root/processed`. Raises MissingDataError when there are none."""
    folders = sorted(path.parent for path in (Path(data_root) / "processed").glob(f"*/{REGION_FILE}"))
    if not folders:
        raise MissingDataError("Belum ada hasil di data/processed; jalankan dahulu: mutasi report --all")
    facts = [json.loads((folder / REGION_FILE).read_text(encoding="utf-8")) for folder in folders]
    columns = ["slug", "code", "name", "level", "question", "as_of", "synthetic", "minimum_cell"]
    regions = pd.DataFrame([[fact[column] for column in columns] for fact in facts], columns=columns)
    regions = regions.assign(**{key: [" ".join(fact.get(key, [])) for fact in facts] for key in ("primary", "missing")})
    regions = regions.assign(anticipation_years=[fact.get("anticipation_years") for fact in facts])
    return ProcessedResults(regions, MappingProxyType(read_frames(folders, facts)))
