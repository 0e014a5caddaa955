"""The methods appendix on effects: each estimator with its paper, and the rule of the verdict with its thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from mutasi_analysis.wording.outcomes import level
from mutasi_analysis.wording.report import bullets
from mutasi_analysis.wording.robustness import SAME
from mutasi_analysis.wording.words import Words, capital

#: the steps of the rule, in the order in which they are asked.
STEPS = ("few", "pretest", "fragile", "found", "not_found", "rest")


class RuleLike(Protocol):
    """The thresholds of the rule, as `evaluation.verdict.VerdictRule` has them."""

    @property
    def fewest_treated(self) -> int: ...
    @property
    def fewest_compared(self) -> int: ...
    @property
    def pretest_level(self) -> float: ...
    @property
    def permutation_level(self) -> float: ...
    @property
    def least_breakdown(self) -> float: ...
    @property
    def disagreeing_share(self) -> float: ...
    @property
    def worth_finding(self) -> tuple[tuple[str, float], ...]: ...


def estimator_paragraph(methods: Mapping[str, str], beside: Sequence[str], words: Words) -> str:
    """One line for each method that was used, then what stands beside them, as a Markdown list. methods: code → the role that it has
    (same_headline and same_check are said); beside: what else was computed, of breakdown few synthetic shares mde."""
    lines = [
        f"**{words.label('estimator', code)}.** {words.label('estimator_paper', code)}"
        + (f" {words(f'estimator_other.{role}')}" if role in SAME else "")
        for code, role in methods.items()
        if words.knows("estimator_paper", code)
    ]
    return bullets((*lines, *(words(f"estimator_other.{name}") for name in beside)))


def rule_paragraph(rule: RuleLike, codes: Sequence[str], words: Words) -> str:
    """The rule of the verdict, step by step, with what is worth finding of the outcomes that the report has."""
    worth = [
        words("rule.worth_item", outcome=words.label("outcome", code), value=level(code, value, words), points=words.label("points", code))
        for code, value in rule.worth_finding
        if code in codes
    ]
    places = {
        "treated": words.number(rule.fewest_treated, 0),
        "compared": words.number(rule.fewest_compared, 0),
        "permutation": words.number(rule.permutation_level, 2),
        "pretest": words.number(rule.pretest_level, 2),
        "breakdown": words.number(rule.least_breakdown, 1),
        "worth": "; ".join(worth),
        "share": words.percent(rule.disagreeing_share),
    }
    steps = [capital(words(f"rule.{name}", **places)) for name in STEPS]
    numbered = "\n".join(f"{place}. {step}" for place, step in enumerate(steps, start=1))
    numbers = {name: STEPS.index(name) + 1 for name in ("few", "fragile")}
    heading = words("rule.heading", breakdown=places["breakdown"], **numbers)
    return f"{heading}\n\n{numbered}\n\n{words('rule.disagree', **places)}"
