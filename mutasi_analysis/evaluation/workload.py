"""Balance of work before, after and without the programme's transfers."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis.disclosure import levelled_units
from mutasi_analysis.entities import RegionData
from mutasi_analysis.evaluation.need import METHODS, available_by_group, post_groups, rebased, required_by_group
from mutasi_analysis.evaluation.protected import STATES, lorenz_frame, told_balance
from mutasi_analysis.evaluation.result import Workload
from mutasi_analysis.evaluation.staffing import OUTSIDE, on_a_path, posts_on, programme_of
from mutasi_analysis.metrics.abk import effectiveness_band
from mutasi_analysis.metrics.contributions import transfer_contributions
from mutasi_analysis.metrics.workload import workload_index
from mutasi_analysis.norms import load_family
from mutasi_analysis.profiles import RegionProfile


def evaluate_workload(data: RegionData, profile: RegionProfile, *, moves: pd.DataFrame | None = None) -> Workload | None:
    """The workload section, or None where no table says how much work there is. moves: the programme's, where known already."""
    if not (data.has("beban_kerja") or data.has("sekolah")):
        return None
    need = required_by_group(data, profile)
    need = need.loc[need["unit_id"].isin(_units_inside(data))]
    serving = posts_on(data.table("pegawai"), data.table("mutasi"), profile.as_of)
    counts, unmeasured = _head_counts(data, profile, need, serving)
    moves = programme_of(data, profile) if moves is None else moves
    countable = _countable_moves(data, profile, need, serving, moves)
    units = _units(data, profile, need, counts, countable)
    levelled = levelled_units(units, profile.minimum_cell)
    return Workload(
        units=units,
        balance=told_balance(levelled),
        transfers=_transfers(data, units, countable),
        lorenz=lorenz_frame(levelled),
        sensitivity=_sensitivity(profile, need, levelled),
        unmeasured=unmeasured,
        notes=_notes(len(moves), len(countable)),
    )


def _units_inside(data: RegionData) -> pd.Series:
    units = data.table("unit_kerja")
    return units.loc[units["unit_kind"] != OUTSIDE, "unit_id"]


def _head_counts(data: RegionData, profile: RegionProfile, need: pd.DataFrame, serving: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People by unit before and after, in groups whose need is known; and the groups that had to be left out.

    serving: places on the day of the data.
    """
    pegawai, mutasi, jabatan = data.table("pegawai"), data.table("mutasi"), data.table("jabatan")
    start = (pd.Timestamp(profile.programme_first) - pd.Timedelta(days=1)).date()
    known = pd.MultiIndex.from_frame(need[["unit_id", "group"]])
    before = available_by_group(posts_on(pegawai, mutasi, start), jabatan)
    after = available_by_group(serving, jabatan)
    counts = pd.DataFrame({"before": before.reindex(known, fill_value=0.0), "after": after.reindex(known, fill_value=0.0)})
    left_out = after.loc[~after.index.isin(known)].rename("persons").reset_index()
    names = data.table("unit_kerja").set_index("unit_id")
    left_out = left_out.loc[left_out["unit_id"].map(names["unit_kind"]) != OUTSIDE]
    unmeasured = pd.DataFrame(
        {
            "unit_id": left_out["unit_id"],
            "unit_name": left_out["unit_id"].map(names["unit_name"]),
            "reason": "no_need_for_" + left_out["group"].astype(str),
            "persons": left_out["persons"].astype(int),
        }
    )
    return counts.groupby(level="unit_id").sum(), unmeasured.reset_index(drop=True)


def _countable_moves(
    data: RegionData, profile: RegionProfile, need: pd.DataFrame, serving: pd.DataFrame, moves: pd.DataFrame
) -> pd.DataFrame:
    """Programme moves until the day of the head count that can be undone: of people still serving, without a move after the
    programme, whose moves lead to where the list of staff has them.

    origin, destination: the unit where the move changes a head count whose need is known, else NA.
    """
    mutasi, groups = data.table("mutasi"), post_groups(data.table("jabatan"))
    day = pd.Timestamp(profile.as_of)
    later = mutasi.loc[(mutasi["tmt"] > pd.Timestamp(profile.programme_last)) & (mutasi["tmt"] <= day), "person_id"]
    counted = (moves["tmt"] <= day) & moves["person_id"].isin(serving.index) & ~moves["person_id"].isin(later)
    moves = moves.loc[counted].reset_index(drop=True)
    current = moves["person_id"].map(serving["jabatan_id"])
    known = set(need[["unit_id", "group"]].itertuples(index=False, name=None))
    places = {}
    for side, unit, post in (("origin", "from_unit_id", "from_jabatan_id"), ("destination", "to_unit_id", "to_jabatan_id")):
        group = moves[post].fillna(current).map(groups)
        places[side] = _place(moves[unit], group)
        measured = [key in known for key in zip(moves[unit], group, strict=True)]
        moves[side] = moves[unit].where(pd.Series(measured, index=moves.index))
    now = _place(serving["unit_id"], serving["jabatan_id"].map(groups))
    return moves.loc[on_a_path(moves.assign(**places), now)].reset_index(drop=True)


def _place(unit: pd.Series, group: pd.Series) -> pd.Series:
    return unit.astype("string") + " · " + group.astype("string").fillna("?")


def _units(data: RegionData, profile: RegionProfile, need: pd.DataFrame, counts: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    names = data.table("unit_kerja").set_index("unit_id")
    by_unit = need.groupby("unit_id")
    units, families = pd.DataFrame({"required_fte": by_unit["required_fte"].sum()}), by_unit["group"]
    units["family"] = families.first().map(METHODS).where(families.nunique() == 1, "campuran")
    units["moved_in"] = moves["destination"].value_counts().reindex(units.index, fill_value=0).astype(int)
    units["moved_out"] = moves["origin"].value_counts().reindex(units.index, fill_value=0).astype(int)
    units["available_before"], units["available_after"] = counts["before"], counts["after"]
    units["available_without"] = units["available_after"] - units["moved_in"] + units["moved_out"]
    for state in STATES:
        units[f"index_{state}"] = workload_index(units["required_fte"], units[f"available_{state}"])
        units[f"gap_{state}"] = units[f"available_{state}"] - units["required_fte"]
    scheme = profile.scheme("effectiveness_bands")
    for state in ("before", "after"):
        units[f"band_{state}"] = effectiveness_band(units[f"index_{state}"], scheme=scheme)
    for column in ("unit_name", "unit_kind", "sector", "kecamatan_code"):
        units[column] = names[column].reindex(units.index)
    order = ["unit_id", "unit_name", "unit_kind", "sector", "kecamatan_code", "family", "required_fte"]
    order += [f"{what}_{state}" for what in ("available", "index", "gap") for state in STATES]
    order += ["band_before", "band_after", "moved_in", "moved_out"]
    units = units.rename_axis("unit_id").reset_index()
    return units.sort_values(["index_after", "unit_id"], ascending=[False, True], ignore_index=True)[order]


def _transfers(data: RegionData, units: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Contributions summed over the moves between the same two units; both ends' names. Where the need of the origin is not known,
    whether it became more short of staff is missing."""
    by_unit = units.set_index("unit_id")
    value = transfer_contributions(by_unit["required_fte"], by_unit["available_without"], moves["origin"], moves["destination"])
    frame = moves[["from_unit_id", "to_unit_id"]].join(value).assign(measured=moves["origin"].notna())
    grouped = frame.groupby(["from_unit_id", "to_unit_id"], sort=True)
    pairs = grouped[["total", "at_origin"]].sum().rename(columns={"total": "contribution"})
    pairs.insert(0, "n_moves", grouped.size())
    pairs["at_destination"] = pairs["contribution"] - pairs["at_origin"]
    pairs["origin_worse"] = (pairs["at_origin"] > 1e-9).astype("boolean").where(grouped["measured"].any())
    pairs = pairs.reset_index()
    names = data.table("unit_kerja").set_index("unit_id")["unit_name"]
    pairs.insert(1, "from_unit_name", pairs["from_unit_id"].map(names))
    pairs.insert(3, "to_unit_name", pairs["to_unit_id"].map(names))
    return pairs.sort_values(["contribution", "from_unit_id", "to_unit_id"], ignore_index=True)


def _sensitivity(profile: RegionProfile, need: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The same units under every scheme of effective time: total need, and how many units change their place in the order."""
    available = units.set_index("unit_id")["available_after"]
    schemes = load_family("effective_time")
    own = float(str(schemes[profile.scheme("effective_time")].value))
    rank = units.set_index("unit_id")["index_after"].rank(method="min", ascending=False)
    rows = []
    for norm in schemes.values():
        other = rebased(need, from_minutes_y=own, to_minutes_y=float(str(norm.value)))
        required = other.groupby("unit_id")["required_fte"].sum().reindex(available.index)
        index = workload_index(required, available)
        changed = int((index.rank(method="min", ascending=False).fillna(0) != rank.fillna(0)).sum())
        rows.append([norm.scheme, norm.value, required.sum(), changed, index.median(), norm.status, norm.reference])
    columns = ["scheme", "effective_minutes_y", "required_total", "units_changed_rank", "index_median", "status", "reference"]
    return pd.DataFrame(rows, columns=columns)


def _notes(total: int, countable: int) -> tuple[str, ...]:
    return (f"moves_set_aside:{total - countable}",) if total > countable else ()
