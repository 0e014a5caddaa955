"""Shares: which counts a share of n persons allows, in sentences and in tables, and what it gives back beside the parts it adds up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tests.attack.attack import by_subtraction, ends_of_all, number
from tests.attack.outputs import Table

_N = re.compile(
    r"\bn = (\d[\d.,]*\d|\d)|\b[Dd]ari (\d[\d.]*\d|\d) (?:mutasi|pegawai)"
    r"|\b[Oo]f (?:the )?(\d[\d,]*\d|\d) (?:transfers?|employees?)"
)
#: a percentage, or the end of a mean that the sentence calls a share
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)%")
_ENDS = re.compile(r"(?:bagian pegawai|share of employees) [^;:]*?(?:dari|from) (\d+[.,]\d) (?:menjadi|to) (\d+[.,]\d)")
#: percentages that count nobody: how sure an interval is, a mean match, what of a possible improvement came about
_NOBODY = re.compile(
    r"selang 95%|95% intervals?|(?:kecocokan|match)[^.;]*"
    r"|(?:mencapai|reached) \d+% (?:dari perbaikan|of the possible)[^.;]*"
)
#: columns that are shares of a table's n; the rest of a notebook's percentages are means or shares of something else
SHARE = re.compile(r"^(share(_(improved|same|lower|deficit|agree))?|fitting_(from|to))$")
#: tables whose n is not of persons, or whose share is not of n: n itself is that share of all
OTHER = re.compile(
    r"^(possible|competency_possible|person_unit|performance_person_unit|complaints|service_|letters|event_|ratings|performance_ratings|"
    r"rating_shares|nine_box|(competency_)?(boxes|bands|education|qualifications?|assessments)$)"
)


def fits(percent: float, total: int, digits: int) -> list[int]:
    """The counts out of `total` that are told as this percentage."""
    return [count for count in range(total + 1) if abs(100 * count / total - percent) <= 0.5 * 10.0**-digits + 1e-9]


def few(counts: Iterable[int], total: int, k: int) -> bool:
    """Whether each possible count, or what it leaves, is from 1 to k − 1; with no possible count, the share is of something else."""
    found = list(counts)
    return bool(found) and all(0 < count < k or 0 < total - count < k for count in found)


def told_shares(sentence: str) -> list[tuple[str, int]]:
    """Percentages of a sentence, or of a part of one, each with each n that stands beside it."""
    found = []
    for part in sentence.split(";") if sentence.count("n = ") > 1 else [sentence]:
        totals = [int(re.sub(r"[.,]", "", next(text for text in groups if text))) for groups in _N.findall(part)]
        ends = [text for pair in _ENDS.findall(part) for text in pair]
        told = [*_PERCENT.findall(_NOBODY.sub(" ", part)), *ends]
        found += [(text, total) for total in totals for text in told]
    return found


def few_in_sentence(sentence: str, k: int) -> list[tuple[str, int]]:
    """Percentages of a sentence that only counts under k of its n fit."""
    return [(text, n) for text, n in told_shares(sentence) if n >= k and few(fits(float(text.replace(",", ".")), n, _digits(text)), n, k)]


def _digits(text: str) -> int:
    return len(text) - 1 - max(text.rfind("."), text.rfind(",")) if re.search("[.,]", text) else 0


def few_in_table(table: Table, k: int) -> list[str]:
    """Cells of a share that only counts under k of the row's n fit: whole percent as shown, a fraction in full in a results file."""
    found = []
    for row in table.rows if OTHER.match(table.key) is None else ():
        cells = dict(zip(table.names, row, strict=True))
        for name in (name for name in cells if SHARE.match(name)):
            total, share = number(cells.get("n", "")), number(cells[name])
            ends = ends_of_all(cells[name], int(total or 0))
            if total is None or (share is None and not ends) or total < k:
                continue
            exact = table.place.startswith("processed")
            counts = ends or ([round(total * (share or 0))] if exact else fits(share or 0, int(total), 0))
            if few(counts, int(total), k):
                found.append(f"{table.place} {table.key} {' / '.join(row[:2])}: {name} {cells[name]} of {total:g}")
    return found


def parts_of_union(kinds: Mapping[str, float | None], union: Iterable[str], total: float, share: float, exact: bool) -> dict[str, float]:
    """Hidden counts that come back where the share of several kinds together stands beside the counts of the kinds; () where it does not.

    kinds: every kind and its count, None where hidden; a whole percentage tells the union only where one count alone fits it."""
    inside = set(union)
    counts = [round(total * share)] if exact else fits(100 * share, int(total), 0)
    found: list[dict[str, float]] = []
    for count in counts:
        known = {True: float(count), False: total - count}
        parts = [{name: n for name, n in kinds.items() if (name in inside) is side and n != 0} for side in (True, False)]
        found.append({n: v for side, part in zip((True, False), parts, strict=True) for n, v in by_subtraction(part, known[side]).items()})
    return found[0] if found and all(found) and len(counts) == 1 else {}
