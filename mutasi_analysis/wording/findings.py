"""Sentences on outcomes: what was found and how sure; what a plain before/after says, and why it is no evidence."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mutasi_analysis.wording.numbers import is_missing, rounds_apart
from mutasi_analysis.wording.outcomes import difference, estimated, is_better, level, outcome, outlasts_line, shown, span, tells_few
from mutasi_analysis.wording.rows import first_row
from mutasi_analysis.wording.shapes import EvaluationLike, OutcomesLike, RatingsLike
from mutasi_analysis.wording.words import Words, capital, joined

PRETEST_LEVEL = 0.05
#: where a section has no declared outcome: what says most comes first.
TELLING = ("output_percent", "ikm", "hari_pengaduan")
#: reasons for which it helps to say how large a difference would have shown.
TOO_LITTLE = ("too_few", "underpowered")


def primary_verdict(section: OutcomesLike | None, declared: tuple[str, ...]) -> pd.Series | None:
    """The verdict of the first declared outcome that the section has, else of its most telling one; None without any."""
    if section is None or section.verdicts.empty:
        return None
    places = {str(code): place for place, code in enumerate(section.verdicts["outcome"])}
    order = [*declared, *TELLING, *places]
    return section.verdicts.iloc[next(places[code] for code in order if code in places)]


def verdict_sentence(row: pd.Series, words: Words) -> str:
    """One row of `verdicts` in one sentence. Only "found" speaks of an effect."""
    code = str(row["outcome"])
    verdict = str(row["verdict"])
    estimate, interval = estimated(row, words)
    places: dict[str, Any] = {
        "outcome": words.label("outcome", code),
        "points": words.label("points", code),
        "estimate": estimate,
        "interval": interval,
        "mde": level(code, row["mde"], words),
        "counts": counts(row, words),
        "peers": words("finding.peers_units" if outcome(code).of_units else "finding.peers_persons"),
    }
    if verdict == "found":
        better = is_better(code, float(row["estimate"]))
        return joined(words("finding.found_up" if better else "finding.found_down", **places), small_clause(row, words))
    if verdict == "not_found":
        return words("finding.not_found", **places)
    if verdict == "disagree":
        return words("finding.disagree", **places)
    return words("finding.cannot_tell", reason=reason(row["reason"], words), outcome=places["outcome"])


def verdict_code(row: pd.Series) -> str:
    """The verdict of a row, with its direction where an effect was found: found_better, found_worse."""
    code = str(row["verdict"])
    if code != "found":
        return code
    return "found_better" if is_better(str(row["outcome"]), float(row["estimate"])) else "found_worse"


def smallness(row: pd.Series) -> str:
    """How a found effect stands, as it is printed, to what would matter: "all" (its whole interval is smaller), "estimate" (the
    estimate is, the interval reaches it), else ""."""
    code, worth = str(row["outcome"]), row.get("worth")
    if str(row["verdict"]) != "found" or is_missing(worth):
        return ""
    values = (worth, *(row[name] for name in ("estimate", "conf_low", "conf_high")))
    least, estimate, low, high = (round(abs(shown(code, value)), outcome(code).digits) for value in values)
    if not estimate < least:
        return ""
    return "all" if low < least and high < least else "estimate"


def small_clause(row: pd.Series, words: Words) -> str:
    """That a found effect is smaller than what would matter; empty where it is not."""
    kind = smallness(row)
    return words(f"finding.small_{kind}", **_worth(row, words)) if kind else ""


def _worth(row: pd.Series, words: Words) -> dict[str, str]:
    code = str(row["outcome"])
    return {"worth": level(code, row["worth"], words), "points": words.label("points", code)}


def verdict_label(row: pd.Series, words: Words) -> str:
    """The verdict in a few words, and that a found effect is smaller than what would matter."""
    label = words.label("box", verdict_code(row))
    return words("box.small", label=label, **_worth(row, words)) if smallness(row) else label


def counts(row: pd.Series, words: Words) -> str:
    """How many were moved and compared, as persons or as service units, and how many of the units compared lost staff."""
    key = "finding.counts_units" if outcome(str(row["outcome"])).of_units else "finding.counts_persons"
    text = words(key, n_moved=words.number(row["n_moved"], 0), n_compared=words.number(row["n_compared"], 0))
    lost = row.get("n_losing")
    if is_missing(lost) or lost == 0:
        return text
    key = "finding.counts_losing_all" if lost == row["n_compared"] else "finding.counts_losing"
    return words(key, counts=text, lost=words.number(lost, 0))


def losers_sentence(verdict: pd.Series, spillover: pd.DataFrame | None, words: Words) -> str:
    """What the comparison units that lost staff themselves may have made of a verdict: where all did, or where most did and these
    changed clearly, the other way from what was found, or any way where nothing was found. Else empty."""
    lost, compared, kind = verdict.get("n_losing"), float(verdict["n_compared"]), str(verdict["verdict"])
    if is_missing(lost) or kind not in ("found", "not_found") or 2 * float(str(lost)) <= compared:
        return ""
    code, found = str(verdict["outcome"]), kind == "found"
    places = {"outcome": words.label("outcome", code), "points": words.label("points", code)}
    better = is_better(code, float(verdict["estimate"]))
    if lost == compared:
        return words(f"finding.losers_all_{verdict_code(verdict) if found else kind}", **places)
    rows = spillover.loc[spillover["outcome"] == code] if spillover is not None else pd.DataFrame()
    clear = [row for _, row in rows.iterrows() if row["conf_low"] > 0 or row["conf_high"] < 0]
    if not clear or (found and is_better(code, float(clear[0]["estimate"])) == better):
        return ""
    places["estimate"] = estimated(verdict if found else clear[0], words)[0]
    return words(f"finding.losers_part_{verdict_code(verdict)}" if found else "finding.losers_masked", **places)


def smallest_sentence(row: pd.Series, words: Words) -> str:
    """How large a difference would have shown; empty but for a verdict that is open because the data are too few."""
    if str(row["verdict"]) != "cannot_tell" or is_missing(row["mde"]) or str(row["reason"]) not in TOO_LITTLE:
        return ""
    code = str(row["outcome"])
    places = {"outcome": words.label("outcome", code), "mde": level(code, row["mde"], words), "points": words.label("points", code)}
    return words("finding.cannot_tell_mde", **places)


def reason(code: Any, words: Words) -> str:
    """Why a verdict is what it is: a code of the catalogue; anything else is said in general words."""
    text = "" if is_missing(code) else str(code)
    return words.label("reason", text) if words.knows("reason", text) else words("reason.unknown")


def naive_sentence(naive: pd.DataFrame, words: Words, *, minimum_cell: int = 1) -> str:
    """What before and after were, outcome by outcome, as description, and once why it misleads; empty without numbers.

    A share before or after that counts fewer than `minimum_cell` persons is not told, nor the other one: the difference gives it back.
    """
    known = naive.loc[naive["difference"].notna()]
    items = [_naive_item(row, words, minimum_cell) for _, row in known.iterrows()]
    if not items:
        return ""
    apart = any(_rounds_apart(row) for _, row in known.iterrows() if not _tells_few(row, minimum_cell))
    rounding = f" {words('naive.rounding')}" if apart else ""
    kind = "units" if all(outcome(str(code)).of_units for code in known["outcome"]) else "persons"
    return f"{words('naive.sentence', items='; '.join(items), causes=words(f'naive.causes_{kind}'))}{rounding}"


def _rounds_apart(row: pd.Series) -> bool:
    code = str(row["outcome"])
    before, after, change = (shown(code, row[name]) for name in ("before", "after", "difference"))
    return rounds_apart(before, after, change, outcome(code).digits)


def _tells_few(row: pd.Series, minimum_cell: int) -> bool:
    return any(tells_few(str(row["outcome"]), row["n"], row[name], minimum_cell) for name in ("before", "after"))


def _naive_item(row: pd.Series, words: Words, minimum_cell: int) -> str:
    code = str(row["outcome"])
    return words(
        "naive.item_few" if _tells_few(row, minimum_cell) else "naive.item",
        k=minimum_cell,
        outcome=words.label("outcome", code),
        before=level(code, row["before"], words),
        after=level(code, row["after"], words),
        difference=difference(code, row["difference"], words),
        points=words.label("points", code),
        n=words.number(row["n"], 0),
    )


def outside(anticipation: int, words: Words) -> str:
    """Apart from which years the test on those before the transfers is made; empty where it leaves out none."""
    if anticipation < 1:
        return ""
    return words("naive.outside", n=anticipation - 1) if anticipation > 1 else words("naive.outside_move")


def pretest_sentence(row: pd.Series, words: Words, *, left_out: str = "", whom: str = "", again: bool = False) -> str:
    """Whether both groups moved alike before the transfers; empty where it was not tested. left_out: which years are not in it; whom:
    that not all are in it; again: the same years were named before."""
    if is_missing(row["p_value"]):
        return ""
    state, p_value = "ok" if float(row["p_value"]) >= PRETEST_LEVEL else "bad", words.probability(row["p_value"])
    places = {"p": f"{p_value}{whom}", "outside": left_out}
    return words(f"naive.pretest_{state}_again" if again else f"naive.pretest_{state}", **places)


def late_only(verdict: pd.Series, effects: pd.DataFrame, words: Words, *, minimum_cell: int, anticipation: int) -> str:
    """How many of those affected the test before the transfers holds: the first cohorts have no such years in the data. Empty where it
    holds them all; without numbers where these tell of few persons. effects: outcome term event_time n_units."""
    code = str(verdict["outcome"])
    early = (effects["outcome"] == code) & (effects["term"] == "event") & (effects["event_time"] < -anticipation)
    n, whole = effects.loc[early, "n_units"].max(), verdict["n_moved"]
    if not early.any() or is_missing(whole) or n >= whole:
        return ""
    of_units = outcome(code).of_units
    if not of_units and min(n, whole - n) < minimum_cell:
        return words("naive.pretest_late")
    called = words("who.affected_units" if of_units else "who.affected_persons")
    return words("naive.pretest_some", n=words.number(n, 0), all=words.number(whole, 0), affected=called)


def _contrast(naive: pd.Series, verdict: pd.Series, words: Words) -> str:
    """The warning where before/after lies outside the interval of the comparison; else empty."""
    values = (verdict["estimate"], verdict["conf_low"], verdict["conf_high"], naive["difference"])
    if any(is_missing(value) for value in values):
        return ""
    if float(verdict["conf_low"]) <= float(naive["difference"]) <= float(verdict["conf_high"]):
        return ""
    code = str(naive["outcome"])
    return words(
        "naive.contrast",
        outcome=words.label("outcome", code),
        naive=difference(code, naive["difference"], words),
        interval=span(code, verdict["conf_low"], verdict["conf_high"], words),
        points=words.label("points", code),
    )


def outcome_paragraphs(
    section: OutcomesLike,
    words: Words,
    *,
    declared: tuple[str, ...] = (),
    minimum_cell: int = 1,
    anticipation: int = 0,
    spillover: pd.DataFrame | None = None,
) -> tuple[str, ...]:
    """Verdicts, the first declared outcome first, each with the test before the transfers; then plain before/after with its warning.

    Before/after of fewer than `minimum_cell` is not told. anticipation: years before a move that the test leaves out; spillover: what
    happened to units that lost staff.
    """
    main = primary_verdict(section, declared)
    if main is None:
        return ()
    left = outside(anticipation, words)
    left_out = f", {left}," if left else ""
    cell = {"minimum_cell": minimum_cell, "anticipation": anticipation}
    main_only = late_only(main, section.effects, words, **cell)
    main_test = _pretest(main, section.pretests, words, left_out, whom=main_only)
    named = bool(left and main_test)
    others = section.verdicts.loc[section.verdicts["outcome"] != main["outcome"]]
    items = []
    for _, row in others.iterrows():
        only = late_only(row, section.effects, words, **cell)
        same = named and only == main_only and not outcome(str(row["outcome"])).of_units  # units differ from outcome to outcome
        test = _pretest(row, section.pretests, words, left_out, whom="" if same else only, again=named)
        more = (losers_sentence(row, spillover, words), line_sentence(row, section.breakdown, words))
        items.append(" ".join(text for text in (f"- {_with_test(row, test, words)}", *more) if text))
    listed = "\n".join(items)
    naive = section.naive.loc[section.naive["n"] >= minimum_cell]
    last = [naive_sentence(naive, words, minimum_cell=minimum_cell)]
    for _, row in naive.loc[naive["outcome"] == main["outcome"]].iterrows():
        last.append(_contrast(row, main, words))
    first = f"{_with_test(main, main_test, words)} {losers_sentence(main, spillover, words)}".strip()
    told = (first, listed, " ".join(text for text in last if text))
    return tuple(text for text in told if text)


def line_sentence(verdict: pd.Series, breakdown: pd.DataFrame, words: Words) -> str:
    """That a found effect does not outlast a straight continuation of what was seen before; empty where it does or none was found.
    breakdown: outcome slope_breakdown."""
    code = str(verdict["outcome"])
    slopes = breakdown.loc[breakdown["outcome"] == code, "slope_breakdown"].dropna()
    if str(verdict["verdict"]) != "found" or slopes.empty or outlasts_line(code, float(slopes.iloc[0])):
        return ""
    return words("robust.holds_none", outcome=words.label("outcome", code))


def _pretest(verdict: pd.Series, pretests: pd.DataFrame, words: Words, left_out: str, *, whom: str, again: bool = False) -> str:
    row = first_row(pretests, "outcome", verdict["outcome"])
    return "" if row is None else pretest_sentence(row, words, left_out=left_out, whom=whom, again=again)


def _with_test(verdict: pd.Series, test: str, words: Words) -> str:
    return " ".join(text for text in (verdict_sentence(verdict, words), smallest_sentence(verdict, words), test) if text)


def performance_paragraphs(
    section: RatingsLike, words: Words, *, declared: tuple[str, ...] = (), minimum_cell: int = 1, anticipation: int = 0
) -> tuple[str, ...]:
    """As `outcome_paragraphs`, and what the ratings themselves can and cannot carry."""
    closing = " ".join(text for text in (ceiling_sentence(section.ratings, words), regime_sentence(section.ratings, words)) if text)
    told = outcome_paragraphs(section, words, declared=declared, minimum_cell=minimum_cell, anticipation=anticipation)
    return (*told, *([closing] if closing else []))


def ceiling_sentence(ratings: pd.DataFrame, words: Words) -> str:
    """The share of ratings that read Baik or Sangat Baik, where it leaves hardly any room (90 % or more)."""
    known = ratings.loc[ratings["n"].notna()]
    total = float(known["n"].sum())
    if total == 0:
        return ""
    share = float(known.loc[known["predicate"].isin(["Baik", "Sangat Baik"]), "n"].sum()) / total
    return words("naive.ceiling", share=words.share_told(share)) if share >= 0.9 else ""


def regime_breaks(ratings: pd.DataFrame) -> tuple[int, ...]:
    """Years in which a rating rule is first used, the first one of the data excepted."""
    first = ratings.groupby("regime", observed=True)["year"].min().sort_values()
    return tuple(int(year) for year in first.iloc[1:])


def regime_sentence(ratings: pd.DataFrame, words: Words) -> str:
    """In which years the rating rules changed; empty where they did not."""
    years = regime_breaks(ratings)
    return words("naive.regimes", years=words.listing([str(year) for year in years])) if years else ""


def headline(row: pd.Series, words: Words) -> str:
    """A finding short enough for the title of a picture."""
    code = str(row["outcome"])
    name = words.label("outcome", code)
    key = verdict_code(row)
    estimate, interval = estimated(row, words)
    text = words(
        f"headline.{key}",
        outcome=capital(name) if key.startswith("found") else name,
        estimate=estimate,
        points=words.label("points", code),
        interval=interval,
        mde=words.number(shown(code, row["mde"]), outcome(code).digits),
    )
    return words("headline.small", headline=text, **_worth(row, words)) if smallness(row) else text


def programme_section(evaluation: EvaluationLike) -> str:
    """Where a whole programme is answered first: "service" or "performance", by the outcome its region declared first."""
    measured = evaluation.service is not None and set(evaluation.primary[:1]) <= set(evaluation.service.verdicts["outcome"])
    return "service" if measured and evaluation.primary else "performance"
