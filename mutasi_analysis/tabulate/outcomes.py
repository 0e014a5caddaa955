"""Tables on performance and service: verdicts with what could have been seen, and plain before/after beside them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import TableBlock
from mutasi_analysis.tabulate.build import Shown, Small, build, decimals, integer, percent, plus, text, unbroken, word, year
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.findings import smallness
from mutasi_analysis.wording.outcomes import estimate_digits, level, outcome, shown, span

SCALED = ("estimate", "std_error", "conf_low", "conf_high", "mde", "difference", "before", "after", "mean")


def scaled(frame: pd.DataFrame, *, code: str = "outcome") -> pd.DataFrame:
    """The frame with estimates and levels on the scale each outcome is shown in (shares in percent)."""
    factors = np.array([outcome(str(name)).scale for name in frame[code]], dtype="float64")
    present = [name for name in SCALED if name in frame.columns]
    return frame.assign(**{name: frame[name].to_numpy(dtype="float64", na_value=np.nan) * factors for name in present})


def interval_places(rows: pd.DataFrame) -> list[int]:
    """Decimals of each row's estimate: those of the interval beside it. rows: outcome conf_low conf_high, as stored."""
    ends = zip(rows["outcome"], rows["conf_low"], rows["conf_high"], strict=True)
    return [estimate_digits(str(code), low, high) for code, low, high in ends]


def points_of(code: str) -> str:
    """The unit of a column that holds differences of one outcome."""
    return f"points.{code}"


def with_unit(value: object, words: Words) -> str:
    """An outcome with the unit of its differences behind it: for tables that have no room for a column of units."""
    return f"{words.label('outcome', value)} ({words.label('points', value)})"


def verdicts_table(section: str, verdicts: pd.DataFrame, naive: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """One row an outcome. section: "performance" or "service"; the before-after column is labelled as no evidence, and what was found
    but is smaller than what would matter as small."""
    before_after = naive.set_index("outcome")["difference"]
    frame = scaled(verdicts.assign(difference=verdicts["outcome"].map(before_after)))
    spans = zip(verdicts["outcome"], verdicts["conf_low"], verdicts["conf_high"], strict=True)
    told = [span(str(code), low, high, words) for code, low, high in spans]
    frame = frame.assign(verdict=told_verdicts(verdicts), points=frame["outcome"], interval=told, digits=interval_places(verdicts))
    columns = (
        Shown("outcome", word("outcome")),
        Shown("verdict", word("verdict")),
        Shown("estimate", plus(1), digits="digits"),
        Shown("interval", unbroken),
        Shown("mde", decimals(1)),
        Shown("points", word("points")),
        Shown("n_moved", integer, label="n_treated_units" if section == "service" else "n_moved"),
        Shown("n_compared", integer),
        Shown("difference", plus(1), label="naive_difference"),
    )
    small = (
        Small(minimum_cell, ("n_moved", "n_compared"), ("estimate", "interval", "mde", "difference")) if section == "performance" else None
    )
    caption, note = words(f"caption.verdicts_{section}"), f"{worth_note(verdicts, words)} {words('note.naive')}".strip()
    return build(f"verdicts_{section}", frame, columns, words, caption=caption, note=note, small=(small,) if small else ())


def told_verdicts(verdicts: pd.DataFrame) -> list[str]:
    """The verdict of each row; found_small where what was found is smaller than what would matter."""
    return ["found_small" if smallness(row) else str(row["verdict"]) for _, row in verdicts.iterrows()]


def worth_note(verdicts: pd.DataFrame, words: Words) -> str:
    """From which size on a difference is taken to matter, outcome by outcome; empty where it is not known."""
    known = verdicts.reindex(columns=["outcome", "worth"]).dropna().drop_duplicates("outcome")
    items = [
        words(
            "rule.worth_item",
            outcome=words.label("outcome", code),
            value=level(str(code), worth, words),
            points=words.label("points", code),
        )
        for code, worth in zip(known["outcome"], known["worth"], strict=True)
    ]
    return words("note.worth", items="; ".join(items)) if items else ""


def effects_table(effects: pd.DataFrame, code: str, words: Words) -> TableBlock:
    """The estimates by years since the transfer of one outcome."""
    rows = effects.loc[(effects["outcome"] == code) & (effects["term"] == "event")].sort_values("event_time")
    spans = [words.interval(shown(code, low), shown(code, high)) for low, high in zip(rows["conf_low"], rows["conf_high"], strict=True)]
    frame = scaled(rows).assign(interval=spans, digits=interval_places(rows))
    columns = (
        Shown("event_time", plus(0)), Shown("estimate", plus(1), points_of(code), digits="digits"),
        Shown("interval", unbroken, points_of(code)), Shown("n_units", integer, label="n"),
    )  # fmt: skip
    return build(f"event_{code}", frame, columns, words, caption=words("caption.picture_data"))


def dropped_table(dropped: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Who was left out of the comparison of performance, and why."""
    columns = (Shown("outcome", word("outcome")), Shown("reason", word("dropped")), Shown("n", integer))
    small, note = Small(minimum_cell, ("n",)), words("note.dropped")
    return build("dropped", dropped, columns, words, caption=words("caption.dropped"), note=note, small=(small,))


def letters_table(letters: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """The IKM of each unit in the last year, its grade and its respondents."""
    last = letters.loc[letters["year"] == letters["year"].max()].sort_values(["value", "unit_name"], ascending=[False, True])
    columns = (
        Shown("unit_name", text),
        Shown("year", year),
        Shown("value", decimals(2), label="ikm_value"),
        Shown("letter", word("letter")),
        Shown("n", integer, label="respondents"),
    )
    small, note = Small(minimum_cell, ("n",), ("value", "letter")), words("note.letters")
    return build("letters", last, columns, words, caption=words("caption.letters"), note=note, small=(small,))


def complaints_table(complaints: pd.DataFrame, words: Words, *, minimum_cell: int) -> TableBlock:
    """Complaints of the register by year of receipt: received, still open, judged, share answered in time."""
    columns = (
        Shown("year", year),
        Shown("received", integer),
        Shown("open", integer),
        Shown("judged", integer),
        Shown("share_in_time", percent, "percent"),
    )
    # what was received is the sum of all years less the others: few still open do not hide it
    small = (*(Small(minimum_cell, (name,)) for name in ("received", "open")), Small(minimum_cell, ("judged",), ("share_in_time",)))
    caption, note = words("caption.complaints"), complaints_note(complaints, words)
    return build("complaints", complaints, columns, words, caption=caption, note=note, small=small)


def complaints_note(complaints: pd.DataFrame, words: Words) -> str:
    """By which limits complaints are judged, all alike where the register states no kind of any, and on which day the register ends."""
    known = complaints.dropna(subset=["unstated_limit"])
    days = words.number(known["unstated_limit"].iloc[0], 0) if len(known) else ""
    unstated = int(complaints["unstated"].sum())
    kinds = "none" if unstated == complaints["received"].sum() else "some" if unstated else "all"
    return words(f"note.complaints_{kinds}", days=days) + " " + words("note.complaints", date=words.day_of(complaints["drawn_on"].max()))
