"""What people say and to whom they are related: survei, aspirasi, relasi."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mutasi_analysis.entities.outcomes import ITEMS
from mutasi_analysis.synthetic.organisation import Organisation
from mutasi_analysis.synthetic.staff import Staff


def survey_table(staff: Staff, moves: pd.DataFrame, as_of: pd.Timestamp, rng: np.random.Generator) -> pd.DataFrame:
    """`survei`: seven in ten programme movers answer the wave before, and after six and twelve months (if before as_of).

    Answers rise with socialisation, training and match gained, and over the waves; 1-4.
    """
    asked = moves[moves["in_programme"] & moves["is_first"] & (rng.random(len(moves)) < 0.7)]
    prepared = asked["socialised"].astype(float) * 0.35 + np.minimum(asked["training_hours"].fillna(0.0), 40) / 80
    mood = (prepared + asked["gain"] / 60 + rng.normal(0, 0.5, len(asked))).to_numpy()
    nip = staff.frame["nip"].to_numpy(dtype=object)[asked["person"]]
    parts = []
    for wave, months in enumerate((0, 6, 12)):
        there = (asked["tmt"] + pd.DateOffset(months=months) <= as_of).to_numpy() & (rng.random(len(asked)) < 0.92**wave)
        latent = 2.5 + mood[there, None] + 0.12 * wave + rng.normal(0, 0.7, (int(there.sum()), len(ITEMS)))
        answers = np.clip(np.rint(latent), 1, 4).astype(int)
        parts.append(
            pd.DataFrame(
                {
                    "person_id": np.repeat(nip[there], len(ITEMS)),
                    "wave": wave,
                    "item": np.tile(np.array(ITEMS, dtype=object), len(answers)),
                    "answer": answers.reshape(-1),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def wish_table(staff: Staff, org: Organisation, post: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """`aspirasi`: one serving PNS in five names one to three units that have the wished post, in order."""
    frame = staff.frame
    inside = (org.units["unit_kind"] != "luar").to_numpy()
    wishing = np.flatnonzero((rng.random(len(frame)) < 0.2) & frame["exit"].isna().to_numpy() & (frame["asn_kind"] == "PNS").to_numpy())
    unit_id, post_id = org.units["unit_id"].to_numpy(dtype=object), org.posts["jabatan_id"].to_numpy(dtype=object)
    columns = ["person_id", "rank", "wished_unit_id", "wished_jabatan_id"]
    rows: list[dict[str, object]] = []
    for person in wishing:
        choices = np.flatnonzero(org.allowed[:, post[person]] & inside)
        wished = rng.permutation(choices)[: int(rng.integers(1, 4))]
        rows += [
            dict(zip(columns, (frame["nip"].iloc[person], rank, unit_id[unit], post_id[post[person]]), strict=True))
            for rank, unit in enumerate(wished, 1)
        ]
    return pd.DataFrame(rows, columns=columns)


def kin_table(staff: Staff, rng: np.random.Generator) -> pd.DataFrame:
    """`relasi`: about one person in twenty has a spouse (of the other sex) or a relative among the staff; each pair once."""
    frame = staff.frame
    shuffled = rng.permutation(len(frame))
    women = shuffled[(frame["sex"] == "P").to_numpy()[shuffled]]
    men = shuffled[(frame["sex"] == "L").to_numpy()[shuffled]]
    couples = min(round(0.018 * len(frame)), len(women) // 2, len(men) // 2)
    relatives = min(round(0.007 * len(frame)), len(women) - couples)
    pairs = [(women[i], men[i], "pasangan") for i in range(couples)]
    rest = np.concatenate([women[couples:], men[couples:]])
    rest = rng.permutation(rest)[: 2 * relatives]
    pairs += [(rest[2 * i], rest[2 * i + 1], "kerabat") for i in range(len(rest) // 2)]
    nip = frame["nip"].to_numpy(dtype=object)
    return pd.DataFrame([(nip[a], nip[b], kind) for a, b, kind in pairs], columns=["person_id", "related_person_id", "relation"])
