"""The demonstration regions at a tenth of their size: written in their styles, read back without a fault."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis import load_profile
from mutasi_analysis.sources import load_region
from mutasi_analysis.sources.pseudonyms import load_key, pseudonymiser
from mutasi_analysis.synthetic import synthesize
from mutasi_analysis.synthetic.files import STYLES, own_seed, write_region


@pytest.mark.parametrize("slug", STYLES)
def test_a_demonstration_region_survives_the_round_trip(slug, tmp_path):
    profile = load_profile(slug)
    made = synthesize(profile, seed=own_seed(slug, 0), scale=0.1)
    write_region(made, profile, tmp_path / "raw")
    read = load_region(profile, tmp_path)
    pseudonym = pseudonymiser(load_key(tmp_path))
    assert read.synthetic
    assert set(read.tables) == {name for name, table in made.tables.items() if len(table)}
    for name, table in read.tables.items():
        expected = made.tables[name].copy()
        for column in {"person_id", "related_person_id"} & set(expected.columns):
            expected[column] = expected[column].map(pseudonym).astype("string")
        keys = list(expected.columns)
        pd.testing.assert_frame_equal(
            table.sort_values(keys, ignore_index=True),
            expected.sort_values(keys, ignore_index=True),
            check_exact=True,
            obj=f"{slug} {name}",
        )


def test_each_region_has_a_seed_of_its_own():
    assert len({own_seed(slug, 7) for slug in (*STYLES, "lain")}) == len(STYLES) + 1
