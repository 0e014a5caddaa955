"""The library of published estimates: what an entry must say, and that nothing is compared against its unit."""

from __future__ import annotations

import pytest

from mutasi_analysis.across import published
from mutasi_analysis.errors import NormError
from mutasi_analysis.literature import load_literature, parse_literature
from mutasi_analysis.profile_file import OUTCOMES

ENTRY = """
[[published]]
id = "a"
key = "a2020"
authors = "One, Ann and Two, Bob and Three, Cy"
year = 2020
title = "T"
journal = "J"
setting = { id = "s", en = "s" }
change = { id = "c", en = "c" }
outcome = { id = "o", en = "o" }
unit = { id = "persen", en = "percent" }
read = "abstract"
status = "verified"
"""


def test_every_entry_of_the_package_loads_and_compares_only_with_outcomes_that_exist() -> None:
    library = load_literature()
    assert len(library) >= 12
    for entry in library.values():
        assert set(entry.compares_with) <= set(OUTCOMES)
        assert not entry.compares_with or entry.unit["en"] == "percent"
        assert entry.status == "unverified" or entry.read.startswith("abstract")


def test_numbers_of_the_abstracts() -> None:
    """Read in the abstracts named in each entry's `read`."""
    library = load_literature()
    assert library["fenizia2022-manager"].estimate == 10
    assert library["fenizia2022-reallocation"].estimate == 6.9
    assert (library["khan2019"].low, library["khan2019"].high) == (30, 41)
    assert (library["akhtari2022"].low, library["akhtari2022"].high) == (-0.08, -0.05)
    assert library["bergeron2022-compliance"].estimate == 2.94


def test_the_split_loses_nothing_and_forces_nothing() -> None:
    for code in ("output_percent", "ikm", "rating_ridit"):
        found = published(code)
        assert len(found.comparable) + len(found.other) == len(load_literature())
        assert all(code in entry.compares_with for entry in found.comparable)
    assert published("ikm").comparable == ()


def test_names_as_cited() -> None:
    assert parse_literature(ENTRY + 'compares_with = ["output_percent"]')["a"].short == "One et al. (2020)"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("", "needs the reason, 'not_comparable'"),
        ('compares_with = ["ikm"]\nlow = 1.0', "low and high are a pair"),
        ('compares_with = ["ikm"]\nlow = 2.0\nhigh = 1.0\nrange_is = "range"', "low and high are a pair"),
        ('compares_with = ["ikm"]\nlow = 1.0\nhigh = 2.0', "range_is must say"),
    ],
)
def test_a_half_entry_is_refused(change: str, said: str) -> None:
    with pytest.raises(NormError, match=said):
        parse_literature(ENTRY + change)


def test_an_entry_without_the_place_where_it_was_read_is_refused() -> None:
    with pytest.raises(NormError, match="entry a: 'read' is missing"):
        parse_literature(ENTRY.replace('read = "abstract"\n', ""))
    with pytest.raises(NormError, match="status must be one of"):
        parse_literature(ENTRY.replace('"verified"', '"sure"'))
    with pytest.raises(NormError, match="entry a stands twice"):
        parse_literature((ENTRY + 'compares_with = ["ikm"]') * 2)
