"""The parts of the competency section beside the match: what was possible, qualification, talent map, deficits and training."""

from __future__ import annotations

from mutasi_analysis.blocks import Block
from mutasi_analysis.evaluation.result import Competency
from mutasi_analysis.figures.talent import gap_heatmap, nine_box
from mutasi_analysis.pages.heads import present, texts
from mutasi_analysis.tabulate import talent as tables
from mutasi_analysis.wording import Words
from mutasi_analysis.wording import talent as told


def match_blocks(section: Competency, words: Words, *, minimum_cell: int) -> tuple[Block, ...]:
    """What was possible and what the rule does; by unit, by rule, and assessments that are out of date."""
    k = minimum_cell
    return present(
        *texts((told.match_paragraph(section, words, minimum_cell=k),)),
        tables.match_units_table(section.units, words, minimum_cell=k),
        tables.rules_table(section.rules, words, minimum_cell=k) if len(section.rules) else None,
        tables.assessments_table(section.assessments, section.coverage, words, minimum_cell=k) if len(section.assessments) else None,
    )


def qualification_blocks(section: Competency, slug: str, words: Words, *, minimum_cell: int) -> tuple[Block, ...]:
    """Fields of study against the requirement, before and after."""
    k, known = minimum_cell, len(section.qualifications) > 0
    return present(
        *texts((told.qualification_paragraph(section, slug, words, minimum_cell=k),)),
        tables.qualification_table(section.qualifications, words, minimum_cell=k) if known else None,
        tables.qualification_changes_table(section.qualification_changes, words, minimum_cell=k) if known else None,
        tables.education_table(section.education, words, minimum_cell=k) if len(section.education) else None,
    )


def talent_blocks(section: Competency, words: Words, *, minimum_cell: int) -> tuple[Block, ...]:
    """The talent map with its check, and the professionalism index."""
    k = minimum_cell
    return present(
        *texts((told.talent_paragraph(section, words, minimum_cell=k),)),
        nine_box(section.boxes, words, minimum_cell=k),
        tables.box_check_table(section.box_check, words, minimum_cell=k),
        tables.professionalism_table(section.professionalism, words, minimum_cell=k) if len(section.professionalism) else None,
    )


def learning_blocks(section: Competency, words: Words, *, minimum_cell: int) -> tuple[Block, ...]:
    """Gaps by unit, the training that closes them, training before the move, wishes."""
    k = minimum_cell
    return present(
        *texts((told.learning_paragraph(section, words, minimum_cell=k),)),
        gap_heatmap(section.gaps, words, minimum_cell=k),
        tables.training_table(section.training, words, minimum_cell=k) if len(section.training) else None,
        tables.learning_table(section.learning, words, minimum_cell=k) if len(section.learning) else None,
        tables.wishes_table(section.wishes, words, minimum_cell=k),
    )
