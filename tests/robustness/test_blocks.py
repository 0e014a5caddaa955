"""Pictures, tables and pages of the robustness part: masks, no claim without a found verdict, no code names."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd
import pytest

from mutasi_analysis import pages
from mutasi_analysis.blocks import Picture, Prose, TableBlock
from mutasi_analysis.evaluation.result import Evaluation
from mutasi_analysis.figures.robustness import doses, estimator_rows, estimators
from mutasi_analysis.tabulate.robustness import dose_levels, dose_table, exact_table
from mutasi_analysis.wording import Words
from tests.robustness import frames
from tests.wording import invented
from tests.wording.test_catalogue import CAUSAL

ID = Words("id")
#: names of tables and of files of the project, which clerks type and therefore read.
NAMES = re.compile(r"unit_kerja|beban_kerja|standar_kompetensi|data/\S+")


def blocks(evaluation: Evaluation, words: Words) -> list[Any]:
    return [block for part in (pages.performance, pages.service, pages.methods) for block in part(evaluation, words)]


def rendered(evaluation: Evaluation, words: Words) -> str:
    """Every text of the three parts, as a reader sees it."""
    found = []
    for block in blocks(evaluation, words):
        if isinstance(block, Prose):
            found.append(block.markdown)
            continue
        if isinstance(block, Picture):
            found += [block.title, block.caption, block.alt]
        table = block.table if isinstance(block, Picture) else block
        if isinstance(table, TableBlock) and table.key != "norms":
            found += [table.caption, table.note, *(f"{c.label} {c.unit}" for c in table.columns)]
            found += [str(cell) for row in table.shown.to_numpy().tolist() for cell in row]
    return "\n".join(found)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", ["not_found", "cannot_tell"])
def test_without_a_found_verdict_nothing_claims_one(kind: str, language: str) -> None:
    assert not CAUSAL.search(rendered(frames.evaluation(kind), Words(language)))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", ["found", "cannot_tell"])
def test_no_code_name_and_no_missing_word_is_shown(kind: str, language: str) -> None:
    text = NAMES.sub("", rendered(frames.evaluation(kind), Words(language)))
    assert re.findall(r"\b[a-z]+_[a-z_]+\b", text) == []
    assert not re.search(r"\bnan\b|\binf\b|\{", text)


@pytest.mark.parametrize("language", ["id", "en"])
def test_long_tables_are_folded_and_keys_are_unique(language: str) -> None:
    found = blocks(frames.evaluation(), Words(language))
    tables = [block for block in found if isinstance(block, TableBlock)]
    assert all(table.folded for table in tables if table.key.split("_")[0] in ("matched", "pseudo", "exact", "spillover", "bacon"))
    assert {"matched_output_percent", "exact", "spillover", "bacon_output_percent"} <= {table.key for table in tables}
    assert len({block.key for block in found if not isinstance(block, Prose)}) == sum(not isinstance(block, Prose) for block in found)


def test_headline_first_and_no_evidence_last() -> None:
    section = invented.performance("found")
    verdict = section.verdicts.iloc[0]
    rows = estimator_rows(frames.estimators(), section.naive, verdict, minimum_cell=5)
    assert list(rows["role"]) == ["headline", "check", "check", "check", "naive", "naive"]
    assert rows["method"].iloc[-1] == "before_after"
    assert rows["estimate"].iloc[-1] == 7.5  # invented.naive


def test_what_gives_the_number_of_another_is_tabled_and_said_but_not_drawn() -> None:
    verdict, naive = pd.Series(invented.verdict("output_percent", "found")), invented.performance("found").naive
    rows = frames.estimators()
    alike = [rows.iloc[[0]].assign(method="callaway_santanna/notyettreated", role="same_headline"),
             rows.iloc[[1]].assign(method="extended_twfe", role="same_check")]  # fmt: skip
    plain = estimators(rows, naive, verdict, ID, minimum_cell=5, few=False)
    doubled = estimators(pd.concat([rows, *alike], ignore_index=True), naive, verdict, ID, minimum_cell=5, few=False)
    assert plain is not None and doubled is not None and plain.table is not None and doubled.table is not None
    assert (doubled.title, doubled.alt) == (plain.title, plain.alt) and doubled.image("svg") == plain.image("svg")
    assert doubled.title.startswith("Capaian hasil kerja: 3 cara hitung lain")
    assert ID.label("estimator", "extended_twfe") in doubled.caption and ID.label("estimator", "extended_twfe") not in plain.caption
    assert len(doubled.table.shown) == len(plain.table.shown) + 2


def test_the_headline_s_smallest_difference_is_that_of_its_verdict() -> None:
    section = invented.service("cannot_tell")
    verdict = section.verdicts.iloc[0].copy()
    verdict["mde"] = 7.3
    picture = estimators(frames.estimators("ikm"), section.naive, verdict, ID, minimum_cell=5, few=True)
    assert picture is not None and picture.table is not None
    assert picture.table.shown["mde"].tolist()[:2] == ["7,3", "1,4"]  # a check: 2.8 errors of a half (Bloom 1995)


def test_the_headline_bears_the_interval_of_its_verdict_and_an_open_one_is_drawn() -> None:
    section = invented.service("cannot_tell")
    verdict = section.verdicts.iloc[0].copy()
    verdict["conf_low"], verdict["conf_high"] = -math.inf, math.inf
    picture = estimators(frames.estimators("ikm"), section.naive, verdict, ID, minimum_cell=5, few=True)
    assert picture is not None and picture.table is not None
    assert picture.table.shown["interval"].iloc[0].startswith("tanpa")
    again = estimators(frames.estimators("ikm"), section.naive, verdict, ID, minimum_cell=5, few=True)
    assert again is not None
    assert picture.image("svg") == again.image("svg")


def test_small_groups_are_neither_drawn_nor_tabled() -> None:
    levels = dose_levels(frames.dose(), "output_percent", minimum_cell=5)
    hidden = levels.loc[levels["n"].isna(), "level"]
    assert set(hidden) == {"sanksi", "demosi"}  # 3 persons; with 7 more, or 120 − 90 − 20 − 7 would give them away
    table = dose_table(levels, ID, minimum_cell=5)
    assert (table.shown.loc[table.shown["n"] == "*", ["estimate", "interval", "mde"]] == "*").all().all()
    assert "9,0" not in str(table.payload())
    picture = doses(frames.dose(), pd.Series(invented.verdict("output_percent", "found")), ID, minimum_cell=5)
    assert picture is not None
    assert "sanksi" not in picture.alt


def test_a_group_that_came_hidden_takes_a_neighbour_with_it() -> None:
    came = frames.dose()
    came.loc[came["level"] == "sanksi", ["n", "estimate", "std_error", "conf_low", "conf_high", "p_value"]] = math.nan
    levels = dose_levels(came, "output_percent", minimum_cell=5)
    assert set(levels.loc[levels["n"].isna(), "level"]) == {"sanksi", "demosi"}


def test_every_estimate_has_the_smallest_difference_that_could_show() -> None:
    verdict = pd.Series(invented.verdict("output_percent", "found"))
    picture = estimators(frames.estimators(), invented.naive("ikm"), verdict, ID, minimum_cell=5, few=False)
    assert picture is not None and picture.table is not None
    # standard error 0.5: (1.959964 + 0.841621) × 0.5 = 1.4
    assert set(picture.table.shown["mde"]) == {"1,4"}


def test_nothing_is_drawn_without_checks_or_groups() -> None:
    verdict = pd.Series(invented.verdict("output_percent", "found"))
    only = frames.estimators(checks=())
    assert estimators(only, invented.naive("output_percent"), verdict, ID, minimum_cell=5, few=False) is None
    assert doses(frames.dose().iloc[:1], verdict, ID, minimum_cell=5) is None
    assert exact_table(frames.exact().iloc[:0], ID) is None


def test_estimates_of_few_persons_are_left_out() -> None:
    verdict = pd.Series(invented.verdict("output_percent", "found"))
    few = frames.estimators().assign(n_units=4)
    assert estimators(few, invented.naive("ikm"), verdict, ID, minimum_cell=5, few=False) is None
