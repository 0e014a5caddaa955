"""Words, numbers, dates and sentences in Indonesian and English, from one catalogue (parameters/wording/*.toml)."""

from mutasi_analysis.wording.answer import answer_sentences, question_text, verdicts
from mutasi_analysis.wording.catalogue import LANGUAGES, catalogue
from mutasi_analysis.wording.comparison import comparison_intro, pooled_sentences
from mutasi_analysis.wording.competency import competency_paragraphs
from mutasi_analysis.wording.findings import headline, outcome_paragraphs, performance_paragraphs, primary_verdict
from mutasi_analysis.wording.process import process_paragraphs
from mutasi_analysis.wording.steps import next_steps
from mutasi_analysis.wording.words import Words, capital, plain
from mutasi_analysis.wording.workload import workload_paragraphs

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
