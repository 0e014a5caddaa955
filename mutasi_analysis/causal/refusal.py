"""What makes an effect impossible to estimate, as one error with a machine-readable reason."""

from __future__ import annotations

#: reason → what a caller may tell its reader; `NotEstimable.reason` is always one of these.
REASONS: tuple[str, ...] = (
    "missing_ids", "duplicate_rows", "cohort_varies", "cluster_varies", "bad_cohort", "one_period",
    "no_complete_units", "unsorted_units", "no_treated", "no_comparators", "no_matches",
    "constant_outcome",
)  # fmt: skip


class NotEstimable(ValueError):  # noqa: N818  (a verdict about the data, worded as one)
    """The data cannot answer the question; the sentence says why and `reason` (one of REASONS) says it to programs."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(reason, sentence)
        self.reason = reason
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
