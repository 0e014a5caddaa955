"""What a hostile statistician deduces without a total: from the order of rows, from curves, and from two counts of one unit."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from tests.attack.attack import by_subtraction, number
from tests.attack.outputs import Table

Rows = list[dict[str, str]]


def rows_of(tables: Iterable[Table], key: str) -> Rows:
    """Rows of the first table with this key, by column name; empty without such a table."""
    table = next((table for table in tables if table.key == key), None)
    return [] if table is None else [dict(zip(table.names, row, strict=True)) for row in table.rows]


def by_place_in_order(rows: Rows, k: int) -> dict[str, list[int]]:
    """Unit with hidden heads → the counts under k (or k itself for "none fits less") that its place in the order of the index allows.

    index = required / heads falls down the table, so a hidden unit lies between the shown indices above and below it.
    """
    shown = [number(row["index_after"]) for row in rows]
    found = {}
    for place, row in enumerate(rows):
        need = number(row["required_fte"])
        above = [value for value in shown[:place] if value is not None]
        below = [value for value in shown[place + 1 :] if value is not None]
        if shown[place] is None and need and below:
            fits = [h for h in range(1, 400) if below[0] - 0.005 <= need / h <= (above[-1] + 0.005 if above else float("inf"))]
            if len(fits) <= 2 and any(heads < k for heads in fits):
                found[row["unit_name"]] = fits
    return found


def steps_of_persons(cumulative: Iterable[float], total: float, k: int) -> list[int]:
    """Head counts under k that stand as steps between the points of a curve over all persons."""
    points = sorted(cumulative)
    steps = [(high - low) * total for low, high in pairwise(points)]
    return [round(step) for step in steps if 0.5 < step < k - 0.5 and abs(step - round(step)) < 0.01]


def most_points_of_a_path(svg: str) -> int:
    """The points of the longest line of a drawing: letters (glyphs) are curves, lines are moves and straight strokes only."""
    paths = re.findall(r'<path[^>]*\sd="([^"]+)"', svg)
    return max((path.count("L") + 1 for path in paths if not re.search("[QCSz]", path)), default=0)


def drawings(payloads: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Key of a picture → its drawing as text."""
    return {str(p["key"]): base64.b64decode(p["svg_base64"]).decode("utf-8") for p in payloads if "svg_base64" in p}


def moves_by_state(units: Rows, pairs: Rows, k: int) -> dict[str, int]:
    """Unit → its transfers under k, guessed to be one way only where heads with and without the transfers tell the net. A guess that
    speaks against the unit's own numbers or against the pairs listed is none: whoever reads them drops it."""
    listed = {way: _listed(pairs, end) for way, end in (("moved_in", "to"), ("moved_out", "from"))}
    found = {}
    for row in units:
        after, without = number(row["available_after"]), number(row["available_without"])
        net = 0 if after is None or without is None else round(after - without)
        guess = {"moved_in": max(net, 0), "moved_out": max(-net, 0)}
        told = all(number(row[way]) in (None, guess[way]) and listed[way].get(row["unit_id"], 0) <= guess[way] for way in guess)
        if told and 0 < abs(net) < k:
            found[row["unit_id"]] = abs(net)
    return found


def _listed(pairs: Rows, end: str) -> dict[str, float]:
    """Unit → the transfers of the listed pairs that end ("to") or begin ("from") in it."""
    found: dict[str, float] = {}
    for row in pairs:
        found[row[f"{end}_unit_id"]] = found.get(row[f"{end}_unit_id"], 0) + (number(row["n_moves"]) or 0)
    return found


def moves_by_contribution(rows: Rows, units: Rows, k: int) -> dict[tuple[str, str], int]:
    """Unit and way → its transfers that way under k: a part that is a whole number other than 0 is guessed to be that many persons, each
    counting for one. A guess that speaks against the numbers that the results give of the unit is none."""
    known = {row["unit_name"]: row for row in units}
    found = {}
    for row in rows:
        for part, way in (("as_origin", "moved_out"), ("as_destination", "moved_in")):
            value, total = number(row[part]), number(row["n_moves"])
            told = number(known.get(row["unit_name"], {}).get(way, ""))
            whole = value is not None and total is not None and value == round(value) and 0 < abs(value) < min(k, total + 1)
            if value is not None and whole and told in (None, abs(value)):
                found[row["unit_name"], way] = round(abs(value))
    return found


def merged_line(rows: Rows, shown: Mapping[str, float | None], others: re.Pattern[str], k: int) -> list[tuple[str, ...]]:
    """Units that the line "n other units" of a picture gives back: its heads less each choice of one shown unit leaves fewer than k.

    Only where the line stands for more units than the table hides: then it takes in units whose heads the table shows.
    """
    hidden = [unit for unit, heads in shown.items() if heads is None]
    found: list[tuple[str, ...]] = []
    for row in rows:
        named = others.search(row["unit_name"])
        if named is not None and int(named.group(1)) > len(hidden):
            smallest = min(heads for heads in shown.values() if heads is not None)
            left = (number(row["available_after"]) or 0) - smallest
            found += [tuple(hidden)] if 0 < left < k else []
    return found


def transitions_by_band(cells: Rows, bands: Rows, top: str, edge: float) -> dict[str, float]:
    """Hidden cells of the picture of transfers that the number in the highest band of the old or the new post gives back."""
    found: dict[str, float] = {}
    states = list(dict.fromkeys(row["state"] for row in bands))
    for state, side in zip(states, ("from_bin", "to_bin"), strict=bool(bands)):
        total = next(number(row["n"]) for row in bands if row["state"] == state and row["band"] == top)
        inside = {f"{row['from_bin']}>{row['to_bin']}": number(row["n"]) for row in cells if float(row[side].split("–")[0]) >= edge}
        found |= {} if total is None else by_subtraction(inside, total)
    return found


def shares_by_subtraction(rows: Rows, shares: Iterable[str], k: int) -> list[str]:
    """Shares of few persons that come back where the groups of a grouping add up to all: n × share, less what is shown of the others.

    Rows of a results file: shares are fractions in full. Also where several rows hide fewer than k persons together.
    """
    whole = next((row for row in rows if row["grouping"] == "all"), None)
    found = []
    for share in shares if whole is not None else ():
        total = _part(whole, share)
        for grouping in dict.fromkeys(row["grouping"] for row in rows if row["grouping"] != "all") if total is not None else ():
            parts = {row["group"]: _part(row, share) for row in rows if row["grouping"] == grouping}
            hidden = [name for name, part in parts.items() if part is None]
            left = (total or 0) - sum(part for part in parts.values() if part is not None)
            if hidden and 0 < left < k:
                found.append(f"{share} of {grouping} {', '.join(hidden[:3])}: {left}")
    return found


def _part(row: Mapping[str, str], share: str) -> int | None:
    n, value = number(row["n"]), number(row[share])
    return None if n is None or value is None else round(n * value)


def whole_shares(rows: Rows, column: str, k: int) -> list[str]:
    """Means between 0 and 1 that are a count under k of the row's n persons, or all but so few."""
    found = []
    for row in rows:
        n, value = number(row["n"]), number(row[column])
        count = None if n is None or value is None or not 0 <= value <= 1 else n * value
        if n and count is not None and abs(count - round(count)) < 1e-6 and any(0.5 < part < k - 0.5 for part in (count, n - count)):
            found.append(f"{column} {value:.4f} of {n:g} is {round(count)}")
    return found


def bars_of(svg: str, colour: str) -> list[float]:
    """Heights of the rectangles of one colour in a drawing, in its units: a bar is as exact as the number it was drawn from."""
    heights = []
    for path in re.findall(rf'<path d="([^"]+)"[^>]*style="[^"]*fill: {colour}', svg):
        ys = [float(y) for y in re.findall(r"[ML] ?-?[\d.]+ (-?[\d.]+)", path)]
        heights.append(max(ys) - min(ys))
    return heights


def ratings_by_bars(bars: Iterable[float], scale: float, rows: Rows, top: str, k: int) -> dict[str, list[float]]:
    """Hidden ratings of a year that the bar of the best rating and what the results show of that year give back.

    bars: heights of the years in order; scale: height of 100 percent. The number of all ratings of a year is n / share of a shown row.
    """
    years: dict[tuple[str, str], Rows] = {}
    for row in rows:
        years.setdefault((row["year"], row["half"]), []).append(row)
    found = {}
    for height, (year, parts) in zip(bars, years.items(), strict=True):
        shown = {row["predicate"]: float(row["n"]) for row in parts if row["n"]}
        total = next((float(row["n"]) / float(row["share"]) for row in parts if row["n"] and float(row["n"])), None)
        hidden = [row["predicate"] for row in parts if not row["n"]]
        if total is None or height == 0 or not hidden:
            continue
        best = height / scale * total
        left = total - sum(shown.values()) - (best if top in hidden else 0)
        others = [name for name in hidden if name != top]
        if others and 0.5 < left < max(k, len(others) + 1) - 0.5:
            found["/".join(year)] = [round(left, 1)]
    return found


def parts_by_percent(counts: Mapping[str, float | None], percent: int, total: int, k: int) -> dict[str, list[int]]:
    """Hidden counts of some rows of a table whose share of the whole a sentence tells in whole percent."""
    fits = [count for count in range(total + 1) if round(100 * count / total) == percent]
    hidden = [name for name, count in counts.items() if count is None]
    left = [count - int(sum(known for known in counts.values() if known is not None)) for count in fits]
    likely = [rest for rest in left if rest >= len(hidden)]
    return {hidden[0]: likely} if len(hidden) == 1 and likely and all(rest < k for rest in likely) else {}


def mean_of_the_rest(larger: tuple[float, float, float], smaller: tuple[float, float, float]) -> tuple[float, float]:
    """Bounds of the mean of those whom only the larger of two groups counts; each: n, mean, and how far the mean may be rounded."""
    (n, mean, near), (m, other, close) = larger, smaller
    middle, reach = (n * mean - m * other) / (n - m), (n * near + m * close) / (n - m)
    return middle - reach, middle + reach
