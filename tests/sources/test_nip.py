"""NIP: examples of the regulations' explainers (domain 7.5, T-NIP), damage by Excel, and what a fault may show."""

from __future__ import annotations

from datetime import date

import pytest

from mutasi_analysis.errors import HIDDEN
from mutasi_analysis.sources.cells import CellError, shown
from mutasi_analysis.sources.nip import Nip, parse_nip

PNS, PPPK = "198609262015051001", "199009132025242014"


@pytest.mark.parametrize(
    "text",
    [
        PNS,
        f"'{PNS}",
        "19860926 201505 1 001",
        "19860926\u00a0201505\u00a01\u00a0001",
        "19860926.201505.1.001",
        "19860926-201505-1-001",
        f" {PNS} ",
    ],
)
def test_a_pns(text):
    assert parse_nip(text) == Nip(PNS, date(1986, 9, 26), 2015, 5, "L", 1)
    assert parse_nip(text).asn_kind == "PNS"


def test_a_pppk_has_a_code_where_a_pns_has_a_month():
    assert parse_nip(PPPK) == Nip(PPPK, date(1990, 9, 13), 2025, 24, "P", 14)
    assert parse_nip(PPPK).asn_kind == "PPPK"


@pytest.mark.parametrize("cell", [1.98609262015051e17, 198609262015051001, float(PNS), "1.98609E+17", "1,98609E+17", "1.98609262015051E+17",
                                  "198609262015051000", "198609262015051000.0"])  # fmt: skip
def test_a_number_is_damaged_and_never_repaired(cell):
    with pytest.raises(CellError) as caught:
        parse_nip(cell)
    assert caught.value.rule == "nip_damaged"


@pytest.mark.parametrize(
    "cell",
    ["", "131234567", "19860926201505100", "1986092620150510011", "198613262015051001", "198602302015051001", "198609262015003001",
     "198609262015053001", "198609261985051001", "abc", "19860926201505l001", True],
)  # fmt: skip
def test_other_forms_are_invalid(cell):
    with pytest.raises(CellError) as caught:
        parse_nip(cell)
    assert caught.value.rule == "nip_invalid"
    assert caught.value.allowed.startswith("18 angka")


@pytest.mark.parametrize("cell", [PNS, f"'{PNS}", "19860926 201505 1 001", float(PNS), "1.98609E+17", f"Perawat {PNS}"])
def test_a_nip_in_any_column_is_never_shown(cell):
    assert shown(cell, personal=False) == HIDDEN


def test_what_is_shown_of_other_cells():
    assert shown("  12  orang ", personal=False) == "12 orang"
    assert shown("x" * 90, personal=False) == "x" * 77 + "..."
    assert shown("Siti", personal=True) == HIDDEN
