"""What a personnel office notes beside the staff list: talent box as its application gives it, courses, seminars, sanctions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.entities.people import SANCTIONS
from mutasi_analysis.synthetic.moves import match_percent
from mutasi_analysis.synthetic.organisation import Organisation
from mutasi_analysis.synthetic.staff import Staff

#: rows: performance below, met, above expectation; columns: potential low, medium, high (PermenPANRB 3/2020; spec domain 4.5).
_BOXES = np.array([[1, 3, 6], [2, 5, 8], [4, 7, 9]])
#: numbering of a public application that contradicts it (spec domain 4.5): high performance with medium potential 8, the reverse 6.
_WRONG = np.array([[1, 3, 7], [2, 5, 6], [4, 8, 9]])
_EDGES = (60, 80)
_WRONG_SHARE = 0.04
_PERFORMANCE = {"Sangat Baik": 2, "Baik": 1}


def talent_columns(org: Organisation, staff: Staff, post: np.ndarray, ratings: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """talent_box main_training technical_hours seminar sanction, one row a person; a twentieth of the rows is empty, as offices leave them.

    post: row number of everybody's present post; ratings: the table `kinerja`. Boxes rest on true levels and the last rating; in
    _WRONG_SHARE of them the application's own numbering was used.
    """
    n = len(staff.frame)
    jpm = match_percent(staff.levels, org.required)[np.arange(n), post]
    last = ratings.loc[ratings["year"] == ratings["year"].max()].sort_values("half").drop_duplicates("person_id", keep="last")
    predicate = staff.frame["nip"].map(last.set_index("person_id")["predicate"])
    row = predicate.map(_PERFORMANCE).fillna(0).astype(int).to_numpy()
    column = np.digitize(jpm, _EDGES)
    wrong = rng.random(n) < _WRONG_SHARE
    box = pd.Series(np.where(wrong, _WRONG[row, column], _BOXES[row, column]), dtype="Int64").mask(predicate.isna().to_numpy())
    hours = np.where(rng.random(n) < 0.35, 0, 4 * rng.integers(1, 16, n))
    frame = pd.DataFrame(
        {
            "talent_box": box,
            "main_training": pd.array(rng.random(n) < 0.55, dtype="boolean"),
            "technical_hours": hours.astype("float64"),
            "seminar": pd.array(rng.random(n) < 0.6, dtype="boolean"),
            "sanction": pd.array(rng.choice(np.array(SANCTIONS, dtype=object), n, p=[0.96, 0.025, 0.01, 0.005]), dtype="string"),
        }
    )
    return frame.loc[rng.random(n) >= 0.05].reindex(frame.index)
