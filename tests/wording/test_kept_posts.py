"""What is said of transfers that changed the unit and not the post, and of origins whose need is not known."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from mutasi_analysis.wording import Words, answer_sentences, competency_paragraphs, next_steps, workload_paragraphs
from mutasi_analysis.wording.answer import verdicts
from mutasi_analysis.wording.main_numbers import main_numbers
from mutasi_analysis.wording.pictures import match_words
from mutasi_analysis.wording.talent import learning_paragraph
from tests.wording import invented

ID, EN = Words("id"), Words("en")


def with_posts(kept: float | None, changed: float | None, **more: object) -> invented.Evaluation:
    rows = [["changed", changed, 7.4, -1.0, 15.8], ["kept", kept, 0.0, None, None]]
    posts = pd.DataFrame(rows, columns=["post", "n", "change", "conf_low", "conf_high"])
    section = dataclasses.replace(invented.competency(), posts=posts.loc[posts["n"].ne(0)], **more)
    return invented.evaluation(question="skills_fit", competency=section)


def section_text(evaluation: invented.Evaluation, words: Words) -> str:
    assert evaluation.competency is not None
    return " ".join(competency_paragraphs(evaluation.competency, words, minimum_cell=invented.K))


def number(evaluation: invented.Evaluation, words: Words) -> str:
    return next(n.change for n in main_numbers(evaluation, words) if n.label.startswith(words("number.fit")))


def test_how_many_kept_their_post_is_told_wherever_the_change_is() -> None:
    found = with_posts(31, 9)
    text = section_text(found, ID)
    assert "Pada 31 dari 40 mutasi itu jabatannya tetap dan hanya unitnya berganti, jadi kecocokannya tidak dapat berubah" in text
    assert "pada 9 yang jabatannya berganti, kecocokannya berubah +7,4 poin persen (selang 95%: −1,0 sampai 15,8)" in text
    assert "40 mutasi (31 di antaranya tetap di jabatan yang sama)" in answer_sentences(found, ID)[0]
    assert number(found, ID).endswith("; pada 31 dari 40 mutasi jabatannya tetap")
    assert "in the 9 whose post changed, the match changed by +7.4 percentage points" in section_text(found, EN)
    assert number(found, EN).endswith("; in 31 of 40 transfers the post stayed the same")


@pytest.mark.parametrize(("kept", "changed"), [(38, 2), (3, 37), (float("nan"), float("nan"))])
def test_few_on_either_side_and_numbers_hidden_before_are_told_without_numbers(kept: float, changed: float) -> None:
    found = with_posts(kept, changed)
    text = section_text(found, ID)
    assert "Pada sebagian mutasi itu jabatannya tetap" in text
    assert not any(said in text for said in ("dari 40", "38", "37", "+7,4"))
    assert "jabatan yang sama" not in answer_sentences(found, ID)[0] and "jabatannya tetap" not in number(found, ID)


def test_where_all_kept_their_post_nothing_is_uncertain_and_where_none_did_nothing_is_said() -> None:
    summary = invented.competency().summary.assign(change=0.0, conf_low=float("nan"), conf_high=float("nan"))
    found = with_posts(40, 0, summary=summary)
    text = section_text(found, ID)
    assert "Pada semua mutasi itu jabatannya tetap" in text and "memuat nol" not in text
    assert verdicts(found, ID)[0].label == "tidak berubah"
    assert match_words(summary.iloc[0], summary, ID, minimum_cell=invented.K).title == "Kecocokan tidak berubah pada satu mutasi pun"
    assert "jabatannya tetap" not in section_text(with_posts(0, 40), ID)


def test_pairs_are_counted_among_those_whose_origin_is_measured() -> None:
    def said(worse: list[bool | None], words: Words) -> list[str]:
        transfers = pd.concat([invented.workload().transfers] * 2, ignore_index=True).iloc[: len(worse)]
        section = dataclasses.replace(invented.workload(), transfers=transfers.assign(origin_worse=pd.array(worse, dtype="boolean")))
        texts = [*workload_paragraphs(section, words), *next_steps(invented.evaluation(workload=section), words)]
        return [text for text in texts if "asal" in text or "origin" in text]

    assert len(said([True, False, None], ID)) == 2  # in the section and among the steps
    assert all("1 dari 2 pasangan unit asal dan tujuan yang unit asalnya terukur" in text for text in said([True, False, None], ID))
    assert all("1 of 2 pairs of origin and destination whose origin is measured" in text for text in said([True, False, None], EN))
    assert all("1 dari 3 pasangan" in text and "terukur" not in text for text in said([True, False, False], ID))
    assert said([False, None], ID) == []


def test_shares_of_training_and_of_new_sectors_say_of_which_transfers_they_are() -> None:
    learning = pd.DataFrame({"state": ["unknown", "no_gap", "untrained", "trained"], "n": [15, 128, 96, 135]})
    careers = pd.DataFrame({"measure": ["new_sector"], "n": [46], "value": [0.24]})
    section = dataclasses.replace(invented.competency(), learning=learning, careers=careers)
    text = learning_paragraph(section, ID, minimum_cell=invented.K)
    assert text.startswith("Dari 231 mutasi yang jam pelatihannya tercatat")
    assert "n = 46, yang unit tujuan dan unit sebelumnya di dalam wilayah" in text
    assert ID.label("training_state", "unknown") == "jam pelatihan tidak tercatat"
