"""Names and NIP stop in sources: keyed pseudonyms, one key per data root, nothing personal in what comes out."""

from __future__ import annotations

import stat
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from mutasi_analysis.errors import UsageError
from mutasi_analysis.sources import load_region, read_file
from mutasi_analysis.sources.pseudonyms import KEY_NAME, find_data_root, load_key, pseudonymiser
from mutasi_analysis.synthetic.files import write_region
from tests.sources.broken import Folder
from tests.sources.small import PERSONS, profile, region


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    key = load_key(tmp_path)
    assert len(key) == 32
    assert load_key(tmp_path) == key
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / KEY_NAME).stat().st_mode) == 0o600


def test_runs_that_start_together_share_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(load_key, [tmp_path] * 64))) == 1
    assert [path.name for path in tmp_path.iterdir()] == [KEY_NAME]


def test_a_broken_key_is_never_replaced_in_silence(tmp_path):
    (tmp_path / KEY_NAME).write_text("00ff\n", "ascii")
    with pytest.raises(UsageError, match=r"pseudonym\.key rusak"):
        load_key(tmp_path)
    (tmp_path / KEY_NAME).write_text("bukan heksadesimal", "ascii")
    with pytest.raises(UsageError, match=r"pseudonym\.key rusak"):
        load_key(tmp_path)


def test_another_key_gives_other_pseudonyms():
    one, other = pseudonymiser(b"k" * 32), pseudonymiser(b"l" * 32)
    assert one(PERSONS[0]) != other(PERSONS[0])
    assert len({one(person) for person in PERSONS}) == len(PERSONS)
    assert one(PERSONS[0]) == pseudonymiser(b"k" * 32)(PERSONS[0])


@pytest.mark.parametrize("slug", ["alak", "ampenan", "samarinda", "batanghari", "bungo"])
def test_no_nip_and_no_name_leaves(slug, tmp_path):
    write_region(region(), profile(slug), tmp_path / "raw")
    data = load_region(profile(slug), tmp_path)
    text = "\n".join(table.to_csv() for table in data.tables.values()) + repr(data.sources) + repr(data.notes)
    for person in PERSONS:
        assert person not in text
    assert "Contoh Pegawai" not in text
    assert data.tables["pegawai"]["person_id"].str.fullmatch(r"P-[0-9a-f]{12}").all()


def test_a_file_of_the_region_and_the_region_agree(tmp_path):
    folder = Folder(tmp_path)
    persons = read_file(folder.path("pegawai.csv"))["person_id"].tolist()
    assert persons == load_region(profile(), tmp_path).tables["pegawai"]["person_id"].tolist()
    assert find_data_root(folder.path("pegawai.csv")) == tmp_path


def test_a_file_elsewhere_leaves_no_key_behind(tmp_path):
    path = Folder(tmp_path / "root").path("relasi.csv").rename(tmp_path / "relasi.csv")
    first, second = read_file(path), read_file(path)
    assert first["person_id"].tolist() == second["person_id"].tolist()
    assert not list(tmp_path.glob("*.key"))
