"""The frozen result of `evaluate`: tidy frames by section. Figures, tables and sentences are functions of these frames.

No frame here holds a person: rows are units, groups, outcomes, months or moves without identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

import pandas as pd


@dataclass(frozen=True, slots=True)
class Workload:
    """Balance of work before, after and without the programme's transfers.

    units: unit_id unit_name unit_kind sector kecamatan_code family required_fte available_before available_after
      available_without index_before index_after index_without gap_before gap_after gap_without band_before band_after
      moved_in moved_out. Head counts in persons, required in FTE, gap = available − required (negative = short),
      index = required / available (1 balanced, > 1 overloaded, NA where nobody is available).
    balance: measure (gini theil theil_between theil_within imbalance rmse) state (before after without) value unit.
    transfers: from_unit_id from_unit_name to_unit_id to_unit_name n_moves contribution origin_worse: contribution of the
      moves between two units to the change of Σ|required − available| against the counterfactual (negative = better).
    lorenz: state cumulative_staff cumulative_load.
    sensitivity: scheme effective_minutes_y required_total units_changed_rank index_median status reference.
    unmeasured: unit_id unit_name reason, units left out and why.
    """

    units: pd.DataFrame
    balance: pd.DataFrame
    transfers: pd.DataFrame
    lorenz: pd.DataFrame
    sensitivity: pd.DataFrame
    unmeasured: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Competency:
    """Match of moved persons to the post they left and the post they got, in percent (JPM by the profile's rule).

    moves: move_kind sector jpm_from jpm_to change (one row a move, no identity; pictures must bin or merge them).
    summary: grouping (all move_kind sector) group n jpm_from jpm_to change conf_low conf_high share_improved share_same
      share_lower.
    bands: state (before after) band n share.
    deficits: competency n n_deficit share_deficit mean_gap (of the moved, against the post they got).
    coverage: reason n (moves with both matches, and why the others have none).
    """

    moves: pd.DataFrame
    summary: pd.DataFrame
    bands: pd.DataFrame
    deficits: pd.DataFrame
    coverage: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Performance:
    """Ratings and output of moved persons.

    naive: outcome n before after difference conf_low conf_high (paired, year before against year after: describes).
    effects: EFFECT_COLUMNS, outcomes output_percent rating_ridit top_share.
    pretests: outcome w df p_value.
    verdicts: outcome verdict (found not_found cannot_tell) estimate conf_low conf_high mde reason n_moved n_compared.
    ratings: year half regime predicate n share.
    paths: outcome group (moved compared) event_time mean n: raw means by years since the move.
    dropped: outcome reason n.
    """

    naive: pd.DataFrame
    effects: pd.DataFrame
    pretests: pd.DataFrame
    verdicts: pd.DataFrame
    ratings: pd.DataFrame
    paths: pd.DataFrame
    dropped: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """Service of units that received transferred staff, against units that did not.

    monthly: indicator group (receiving other) month value n_units n.
    effects, pretests, verdicts, naive: as in Performance, per indicator; the unit of analysis is the service unit.
    letters: unit_id unit_name year value letter n (IKM).
    """

    monthly: pd.DataFrame
    effects: pd.DataFrame
    pretests: pd.DataFrame
    verdicts: pd.DataFrame
    naive: pd.DataFrame
    letters: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """How the transfers were carried out.

    durations: step n median_days p25_days p75_days. steps: analysis_to_proposal proposal_to_assessment
      assessment_to_decision decision_to_report proposal_to_report.
    checks: check n flagged share reference (tenure_under_2 tenure_over_5 blackout documents_incomplete not_socialised
      no_training wish_unmet).
    kinds: year move_kind n.
    survey: wave item n mean conf_low conf_high share_agree.
    """

    durations: pd.DataFrame
    checks: pd.DataFrame
    kinds: pd.DataFrame
    survey: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All results of one region.

    code, name, level, question: of the profile; as_of: day of the head counts; synthetic: demonstration data;
    facts: fact value (persons units posts moves movers programme_first programme_last first_year last_year);
    sections are None where their tables are missing; missing: names of tables not supplied; norms: every statutory
    number used (family scheme value unit since reference status note); sources: path sha256 rows tables;
    minimum_cell: groups under it are masked by whoever shows them.
    """

    slug: str
    code: str
    name: str
    level: str
    question: str
    as_of: date
    synthetic: bool
    minimum_cell: int
    primary: tuple[str, ...]
    facts: pd.DataFrame
    norms: pd.DataFrame
    sources: pd.DataFrame
    missing: tuple[str, ...]
    workload: Workload | None
    competency: Competency | None
    performance: Performance | None
    service: Service | None
    process: Process | None
    notes: tuple[str, ...] = ()

    def fact(self, name: str) -> float:
        """One number of `facts`."""
        return float(self.facts.loc[self.facts["fact"] == name, "value"].iloc[0])

    def frames(self) -> Mapping[str, pd.DataFrame]:
        """Every frame by "section_name", as written to data/processed (person-free, before masking)."""
        found: dict[str, pd.DataFrame] = {"facts": self.facts, "norms": self.norms, "sources": self.sources}
        for section in ("workload", "competency", "performance", "service", "process"):
            result = getattr(self, section)
            if result is None:
                continue
            for entry in fields(result):
                frame = getattr(result, entry.name)
                if isinstance(frame, pd.DataFrame) and (section, entry.name) not in PERSON_LIKE:
                    found[f"{section}_{entry.name}"] = frame
        return found


#: frames with one row a person or move: they stay in memory.
PERSON_LIKE = {("competency", "moves")}
