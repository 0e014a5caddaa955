"""The set-up script: readable by old Pythons, idle when current, one sentence when something is missing, pip after uv."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".ci" / "setup.py"


def loaded():
    spec = importlib.util.spec_from_file_location("ci_setup", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def setup(tmp_path, monkeypatch):
    module = loaded()
    for name, place in {"VENV": tmp_path / "env", "STAMP": tmp_path / "env" / "stamp", "BIN": tmp_path / "env" / "bin",
                        "PYTHON": tmp_path / "env" / "bin" / "python"}.items():  # fmt: skip
        monkeypatch.setattr(module, name, place)
    module.calls = []
    monkeypatch.setattr(module, "run", lambda *command: module.calls.append(command) or 0)
    monkeypatch.setattr(module.shutil, "which", lambda _name: None)
    return module


def make_python(setup):
    setup.BIN.mkdir(parents=True)
    setup.PYTHON.touch()


def test_an_old_python_can_read_it():
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_it_needs_the_standard_library_only():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"hashlib", "os", "pathlib", "re", "shutil", "subprocess", "sys", "tempfile", "time"}


def test_a_current_environment_is_left_alone(setup):
    make_python(setup)
    setup.STAMP.write_text(setup.wanted_stamp())
    started = time.monotonic()
    setup.main()
    assert [command[1:3] for command in setup.calls] == [("-m", "compileall")]
    assert time.monotonic() - started < 2


def test_the_package_is_compiled_where_python_may_not_write(tmp_path, monkeypatch):
    script = loaded()
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "elsewhere"))
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
    module = tmp_path / "mutasi_analysis" / "one.py"
    module.parent.mkdir()
    module.write_text("ONE = 1\n", encoding="utf-8")
    script.compile_own()
    assert [path.name.split(".")[0] for path in module.parent.glob("__pycache__/*.pyc")] == ["one"]


@pytest.mark.parametrize("stamp", ["", "of another lock"])
def test_an_environment_of_another_lock_is_brought_up_to_date_in_place(setup, monkeypatch, stamp):
    make_python(setup)
    setup.STAMP.write_text(stamp)
    monkeypatch.setattr(setup, "make_environment", lambda: pytest.fail("the environment was thrown away"))
    setup.main()
    assert any("--require-hashes" in command for command in setup.calls)
    assert setup.STAMP.read_text() == setup.wanted_stamp()


def test_a_half_made_environment_is_made_anew(setup, monkeypatch):
    make_python(setup)
    made = []
    monkeypatch.setattr(setup, "make_environment", lambda: made.append(True))
    monkeypatch.setattr(setup, "install", lambda: bool(made))
    setup.main()
    assert made == [True]
    assert setup.STAMP.exists()


def test_too_old_a_python_is_said_in_a_sentence(setup, monkeypatch, capsys):
    monkeypatch.setattr(setup.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as stopped:
        setup.make_environment()
    assert stopped.value.code == 2
    assert "Python 3.11 or newer is needed; this is 3.9." in capsys.readouterr().err


def test_a_missing_venv_module_is_said_in_a_sentence(setup, monkeypatch, capsys):
    monkeypatch.setattr(setup, "run", lambda *_command: 1)
    with pytest.raises(SystemExit):
        setup.make_environment()
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def test_pip_is_used_where_uv_does_not_manage(setup, monkeypatch):
    monkeypatch.setattr(setup, "uv_in_environment", lambda: "uv")
    monkeypatch.setattr(setup, "run", lambda *command: setup.calls.append(command) or int(command[0] == "uv"))
    assert setup.install()
    assert [command[0] for command in setup.calls] == ["uv", setup.PYTHON, setup.PYTHON]
    assert "--no-deps" in setup.calls[-1] and "--require-hashes" in setup.calls[1]


def test_no_connection_is_said_in_a_sentence_and_no_stamp_is_left(setup, monkeypatch, capsys):
    monkeypatch.setattr(setup, "make_environment", lambda: None)
    monkeypatch.setattr(setup, "run", lambda *_command: 1)
    with pytest.raises(SystemExit) as stopped:
        setup.main()
    assert stopped.value.code == 2
    assert "there is no connection" in capsys.readouterr().err
    assert not setup.STAMP.exists()


def test_uv_comes_from_the_lock_with_its_hashes(setup, monkeypatch):
    seen = []

    def run(*command):
        seen.append(Path(command[-1]).read_text())
        return 0

    monkeypatch.setattr(setup, "run", run)
    setup.uv_in_environment()
    assert seen[0].startswith("uv==") and "--hash=sha256:" in seen[0]
    assert all(line.startswith(("uv==", "    --hash=")) for line in seen[0].splitlines())


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
@pytest.mark.parametrize(
    ("target", "commands"),
    [
        ("reports", ["mutasi demo", "mutasi report --all"]),
        ("test", ["pytest -n logical --maxprocesses 4 --dist worksteal"]),  # and no path: all of them
        ("lint", ["ruff check", "mypy", "lint-imports"]),
    ],
)
def test_a_target_sets_up_first_and_then_does_its_work(target, commands):
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    make = ["make", "--no-print-directory", "-n", target]
    planned = subprocess.run(make, cwd=ROOT, env=plain, capture_output=True, text=True, check=True).stdout.splitlines()
    assert planned[0].endswith(".ci/setup.py")
    for command in commands:
        assert any(line.endswith(f".venv/bin/{command}") for line in planned[1:]), command
