"""What an attacker tries: look for persons, look for small groups, and compute hidden cells from what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tests.attack.outputs import Table

#: columns that count persons or moves, by name in notebooks and results
COUNTS = (
    "n", "n_moves", "n_deficit", "flagged", "moved_in", "moved_out", "available_after", "available_before", "met", "unmet", "excluded",
)  # fmt: skip
#: tables whose n counts units, months or answers of citizens, not employees
NOT_PERSONS = re.compile(r"^(service_|dropped_units|letters|event_|facts|region|competency_education|usulan|sensitivity|norms|sources)")
#: shares of a row's n, and parts of it whose rest is as telling
SHARES = ("share_improved", "share_same", "share_lower", "share_deficit", "fitting_from", "fitting_to")
PARTS = ("flagged", "met", "n_deficit")


@dataclass(frozen=True, slots=True)
class Persons:
    """Who must not be found."""

    nips: frozenset[str]
    names: frozenset[str]
    pseudonyms: frozenset[str]


def persons_found(texts: Mapping[str, str], persons: Persons) -> list[str]:
    """Where a NIP, a person's name or a pseudonym stands."""
    found = []
    for place, text in texts.items():
        digits = set(re.findall(r"(?<![\d.])\d{18}(?![\d.])", re.sub(r"(?<=\d) (?=\d)", "", text))) & persons.nips
        pseudonyms = set(re.findall(r"P-[0-9a-f]{12}", text)) & persons.pseudonyms
        found += [f"{place}: {what}" for what in (*digits, *pseudonyms, *_names_in(text, persons.names))]
    return found


def _names_in(text: str, names: frozenset[str]) -> set[str]:
    """The names that stand in the text: whatever begins as some name does is looked up at the length of each of them, because a search
    for each of thousands of names in turn would take a minute."""
    first = {name.split()[0] for name in names}
    begun = (match.start() for word in first for match in re.finditer(re.escape(word), text))
    lengths = {len(name) for name in names}
    return {text[start : start + length] for start in begun for length in lengths} & names


def small_cells(tables: Iterable[Table], k: int) -> list[str]:
    """Counts from 1 to k − 1 of persons that are shown, that a share of a known number gives, or that are left of one."""
    found = []
    for table in tables:
        if NOT_PERSONS.match(table.key):
            continue
        for row in table.rows:
            cells = dict(zip(table.names, row, strict=True))
            told = _told(cells, k) + _by_share(cells, k, exact=table.place == "processed") + _left_over(cells, k)
            found += [f"{table.place} {table.key} {' / '.join(row[:2])}: {what}" for what in told]
    return found


def counts_persons(table: Table) -> bool:
    """Whether any column of the table counts employees or their moves."""
    return NOT_PERSONS.match(table.key) is None and not set(COUNTS).isdisjoint(table.names)


def _told(cells: Mapping[str, str], k: int) -> list[str]:
    return [f"{name} = {cells[name]}" for name in COUNTS if name in cells and _small(number(cells[name]), k)]


def _by_share(cells: Mapping[str, str], k: int, *, exact: bool) -> list[str]:
    """Shares of the row's n (whole percent, or a fraction in a results file) that only numbers under k fit."""
    total = number(cells.get("n", ""))
    found = []
    for name in cells:
        share = number(cells[name]) if name in SHARES else None
        ends = ends_of_all(cells[name], int(total or 0)) if name in SHARES else []
        if total is None or total < k or (share is None and not ends):
            continue
        if share is None:
            found += [f"{name} {cells[name]} of {total:g} is {ends}"] if all(min(c, total - c) < k for c in ends) else []
            continue
        whole = not exact and all(
            number(cells[other]) is None or float(number(cells[other]) or 0).is_integer() for other in SHARES if other in cells
        )
        rounded = [100 * c / total for c in range(int(total) + 1)]
        fits = [c for c, percent in enumerate(rounded) if (round(percent) == round(share) if whole else abs(percent / 100 - share) < 1e-9)]
        if fits and all(0 < c < k for c in fits):
            found.append(f"{name} {cells[name]} of {total:g} is {fits}")
    return found


def ends_of_all(text: str, total: int) -> list[int]:
    """The counts out of `total` that are told as "< 1" or "> 99" percent: some, but at most half a percent, or all but so few."""
    few = [count for count in range(1, total) if 200 * count <= total]
    return {"<": few, ">": [total - count for count in few]}.get(text[:1], [])


def _left_over(cells: Mapping[str, str], k: int) -> list[str]:
    total = number(cells.get("n", ""))
    parts = {name: number(cells[name]) for name in PARTS if name in cells}
    left = {name: total - part for name, part in parts.items() if total is not None and part is not None}
    return [f"n − {name} = {rest:g}" for name, rest in left.items() if _small(rest, k)]


def _small(value: float | None, k: int) -> bool:
    return value is not None and 0 < value < k


def known_as(tables: Iterable[Table], notebook: Iterable[Table]) -> list[Table]:
    """Tables of other formats with the keys and column names of the notebook's: found by their first column, where several begin alike
    by the second too."""
    by_rows: dict[object, list[Table]] = {}
    for table in (table for table in notebook if table.names[0] != "month"):
        by_rows.setdefault(_rows_of(table), []).append(table)
    found = []
    for table in tables:
        twins = by_rows.get(_rows_of(table), [])
        nearer = [twin for twin in twins if _column(twin, 1) == _column(table, 1)] if len(twins) > 1 else []
        found += [replace(table, key=twin.key, names=twin.names) for twin in nearer or twins]
    return found


def _rows_of(table: Table) -> tuple[tuple[str | float, ...], int]:
    """What its tables have in common in every format: the first column, numbers as such, and how many columns there are."""
    return _column(table, 0), len(table.names)


def _column(table: Table, place: int) -> tuple[str | float, ...]:
    values = ((number(row[place]), row[place]) for row in table.rows if len(row) > place)
    return tuple(text if value is None else value for value, text in values)


def number(text: str) -> float | None:
    """A count or measure as shown in Indonesian, or as written in a results file."""
    clean = text.replace("−", "-").replace("+", "").strip()
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+,\d+", clean):
        clean = clean.replace(".", "").replace(",", ".")
    try:
        return float(clean)
    except ValueError:
        return None


def by_subtraction(counts: Mapping[str, float | None], total: float) -> dict[str, float]:
    """Hidden counts that the total leaves no choice for: one hidden alone, or as many as persons are left."""
    hidden = [name for name, value in counts.items() if value is None]
    left = total - sum(value for value in counts.values() if value is not None)
    if len(hidden) == 1:
        return {hidden[0]: left}
    return dict.fromkeys(hidden, 1.0) if hidden and round(left) == len(hidden) else {}


def parts_of_totals(table: Table, label: str, count: str, group: str | None, totals: Mapping[str, float]) -> dict[str, float]:
    """Hidden cells of a table that a total gives back; `group`: column whose values have one total each ("" for all rows)."""
    places = {name: table.names.index(name) for name in (label, count, *([group] if group else []))}
    groups: dict[str, dict[str, float | None]] = {}
    for row in table.rows:
        which = row[places[group]] if group else ""
        groups.setdefault(which, {})[f"{which}/{row[places[label]]}"] = number(row[places[count]])
    recovered: dict[str, float] = {}
    for which, counts in groups.items():
        if which in totals:
            recovered |= by_subtraction({name: value for name, value in counts.items() if value != 0}, totals[which])
    return recovered


def units_from_everywhere(tables: Iterable[Table]) -> dict[str, float | None]:
    """The heads of every unit that any table gives: shown, or from need and gap, or from need and index."""
    known: dict[str, float | None] = {}
    need: dict[str, float] = {}
    listed = [table for table in tables if "unit_name" in table.names]
    for table in listed:
        for row in (dict(zip(table.names, row, strict=True)) for row in table.rows):
            required = number(row.get("required_fte", ""))
            if required is not None:
                need.setdefault(row["unit_name"], required)
    for table in listed:
        for row in (dict(zip(table.names, row, strict=True)) for row in table.rows):
            name = row["unit_name"]
            heads, gap, index = (number(row.get(column, "")) for column in ("available_after", "gap_after", "index_after"))
            if heads is None and gap is not None and name in need:
                heads = round(need[name] + gap)
            if heads is None and index and name in need:
                heads = _heads_from_index(need[name], index)
            if name in need:
                known[name] = heads if heads is not None else known.get(name)
    return known


def _heads_from_index(need: float, index: float) -> float | None:
    """The one whole number of heads whose index rounds to the one shown; None where several do."""
    fits = [heads for heads in range(1, 400) if abs(need / heads - index) < 0.006]
    return float(fits[0]) if len(fits) == 1 else None


def units_of_kecamatan(known: Mapping[str, float | None], kecamatan: Mapping[str, str], totals: Mapping[str, float]) -> dict[str, float]:
    """Hidden heads of units that the total of their kecamatan gives back. `kecamatan`: of every unit (public)."""
    recovered: dict[str, float] = {}
    for place, total in totals.items():
        recovered |= by_subtraction({unit: heads for unit, heads in known.items() if kecamatan.get(unit) == place}, total)
    return recovered
