"""The README promises only what exists: commands, targets, files, the five regions."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mutasi_analysis.profiles import list_profiles

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    ROOT / name
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/raw/README.md", "data/processed/README.md", "reports/README.md")
]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)


@pytest.fixture(scope="module")
def help_text():
    code = "from mutasi_analysis.cli import main; raise SystemExit(main(['--help']))"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_the_first_block_of_code_is_the_two_commands():
    assert re.search(r"```sh\n(.*?)```", README, re.S)[1] == "make reports\nmake test\n"


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^)make ([a-z]+)", TEXT, re.M))))
def test_every_target_is_in_the_makefile(target):
    assert re.search(rf"^{target}: setup", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?:`|^)mutasi ([a-z][a-z-]+)", TEXT, re.M))))
def test_every_command_is_known_to_the_program(command, help_text):
    assert re.search(rf"^\s+{command}\s", help_text, re.M), f"mutasi {command} is not in mutasi --help"


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXT))))
def test_every_link_leads_somewhere(link):
    assert (ROOT / link).is_file()


def test_the_five_regions_are_named_with_their_codes(tmp_path):
    for profile in list_profiles(tmp_path):
        assert re.search(rf"^\| {profile.name}[,\s].*\| {re.escape(profile.code)} \|", README, re.M)


def test_the_folders_of_the_house_are_the_ones_that_exist():
    named = set(re.findall(r"`(\w+)`", CONTRIBUTING_FLOORS))
    package = ROOT / "mutasi_analysis"
    modules = {path.stem for path in package.glob("*.py")} | {path.parent.name for path in package.glob("*/__init__.py")}
    assert modules - {"__init__", "profile_file"} <= named
    assert named <= modules


CONTRIBUTING_FLOORS = "\n".join(
    line for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)
)
