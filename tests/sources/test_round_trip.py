"""Write each agency's style, read it back: the same tables, no fault, marked as synthetic. Two statements of each format agree."""

from __future__ import annotations

import pandas as pd
import pytest

from mutasi_analysis.sources import load_region
from mutasi_analysis.sources.pseudonyms import load_key, pseudonymiser
from mutasi_analysis.synthetic.files import write_region
from tests.sources.small import profile, region

STYLES = (("alak", "53.71.01"), ("ampenan", "52.71.01"), ("samarinda", "64.72"), ("batanghari", "15.04"), ("bungo", "15.08"))


def pseudonymised(frame: pd.DataFrame, root) -> pd.DataFrame:
    pseudonym = pseudonymiser(load_key(root))
    persons = {name: frame[name].map(pseudonym).astype("string") for name in ("person_id", "related_person_id") if name in frame}
    return frame.assign(**persons)


@pytest.mark.parametrize(("slug", "code"), STYLES)
def test_round_trip(slug, code, tmp_path):
    written, who = region(code), profile(slug, code)
    write_region(written, who, tmp_path / "raw")
    read = load_region(who, tmp_path)
    assert read.synthetic
    assert set(read.tables) == set(written.tables)
    for name, table in written.tables.items():
        keys = list(table.columns)
        expected = pseudonymised(table, tmp_path).sort_values(keys, ignore_index=True)
        pd.testing.assert_frame_equal(read.tables[name].sort_values(keys, ignore_index=True), expected, obj=f"{slug} {name}")


@pytest.mark.parametrize(("slug", "code"), STYLES)
def test_same_tables_same_bytes(slug, code, tmp_path):
    files = [write_region(region(code), profile(slug, code), tmp_path / name / "raw") for name in ("a", "b")]
    assert [path.name for path in files[0]] == [path.name for path in files[1]]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


@pytest.mark.parametrize(("slug", "code"), STYLES)
def test_every_file_says_that_it_is_synthetic(slug, code, tmp_path):
    written = write_region(region(code), profile(slug, code), tmp_path / "raw")
    written[0].unlink()  # SINTETIS.txt: the files must say it themselves
    assert load_region(profile(slug, code), tmp_path).synthetic
    for path in written[1:]:
        if path.suffix == ".csv":
            assert b"DATA CONTOH (SINTETIS)" in path.read_bytes()[:80]
