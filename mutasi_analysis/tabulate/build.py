"""From a frame to a shown table: columns with label, unit and form; small groups masked; hidden cells counted in the note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial, wraps
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.blocks import TableBlock, TableColumn
from mutasi_analysis.disclosure import Rows, hidden_rows, ranked_last, totals_of
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.numbers import MISSING, is_missing, rounds_apart

Form = Callable[[Any, Words], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One column: its name in the frame, how a cell is written, the code of its unit ("" for none; "points.ikm",
    "outcome_axis.ikm": of differences and of levels of an outcome), the label's name if other, and what a workbook writes it as where
    the form does not tell (see `TableColumn.kind`). digits: column of the frame with the decimals of each row, for differences; the
    form then writes only what is missing."""

    name: str
    form: Form
    unit: str = ""
    label: str = ""
    kind: str = ""
    digits: str = ""

    @property
    def numeric(self) -> bool:
        form = getattr(self.form, "__wrapped__", self.form)
        return getattr(form, "func", form) in NUMERIC

    @property
    def written(self) -> str:
        """What a workbook writes the cells as: `kind`, or what the form tells."""
        return self.kind or KINDS.get(getattr(self.form, "__wrapped__", self.form), "")


@dataclass(frozen=True, slots=True)
class Small:
    """What to mask: `counts` are numbers of persons, `values` are computed from them; `within`, `whole`, `each`: see
    `disclosure.mask_small`."""

    k: int
    counts: tuple[str, ...]
    values: tuple[str, ...] = ()
    within: tuple[str, ...] | None = None
    whole: bool = False
    each: bool = False


def text(value: Any, words: Words) -> str:  # noqa: ARG001
    return MISSING if is_missing(value) else str(value)


def unbroken(value: Any, words: Words) -> str:
    """Text that stays on one line, as an interval should."""
    return text(value, words).replace(" ", "\u00a0")


def integer(value: Any, words: Words) -> str:
    return words.number(value, 0)


def days(value: Any, words: Words) -> str:
    """A median or quartile of days, which may end in a half."""
    return words.whole(value)


def number(value: Any, words: Words, digits: int = 1) -> str:
    return words.number(value, digits)


def measured(value: Any, words: Words) -> str:
    """One decimal from 1 on, three below."""
    return words.number(value, places(value))


def signed(value: Any, words: Words, digits: int = 1) -> str:
    return words.signed(value, digits)


def measured_change(value: Any, words: Words) -> str:
    """As `measured`, with sign."""
    return words.signed(value, places(value))


def places(value: Any) -> int:
    """Decimals of `measured`."""
    return 3 if is_missing(value) or abs(float(value)) < 1 else 1


def percent(value: Any, words: Words) -> str:
    """A share of 0–1 in percent: what is not quite all is never "100", what is not quite none never "0"."""
    return words.percent(value).removesuffix("%")


def probability(value: Any, words: Words) -> str:
    """A p-value as a cell shows it: "0,142" without the sign of equality, so that a workbook holds a number; below, "< 0,001"."""
    return words.probability(value).removeprefix("=\u00a0")


def starred(form: Form) -> Form:
    """The form, with the sign of a hidden cell where a value is absent; as numeric as the form itself."""

    @wraps(form)
    def shown(value: Any, words: Words) -> str:
        return words("word.hidden") if is_missing(value) else form(value, words)

    return shown


def year(value: Any, words: Words) -> str:  # noqa: ARG001
    return MISSING if is_missing(value) else str(int(value))


def month(value: Any, words: Words) -> str:
    return MISSING if is_missing(value) else words.month(pd.Timestamp(value).date(), short=True)


def day(value: Any, words: Words) -> str:
    return words.day_of(value)


def flag(value: Any, words: Words) -> str:
    return MISSING if is_missing(value) else words("word.yes" if bool(value) else "word.no")


def coded(value: Any, words: Words, domain: str = "") -> str:
    return words.label(domain, value)


#: match with the old post, with the new one, and its change.
CHANGE = ("jpm_from", "jpm_to", "change")
KINDS: dict[Form, str] = {year: "year", month: "month", day: "date", unbroken: "interval"}
NUMERIC = (integer, days, number, measured, measured_change, signed, percent, probability)


def decimals(digits: int) -> Form:
    """A form with this many decimals."""
    return partial(number, digits=digits)


def plus(digits: int) -> Form:
    """A form with sign and this many decimals."""
    return partial(signed, digits=digits)


def word(domain: str) -> Form:
    """A form that shows a code by its label of a domain of the catalogue."""
    return partial(coded, domain=domain)


def build(
    key: str,
    frame: pd.DataFrame,
    columns: Sequence[Shown],
    words: Words,
    *,
    caption: str,
    note: str = "",
    small: Sequence[Small] = (),
    ranked: str = "",
    change: tuple[str, str, str] | None = None,
) -> TableBlock:
    """A table block of `columns` of `frame`, in this order. Masked cells are shown as "*", missing ones as a dash.

    ranked: the column by which the rows stand in order: rows in which it is masked go last, so that their place tells nothing.
    change: columns before, after and their change, of one decimal: where a shown change is not the difference of what is shown, the
    note says why.
    Raises KeyError where the frame lacks a column. Tables of more than 12 rows are folded.
    """
    names = [column.name for column in columns]
    frame = frame.reset_index(drop=True)
    masked, hidden = _columns(frame, names), {}
    if small:
        hidden = {name: rows for name, rows in _hidden(frame, small).items() if name in names}
        masked = masked.assign(**{name: frame[name].mask(rows) for name, rows in hidden.items()})
        if ranked:
            masked = ranked_last(masked, ranked, names[0])
            frame, hidden = frame.loc[masked.index], {name: rows[masked.index] for name, rows in hidden.items()}
            masked = masked.reset_index(drop=True)
        note = " ".join(part for part in (note, hidden_note(sum(int(rows.sum()) for rows in hidden.values()), small[0].k, words)) if part)
    if change and any(rounds_apart(a, b, moved, 1) for a, b, moved in masked[list(change)].to_numpy(dtype=object)):
        note = f"{words('note.rounding')} {note}".strip()
    cells = [_cells(masked[c.name], hidden.get(c.name), frame[c.digits] if c.digits else None, c, words) for c in columns]
    shown = pd.DataFrame(np.array(cells, dtype=object).T, columns=masked.columns, dtype=object)
    labels = tuple(TableColumn(c.name, label(c.label or c.name, words), _unit(c.unit, words), c.numeric, c.written) for c in columns)
    return TableBlock(key, caption, masked, shown, labels, note, folded=len(masked) > 12)


def hidden_elsewhere(
    frame: pd.DataFrame, hidden: pd.Series | Rows, values: tuple[str, ...], k: int, *, mark: str = "_elsewhere"
) -> tuple[pd.DataFrame, Small]:
    """The frame, and the rule under which `values` of the rows `hidden` are masked as if they were of few persons: another table or
    a sentence, which shows the same number, hides them. mark: column in which it is noted, of each rule its own."""
    return frame.assign(**{mark: np.asarray(hidden, dtype="int64")}), Small(max(k, 2), (mark,), values)


def _columns(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """`frame[names]`; columns taken by their places cost pandas a tenth of what names do. Raises KeyError as that does."""
    places = {name: place for place, name in enumerate(frame.columns)}
    return frame.take([places[name] for name in names], axis="columns")


def _hidden(frame: pd.DataFrame, small: Sequence[Small]) -> dict[str, Rows]:
    """Column → its rows that held a value and are hidden, of the columns in which one is. Every rule looks at the frame as given, so
    that what one hides is still counted by the next."""
    hidden: dict[str, Rows] = {}
    for rule in small:
        rows = hidden_rows(frame, rule.counts, rule.k, totals_of(rule.within, whole=rule.whole), each=rule.each)
        cells = {name: frame[name] for name in (*rule.counts, *rule.values)}
        for name, cell in cells.items() if rows.any() else ():
            gone = rows & cell.notna().to_numpy()
            hidden[name] = hidden[name] | gone if name in hidden else gone
    return hidden


def _cells(values: pd.Series, hidden: Rows | None, digits: pd.Series | None, column: Shown, words: Words) -> list[str]:
    """The cells of a column as written. hidden: rows that are masked, None for none; digits: decimals of each row."""
    if digits is None:
        cells = [column.form(value, words) for value in values.tolist()]
    else:
        pairs = zip(values.tolist(), digits.tolist(), strict=True)
        cells = [column.form(value, words) if is_missing(value) else words.signed(value, int(places)) for value, places in pairs]
    sign = words("word.hidden")
    return cells if hidden is None else [sign if gone else cell for cell, gone in zip(cells, hidden.tolist(), strict=True)]


def label(name: str, words: Words) -> str:
    """The label of a column; KeyError where the catalogue has none."""
    return words(f"column.{name}")


def _unit(code: str, words: Words) -> str:
    domain, dot, name = code.partition(".")
    if dot:
        return words.label(domain, name)
    return words(f"unit.{code}") if code else ""


def shares_note(frame: pd.DataFrame, share: str, groups: pd.Series, words: Words, *, k: int) -> str:
    """That shares are rounded, where those of a group, of which none is hidden, do not add up to 100 as printed; else empty.
    frame: n and the share of each row."""
    few = {group for group, n in zip(groups, frame["n"], strict=True) if not is_missing(n) and 0 < n < k}
    printed: dict[Any, int] = {}
    for group, part in zip(groups, frame[share], strict=True):
        if group not in few and not is_missing(part):
            printed[group] = printed.get(group, 0) + round(100 * float(part))
    return words("note.shares_rounded") if any(total != 100 for total in printed.values()) else ""


def hidden_note(hidden: int, k: int, words: Words) -> str:
    """How many cells were masked and why; empty where none were. One alone is of a small group; which of several are, and which would
    only give others away, is not told."""
    if not hidden:
        return ""
    return words("note.hidden_one" if hidden == 1 else "note.hidden", cells=words.count(hidden, "cell"), k=k)


def unfolded(block: TableBlock) -> TableBlock:
    """The same table, always open on the page."""
    return replace(block, folded=False)
