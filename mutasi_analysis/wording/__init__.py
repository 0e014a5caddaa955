"""Words, numbers, dates and sentences in Indonesian and English, from one catalogue (parameters/wording/*.toml).

What needs pandas is imported when it is asked for: the overview of reports and the command line need words alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mutasi_analysis.wording.catalogue import LANGUAGES, catalogue
from mutasi_analysis.wording.words import Words, capital, plain

if TYPE_CHECKING:
    from mutasi_analysis.wording.answer import answer_sentences, question_text, verdicts
    from mutasi_analysis.wording.comparison import comparison_intro, pooled_sentences
    from mutasi_analysis.wording.competency import competency_paragraphs
    from mutasi_analysis.wording.findings import headline, outcome_paragraphs, performance_paragraphs, primary_verdict
    from mutasi_analysis.wording.process import process_paragraphs
    from mutasi_analysis.wording.steps import next_steps
    from mutasi_analysis.wording.workload import workload_paragraphs

_DOORS = {
    "answer_sentences": "answer",
    "question_text": "answer",
    "verdicts": "answer",
    "comparison_intro": "comparison",
    "pooled_sentences": "comparison",
    "competency_paragraphs": "competency",
    "headline": "findings",
    "outcome_paragraphs": "findings",
    "performance_paragraphs": "findings",
    "primary_verdict": "findings",
    "process_paragraphs": "process",
    "next_steps": "steps",
    "workload_paragraphs": "workload",
}

__all__ = [
    "LANGUAGES",
    "Words",
    "answer_sentences",
    "capital",
    "catalogue",
    "comparison_intro",
    "competency_paragraphs",
    "headline",
    "next_steps",
    "outcome_paragraphs",
    "performance_paragraphs",
    "plain",
    "pooled_sentences",
    "primary_verdict",
    "process_paragraphs",
    "question_text",
    "verdicts",
    "workload_paragraphs",
]


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module 'mutasi_analysis.wording' has no attribute {name!r}")
    return getattr(import_module(f"mutasi_analysis.wording.{_DOORS[name]}"), name)
