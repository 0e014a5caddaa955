"""The lock holds every dependency with hashes, and no committed file names a package registry or a path of a machine."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
#: written in two halves, so that this file does not hold what it looks for
HOSTS = ["".join(halves) for halves in (
    ("pypi", ".org"), ("python", "hosted.org"), ("pypi.", "python.org"), ("conda", ".anaconda.org"), ("npmjs", ".org"), ("artifact", "ory"),
    ("dev", "pi/"), ("/pypi", "/simple"), ("ubuntu", ".com/ubuntu"), ("cran.", "r-project.org"),
)]  # fmt: skip
MACHINE_PATH = re.compile(rb"(?<![\w.~<>)/-])/(?:work|root|tmp|opt|home/[a-z]|Users/[a-z])/[\w.]|[A-Z]:\\\\?Users\\\\?\w")


def requirements():
    project = PROJECT["project"]
    listed = [*project["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    return [Requirement(text) for text in listed + [t for extra in project["optional-dependencies"].values() for t in extra]]


def pins():
    """name → (version, lines of hashes) of every block of the lock."""
    blocks = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)[^\n]*\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)*)", LOCK, re.M)
    return [(canonicalize_name(name), version, hashes) for name, version, hashes in blocks]


@pytest.mark.parametrize("requirement", requirements(), ids=lambda r: r.name)
def test_every_dependency_is_pinned_at_a_version_it_allows(requirement):
    versions = [version for name, version, _ in pins() if name == canonicalize_name(requirement.name)]
    assert versions, f"{requirement.name} is not in requirements.lock: run make lock"
    assert all(requirement.specifier.contains(version, prereleases=True) for version in versions)


def test_every_pin_has_hashes_and_the_lock_holds_nothing_else():
    assert len(pins()) > 80
    assert all(hashes for _, _, hashes in pins())
    rest = [line for line in LOCK.splitlines() if line and not re.match(r"^    --hash=sha256:|^[a-zA-Z0-9._-]+==", line)]
    assert rest == []


@pytest.fixture(scope="module")
def tracked():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git working copy")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_no_committed_file_names_a_package_registry(tracked):
    found = {str(path.relative_to(ROOT)): host for path in tracked for host in HOSTS if host.encode() in path.read_bytes().lower()}
    assert found == {}


def test_no_committed_file_holds_a_path_of_a_machine(tracked):
    found = {str(path.relative_to(ROOT)): match[0] for path in tracked if (match := MACHINE_PATH.search(path.read_bytes()))}
    assert found == {}


@pytest.mark.parametrize(
    "text", [b'open("/tm' + b'p/x.csv")', b"see /ro" + b"ot/project", b"C:\\Us" + b"ers\\ani\\data", b"=/wo" + b"rk/main"]
)
def test_the_search_finds_a_machine_path(text):
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize("name", ["data/raw/samarinda/duk.xlsx", "data/raw/daftar.csv", "data/processed/x.csv", "reports/index.html",
                                  "data/raw/samarinda/faults.xlsx", "pseudonym.key", ".venv/bin/python"])  # fmt: skip
def test_staff_files_keys_and_reports_are_ignored(tracked, name):
    assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False).returncode == 0


def test_only_the_readme_of_a_data_folder_is_committed(tracked):
    for folder in ("data/raw", "data/processed", "reports"):
        inside = [str(path.relative_to(ROOT)) for path in tracked if (ROOT / folder) in path.parents]
        assert inside == [f"{folder}/README.md"]
