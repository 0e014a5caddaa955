"""The values of a printed report in the order, sizes and pieces that `arrange` chose, with the space around each part."""

from __future__ import annotations

from typing import Any

from mutasi_analysis.publish.documents.arrange import Part, Placed, arrangement

#: millimetres to points; height of the text on upright and lying pages
POINT = 72 / 25.4
UPRIGHT, LYING = 246.0 * POINT, 159.0 * POINT
#: space above and below each kind of part, and whether it goes on over pages by itself, points
SPACE: dict[str, dict[str, Any]] = {
    "heading": {"above": 30.0, "below": 14.0, "breakable": False},
    "subheading": {"above": 20.0, "below": 10.0, "breakable": False},
    "text": {"above": 10.0, "below": 10.0, "breakable": True},
    "box": {"above": 12.6, "below": 12.6, "breakable": False},
    "pointer": {"above": 11.5, "below": 12.6, "breakable": False},
    "figure": {"above": 15.0, "below": 16.0, "breakable": False},
    "table": {"above": 15.0, "below": 16.0, "breakable": False},
    "behind": {"above": 14.0, "below": 0.0, "breakable": False},
}
#: roles of prose that stand in a box
BOXES = ("answer", "warning", "synthetic")
#: millimetres below which the drawing of a figure does not get smaller, and the smallest of its sizes
LEAST_DRAWN, SMALLEST = 100.0, 0.85
#: points between two items of a list or two paragraphs of one part
BETWEEN = 7.9


def pieces_of(value: dict[str, Any]) -> list[dict[str, Any]]:
    """A part as values with the space around it; prose as one part for each paragraph or list, but a list stays with the
    line that announces it."""
    if value["kind"] == "text" and value["role"] not in BOXES:
        return [{**value, "nodes": nodes} | SPACE["text"] for nodes in _together(value["nodes"])]
    kind = "box" if value["kind"] == "text" else value["kind"]
    return [value | SPACE["subheading" if kind == "heading" and value["level"] > 1 else kind]]


def _together(nodes: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    groups: list[list[dict[str, Any]]] = []
    announced = False
    for node in nodes:
        if announced and node["kind"] == "list":
            groups[-1].append(node)
        else:
            groups.append([node])
        announced = node["kind"] == "paragraph" and "".join(run["text"] for run in node["runs"]).rstrip().endswith(":")
    return groups


def arranged(values: dict[str, Any], measured: dict[str, Any]) -> dict[str, Any]:
    """Body, annex and appendix as they are printed. measured: the same parts with their heights in points, as Typst found them."""
    annex = [
        _arranged(group, heights, LYING if group[-1].get("lying", False) else UPRIGHT)
        for group, heights in zip(values["annex"], measured["annex"], strict=True)
    ]
    flowing = {name: _arranged(values[name], measured[name], UPRIGHT) for name in ("body", "appendix")}
    return values | flowing | {"annex": annex}


def _arranged(values: list[dict[str, Any]], measured: list[dict[str, Any]], page: float) -> list[dict[str, Any]]:
    if not values:
        return []
    parts = [_measured(value, found) for value, found in zip(values, measured, strict=True)]
    return [_shown(values[step.number], step) for step in arrangement(parts, page)]


def _measured(value: dict[str, Any], found: dict[str, Any]) -> Part:
    kind = "box" if value["kind"] == "text" and not value["breakable"] else value["kind"]
    spare = value.get("width", 0.0) * SMALLEST >= LEAST_DRAWN
    return Part(
        kind,
        value["above"],
        value["below"],
        tuple(found["heights"]),
        line=found.get("line", 1.0),
        pitch=found.get("pitch", 1.0),
        between=BETWEEN if kind == "text" else 0.0,
        heads=tuple(found.get("heads", (0.0, 0.0))),
        note=found.get("note", 0.0),
        image=found.get("image", 0.0) if spare else 0.0,
        low=value.get("low", False),
    )


def _shown(value: dict[str, Any], step: Placed) -> dict[str, Any]:
    if step.loose:
        return value | {"breakable": True}
    if step.rows is None:
        return value | {"size": step.size} if value["kind"] == "figure" else value
    first, end = step.rows
    last = end == len(value["rows"])
    return value | {"rows": value["rows"][first:end], "goes_on": first > 0, "note": value["note"] if last else []}
