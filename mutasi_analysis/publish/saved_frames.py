"""Frames of many regions read in one go: files of the same shape are joined as text, so that 514 regions cost as many reads as one."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

_PLACE = "_place"


@dataclass(slots=True)
class _Alike:
    """Files of one frame with the same header and kinds: their rows as text, and which region (its place) has how many."""

    bodies: list[str] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)


def read_frames(folders: Sequence[Path], facts: Sequence[Mapping[str, Any]]) -> dict[str, pd.DataFrame]:
    """Name → rows of all regions in the order of their folders, with slug, region and level in front. facts: each folder's
    region.json; a frame's own column by one of these names goes on as own_<name>."""
    alike: dict[str, dict[tuple[str, tuple[tuple[str, str], ...]], _Alike]] = {}
    for place, (folder, fact) in enumerate(zip(folders, facts, strict=True)):
        for name, described in fact["frames"].items():
            header, _, body = (folder / f"{name}.csv").read_text(encoding="utf-8").partition("\n")
            body = body if not body or body.endswith("\n") else f"{body}\n"
            group = alike.setdefault(name, {}).setdefault((header, tuple(described["columns"].items())), _Alike())
            group.bodies.append(body)
            group.rows.append((place, _rows(body)))
    regions = pd.DataFrame({"slug": [f["slug"] for f in facts], "region": [f["name"] for f in facts], "level": [f["level"] for f in facts]})
    return {name: _joined(groups, regions) for name, groups in sorted(alike.items())}


def _rows(body: str) -> int:
    """Rows of CSV text: lines, but for line breaks inside quotes."""
    return body.count("\n") if '"' not in body else sum(1 for _ in csv.reader(io.StringIO(body)))


def _joined(groups: Mapping[tuple[str, tuple[tuple[str, str], ...]], _Alike], regions: pd.DataFrame) -> pd.DataFrame:
    frames = [_read(header, dict(kinds), group, regions) for (header, kinds), group in groups.items()]
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    whole = pd.concat(filled, ignore_index=True)
    return whole.sort_values(_PLACE, kind="stable", ignore_index=True).drop(columns=_PLACE)


def _read(header: str, kinds: Mapping[str, str], group: _Alike, regions: pd.DataFrame) -> pd.DataFrame:
    source = io.StringIO("\n".join([header, "".join(group.bodies)]))
    text = pd.read_csv(source, dtype=str, keep_default_na=False, na_values=[""])
    own = text.assign(**{name: _typed(text[name], kind) for name, kind in kinds.items()})
    places = [place for place, n in group.rows for _ in range(n)]
    front = regions.iloc[places].reset_index(drop=True)
    renamed = own.rename(columns={name: f"own_{name}" for name in regions.columns})
    return pd.concat([front, renamed], axis=1).assign(**{_PLACE: places})


def _typed(column: pd.Series, kind: str) -> pd.Series:
    if kind == "number":
        return pd.to_numeric(column).astype("float64")
    if kind == "boolean":
        return column.map({"True": True, "False": False}).astype("boolean")
    return pd.to_datetime(column) if kind == "date" else column
