"""Sentences on the match of persons and posts."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.disclosure import MATCH_SHARES, hidden_rows, hidden_shares
from mutasi_analysis.wording.numbers import is_missing
from mutasi_analysis.wording.rows import first_row
from mutasi_analysis.wording.shapes import CompetencyLike
from mutasi_analysis.wording.words import Words

JUDGED = "used"
KEPT = "kept"
#: the reasons that the table of the ages of assessments counts too, and how it calls them.
OF_ASSESSMENTS = {JUDGED: "valid", "stale_assessment": "stale", "no_assessment": "none"}
#: a change of the mean match below this many points is called "stayed".
HALF_A_POINT = 0.05


def overall(summary: pd.DataFrame) -> pd.Series | None:
    """The row of `summary` for all transfers; None where there is none or nobody was judged."""
    row = first_row(summary, "grouping", "all")
    return None if row is None or is_missing(row["change"]) else row


def fit_direction(row: pd.Series) -> str:
    """ "better" or "worse" where the interval of the mean change excludes zero, else "unsure"; "same" where none changed."""
    if is_missing(row["conf_low"]) or is_missing(row["conf_high"]):
        return "same" if row["n"] > 1 else "unsure"
    if float(row["conf_low"]) > 0:
        return "better"
    return "worse" if float(row["conf_high"]) < 0 else "unsure"


def fit_sentence(row: pd.Series, words: Words, aside: str = "") -> str:
    """The mean match to the old and the new post and its change with interval, in one sentence. aside: what to say of the transfers
    over which the mean is taken, in brackets."""
    change = float(row["change"])
    direction = "flat" if abs(change) < HALF_A_POINT else ("up" if change > 0 else "down")
    return words(
        "answer.fit",
        moves=f"{words.count(row['n'], 'move')} ({aside})" if aside else words.count(row["n"], "move"),
        direction=words(f"answer.{direction}"),
        before=words.number(row["jpm_from"]),
        after=words.number(row["jpm_to"]),
        change=words.signed(change),
        interval=words.interval(row["conf_low"], row["conf_high"]),
    )


def kept_sentence(section: CompetencyLike, words: Words, *, minimum_cell: int) -> str:
    """That the match could not change where the post stayed the same: in how many transfers, and how it changed in the others. Without
    numbers where one of both is few; empty where every post changed."""
    kept, changed = first_row(section.posts, "post", KEPT), first_row(section.posts, "post", "changed")
    if kept is None:
        return ""
    if changed is None:
        return words("answer.kept_all")
    if not _kept_told(section.posts, minimum_cell):
        return words("answer.kept_some")
    interval = words.interval(changed["conf_low"], changed["conf_high"])
    others = {"others": words.number(changed["n"], 0), "change": words.signed(changed["change"]), "interval": interval}
    return words("answer.kept", kept=words.number(kept["n"], 0), n=words.number(section.posts["n"].sum(), 0), **others)


def kept_clause(key: str, section: CompetencyLike, words: Words, *, minimum_cell: int) -> str:
    """The number of transfers whose post stayed the same, in the words of this key; empty where it may not be told, or is none."""
    kept = first_row(section.posts, "post", KEPT)
    if kept is None or not _kept_told(section.posts, minimum_cell):
        return ""
    return words(key, kept=words.number(kept["n"], 0), n=words.number(section.posts["n"].sum(), 0))


def _kept_told(posts: pd.DataFrame, minimum_cell: int) -> bool:
    """Whether it may be told how many kept their post: neither they nor the others are few."""
    return bool((posts["n"] >= minimum_cell).all())


def unsure_sentence(row: pd.Series, words: Words) -> str:
    """That the mean change may be none; empty where its interval excludes zero, and where nothing could change."""
    return words("answer.fit_sure") if fit_direction(row) == "unsure" else ""


def shares_sentence(summary: pd.DataFrame, words: Words, *, minimum_cell: int) -> str:
    """Which share of the transfers led to a better and to a worse fitting post; empty where the table of match hides it."""
    shown = summary.loc[~hidden_shares(summary, MATCH_SHARES, minimum_cell)]
    row = overall(shown)
    if row is None:
        return ""
    return words("answer.fit_shares", improved=words.percent(row["share_improved"]), lower=words.percent(row["share_lower"]))


def competency_paragraphs(section: CompetencyLike, words: Words, *, minimum_cell: int = 1) -> tuple[str, ...]:
    """The change of match; how many could be judged; the most frequent deficits; what match does not say."""
    row = overall(section.summary)
    told = row is not None and row["n"] >= minimum_cell
    first = []
    if row is not None and told:
        k = minimum_cell
        kept = kept_sentence(section, words, minimum_cell=k)
        parts = (fit_sentence(row, words), kept, unsure_sentence(row, words), shares_sentence(section.summary, words, minimum_cell=k))
        first = [text for text in parts if text]
    first += filter(None, [coverage_sentence(section, words, minimum_cell=minimum_cell)])
    second = [_deficits(told_deficits(section.deficits, minimum_cell), words), words("competency_text.status")]
    return " ".join(first), " ".join(text for text in second if text)


def shown_reasons(coverage: pd.DataFrame, k: int) -> pd.Series:
    """Reason → how many transfers, most first; NA where hidden. That of those judged stands elsewhere, and with it that of the others;
    a share of the assessments' ages gives the sum of what they count."""
    known = coverage.assign(assessed=coverage["reason"].isin(list(OF_ASSESSMENTS))).sort_values("n", ascending=False, kind="stable")
    hidden = hidden_rows(known, ["n"], k, ((), ("assessed",)), apart=known["reason"] != JUDGED)
    return pd.Series(known["n"].to_numpy(), index=known["reason"].to_numpy(), dtype="Int64").mask(hidden)


def hidden_ages(assessments: pd.DataFrame, coverage: pd.DataFrame, k: int) -> pd.Series:
    """Which rows of the ages of assessments (group state) count those moved whom `shown_reasons` hides."""
    shown = shown_reasons(coverage, k).rename(OF_ASSESSMENTS)
    return assessments["group"].eq("moved") & assessments["state"].isin(shown.index[shown.isna()])


def coverage_sentence(section: CompetencyLike, words: Words, *, minimum_cell: int) -> str:
    """How many transfers could be judged, and why the others could not; empty where either part is few."""
    row, total = overall(section.summary), int(section.coverage["n"].sum())
    judged = 0 if row is None else int(row["n"])
    if any(0 < n < minimum_cell for n in (judged, total - judged)):
        return ""
    places = {"n": words.number(judged, 0), "total": words.count(total, "move")}
    if judged == total:
        return words("competency_text.coverage_all", **places)
    shown = shown_reasons(section.coverage, minimum_cell).drop(JUDGED, errors="ignore")
    told = [words("competency_text.why", n=words.number(n, 0), why=words(f"why_not.{reason}")) for reason, n in shown.dropna().items()]
    few = [words(f"why_not.{reason}") for reason in shown.index[shown.isna()]]
    rest = [words("competency_text.why_rest" if told else "competency_text.why_all", why=f" {words('word.or')} ".join(few))] if few else []
    return words("competency_text.coverage", reasons=words.listing([*told, *rest]), **places)


def told_deficits(deficits: pd.DataFrame, k: int) -> pd.DataFrame:
    """The deficits whose share may be told: of k persons or more, who leave none or k or more of those asked for it."""
    left = deficits["n"] - deficits["n_deficit"]
    return deficits.loc[(deficits["n_deficit"] >= k) & ((left == 0) | (left >= k))]


def _deficits(deficits: pd.DataFrame, words: Words) -> str:
    worst = deficits.loc[deficits["share_deficit"] > 0].sort_values("share_deficit", ascending=False, kind="stable").head(3)
    items = [
        words("competency_text.deficit_item", competency=words.label("competency", code), share=words.percent(share))
        for code, share in zip(worst["competency"], worst["share_deficit"], strict=True)
    ]
    return words("competency_text.deficit", items=words.listing(items)) if items else ""
