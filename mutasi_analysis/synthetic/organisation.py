"""The invented organisation of a demonstration region: units, posts, and how many people each post of a unit has at the start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi_analysis.entities.people import COMPETENCIES
from mutasi_analysis.synthetic.facts import Kecamatan, RegionFacts, shared

OUTSIDE = "LUAR"


@dataclass(frozen=True)
class Organisation:
    """units: unit_id, unit_name, unit_kind, sector, kecamatan_code, template, served (a service unit), index (planned workload
    index at the start, NaN outside). posts: jabatan_id, jabatan_name, job_class, job_level, job_family, required_education,
    field, next (row of the next post or -1). required: posts × 10 competencies, level 1-5. seats: units × posts, people at
    the start; allowed: units × posts, whether the unit has such posts at all."""

    units: pd.DataFrame
    posts: pd.DataFrame
    required: np.ndarray
    seats: np.ndarray
    allowed: np.ndarray


def build_organisation(facts: RegionFacts, scale: float, rng: np.random.Generator) -> Organisation:
    """Units and posts of a region with about `facts.persons * scale` seats."""
    units = _units(facts, scale)
    posts = _posts()
    units["index"] = _start_index(facts, len(units), rng)
    units.loc[units["unit_kind"] == "luar", "index"] = np.nan
    weights = _template_matrix(units, posts)
    seats = _seats(weights, posts, facts.persons * scale, rng)
    levels = np.array([[int(digit) for digit in entry["levels"]] for entry in shared("posts")["post"]])
    if levels.shape[1] != len(COMPETENCIES):
        raise ValueError(f"posts.toml: levels must have {len(COMPETENCIES)} digits")
    allowed = (weights > 0) | (units["unit_kind"] == "luar").to_numpy()[:, None]
    return Organisation(units, posts, levels, seats, allowed)


def _posts() -> pd.DataFrame:
    raw = shared("posts")
    frame = pd.DataFrame(raw["post"])
    position = {name: row for row, name in enumerate(frame["id"])}
    return pd.DataFrame(
        {
            "jabatan_id": frame["id"],
            "jabatan_name": frame["name"],
            "job_class": frame["class"],
            "job_level": frame["level"],
            "job_family": frame["family"],
            "required_education": [raw["field"][field]["required"] for field in frame["field"]],
            "field": frame["field"],
            "next": [position.get(name, -1) if isinstance(name, str) else -1 for name in frame["next"]],
        }
    )


def _scaled(count: int, scale: float) -> int:
    """How many units of a fixed list a scaled region keeps: never more than there are, two at least."""
    return min(count, max(2, round(count * scale)))


def _row(unit_id: str, name: str, kind: str, sector: str, code: str | None, template: str) -> dict[str, object]:
    return {"unit_id": unit_id, "unit_name": name, "unit_kind": kind, "sector": sector, "kecamatan_code": code, "template": template}


def _units(facts: RegionFacts, scale: float) -> pd.DataFrame:
    rows = _offices(facts, scale) + _kecamatan_offices(facts, scale) + _health(facts, scale) + _schools(facts, scale)
    if facts.outside:
        rows.append(_row(OUTSIDE, facts.outside, "luar", "umum", None, ""))
    units = pd.DataFrame(rows)
    counter = units["sector"].isin(shared("offices")["service"]["dinas_sectors"])
    units["served"] = units["unit_kind"].isin(["puskesmas", "rsud", "uptd", "kecamatan", "kelurahan", "sekolah"]) | counter
    return units


def _offices(facts: RegionFacts, scale: float) -> list[dict[str, object]]:
    if not facts.offices:
        return []
    rows = []
    for office in shared("offices")["office"]:
        kept = office["list"][: _scaled(len(office["list"]), scale)]
        prefix = {"dinas": "DIN", "badan": "BDN", "sekretariat": "SET"}[office["kind"]]
        for number, (name, sector) in enumerate(kept, 1):
            full = f"{name} {facts.government}"
            rows.append(_row(f"{prefix}-{number:02d}", full, office["kind"], sector, None, "dinas"))
    return rows


def _kecamatan_offices(facts: RegionFacts, scale: float) -> list[dict[str, object]]:
    kept = facts.kecamatan[: max(1, min(len(facts.kecamatan), round(len(facts.kecamatan) * max(scale, 0.2))))]
    rows = [_row(f"KEC-{k.code[-2:]}", f"Kantor Kecamatan {k.name}", "kecamatan", "kewilayahan", k.code, "kecamatan") for k in kept]
    names = [(name, k.code) for k in facts.kecamatan for name in _kelurahan(k)]
    for number, (name, code) in enumerate(names[: _scaled(len(names), scale)], 1):
        rows.append(_row(f"KEL-{number:02d}", f"Kantor Kelurahan {name}", "kelurahan", "kewilayahan", code, "kelurahan"))
    return rows


def _kelurahan(kecamatan: Kecamatan) -> tuple[str, ...]:
    """True names where the facts have them, else plainly invented ones."""
    if kecamatan.kelurahan:
        return kecamatan.kelurahan
    return tuple(f"Contoh {number} {kecamatan.name}" for number in range(1, kecamatan.kelurahan_count + 1))


def _health(facts: RegionFacts, scale: float) -> list[dict[str, object]]:
    only = facts.kecamatan[0].code if len(facts.kecamatan) == 1 else None
    by_name = {f"Puskesmas {k.name}": k.code for k in facts.kecamatan}
    rows = []
    for number, name in enumerate(facts.puskesmas[: _scaled(len(facts.puskesmas), scale)], 1):
        rows.append(_row(f"PKM-{number:02d}", name, "puskesmas", "kesehatan", only or by_name.get(name), "puskesmas"))
    for number, name in enumerate([name for k in facts.kecamatan for name in _kelurahan(k)][: facts.uptd], 1):
        rows.append(_row(f"PST-{number:02d}", f"Puskesmas Pembantu {name}", "uptd", "kesehatan", only, "uptd"))
    if facts.rsud:
        rows.append(_row("RSUD-01", facts.rsud, "rsud", "kesehatan", None, "rsud"))
    return rows


def _schools(facts: RegionFacts, scale: float) -> list[dict[str, object]]:
    rows = []
    for template, word, total in (("sd", "SD", facts.schools_sd), ("smp", "SMP", facts.schools_smp)):
        for number in range(1, max(3, round(total * scale)) + 1):
            place = facts.kecamatan[(number - 1) % len(facts.kecamatan)]
            name = f"{word} Negeri Contoh {number} {place.name}"
            rows.append(_row(f"{word}-{number:03d}", name, "sekolah", "pendidikan", place.code, template))
    return rows


def _start_index(facts: RegionFacts, count: int, rng: np.random.Generator) -> np.ndarray:
    limits = shared("process")["workload"]
    drawn = np.exp(rng.normal(0.0, facts.programme.index_sd, count))
    return np.clip(drawn, limits["index_low"], limits["index_high"])


def _template_matrix(units: pd.DataFrame, posts: pd.DataFrame) -> np.ndarray:
    """Units × posts: how many of each post the unit's template names (0 where it has none)."""
    templates = {name: posts["jabatan_id"].map(entry).fillna(0.0).to_numpy() for name, entry in shared("offices")["template"].items()}
    return np.array([templates.get(name, np.zeros(len(posts))) for name in units["template"]], dtype=float)


def _seats(weights: np.ndarray, posts: pd.DataFrame, total: float, rng: np.random.Generator) -> np.ndarray:
    """Heads per unit and post: structural posts as the template says, the rest scaled to the total and randomly rounded."""
    structural = (posts["job_class"] == "struktural").to_numpy()
    seats = np.where(structural, weights, 0.0)
    others = np.where(structural, 0.0, weights) * np.exp(rng.normal(0.0, 0.18, (len(weights), 1)))
    factor = max(total - seats.sum(), others.sum() * 0.1) / others.sum()
    wanted = others * factor
    seats += np.floor(wanted + rng.random(wanted.shape))
    empty = (seats.sum(axis=1) == seats[:, structural].sum(axis=1)) & (others.sum(axis=1) > 0)
    seats[empty, others[empty].argmax(axis=1)] = 1
    return seats.astype(int)
