"""The frozen result of `evaluate`: tidy frames by section. Figures, tables and sentences are functions of these frames.

No frame here holds a person: rows are units, groups, outcomes, months or moves without identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import partial

import pandas as pd

from mutasi_analysis.disclosure import FITTING_SHARES, MATCH_SHARES

_MATCH = ("jpm_from", "jpm_to", "change")


@dataclass(frozen=True, slots=True)
class Workload:
    """Balance of work before, after and without the programme's transfers.

    units: unit_id unit_name unit_kind sector kecamatan_code family required_fte available_before available_after
      available_without index_before index_after index_without gap_before gap_after gap_without band_before band_after
      moved_in moved_out. Head counts in persons, required in FTE, gap = available − required (negative = short),
      index = required / available (1 balanced, > 1 overloaded, NA where nobody is available).
    balance: measure (gini theil theil_between theil_within imbalance rmse) state (before after without) value unit; units that are
      hidden for their few persons count with their mean, here and in lorenz (see `evaluation.protected`).
    transfers: from_unit_id from_unit_name to_unit_id to_unit_name n_moves contribution origin_worse: contribution of the
      moves between two units to the change of Σ|required − available| against the counterfactual (negative = better).
    lorenz: state cumulative_staff cumulative_load.
    sensitivity: scheme effective_minutes_y required_total units_changed_rank index_median status reference.
    unmeasured: unit_id unit_name reason persons, groups of staff left out and why; a unit that stands in units too is measured
      without them.
    """

    units: pd.DataFrame
    balance: pd.DataFrame
    transfers: pd.DataFrame
    lorenz: pd.DataFrame
    sensitivity: pd.DataFrame
    unmeasured: pd.DataFrame
    notes: tuple[str, ...] = ()


def _no_rows(*columns: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns))


@dataclass(frozen=True, slots=True)
class Competency:
    """Match of moved persons to the post they left and the post they got, in percent (JPM by the profile's rule).

    moves: move_kind sector jpm_from jpm_to change (one row a move, no identity; pictures must bin or merge them).
    summary: grouping (all move_kind sector) group n jpm_from jpm_to change conf_low conf_high share_improved share_same
      share_lower. No interval where no match changed.
    bands: state (before after) band n share.
    deficits: competency n n_deficit share_deficit mean_gap (of the moved, against the post they got).
    coverage: reason n (moves with both matches, and why the others have none).
    Empty where not computed:
    posts: post (kept changed) n and the numbers of summary, by whether the move changed the post at all: where it did not, the match
      cannot change. Numbers are NaN where they would give few back (`evaluation.unions`).
    units: unit_id unit_name n jpm_from jpm_to change share_improved share_same share_lower, by unit of destination.
    rules: rule n jpm_from jpm_to change n_hidden (moves with deficits in the new post that the rule shows as 100 or more).
    education: how (rule confirmed proposal none blank) n share, of serving staff; a proposal codes nobody until it is confirmed.
    qualifications: state (before after) match (exact narrow broad other unproven stop unknown) n share, of all programme moves.
    qualification_changes: grouping (all move_kind sector unit) group n fitting_from fitting_to share_improved share_same share_lower.
        The fitting shares are NaN where they would give back a hidden kind of match (`evaluation.unions`).
    proposals: text n field similar_to similarity regulated confirmed: education strings for a person to confirm.
    possible: n excluded before realised best (means, percent) share (realised of possible improvement) reason.
    boxes: box (1–9) performance potential (below met above) n share, of serving staff with rating and valid assessment.
    box_check: supplied recomputed n, supplied boxes that the axes contradict.
    professionalism: dimension (four and total) maximum n mean_points state (ok missing).
    assessments: group (staff moved) state (valid stale none) n share jpm_from jpm_to change: stale ones stand here only.
    gaps: unit_id unit_name sector competency n shortfall (mean levels under the present post; units with enough persons only).
    training: competency n_deficit levels training_id training_en hours_per_level hours status.
    learning: state (unknown no_gap untrained trained) n mean_hours mean_levels hours_per_level: training before the move.
    careers: measure (new_sector sectors_before sectors_after entropy_before entropy_after) n value.
    wishes: wish (unit post) n met unmet share change_met change_unmet judged_met judged_unmet (of how many the change is the mean).
    """

    moves: pd.DataFrame
    summary: pd.DataFrame
    bands: pd.DataFrame
    deficits: pd.DataFrame
    coverage: pd.DataFrame
    notes: tuple[str, ...] = ()
    posts: pd.DataFrame = field(default_factory=partial(_no_rows, "post", "n", *_MATCH, "conf_low", "conf_high", *MATCH_SHARES))
    units: pd.DataFrame = field(default_factory=partial(_no_rows, "unit_id", "unit_name", "n", *_MATCH, *MATCH_SHARES))
    rules: pd.DataFrame = field(default_factory=partial(_no_rows, "rule", "n", *_MATCH, "n_hidden"))
    education: pd.DataFrame = field(default_factory=partial(_no_rows, "how", "n", "share"))
    qualifications: pd.DataFrame = field(default_factory=partial(_no_rows, "state", "match", "n", "share"))
    qualification_changes: pd.DataFrame = field(default_factory=partial(_no_rows, "grouping", "group", "n", *FITTING_SHARES, *MATCH_SHARES))
    proposals: pd.DataFrame = field(
        default_factory=partial(_no_rows, "text", "n", "field", "similar_to", "similarity", "regulated", "confirmed")
    )
    possible: pd.DataFrame = field(default_factory=partial(_no_rows, "n", "excluded", "before", "realised", "best", "share", "reason"))
    boxes: pd.DataFrame = field(default_factory=partial(_no_rows, "box", "performance", "potential", "n", "share"))
    box_check: pd.DataFrame = field(default_factory=partial(_no_rows, "supplied", "recomputed", "n"))
    professionalism: pd.DataFrame = field(default_factory=partial(_no_rows, "dimension", "maximum", "n", "mean_points", "state"))
    assessments: pd.DataFrame = field(default_factory=partial(_no_rows, "group", "state", "n", "share", *_MATCH))
    gaps: pd.DataFrame = field(default_factory=partial(_no_rows, "unit_id", "unit_name", "sector", "competency", "n", "shortfall"))
    training: pd.DataFrame = field(
        default_factory=partial(
            _no_rows, "competency", "n_deficit", "levels", "training_id", "training_en", "hours_per_level", "hours", "status"
        )
    )
    learning: pd.DataFrame = field(default_factory=partial(_no_rows, "state", "n", "mean_hours", "mean_levels", "hours_per_level"))
    careers: pd.DataFrame = field(default_factory=partial(_no_rows, "measure", "n", "value"))
    wishes: pd.DataFrame = field(
        default_factory=partial(_no_rows, "wish", "n", "met", "unmet", "share", "change_met", "change_unmet", "judged_met", "judged_unmet")
    )


_ROBUSTNESS = ("outcome", "method", "role", "estimate", "std_error", "conf_low", "conf_high", "n_units")
_BACON = ("outcome", "type", "weight", "estimate")
_BREAKDOWN = ("outcome", "slope_breakdown", "relative_breakdown", "pretest_slope", "pretest_bias", "pretest_finds_headline")
_BALANCE = ("outcome", "period_before", "n_units", "moved", "compared_before", "compared_after", "std_gap_before", "std_gap_after")
_PSEUDO = ("outcome", "n_treated", "n_matched", "n_comparators", "moved", "pseudo", "difference", "std_error", "conf_low", "conf_high")
_DOSE = ("outcome", "factor", "kind", "level", "n", "dose", "estimate", "std_error", "conf_low", "conf_high", "p_value")
_PERSON_UNIT = ("outcome", "component", "plug_in", "corrected", "share", "n_persons", "n_units", "n_movers", "symmetry_p")
EXACT = (
    "outcome",
    "method",
    "estimate",
    "conf_low",
    "conf_high",
    "p_value",
    "smallest_p",
    "n_assignments",
    "exact",
    "n_moved",
    "n_compared",
)
COMPLAINTS = ("year", "received", "open", "judged", "share_in_time", "unstated", "unstated_limit", "drawn_on")
SPILLOVER = ("outcome", "group", "estimate", "std_error", "conf_low", "conf_high", "mde", "n_moved", "n_compared", "reason")


@dataclass(frozen=True, slots=True)
class Performance:
    """Ratings and output of moved persons.

    naive: outcome n before after difference conf_low conf_high (paired, year before against year after: describes).
    effects: EFFECT_COLUMNS, outcomes output_percent rating_ridit top_share.
    pretests: outcome w df p_value (by permutation of units where they are few).
    verdicts: outcome verdict (found not_found cannot_tell disagree) estimate conf_low conf_high mde reason n_moved n_compared worth (the
      smallest difference that would matter); the rule and the reasons stand in evaluation/verdict.py and parameters/verdict.toml. With
      few units the interval is the exact one.
    ratings: year half regime predicate n share.
    paths: outcome group (moved compared) event_time mean n: raw means by years since the move.
    dropped: outcome (or all) reason n: set aside (not_pns moved_outside_programme not_measured: never has the outcome; incomplete: not
      in every year; treated_from_start), and what the files
      hold that a reader must know (checks.CHECKS; nothing is dropped for those, `n` counts rows, persons or units as the name says).
    Primary outcomes only (the first declared one of a section without any), empty elsewhere:
    robustness: outcome method role (headline; check: another estimator of the same effect; same_headline, same_check: one that
      gives the number of the headline or of another check, which counts once; other_design: rests on an assumption
      that the profile does not declare, does not count; naive: no effect) estimate std_error conf_low conf_high n_units.
      Methods callaway_santanna/nevertreated, /notyettreated, imputation, sun_abraham, stacked (its first
      years after the move only), extended_twfe, matched/3nn, twfe.
    bacon: outcome type (treated_vs_never earlier_vs_later later_vs_earlier) weight estimate: what the naive twfe is made of.
    matched_balance: outcome period_before (1 = last before the year of the move) n_units (moved) moved compared_before compared_after
      (means of the moved, of all possible comparators, of the matched) std_gap_before std_gap_after (gap in standard deviations of the
      outcome before the moves, one for all rows).
    pseudo: one row an outcome: n_treated n_matched n_comparators, then the last year before against the first after: moved and pseudo
      (their own naive differences: matched comparators had the same dip and were not moved), difference (adjusted for what
      distance is left, so not exactly moved − pseudo) std_error conf_low conf_high.
    dose: outcome factor kind (slope bin group equal) level n dose estimate std_error conf_low conf_high p_value: slope = effect per unit
      of the factor; bin = by sign of the dose (level down same up, dose = mean); group = mean effect of a level; equal = p of "all
      levels alike".
      Factors are those the region's profile declares, else all of parameters/verdict.toml: match_change (points of JPM),
      workload_change (index), move_kind sector tenure socialised trained. Rows of fewer than minimum_cell persons have no numbers.
    person_unit: outcome component (person unit sorting residual) plug_in corrected share n_persons n_units n_movers symmetry_p: shares
      of the variance, leave-one-out corrected; a small symmetry_p says that the model behind the shares does not fit.
    Every outcome:
    breakdown: outcome slope_breakdown (largest change of slope per year that leaves zero outside the interval; 0 = a straight
      continuation of the earlier paths reaches zero already) relative_breakdown (approximate: violation after the move, in largest
      steps seen before) pretest_slope (drift per year that the pre-test finds 8 times in 10) pretest_bias (what that drift would add to
      the headline) pretest_finds_headline (chance that the pre-test sees a drift as large as the whole estimate).
    """

    naive: pd.DataFrame
    effects: pd.DataFrame
    pretests: pd.DataFrame
    verdicts: pd.DataFrame
    ratings: pd.DataFrame
    paths: pd.DataFrame
    dropped: pd.DataFrame
    notes: tuple[str, ...] = ()
    robustness: pd.DataFrame = field(default_factory=partial(_no_rows, *_ROBUSTNESS))
    bacon: pd.DataFrame = field(default_factory=partial(_no_rows, *_BACON))
    breakdown: pd.DataFrame = field(default_factory=partial(_no_rows, *_BREAKDOWN))
    matched_balance: pd.DataFrame = field(default_factory=partial(_no_rows, *_BALANCE))
    pseudo: pd.DataFrame = field(default_factory=partial(_no_rows, *_PSEUDO))
    dose: pd.DataFrame = field(default_factory=partial(_no_rows, *_DOSE))
    person_unit: pd.DataFrame = field(default_factory=partial(_no_rows, *_PERSON_UNIT))


@dataclass(frozen=True, slots=True)
class Service:
    """Service of units that received transferred staff, against units that did not.

    monthly: indicator group (receiving other) month value (mean over units) conf_low conf_high (Student's 95 % interval of that
      mean, from the spread between the units of the month; NA for one unit) n_units n.
    effects, pretests, verdicts, naive: as in Performance, per indicator; the unit of analysis is the service unit. verdicts has n_losing
      too: how many of the units compared lost staff (missing where it is not known).
    letters: unit_id unit_name year value letter n (IKM).
    dropped, robustness, bacon, breakdown, matched_balance, pseudo: as in Performance.
    exact: outcome method (permutation, or synthetic_did for a few treated units) estimate conf_low conf_high p_value smallest_p
      n_assignments exact n_moved n_compared: only outcomes with fewer units than the rule's floors. conf_low and conf_high may be
      infinite: so few units exclude nothing. smallest_p: the least p-value that so many units can give.
    spillover: outcome group (losing: units that lost staff and received none) estimate std_error conf_low conf_high n_moved n_compared
      (units that neither lost nor received) reason ("" or why it cannot be estimated).
    complaints: year (of receipt) received open judged (limit run out when the register was drawn) share_in_time (of judged) unstated
      (of no stated kind) unstated_limit (their working days) drawn_on (last day of the register); empty where no register was sent.
    """

    monthly: pd.DataFrame
    effects: pd.DataFrame
    pretests: pd.DataFrame
    verdicts: pd.DataFrame
    naive: pd.DataFrame
    letters: pd.DataFrame
    notes: tuple[str, ...] = ()
    dropped: pd.DataFrame = field(default_factory=partial(_no_rows, "outcome", "reason", "n"))
    robustness: pd.DataFrame = field(default_factory=partial(_no_rows, *_ROBUSTNESS))
    bacon: pd.DataFrame = field(default_factory=partial(_no_rows, *_BACON))
    breakdown: pd.DataFrame = field(default_factory=partial(_no_rows, *_BREAKDOWN))
    matched_balance: pd.DataFrame = field(default_factory=partial(_no_rows, *_BALANCE))
    pseudo: pd.DataFrame = field(default_factory=partial(_no_rows, *_PSEUDO))
    exact: pd.DataFrame = field(default_factory=partial(_no_rows, *EXACT))
    spillover: pd.DataFrame = field(default_factory=partial(_no_rows, *SPILLOVER))
    complaints: pd.DataFrame = field(default_factory=partial(_no_rows, *COMPLAINTS))


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
    minimum_cell: groups under it are masked by whoever shows them; anticipation_years: full years before a move that it may touch already;
    groups, doses: factors of performance.dose; factors_declared: whether the profile declares them (else they are the package's own).
    secondary: outcomes that the profile declares beside the primary ones.
    question_id, question_en: the region's own question in words, as its people wrote it; empty: the sentence that belongs to `question`.
    """

    slug: str
    code: str
    name: str
    level: str
    question: str
    as_of: date
    synthetic: bool
    minimum_cell: int
    anticipation_years: int
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
    groups: tuple[str, ...] = ()
    doses: tuple[str, ...] = ()
    factors_declared: bool = False
    question_id: str = ""
    question_en: str = ""
    secondary: tuple[str, ...] = ()

    @property
    def declared(self) -> tuple[str, ...]:
        """All outcomes that the profile declares, the primary ones first."""
        return (*self.primary, *self.secondary)

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


#: frames with one row a person or move stay in memory; proposals of education codes are a file of their own, for the clerk.
PERSON_LIKE = {("competency", "moves"), ("competency", "proposals")}
