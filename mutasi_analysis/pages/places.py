"""Centroids of kecamatan, where the package knows them (parameters/synthetic of the five regions)."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pandas as pd

COLUMNS = ("code", "name", "lat", "lng")


def kecamatan_places(slug: str) -> pd.DataFrame:
    """code, name, lat, lng (degrees) of the kecamatan of a region; empty for a region that the package has no centroids of."""
    folder = files("mutasi_analysis") / "parameters" / "synthetic"
    names = [path.name for path in folder.iterdir() if path.name == f"{slug}.toml"]
    found = tomllib.loads((folder / names[0]).read_text(encoding="utf-8"))["places"]["kecamatan"] if names else []
    return pd.DataFrame([[place[column] for column in COLUMNS] for place in found], columns=list(COLUMNS))
