"""The floors hold, the contract can fail, and importing the package loads nothing heavy."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "matplotlib",
    "papermill",
    "scipy",
    "statsmodels",
    "openpyxl",
    "xlsxwriter",
    "diff_diff",
    "jinja2",
    "IPython",
    "nbformat",
    "python_calamine",
)


def lint_imports(folder):
    command = (
        "import sys; from importlinter.cli import lint_imports_command; sys.argv = ['lint-imports', '--no-cache']; lint_imports_command()"
    )
    return subprocess.run([sys.executable, "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def test_the_floors_hold():
    ran = lint_imports(ROOT)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert "0 broken" in ran.stdout


def test_the_contract_notices_every_kind_of_broken_floor(tmp_path):
    for path in [*(ROOT / "mutasi_analysis").rglob("*.py"), ROOT / "pyproject.toml"]:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    breaks = {
        "metrics/abk.py": "import matplotlib",
        "metrics/balance.py": "from pathlib import Path",
        "metrics/workload.py": "from mutasi_analysis.causal import group_time",
        "norms.py": "import mutasi_analysis.profiles",
        "comparison/__init__.py": "from mutasi_analysis.entities import TABLES",
    }
    for module, line in breaks.items():
        with (tmp_path / "mutasi_analysis" / module).open("a") as file:
            file.write(f"\n{line}\n")
    ran = lint_imports(tmp_path)
    assert ran.returncode != 0
    assert "3 broken" in ran.stdout
    for said in (
        "mutasi_analysis.metrics.abk -> matplotlib",
        "mutasi_analysis.metrics.balance -> pathlib",
        "mutasi_analysis.metrics is not allowed to import mutasi_analysis.causal",
        "mutasi_analysis.norms is not allowed to import mutasi_analysis.profiles",
        "mutasi_analysis.comparison -> mutasi_analysis.entities",
    ):
        assert said in ran.stdout, said


def test_a_module_that_stands_on_no_floor_is_noticed(tmp_path):
    (tmp_path / "mutasi_analysis").mkdir()
    for path in [*(ROOT / "mutasi_analysis").glob("*.py"), ROOT / "pyproject.toml"]:
        (tmp_path / path.relative_to(ROOT)).write_bytes(path.read_bytes())
    for package in (path.parent.name for path in (ROOT / "mutasi_analysis").glob("*/__init__.py")):
        (tmp_path / "mutasi_analysis" / package).mkdir()
        (tmp_path / "mutasi_analysis" / package / "__init__.py").touch()
    (tmp_path / "mutasi_analysis" / "stray.py").touch()
    ran = lint_imports(tmp_path)
    assert ran.returncode != 0
    assert "stray" in ran.stdout


def loaded_by(statement):
    code = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


@pytest.mark.parametrize("statement", ["import mutasi_analysis", "import mutasi_analysis.cli", "from mutasi_analysis import load_profile"])
def test_importing_loads_nothing_heavy(statement):
    assert loaded_by(statement) & set(HEAVY) == set()


def test_the_public_door_opens_on_what_it_promises():
    import mutasi_analysis

    assert set(mutasi_analysis.__all__) <= set(dir(mutasi_analysis))
    for name in mutasi_analysis.__all__:
        assert getattr(mutasi_analysis, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'load_regoin'"):
        _ = mutasi_analysis.load_regoin
