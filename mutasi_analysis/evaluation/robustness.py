"""The same outcome asked in other ways: other estimators, matched comparators, breakdown values; and whose performance it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi_analysis.causal import CohortTable, NotEstimable, att_of_table
from mutasi_analysis.causal.matching import Matched, matched_att
from mutasi_analysis.causal.person_unit import person_unit_shares
from mutasi_analysis.causal.second_opinions import second_opinions_of_table
from mutasi_analysis.causal.sensitivity import event_path, pretest_power, relative_breakdown, smoothness_breakdown
from mutasi_analysis.estimate import EffectTable, normal_interval
from mutasi_analysis.evaluation.verdict import CHECK_ROLE, HEADLINE, SAME_CHECK, SAME_HEADLINE, load_rule

#: two estimates that differ by less, of their size or error, are one number (rounding of floats)
ALIKE = 1e-8
MIXED_YEARS = 1  # the year of the move itself, which matching leaves out too
ROBUSTNESS = ("outcome", "method", "role", "estimate", "std_error", "conf_low", "conf_high", "n_units")
BREAKDOWN = ("outcome", "slope_breakdown", "relative_breakdown", "pretest_slope", "pretest_bias", "pretest_finds_headline")
BALANCE = ("outcome", "period_before", "n_units", "moved", "compared_before", "compared_after", "std_gap_before", "std_gap_after")
PSEUDO = ("outcome", "n_treated", "n_matched", "n_comparators", "moved", "pseudo", "difference", "std_error", "conf_low", "conf_high")
PERSON_UNIT = ("outcome", "component", "plug_in", "corrected", "share", "n_persons", "n_units", "n_movers", "symmetry_p")
BACON = ("outcome", "type", "weight", "estimate")


@dataclass(frozen=True, slots=True)
class Robustness:
    """Frames of one or more outcomes, as documented in result.Performance, and notes (codes)."""

    robustness: pd.DataFrame
    bacon: pd.DataFrame
    matched_balance: pd.DataFrame
    pseudo: pd.DataFrame
    notes: tuple[str, ...] = ()


def breakdown_row(outcome: str, table: EffectTable, anticipation: int) -> dict[str, object]:
    """One row of `breakdown`; NaN where no clean period before the base is observed or the table has no covariance."""
    try:
        path = event_path(table, anticipation=anticipation)
        power = pretest_power(path)
        values = (smoothness_breakdown(path), relative_breakdown(path), power.slope, power.bias, power.found_headline)
    except (NotEstimable, ValueError, np.linalg.LinAlgError):
        values = (math.nan,) * 5
    return dict(zip(BREAKDOWN, (outcome, *values), strict=True))


def other_answers(
    panel: pd.DataFrame, cohorts: CohortTable, outcome: str, headline: EffectTable, *, anticipation: int, cell: str | None
) -> Robustness:
    """The headline beside every other estimator. panel: unit year cohort outcome and the cell column, complete units only; cohorts: its
    cohort table."""
    rows = [_row(headline.row(HEADLINE), "callaway_santanna/nevertreated", "headline")]
    notes: list[str] = []
    try:
        other = att_of_table(
            cohorts,
            outcome=outcome,
            anticipation=anticipation,
            controls="notyettreated",
            small_sample=load_rule().small_sample,
            bands=False,
        )
        rows.append(_row(other.row(HEADLINE), "callaway_santanna/notyettreated", CHECK_ROLE))
    except NotEstimable as refusal:
        notes.append(f"not_computed:{outcome}:notyettreated:{refusal.reason}")
    try:
        found = second_opinions_of_table(cohorts, outcome=outcome, anticipation=anticipation)
    except NotEstimable as refusal:
        notes.append(f"not_computed:{outcome}:second_opinions:{refusal.reason}")
        return Robustness(_framed(rows, outcome), _empty(BACON), _empty(BALANCE), _empty(PSEUDO), tuple(notes))
    rows += [_row(row, row["method"], "naive" if row["method"] == "twfe" else CHECK_ROLE) for _, row in found.table.iterrows()]
    notes += [f"not_computed:{outcome}:{method}:failed" for method, _ in found.failed]
    matched = _matched(panel, outcome, cell, notes)
    balance, pseudo = _empty(BALANCE), _empty(PSEUDO)
    if matched is not None:
        rows.append(_row(matched.effects.iloc[0], "matched/3nn", matched_role(anticipation)))
        balance = matched.balance.assign(outcome=outcome)[list(BALANCE)]
        pseudo = pd.DataFrame([_pseudo(outcome, matched)])[list(PSEUDO)]
    return Robustness(_framed(rows, outcome), found.bacon.assign(outcome=outcome)[list(BACON)], balance, pseudo, tuple(notes))


def counted_once(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows, where a check that gives the number of the headline (nobody was still waiting who could serve besides) or of a check
    before it (another form of the same estimator) says so by its role instead of counting as one more answer. First the headline."""
    told: list[dict[str, object]] = []
    for row in rows:
        alike = next((other for other in told if row["role"] == CHECK_ROLE and _same_number(row, other)), None)
        told.append(row if alike is None else {**row, "role": SAME_HEADLINE if alike["role"] == "headline" else SAME_CHECK})
    return told


def _same_number(row: dict[str, object], other: dict[str, object]) -> bool:
    value, beside, error = (float(str(number)) for number in (row["estimate"], other["estimate"], other["std_error"]))
    near = math.isclose(value, beside, rel_tol=ALIKE, abs_tol=ALIKE * error if error > 0 else 0.0)
    return near and other["role"] in ("headline", CHECK_ROLE)


def matched_role(anticipation: int) -> str:
    """`check`, or `other_design` where the profile declares that the years just before the move may be touched by it already.

    Matching takes the path up to the year before the year of the move as untouched: where a dip belongs to the move, people with the
    same path are of a lower level and the answer is biased upwards (docs/methods.md). Its vote then says nothing about the headline.
    """
    return CHECK_ROLE if anticipation <= MIXED_YEARS else "other_design"


def stack(parts: list[Robustness]) -> Robustness:
    """Several outcomes as one."""

    def joined(name: str, columns: tuple[str, ...]) -> pd.DataFrame:
        filled = [frame for part in parts if len(frame := getattr(part, name))]
        return pd.concat(filled, ignore_index=True) if filled else _empty(columns)

    return Robustness(
        robustness=joined("robustness", ROBUSTNESS),
        bacon=joined("bacon", BACON),
        matched_balance=joined("matched_balance", BALANCE),
        pseudo=joined("pseudo", PSEUDO),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
    )


def person_unit_frame(panel: pd.DataFrame, outcome: str, *, effect: float, anticipation: int) -> pd.DataFrame:
    """Rows of `person_unit`. panel: unit (the person) year cohort place (unit of that year) and the outcome.

    Before the shares are taken, movers' years of dip and move leave, and the headline effect is taken out of their years after the
    move: what a transfer itself does is neither the person's nor the unit's. Empty where too few moves join the units.
    """
    moved = panel["cohort"] > 0
    around = moved & (panel["year"] < panel["cohort"]) & (panel["year"] >= panel["cohort"] - anticipation)
    gained = np.where(moved & (panel["year"] >= panel["cohort"]), effect if math.isfinite(effect) else 0.0, 0.0)
    rows = panel.assign(value=panel[outcome] - gained).loc[~around]
    try:
        found = person_unit_shares(rows, outcome="value", person="unit", unit="place", period="year")
    except (NotEstimable, ValueError):
        return _empty(PERSON_UNIT)
    sizes = {"n_persons": found.n_persons, "n_units": found.n_units, "n_movers": found.n_movers, "symmetry_p": found.sum_p_value}
    return found.shares.assign(outcome=outcome, **sizes)[list(PERSON_UNIT)]


def _matched(panel: pd.DataFrame, outcome: str, cell: str | None, notes: list[str]) -> Matched | None:
    try:
        return matched_att(panel, outcome=outcome, unit="unit", period="year", cohort="cohort", cell=cell)
    except NotEstimable as refusal:
        notes.append(f"not_computed:{outcome}:matched:{refusal.reason}")
        return None


def _pseudo(outcome: str, matched: Matched) -> dict[str, object]:
    naive = matched.naive.set_index("group")
    sides: dict[str, float] = {str(group): value for group, value in naive["difference"].astype("float64").items()}
    error = float(naive["std_error"].astype("float64")["difference"])
    counts = {"n_treated": matched.n_treated, "n_matched": matched.n_matched, "n_comparators": matched.n_comparators}
    return {"outcome": outcome, **counts, **sides, "std_error": error, **normal_interval(sides["difference"], error)}


def _row(row: pd.Series, method: str, role: str) -> dict[str, object]:
    return {"method": method, "role": role, **{name: row[name] for name in ROBUSTNESS[3:]}}


def _framed(rows: list[dict[str, object]], outcome: str) -> pd.DataFrame:
    frame = pd.DataFrame(counted_once(rows)).assign(outcome=outcome)
    return frame[list(ROBUSTNESS)].astype({"n_units": "Int64"})


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns))
