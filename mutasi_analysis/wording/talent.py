"""Sentences on qualification, what could have been, the talent map, training and wishes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from mutasi_analysis.disclosure import FITTING_SHARES, MATCH_SHARES, hidden_shares, mask_small
from mutasi_analysis.wording.competency import shown_reasons
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.words import Words, capital

TOP_BOXES = (7, 8, 9)


class TalentLike(Protocol):
    """The frames of `evaluation.result.Competency` beside the match itself."""

    @property
    def coverage(self) -> pd.DataFrame: ...
    @property
    def possible(self) -> pd.DataFrame: ...
    @property
    def rules(self) -> pd.DataFrame: ...
    @property
    def education(self) -> pd.DataFrame: ...
    @property
    def proposals(self) -> pd.DataFrame: ...
    @property
    def qualifications(self) -> pd.DataFrame: ...
    @property
    def qualification_changes(self) -> pd.DataFrame: ...
    @property
    def boxes(self) -> pd.DataFrame: ...
    @property
    def box_check(self) -> pd.DataFrame: ...
    @property
    def professionalism(self) -> pd.DataFrame: ...
    @property
    def assessments(self) -> pd.DataFrame: ...
    @property
    def learning(self) -> pd.DataFrame: ...
    @property
    def careers(self) -> pd.DataFrame: ...
    @property
    def wishes(self) -> pd.DataFrame: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A number of persons that may be told: large enough by itself and in what it leaves of its total."""

    k: int

    def __call__(self, n: Any, total: Any = None) -> bool:
        rest = self.k if total is None else float(total) - float(n)
        return not is_missing(n) and float(n) >= self.k and (rest == 0 or rest >= self.k)


def match_paragraph(section: TalentLike, words: Words, *, minimum_cell: int) -> str:
    """What was possible, what the rule of match does to the number, and what stands apart because it is out of date."""
    told = Told(minimum_cell)
    return _joined(
        possible_sentence(section.possible, words, told), _rules(section.rules, words, told), _stale(section.coverage, words, told)
    )


def qualification_paragraph(section: TalentLike, slug: str, words: Words, *, minimum_cell: int) -> str:
    """Fields of study before and after, stops, and how much of the education could be read."""
    told = Told(minimum_cell)
    return _joined(
        _fields(section, words, told),
        _stops(section.qualifications, words, told),
        _coded(section.education, words, told),
        words("talent_text.propose", n=words.number(section.proposals["text"].nunique(), 0), slug=slug) if len(section.proposals) else "",
    )


def talent_paragraph(section: TalentLike, words: Words, *, minimum_cell: int) -> str:
    """Talent map, supplied boxes, professionalism index."""
    told = Told(minimum_cell)
    return _joined(*_boxes(section, words, told), _index(section.professionalism, words, told))


def learning_paragraph(section: TalentLike, words: Words, *, minimum_cell: int) -> str:
    """Training before the move, new sectors, wishes."""
    told = Told(minimum_cell)
    return _joined(_untrained(section.learning, words, told), _sector(section.careers, words, told), _wishes(section.wishes, words, told))


def possible_sentence(possible: pd.DataFrame, words: Words, told: Told) -> str:
    """Which share of the possible improvement of the match came about; empty for fewer transfers than may be told."""
    if possible.empty or not told(possible["n"].iloc[0]):
        return ""
    row = possible.iloc[0]
    if row["reason"] != "ok":
        return words("talent_text.nothing_possible", n=words.number(row["n"], 0)) if row["reason"] == "nothing_possible" else ""
    sides = {name: words.number(row[name]) for name in ("before", "realised", "best")}
    return words("talent_text.possible", share=words.percent(row["share"]), n=words.number(row["n"], 0), **sides)


def _joined(*sentences: str) -> str:
    return " ".join(capital(sentence) for sentence in sentences if sentence)


def _rules(rules: pd.DataFrame, words: Words, told: Told) -> str:
    by_rule = rules.set_index("rule")
    if by_rule.empty or not told(by_rule["n"].iloc[0]):
        return ""
    ratio, capped = by_rule.loc["ratio_of_sums"], by_rule.loc["capped"]
    text = words("talent_text.rules", ratio=words.number(ratio["jpm_to"]), capped=words.number(capped["jpm_to"]))
    hidden = words("talent_text.rules_hidden", n=words.number(ratio["n_hidden"], 0)) if told(ratio["n_hidden"], ratio["n"]) else ""
    return f"{text} {hidden}".strip()


def _stale(coverage: pd.DataFrame, words: Words, told: Told) -> str:
    n = shown_reasons(coverage, told.k).get("stale_assessment")
    return words("talent_text.stale", n=words.number(n, 0)) if told(n) else ""


def fitting_shares(changes: pd.DataFrame, k: int) -> tuple[float, float, int] | None:
    """Shares of the transfers whose field fits the old and the new post, and of how many; None where they may not be told."""
    known = changes.loc[changes[list(FITTING_SHARES)].notna().all(axis="columns")]
    shown = known.loc[~hidden_shares(known, FITTING_SHARES, k)]
    row = shown.loc[shown["grouping"] == "all"]
    if row.empty:
        return None
    return float(row["fitting_from"].iloc[0]), float(row["fitting_to"].iloc[0]), int(row["n"].iloc[0])


def field_clause(changes: pd.DataFrame, match: pd.Series, words: Words, *, minimum_cell: int) -> str:
    """What became of the field of study, where the mean match of competencies (a row of the summary) went the other way; else empty, as
    where a share is of few."""
    fitting, told = fitting_shares(changes, minimum_cell), changes.loc[~hidden_shares(changes, MATCH_SHARES, minimum_cell)]
    row = told.loc[told["grouping"] == "all"]
    if fitting is None or row.empty or is_missing(match["change"]):
        return ""
    before, after, _ = fitting
    improved, lower = (float(row[name].iloc[0]) for name in ("share_improved", "share_lower"))
    if (lower - improved) * float(match["change"]) <= 0:
        return ""
    places = {"before": before, "after": after, "improved": improved, "lower": lower}
    return words("answer.field", **{name: words.percent(share) for name, share in places.items()})


def _fields(section: TalentLike, words: Words, told: Told) -> str:
    """Which share fits before and after; where the same narrow field may not be added to the required one, that one alone."""
    fitting = fitting_shares(section.qualification_changes, told.k)
    if fitting is not None:
        before, after, n = fitting
        return words("talent_text.fields", before=words.percent(before), after=words.percent(after), n=words.number(n, 0))
    counts = section.qualifications
    shown = mask_small(counts, ("n",), ("share",), told.k, within=("state",)).frame if len(counts) else counts
    sides = [_cell(shown, {"state": state, "match": "exact"}, "share") for state in ("before", "after")]
    if any(is_missing(share) for share in sides):
        return ""
    total = words.number(counts.loc[counts["state"] == "before", "n"].sum(), 0)
    return words("talent_text.fields_exact", before=words.percent(sides[0]), after=words.percent(sides[1]), n=total)


def _stops(qualifications: pd.DataFrame, words: Words, told: Told) -> str:
    n = _cell(qualifications, {"state": "after", "match": "stop"}, "n")
    return words("talent_text.stops", n=words.number(n, 0)) if told(n) else ""


def _coded(education: pd.DataFrame, words: Words, told: Told) -> str:
    if education.empty or not told(education["n"].sum()):
        return ""
    shown = mask_small(education, ("n",), (), told.k, within=()).frame.set_index("how")["n"]
    if shown[["rule", "confirmed"]].isna().any():
        return ""
    share = education.set_index("how")["share"]
    key = "talent_text.confirmed" if share["confirmed"] > 0 else "talent_text.coded"
    text = words(key, **{how: words.percent(share[how]) for how in ("rule", "confirmed") if how == "rule" or share[how] > 0})
    rest = float(share[["proposal", "none", "blank"]].sum())
    return f"{text} {words('talent_text.uncoded', share=words.percent(rest))}" if rest > 0 else text


def _boxes(section: TalentLike, words: Words, told: Told) -> tuple[str, ...]:
    total = section.boxes["n"].sum()
    top = section.boxes.loc[section.boxes["box"].isin(TOP_BOXES), "n"].sum()
    if not told(total) or not told(top, total):
        return ()
    share = top_share(shown_boxes(section.boxes, told.k), float(total), words)
    texts = [words("talent_text.boxes", n=words.number(total, 0), top=share)]
    return (*texts, _differences(section.box_check, words, told)) if len(section.box_check) else tuple(texts)


def _differences(check: pd.DataFrame, words: Words, told: Told) -> str:
    """How many supplied boxes differ, and where to read which; where every kind of difference is of few, that it is not shown."""
    wrong = check["n"].sum()
    n = words.number(wrong, 0) if told(wrong) else words("word.fewer_of", k=told.k)
    key = "box_differences_few" if shown_differences(check, told.k).isna().all() else "box_differences"
    return words(f"talent_text.{key}", n=n)


def shown_differences(check: pd.DataFrame, k: int) -> pd.Series:
    """The number of employees of each difference between supplied and recomputed box; NA where hidden."""
    n: pd.Series = mask_small(check.assign(n=check["n"].astype("Int64")), ("n",), (), k, within=()).frame["n"]
    return n


def shown_boxes(boxes: pd.DataFrame, k: int) -> pd.DataFrame:
    """The boxes with n hidden where it is small, or would give a small one back."""
    return mask_small(boxes.assign(n=boxes["n"].astype("Int64")), ("n",), (), k, within=()).frame


def top_share(shown: pd.DataFrame, total: float, words: Words) -> str:
    """Share of the boxes 7 to 9; where one of them is hidden, what those shown reach: in percent, the whole share would give it back."""
    best = shown.loc[shown["box"].isin(TOP_BOXES), "n"]
    known = float(best.sum()) / total
    return words("word.more_than", share=words.percent(math.floor(100 * known) / 100)) if best.isna().any() else words.percent(known)


def _index(table: pd.DataFrame, words: Words, told: Told) -> str:
    if table.empty:
        return ""
    total = table.loc[table["dimension"] == "total"].iloc[0]
    if told(total["n"]):
        return words("talent_text.index", value=words.number(total["mean_points"]), n=words.number(total["n"], 0))
    lacking = table.loc[(table["state"] == "missing") & (table["dimension"] != "total"), "dimension"]
    names = words.listing([words.label("dimension", name) for name in lacking])
    return words("talent_text.index_missing", dimensions=names) if len(lacking) else ""


def _untrained(learning: pd.DataFrame, words: Words, told: Told) -> str:
    if learning.empty:
        return ""
    gap = mask_small(learning, ("n",), (), told.k, within=()).frame.set_index("state")["n"].reindex(["trained", "untrained"])
    total = gap.sum()
    if gap.isna().any() or not told(total) or not told(gap["untrained"], total):
        return ""
    return words("talent_text.untrained", n=words.number(total, 0), share=words.percent(gap["untrained"] / total))


def _sector(careers: pd.DataFrame, words: Words, told: Told) -> str:
    row = careers.loc[careers["measure"] == "new_sector"]
    if row.empty or not told(round(row["n"].iloc[0] * (row["value"].iloc[0] if row["n"].iloc[0] else 0)), row["n"].iloc[0]):
        return ""
    return words("talent_text.sector", share=words.percent(row["value"].iloc[0]), n=words.number(row["n"].iloc[0], 0))


def _wishes(wishes: pd.DataFrame, words: Words, told: Told) -> str:
    row = wishes.loc[wishes["wish"] == "unit"]
    if row.empty or not told(row["met"].iloc[0], row["n"].iloc[0]):
        return ""
    return words("talent_text.wishes", share=words.percent(row["share"].iloc[0]), n=words.number(row["n"].iloc[0], 0))


def _cell(frame: pd.DataFrame, where: dict[str, str], column: str) -> Any:
    rows = frame
    for name, value in where.items():
        rows = rows.loc[rows[name] == value]
    return rows[column].iloc[0] if len(rows) else None
