"""Where everybody stands while transfers are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.synthetic.organisation import Organisation
from mutasi_analysis.synthetic.staff import Staff


@dataclass
class Board:
    """Where everybody stands while the moves are drawn, year by year. wave: programme year from which a service unit may
    receive (0 = always, 9999 = never); need: heads that each unit needs besides structural ones;
    structural, general, next_post: by post (general pelaksana may change post); started, exit: by person; moved: who did."""

    org: Organisation
    staff: Staff
    unit: np.ndarray
    post: np.ndarray
    wave: np.ndarray
    need: np.ndarray
    structural: np.ndarray
    general: np.ndarray
    next_post: np.ndarray
    started: np.ndarray
    exit: np.ndarray
    moved: np.ndarray
    rows: list[dict[str, Any]] = field(default_factory=list)

    def open_units(self, year: int) -> np.ndarray:
        """Units that may receive somebody in a year."""
        return self.wave <= year

    def heads(self, year: int) -> np.ndarray:
        """Heads of each unit but structural ones on the first day of a year, moves made so far included."""
        day = np.datetime64(f"{year}-01-01")
        serving = (self.started <= day) & ~(self.exit <= day) & ~self.structural[self.post]
        return np.asarray(np.bincount(self.unit[serving], minlength=len(self.wave)))

    def index(self, year: int) -> np.ndarray:
        """Need over those heads (NaN outside the region)."""
        return np.asarray(self.need / np.maximum(self.heads(year), 1))

    def place(self, person: int, unit: int, post: int, tmt: pd.Timestamp, kind: str) -> None:
        """Record a move and make it."""
        self.rows.append({"person": person, "from_unit": self.unit[person], "to_unit": unit, "from_post": self.post[person],
                          "to_post": post, "tmt": tmt, "move_kind": kind})  # fmt: skip
        self.unit[person], self.post[person], self.moved[person] = unit, post, True
