"""No share tells few persons: not by itself, nor as the sum of kinds of which some are hidden, nor by the totals of a grid."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from mutasi_analysis.disclosure import merged_kinds, sums_told
from mutasi_analysis.evaluation.result import Competency
from mutasi_analysis.evaluation.unions import without_open_unions
from mutasi_analysis.publish.results import masked_frame
from mutasi_analysis.tabulate.competency import coverage_table
from mutasi_analysis.tabulate.talent import assessments_table, qualification_changes_table, wishes_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.competency import coverage_sentence, hidden_ages, shown_reasons
from mutasi_analysis.wording.findings import naive_sentence
from mutasi_analysis.wording.talent import qualification_paragraph
from tests.attack import attack, deduction, pairs, region, shares
from tests.attack.outputs import Table
from tests.wording import invented

K, ID = 5, Words("id")
KINDS = ("exact", "narrow", "broad", "other", "unproven", "stop", "unknown")
FITTING = ("exact", "narrow")


def qualified(before: tuple[int, ...], after: tuple[int, ...]) -> Competency:
    """A section with these numbers of transfers by match, and the shares of those that fit."""
    n = sum(before)
    sides = (("before", before), ("after", after))
    rows = [[state, kind, count, count / n] for state, side in sides for kind, count in zip(KINDS, side, strict=True)]
    fitting = [sum(side[:2]) / n for side in (before, after)]
    changes = pd.DataFrame(
        [["all", "all", n, *fitting, 0.0, 0.9, 0.1]],
        columns=["grouping", "group", "n", "fitting_from", "fitting_to", "share_improved", "share_same", "share_lower"],
    )
    counts = pd.DataFrame(rows, columns=["state", "match", "n", "share"])
    return replace(invented.competency(), qualifications=counts, qualification_changes=changes)  # fmt: skip


#: Alak of the demonstration: 59 of 68 fit, 57 of them exactly, so 2 by the same narrow field; Ampenan: 68 − 56 fitting − 11 others is 1
ALAK = ((57, 2, 4, 5, 0, 0, 0), (51, 3, 4, 10, 0, 0, 0))
AMPENAN = ((56, 3, 4, 5, 0, 0, 0), (52, 4, 1, 11, 0, 0, 0))
LARGE = ((409, 29, 16, 91, 0, 0, 0), (395, 36, 12, 102, 0, 0, 0))


def hidden_kinds(section: Competency, state: str) -> dict[str, float | None]:
    saved = masked_frame("competency_qualifications", section.qualifications, K)[0]
    part = saved.loc[saved["state"] == state].set_index("match")["n"]
    return {str(kind): None if pd.isna(n) else float(n) for kind, n in part.items() if kind != "unknown"}


@pytest.mark.parametrize("counts", [ALAK, AMPENAN])
def test_the_share_of_two_kinds_together_is_not_told_where_it_gives_one_back(counts: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    opened = qualified(*counts)
    found = [
        shares.parts_of_union(hidden_kinds(opened, state), FITTING, 68, opened.qualification_changes[name].iloc[0], exact=False)
        for state, name in (("before", "fitting_from"), ("after", "fitting_to"))
    ]
    true = opened.qualifications.set_index(["state", "match"])["n"]
    assert any(found) and all(
        true[state, kind] == n for state, part in zip(("before", "after"), found, strict=True) for kind, n in part.items()
    )
    told = without_open_unions(opened, K)
    assert told.qualification_changes[["fitting_from", "fitting_to"]].isna().all(axis=None)
    table = qualification_changes_table(told.qualification_changes, ID, minimum_cell=K)
    assert not {"fitting_from", "fitting_to"} & set(table.frame.columns)
    text = qualification_paragraph(told, "x", ID, minimum_cell=K)
    before, after = (round(100 * side[0] / 68) for side in counts)
    assert f"tepat seperti yang disyaratkan jabatan pada {before}% mutasi di jabatan lama dan {after}% di jabatan baru" in text
    assert "serumpun dekat dengan" not in text


def test_it_is_told_where_every_kind_is_or_the_hidden_ones_stay_open() -> None:
    assert without_open_unions(qualified(*LARGE), K).qualification_changes["fitting_from"].iloc[0] == 438 / 545
    assert "80% mutasi" in qualification_paragraph(without_open_unions(qualified(*LARGE), K), "x", ID, minimum_cell=K)
    frame = pd.DataFrame({"kind": list("abcd"), "n": [3, 4, 3, 60]})
    sides = [frame["kind"].isin(["a", "b"]), frame["kind"].isin(["c", "d"])]
    assert not sums_told(frame, "n", K, (), sides)  # 3 and 4 leave 7 open; of 63 without the 60 that is shown, 3 are left
    assert sums_told(frame.assign(n=[3, 4, 9, 60]), "n", K, (), sides)


def test_no_share_of_kinds_together_gives_one_back_in_any_region(report: region.Report, processed: list[Table]) -> None:
    counts = deduction.rows_of(processed, "competency_qualifications")
    changes = [row for row in deduction.rows_of(processed, "competency_qualification_changes") if row["grouping"] == "all"]
    assert bool(counts) == bool(changes) == (report.truth.competency is not None)
    for state, name in (("before", "fitting_from"), ("after", "fitting_to")) if changes else ():
        kinds = {row["match"]: attack.number(row["n"]) for row in counts if row["state"] == state and row["match"] != "unknown"}
        share = attack.number(changes[0][name])
        if share is not None:
            assert shares.parts_of_union(kinds, FITTING, float(changes[0]["n"]), share, exact=True) == {}, state
        assert None in kinds.values() or share is not None, "nothing is hidden, yet the share is"


def test_no_sentence_and_no_table_tells_a_share_of_few(report: region.Report, notebook: list[Table], processed: list[Table]) -> None:
    told = list(pairs.told(report.folder))
    assert any(shares.told_shares(text) for text in told), "no share with its n is read at all"
    assert [(text, found) for text in told if (found := shares.few_in_sentence(text, K))] == []
    assert [found for table in (*notebook, *processed) for found in shares.few_in_table(table, K)] == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("bagian pegawai berpredikat Sangat Baik dari 3,0 menjadi 11,9 (+9,0; n = 67)", [("3,0", 67)]),
        ("share of employees rated Sangat Baik from 11.9 to 3.0 (n = 67)", [("3.0", 67)]),
        ("Dari 42 pegawai yang menjawab, 95% menyatakan siap.", [("95", 42)]),
        ("Dari 42 pegawai yang menjawab, 74% menyatakan siap.", []),
        ("Sebanyak 23% mutasi membawa pegawai ke bidang yang baru baginya (n = 47).", []),
        ("Kenaikan +2,1 poin (selang 95%: 0,9 sampai 5,1; n = 42).", []),
        ("Of the 42 employees who answered, 5% said so.", [("5", 42)]),
        ("Jadi program ini mencapai 98% dari perbaikan yang mungkin (n = 45).", []),
        ("Sebanyak 100% pegawai terbaca (n = 45).", []),
    ],
)
def test_the_attack_finds_such_sentences(sentence: str, found: list[tuple[str, int]]) -> None:
    assert shares.few_in_sentence(sentence, K) == found


def test_the_attack_finds_such_cells() -> None:
    table = Table("notebook", "survey", ("item", "n", "share_agree"), (("siap", "42", "95"), ("adil", "42", "74"), ("baru", "42", "*")))
    assert shares.few_in_table(table, K) == ["notebook survey siap / 42: share_agree 95 of 42"]
    ends = Table(
        "notebook", "survey", ("item", "n", "share_agree"), (("siap", "400", "< 1"), ("adil", "400", "> 99"), ("baru", "2000", "< 1"))
    )
    assert [found.split(":")[0] for found in shares.few_in_table(ends, K)] == ["notebook survey siap / 400", "notebook survey adil / 400"]
    saved = Table("processed", "x", ("n", "share"), (("60", "0.05"),))
    assert len(shares.few_in_table(saved, K)) == 1


def test_before_and_after_of_few_are_left_out_of_the_sentence_and_so_is_their_counterpart() -> None:
    columns = ["outcome", "n", "before", "after", "difference"]
    few = pd.DataFrame([["top_share", 67, 2 / 67, 8 / 67, 6 / 67]], columns=columns)
    assert shares.few_in_sentence(naive_sentence(few, ID), K) != []
    text = naive_sentence(few, ID, minimum_cell=K)
    assert shares.few_in_sentence(text, K) == [] and "3,0" not in text and "11,9" not in text and "+9,0" in text
    assert "dari 11,9 menjadi 17,9" in naive_sentence(few.assign(before=8 / 67, after=12 / 67), ID, minimum_cell=K)


def test_no_grid_of_kinds_and_years_comes_back_from_the_totals_of_kinds(report: region.Report, processed: list[Table]) -> None:
    assert report.truth.process is not None
    open_kinds = report.truth.process.kinds
    rows = deduction.rows_of(processed, "process_kinds")
    assert rows and sum(float(row["n"]) for row in rows) == open_kinds["n"].sum()
    assert not any(0 < float(row["n"]) < K for row in rows)
    for kind, total in open_kinds.groupby("move_kind")["n"].sum().items():
        cells = {row["year"]: attack.number(row["n"]) for row in rows if row["move_kind"] == kind}
        assert attack.by_subtraction(cells, float(total)) == {}, kind


@pytest.mark.parametrize(
    ("counts", "kinds"),
    [
        ({"a": (60, 60), "b": (12, 9), "c": (2, 4), "d": (5, 1)}, {"a", "b", "rest"}),
        ({"a": (60, 60), "b": (12, 9)}, {"a", "b"}),
        ({"a": (18, 20), "b": (2, 1), "c": (1, 1)}, {"all"}),
        ({"a": (3, 20)}, {"a"}),
        ({"a": (60, 60), "b": (12, 9), "c": (2, 20)}, {"a", "rest"}),
    ],
)
def test_kinds_are_merged_from_the_smallest_until_none_is_few(counts: dict[str, tuple[int, int]], kinds: set[str]) -> None:
    rows = [[2022 + place, kind, n] for kind, ns in counts.items() for place, n in enumerate(ns)]
    frame = pd.DataFrame(rows, columns=["year", "move_kind", "n"])
    merged = merged_kinds(frame, "year", "move_kind", "n", K)
    assert set(merged["move_kind"]) == kinds
    assert merged.groupby("year")["n"].sum().tolist() == frame.groupby("year")["n"].sum().tolist()
    assert kinds == {"a"} or not merged["n"].between(1, K - 1).any()


def judged(**reasons: int) -> Competency:
    """A section with these numbers of transfers by reason, the ages of assessments that follow, and a summary of those judged."""
    coverage = pd.DataFrame({"reason": list(reasons), "n": list(reasons.values())})
    ages = [
        ["moved", state, reasons.get(reason, 0)]
        for reason, state in (("used", "valid"), ("stale_assessment", "stale"), ("no_assessment", "none"))
    ]
    frame = pd.DataFrame(ages, columns=["group", "state", "n"]).assign(jpm_from=80.0, jpm_to=81.0, change=1.0)
    frame = frame.assign(share=frame["n"] / frame["n"].sum())
    section = invented.competency()
    return replace(section, coverage=coverage, assessments=frame, summary=section.summary.assign(n=reasons["used"]))


def test_a_reason_of_few_is_hidden_with_a_neighbour_wherever_it_is_counted() -> None:
    """45 judged, 14 not assessed, 9 out of date, 3 incomplete: with the 9 in the table of ages, 71 − 45 − 14 − 9 gave the 3 back."""
    section = judged(used=45, no_assessment=14, stale_assessment=9, incomplete_assessment=3)
    shown = shown_reasons(section.coverage, K)
    assert shown.dropna().to_dict() == {"used": 45} and shown.isna().sum() == 3  # 9 with its neighbour 14, whose sum a share tells
    table = coverage_table(section.coverage, ID, minimum_cell=K).frame
    ages = assessments_table(section.assessments, section.coverage, ID, minimum_cell=K).frame
    assert table.loc[table["n"].notna(), "n"].tolist() == [45]
    assert ages["n"].isna().tolist() == [False, True, True] == hidden_ages(section.assessments, section.coverage, K).tolist()
    text = coverage_sentence(section, ID, minimum_cell=K)
    assert text.startswith("Sebanyak 45 dari 71 mutasi dapat dinilai") and not set("39") & set(text[text.index(";") :])
    assert "sisanya" in text and "penilaiannya tidak lengkap" in text and "jabatannya tanpa standar" not in text


def test_the_reasons_are_those_that_there_are() -> None:
    text = coverage_sentence(judged(used=45, no_assessment=14, stale_assessment=9), ID, minimum_cell=K)
    assert text.endswith("; 14 belum dinilai sebelum pindah dan 9 penilaiannya sudah kedaluwarsa.") and "standar" not in text
    assert coverage_sentence(judged(used=45), ID, minimum_cell=K) == "Semua 45 mutasi dapat dinilai di kedua jabatan."
    english = coverage_sentence(judged(used=374, no_assessment=136, stale_assessment=35), Words("en"), minimum_cell=K)
    assert english.endswith("136 were not assessed before the move and 35 have an assessment that is out of date.")


WISHED = ["wish", "n", "met", "unmet", "share", "change_met", "change_unmet", "judged_met", "judged_unmet"]


def test_how_many_wished_is_told_as_in_the_checks_and_few_met_are_not() -> None:
    frame = pd.DataFrame([["unit", 80, 2, 78, 0.025, float("nan"), 1.0, 0, 50]], columns=WISHED)
    table = wishes_table(frame, ID, minimum_cell=K)
    assert table is not None and table.shown.iloc[0].tolist() == ["unit", "80", *["*"] * 6]  # nor that none of the two can be judged
    saved = masked_frame("competency_wishes", frame, K)[0].iloc[0]
    assert saved["n"] == 80 and saved[WISHED[2:]].isna().all()


@pytest.mark.parametrize(
    ("judged", "change", "told"),
    [(12, 1.5, ["+1,5", "12"]), (3, 9.0, ["*", "*"]), (22, 1.5, ["+1,5", "*"]), (0, float("nan"), ["–", "0"])],
)
def test_a_change_is_told_with_its_n_and_neither_of_few_nor_with_few_left(judged: int, change: float, told: list[str]) -> None:
    """25 met; of 3 judged no change is told, of 22 no n, which would leave 3; a dash is of nobody only."""
    frame = pd.DataFrame([["post", 25, 25, 0, 1.0, change, float("nan"), judged, 0]], columns=WISHED)
    table = wishes_table(frame, ID, minimum_cell=K)
    assert table is not None and table.shown.loc[0, ["change_met", "judged_met", "change_unmet"]].tolist() == [*told, "–"]
    saved = masked_frame("competency_wishes", frame, K)[0].iloc[0]
    assert saved[["change_met", "judged_met"]].isna().tolist() == [cell in "*–" for cell in told]
