"""Totals taken together: the hidden cells of the picture of transfers, and what everybody of a hidden group has."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mutasi_analysis.disclosure import FITTING_SHARES, MATCH_SHARES, hidden_rows, hidden_shares
from mutasi_analysis.figures.competency import transition_counts
from mutasi_analysis.norms import load_norm
from mutasi_analysis.publish.results import masked_frame
from mutasi_analysis.publish.saved_units import closed_in_sectors
from mutasi_analysis.tabulate.competency import match_table
from mutasi_analysis.tabulate.talent import qualification_changes_table
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.competency import shares_sentence
from tests.attack import attack, deduction, region, sums
from tests.attack.outputs import Table

K, ID = 5, Words("id")
CHANGED = ("grouping", "group", "n", *MATCH_SHARES, *FITTING_SHARES)
ENDS = {"MS": (80.0, 1e6), "MMS": (68.0, 80.0), "KMS": (-1.0, 68.0)}
#: transfers by the lower ends of the classes of old and new match; of 299, 287 were in the highest band before and 283 after
GRID = {
    (60, 60): 1, (60, 90): 3, (70, 70): 5, (70, 90): 3, (80, 60): 1, (80, 70): 2, (80, 80): 66, (80, 90): 13, (90, 60): 2, (90, 70): 5,
    (90, 80): 8, (90, 90): 190,
}  # fmt: skip


def transfers(grid: dict[tuple[int, int], int]) -> pd.DataFrame:
    rows = [[old + 0.5, new + 0.5] for (old, new), n in grid.items() for _ in range(n)]
    return pd.DataFrame(rows, columns=["jpm_from", "jpm_to"])


def in_highest(moves: pd.DataFrame) -> deduction.Rows:
    """The highest band as the table of bands shows it: not where it, or what it leaves, is few."""
    found = []
    for state, side in (("old", "jpm_from"), ("new", "jpm_to")):
        n = int((moves[side] >= 80).sum())
        told = n >= K and (n == len(moves) or len(moves) - n >= K)
        found.append({"state": state, "band": "MS", "n": str(n) if told else "*"})
    return found


def rows_of(frame: pd.DataFrame) -> deduction.Rows:
    return [{name: "" if pd.isna(cell) else str(cell) for name, cell in row.items()} for row in frame.to_dict("records")]


def test_two_totals_together_gave_one_transfer_back() -> None:
    """12 of 299 hidden; 5 of them are in the highest band of the old post and 6 in that of the new one: 12 − 5 − 6 is 1."""
    moves = transfers(GRID)
    bands = in_highest(moves)
    assert [row["n"] for row in bands] == ["287", "283"]
    cells = transition_counts(moves, minimum_cell=K).drop(columns=["row", "column"])
    few = cells.assign(n=[n if n >= K else pd.NA for n in (GRID[int(c.from_bin[:2]), int(c.to_bin[:2])] for c in cells.itertuples())])
    assert sums.hidden_transfers(rows_of(few), bands, 299, ENDS) == {"60–70>60–70": 1}
    assert sums.hidden_transfers(rows_of(few), bands[:1], 299, ENDS) == {}
    assert sums.hidden_transfers(rows_of(cells), bands, 299, ENDS) == {}
    assert cells["n"].dropna().tolist() == [66, 13, 5, 8, 190]  # 5 of 70–80, which stayed there, are hidden besides


@pytest.mark.parametrize("seed", range(20))
def test_no_grid_gives_a_cell_back(seed: int) -> None:
    draw = np.random.default_rng(seed)
    drawn = draw.poisson(draw.choice([0.3, 1, 3, 40], size=(5, 5), p=[0.5, 0.2, 0.2, 0.1])) + np.diag([0, 0, 0, 0, 10])
    places = [(50 + 10 * old, 50 + 10 * new) for old in range(5) for new in range(5)]
    moves = transfers(dict(zip(places, drawn.ravel().tolist(), strict=True)))
    cells = transition_counts(moves, minimum_cell=K)
    nothing = bool(cells["n"].isna().all())  # then there is no picture
    assert nothing or sums.hidden_transfers(rows_of(cells), in_highest(moves), len(moves), ENDS) == {}


def test_no_cell_of_the_picture_comes_back_from_all_that_is_told(report: region.Report, notebook: list[Table]) -> None:
    cells, bands = deduction.rows_of(notebook, "match_transitions_data"), deduction.rows_of(notebook, "bands")
    assert bool(cells) == bool(bands) == (report.truth.competency is not None)
    if cells:
        first = load_norm("jpm_bands", "generic-80-68").value[0]  # type: ignore[index]
        assert first["lower"] == ENDS["MS"][0]
        total = attack.number(deduction.rows_of(notebook, "match")[0]["n"])
        assert any(attack.number(row["n"]) is None for row in cells)
        assert sums.hidden_transfers(cells, bands, total, ENDS) == {}


def changes(*groups: tuple[str, str, int, int, int, int]) -> pd.DataFrame:
    """grouping, group, better, same, worse and how many fields fit → shares of each group."""
    rows = [
        [grouping, group, better + same + worse, *(part / (better + same + worse) for part in (better, same, worse, fit, fit))]
        for grouping, group, better, same, worse, fit in groups
    ]
    return pd.DataFrame(rows, columns=list(CHANGED))


#: 7 of 68 became less fitting, all of them rotated: each of those sent by one's own wish, promoted or punished stayed as fitting
ALAK = changes(
    ("all", "all", 0, 61, 7, 59), ("move_kind", "permintaan_sendiri", 0, 3, 0, 3), ("move_kind", "promosi", 0, 3, 0, 3),
    ("move_kind", "rotasi", 0, 54, 7, 52), ("move_kind", "sanksi", 0, 1, 0, 1), ("sector", "kesehatan", 0, 23, 2, 20),
    ("sector", "kewilayahan", 0, 8, 3, 10), ("sector", "pendidikan", 0, 21, 2, 20), ("sector", "umum", 0, 9, 0, 9),
)  # fmt: skip
#: 22 of 374 became worse off, 14 of the rotated and all 8 of the promoted: none of those who asked or were punished
SAMARINDA = changes(
    ("all", "all", 95, 257, 22, 300), ("move_kind", "permintaan_sendiri", 7, 25, 0, 25), ("move_kind", "promosi", 0, 0, 8, 6),
    ("move_kind", "rotasi", 86, 227, 14, 263), ("move_kind", "sanksi", 2, 5, 0, 6),
)  # fmt: skip


def one_by_one(frame: pd.DataFrame) -> pd.DataFrame:
    """The shares hidden by the number of persons alone, each grouping for itself."""
    parts = {share: (frame["n"] * frame[share]).round() for share in MATCH_SHARES}
    counted = frame[["grouping", "n"]].assign(**parts)
    few = hidden_rows(counted, ["n"], K, (["grouping"],))
    hidden = few | hidden_rows(counted, list(parts), K, (["grouping"],), each=True)
    blank = {share: frame[share].mask(hidden) for share in MATCH_SHARES}
    return frame.assign(n=frame["n"].astype("Int64").mask(few), **blank)


def test_what_everybody_of_a_hidden_group_has_came_back_from_the_whole() -> None:
    found = sums.hidden_shares(rows_of(one_by_one(ALAK)), MATCH_SHARES)
    kinds = ("permintaan_sendiri", "promosi", "sanksi")
    ends = list(zip(MATCH_SHARES, ("nobody", "everybody", "nobody"), strict=True))
    assert found[:9] == [f"move_kind/{kind} {share}: {end}" for kind in kinds for share, end in ends]
    assert found[9:] == [f"sector/{sector} share_improved: nobody" for sector in ("kesehatan", "kewilayahan", "pendidikan")]
    found = sums.hidden_shares(rows_of(one_by_one(SAMARINDA)), MATCH_SHARES)
    assert found == ["move_kind/permintaan_sendiri share_lower: nobody", "move_kind/sanksi share_lower: nobody"]


@pytest.mark.parametrize("frame", [ALAK, SAMARINDA])
def test_it_is_hidden_with_neighbours_and_else_for_all(frame: pd.DataFrame) -> None:
    hidden = hidden_shares(frame, MATCH_SHARES, K)
    shown = one_by_one(frame)
    shown.loc[hidden, list(MATCH_SHARES)] = np.nan
    assert sums.hidden_shares(rows_of(shown), MATCH_SHARES) == []
    assert hidden[0] == (frame is ALAK)  # nobody of all became better: only without the row of all is that not told of the hidden
    assert frame.loc[~hidden, "group"].tolist() == (["rotasi", "umum"] if frame is ALAK else ["all", "rotasi"])


def test_table_and_sentence_hide_the_same() -> None:
    frame = ALAK.assign(jpm_from=80.0, jpm_to=82.0, change=2.0, conf_low=1.0, conf_high=3.0)
    tables = (match_table(frame, ID, minimum_cell=K), qualification_changes_table(frame, ID, minimum_cell=K))
    for table in tables:
        assert (table.shown[list(MATCH_SHARES)] == "*").all(axis=1).tolist() == [True, True, True, False, True, True, True, True, False]
    assert shares_sentence(frame, ID, minimum_cell=K) == ""
    told = SAMARINDA.assign(jpm_from=80.0, jpm_to=82.0, change=2.0, conf_low=1.0, conf_high=3.0)
    assert "25%" in shares_sentence(told, ID, minimum_cell=K)


@pytest.mark.parametrize("seed", range(10))
def test_no_groups_give_back_what_everybody_has(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n = int(draw.choice([12, 30, 68, 200]))
    sides = {name: draw.choice(4, n, p=draw.dirichlet(np.full(4, 0.5))) for name in ("move_kind", "sector")}
    change = draw.choice(3, n, p=draw.dirichlet([0.3, 2, 0.3]))
    groups = [
        ("all", "all", np.ones(n, dtype=bool)),
        *((name, str(one), side == one) for name, side in sides.items() for one in set(side.tolist())),
    ]
    frame = changes(*((name, one, *(int((change[of] == part).sum()) for part in range(3)), 0) for name, one, of in groups))
    hidden, few = hidden_shares(frame, MATCH_SHARES, K), hidden_rows(frame, ["n"], K, (["grouping"],))
    shown = frame.assign(n=frame["n"].astype("Int64").mask(few), **{share: frame[share].mask(hidden) for share in MATCH_SHARES})
    assert sums.hidden_shares(rows_of(shown), MATCH_SHARES) == []


def test_nothing_saved_tells_what_everybody_of_a_hidden_group_has(
    report: region.Report, notebook: list[Table], processed: list[Table]
) -> None:
    for key, shown, sets in (
        ("competency_summary", "match", [MATCH_SHARES]),
        ("competency_qualification_changes", "qualification_changes", [MATCH_SHARES, FITTING_SHARES[:1], FITTING_SHARES[1:]]),
    ):
        rows = deduction.rows_of(processed, key)
        posts = deduction.rows_of(processed, "competency_posts") if key == "competency_summary" else []
        rows += [row | {"grouping": "post", "group": row["post"]} for row in posts]
        assert bool(rows) == (report.truth.competency is not None)
        for shares in sets if rows else ():
            assert sums.hidden_shares(sums.merged(rows, "unit", shares), shares) == [], (key, shares)
            saved = [[row[share] == "" for share in shares] for row in rows if row["grouping"] not in ("unit", "post")]
            told = [[row.get(share, "*") == "*" for share in shares] for row in deduction.rows_of(notebook, shown)]
            assert told == saved, "the report and the results hide the same"


def test_no_unit_comes_back_from_the_total_of_its_sector(report: region.Report, processed: list[Table]) -> None:
    sectors = {row["unit_name"]: row["sector"] for row in deduction.rows_of(processed, "workload_units")}
    groups = {key: deduction.rows_of(processed, key) for key in ("competency_summary", "competency_qualification_changes")}
    assert bool(groups["competency_summary"]) == (report.truth.competency is not None)
    units = {
        "competency_summary": {row["unit_name"]: row["n"] for row in deduction.rows_of(processed, "competency_units")},
        "competency_qualification_changes": {
            row["group"]: row["n"] for row in groups["competency_qualification_changes"] if row["grouping"] == "unit"
        },
    }
    for key, rows in groups.items():
        shown = {name: attack.number(n) for name, n in units[key].items()}
        assert None not in shown.values(), "a unit that is hidden is left out: that it stands there would tell one person"
        totals = {row["group"]: attack.number(row["n"]) for row in rows if row["grouping"] == "sector"}
        assert sums.units_of_sectors(shown, sectors, totals, K) == {}, key


def test_a_unit_of_few_is_left_out_with_its_neighbour_of_the_sector() -> None:
    """9 in the sector keuangan less 5 in the one unit are 4 in the other; 5 in kewilayahan are one in each of 5 units."""
    few = [(f"K{i}", "kewilayahan", 1) for i in range(5)]
    units = [("A", "keuangan", 5), ("B", "keuangan", 4), *few, ("S", "pendidikan", 20)]
    frame = pd.DataFrame([["unit", name, n, 0.0, 1.0, 0.0, 0.5, 0.5] for name, _, n in units], columns=list(CHANGED))
    known = pd.DataFrame(units, columns=["unit_name", "sector", "n"])
    sectors, totals = dict(zip(known["unit_name"], known["sector"], strict=True)), {"keuangan": 9.0, "kewilayahan": 5.0}
    assert sums.units_of_sectors({"A": 5.0, "S": 20.0}, sectors, totals, K) == {"keuangan": 4.0}
    told = closed_in_sectors({"workload_units": known, "competency_qualification_changes": frame}, K)["competency_qualification_changes"]
    saved, _ = masked_frame("competency_qualification_changes", told, K)
    assert saved["group"].tolist() == ["S"]
    assert sums.units_of_sectors({"S": 20.0}, sectors, totals, K) == {}
