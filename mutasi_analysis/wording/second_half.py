"""What the regions' questions ask besides the first thing: why, learning results, schools and health centres, preparation.

Each is one sentence from what the evaluation knows, or one that says that it is not answered. Nothing is guessed.
"""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.disclosure import levelled_units
from mutasi_analysis.wording.findings import PRETEST_LEVEL, primary_verdict, verdict_label, verdict_sentence
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.outcomes import difference, estimated, is_better
from mutasi_analysis.wording.robustness_doses import dose_tests
from mutasi_analysis.wording.rows import first_row
from mutasi_analysis.wording.shapes import EvaluationLike
from mutasi_analysis.wording.words import Words

LEARNING = "hasil_belajar"
#: kinds of units that are told apart from all, and of how many units such a sum is told: of fewer, trying head counts would give
#: away how many persons a unit had without its few transfers
KINDS = ("sekolah", "puskesmas")
ENOUGH = 10
STATES = ("before", "without", "after")


def why_sentence(evaluation: EvaluationLike, words: Words) -> str:
    """What is known of the performance of those moved, and that the reasons in a unit cannot be seen from it."""
    row = primary_verdict(evaluation.performance, evaluation.declared)
    if row is None or is_missing(row["estimate"]):
        return words("answer.why_absent")
    code = str(row["outcome"])
    estimate, interval = estimated(row, words)
    return words(
        "answer.why",
        outcome=words.label("outcome", code),
        label=verdict_label(row, words),
        estimate=estimate,
        points=words.label("points", code),
        interval=interval,
    )


def learning_sentence(evaluation: EvaluationLike, words: Words) -> str:
    """The verdict on learning results of schools."""
    row = learning_row(evaluation)
    return words("answer.learning_absent") if row is None else verdict_sentence(row, words)


def learning_row(evaluation: EvaluationLike) -> pd.Series | None:
    """The row of verdicts on learning results; None where they were not measured."""
    verdicts = None if evaluation.service is None else evaluation.service.verdicts
    return None if verdicts is None else first_row(verdicts, "outcome", LEARNING)


def kinds_sentence(evaluation: EvaluationLike, words: Words) -> str:
    """Shortages and surpluses of schools and of health centres after and without the transfers, hidden units with their mean staff."""
    if evaluation.workload is None:
        return ""
    sums = kinds_imbalance(evaluation.workload.units, evaluation.minimum_cell)
    items = [
        words(
            "answer.kind", kind=words(f"answer.kind_{row['kind']}"), after=words.number(row["after"]), without=words.number(row["without"])
        )
        for _, row in sums.iterrows()
    ]
    return words("answer.kinds", items=words.listing(items)) if items else ""


def kinds_imbalance(units: pd.DataFrame, minimum_cell: int) -> pd.DataFrame:
    """Shortages and surpluses in persons (rounded as told) of the kinds that are told: kind n_units before without after. Empty where
    a kind, or the units of no told kind, are fewer than ENOUGH."""
    known = levelled_units(units, minimum_cell)
    rows: list[tuple[str, int, float, float, float]] = []
    for kind in KINDS:
        part = known.loc[known["unit_kind"] == kind]
        if len(part) >= ENOUGH:
            before, without, after = (round(float(part[f"gap_{s}"].astype("float64").abs().sum()), 1) for s in STATES)
            rows.append((kind, len(part), before, without, after))
    left = len(known) - sum(row[1] for row in rows)
    return pd.DataFrame(rows if left == 0 or left >= ENOUGH else [], columns=["kind", "n_units", *STATES])


def _with_and_without(dose: pd.DataFrame, factor: str) -> tuple[str, pd.Series, float] | None:
    """Outcome, estimates of those with and without a preparation (yes, no), and the p-value that these differ, corrected for how many
    distinctions were tested; None where that is not known."""
    group = dose.loc[(dose["factor"] == factor) & (dose["kind"] == "group") & dose["estimate"].notna()]
    if not {"yes", "no"} <= set(group["level"]):
        return None
    code = str(group["outcome"].iloc[0])
    tests = dose_tests(dose, code, minimum_cell=1)
    p_value = tests.loc[(tests["factor"] == factor) & (tests["kind"] == "equal"), "p_corrected"].dropna()
    own = group.loc[group["outcome"] == code].set_index("level")["estimate"].astype("float64")
    return None if p_value.empty else (code, own, float(p_value.iloc[0]))


def gained(dose: pd.DataFrame, factor: str) -> bool | None:
    """Whether those with the preparation ("trained", "socialised") clearly did better than those without it; None where that was not
    tested."""
    found = _with_and_without(dose, factor)
    return None if found is None else found[2] < PRETEST_LEVEL and bool(is_better(found[0], found[1]["yes"] - found[1]["no"]))


def prepared_sentence(evaluation: EvaluationLike, words: Words) -> str:
    """What those trained before the move gained against those who were not, as far as performance tells it."""
    if evaluation.performance is None:
        return words("answer.prepared_absent")
    found = _with_and_without(evaluation.performance.dose, "trained")
    if found is None:
        return words("answer.prepared_absent")
    code, estimate, p = found
    return words(
        "answer.prepared",
        outcome=words.label("outcome", code),
        points=words.label("points", code),
        yes=difference(code, estimate["yes"], words),
        no=difference(code, estimate["no"], words),
        sure=words("answer.prepared_apart" if p < PRETEST_LEVEL else "answer.prepared_unsure", p=words.probability(p)),
    )
